// The typed values of condition keys, read as IAM reads them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::policy {

// An exact decimal: integers or decimals, no exponent.
class Decimal {
public:
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

private:
    std::string whole_, fraction_; // without zeros that mean nothing
    bool negative_ = false;
};

// Milliseconds since 1970: the W3C profile of ISO 8601 (a year alone up to a time with fraction and offset; UTC where no
// offset is given), or seconds since 1970.
[[nodiscard]] std::optional<std::int64_t> parseDate(std::string_view text);

[[nodiscard]] std::optional<bool> parseBool(std::string_view text);

// A network of one family; a single address is one of full length.
class Network {
public:
    [[nodiscard]] static std::optional<Network> parse(std::string_view text);
    // Whether the whole of the other lies in this one; never across families.
    [[nodiscard]] bool holds(const Network& other) const;
    [[nodiscard]] int bits() const { return bits_; }
    // Family and the first `bits` of its address, so that equal networks have equal keys.
    [[nodiscard]] std::string key(int bits) const;
    // The ends of it.
    [[nodiscard]] std::string firstAddress() const;
    [[nodiscard]] std::string lastAddress() const;

private:
    std::array<unsigned char, 16> octets_{};
    int bits_ = 0;
    bool v6_ = false;
};

} // namespace gw::policy
