#include "models/mesh/toml/scanner.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/octet_runs.h"
#include "saml/base/percent.h"
#include "saml/base/utf8.h"

#include <algorithm>

namespace gw::mesh::toml {
namespace {

bool isBareKey(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_';
}

// Tab is the only control character that may stand in a comment or a string of one line.
bool isControl(char c) {
    return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == '\x7f';
}

std::uint32_t offset(std::size_t at) {
    return static_cast<std::uint32_t>(at);
}

} // namespace

Position positionIn(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, std::min(at, text.size()));
    const std::size_t feed = before.rfind('\n');
    const std::string_view line = feed == std::string_view::npos ? before : before.substr(feed + 1);
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
            static_cast<std::uint32_t>(std::count_if(line.begin(), line.end(), starts) + 1)};
}

bool Scanner::wrong(TomlError code, std::size_t at, std::string_view expected) {
    if (problem_) return false;
    const Position place = positionIn(text_, at);
    Error error(code);
    error.with("line", std::to_string(place.line)).with("column", std::to_string(place.column));
    if (!expected.empty()) error.with("expected", std::string(expected));
    problem_ = std::move(error);
    return false;
}

void Scanner::skipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
}

bool Scanner::skipComment() {
    if (!isNext('#')) return true;
    while (at_ < text_.size() && text_[at_] != '\n') {
        const bool lineEnd = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
        if (isControl(text_[at_]) && !lineEnd) return wrong(TomlError::Syntax, at_, "no control characters in a comment");
        ++at_;
    }
    return true;
}

