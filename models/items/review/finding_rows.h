// The findings of a review as a table: a row for each, in the review's order.
#pragma once

#include "models/estate/review/review.h"
#include "models/items/table/table.h"

#include <functional>
#include <string>
#include <vector>

namespace gw::items {

enum class FindingColumn : std::uint8_t {
    Severity, // "finding", as in the mapping table
    Title,
    Rule,
    Object,   // its name, then all of it
    Account,  // its name, then its id
    Where,    // "file.json:12"
    State,    // open or suppressed
    count
};
[[nodiscard]] constexpr std::size_t columnOf(FindingColumn column) { return static_cast<std::size_t>(column); }

[[nodiscard]] std::vector<Column> findingColumns();

// `title` words a finding for people; it is called once for each.
[[nodiscard]] Table makeFindingTable(const estate::Estate& estate, const std::vector<estate::review::Finding>& findings,
                                     const std::function<std::string(const estate::review::Finding&)>& title);

} // namespace gw::items
