#include "ui/inspector/code_source.h"

#include <algorithm>
#include <array>

namespace gw::ui {

namespace {

bool hidden(char32_t point) {
    return (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) ||
           point == 0xFEFF || point == 0x00AD || point == 0x061C || (point >= 0xE0000 && point <= 0xE0FFF);
}

void append(QString& text, char32_t point) {
    constexpr char32_t controlPictures = 0x2400;
    if (point == U'\t') point = U' ';
    if (point == U'\n') point = 0x21B5;
    if (point < 0x20) point += controlPictures;
    if (point == 0x7F) point = 0x2421;
    if ((point >= 0x80 && point < 0xA0) || hidden(point) || point == 0x2028 || point == 0x2029) point = 0xFFFD;
    // Two units for one column would make columns and text differ.
    if (point > 0xFFFF) point = 0x25A1;
    text += QChar(static_cast<char16_t>(point));
}

// Nothing where it is no UTF-8.
std::optional<char32_t> decode(std::string_view bytes, std::uint32_t at, std::uint32_t& length) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = octet(at);
    length = 1;
    if (first < 0x80) return first;
    const std::uint32_t wanted = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0;
    if (wanted == 0 || at + wanted > bytes.size()) return std::nullopt;
    char32_t point = first & (0xFFU >> (wanted + 1));
    for (std::uint32_t i = 1; i < wanted; ++i) {
        if ((octet(at + i) & 0xC0) != 0x80) return std::nullopt;
        point = (point << 6) | (octet(at + i) & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[wanted] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return std::nullopt;
    length = wanted;
    return point;
}

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter; }

} // namespace

QString CodeSource::textOf(inspect::Range range) const {
    const std::string_view part = bytes().substr(range.begin, range.size());
    return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
}

QString shownText(std::string_view utf8) {
    QString text;
    text.reserve(static_cast<qsizetype>(utf8.size()));
    std::uint32_t length = 1;
    for (std::uint32_t at = 0; at < utf8.size(); at += length) append(text, decode(utf8, at, length).value_or(U'\xFFFD'));
    return text;
}

std::uint32_t codePointLength(std::string_view bytes, std::uint32_t at) {
    std::uint32_t length = 1;
    (void)decode(bytes, at, length);
    return length;
}

std::vector<std::uint32_t> findAll(std::string_view bytes, std::string_view needle, std::size_t most) {
    std::vector<std::uint32_t> found;
    if (needle.empty() || needle.size() > bytes.size()) return found;
    std::string folded(needle);
    std::transform(folded.begin(), folded.end(), folded.begin(), lower);
    // Horspool: by its last octet a place tells how far the next one can be.
    const std::size_t size = folded.size();
    std::array<std::size_t, 256> jump{};
    jump.fill(size);
    for (std::size_t i = 0; i + 1 < size; ++i) {
        jump[static_cast<unsigned char>(folded[i])] = size - 1 - i;
        if (folded[i] >= 'a' && folded[i] <= 'z') jump[static_cast<unsigned char>(folded[i] - ('a' - 'A'))] = size - 1 - i;
    }
    const char last = folded.back();
    for (std::size_t at = 0; at + size <= bytes.size() && found.size() < most;) {
        const char end = bytes[at + size - 1];
        const bool here = lower(end) == last && std::equal(folded.begin(), folded.end() - 1, bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                                           [](char wanted, char in) { return lower(in) == wanted; });
        if (here) found.push_back(static_cast<std::uint32_t>(at));
        at += here ? size : jump[static_cast<unsigned char>(end)];
    }
    return found;
}

int columnsBefore(const CodePart& part, std::string_view bytes, std::uint32_t offset) {
    if (offset <= part.bytes.begin) return 0;
    if (offset >= part.bytes.end) return static_cast<int>(part.text.size());
    if (part.stride < 0) return 0;
    if (part.stride > 0) return static_cast<int>(offset - part.bytes.begin) * part.stride;
    int columns = 0;
    for (std::uint32_t at = part.bytes.begin; at < offset; at += codePointLength(bytes, at)) ++columns;
    return columns;
}

std::uint32_t offsetAt(const CodePart& part, std::string_view bytes, int column) {
    if (column <= 0) return part.bytes.begin;
    if (column >= part.text.size()) return part.bytes.end;
    if (part.stride < 0) return 2 * column < part.text.size() ? part.bytes.begin : part.bytes.end;
    if (part.stride > 0) return part.bytes.begin + static_cast<std::uint32_t>(column / part.stride);
    std::uint32_t at = part.bytes.begin;
    for (int passed = 0; passed < column && at < part.bytes.end; ++passed) at += codePointLength(bytes, at);
    return std::min(at, part.bytes.end);
}

} // namespace gw::ui
