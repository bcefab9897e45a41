// In which order a table's rows are shown, and in which groups. The order is made once, when it or the rows change; what a
// filter keeps is then only picked out of it.
#pragma once

#include "models/items/table/row_set.h"
#include "models/items/table/table.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace gw::items {

struct SortKey {
    std::size_t column = 0;
    bool descending = false;
    friend bool operator==(const SortKey&, const SortKey&) = default;
};

struct RowGroup {
    std::uint32_t first = 0; // one of its rows: all have the same value
    std::uint32_t begin = 0, end = 0; // in Shown::rows
};

// What is to be seen.
struct Shown {
    std::vector<std::uint32_t> rows;
    std::vector<RowGroup> groups; // none without grouping; those without rows are left out
};

class Arrangement {
public:
    // By the group's column first, if any, then by the keys, the first of them first; rows that are equal in all keep the
    // table's order. What is not known, and where there is nothing, comes last, in either direction.
    Arrangement(const Table& table, std::optional<std::size_t> group, const std::vector<SortKey>& keys);

    [[nodiscard]] Shown pick(const RowSet& rows) const;

private:
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> groupOf_; // by place in order_; empty without grouping
};

} // namespace gw::items
