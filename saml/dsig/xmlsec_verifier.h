// SignatureVerifier by xmlsec1, with a fresh context for each check, the key preset (no key manager, so nothing in KeyInfo
// can be believed), allow-lists instead of the library's defaults, and no input or output at all.
#pragma once

#include "saml/dsig/signature_verifier.h"

namespace gw::saml {

class XmlsecVerifier final : public SignatureVerifier {
public:
    [[nodiscard]] Result<Secret> verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                        AlgorithmPolicy policy) const override;
};

} // namespace gw::saml
