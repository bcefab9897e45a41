// ARNs in requests and in policies: six components, compared one by one, the last of which holds colons and slashes
// (IAM User Guide, "Identify AWS resources with ARNs"; "ArnLike … each of the six colon-delimited components").
#pragma once

#include "models/policy/pattern.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace gw::policy {

// Views into the text it was made from.
struct ArnParts {
    std::string_view partition, service, region, account, resource;
    // Nothing where the text has not six components or does not begin with "arn:".
    [[nodiscard]] static std::optional<ArnParts> split(std::string_view text);
};

enum class ArnUse {
    Operator,         // ArnEquals and ArnLike
    IdentityResource, // fewer components than six are filled up with "*"
    ResourceResource, // in a resource policy: fewer components only where the last ends in "*"; execute-api's short form
};

class ArnPattern {
public:
    ArnPattern(std::string_view text, ArnUse use, bool variables);

    // `parts` belong to `text`, where it is an ARN at all.
    [[nodiscard]] Truth matches(std::string_view text, const std::optional<ArnParts>& parts, const Scope& scope) const;
    [[nodiscard]] bool matchesEverything() const { return kind_ == Kind::Everything; }
    [[nodiscard]] bool isLiteral() const { return kind_ == Kind::Literal; }
    [[nodiscard]] bool hasVariables() const;
    // What every match begins with; all of a literal.
    [[nodiscard]] std::string_view literalPrefix() const { return literal_; }
    // See Pattern::weight().
    [[nodiscard]] std::size_t weight() const;
    // Whether no ARN can match it.
    [[nodiscard]] bool isMalformed() const { return kind_ == Kind::Never; }
    // The word before the first separator of the resource, or all of it, holds a wildcard and is not "*" alone.
    [[nodiscard]] bool hasWildcardType() const { return wildcardType_; }
    [[nodiscard]] const std::vector<Pattern>& components() const { return components_; }
    // See Pattern::captures().
    [[nodiscard]] bool captures(const Key& key, std::string_view text, std::vector<std::string>& into) const;
    // See Pattern::example().
    [[nodiscard]] Example example(std::string_view run, const Scope& scope, std::string& into) const;
    [[nodiscard]] std::optional<std::string> example(std::string_view run, const Scope& scope) const;

private:
    // Whole: an operator's value with variables, whose values may hold colons; it is split once they are known.
    enum class Kind { Everything, Literal, Components, Whole, ApiShort, Never };
    Kind kind_ = Kind::Never;
    bool wildcardType_ = false;
    std::string literal_; // the whole of a literal; otherwise what comes before the first wildcard or variable
    std::vector<Pattern> components_; // partition, service, region, account, resource; or the whole
};

// Services whose resources begin with the name of their type, so that a wildcard in it matches nothing.
[[nodiscard]] bool hasTypedResources(std::string_view service);

} // namespace gw::policy
