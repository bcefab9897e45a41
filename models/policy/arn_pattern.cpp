#include "models/policy/arn_pattern.h"

#include <algorithm>

namespace gw::policy {

std::optional<ArnParts> ArnParts::split(std::string_view text) {
    if (text.substr(0, 4) != "arn:") return std::nullopt;
    std::array<std::string_view, 4> parts;
    std::string_view rest = text.substr(4);
    for (std::string_view& part : parts) {
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        part = rest.substr(0, colon);
        rest.remove_prefix(colon + 1);
    }
    return ArnParts{parts[0], parts[1], parts[2], parts[3], rest};
}

bool hasTypedResources(std::string_view service) {
    static constexpr auto typed = std::to_array<std::string_view>({"acm",
                                                                   "appmesh",
                                                                   "cloudformation",
                                                                   "cloudwatch",
                                                                   "codebuild",
                                                                   "cognito-idp",
                                                                   "dynamodb",
                                                                   "ec2",
                                                                   "ecr",
                                                                   "ecs",
                                                                   "eks",
                                                                   "elasticloadbalancing",
                                                                   "events",
                                                                   "iam",
                                                                   "kinesis",
                                                                   "kms",
                                                                   "lambda",
                                                                   "logs",
                                                                   "organizations",
                                                                   "rds",
                                                                   "route53",
                                                                   "secretsmanager",
                                                                   "ssm",
                                                                   "states",
                                                                   "sts",
                                                                   "vpc-lattice"});
    return std::binary_search(typed.begin(), typed.end(), service);
}

ArnPattern::ArnPattern(std::string_view text, ArnUse use, bool variables) {
    if (text == "*") {
        kind_ = Kind::Everything;
        return;
    }
    const PatternRules fixed{.wildcards = true, .variables = use == ArnUse::Operator && variables, .foldCase = false};
    const PatternRules free{.wildcards = true, .variables = variables, .foldCase = false};
    static constexpr std::string_view api = "execute-api:/";
    if (use == ArnUse::ResourceResource && text.substr(0, api.size()) == api) {
        // API Gateway puts the API's own ARN before it when the policy is saved.
        kind_ = Kind::ApiShort;
        components_.emplace_back(text.substr(api.size()), free);
        return;
    }
    if (use == ArnUse::Operator) {
        Pattern whole(text, free);
        if (whole.hasVariables()) {
            kind_ = Kind::Whole;
            components_.push_back(std::move(whole));
            return;
        }
    }
    std::string filled;
    // "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries"
    // (IAM User Guide, "IAM JSON policy elements: Resource"), in resource policies, too.
    const bool shortArn = use == ArnUse::IdentityResource || (use == ArnUse::ResourceResource && text.ends_with('*'));
    if (shortArn && text.substr(0, 4) == "arn:") {
        auto colons = std::count(text.begin(), text.end(), ':');
        if (colons < 5) filled = text;
        for (; colons < 5; ++colons) filled += ":*";
    }
    const auto parts = ArnParts::split(filled.empty() ? text : filled);
    if (!parts) return;
    components_.reserve(5);
    for (const std::string_view part : {parts->partition, parts->service, parts->region, parts->account})
        components_.emplace_back(part, fixed);
    components_.emplace_back(parts->resource, free);
    const std::string_view word = parts->resource.substr(0, parts->resource.find_first_of(":/"));
    wildcardType_ = use != ArnUse::Operator && parts->resource != "*" &&
                    word.find_first_of("*?") != std::string_view::npos && word.find('$') == std::string_view::npos;
    kind_ = std::all_of(components_.begin(), components_.end(), [](const Pattern& each) { return each.isLiteral(); })
                ? Kind::Literal
                : Kind::Components;
    // Escapes such as ${*} are resolved in the components.
    literal_.reserve(text.size());
    literal_ = "arn";
    for (const Pattern& each : components_) {
        literal_ += ':';
        literal_ += each.literalPrefix();
        if (!each.isLiteral()) break;
    }
}

Truth ArnPattern::matches(std::string_view text, const std::optional<ArnParts>& parts, const Scope& scope) const {
    switch (kind_) {
    case Kind::Everything:
        return Truth::True;
    case Kind::Never:
        return Truth::False;
    case Kind::Literal:
        return truth(text == literal_);
    case Kind::ApiShort: {
        if (!parts || parts->service != "execute-api") return Truth::False;
        const std::size_t slash = parts->resource.find('/');
        return slash == std::string_view::npos ? Truth::False : components_[0].matches(parts->resource.substr(slash + 1), scope);
    }
    case Kind::Whole: {
        std::string glob;
        if (!parts) return Truth::False;
        if (const Truth known = components_[0].expand(scope, text.size(), glob); known != Truth::True) return known;
        const auto wanted = ArnParts::split(glob);
        return truth(wanted && globMatches(wanted->partition, parts->partition) && globMatches(wanted->service, parts->service) &&
                     globMatches(wanted->region, parts->region) && globMatches(wanted->account, parts->account) &&
                     globMatches(wanted->resource, parts->resource));
    }
    case Kind::Components:
        break;
    }
    if (!parts || text.substr(0, literal_.size()) != literal_) return Truth::False;
    if (wildcardType_ && hasTypedResources(parts->service)) return Truth::False;
    Truth result = components_[1].matches(parts->service, scope);
    const std::array<std::string_view, 5> values{parts->partition, parts->service, parts->region, parts->account,
                                                 parts->resource};
    for (std::size_t i = 0; i < values.size() && result != Truth::False; ++i)
        if (i != 1) result &= components_[i].matches(values[i], scope);
    return result;
}

bool ArnPattern::hasVariables() const {
    return std::any_of(components_.begin(), components_.end(), [](const Pattern& each) { return each.hasVariables(); });
}

std::size_t ArnPattern::weight() const {
    if (kind_ == Kind::Literal) return 0;
    std::size_t most = 0;
    for (const Pattern& component : components_) most = std::max(most, component.weight());
    return most;
}

Example ArnPattern::example(std::string_view run, const Scope& scope, std::string& into) const {
    if (kind_ == Kind::Everything) {
        into += "arn:aws:x:x:x:x";
        return Example::Found;
    }
    if (kind_ == Kind::Whole) return components_[0].example(run, scope, into);
    if (components_.size() != 5) return Example::None;
    into += "arn";
    for (const Pattern& component : components_) {
        into += ':';
        if (const Example part = component.example(run, scope, into); part != Example::Found) return part;
    }
    return Example::Found;
}

std::optional<std::string> ArnPattern::example(std::string_view run, const Scope& scope) const {
    std::string text;
    return example(run, scope, text) == Example::Found ? std::optional(std::move(text)) : std::nullopt;
}

bool ArnPattern::captures(const Key& key, std::string_view text, std::vector<std::string>& into) const {
    if (!hasVariables()) return true;
    if (kind_ == Kind::Whole) return components_[0].captures(key, text, into);
    const auto parts = ArnParts::split(text);
    if (!parts) return true;
    if (kind_ == Kind::ApiShort) {
        const std::size_t slash = parts->resource.find('/');
        return slash == std::string_view::npos || components_[0].captures(key, parts->resource.substr(slash + 1), into);
    }
    return components_.size() != 5 || components_[4].captures(key, parts->resource, into);
}

} // namespace gw::policy