bool Scanner::finishLine() {
    skipBlanks();
    if (!skipComment()) return false;
    if (isNext('\r') && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    if (atEnd()) return true;
    if (!isNext('\n')) return wrong(TomlError::Syntax, at_, "the end of the line");
    ++at_;
    return true;
}

bool Scanner::skipLines() {
    for (;;) {
        skipBlanks();
        if (!skipComment()) return false;
        if (isNext('\r') && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
        if (!isNext('\n')) return true;
        ++at_;
    }
}

bool Scanner::take(char c) {
    if (!isNext(c)) return wrong(TomlError::Syntax, at_, std::string_view(&c, 1));
    ++at_;
    return true;
}

bool Scanner::readSimpleKey(std::string& into, Span& span) {
    const std::size_t begin = at_;
    if (isNext('"')) {
        if (!readBasic(into)) return false;
    } else if (isNext('\'')) {
        if (!readLiteral(into)) return false;
    } else {
        while (at_ < text_.size() && isBareKey(text_[at_])) ++at_;
        if (at_ == begin) return wrong(TomlError::Syntax, at_, "a key");
        into = text_.substr(begin, at_ - begin);
    }
    span = {offset(begin), offset(at_)};
    return true;
}

bool Scanner::readKey(KeyPath& into) {
    for (;;) {
        std::string part;
        Span span;
        if (into.parts.size() >= maxTomlDepth) return wrong(TomlError::TooDeep, at_);
        if (!readSimpleKey(part, span)) return false;
        into.parts.push_back(std::move(part));
        into.spans.push_back(span);
        const std::size_t end = at_;
        skipBlanks();
        if (!isNext('.')) {
            at_ = end;
            return true;
        }
        ++at_;
        skipBlanks();
    }
}

bool Scanner::readEntry(Entry& into, std::size_t depth) {
    const std::size_t begin = at_;
    if (!readKey(into.key)) return false;
    skipBlanks();
    if (!take('=')) return false;
    skipBlanks();
    if (!readValue(into.value, depth)) return false;
    into.span = {offset(begin), offset(at_)};
    return true;
}

bool Scanner::readValue(Value& into, std::size_t depth) {
    if (atEnd()) return wrong(TomlError::Syntax, at_, "a value");
    const std::size_t begin = at_;
    const std::string_view rest = text_.substr(at_);
    bool read = false;
    if (rest.starts_with("\"\"\"")) {
        read = readLongBasic(into.text);
    } else if (rest.starts_with("'''")) {
        read = readLongLiteral(into.text);
    } else if (rest.front() == '"') {
        read = readBasic(into.text);
    } else if (rest.front() == '\'') {
        read = readLiteral(into.text);
    } else if (rest.front() == '[') {
        into.kind = Kind::Array;
        read = readArray(into, depth + 1);
    } else if (rest.front() == '{') {
        into.kind = Kind::Table;
        read = readInlineTable(into, depth + 1);
    } else {
        read = readWord(into);
    }
    into.span = {offset(begin), offset(at_)};
    return read;
}

bool Scanner::readWord(Value& into) {
    const std::size_t begin = at_;
    const auto ends = [](char c) { return c == ',' || c == ']' || c == '}' || c == '#' || c == '\r' || c == '\n' || c == '\t' || c == '='; };
    // A date and its time may stand apart by a blank.
    const auto isDate = [&] { return at_ - begin == 10 && text_[begin + 4] == '-' && at_ + 2 < text_.size() && isDigit(text_[at_ + 1]) && isDigit(text_[at_ + 2]); };
    while (at_ < text_.size() && !ends(text_[at_]) && (text_[at_] != ' ' || isDate())) ++at_;
    auto value = scalarOf(text_.substr(begin, at_ - begin));
    if (value) {
        into = std::move(*value);
        return true;
    }
    wrong(*value.error().code().as<TomlError>(), begin, value.error().fact("expected"));
    if (at_ > begin) problem_->with("seen", std::string(text_.substr(begin, std::min<std::size_t>(at_ - begin, 40))));
    return false;
}

bool Scanner::readBasic(std::string& into) {
    const std::size_t begin = at_++;
    for (;;) {
        const std::size_t plain = plainStringEnd(text_, at_);
        into.append(text_, at_, plain - at_);
        at_ = plain;
        if (atEnd() || isNext('\n') || isNext('\r')) return wrong(TomlError::Syntax, begin, "a quote at the end of the text");
        if (isNext('"')) {
            ++at_;
            break;
        }
        if (isNext('\\')) {
            if (!readEscape(into)) return false;
        } else if (isNext('\t')) {
            into += text_[at_++];
        } else {
            return wrong(TomlError::Syntax, at_, "no control characters");
        }
    }
    // Plain runs end at a delete character nowhere.
    if (const std::size_t found = text_.substr(begin, at_ - begin).find('\x7f'); found != std::string_view::npos)
        return wrong(TomlError::Syntax, begin + found, "no control characters");
    return true;
}

bool Scanner::readLiteral(std::string& into) {
    const std::size_t begin = at_++;
    const std::size_t end = text_.find('\'', at_);
    const std::string_view held = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
    const auto control = std::find_if(held.begin(), held.end(), isControl);
    if (control != held.end() && *control != '\n' && *control != '\r')
        return wrong(TomlError::Syntax, at_ + static_cast<std::size_t>(control - held.begin()), "no control characters");
    if (end == std::string_view::npos || control != held.end()) return wrong(TomlError::Syntax, begin, "a quote at the end of the text");
    into = held;
    at_ = end + 1;
    return true;
}

// Quotes at the end of a long text may be up to five: two of them are its own.
bool Scanner::readLongBasic(std::string& into) {
    const std::size_t begin = at_;
    at_ += 3;
    if (isNext('\r')) ++at_;
    if (isNext('\n'))
        ++at_;
    else if (text_[at_ - 1] == '\r')
        return wrong(TomlError::Syntax, at_ - 1, "no control characters");
    for (;;) {
        if (atEnd()) return wrong(TomlError::Syntax, begin, "three quotes at the end of the text");
        const char c = text_[at_];
        if (c == '"') {
            std::size_t quotes = 1;
            while (quotes < 5 && at_ + quotes < text_.size() && text_[at_ + quotes] == '"') ++quotes;
            into.append(quotes >= 3 ? quotes - 3 : quotes, '"');
            at_ += quotes;
            if (quotes >= 3) return true;
        } else if (c == '\\') {
            // A backslash at the end of a line takes the blanks that follow with it.
            std::size_t end = at_ + 1;
            while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
            const bool joins = end < text_.size() && (text_[end] == '\n' || (text_[end] == '\r' && end + 1 < text_.size() && text_[end + 1] == '\n'));
            if (!joins) {
                if (!readEscape(into)) return false;
                continue;
            }
            while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t' || text_[end] == '\n' || text_[end] == '\r')) ++end;
            at_ = end;
        } else if (c == '\n' || c == '\r') {
            if (!readLineEndIn(into)) return false;
        } else if (isControl(c)) {
            return wrong(TomlError::Syntax, at_, "no control characters");
        } else {
            into += c;
            ++at_;
        }
    }
}

bool Scanner::readLongLiteral(std::string& into) {
    const std::size_t begin = at_;
    at_ += 3;
    if (text_.substr(at_).starts_with("\r\n"))
        at_ += 2;
    else if (isNext('\n'))
        ++at_;
    for (;;) {
        if (atEnd()) return wrong(TomlError::Syntax, begin, "three quotes at the end of the text");
        const char c = text_[at_];
        if (c == '\'') {
            std::size_t quotes = 1;
            while (quotes < 5 && at_ + quotes < text_.size() && text_[at_ + quotes] == '\'') ++quotes;
            into.append(quotes >= 3 ? quotes - 3 : quotes, '\'');
            at_ += quotes;
            if (quotes >= 3) return true;
        } else if (c == '\n' || c == '\r') {
            if (!readLineEndIn(into)) return false;
        } else if (isControl(c)) {
            return wrong(TomlError::Syntax, at_, "no control characters");
        } else {
            into += c;
            ++at_;
        }
    }
}

bool Scanner::readLineEndIn(std::string& into) {
    if (isNext('\r') && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n')) return wrong(TomlError::Syntax, at_, "no control characters");
    if (isNext('\r')) into += text_[at_++];
    into += text_[at_++];
    return true;
}

bool Scanner::readEscape(std::string& into) {
    static constexpr std::string_view escapes = "btnfr\"\\", meanings = "\b\t\n\f\r\"\\";
    const std::size_t begin = at_++;
    if (atEnd()) return wrong(TomlError::BadEscape, begin);
    const char escape = text_[at_++];
    if (const std::size_t known = escapes.find(escape); known != std::string_view::npos) {
        into += meanings[known];
        return true;
    }
    const std::size_t digits = escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
    if (digits == 0 || at_ + digits > text_.size()) return wrong(TomlError::BadEscape, begin);
    std::uint32_t point = 0;
    for (const char c : text_.substr(at_, digits)) {
        const int digit = hexDigit(c);
        if (digit < 0) return wrong(TomlError::BadEscape, begin);
        point = point * 16U + static_cast<std::uint32_t>(digit);
    }
    if (point > 0x10FFFFU || (point >= 0xD800U && point < 0xE000U)) return wrong(TomlError::BadEscape, begin);
    appendUtf8(into, point);
    at_ += digits;
    return true;
}

bool Scanner::readArray(Value& into, std::size_t depth) {
    if (depth > maxTomlDepth) return wrong(TomlError::TooDeep, at_);
    ++at_;
    for (;;) {
        if (!skipLines()) return false;
        if (isNext(']')) break;
        if (!readValue(into.items.emplace_back(), depth)) return false;
        if (!skipLines()) return false;
        if (isNext(']')) break;
        if (!isNext(',')) return wrong(TomlError::Syntax, at_, ", or ]");
        ++at_;
    }
    ++at_;
    return true;
}

bool Scanner::readInlineTable(Value& into, std::size_t depth) {
    if (depth > maxTomlDepth) return wrong(TomlError::TooDeep, at_);
    ++at_;
    skipBlanks();
    if (isNext('}')) return ++at_, true;
    for (;;) {
        skipBlanks();
        if (!readEntry(into.entries.emplace_back(), depth)) return false;
        skipBlanks();
        if (isNext('}')) break;
        if (!isNext(',')) return wrong(TomlError::Syntax, at_, ", or }");
        ++at_;
    }
    ++at_;
    return true;
}

} // namespace gw::mesh::toml
