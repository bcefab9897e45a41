// Checks one enveloped signature with one key. An interface, so that independent implementations can be made to agree.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/dsig/certificate.h"
#include "saml/dsig/signature_profile.h"
#include "saml/xml/document.h"

namespace gw::saml {

class SignatureVerifier {
public:
    virtual ~SignatureVerifier() = default;

    // The octets whose digest the signature covers: the canonical form of `profile.parent` without the signature, never
    // empty. Errors: SignatureError. Thread safe over different documents; the document is the same afterwards.
    [[nodiscard]] virtual Result<Secret> verify(const xml::Document& document, const SignatureProfile& profile,
                                                const Certificate& key, AlgorithmPolicy policy) const = 0;
};

} // namespace gw::saml
