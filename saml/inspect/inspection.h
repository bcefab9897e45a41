// Everything that can be said about one response: for the Inspector screen, the command line and evidence. Runs on a
// worker; 256 KiB of anything take less than a second and 64 MiB.
#pragma once

#include "saml/inspect/attacks.h"
#include "saml/inspect/aws_forecast.h"
#include "saml/inspect/clock_doctor.h"
#include "saml/inspect/coverage.h"
#include "saml/inspect/inspect_input.h"
#include "saml/inspect/inspect_rules.h"
#include "saml/inspect/key_forensics.h"
#include "saml/inspect/provider_kind.h"
#include "saml/inspect/signature_report.h"
#include "saml/inspect/source_tree.h"
#include "saml/inspect/stated_claims.h"
#include "saml/protocol/assertion_verifier.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::inspect {

struct InspectOptions {
    UtcTime now;
    // Nothing: whom to believe was not said. The certificate in the response then stands in, so that the other rules can
    // be looked at, and a finding says so; nothing counts as verified.
    std::optional<saml::TrustedProvider> trust;
    std::vector<saml::Certificate> remembered;
    saml::VerifierSettings settings;
    std::optional<std::string> requestId;   // of the AuthnRequest that the response must answer
    std::optional<UtcTime> awsDate, awsSeenAt;
    std::optional<std::chrono::seconds> requestedDuration, roleMaximum;
};

enum class Verdict : std::uint8_t {
    Accepted,        // by the verifier, with the given trust
    Consistent,      // would be, if the key in the response were the provider's
    Rejected,
};

struct Inspection {
    FoundMessage message;
    SourceTree tree;
    StatedClaims stated;
    std::vector<SignatureReport> signatures;
    Coverage coverage;
    std::vector<RecognisedAttack> attacks;
    Shadow shadow;
    KeyForensics keys;
    ClockReport clocks;
    AwsForecast aws;
    ProviderKind provider = ProviderKind::Unknown;
    std::vector<saml::Finding> findings;                       // gravest first
    Verdict verdict = Verdict::Rejected;
    bool trustConfigured = false;
    std::optional<saml::SignedPart> signedPart;                // by a signature that holds, trusted or not
    std::optional<saml::VerifiedAssertion> accepted;           // only where the verdict is Accepted

    // The first fatal finding; null where there is none.
    [[nodiscard]] const saml::Finding* decisive() const;
};

[[nodiscard]] Inspection inspect(FoundMessage message, const InspectOptions& options);

} // namespace gw::inspect
