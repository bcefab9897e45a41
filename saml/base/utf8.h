// UTF-8 (RFC 3629; Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gw {

// `point` is a scalar value: the caller has dealt with surrogates and with what lies above U+10FFFF.
inline void appendUtf8(std::string& text, std::uint32_t point) {
    const auto put = [&](std::uint32_t octet) { text += static_cast<char>(octet); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0U | (point >> 6U));
        put(0x80U | (point & 63U));
    } else if (point < 0x10000) {
        put(0xE0U | (point >> 12U));
        put(0x80U | ((point >> 6U) & 63U));
        put(0x80U | (point & 63U));
    } else {
        put(0xF0U | (point >> 18U));
        put(0x80U | ((point >> 12U) & 63U));
        put(0x80U | ((point >> 6U) & 63U));
        put(0x80U | (point & 63U));
    }
}

// The length of the well-formed sequence at `at`, which lies within the text; 0 where there is none.
[[nodiscard]] inline std::size_t utf8SequenceLength(std::string_view text, std::size_t at) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
    const unsigned first = octet(at);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((octet(at + i) & 0xC0U) != 0x80U) return 0;
    if (length > 2) {
        const unsigned second = octet(at + 1);
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
            (first == 0xF4 && second > 0x8F))
            return 0;
    }
    return length;
}

} // namespace gw
