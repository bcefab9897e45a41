#include "models/sessions/providers/toml_value.h"

#include <algorithm>
#include <cctype>

namespace gw::sessions {
namespace {

constexpr std::size_t lineLimit = 110;

bool fitsLiteralBlock(std::string_view value) {
    return value.find('\n') != std::string_view::npos && value.find('\'') == std::string_view::npos &&
           std::ranges::none_of(value, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
}

} // namespace

std::string tomlKey(std::string_view key) {
    const bool bare = !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    // Digits alone are a legal bare key, but read like a number.
    const bool digits = std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
    return bare && !digits ? std::string(key) : tomlString(key);
}

std::string tomlString(std::string_view value) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : value) {
        switch (c) {
        case '"': text += "\\\""; break;
        case '\\': text += "\\\\"; break;
        case '\n': text += "\\n"; break;
        case '\r': text += "\\r"; break;
        case '\t': text += "\\t"; break;
        default:
            if (const auto byte = static_cast<unsigned char>(c); byte < 0x20 || byte == 0x7f)
                text += {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            else
                text += c;
        }
    }
    return text + '"';
}

std::string tomlArray(std::span<const std::string> values, std::string_view lineEnd) {
    std::string line = "[";
    for (const std::string& value : values) line += (line.size() > 1 ? ", " : "") + tomlString(value);
    line += ']';
    const bool blocks = lineEnd == "\n" && std::ranges::any_of(values, fitsLiteralBlock);
    if (!blocks && (line.size() <= lineLimit || values.size() < 2)) return line;

    std::string text = "[";
    text += lineEnd;
    for (const std::string& value : values) {
        if (blocks && fitsLiteralBlock(value))
            text += "'''\n" + value + "'''";
        else
            text += "    " + tomlString(value);
        text += ',';
        text += lineEnd;
    }
    return text + ']';
}

std::string tomlInlineTable(const std::map<std::string, std::string>& entries) {
    if (entries.empty()) return "{}";
    std::string text = "{ ";
    for (const auto& [key, value] : entries) text += (text.size() > 2 ? ", " : "") + tomlKey(key) + " = " + tomlString(value);
    return text + " }";
}

} // namespace gw::sessions
