// Lays XML out in rows without changing an octet: breaks where elements begin, indents by depth, folds long base64. Linear
// in the text times the columns; takes anything, well-formed or not.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace gw::ui {

// Where in the grammar a row begins.
enum class XmlPlace : std::uint8_t { Content, Tag, DoubleQuoted, SingleQuoted, Comment, CData, Instruction, Doctype };

struct FlowRow {
    std::uint32_t begin = 0;         // to the begin of the next row
    std::uint32_t number = 0;        // 0 for a continuation
    std::uint16_t indent = 0;
    XmlPlace place = XmlPlace::Content;
};

struct FlowRules {
    int columns = 100;
    // Rows end where lines of the text end and nowhere else, apart from wrapping; no indentation.
    bool exact = false;
    // Well-known beginnings of values and the ends of elements that stand in one row are shown as "…". Not where `exact`.
    bool abbreviate = true;
    std::set<std::uint32_t> unfolded;   // begins of text that is not folded although it is long
};

struct FlowLayout {
    std::vector<FlowRow> rows;
    int columns = 0;                 // of the longest row
};

[[nodiscard]] FlowLayout layOutXml(std::string_view text, const FlowRules& rules);

// A piece of one look.
enum class XmlPiece : std::uint8_t { Text, Tag, Name, Value, Comment };
struct FlowPiece {
    std::uint32_t begin = 0, end = 0;
    XmlPiece kind = XmlPiece::Text;
};
// The pieces of a row, in order; blanks at its ends are left out unless `exact`.
[[nodiscard]] std::vector<FlowPiece> piecesOf(std::string_view text, const FlowRow& row, std::uint32_t end, bool exact);

// The length of the beginning of a value that everybody knows, such as "urn:oasis:names:tc:SAML:2.0:"; 0 for none.
[[nodiscard]] std::size_t knownPrefix(std::string_view value);

// Whether character data is shown as its beginning and end only: base64 that nobody reads.
[[nodiscard]] bool folds(std::string_view data);
inline constexpr int foldedHead = 12, foldedTail = 6;

} // namespace gw::ui
