// The rules of the web browser SSO profile (SAML Profiles 4.1.4) and of AWS on the content of a verified assertion.
#pragma once

#include "saml/protocol/assertion_reader.h"
#include "saml/protocol/assertion_verifier.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::saml {

// What the Response element says.
struct ResponseHead {
    bool isSigned = false;
    std::optional<std::string> issuer, issuerFormat, destination, inResponseTo;
    UtcTime issueInstant;
};

struct RuleInput {
    const VerifierSettings& settings;
    const TrustedProvider& provider;
    const std::optional<std::string>& requestId;
    const ResponseHead& head;
    const AssertionContent& content;
    UtcTime now;
};

// The rules on the Response alone, where the assertion in it cannot be read.
void applyHeadRules(const RuleInput& input, FindingList& findings);

// What the rules chose out of the content. Means something only where `findings` holds no fatal one afterwards.
struct RuleOutcome {
    Confirmation confirmation;
    UtcTime notOnOrAfter;
};

// Tells everything that is wrong, in the order of VerifyError from WrongIssuer to SessionOver, and what is odd.
[[nodiscard]] RuleOutcome applyRules(const RuleInput& input, FindingList& findings);

} // namespace gw::saml
