// Reads the tokens, keys and values of TOML 1.0 (toml.io/en/v1.0.0) out of a text that is UTF-8.
#pragma once

#include "models/mesh/toml/value.h"

#include <optional>
#include <string_view>

namespace gw::mesh::toml {

// Positions are those of the text that it was given. After the first mistake every call answers false, and problem() tells
// what it was.
class Scanner {
public:
    explicit Scanner(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

    void skipBlanks();
    // Blanks, then a comment if there is one, then a line's end or the text's. False: something else stands there.
    [[nodiscard]] bool finishLine();
    // Blanks, comments and line ends, as between the items of an array.
    [[nodiscard]] bool skipLines();
    [[nodiscard]] bool readKey(KeyPath& into);
    [[nodiscard]] bool readValue(Value& into, std::size_t depth = 0);
    // "key = value"; `into.span` begins at the key.
    [[nodiscard]] bool readEntry(Entry& into, std::size_t depth = 0);
    [[nodiscard]] bool take(char c);
    [[nodiscard]] bool isNext(char c) const { return at_ < text_.size() && text_[at_] == c; }

    // Remembers what is wrong at a place; always false.
    bool wrong(TomlError code, std::size_t at, std::string_view expected = {});

private:
    [[nodiscard]] bool skipComment();
    [[nodiscard]] bool readSimpleKey(std::string& into, Span& span);
    [[nodiscard]] bool readBasic(std::string& into);
    [[nodiscard]] bool readLiteral(std::string& into);
    [[nodiscard]] bool readLongBasic(std::string& into);
    [[nodiscard]] bool readLongLiteral(std::string& into);
    [[nodiscard]] bool readEscape(std::string& into);
    [[nodiscard]] bool readLineEndIn(std::string& into);
    [[nodiscard]] bool readWord(Value& into);
    [[nodiscard]] bool readArray(Value& into, std::size_t depth);
    [[nodiscard]] bool readInlineTable(Value& into, std::size_t depth);

    std::string_view text_;
    std::size_t at_;
    std::optional<Error> problem_;
};

// The parts of a number, a boolean or a date, which end where a delimiter stands; nothing where the word is none of them.
// Errors: BadNumber, BadDate, Syntax.
[[nodiscard]] Result<Value> scalarOf(std::string_view word);

// Lines and columns, both from 1, columns in characters.
struct Position {
    std::uint32_t line = 1, column = 1;
};
[[nodiscard]] Position positionIn(std::string_view text, std::size_t at);

} // namespace gw::mesh::toml
