// Classes of characters in ASCII, whatever the locale.
#pragma once

namespace gw {

[[nodiscard]] constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr bool isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
}

} // namespace gw
