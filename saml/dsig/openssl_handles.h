// Owners for OpenSSL's objects.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace gw::saml::openssl {

template <auto function>
struct Calls {
    template <class T>
    void operator()(T* object) const {
        function(object);
    }
};

using Bio = std::unique_ptr<BIO, Calls<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Calls<BN_clear_free>>;
// Public or private.
using EvpKey = std::unique_ptr<EVP_PKEY, Calls<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Calls<X509_free>>;

} // namespace gw::saml::openssl
