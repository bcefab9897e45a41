// Rows in columns, made once and then only read: what the filter, the order and a view over them work on. Qt-free; after
// finish() safe from any thread.
#pragma once

#include "models/items/table/schema.h"
#include "models/items/table/text_column.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

class Table {
public:
    explicit Table(std::vector<Column> columns);

    // Values go to the row added last; what gets none is empty, or not known.
    void addRow();
    void addText(std::size_t column, std::string_view utf8); // again where the column has many
    void addChoice(std::size_t column, std::size_t choice);
    void setValue(std::size_t column, std::int64_t value); // of Number, Time, Duration
    // Call it after the last row.
    void finish();

    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] const TextColumn& texts(std::size_t column) const { return texts_[place_[column]]; }
    [[nodiscard]] const std::vector<std::uint32_t>& choices(std::size_t column) const { return choices_[place_[column]]; } // one bit each
    [[nodiscard]] const std::vector<std::int64_t>& values(std::size_t column) const { return values_[place_[column]]; }
    // The first text of a row; empty where it has none.
    [[nodiscard]] std::string_view text(std::size_t column, std::size_t row) const;

private:
    void endRow();
    std::vector<Column> columns_;
    std::vector<std::size_t> place_; // of a column among those of its kind
    std::vector<TextColumn> texts_;
    std::vector<std::vector<std::uint32_t>> choices_;
    std::vector<std::vector<std::int64_t>> values_;
    std::size_t rows_ = 0;
};

} // namespace gw::items
