#include "models/items/table/filter.h"
#include "saml/base/blanks.h"

#include <algorithm>

namespace gw::items {
namespace {

bool isFieldLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// Where the field's name ends, at its colon; nothing where there is no field.
std::size_t colonOf(std::string_view text, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && isFieldLetter(text[at])) ++at;
    return at > from && at < text.size() && text[at] == ':' ? at : std::string_view::npos;
}

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    std::vector<FilterToken> all() {
        std::vector<FilterToken> tokens;
        while (true) {
            while (at_ < text_.size() && isBlank(text_[at_])) ++at_;
            if (at_ == text_.size()) return tokens;
            tokens.push_back(next());
        }
    }

private:
    FilterToken next() {
        FilterToken token;
        token.begin = at_;
        token.negated = text_[at_] == '-' && at_ + 1 < text_.size() && !isBlank(text_[at_ + 1]);
        if (token.negated) ++at_;
        if (const std::size_t colon = colonOf(text_, at_); colon != std::string_view::npos) {
            token.field = text_.substr(at_, colon - at_);
            at_ = colon + 1;
        }
        token.value = at_;
        const bool word = token.field.empty();
        while (true) {
            token.parts.push_back(part(word, token));
            if (word || at_ == text_.size() || text_[at_] != ',') break;
            ++at_;
        }
        token.end = at_;
        return token;
    }

    FilterToken::Part part(bool word, FilterToken& token) {
        FilterToken::Part part;
        part.begin = at_;
        if (!word) {
            std::size_t length = 0;
            if (at_ < text_.size() && (text_[at_] == '<' || text_[at_] == '>'))
                length = at_ + 1 < text_.size() && text_[at_ + 1] == '=' ? 2 : 1;
            else if (at_ < text_.size() && text_[at_] == '=')
                length = 1;
            part.comparison = text_.substr(at_, length);
            at_ += length;
        }
        if (at_ < text_.size() && text_[at_] == '"') {
            part.quoted = true;
            quoted(part, token);
        }
        // What sticks to a closing quote belongs to it.
        while (at_ < text_.size() && !isBlank(text_[at_]) && (word || text_[at_] != ',')) part.text += text_[at_++];
        part.end = at_;
        return part;
    }

    void quoted(FilterToken::Part& part, FilterToken& token) {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '"') {
                ++at_;
                return;
            }
            if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) ++at_;
            part.text += text_[at_];
        }
        token.openQuote = true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::vector<FilterToken> tokensOf(std::string_view text) {
    return Tokens(text).all();
}

std::string filterValue(std::string_view value) {
    const bool plain = !value.empty() && std::none_of(value.begin(), value.end(), [](char c) { return isBlank(c) || c == ',' || c == '"' || c == '\\'; }) &&
                       std::string_view("<>=").find(value.front()) == std::string_view::npos;
    if (plain) return std::string(value);
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

} // namespace gw::items
