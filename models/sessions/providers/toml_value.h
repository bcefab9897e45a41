// TOML values as text, in the form a person would write them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

// Bare where TOML allows it, else quoted.
[[nodiscard]] std::string tomlKey(std::string_view key);
[[nodiscard]] std::string tomlString(std::string_view value);
// Strings of several lines (PEM) are written on lines of their own where `lineEnd` is "\n"; TOML leaves it to the parser
// what other line ends in them mean.
[[nodiscard]] std::string tomlArray(std::span<const std::string> values, std::string_view lineEnd);
[[nodiscard]] std::string tomlInlineTable(const std::map<std::string, std::string>& entries);

} // namespace gw::sessions
