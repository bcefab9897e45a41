#include "ui/inspector/flow_rows.h"

#include <algorithm>
#include <optional>

namespace gw::ui {

namespace {

constexpr int indentStep = 2;
constexpr int attributeIndent = 4;
constexpr std::uint32_t deepestIndent = 24;
// Folded text is drawn with its size beside it.
constexpr int foldedColumns = foldedHead + foldedTail + 22;
constexpr std::size_t foldFrom = 96;
constexpr std::size_t longestName = 200;

bool blank(char letter) { return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r'; }

bool allBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), blank); }

bool continuesCodePoint(char octet) { return (static_cast<unsigned char>(octet) & 0xC0) == 0x80; }

constexpr int abbreviatedPrefix = 2, abbreviatedEnd = 4;

// The longer ones first.
constexpr std::string_view prefixes[] = {
    "urn:oasis:names:tc:SAML:2.0:", "urn:oasis:names:tc:SAML:1.1:",   "https://aws.amazon.com/SAML/Attributes/",
    "http://www.w3.org/2000/09/",   "http://www.w3.org/2001/04/",     "http://www.w3.org/2001/10/",
    "http://www.w3.org/2009/",      "http://www.w3.org/2001/",        "http://www.w3.org/2006/12/",
};

enum class Kind { Text, StartTag, EmptyTag, EndTag, Other };

struct Token {
    Kind kind = Kind::Text;
    std::uint32_t begin = 0, end = 0;
    XmlPlace place = XmlPlace::Content;   // inside it
};

std::uint32_t endOf(std::string_view text, std::string_view mark, std::size_t from) {
    const auto at = text.find(mark, from);
    return static_cast<std::uint32_t>(at == std::string_view::npos ? text.size() : at + mark.size());
}

Token nextToken(std::string_view text, std::uint32_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.front() != '<') {
        const auto next = text.find('<', at);
        return {Kind::Text, at, static_cast<std::uint32_t>(next == std::string_view::npos ? text.size() : next), XmlPlace::Content};
    }
    if (rest.starts_with("<!--")) return {Kind::Other, at, endOf(text, "-->", at + 4), XmlPlace::Comment};
    if (rest.starts_with("<![CDATA[")) return {Kind::Other, at, endOf(text, "]]>", at), XmlPlace::CData};
    if (rest.starts_with("<?")) return {Kind::Other, at, endOf(text, "?>", at), XmlPlace::Instruction};
    if (rest.starts_with("<!")) {
        std::uint32_t end = at;
        int brackets = 0;
        for (; end < text.size(); ++end) {
            if (text[end] == '[') ++brackets;
            if (text[end] == ']') --brackets;
            if (text[end] == '>' && brackets <= 0) return {Kind::Other, at, end + 1, XmlPlace::Doctype};
        }
        return {Kind::Other, at, end, XmlPlace::Doctype};
    }
    char quote = 0;
    for (std::uint32_t end = at + 1; end < text.size(); ++end) {
        const char letter = text[end];
        if (quote != 0) {
            if (letter == quote) quote = 0;
        } else if (letter == '"' || letter == '\'') {
            quote = letter;
        } else if (letter == '>') {
            const bool closing = rest.size() > 1 && rest[1] == '/';
            const Kind kind = closing ? Kind::EndTag : text[end - 1] == '/' ? Kind::EmptyTag : Kind::StartTag;
            return {kind, at, end + 1, XmlPlace::Tag};
        }
    }
    return {Kind::Other, at, static_cast<std::uint32_t>(text.size()), XmlPlace::Tag};
}

class Layout {
public:
    Layout(std::string_view text, const FlowRules& rules) : text_(text), rules_(rules) {}

    FlowLayout run() {
        if (rules_.exact)
            exact();
        else
            flow();
        if (layout_.rows.empty()) layout_.rows.push_back({0, 1, 0, XmlPlace::Content});
        layout_.rows.front().begin = 0;
        return std::move(layout_);
    }

private:
    [[nodiscard]] int room(std::uint32_t depth) const { return std::max(24, rules_.columns - indentOf(depth)); }
    [[nodiscard]] static int indentOf(std::uint32_t depth) { return static_cast<int>(std::min(depth, deepestIndent)) * indentStep; }

    void open(std::uint32_t begin, int indent, XmlPlace place, bool continued = false) {
        layout_.rows.push_back({begin, continued ? 0 : ++number_, static_cast<std::uint16_t>(indent), place});
    }
    void widen(int indent, int columns) { layout_.columns = std::max(layout_.columns, indent + columns); }

