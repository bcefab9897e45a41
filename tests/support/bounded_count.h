// How often a randomised test runs: bounded under ctest, more where the environment says so.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace gw::test {

// The number in the environment variable, or `usual`.
[[nodiscard]] inline long boundedCount(const char* variable, long usual) {
    const char* text = std::getenv(variable);
    return text == nullptr ? usual : std::max(1L, std::strtol(text, nullptr, 10));
}

} // namespace gw::test
