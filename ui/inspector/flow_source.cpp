#include "ui/inspector/flow_source.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace gw::ui {

namespace {

// Laying out again takes no longer than a frame up to here; a longer text keeps the width that it was opened with.
constexpr std::size_t reflowsUpTo = std::size_t{320} << 10;

Ink inkOf(XmlPiece kind) {
    switch (kind) {
    case XmlPiece::Text: return Ink::Text;
    case XmlPiece::Tag: return Ink::Tag;
    case XmlPiece::Name: return Ink::Name;
    case XmlPiece::Value: return Ink::Value;
    case XmlPiece::Comment: return Ink::Comment;
    }
    return Ink::Text;
}

// The graver one names the row.
bool graver(const ShadeRun& a, const ShadeRun& b) {
    if (a.hostile != b.hostile) return a.hostile;
    return a.shade < b.shade;
}

} // namespace

FlowSource::FlowSource(SharedText text, FlowRules rules)
    : text_(std::move(text)), rules_(std::move(rules)), layout_(layOutXml(text_.text, rules_)) {}

inspect::Range FlowSource::rowRange(int index) const {
    const auto at = static_cast<std::size_t>(index);
    const auto end = at + 1 < layout_.rows.size() ? layout_.rows[at + 1].begin : static_cast<std::uint32_t>(text_.text.size());
    return {layout_.rows[at].begin, end};
}

int FlowSource::rowOf(std::uint32_t offset) const {
    const auto after = std::upper_bound(layout_.rows.begin(), layout_.rows.end(), offset,
                                        [](std::uint32_t at, const FlowRow& row) { return at < row.begin; });
    return after == layout_.rows.begin() ? 0 : static_cast<int>(after - layout_.rows.begin()) - 1;
}

int FlowSource::numberColumns() const {
    std::uint32_t last = 1;
    for (auto row = layout_.rows.rbegin(); row != layout_.rows.rend(); ++row)
        if (row->number > 0) {
            last = row->number;
            break;
        }
    return static_cast<int>(QString::number(last).size());
}

inspect::Range FlowSource::dataAround(std::uint32_t offset) const {
    const std::string_view text = text_.text;
    if (offset >= text.size() || text[offset] == '<') return {};
    const auto open = text.rfind('>', offset);
    const auto close = text.find('<', offset);
    return {static_cast<std::uint32_t>(open == std::string_view::npos ? 0 : open + 1),
            static_cast<std::uint32_t>(close == std::string_view::npos ? text.size() : close)};
}

bool FlowSource::isFolded(const FlowPiece& piece, const FlowRow& row) const {
    if (rules_.exact || piece.kind != XmlPiece::Text || row.number == 0) return false;
    const inspect::Range data = dataAround(piece.begin);
    return !rules_.unfolded.contains(data.begin) && folds(text_.text.substr(data.begin, data.size()));
}

CodeRow FlowSource::row(int index) const {
    CodeRow row;
    const FlowRow& flow = layout_.rows[static_cast<std::size_t>(index)];
    const inspect::Range range = rowRange(index);
    if (flow.number > 0) row.number = QString::number(flow.number);
    row.indent = flow.indent;
    for (const FlowPiece& piece : piecesOf(text_.text, flow, range.end, rules_.exact)) {
        if (!isFolded(piece, flow)) {
            addParts(row, piece, row.parts.empty());
            continue;
        }
        const QString whole = shownText(text_.text.substr(piece.begin, piece.end - piece.begin)).simplified();
        CodePart part;
        part.text = whole.left(foldedHead) + QChar(0x2026) + whole.right(foldedTail);
        part.bytes = {piece.begin, piece.end};
        part.shade = text_.shading->at(piece.begin);
        part.stride = -1;
        row.parts.push_back(part);
        part.text = QStringLiteral(" ") + QCoreApplication::translate("FlowSource", "%1 characters").arg(QLocale().toString(piece.end - piece.begin)) +
                    QStringLiteral(" ");
        part.ink = Ink::Quiet;
        part.bytes.begin = part.bytes.end;
        row.parts.push_back(part);
    }
    if (row.parts.empty()) {
        row.shade = text_.shading->at(range.begin);
        return row;
    }
    row.shade = row.parts.front().shade;
    for (const CodePart& part : row.parts) {
        const bool same = part.shade.shade == row.parts.front().shade.shade && part.shade.hostile == row.parts.front().shade.hostile;
        row.uniform = row.uniform && same;
        if (graver(part.shade, row.shade)) row.shade = part.shade;
    }
    return row;
}

