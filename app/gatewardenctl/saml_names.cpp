#include "app/gatewardenctl/saml_text.h"

#include <array>

namespace gw::ctl {
namespace {

// In the order of the enumeration.
template <std::size_t size, class E>
std::string_view pick(const std::array<std::string_view, size>& names, E value) {
    const auto index = static_cast<std::size_t>(value);
    return index < size ? names[index] : std::string_view();
}

} // namespace

std::string_view verdictName(inspect::Verdict verdict) {
    static constexpr std::array<std::string_view, 3> names{"accepted", "consistent", "rejected"};
    return pick(names, verdict);
}

std::string_view wrappingName(inspect::Wrapping wrapping) {
    static constexpr std::array<std::string_view, 6> names{"xml", "base64", "form-body", "html-form", "redirect", "har"};
    return pick(names, wrapping);
}

std::string_view standingName(inspect::Standing standing) {
    static constexpr std::array<std::string_view, 4> names{"none", "claimed", "consistent", "verified"};
    return pick(names, standing);
}

std::string_view limitName(inspect::SessionLimit limit) {
    static constexpr std::array<std::string_view, 5> names{"default", "requested", "role-maximum", "session-not-on-or-after", "session-duration"};
    return pick(names, limit);
}

std::string_view keyFindingName(inspect::KeyFinding finding) {
    static constexpr std::array<std::string_view, 8> names{"not-signed", "trusted",  "unknown", "rotated",
                                                           "remembered", "stranger", "altered", "content-altered"};
    return pick(names, finding);
}

std::string_view clockFindingName(inspect::ClockFinding finding) {
    static constexpr std::array<std::string_view, 6> names{"unknown", "agree", "provider-ahead", "provider-behind", "this-computer", "stale"};
    return pick(names, finding);
}

std::string_view originName(inspect::KeyOrigin origin) {
    static constexpr std::array<std::string_view, 3> names{"trusted", "remembered", "embedded"};
    return pick(names, origin);
}

std::string_view repairName(inspect::Repair repair) {
    static constexpr std::array<std::string_view, 7> names{"", "blank-text", "trimmed-text", "joined-lines", "carriage-returns", "other-method", "signature-kept"};
    return pick(names, repair);
}

std::string_view voteName(inspect::VoteState state) {
    static constexpr std::array<std::string_view, 4> names{"good", "bad", "refused", "no-key"};
    return pick(names, state);
}

} // namespace gw::ctl
