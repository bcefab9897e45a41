#include "models/items/table/table.h"

#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::items {

std::optional<std::size_t> findColumn(const std::vector<Column>& columns, std::string_view name) {
    const std::string wanted = foldedAscii(name);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].id == wanted || std::find(columns[i].aliases.begin(), columns[i].aliases.end(), wanted) != columns[i].aliases.end())
            return i;
    return std::nullopt;
}

std::optional<std::size_t> strongest(const Column& column, std::uint32_t choices) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; choices != 0; ++i, choices >>= 1)
        if ((choices & 1U) != 0 && (!best || column.weights.empty() || column.weights[i] > column.weights[*best])) best = i;
    return best;
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
    for (const Column& column : columns_) {
        switch (column.kind) {
        case ColumnKind::Text:
            place_.push_back(texts_.size());
            texts_.emplace_back();
            break;
        case ColumnKind::Choice:
            place_.push_back(choices_.size());
            choices_.emplace_back();
            break;
        case ColumnKind::Number:
        case ColumnKind::Time:
        case ColumnKind::Duration:
            place_.push_back(values_.size());
            values_.emplace_back();
            break;
        case ColumnKind::Outside:
            place_.push_back(0);
        }
    }
}

void Table::endRow() {
    if (rows_ > 0)
        for (TextColumn& texts : texts_) texts.endRow();
}

void Table::addRow() {
    endRow();
    ++rows_;
    for (auto& choices : choices_) choices.push_back(0);
    for (auto& values : values_) values.push_back(unknownValue);
}

void Table::addText(std::size_t column, std::string_view utf8) {
    if (!utf8.empty()) texts_[place_[column]].add(utf8);
}

void Table::addChoice(std::size_t column, std::size_t choice) {
    choices_[place_[column]].back() |= std::uint32_t{1} << choice;
}

void Table::setValue(std::size_t column, std::int64_t value) {
    values_[place_[column]].back() = value;
}

void Table::finish() {
    endRow();
    for (TextColumn& texts : texts_) texts.finish();
}

std::string_view Table::text(std::size_t column, std::size_t row) const {
    const TextColumn& all = texts(column);
    const auto codes = all.of(row);
    return codes.empty() ? std::string_view() : all.given(codes.front());
}

} // namespace gw::items
