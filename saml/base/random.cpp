#include "saml/base/random.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>
#include <vector>

namespace gw {

std::string Random::hex(std::size_t bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::vector<std::byte> raw(bytes);
    fill(raw);
    std::string text;
    text.reserve(bytes * 2);
    for (const std::byte b : raw) {
        text += digits[std::to_integer<unsigned>(b) >> 4U];
        text += digits[std::to_integer<unsigned>(b) & 15U];
    }
    return text;
}

void SystemRandom::fill(std::span<std::byte> out) {
    while (!out.empty()) {
        const ssize_t got = getrandom(out.data(), out.size(), 0);
        if (got > 0)
            out = out.subspan(static_cast<std::size_t>(got));
        else if (errno != EINTR)
            std::abort();
    }
}

} // namespace gw
