// Tells a wrong clock from an old response.
#pragma once

#include "saml/inspect/stated_claims.h"

#include <chrono>
#include <optional>

namespace gw::inspect {

struct ClockInput {
    UtcTime now;                                 // this computer's clock when asked
    std::optional<UtcTime> captured;             // this computer's clock when the response came
    std::optional<UtcTime> providerDate;         // HTTP Date of the page that carried it
    std::optional<UtcTime> awsDate;              // HTTP Date of AWS, and when it was seen
    std::optional<UtcTime> awsSeenAt;
};

enum class ClockFinding : std::uint8_t {
    Unknown,             // no instant to compare
    Agree,               // within two seconds of each other, or nothing says otherwise
    ProviderAhead,       // the provider's clock is ahead: AWS may find the response not yet valid
    ProviderBehind,      // the provider's clock is behind: its responses reach AWS half spent or expired
    ThisComputer,        // this computer's clock is off, by AWS's word
    Stale,               // no clock is wrong; the response is old
};

struct ClockReport {
    ClockFinding finding = ClockFinding::Unknown;
    // Ahead of this computer's clock where positive.
    std::optional<std::chrono::seconds> provider, aws;
    // What the response says of itself at `now`.
    std::optional<std::chrono::seconds> age;                // since IssueInstant
    std::optional<std::chrono::seconds> leftForExchange;    // of AWS's five minutes; negative when over
    std::optional<std::chrono::seconds> leftByConditions;   // to the earliest NotOnOrAfter
};

[[nodiscard]] ClockReport examineClocks(const StatedClaims& stated, const ClockInput& input);

} // namespace gw::inspect
