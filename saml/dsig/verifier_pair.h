// Two independent verifiers that must agree: a signature holds where both say so and both digested the same octets.
#pragma once

#include "saml/dsig/signature_verifier.h"

#include <cstddef>
#include <cstdint>
#include <span>

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

    struct Match {
        Secret octets;
        std::size_t key = 0; // which of the keys
    };
    // The first key under which the first verifier accepts goes to the second one too. Where there is none, the second is
    // asked about the first key only: a document may be made to cost it much, and the answer is no anyway.
    // Errors: as verify(), Invalid for an empty list.
    [[nodiscard]] Result<Match> verifyAny(const xml::Document& document, const SignatureProfile& profile,
                                          std::span<const Certificate> keys, AlgorithmPolicy policy) const;

    // How often verifiers disagreed since the program started. Thread safe.
    [[nodiscard]] static std::uint64_t disagreements();

private:
    [[nodiscard]] Result<Secret> compare(Result<Secret> first, const xml::Document& document, const SignatureProfile& profile,
                                         const Certificate& key, AlgorithmPolicy policy) const;

    const SignatureVerifier& first_;
    const SignatureVerifier& second_;
};

} // namespace gw::saml
