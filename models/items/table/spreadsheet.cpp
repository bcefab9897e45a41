#include "models/items/table/spreadsheet.h"

#include "models/items/table/export.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

namespace gw::items {
namespace {

constexpr std::size_t mostLetters = 32'767; // of a cell
constexpr double secondsOfDay = 86'400;
constexpr double unixEpoch = 25'569; // in days of a spreadsheet: 1 January 1970
constexpr std::size_t widest = 60, narrowest = 8, measured = 1'000;

// The library writes to a path only. The folder is nobody else's.
class TemporaryFile {
public:
    TemporaryFile() {
        std::error_code failed;
        std::string pattern = (std::filesystem::temp_directory_path(failed) / "gatewarden-XXXXXX").string();
        if (!failed && ::mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
    }
    ~TemporaryFile() {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] bool usable() const { return !folder_.empty(); }
    [[nodiscard]] std::string path() const { return (folder_ / "rows.xlsx").string(); }

private:
    std::filesystem::path folder_;
};

// At a letter's boundary.
std::string shortened(std::string text) {
    if (text.size() <= mostLetters) return text;
    std::size_t end = mostLetters;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

struct Formats {
    lxw_format *title, *time, *duration;
};

void writeCell(lxw_worksheet* sheet, lxw_row_t line, lxw_col_t place, const Table& table, std::size_t column, std::uint32_t row, const Formats& formats,
               const SheetWords& words) {
    switch (table.columns()[column].kind) {
    case ColumnKind::Text:
    case ColumnKind::Choice:
        if (const std::string text = shortened(cellText(table, column, row)); !text.empty())
            worksheet_write_string(sheet, line, place, text.c_str(), nullptr);
        return;
    case ColumnKind::Number:
    case ColumnKind::Duration:
    case ColumnKind::Time:
        break;
    case ColumnKind::Outside:
        return;
    }
    const std::int64_t value = table.values(column)[row];
    if (value == unknownValue) return;
    if (value == neverValue)
        worksheet_write_string(sheet, line, place, words.never.c_str(), nullptr);
    else if (table.columns()[column].kind == ColumnKind::Number)
        worksheet_write_number(sheet, line, place, static_cast<double>(value), nullptr);
    else if (table.columns()[column].kind == ColumnKind::Duration)
        worksheet_write_number(sheet, line, place, static_cast<double>(value) / secondsOfDay, formats.duration);
    else
        worksheet_write_number(sheet, line, place, unixEpoch + static_cast<double>(value) / secondsOfDay, formats.time);
}

} // namespace

std::optional<std::string> toXlsx(const Table& table, std::span<const std::uint32_t> rows, std::span<const std::size_t> columns, const SheetWords& words) {
    if (rows.size() >= LXW_ROW_MAX) return std::nullopt;
    const TemporaryFile file;
    if (!file.usable()) return std::nullopt;
    lxw_workbook* book = workbook_new(file.path().c_str());
    if (book == nullptr) return std::nullopt;
    lxw_worksheet* sheet = workbook_add_worksheet(book, words.name.c_str());
    if (sheet == nullptr) {
        workbook_close(book);
        return std::nullopt;
    }
    const Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.title);
    format_set_num_format(formats.time, "yyyy-mm-dd hh:mm");
    format_set_num_format(formats.duration, "[h]:mm");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto place = static_cast<lxw_col_t>(i);
        std::size_t width = std::max(narrowest, words.titles[i].size() + 2);
        for (std::size_t r = 0; r < std::min(rows.size(), measured); ++r) width = std::max(width, cellText(table, columns[i], rows[r]).size());
        worksheet_set_column(sheet, place, place, static_cast<double>(std::min(width, widest)), nullptr);
        worksheet_write_string(sheet, 0, place, words.titles[i].c_str(), formats.title);
    }
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < columns.size(); ++i)
            writeCell(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(i), table, columns[i], rows[r], formats, words);
    worksheet_freeze_panes(sheet, 1, 0);
    if (!columns.empty())
        worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(rows.size()), static_cast<lxw_col_t>(columns.size() - 1));
    if (workbook_close(book) != LXW_NO_ERROR) return std::nullopt;
    std::ifstream made(file.path(), std::ios::binary);
    if (!made) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(made), {});
}

} // namespace gw::items
