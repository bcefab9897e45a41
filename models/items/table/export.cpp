#include "models/items/table/export.h"

#include "saml/base/csv.h"
#include "saml/base/json_quote.h"
#include "saml/base/utc_time.h"

namespace gw::items {
namespace {

std::string joinedTexts(const Table& table, std::size_t column, std::size_t row) {
    std::string all;
    for (const std::uint32_t code : table.texts(column).of(row)) {
        if (!all.empty()) all += "; ";
        all += table.texts(column).given(code);
    }
    return all;
}

template <class Each>
void eachChoice(const Table& table, std::size_t column, std::size_t row, Each each) {
    const auto& words = table.columns()[column].choices;
    for (std::size_t i = words.size(); i-- > 0;)
        if ((table.choices(column)[row] >> i & 1U) != 0) each(words[i]);
}

void appendJson(const Table& table, std::size_t column, std::size_t row, std::string& json) {
    const auto list = [&json](auto forEach) {
        json += '[';
        bool first = true;
        forEach([&](std::string_view text) {
            if (!first) json += ',';
            first = false;
            appendJsonQuoted(json, text);
        });
        json += ']';
    };
    const std::string text = cellText(table, column, row);
    switch (const Column& shape = table.columns()[column]; shape.kind) {
    case ColumnKind::Text:
        if (shape.many)
            return list([&](auto each) {
                for (const std::uint32_t code : table.texts(column).of(row)) each(table.texts(column).given(code));
            });
        break;
    case ColumnKind::Choice:
        if (shape.many) return list([&](auto each) { eachChoice(table, column, row, each); });
        break;
    case ColumnKind::Number:
    case ColumnKind::Duration:
        json += text.empty() ? "null" : text;
        return;
    case ColumnKind::Time:
    case ColumnKind::Outside:
        break;
    }
    if (text.empty())
        json += "null";
    else
        appendJsonQuoted(json, text);
}

} // namespace

std::string cellText(const Table& table, std::size_t column, std::size_t row) {
    switch (table.columns()[column].kind) {
    case ColumnKind::Text:
        return joinedTexts(table, column, row);
    case ColumnKind::Choice: {
        std::string all;
        eachChoice(table, column, row, [&all](const std::string& word) { all += (all.empty() ? "" : "; ") + word; });
        return all;
    }
    case ColumnKind::Number:
    case ColumnKind::Duration:
    case ColumnKind::Time: {
        const std::int64_t value = table.values(column)[row];
        if (value == unknownValue) return {};
        if (value == neverValue) return "never";
        return table.columns()[column].kind == ColumnKind::Time ? UtcTime::fromUnixSeconds(value).toRfc3339() : std::to_string(value);
    }
    case ColumnKind::Outside:
        break;
    }
    return {};
}

std::string toCsv(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns) {
    std::string csv;
    for (std::size_t i = 0; i < columns.size(); ++i) csv += (i == 0 ? "" : ",") + table.columns()[columns[i]].id;
    csv += "\r\n";
    for (const std::uint32_t row : rows) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            csv += (i == 0 ? "" : ",") + csvCell(table.columns()[columns[i]].kind == ColumnKind::Text ? csvText(cellText(table, columns[i], row)) : cellText(table, columns[i], row));
        csv += "\r\n";
    }
    return csv;
}

std::string toJson(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns) {
    std::string json = "[";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        json += r == 0 ? "\n{" : ",\n{";
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) json += ',';
            appendJsonQuoted(json, table.columns()[columns[i]].id);
            json += ':';
            appendJson(table, columns[i], rows[r], json);
        }
        json += '}';
    }
    return json + "\n]\n";
}

} // namespace gw::items
