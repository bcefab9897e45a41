// Where in a TOML text its statements lie, so that one can be changed while every other byte stays. TOML 1.0.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

using TomlPath = std::vector<std::string>;

// A table header or a key with its value. Both take whole lines.
struct TomlStatement {
    enum class Kind { TableHeader, ArrayHeader, KeyValue };
    Kind kind = Kind::KeyValue;
    TomlPath path;                  // of the header, or of the key within its table, unquoted
    std::size_t begin = 0;          // first byte of its first line
    std::size_t end = 0;            // behind its line end, or the end of the text
    std::size_t valueBegin = 0;     // the value alone, without blanks and comment around it
    std::size_t valueEnd = 0;
};

// In the order of the text. `text` must be TOML that a parser has accepted; anything else gives some answer, within the
// text's bounds.
[[nodiscard]] std::vector<TomlStatement> tomlStatements(std::string_view text);

struct TextEdit {
    std::size_t begin = 0;
    std::size_t end = 0;            // equal to `begin` for an insertion
    std::string replacement;
};

// Applies edits that do not overlap. Insertions at one place keep their order.
[[nodiscard]] std::string withEdits(std::string_view text, std::vector<TextEdit> edits);

// "\r\n" where the text's first line ends so, else "\n".
[[nodiscard]] std::string_view lineEndOf(std::string_view text);

} // namespace gw::sessions
