// What a CodeArea shows: rows made from octets, on demand. Rows tile the octets in order, so an offset has one row.
#pragma once

#include "ui/inspector/shading.h"

#include <QString>

#include <memory>
#include <string_view>
#include <vector>

namespace gw::ui {

enum class Ink : std::uint8_t { Text, Tag, Name, Value, Comment, Quiet };

// Octets of one look, with the text that stands for them.
struct CodePart {
    QString text;
    inspect::Range bytes;
    Ink ink = Ink::Text;
    ShadeRun shade;
    // 0: the text is the octets' own, character by character. 1 and more: so many characters for each octet. -1: the whole
    // stands for all of them, because it is folded.
    int stride = 0;
};

struct CodeRow {
    QString number;            // empty for the continuation of a row
    int indent = 0;            // columns
    std::vector<CodePart> parts;
    ShadeRun shade;            // of the row as a whole: its gravest part
    bool uniform = true;       // all of it has the shade's ground
};

class CodeSource {
public:
    virtual ~CodeSource() = default;
    [[nodiscard]] virtual int rowCount() const = 0;
    [[nodiscard]] virtual CodeRow row(int index) const = 0;
    [[nodiscard]] virtual inspect::Range rowRange(int index) const = 0;
    [[nodiscard]] virtual int rowOf(std::uint32_t offset) const = 0;
    [[nodiscard]] virtual std::string_view bytes() const = 0;
    [[nodiscard]] virtual const Shading& shading() const = 0;
    // The longest row.
    [[nodiscard]] virtual int columns() const = 0;
    // Characters of the longest number.
    [[nodiscard]] virtual int numberColumns() const = 0;
    // As copied.
    [[nodiscard]] virtual QString textOf(inspect::Range range) const;
    // The same for another width; null where it stays as it is.
    [[nodiscard]] virtual std::shared_ptr<const CodeSource> forColumns(int columns) const = 0;
    // With what is folded at the offset unfolded, or the other way round; null where nothing folds there.
    [[nodiscard]] virtual std::shared_ptr<const CodeSource> toggled(std::uint32_t offset) const = 0;
};

// UTF-8 as it can be shown: one character for each code point; what cannot be seen (controls, marks that change the
// direction, octets that are no UTF-8) gets a visible stand-in.
[[nodiscard]] QString shownText(std::string_view utf8);
// The length in octets of the code point at `at`; 1 for what is no UTF-8.
[[nodiscard]] std::uint32_t codePointLength(std::string_view bytes, std::uint32_t at);
// Where `needle` is, without regard to the case of ASCII letters; at most `most`.
[[nodiscard]] std::vector<std::uint32_t> findAll(std::string_view bytes, std::string_view needle, std::size_t most = 100'000);

// The columns before an octet in a part, and the octet at a column.
[[nodiscard]] int columnsBefore(const CodePart& part, std::string_view bytes, std::uint32_t offset);
[[nodiscard]] std::uint32_t offsetAt(const CodePart& part, std::string_view bytes, int column);

} // namespace gw::ui
