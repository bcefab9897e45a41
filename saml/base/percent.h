// Percent-encoding (RFC 3986 section 2.1) and hexadecimal digits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gw {

// The value of a hexadecimal digit in either case, or -1.
[[nodiscard]] constexpr int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum class PlusSign { Itself, Blank };

// Never fails: a percent sign without two digits stays. In forms (application/x-www-form-urlencoded) "+" is a blank.
[[nodiscard]] inline std::string percentDecoded(std::string_view text, PlusSign plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus == PlusSign::Blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

// Everything but the unreserved characters of RFC 3986 2.3.
[[nodiscard]] inline std::string percentEncoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[octet >> 4U];
            out += digits[octet & 15U];
        }
    }
    return out;
}

} // namespace gw
