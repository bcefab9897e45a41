#include "saml/protocol/html_form.h"

#include "saml/base/ascii.h"
#include "saml/base/percent.h"
#include "saml/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace gw::saml {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::optional<std::uint32_t> numericReference(std::string_view name) {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    name.remove_prefix(hexadecimal ? 2 : 1);
    if (name.empty() || name.size() > 8) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : name) {
        const int digit = hexDigit(c);
        if (digit < 0 || (!hexadecimal && digit > 9)) return std::nullopt;
        value = value * (hexadecimal ? 16 : 10) + static_cast<unsigned>(digit);
    }
    return value > 0x10FFFF ? 0xFFFDU : static_cast<std::uint32_t>(value);
}

// The references that occur in form values; the others stay as they are.
std::string resolveReferences(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 8> named = {
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"plus", '+'}, {"equals", '='}, {"sol", '/'}}};
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '&' ? text.substr(i, 12).find(';') : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += text[i];
            continue;
        }
        const std::string_view name = text.substr(i + 1, end - 1);
        std::optional<std::uint32_t> point;
        if (!name.empty() && name[0] == '#') point = numericReference(name);
        for (const auto& [known, c] : named)
            if (name == known) point = static_cast<std::uint32_t>(c);
        if (!point) {
            out += text[i];
            continue;
        }
        const bool scalar = *point != 0 && *point <= 0x10FFFF && (*point < 0xD800 || *point > 0xDFFF);
        appendUtf8(out, scalar ? *point : 0xFFFD);
        i += end;
    }
    return out;
}

struct Tag {
    std::string name;
    std::optional<std::string> field, value; // the attributes "name" and "value"
    std::size_t end = 0;                     // just after ">"
};

enum class TagKind { Start, NotATag, Unfinished };

// The start tag whose "<" is at `i`.
TagKind readTag(std::string_view html, std::size_t i, Tag& tag) {
    const auto atEnd = [&] { return i >= html.size(); };
    ++i;
    if (atEnd() || !((html[i] >= 'a' && html[i] <= 'z') || (html[i] >= 'A' && html[i] <= 'Z'))) return TagKind::NotATag;
    const std::size_t nameStart = i;
    while (!atEnd() && !isSpace(html[i]) && html[i] != '>' && html[i] != '/') ++i;
    tag.name = foldedAscii(html.substr(nameStart, i - nameStart));
    while (true) {
        while (!atEnd() && (isSpace(html[i]) || html[i] == '/')) ++i;
        if (atEnd()) return TagKind::Unfinished;
        if (html[i] == '>') break;
        const std::size_t keyStart = i++;
        while (!atEnd() && !isSpace(html[i]) && html[i] != '=' && html[i] != '>' && html[i] != '/') ++i;
        const std::string key = foldedAscii(html.substr(keyStart, i - keyStart));
        while (!atEnd() && isSpace(html[i])) ++i;
        std::string_view value;
        if (!atEnd() && html[i] == '=') {
            ++i;
            while (!atEnd() && isSpace(html[i])) ++i;
            if (!atEnd() && (html[i] == '"' || html[i] == '\'')) {
                const std::size_t close = html.find(html[i], i + 1);
                if (close == std::string_view::npos) return TagKind::Unfinished;
                value = html.substr(i + 1, close - i - 1);
                i = close + 1;
            } else {
                const std::size_t start = i;
                while (!atEnd() && !isSpace(html[i]) && html[i] != '>') ++i;
                value = html.substr(start, i - start);
            }
        }
        // HTML 13.2.5.33: the first of two attributes of one name counts.
        if (key == "name" && !tag.field) tag.field = resolveReferences(value);
        if (key == "value" && !tag.value) tag.value = resolveReferences(value);
    }
    tag.end = i + 1;
    return TagKind::Start;
}

// Where the element that holds raw text ends; the text runs from `from` to there.
std::size_t rawTextEnd(std::string_view html, std::size_t from, std::string_view name) {
    for (std::size_t i = html.find("</", from); i != std::string_view::npos; i = html.find("</", i + 2))
        if (foldedAscii(html.substr(i + 2, name.size())) == name) return i;
    return html.size();
}

} // namespace

std::vector<std::string> htmlFieldValues(std::string_view html, std::string_view name) {
    std::vector<std::string> values;
    for (std::size_t i = html.find('<'); i != std::string_view::npos; i = html.find('<', i)) {
        if (html.substr(i).starts_with("<!--")) {
            const std::size_t end = html.find("-->", i + 4);
            i = end == std::string_view::npos ? html.size() : end + 3;
            continue;
        }
        Tag tag;
        const TagKind kind = readTag(html, i, tag);
        // HTML 13.2.5: what is in an unfinished tag is dropped, and the tag runs to the end of the page.
        if (kind == TagKind::Unfinished) break;
        if (kind == TagKind::NotATag) {
            ++i;
            continue;
        }
        i = tag.end;
        const bool rawText = tag.name == "script" || tag.name == "style" || tag.name == "textarea" || tag.name == "title";
        const std::size_t textEnd = rawText ? rawTextEnd(html, i, tag.name) : i;
        if (tag.field == name) {
            if (tag.name == "textarea")
                values.push_back(resolveReferences(html.substr(i, textEnd - i)));
            else if ((tag.name == "input" || tag.name == "button") && tag.value)
                values.push_back(*tag.value);
        }
        i = textEnd;
    }
    return values;
}

std::vector<std::string> bodyFieldValues(std::string_view body, std::string_view name) {
    std::vector<std::string> values;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (percentDecoded(pair.substr(0, equals), PlusSign::Blank) != name) continue;
        values.push_back(percentDecoded(pair.substr(std::min(equals + 1, pair.size())), PlusSign::Blank));
    }
    return values;
}

} // namespace gw::saml
