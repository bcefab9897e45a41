#include "saml/inspect/character_references.h"

#include "saml/base/utf8.h"
#include "saml/inspect/source_tree.h"

#include <array>
#include <utility>

namespace gw::inspect {

std::optional<std::uint32_t> referencedCharacter(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> named = {
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto& [known, c] : named)
        if (name == known) return static_cast<std::uint32_t>(c);
    if (name.size() < 2 || name.size() > 9 || name[0] != '#') return std::nullopt;
    const bool hexadecimal = name[1] == 'x';
    name.remove_prefix(hexadecimal ? 2 : 1);
    if (name.empty()) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : name) {
        std::uint32_t digit = 99;
        if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
        if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
        if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
        if (digit >= (hexadecimal ? 16U : 10U)) return std::nullopt;
        value = value * (hexadecimal ? 16U : 10U) + digit;
        if (value > 0x10FFFF) return std::nullopt;
    }
    if (value == 0 || (value >= 0xD800 && value < 0xE000)) return std::nullopt;
    return value;
}

std::string resolved(std::string_view written, bool attribute) {
    std::string out;
    out.reserve(written.size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char c = written[i];
        if (c == '\r') {
            if (i + 1 < written.size() && written[i + 1] == '\n') continue;
            out += attribute ? ' ' : '\n';
        } else if (attribute && (c == '\n' || c == '\t')) {
            out += ' ';
        } else if (c == '&') {
            const std::size_t end = written.substr(i, 12).find(';');
            const auto point = end == std::string_view::npos ? std::nullopt : referencedCharacter(written.substr(i + 1, end - 1));
            if (point) {
                appendUtf8(out, *point);
                i += end;
            } else {
                out += c;
            }
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace gw::inspect
