// The text of ~/.aws/config or ~/.aws/credentials, cut into lines, sections and keys exactly as Python's RawConfigParser
// cuts it (CPython 3.11, Lib/configparser.py), since the AWS CLI and boto3 read the files with that. Nothing is copied.
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

struct ConfigLine {
    std::string_view text;       // without its line break
    std::string_view lineBreak;  // "\n", "\r\n", "\r", or "" at the end of the text
};

struct ConfigKey {
    std::string name;            // lower case
    std::string_view value;      // of its first line
    std::size_t firstLine = 0;
    std::size_t endLine = 0;     // one past its last continuation line
};

struct ConfigSection {
    std::string_view header;     // what stands between the brackets
    std::size_t headerLine = 0;
    std::size_t endLine = 0;     // the next header's line, or the number of lines
    std::vector<ConfigKey> keys;

    [[nodiscard]] const ConfigKey* find(std::string_view name) const;
};

struct ConfigText {
    std::vector<ConfigLine> lines;
    std::vector<ConfigSection> sections;
};

// ProfileError::Unreadable where RawConfigParser would refuse the file; facts "line" and "reason".
[[nodiscard]] Result<ConfigText> parseConfigText(std::string_view bytes);

// Without the white space of str.strip at both ends.
[[nodiscard]] std::string_view stripped(std::string_view text);

// The profile that a section of the config file holds: "default", or the name in "profile NAME" by the rules of shlex.
[[nodiscard]] std::optional<std::string> profileOf(std::string_view header);

} // namespace gw::sessions
