#include "ui/inspector/flow_rows.h"

#include <algorithm>

namespace gw::ui {

namespace {

bool blank(char letter) { return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r'; }

class Pieces {
public:
    Pieces(std::string_view text, std::uint32_t begin, std::uint32_t end) : text_(text), at_(begin), end_(end) {}

    std::vector<FlowPiece> run(XmlPlace place) {
        while (at_ < end_) place = step(place);
        return std::move(pieces_);
    }

private:
    void add(std::uint32_t end, XmlPiece kind) {
        end = std::clamp(end, at_, end_);
        if (end == at_) return;
        // A tag stands for itself, so that its end can be abbreviated.
        if (!pieces_.empty() && pieces_.back().kind == kind && pieces_.back().end == at_ && text_[at_] != '<')
            pieces_.back().end = end;
        else
            pieces_.push_back({at_, end, kind});
        at_ = end;
    }

    [[nodiscard]] std::uint32_t find(std::string_view mark, bool inclusive) const {
        const auto found = text_.find(mark, at_);
        if (found == std::string_view::npos || found >= end_) return end_;
        return static_cast<std::uint32_t>(found + (inclusive ? mark.size() : 0));
    }

    // Up to and with `mark`; Content afterwards, or `place` where the row ends before.
    XmlPlace until(std::string_view mark, XmlPlace place, XmlPiece kind) {
        const auto found = text_.find(mark, at_);
        const bool here = found != std::string_view::npos && found + mark.size() <= end_;
        add(here ? static_cast<std::uint32_t>(found + mark.size()) : end_, kind);
        return here ? XmlPlace::Content : place;
    }

    XmlPlace value(char quote, XmlPlace place) {
        const auto found = text_.find(quote, at_);
        const bool here = found != std::string_view::npos && found < end_;
        add(here ? static_cast<std::uint32_t>(found + 1) : end_, XmlPiece::Value);
        return here ? XmlPlace::Tag : place;
    }

    XmlPlace step(XmlPlace place) {
        switch (place) {
        case XmlPlace::Content: return content();
        case XmlPlace::Tag: return tag();
        case XmlPlace::DoubleQuoted: return value('"', place);
        case XmlPlace::SingleQuoted: return value('\'', place);
        case XmlPlace::Comment: return until("-->", place, XmlPiece::Comment);
        case XmlPlace::CData: return until("]]>", place, XmlPiece::Comment);
        case XmlPlace::Instruction: return until("?>", place, XmlPiece::Comment);
        case XmlPlace::Doctype: return until(">", place, XmlPiece::Comment);
        }
        return place;
    }

    XmlPlace content() {
        const std::string_view rest = text_.substr(at_, end_ - at_);
        if (rest.front() != '<') {
            add(find("<", false), XmlPiece::Text);
            return XmlPlace::Content;
        }
        if (rest.starts_with("<!--")) {
            // "<!-->" is no comment's end.
            add(at_ + 4, XmlPiece::Comment);
            return XmlPlace::Comment;
        }
        if (rest.starts_with("<![CDATA[")) return until("]]>", XmlPlace::CData, XmlPiece::Comment);
        if (rest.starts_with("<?")) return until("?>", XmlPlace::Instruction, XmlPiece::Comment);
        if (rest.starts_with("<!")) return until(rest.find('[') < rest.find('>') ? "]>" : ">", XmlPlace::Doctype, XmlPiece::Comment);
        std::uint32_t end = at_ + 1;
        while (end < end_ && !blank(text_[end]) && text_[end] != '>') ++end;
        if (end < end_ && text_[end] == '>') {
            add(end + 1, XmlPiece::Tag);
            return XmlPlace::Content;
        }
        add(end, XmlPiece::Tag);
        return XmlPlace::Tag;
    }

    XmlPlace tag() {
        const char letter = text_[at_];
        if (letter == '>') {
            add(at_ + 1, XmlPiece::Tag);
            return XmlPlace::Content;
        }
        if (letter == '/') {
            add(at_ + 1, XmlPiece::Tag);
            return XmlPlace::Tag;
        }
        if (letter == '"' || letter == '\'') {
            add(at_ + 1, XmlPiece::Value);
            return letter == '"' ? XmlPlace::DoubleQuoted : XmlPlace::SingleQuoted;
        }
        std::uint32_t end = at_;
        while (end < end_ && text_[end] != '>' && text_[end] != '/' && text_[end] != '"' && text_[end] != '\'') ++end;
        add(end, XmlPiece::Name);
        return XmlPlace::Tag;
    }

    std::string_view text_;
    std::uint32_t at_, end_;
    std::vector<FlowPiece> pieces_;
};

} // namespace

std::vector<FlowPiece> piecesOf(std::string_view text, const FlowRow& row, std::uint32_t end, bool exact) {
    std::uint32_t begin = row.begin;
    if (!exact) {
        while (begin < end && blank(text[begin])) ++begin;
        while (end > begin && blank(text[end - 1])) --end;
    }
    if (begin >= end) return {};
    auto pieces = Pieces(text, begin, end).run(row.place);
    // White space between elements carries nothing; their layout is this row's own.
    if (!exact)
        std::erase_if(pieces, [text](const FlowPiece& piece) {
            return piece.kind == XmlPiece::Text &&
                   std::all_of(text.begin() + piece.begin, text.begin() + piece.end, blank);
        });
    return pieces;
}

} // namespace gw::ui
