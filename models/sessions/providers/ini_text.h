// Reads the INI dialects of other tools as leniently as they do: sections, "key = value", comments of whole lines. Line
// numbers are kept for messages. Nothing is ever written with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

struct IniEntry {
    std::string key;        // lower case
    std::string value;      // without one pair of quotes or back quotes around it
    int line = 0;
};

struct IniSection {
    std::string name;       // "" before the first header
    int line = 0;
    std::vector<IniEntry> entries;
    // The last value of the key, else "".
    [[nodiscard]] std::string operator[](std::string_view key) const;
};

struct IniText {
    std::vector<IniSection> sections;
    int firstBadLine = 0;   // 0 where every line was understood
};

// Indented lines belong to the value before them and are passed over.
[[nodiscard]] IniText parseIni(std::string_view text);

} // namespace gw::sessions
