#include "models/estate/sources/table.h"

#include "saml/base/ascii.h"
#include "saml/base/utf8.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

constexpr std::size_t mostRows = 2'000'000;
constexpr std::size_t mostColumns = 512;

char separatorOf(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char each : {',', ';', '\t'}) {
        const auto count = std::count(line.begin(), line.end(), each);
        if (count > most) {
            most = count;
            best = each;
        }
    }
    return best;
}

std::string headerName(std::string_view text) {
    std::string name;
    for (const char c : foldedAscii(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
    return name;
}

class TableReader {
public:
    TableReader(std::string_view text, Table& table) : text_(text), table_(table), separator_(separatorOf(text)) {}

    void run() {
        while (at_ < text_.size()) {
            TableRow row = next();
            if (row.cells.size() == 1 && row.cells[0].empty()) continue;
            if (table_.headers.empty()) {
                for (const std::string& each : row.cells) table_.headers.push_back(headerName(each));
                continue;
            }
            if (table_.rows.size() == mostRows) {
                table_.tooMany = row.line;
                return;
            }
            if (row.cells.size() != table_.headers.size()) ++table_.uneven;
            row.cells.resize(table_.headers.size());
            table_.rows.push_back(std::move(row));
        }
    }

private:
    TableRow next() {
        TableRow row;
        row.line = line_;
        std::string cell;
        bool quoted = false, fresh = true;
        const std::uint32_t start = line_;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') ++line_;
            if (quoted) {
                if (c != '"') {
                    cell += c;
                } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                    cell += c;
                    ++at_;
                } else {
                    quoted = false;
                }
                continue;
            }
            if (c == '"' && fresh) {
                quoted = true;
                fresh = false;
            } else if (c == separator_) {
                put(row, cell);
                fresh = true;
            } else if (c == '\n' || c == '\r') {
                ++at_;
                if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') {
                    ++at_;
                    ++line_;
                }
                put(row, cell);
                return row;
            } else {
                cell += c;
                fresh = false;
            }
        }
        if (quoted && table_.openQuote == 0) table_.openQuote = start;
        put(row, cell);
        return row;
    }

    static void put(TableRow& row, std::string& cell) {
        if (row.cells.size() < mostColumns) row.cells.push_back(std::move(cell));
        cell.clear();
    }

    std::string_view text_;
    Table& table_;
    char separator_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
};

} // namespace

std::optional<std::size_t> Table::column(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
        if (const auto found = std::find(headers.begin(), headers.end(), name); found != headers.end())
            return static_cast<std::size_t>(found - headers.begin());
    return std::nullopt;
}

Table readTable(std::string_view text) {
    Table table;
    TableReader(text, table).run();
    return table;
}

std::string utf8Of(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) return std::string(text.substr(3));
    const bool little = text.starts_with("\xFF\xFE"), big = text.starts_with("\xFE\xFF");
    if (!little && !big) return std::string(text);
    constexpr std::uint32_t replacement = 0xFFFD;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(text[at]), second = static_cast<unsigned char>(text[at + 1]);
        return static_cast<std::uint32_t>(little ? second << 8U | first : first << 8U | second);
    };
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t at = 2; at + 1 < text.size(); at += 2) {
        std::uint32_t point = unit(at);
        const bool high = point >= 0xD800 && point < 0xDC00;
        const std::uint32_t low = high && at + 3 < text.size() ? unit(at + 2) : 0;
        if (high && low >= 0xDC00 && low < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
            at += 2;
        } else if (point >= 0xD800 && point < 0xE000) {
            point = replacement;
        }
        appendUtf8(out, point);
    }
    return out;
}

} // namespace gw::estate
