#include "ui/inspector/hex_source.h"

#include <algorithm>

namespace gw::ui {

namespace {

constexpr int wide = 16, narrow = 8;

void appendHex(QString& text, unsigned char octet) {
    constexpr char digits[] = "0123456789abcdef";
    text += QLatin1Char(digits[octet >> 4U]);
    text += QLatin1Char(digits[octet & 15U]);
}

} // namespace

HexSource::HexSource(SharedText text, int octetsInRow) : text_(std::move(text)), octets_(octetsInRow) {}

int HexSource::rowCount() const {
    return std::max(1, static_cast<int>((text_.text.size() + static_cast<std::size_t>(octets_) - 1) / static_cast<std::size_t>(octets_)));
}

inspect::Range HexSource::rowRange(int index) const {
    const auto begin = static_cast<std::uint32_t>(index * octets_);
    return {begin, std::min(begin + static_cast<std::uint32_t>(octets_), static_cast<std::uint32_t>(text_.text.size()))};
}

int HexSource::rowOf(std::uint32_t offset) const {
    return std::min(static_cast<int>(offset / static_cast<std::uint32_t>(octets_)), rowCount() - 1);
}

CodeRow HexSource::row(int index) const {
    CodeRow row;
    const inspect::Range range = rowRange(index);
    row.number = QStringLiteral("%1").arg(range.begin, 8, 16, QLatin1Char('0'));
    std::vector<CodePart> characters;
    for (std::uint32_t at = range.begin; at < range.end;) {
        CodePart part;
        part.shade = text_.shading->at(at);
        part.bytes = {at, std::clamp(part.shade.range.end, at + 1, range.end)};
        part.stride = 3;
        CodePart letters = part;
        letters.stride = 1;
        letters.ink = Ink::Name;
        for (; at < part.bytes.end; ++at) {
            const auto octet = static_cast<unsigned char>(text_.text[at]);
            appendHex(part.text, octet);
            part.text += QLatin1Char(' ');
            letters.text += octet >= 0x20 && octet < 0x7F ? QLatin1Char(static_cast<char>(octet)) : QChar(0x00B7);
        }
        row.parts.push_back(std::move(part));
        characters.push_back(std::move(letters));
    }
    if (row.parts.empty()) return row;
    row.shade = row.parts.front().shade;
    for (const CodePart& part : row.parts) {
        row.uniform = row.uniform && part.shade.shade == row.shade.shade && part.shade.hostile == row.shade.hostile;
        if (part.shade.hostile && !row.shade.hostile) row.shade = part.shade;
    }
    // The characters stand in their own column under those of full rows.
    CodePart gap;
    gap.bytes = {range.end, range.end};
    gap.stride = -1;
    gap.shade = row.parts.back().shade;
    gap.text = QString(3 * (octets_ - static_cast<int>(range.size())) + 1, QLatin1Char(' '));
    row.parts.push_back(std::move(gap));
    for (CodePart& letters : characters) row.parts.push_back(std::move(letters));
    return row;
}

QString HexSource::textOf(inspect::Range range) const {
    QString text;
    for (std::uint32_t at = range.begin; at < std::min<std::size_t>(range.end, text_.text.size()); ++at) {
        if (!text.isEmpty()) text += QLatin1Char((at - range.begin) % static_cast<std::uint32_t>(octets_) == 0 ? '\n' : ' ');
        appendHex(text, static_cast<unsigned char>(text_.text[at]));
    }
    return text;
}

std::shared_ptr<const CodeSource> HexSource::forColumns(int columns) const {
    const int octets = columns >= columnsFor(wide) ? wide : narrow;
    return octets == octets_ ? nullptr : std::make_shared<HexSource>(text_, octets);
}

} // namespace gw::ui
