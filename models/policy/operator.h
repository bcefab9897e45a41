// The condition operators (IAM User Guide, "IAM JSON policy elements: Condition operators").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gw::policy {

enum class Comparison : std::uint8_t {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    NumericEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    ArnLike,
    Null,
};

enum class Quantifier : std::uint8_t { None, ForAllValues, ForAnyValue };

struct Operator {
    Comparison comparison = Comparison::StringEquals;
    Quantifier quantifier = Quantifier::None;
    bool negated = false;
    bool ifExists = false;

    // Case does not matter. Nothing where there is no such operator; Null takes no IfExists.
    [[nodiscard]] static std::optional<Operator> parse(std::string_view text);
    friend bool operator==(const Operator&, const Operator&) = default;
};

[[nodiscard]] bool isNumeric(Comparison comparison);
[[nodiscard]] bool isDate(Comparison comparison);
[[nodiscard]] bool isString(Comparison comparison);

} // namespace gw::policy