std::pair<std::uint32_t, QString> FlowSource::abbreviation(const FlowPiece& piece, std::uint32_t at, bool first) const {
    if (!rules_.abbreviate || rules_.exact) return {0, {}};
    const std::string_view text = text_.text.substr(at, piece.end - at);
    std::uint32_t length = 0;
    QString shown;
    if (piece.kind == XmlPiece::Tag && !first && at == piece.begin && text.starts_with("</") && text.ends_with('>')) {
        length = static_cast<std::uint32_t>(text.size());
        shown = QStringLiteral("</\u2026>");
    } else if (piece.kind == XmlPiece::Value || piece.kind == XmlPiece::Text) {
        length = static_cast<std::uint32_t>(knownPrefix(text));
        if (length > 0) shown = QStringLiteral("\u2026") + QLatin1Char(text[length - 1]);
    }
    // Where the coverage changes inside it, all of it is to be seen.
    if (length > 0 && text_.shading->at(at).range.end < at + length) return {0, {}};
    return {length, shown};
}

void FlowSource::addParts(CodeRow& row, const FlowPiece& piece, bool first) const {
    const bool quoted = piece.kind == XmlPiece::Value;
    for (std::uint32_t at = piece.begin; at < piece.end;) {
        CodePart part;
        part.shade = text_.shading->at(at);
        const bool begins = at == piece.begin || (quoted && (text_.text[at - 1] == '"' || text_.text[at - 1] == '\''));
        if (const auto [length, shown] = begins ? abbreviation(piece, at, first) : std::pair<std::uint32_t, QString>(); length > 0) {
            part.bytes = {at, at + length};
            part.ink = part.shade.shade == Shade::Removed ? Ink::Quiet : inkOf(piece.kind);
            part.text = shown;
            part.stride = -1;
            at += length;
            row.parts.push_back(std::move(part));
            continue;
        }
        part.bytes = {at, std::clamp(part.shade.range.end, at + 1, piece.end)};
        // The quote for itself, so that what follows it can be abbreviated.
        if (quoted && at == piece.begin && (text_.text[at] == '"' || text_.text[at] == '\'')) part.bytes.end = at + 1;
        part.ink = part.shade.shade == Shade::Removed ? Ink::Quiet : inkOf(piece.kind);
        part.text = shownText(text_.text.substr(at, part.bytes.size()));
        at = part.bytes.end;
        row.parts.push_back(std::move(part));
    }
}

std::shared_ptr<const CodeSource> FlowSource::forColumns(int columns) const {
    if (columns == rules_.columns || text_.text.size() > reflowsUpTo) return nullptr;
    FlowRules rules = rules_;
    rules.columns = columns;
    return std::make_shared<FlowSource>(text_, std::move(rules));
}

std::shared_ptr<const CodeSource> FlowSource::toggled(std::uint32_t offset) const {
    if (rules_.exact || text_.text.size() > reflowsUpTo) return nullptr;
    const inspect::Range data = dataAround(offset);
    FlowRules rules = rules_;
    if (folds(text_.text.substr(data.begin, data.size()))) {
        if (!rules.unfolded.erase(data.begin)) rules.unfolded.insert(data.begin);
        return std::make_shared<FlowSource>(text_, std::move(rules));
    }
    // Abbreviations go and come all together.
    if (rules_.abbreviate) {
        const CodeRow there = row(rowOf(offset));
        const bool abbreviated = std::any_of(there.parts.begin(), there.parts.end(),
                                             [offset](const CodePart& part) { return part.stride < 0 && part.bytes.holds(offset); });
        if (!abbreviated) return nullptr;
    }
    rules.abbreviate = !rules_.abbreviate;
    return std::make_shared<FlowSource>(text_, std::move(rules));
}

} // namespace gw::ui
