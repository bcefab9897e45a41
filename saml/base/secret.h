// Bytes that must not outlive their use: wiped when they go, never printed, never converted by accident.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gw {

// Overwrites memory in a way the compiler may not drop.
void wipe(void* data, std::size_t size) noexcept;

class Secret {
public:
    Secret() = default;
    // Takes the bytes and wipes the source.
    explicit Secret(std::string&& bytes);
    explicit Secret(std::string_view bytes) : bytes_(bytes) {}

    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    // A copy is a decision, so it has a name.
    [[nodiscard]] Secret clone() const { return Secret(reveal()); }

    // The bytes, valid as long as this object is neither moved from nor destroyed.
    [[nodiscard]] std::string_view reveal() const { return bytes_; }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

    // Takes time that depends on the lengths only.
    [[nodiscard]] bool equals(std::string_view other) const;

private:
    void clear() noexcept;
    std::string bytes_;
};

} // namespace gw
