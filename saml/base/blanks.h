// White space as XML, JSON and forms have it: blank, tab, carriage return and line feed, and no other.
#pragma once

#include <string_view>

namespace gw {

[[nodiscard]] constexpr bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Whether there is nothing else; so it is for no text at all.
[[nodiscard]] constexpr bool isBlank(std::string_view text) {
    for (const char c : text)
        if (!isBlank(c)) return false;
    return true;
}

[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

} // namespace gw
