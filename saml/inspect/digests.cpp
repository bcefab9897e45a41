#include "saml/inspect/digests.h"

#include "saml/dsig/openssl_handles.h"

#include <array>
#include <memory>

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace gw::inspect {
namespace {

using saml::openssl::Calls;
using saml::openssl::EvpKey;
using Context = std::unique_ptr<EVP_MD_CTX, Calls<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Calls<ECDSA_SIG_free>>;

const unsigned char* octetsOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

enum class Scheme { RsaPkcs1, RsaPss, Ecdsa };

struct Method {
    std::string_view uri;
    Scheme scheme;
    const EVP_MD* (*digest)();
};

constexpr std::array digests{
    Method{"http://www.w3.org/2000/09/xmldsig#sha1", Scheme::RsaPkcs1, EVP_sha1},
    Method{"http://www.w3.org/2001/04/xmldsig-more#sha224", Scheme::RsaPkcs1, EVP_sha224},
    Method{"http://www.w3.org/2001/04/xmlenc#sha256", Scheme::RsaPkcs1, EVP_sha256},
    Method{"http://www.w3.org/2001/04/xmldsig-more#sha384", Scheme::RsaPkcs1, EVP_sha384},
    Method{"http://www.w3.org/2001/04/xmlenc#sha512", Scheme::RsaPkcs1, EVP_sha512},
};

// RFC 9231 2.3.
constexpr std::array methods{
    Method{"http://www.w3.org/2000/09/xmldsig#rsa-sha1", Scheme::RsaPkcs1, EVP_sha1},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha224", Scheme::RsaPkcs1, EVP_sha224},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Scheme::RsaPkcs1, EVP_sha256},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", Scheme::RsaPkcs1, EVP_sha384},
    Method{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", Scheme::RsaPkcs1, EVP_sha512},
    Method{"http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1", Scheme::RsaPss, EVP_sha1},
    Method{"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", Scheme::RsaPss, EVP_sha256},
    Method{"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", Scheme::RsaPss, EVP_sha384},
    Method{"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", Scheme::RsaPss, EVP_sha512},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", Scheme::Ecdsa, EVP_sha1},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Scheme::Ecdsa, EVP_sha256},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", Scheme::Ecdsa, EVP_sha384},
    Method{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", Scheme::Ecdsa, EVP_sha512},
};

template <std::size_t size>
const Method* find(const std::array<Method, size>& table, std::string_view uri) {
    for (const Method& one : table)
        if (one.uri == uri) return &one;
    return nullptr;
}

// XML Signature writes r and s side by side, OpenSSL wants them in DER (RFC 9231 2.3.6).
std::optional<std::string> toDer(std::string_view value) {
    if (value.empty() || value.size() % 2 != 0 || value.size() > 264) return std::nullopt;
    const std::size_t half = value.size() / 2;
    const EcdsaSignature signature(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(octetsOf(value), static_cast<int>(half), nullptr);
    BIGNUM* s = BN_bin2bn(octetsOf(value.substr(half)), static_cast<int>(half), nullptr);
    if (signature == nullptr || r == nullptr || s == nullptr || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return std::nullopt;
    }
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) return std::nullopt;
    std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

} // namespace

std::optional<std::string> digestOf(std::string_view methodUri, std::string_view octets) {
    const Method* method = find(digests, methodUri);
    if (method == nullptr) return std::nullopt;
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (EVP_Digest(octets.data(), octets.size(), out.data(), &size, method->digest(), nullptr) != 1) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(out.data()), size);
}

bool isKnownSignatureMethod(std::string_view methodUri) {
    return find(methods, methodUri) != nullptr;
}

bool signatureHolds(std::string_view methodUri, const saml::Certificate& key, std::string_view octets, std::string_view value) {
    const Method* method = find(methods, methodUri);
    if (method == nullptr || key.isRsa() != (method->scheme != Scheme::Ecdsa)) return false;
    std::string converted;
    if (method->scheme == Scheme::Ecdsa) {
        auto der = toDer(value);
        if (!der) return false;
        converted = std::move(*der);
        value = converted;
    }
    ERR_set_mark();
    const auto verified = [&] {
        const auto* at = octetsOf(key.publicKeyDer());
        const EvpKey publicKey(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.publicKeyDer().size())));
        const Context context(EVP_MD_CTX_new());
        EVP_PKEY_CTX* parameters = nullptr;
        if (publicKey == nullptr || context == nullptr ||
            EVP_DigestVerifyInit(context.get(), &parameters, method->digest(), nullptr, publicKey.get()) != 1)
            return false;
        if (method->scheme == Scheme::RsaPss && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
                                                 EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
            return false;
        return EVP_DigestVerify(context.get(), octetsOf(value), value.size(), octetsOf(octets), octets.size()) == 1;
    }();
    ERR_pop_to_mark();
    return verified;
}

} // namespace gw::inspect
