// Cells of CSV files (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace gw {

// What spreadsheets would run as a formula begins with an apostrophe; `text` was written by somebody else. For numbers and
// times of our own that is not needed: "-5" stays.
[[nodiscard]] inline std::string csvText(std::string_view text) {
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return formula ? "'" + std::string(text) : std::string(text);
}

// In quotes where it needs them.
[[nodiscard]] inline std::string csvCell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace gw