    // What is shown as one: a character, or what is abbreviated.
    struct Unit {
        std::uint32_t octets;
        int columns;
    };
    [[nodiscard]] Unit unitAt(std::uint32_t at, std::uint32_t end) const {
        const char letter = text_[at];
        if (rules_.abbreviate && !rules_.exact) {
            if (letter == '<' && at + 1 < end && text_[at + 1] == '/') {
                const auto close = text_.substr(at, std::min<std::size_t>(end - at, longestName)).find('>');
                if (close != std::string_view::npos) return {static_cast<std::uint32_t>(close + 1), abbreviatedEnd};
            }
            const char before = at > 0 ? text_[at - 1] : '>';
            if ((letter == 'u' || letter == 'h') && (before == '"' || before == '\'' || before == '>'))
                if (const std::size_t known = knownPrefix(text_.substr(at, end - at)); known > 0)
                    return {static_cast<std::uint32_t>(known), abbreviatedPrefix};
        }
        std::uint32_t octets = 1;
        while (at + octets < end && octets < 4 && continuesCodePoint(text_[at + octets])) ++octets;
        return {octets, 1};
    }
    [[nodiscard]] int columnsOf(std::uint32_t begin, std::uint32_t end) const {
        int columns = 0;
        for (std::uint32_t at = begin; at < end;) {
            const Unit unit = unitAt(at, end);
            columns += unit.columns;
            at += unit.octets;
        }
        return columns;
    }

    // Rows of at most `most` columns; also breaks after line ends.
    void wrap(std::uint32_t begin, std::uint32_t end, int indent, int most, XmlPlace place) {
        open(begin, indent, place);
        int columns = 0;
        // Blanks at the end are not shown, so they need no row.
        if (!rules_.exact)
            while (end > begin && blank(text_[end - 1])) --end;
        for (std::uint32_t at = begin; at < end;) {
            const Unit unit = unitAt(at, end);
            const bool newLine = at > begin && text_[at - 1] == '\n';
            if (newLine || (columns > 0 && columns + unit.columns > most)) {
                widen(indent, columns);
                columns = 0;
                open(at, indent, place, !newLine);
            }
            columns += unit.columns;
            at += unit.octets;
        }
        widen(indent, columns);
    }

    // The end of the element at a start tag where it may stand in one row: text only, or one child that has only text.
    [[nodiscard]] std::optional<std::uint32_t> inlineEnd(const Token& start, int most) const {
        int columns = 0, depth = 0, children = 0;
        std::uint32_t at = start.begin;
        // Each octet is looked at once for each row that could hold it, so the search ends where the row would.
        while (at < text_.size()) {
            const Token token = at == start.begin ? start : nextToken(text_, at);
            const std::string_view inside = text_.substr(token.begin, token.end - token.begin);
            if (token.kind == Kind::Other) return std::nullopt;
            if (token.kind == Kind::Text && folds(inside) && !rules_.unfolded.contains(token.begin)) {
                columns += foldedColumns;
            } else if (inside.size() > static_cast<std::size_t>(most) * 4 || (token.kind == Kind::Text && inside.find('\n') != std::string_view::npos && !allBlank(inside))) {
                return std::nullopt;
            } else if (token.kind != Kind::Text || !allBlank(inside)) {
                columns += columnsOf(token.begin, token.end);
            }
            if (columns > most) return std::nullopt;
            if (token.kind == Kind::StartTag) {
                if (++depth == 2 && ++children > 1) return std::nullopt;
                if (depth > 2) return std::nullopt;
            } else if (token.kind == Kind::EmptyTag) {
                if (depth == 0) return token.end;
                if (depth > 1 || ++children > 1) return std::nullopt;
            } else if (token.kind == Kind::EndTag && --depth <= 0) {
                return token.end;
            }
            at = token.end;
        }
        return std::nullopt;
    }

    // A tag that is too long: as many attributes in a row as fit.
    void breakTag(const Token& tag, std::uint32_t depth) {
        const int most = room(depth);
        if (columnsOf(tag.begin, tag.end) <= most) {
            open(tag.begin, indentOf(depth), XmlPlace::Content);
            return widen(indentOf(depth), columnsOf(tag.begin, tag.end));
        }
        std::uint32_t rowBegin = tag.begin, pieceBegin = tag.begin;
        int indent = indentOf(depth);
        bool first = true;
        const auto flush = [&](std::uint32_t end) {
            if (rowBegin >= end) return;
            wrap(rowBegin, end, indent, std::max(20, rules_.columns - indent), first ? XmlPlace::Content : XmlPlace::Tag);
            first = false;
            indent = indentOf(depth) + attributeIndent;
            rowBegin = end;
        };
        char quote = 0;
        for (std::uint32_t at = tag.begin; at < tag.end; ++at) {
            const char letter = text_[at];
            if (quote != 0) {
                if (letter == quote) quote = 0;
                continue;
            }
            if (letter == '"' || letter == '\'') quote = letter;
            if (!blank(letter)) continue;
            // A piece ended here; does it still fit into the row?
            if (columnsOf(rowBegin, at) > rules_.columns - indent && pieceBegin > rowBegin) flush(pieceBegin);
            pieceBegin = at;
            while (pieceBegin + 1 < tag.end && blank(text_[pieceBegin + 1])) ++pieceBegin;
            pieceBegin += 1;
            at = pieceBegin - 1;
        }
        if (columnsOf(rowBegin, tag.end) > rules_.columns - indent && pieceBegin > rowBegin) flush(pieceBegin);
        flush(tag.end);
    }

