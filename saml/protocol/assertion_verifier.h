// CapturedResponse → ParsedResponse → VerifiedAssertion. The order of the checks is the order of VerifyError. A check of
// the structure or of a signature ends the examination; the rules on the content of an assertion whose signature holds are
// all told. Thread safe apart from the ReplayCache, which the caller owns: run it on a worker.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/algorithms.h"
#include "saml/dsig/certificate.h"
#include "saml/dsig/decryption_key.h"
#include "saml/protocol/captured_response.h"
#include "saml/protocol/finding.h"
#include "saml/protocol/replay_cache.h"
#include "saml/protocol/verified_assertion.h"
#include "saml/protocol/verify_error.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

// Whom to believe. Comes from the configured provider only, never from the response.
struct TrustedProvider {
    std::string entityId;                 // exact match with Issuer; empty means: any issuer signed by a trusted key
    std::vector<Certificate> signingKeys; // several while keys roll over
    bool legacyEncryption = false;        // opted into AES-CBC and RSA 1.5, as AlgorithmPolicy::Lenient is for all
};

// Business rules that only warn. Structure and signatures cannot be skipped.
struct SkippedRules {
    bool time = false; // every NotBefore, NotOnOrAfter, SessionNotOnOrAfter and IssueInstant
    bool audience = false;
    bool recipient = false;
    bool destination = false;
    bool issuer = false;

    // By the name of the member. False where there is none.
    [[nodiscard]] bool add(std::string_view name);
};

struct VerifierSettings {
    AlgorithmPolicy policy = AlgorithmPolicy::Default;
    std::chrono::seconds skew{180};
    // Destination and Recipient must be accepted by this; by default AWS's endpoints of every partition.
    std::function<bool(std::string_view)> acceptsAcs;
    // At least one Audience must be among these; by default AWS's of every partition.
    std::vector<std::string> audiences;
    SkippedRules skip;
    // For encrypted assertions; tried in this order.
    std::vector<DecryptionKey> decryptionKeys;
};

// A response whose assertion only AWS can read, and that breaks no other rule: its roles cannot be listed, but it can be
// exchanged as it is.
struct UnreadableAssertion {
    std::string issuer;                       // of the Response; verified where `signedResponse`; empty where it says none
    UtcTime issueInstant;                     // of the Response
    bool signedResponse = false;

    // Until when AWS can be expected to take it.
    [[nodiscard]] UtcTime exchangeDeadline() const;
};

struct Examination {
    std::optional<VerifiedAssertion> accepted;
    // Fatal ones first, the one that decided at the very front.
    std::vector<Finding> findings;
    // What carried a signature that holds, also where a rule rejects the content.
    std::optional<SignedPart> signedPart;
    // The first fatal finding as an error; empty where accepted.
    std::optional<Error> rejection;
    // Set beside a rejection as EncryptedAssertion where there is no other.
    std::optional<UnreadableAssertion> unreadable;
};

class AssertionVerifier {
public:
    explicit AssertionVerifier(VerifierSettings settings = {});

    // `replay` may be null: then no memory is kept. An assertion that is rejected is not remembered.
    [[nodiscard]] Examination examine(const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
                                      ReplayCache* replay) const;

    // The same without what was found on the way.
    [[nodiscard]] Result<VerifiedAssertion> verify(const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
                                                   ReplayCache* replay) const;

private:
    class Examiner;
    VerifierSettings settings_;
};

} // namespace gw::saml
