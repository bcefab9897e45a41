// Text as a JSON string, without a JSON library: for the static helper, and for secrets that may leave no copies behind.
#pragma once

#include "saml/base/octet_runs.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw {

// Appends `text` in quotes. It grows by at most 6 * text.size() + 2 bytes: a caller who reserves that much and appends a
// secret leaves no copy of it behind. Bytes above 0x7f go through as they are.
inline void appendJsonQuoted(std::string& json, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto asNumber = [&](unsigned char byte) {
        json += "\\u00";
        json += digits[byte >> 4U];
        json += digits[byte & 15U];
    };
    json += '"';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t end = plainStringEnd(text, at);
        // JSON lets the delete character through as it is; here it is written as a number.
        for (std::size_t found = 0; (found = text.substr(at, end - at).find('\x7f')) != std::string_view::npos; at += found + 1) {
            json.append(text, at, found);
            asNumber(0x7f);
        }
        json.append(text, at, end - at);
        at = end;
        if (at == text.size()) break;
        const char c = text[at];
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (c == '\n') {
            json += "\\n";
        } else if (c == '\r') {
            json += "\\r";
        } else if (c == '\t') {
            json += "\\t";
        } else {
            asNumber(static_cast<unsigned char>(c));
        }
    }
    json += '"';
}

} // namespace gw
