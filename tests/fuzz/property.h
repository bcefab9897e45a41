// A property that must hold for every input. Ends the program, so that the fuzzer keeps the input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace gw::fuzz {

inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "property violated: %s\n", what);
    std::abort();
}

} // namespace gw::fuzz
