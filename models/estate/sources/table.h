// Comma separated values (RFC 4180), as exports of directories have them: also with semicolons or tabs, in UTF-8 or UTF-16
// with a byte order mark, and with line breaks inside quotes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

struct TableRow {
    std::vector<std::string> cells;
    std::uint32_t line = 1;
};

struct Table {
    std::vector<std::string> headers; // folded, with letters and digits only: "Display name" is "displayname"
    std::vector<TableRow> rows;
    std::uint32_t openQuote = 0;      // the line of a quote that never ends; 0: none
    std::uint32_t tooMany = 0;        // the line at which it was cut; 0: it was not
    std::size_t uneven = 0;           // rows of another number of cells than the headers
    // The first column of one of those names; nothing where there is none.
    [[nodiscard]] std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const;
};

[[nodiscard]] Table readTable(std::string_view text);

// UTF-8 out of UTF-16 with a byte order mark; other text as it is, without a mark.
[[nodiscard]] std::string utf8Of(std::string_view text);

} // namespace gw::estate