    void flow() {
        std::uint32_t depth = 0;
        for (std::uint32_t at = 0; at < text_.size();) {
            const Token token = nextToken(text_, at);
            at = token.end;
            const std::string_view inside = text_.substr(token.begin, token.end - token.begin);
            switch (token.kind) {
            case Kind::Text:
                if (!allBlank(inside)) placeText(token, depth);
                break;
            case Kind::StartTag:
            case Kind::EmptyTag:
                if (const auto end = inlineEnd(token, room(depth))) {
                    open(token.begin, indentOf(depth), XmlPlace::Content);
                    widen(indentOf(depth), room(depth));
                    at = *end;
                } else {
                    breakTag(token, depth);
                    if (token.kind == Kind::StartTag && !placeOnlyText(at, depth)) ++depth;
                }
                break;
            case Kind::EndTag:
                if (depth > 0) --depth;
                breakTag(token, depth);
                break;
            case Kind::Other:
                wrapFirst(token, depth);
                break;
            }
        }
    }

    // Text that is all there is in an element takes the element's end into its row.
    bool placeOnlyText(std::uint32_t& at, std::uint32_t depth) {
        if (at >= text_.size() || text_[at] == '<') return false;
        const Token text = nextToken(text_, at);
        if (text.end >= text_.size() || allBlank(text_.substr(text.begin, text.end - text.begin))) return false;
        const Token end = nextToken(text_, text.end);
        if (end.kind != Kind::EndTag) return false;
        placeText(text, depth + 1, end.end);
        at = end.end;
        return true;
    }

    // Its first row begins in content, the others inside of it.
    void wrapFirst(const Token& token, std::uint32_t depth) {
        const std::size_t before = layout_.rows.size();
        wrap(token.begin, token.end, indentOf(depth), room(depth), token.place);
        layout_.rows[before].place = XmlPlace::Content;
    }

    void placeText(const Token& token, std::uint32_t depth, std::uint32_t with = 0) {
        std::uint32_t begin = token.begin, end = std::max(token.end, with);
        while (begin < end && blank(text_[begin])) ++begin;
        while (end > begin && blank(text_[end - 1])) --end;
        if (folds(text_.substr(token.begin, token.end - token.begin)) && !rules_.unfolded.contains(token.begin)) {
            open(begin, indentOf(depth), XmlPlace::Content);
            return widen(indentOf(depth), foldedColumns);
        }
        wrap(begin, end, indentOf(depth), room(depth), XmlPlace::Content);
    }

    void exact() {
        // The place of a row is only known by reading from the beginning.
        std::uint32_t lineBegin = 0;
        const auto line = [&](std::uint32_t end) {
            wrap(lineBegin, end, 0, std::max(20, rules_.columns), XmlPlace::Content);
            lineBegin = end;
        };
        for (std::uint32_t at = 0; at < text_.size(); ++at)
            if (text_[at] == '\n') line(at + 1);
        if (lineBegin < text_.size()) line(static_cast<std::uint32_t>(text_.size()));
        std::size_t row = 0;
        for (std::uint32_t at = 0; at < text_.size() && row < layout_.rows.size();) {
            const Token token = nextToken(text_, at);
            for (; row < layout_.rows.size() && layout_.rows[row].begin < token.end; ++row)
                layout_.rows[row].place = layout_.rows[row].begin <= token.begin ? XmlPlace::Content : placeIn(token, layout_.rows[row].begin);
            at = token.end;
        }
    }

    [[nodiscard]] XmlPlace placeIn(const Token& token, std::uint32_t offset) const {
        if (token.place != XmlPlace::Tag) return token.place;
        char quote = 0;
        for (std::uint32_t at = token.begin; at < offset; ++at) {
            if (quote != 0) {
                if (text_[at] == quote) quote = 0;
            } else if (text_[at] == '"' || text_[at] == '\'') {
                quote = text_[at];
            }
        }
        return quote == '"' ? XmlPlace::DoubleQuoted : quote == '\'' ? XmlPlace::SingleQuoted : XmlPlace::Tag;
    }

    std::string_view text_;
    const FlowRules& rules_;
    FlowLayout layout_;
    std::uint32_t number_ = 0;
};

} // namespace

std::size_t knownPrefix(std::string_view value) {
    for (const std::string_view prefix : prefixes)
        if (value.size() > prefix.size() && value.starts_with(prefix)) return prefix.size();
    return 0;
}

bool folds(std::string_view data) {
    if (data.size() < foldFrom) return false;
    return std::all_of(data.begin(), data.end(), [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '+' ||
               letter == '/' || letter == '=' || blank(letter);
    }) && std::count_if(data.begin(), data.end(), blank) * 8 < static_cast<std::ptrdiff_t>(data.size());
}

FlowLayout layOutXml(std::string_view text, const FlowRules& rules) { return Layout(text, rules).run(); }

} // namespace gw::ui
