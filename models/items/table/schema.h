// What a table's columns are: of which kind, and how the filter, the export and saved views spell them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

enum class ColumnKind : std::uint8_t {
    Text,
    Choice,   // of few words in an order
    Number,   // not negative
    Time,     // Unix seconds
    Duration, // seconds
    Outside   // not in the table: somebody else knows which rows have it; only the filter speaks of it
};

// Of Number, Time and Duration. Never: of a time only.
inline constexpr std::int64_t unknownValue = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t neverValue = unknownValue + 1;

// A word that stands for "longer ago than", of a time: "overdue" for 92 days.
struct AgeWord {
    std::string word;
    std::int64_t seconds = 0;
};

struct Column {
    std::string id; // lower case: "last-used"
    ColumnKind kind = ColumnKind::Text;
    bool many = false;                 // of Text and Choice: a row may have several values
    bool searched = false;             // words without a field are looked for here
    std::vector<std::string> choices{}; // of Choice, from the least on; at most 32, lower case
    std::vector<std::string> aliases{}; // further names that the filter takes: "who"
    std::vector<AgeWord> ageWords{};    // of Time
    std::vector<std::uint8_t> weights{}; // of Choice, one for each: what orders rows in place of the order of the choices
};

// Of several choices, one bit each, the one that weighs most: by which the row is ordered. Nothing: there is none.
[[nodiscard]] std::optional<std::size_t> strongest(const Column& column, std::uint32_t choices);

// By identifier or alias, whatever the case; nothing where there is none.
[[nodiscard]] std::optional<std::size_t> findColumn(const std::vector<Column>& columns, std::string_view name);

} // namespace gw::items
