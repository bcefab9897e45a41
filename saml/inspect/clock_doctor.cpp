#include "saml/inspect/clock_doctor.h"

#include <algorithm>

namespace gw::inspect {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr seconds tolerable = 2s;
constexpr seconds network = 90s;      // a page may wait that long between being made and being seen
constexpr UtcTime::Duration exchangeWindow = 5min;

seconds between(UtcTime later, UtcTime earlier) {
    return std::chrono::floor<seconds>(later - earlier);
}

} // namespace

ClockReport examineClocks(const StatedClaims& stated, const ClockInput& input) {
    ClockReport out;
    const auto issued = stated.issueInstant ? stated.issueInstant : stated.responseInstant;
    if (issued) {
        out.age = between(input.now, *issued);
        out.leftForExchange = between(*issued + exchangeWindow, input.now);
    }
    std::optional<UtcTime> limit = stated.notOnOrAfter;
    if (const auto other = stated.confirmationNotOnOrAfter) limit = limit ? std::min(*limit, *other) : *other;
    if (limit) out.leftByConditions = between(*limit, input.now);

    if (input.awsDate && input.awsSeenAt) out.aws = between(*input.awsDate, *input.awsSeenAt);
    const UtcTime seen = input.captured.value_or(input.now);
    if (input.providerDate) {
        out.provider = between(*input.providerDate, seen);
    } else if (issued && input.captured) {
        // The instant of issue stands in for the provider's Date: it cannot be later than the moment it was seen.
        const seconds offset = between(*issued, *input.captured);
        if (offset > tolerable || offset >= -network) out.provider = offset > 0s ? offset : 0s;
    }
    if (!issued) return out;

    const bool thisIsWrong = out.aws && std::chrono::abs(*out.aws) > tolerable * 5;
    if (thisIsWrong)
        out.finding = ClockFinding::ThisComputer;
    else if (out.provider && *out.provider > tolerable)
        out.finding = ClockFinding::ProviderAhead;
    else if (input.providerDate && *out.provider < -network)
        out.finding = ClockFinding::ProviderBehind;
    else if (*out.age < -tolerable)
        out.finding = ClockFinding::ProviderAhead;
    else if (*out.leftForExchange <= 0s || (out.leftByConditions && *out.leftByConditions <= 0s))
        out.finding = ClockFinding::Stale;
    else
        out.finding = ClockFinding::Agree;
    if (out.finding == ClockFinding::ProviderAhead && !out.provider) out.provider = -*out.age;
    return out;
}

} // namespace gw::inspect
