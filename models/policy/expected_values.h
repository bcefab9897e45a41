// The values that one condition compares with: read once, and found among many without trying each.
#pragma once

#include "models/policy/arn_pattern.h"
#include "models/policy/operator.h"
#include "models/policy/pattern.h"
#include "models/policy/values.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gw::policy {

class ExpectedValues {
public:
    struct Nothing {}; // a value that the operator cannot read: equal to nothing
    using Value = std::variant<Nothing, Pattern, Decimal, std::int64_t, bool, std::string, Network, ArnPattern>;

    // `variables`: whether the policy's version knows them.
    ExpectedValues(Comparison comparison, const std::vector<std::string_view>& written, bool variables);

    // Whether it compares with one of them as the operator, not negated, asks; not of Null.
    [[nodiscard]] Truth any(std::string_view seen, const Scope& scope) const;
    // Of Null: whether a key that is absent, or present, is what is asked for.
    [[nodiscard]] bool asksFor(bool absent) const;

    [[nodiscard]] const std::vector<Value>& all() const { return values_; }
    [[nodiscard]] bool hasVariables() const { return variables_; }
    // How often an octet of one seen value may have to be looked at, the worst case.
    [[nodiscard]] std::size_t weight() const { return weight_; }

private:
    struct Index;
    [[nodiscard]] Truth anyTyped(std::string_view seen) const;
    [[nodiscard]] Truth anyIndexed(std::string_view seen, const std::optional<ArnParts>& parts, const Scope& scope) const;
    [[nodiscard]] Truth one(const Value& value, std::string_view seen, const std::optional<ArnParts>& parts,
                            const Scope& scope) const;
    void gather();
    [[nodiscard]] std::size_t heaviest(const Index& index) const;

    Comparison comparison_;
    bool variables_ = false;
    std::size_t weight_ = 0;
    std::vector<Value> values_;
    std::shared_ptr<const Index> index_; // of many; null: each is tried. Immutable, so that copies share it
};

} // namespace gw::policy
