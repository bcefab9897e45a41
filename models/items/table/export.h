// Rows of a table as files for other programs: values as programs spell them, times in UTC.
#pragma once

#include "models/items/table/table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gw::items {

// One cell: "2026-11-23T14:00:00Z", "never", "3600", "high; medium"; empty for nothing and for what is not known.
[[nodiscard]] std::string cellText(const Table& table, std::size_t column, std::size_t row);

// RFC 4180, in UTF-8, with a line of the columns' identifiers. A cell that a spreadsheet would take for a formula begins
// with an apostrophe.
[[nodiscard]] std::string toCsv(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns);
// An array of objects: numbers and durations as numbers, several values as an array, nothing and what is not known as null.
[[nodiscard]] std::string toJson(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns);

} // namespace gw::items
