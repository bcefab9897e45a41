#include "models/policy/source_reader.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/octet_runs.h"
#include "saml/base/percent.h"
#include "saml/base/utf8.h"

#include <algorithm>
#include <optional>

namespace gw::policy {
namespace {

// The place of the first octet that is not UTF-8, or the end.
std::size_t firstNonUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        at = asciiEnd(text, at);
        if (at == text.size()) break;
        const std::size_t length = utf8SequenceLength(text, at);
        if (length == 0) return at;
        at += length;
    }
    return text.size();
}

std::optional<unsigned> hexQuad(std::string_view text) {
    if (text.size() < 4) return std::nullopt;
    unsigned value = 0;
    for (const char each : text.substr(0, 4)) {
        const int digit = hexDigit(each);
        if (digit < 0) return std::nullopt;
        value = value * 16U + static_cast<unsigned>(digit);
    }
    return value;
}

} // namespace

Status SourceReader::read() {
    if (!readAll()) return fail(std::move(*problem_));
    return {};
}

bool SourceReader::readAll() {
    if (const std::size_t bad = firstNonUtf8(text_); bad != text_.size()) return wrong(SourceError::NotUtf8, bad);
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") offset_ = 3;
    tree_.nodes_.reserve(text_.size() / 24 + 8);
    tree_.nodes_.emplace_back();
    skipSpace();
    if (!readValue(0, 0)) return false;
    skipSpace();
    if (offset_ != text_.size()) return wrong(SourceError::NotJson, offset_);
    return true;
}

bool SourceReader::readValue(std::uint32_t index, std::size_t depth) {
    if (offset_ >= text_.size()) return wrong(SourceError::NotJson, offset_);
    const std::uint32_t begin = here();
    const auto finish = [&](ValueKind kind) {
        SourceTree::Node& node = tree_.nodes_[index];
        node.kind = kind;
        node.span = {begin, here()};
        if (kind != ValueKind::String) node.text = text_.substr(begin, offset_ - begin);
    };
    switch (text_[offset_]) {
    case '{':
        if (depth >= maxDepth_) return wrong(SourceError::TooDeep, offset_);
        if (!readObject(index, depth + 1)) return false;
        finish(ValueKind::Object);
        return true;
    case '[':
        if (depth >= maxDepth_) return wrong(SourceError::TooDeep, offset_);
        if (!readArray(index, depth + 1)) return false;
        finish(ValueKind::Array);
        return true;
    case '"': {
        std::string_view text;
        if (!readString(text)) return false;
        tree_.nodes_[index].text = text;
        finish(ValueKind::String);
        return true;
    }
    case 't':
        if (!readWord("true")) return false;
        finish(ValueKind::True);
        return true;
    case 'f':
        if (!readWord("false")) return false;
        finish(ValueKind::False);
        return true;
    case 'n':
        if (!readWord("null")) return false;
        finish(ValueKind::Null);
        return true;
    default:
        if (!readNumber()) return false;
        finish(ValueKind::Number);
        return true;
    }
}

bool SourceReader::readObject(std::uint32_t index, std::size_t depth) {
    ++offset_;
    skipSpace();
    if (at('}')) return ++offset_, true;
    for (std::uint32_t previous = 0;;) {
        if (!at('"')) return wrong(SourceError::NotJson, offset_);
        const std::uint32_t begin = here();
        std::string_view name;
        if (!readString(name)) return false;
        const std::uint32_t member = append(index, previous);
        tree_.nodes_[member].name = name;
        tree_.nodes_[member].nameSpan = {begin, here()};
        skipSpace();
        if (!at(':')) return wrong(SourceError::NotJson, offset_);
        ++offset_;
        skipSpace();
        if (!readValue(member, depth)) return false;
        previous = member;
        skipSpace();
        if (at('}')) break;
        if (!at(',')) return wrong(SourceError::NotJson, offset_);
        ++offset_;
        skipSpace();
    }
    ++offset_;
    return refuseDuplicates(index);
}

bool SourceReader::refuseDuplicates(std::uint32_t object) {
    const auto& nodes = tree_.nodes_;
    const auto duplicate = [&](std::uint32_t member) {
        (void)wrong(SourceError::DuplicateKey, nodes[member].nameSpan.begin);
        problem_->with("seen", std::string(nodes[member].name));
        return false;
    };
    if (nodes[object].size <= 12) {
        for (std::uint32_t one = nodes[object].first; one != 0; one = nodes[one].next)
            for (std::uint32_t other = nodes[one].next; other != 0; other = nodes[other].next)
                if (nodes[one].name == nodes[other].name) return duplicate(other);
        return true;
    }
    std::vector<std::uint32_t> members;
    members.reserve(nodes[object].size);
    for (std::uint32_t member = nodes[object].first; member != 0; member = nodes[member].next) members.push_back(member);
    std::stable_sort(members.begin(), members.end(), [&](auto a, auto b) { return nodes[a].name < nodes[b].name; });
    for (std::size_t i = 1; i < members.size(); ++i)
        if (nodes[members[i - 1]].name == nodes[members[i]].name) return duplicate(members[i]);
    return true;
}

