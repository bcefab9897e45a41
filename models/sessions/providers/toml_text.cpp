#include "models/sessions/providers/toml_text.h"

#include "saml/base/utf8.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace gw::sessions {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {
        if (text_.starts_with(byteOrderMark)) at_ = byteOrderMark.size();
    }

    std::vector<TomlStatement> run() {
        std::vector<TomlStatement> statements;
        while (true) {
            const std::size_t lineBegin = skipToStatement();
            if (done()) return statements;
            TomlStatement statement;
            statement.begin = lineBegin;
            if (peek() == '[') {
                readHeader(statement);
            } else {
                statement.path = readPath('=');
                skipOne();
                skipBlanks();
                statement.valueBegin = at_;
                skipValue();
                statement.valueEnd = at_;
            }
            skipLine();
            statement.end = at_;
            statements.push_back(std::move(statement));
        }
    }

private:
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
    [[nodiscard]] bool follows(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    void skipOne() { at_ = std::min(at_ + 1, text_.size()); }
    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') ++at_;
    }
    void skipLine() {
        const auto end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
    }

    // Passes blank lines and comments; gives the begin of the statement's line.
    std::size_t skipToStatement() {
        std::size_t lineBegin = at_;
        while (!done()) {
            skipBlanks();
            if (peek() != '#' && peek() != '\n' && peek() != '\r') break;
            skipLine();
            lineBegin = at_;
        }
        return lineBegin;
    }

    void readHeader(TomlStatement& statement) {
        skipOne();
        statement.kind = TomlStatement::Kind::TableHeader;
        if (peek() == '[') {
            skipOne();
            statement.kind = TomlStatement::Kind::ArrayHeader;
        }
        statement.path = readPath(']');
    }

    TomlPath readPath(char end) {
        TomlPath path;
        while (!done() && peek() != end && peek() != '\n') {
            skipBlanks();
            path.push_back(readKey());
            skipBlanks();
            if (peek() != '.') break;
            skipOne();
        }
        while (!done() && peek() != end && peek() != '\n') ++at_;
        return path;
    }

    std::string readKey() {
        if (peek() == '\'') {
            const std::size_t begin = at_ + 1;
            skipLiteral("'");
            return std::string(text_.substr(begin, at_ > begin ? at_ - begin - 1 : 0));
        }
        if (peek() == '"') return readQuotedKey();
        const std::size_t begin = at_;
        while (!done() && (std::isalnum(static_cast<unsigned char>(peek())) || peek() == '_' || peek() == '-')) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }

    std::string readQuotedKey() {
        std::string key;
        for (skipOne(); !done() && peek() != '"' && peek() != '\n'; skipOne()) {
            if (peek() != '\\') {
                key += peek();
                continue;
            }
            skipOne();
            constexpr std::string_view names = "btnfre\"\\", values = "\b\t\n\f\r\x1b\"\\";
            if (peek() == 'u' || peek() == 'U') {
                const std::size_t digits = peek() == 'u' ? 4 : 8;
                unsigned code = 0;
                const std::string_view hex = text_.substr(at_ + 1, digits);
                std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
                appendUtf8(key, code);
                at_ = std::min(at_ + digits, text_.size());
            } else if (const auto name = names.find(peek()); name != std::string_view::npos) {
                key += values[name];
            }
        }
        skipOne();
        return key;
    }

    void skipLiteral(std::string_view quote) {
        const auto end = text_.find(quote, at_ + quote.size());
        at_ = end == std::string_view::npos ? text_.size() : end + quote.size();
    }

    void skipString() {
        const char quote = peek();
        const std::string three(3, quote);
        const bool multiLine = follows(three);
        at_ += multiLine ? 3 : 1;
        while (!done()) {
            if (quote == '"' && peek() == '\\') {
                at_ = std::min(at_ + 2, text_.size());
            } else if (!multiLine && peek() == quote) {
                return skipOne();
            } else if (multiLine && follows(three)) {
                at_ += 3;
                // Up to two quotes may end the content itself.
                for (int extra = 0; extra < 2 && peek() == quote; ++extra) ++at_;
                return;
            } else {
                ++at_;
            }
        }
    }

    void skipBrackets() {
        int depth = 0;
        while (!done()) {
            const char c = peek();
            if (c == '"' || c == '\'') {
                skipString();
                continue;
            }
            if (c == '#') {
                skipLine();
                continue;
            }
            ++at_;
            if (c == '[' || c == '{') ++depth;
            if ((c == ']' || c == '}') && --depth == 0) return;
        }
    }

    void skipValue() {
        if (peek() == '"' || peek() == '\'') return skipString();
        if (peek() == '[' || peek() == '{') return skipBrackets();
        const std::size_t begin = at_;
        while (!done() && peek() != '#' && peek() != '\n' && peek() != '\r') ++at_;
        while (at_ > begin && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t')) --at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::vector<TomlStatement> tomlStatements(std::string_view text) {
    return Scanner(text).run();
}

std::string withEdits(std::string_view text, std::vector<TextEdit> edits) {
    // An insertion goes before what is replaced at the same place.
    std::ranges::stable_sort(edits, {}, [](const TextEdit& edit) { return std::pair(edit.begin, edit.end > edit.begin); });
    std::string result;
    std::size_t at = 0;
    for (const TextEdit& edit : edits) {
        result += text.substr(at, edit.begin - at);
        result += edit.replacement;
        at = std::max(at, edit.end);
    }
    result += text.substr(at);
    return result;
}

std::string_view lineEndOf(std::string_view text) {
    const auto end = text.find('\n');
    return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

} // namespace gw::sessions
