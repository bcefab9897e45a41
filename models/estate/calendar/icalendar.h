// Events as calendar programs read them (RFC 5545).
#pragma once

#include "saml/base/utc_time.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

struct IcsEvent {
    std::string uid; // of the whole world: with a domain
    UtcTime at;
    std::string summary, description, category;
    int remindDays = 0; // before it; 0: no reminder
};

// Lines end in CRLF and are folded at 75 octets; times are UTC. What no text may hold is left out.
[[nodiscard]] std::string icalendar(std::string_view name, const std::vector<IcsEvent>& events, UtcTime stamp);

} // namespace gw::estate
