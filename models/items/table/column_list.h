// The columns of a table whose columns are an enumeration with `count` at its end.
#pragma once

#include "models/items/table/schema.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace gw::items {

template <class Name>
class ColumnList {
public:
    // Texts are searched by words without a field, unless the caller says otherwise.
    Column& add(Name name, const char* id, ColumnKind kind = ColumnKind::Text) {
        Column& column = columns_[static_cast<std::size_t>(name)];
        column.id = id;
        column.kind = kind;
        column.searched = kind == ColumnKind::Text;
        return column;
    }
    [[nodiscard]] std::vector<Column> take() { return std::move(columns_); }

private:
    std::vector<Column> columns_ = std::vector<Column>(static_cast<std::size_t>(Name::count));
};

} // namespace gw::items
