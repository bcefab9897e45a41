// Three-valued logic (Kleene): what a condition says while keys of the request are not known.
#pragma once

#include <cstdint>

namespace gw::policy {

enum class Truth : std::uint8_t { False, Unknown, True };

constexpr Truth truth(bool value) {
    return value ? Truth::True : Truth::False;
}
constexpr Truth operator&(Truth a, Truth b) {
    return a < b ? a : b;
}
constexpr Truth operator|(Truth a, Truth b) {
    return a < b ? b : a;
}
constexpr Truth operator!(Truth a) {
    return static_cast<Truth>(2 - static_cast<int>(a));
}
constexpr Truth& operator&=(Truth& a, Truth b) {
    return a = a & b;
}
constexpr Truth& operator|=(Truth& a, Truth b) {
    return a = a | b;
}

} // namespace gw::policy
