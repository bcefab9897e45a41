// Texts whose case does not matter, in ASCII and whatever the locale: names of headers, hosts, actions, tags.
#pragma once

#include <string>
#include <string_view>

namespace gw {

// A to Z become small; every other octet stays.
[[nodiscard]] inline std::string foldedAscii(std::string_view text) {
    std::string folded(text);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

} // namespace gw
