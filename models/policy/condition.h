// One condition of a statement: an operator, a key and the values that it is compared with.
#pragma once

#include "models/policy/arn_pattern.h"
#include "models/policy/operator.h"
#include "models/policy/pattern.h"
#include "models/policy/values.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

namespace gw::policy {

class Condition {
public:
    // `variables`: whether the policy's version knows them.
    Condition(Operator op, std::string_view key, const std::vector<std::string_view>& values, bool variables);

    [[nodiscard]] Truth holds(const Scope& scope) const;

    [[nodiscard]] const Operator& op() const { return operator_; }
    [[nodiscard]] const Key& key() const { return key_; }
    // As they are written.
    [[nodiscard]] const std::vector<std::string>& values() const { return written_; }
    // Keys of the variables in its values.
    [[nodiscard]] std::vector<const Key*> variableKeys() const;
    // Values of the key, one at least for every outcome that this condition can have, as far as `scope` tells the variables.
    [[nodiscard]] std::vector<std::string> examples(const Scope& scope) const;
    // Texts that its patterns match with `run` in the place of every "*"; for two patterns that one text must match.
    void examplesAround(std::string_view run, const Scope& scope, std::vector<std::string>& into) const;
    // See Pattern::captures(): for this condition to hold or not where its key has this value.
    [[nodiscard]] bool captures(const Key& key, std::string_view seen, std::vector<std::string>& into) const;

private:
    struct Nothing {}; // a value that the operator cannot read: equal to nothing
    using Expected = std::variant<Nothing, Pattern, Decimal, std::int64_t, bool, std::string, Network, ArnPattern>;

    void gatherLiterals();
    [[nodiscard]] Truth one(std::string_view seen, const Scope& scope) const;
    [[nodiscard]] Truth any(std::string_view seen, const Scope& scope) const;
    template <class Wanted, class Read, class Matches>
    [[nodiscard]] Truth typed(Read value, Matches matches) const;

    Operator operator_;
    Key key_;
    std::vector<std::string> written_;
    std::vector<Expected> expected_;
    // Of many expected texts without wildcards and variables: they are looked up, and only the others tried one by one.
    std::unordered_set<std::string> literals_;
    std::vector<std::size_t> others_;
};

} // namespace gw::policy
