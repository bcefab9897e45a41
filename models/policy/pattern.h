// Text with wildcards and policy variables (IAM User Guide, "IAM JSON policy elements: Resource" and "Variables and
// tags"). "*" stands for any run of characters, "?" for one character; what a variable stands for is literal.
#pragma once

#include "models/policy/scope.h"
#include "models/policy/truth.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

struct PatternRules {
    bool wildcards = true;
    bool variables = true; // ${…}; otherwise it is literal text
    bool foldCase = false; // ASCII only
};

enum class Example { None, Found, TooLong };

class Pattern {
public:
    Pattern() = default;
    Pattern(std::string_view text, PatternRules rules);

    // Unknown where a variable's key is not known; False where it has no value and no default.
    [[nodiscard]] Truth matches(std::string_view text, const Scope& scope) const;
    // What every match begins with: up to the first wildcard or variable, all of a literal.
    [[nodiscard]] std::string_view literalPrefix() const;
    // Without wildcards and variables.
    [[nodiscard]] bool isLiteral() const { return literal_; }
    // How often an octet of a text may have to be looked at, the worst case; of a literal never.
    [[nodiscard]] std::size_t weight() const;
    [[nodiscard]] bool hasVariables() const { return !variables_.empty(); }
    [[nodiscard]] bool matchesEverything() const { return everything_; }
    // Variables in it, by key.
    struct Variable {
        std::size_t at = 0; // where in the text its value goes
        Key key;
        std::optional<std::string> otherwise;
    };
    [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
    // Appends a text that it matches: each "*" as `run`, each "?" as one letter, and each variable whose key is not known as
    // "v". None where a variable has no value.
    [[nodiscard]] Example example(std::string_view run, const Scope& scope, std::string& into) const;
    [[nodiscard]] std::optional<std::string> example(std::string_view run, const Scope& scope) const;
    // Appends what variables of this key could hold for `text` to match: all that stands there between the literal text
    // before and behind them. False: there is more than was appended.
    [[nodiscard]] bool captures(const Key& key, std::string_view text, std::vector<std::string>& into) const;

    // Appends the glob that it stands for, for globMatches() with a text of `length`; Unknown and False as with matches(), and
    // False where what the variables hold is longer than the text.
    [[nodiscard]] Truth expand(const Scope& scope, std::size_t length, std::string& into) const;

private:
    std::string text_; // wildcards as octets that UTF-8 does not have
    std::vector<Variable> variables_;
    bool foldCase_ = false, literal_ = true, everything_ = false;
};

// A glob with "*" and "?" encoded by Pattern; linear in the text, times a word for each 64 characters of a part with "?".
[[nodiscard]] bool globMatches(std::string_view glob, std::string_view text);

} // namespace gw::policy
