// One condition of a statement: an operator, a key and the values that it is compared with.
#pragma once

#include "models/policy/expected_values.h"
#include "models/policy/operator.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::policy {

// Different texts, as many as are worth trying.
class ExampleTexts {
public:
    // False where it is full, and the text another than those that are there.
    bool add(std::string text);
    [[nodiscard]] const std::vector<std::string>& all() const { return texts_; }
    [[nodiscard]] std::vector<std::string> take() { return std::move(texts_); }

private:
    static constexpr std::size_t most = 64, mostOctets = std::size_t{4} << 20U;
    std::vector<std::string> texts_;
    std::size_t octets_ = 0; // of all that were added, those that were there already as well
};

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
    [[nodiscard]] bool hasVariables() const { return expected_.hasVariables(); }
    // How often an octet of a value of the key may have to be looked at, the worst case.
    [[nodiscard]] std::size_t weight() const { return expected_.weight(); }
    // Appends values of the key, one at least for every outcome that this condition can have, as far as `scope` tells the
    // variables. False: there are more than were appended.
    [[nodiscard]] bool examples(const Scope& scope, ExampleTexts& into) const;
    // Texts that its patterns match with `run` in the place of every "*"; for two patterns that one text must match.
    [[nodiscard]] bool examplesAround(std::string_view run, const Scope& scope, ExampleTexts& into) const;
    // See Pattern::captures(): for this condition to hold or not where its key has this value.
    [[nodiscard]] bool captures(const Key& key, std::string_view seen, std::vector<std::string>& into) const;

private:
    [[nodiscard]] Truth one(std::string_view seen, const Scope& scope) const;

    Operator operator_;
    Key key_;
    std::vector<std::string> written_;
    ExpectedValues expected_;
};

} // namespace gw::policy