bool SourceReader::readArray(std::uint32_t index, std::size_t depth) {
    ++offset_;
    skipSpace();
    if (at(']')) return ++offset_, true;
    for (std::uint32_t previous = 0;;) {
        const std::uint32_t element = append(index, previous);
        if (!readValue(element, depth)) return false;
        previous = element;
        skipSpace();
        if (at(']')) break;
        if (!at(',')) return wrong(SourceError::NotJson, offset_);
        ++offset_;
        skipSpace();
    }
    ++offset_;
    return true;
}

bool SourceReader::readNumber() {
    const std::size_t begin = offset_;
    const auto digits = [&] {
        const std::size_t from = offset_;
        while (offset_ < text_.size() && isDigit(text_[offset_])) ++offset_;
        return offset_ > from;
    };
    if (at('-')) ++offset_;
    if (at('0'))
        ++offset_;
    else if (!digits())
        return wrong(SourceError::NotJson, begin);
    if (at('.')) {
        ++offset_;
        if (!digits()) return wrong(SourceError::NotJson, offset_);
    }
    if (at('e') || at('E')) {
        ++offset_;
        if (at('+') || at('-')) ++offset_;
        if (!digits()) return wrong(SourceError::NotJson, offset_);
    }
    return true;
}

bool SourceReader::readWord(std::string_view word) {
    if (text_.substr(offset_, word.size()) != word) return wrong(SourceError::NotJson, offset_);
    offset_ += word.size();
    return true;
}

bool SourceReader::readString(std::string_view& into) {
    const std::size_t begin = ++offset_;
    offset_ = plainStringEnd(text_, offset_);
    if (at('"')) {
        into = text_.substr(begin, offset_ - begin);
        ++offset_;
        return true;
    }
    if (at('\\')) return unescape(begin, into);
    return wrong(SourceError::NotJson, offset_);
}

bool SourceReader::unescape(std::size_t begin, std::string_view& into) {
    auto text = std::make_unique<std::string>(text_.substr(begin, offset_ - begin));
    for (;;) {
        const std::size_t plain = plainStringEnd(text_, offset_);
        text->append(text_, offset_, plain - offset_);
        offset_ = plain;
        if (at('"')) {
            ++offset_;
            into = *tree_.unescaped_.emplace_back(std::move(text));
            return true;
        }
        if (!at('\\') || ++offset_ >= text_.size()) break;
        static constexpr std::string_view escapes = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        const char escape = text_[offset_++];
        if (const std::size_t known = escapes.find(escape); known != std::string_view::npos) {
            *text += meanings[known];
            continue;
        }
        auto code = escape == 'u' ? hexQuad(text_.substr(offset_)) : std::nullopt;
        if (!code) return wrong(SourceError::NotJson, offset_ - 2);
        offset_ += 4;
        if (*code >= 0xD800U && *code < 0xDC00U && text_.substr(offset_, 2) == "\\u") {
            const auto low = hexQuad(text_.substr(offset_ + 2));
            if (low && *low >= 0xDC00U && *low < 0xE000U) {
                code = 0x10000U + ((*code - 0xD800U) << 10U) + (*low - 0xDC00U);
                offset_ += 6;
            }
        }
        if (*code >= 0xD800U && *code < 0xE000U) return wrong(SourceError::NotJson, offset_ - 6);
        appendUtf8(*text, *code);
    }
    return wrong(SourceError::NotJson, offset_);
}

std::uint32_t SourceReader::append(std::uint32_t parent, std::uint32_t previous) {
    auto& nodes = tree_.nodes_;
    const auto index = static_cast<std::uint32_t>(nodes.size());
    nodes.emplace_back().parent = parent;
    (previous == 0 ? nodes[parent].first : nodes[previous].next) = index;
    ++nodes[parent].size;
    return index;
}

bool SourceReader::wrong(SourceError code, std::size_t at) {
    const Position position = positionIn(text_, at);
    problem_ = Error(code).with("line", std::to_string(position.line)).with("column", std::to_string(position.column));
    return false;
}

void SourceReader::skipSpace() {
    while (offset_ < text_.size()) {
        const char each = text_[offset_];
        if (each == '\n')
            offset_ = blanksEnd(text_, offset_ + 1); // and the next line's indent
        else if (each == ' ' || each == '\t' || each == '\r')
            ++offset_;
        else
            return;
    }
}

} // namespace gw::policy
