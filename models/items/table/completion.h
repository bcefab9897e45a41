// What could come next in a filter: fields, and the values that a field's column really has.
#pragma once

#include "models/items/table/filter.h"
#include "models/items/table/table.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

struct Completion {
    std::size_t begin = 0, end = 0;   // octets of the text that `text` takes the place of
    std::string text;                 // "env:", "env:prod"
    bool field = false;               // a value is still to come
    std::optional<std::size_t> rows;  // how many have it; nothing: not counted
};

// For a column of kind Outside: what it could be asked for, given what is typed; at most `most`.
using OutsideValues = std::function<std::vector<std::string>(std::size_t column, std::string_view typed, std::size_t most)>;

// At most `most`, the likeliest first. `cursor` is in octets.
[[nodiscard]] std::vector<Completion> completeFilter(std::string_view text, std::size_t cursor, const Table& table, std::size_t most = 12,
                                                     const OutsideValues& outside = {});

} // namespace gw::items
