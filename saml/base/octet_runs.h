// How far a run of uninteresting octets goes, eight at a time: what readers of large texts spend most of their time on.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace gw {

namespace runs {

inline constexpr std::uint64_t everyOctet = 0x0101010101010101U, highBits = 0x8080808080808080U;

[[nodiscard]] inline std::uint64_t eightAt(std::string_view text, std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
}

// The high bit of every octet that is zero; a borrow can mark octets behind the first, never before it.
[[nodiscard]] constexpr std::uint64_t zeroOctets(std::uint64_t word) {
    return (word - everyOctet) & ~word & highBits;
}

[[nodiscard]] constexpr std::uint64_t octetsOf(std::uint64_t word, char c) {
    return zeroOctets(word ^ (everyOctet * static_cast<unsigned char>(c)));
}

// Of marks as above, the place of the first in the order of the text.
[[nodiscard]] constexpr std::size_t firstMark(std::uint64_t marks) {
    if constexpr (std::endian::native == std::endian::little)
        return static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    else
        return static_cast<std::size_t>(std::countl_zero(marks)) / 8;
}

} // namespace runs

// The first octet at or after `at` that is not ASCII, or the size.
[[nodiscard]] inline std::size_t asciiEnd(std::string_view text, std::size_t at) {
    for (; at + 8 <= text.size(); at += 8)
        if ((runs::eightAt(text, at) & runs::highBits) != 0) break;
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80U) ++at;
    return at;
}

// The first octet at or after `at` that cannot stand in a JSON string as it is (a quote, a backslash, a control character),
// or the size.
[[nodiscard]] inline std::size_t plainStringEnd(std::string_view text, std::size_t at) {
    for (; at + 8 <= text.size(); at += 8) {
        const std::uint64_t word = runs::eightAt(text, at);
        const std::uint64_t controls = (word - runs::everyOctet * 0x20U) & ~word & runs::highBits;
        if ((runs::octetsOf(word, '"') | runs::octetsOf(word, '\\') | controls) != 0) break;
    }
    const auto plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20U; };
    while (at < text.size() && plain(text[at])) ++at;
    return at;
}

// The first octet at or after `at` that is not a blank, or the size.
[[nodiscard]] inline std::size_t blanksEnd(std::string_view text, std::size_t at) {
    while (at + 8 <= text.size() && runs::eightAt(text, at) == runs::everyOctet * ' ') at += 8;
    while (at < text.size() && text[at] == ' ') ++at;
    return at;
}

} // namespace gw
