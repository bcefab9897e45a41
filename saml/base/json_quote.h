// Text as a JSON string, without a JSON library: for the static helper, and for secrets that may leave no copies behind.
#pragma once

#include <string>
#include <string_view>

namespace gw {

// Appends `text` in quotes. It grows by at most 6 * text.size() + 2 bytes: a caller who reserves that much and appends a
// secret leaves no copy of it behind. Bytes above 0x7f go through as they are.
inline void appendJsonQuoted(std::string& json, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    json += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (c == '\n') {
            json += "\\n";
        } else if (c == '\r') {
            json += "\\r";
        } else if (c == '\t') {
            json += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            json += "\\u00";
            json += digits[byte >> 4U];
            json += digits[byte & 15U];
        } else {
            json += c;
        }
    }
    json += '"';
}

} // namespace gw
