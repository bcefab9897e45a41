// Two independent verifiers that must agree: a signature holds where both say so and both digested the same octets.
#pragma once

#include "saml/dsig/signature_verifier.h"

#include <cstdint>

namespace gw::saml {

class VerifierPair final : public SignatureVerifier {
public:
    // Borrows both.
    VerifierPair(const SignatureVerifier& first, const SignatureVerifier& second) : first_(first), second_(second) {}

    // DirectVerifier and XmlsecVerifier.
    [[nodiscard]] static const VerifierPair& standard();

    // Errors besides those of the verifiers: VerifiersDisagree, with "first" and "second" as "holds", "octets" or the code
    // of the error; AlgorithmOfOneVerifier where the second does not know the SignatureMethod ("seen"), with "direct" as
    // "holds" or "fails" for what the first makes of it.
    [[nodiscard]] Result<Secret> verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                        AlgorithmPolicy policy) const override;

    // How often verifiers disagreed since the program started. Thread safe.
    [[nodiscard]] static std::uint64_t disagreements();

private:
    const SignatureVerifier& first_;
    const SignatureVerifier& second_;
};

} // namespace gw::saml
