// Where unpredictable bytes come from.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace gw {

class Random {
public:
    virtual ~Random() = default;
    // Fills all of it; an implementation that cannot, ends the process rather than hand out predictable bytes.
    virtual void fill(std::span<std::byte> out) = 0;

    // `bytes` random bytes as lower-case hexadecimal.
    [[nodiscard]] std::string hex(std::size_t bytes);
};

// The kernel's generator (getrandom(2)). Thread safe.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> out) override;
};

} // namespace gw
