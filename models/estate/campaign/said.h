// What people write down about an item, and whose own access it is. Inside the library only.
#pragma once

#include "models/estate/campaign/campaign.h"

#include <string>
#include <string_view>

namespace gw::estate::campaign {

[[nodiscard]] inline bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

[[nodiscard]] inline Status fits(std::string_view text) {
    if (text.size() > Limits::text)
        return fail(Error(CampaignError::TooLong).with("seen", std::to_string(text.size())).with("most", std::to_string(Limits::text)));
    return {};
}

[[nodiscard]] inline Status reasoned(std::string_view reason) {
    if (isBlank(reason)) return fail(CampaignError::NoReason);
    return fits(reason);
}

[[nodiscard]] inline bool isOwn(const Subject& subject, std::string_view person) {
    return subject.kind == "person" && subject.who == person;
}

} // namespace gw::estate::campaign
