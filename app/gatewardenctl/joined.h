// Lists in one line of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::ctl {

[[nodiscard]] inline std::string joined(const std::vector<std::string>& parts, std::string_view between = ", ") {
    std::string text;
    for (const std::string& each : parts) text += (text.empty() ? "" : std::string(between)) + each;
    return text;
}

} // namespace gw::ctl
