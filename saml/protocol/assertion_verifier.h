// CapturedResponse → ParsedResponse → VerifiedAssertion. The order of the checks is the order of VerifyError; each
// stops at once. Thread safe apart from the ReplayCache, which the caller owns: run it on a worker.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/algorithms.h"
#include "saml/dsig/certificate.h"
#include "saml/protocol/captured_response.h"
#include "saml/protocol/replay_cache.h"
#include "saml/protocol/verified_assertion.h"
#include "saml/protocol/verify_error.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace gw::saml {

// Whom to believe. Comes from the configured provider only, never from the response.
struct TrustedProvider {
    std::string entityId;                     // exact match with Issuer; empty means: any issuer signed by a trusted key
    std::vector<Certificate> signingKeys;     // several while keys roll over
};

struct VerifierSettings {
    AlgorithmPolicy policy = AlgorithmPolicy::Default;
    std::chrono::seconds skew{180};
    // Destination and Recipient must be accepted by this; by default AWS's endpoints of every partition.
    std::function<bool(std::string_view)> acceptsAcs;
    // At least one Audience must be among these; by default AWS's of every partition.
    std::vector<std::string> audiences;
};

class AssertionVerifier {
public:
    explicit AssertionVerifier(VerifierSettings settings = {});

    // `replay` may be null: then no memory is kept.
    [[nodiscard]] Result<VerifiedAssertion> verify(const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
                                                   ReplayCache* replay) const;

private:
    VerifierSettings settings_;
};

} // namespace gw::saml
