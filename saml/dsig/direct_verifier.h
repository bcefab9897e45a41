// SignatureVerifier of our own: a canonical form written here and OpenSSL, nothing of xmlsec1. It knows the RSA-PSS methods
// whose parameters are fixed by the digest, besides those that xmlsec1 knows.
#pragma once

#include "saml/dsig/signature_verifier.h"

namespace gw::saml {

class DirectVerifier final : public SignatureVerifier {
public:
    [[nodiscard]] Result<Secret> verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                        AlgorithmPolicy policy) const override;
};

} // namespace gw::saml
