// Text inside XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace gw {

// For an element's content and for an attribute's value in quotes of either kind.
[[nodiscard]] inline std::string escapedMarkup(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

} // namespace gw
