// Rows of a table as a workbook (Office Open XML, ISO/IEC 29500), for people who go on with them in a spreadsheet: numbers are
// numbers, times are times in UTC, and what others wrote is text and never a formula.
#pragma once

#include "models/items/table/table.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gw::items {

struct SheetWords {
    std::string name;                // of the sheet, at most 31 letters, none of []:*?/\.
    std::vector<std::string> titles; // one for each column
    std::string never;               // in place of a time
};

// The file. Nothing where there are more rows than a sheet has (1,048,575 below the titles), or the disk takes no temporary file.
[[nodiscard]] std::optional<std::string> toXlsx(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns,
                                                const SheetWords& words);

} // namespace gw::items
