#include "models/policy/condition.h"

#include "saml/base/base64.h"

#include <algorithm>
#include <functional>

namespace gw::policy {
namespace {

template <class T>
bool ordered(Comparison comparison, const T& seen, const T& expected) {
    switch (comparison) {
    case Comparison::NumericLessThan:
    case Comparison::DateLessThan:
        return seen < expected;
    case Comparison::NumericLessThanEquals:
    case Comparison::DateLessThanEquals:
        return seen <= expected;
    case Comparison::NumericGreaterThan:
    case Comparison::DateGreaterThan:
        return seen > expected;
    case Comparison::NumericGreaterThanEquals:
    case Comparison::DateGreaterThanEquals:
        return seen >= expected;
    default:
        return seen == expected;
    }
}

} // namespace

Condition::Condition(Operator op, std::string_view key, const std::vector<std::string_view>& values, bool variables)
    : operator_(op), key_(key), written_(values.begin(), values.end()) {
    const auto typed = [](auto parsed) { return parsed ? Expected(std::move(*parsed)) : Expected(Nothing()); };
    for (const std::string_view value : values) {
        const Comparison comparison = op.comparison;
        if (isNumeric(comparison))
            expected_.push_back(typed(Decimal::parse(value)));
        else if (isDate(comparison))
            expected_.push_back(typed(parseDate(value)));
        else if (comparison == Comparison::IpAddress)
            expected_.push_back(typed(Network::parse(value)));
        else if (comparison == Comparison::Null)
            expected_.push_back(typed(parseBool(value)));
        else if (comparison == Comparison::ArnLike)
            expected_.emplace_back(std::in_place_type<ArnPattern>, value, ArnUse::Operator, variables);
        else if (comparison == Comparison::BinaryEquals) {
            auto octets = decodeBase64(value, value.size());
            expected_.push_back(octets ? Expected(std::move(*octets)) : Expected(Nothing()));
        } else {
            // The page on operators lets variables stand in Bool, the one on variables does not; the former is what works.
            expected_.emplace_back(
                std::in_place_type<Pattern>, value,
                PatternRules{.wildcards = comparison == Comparison::StringLike,
                             .variables = variables,
                             .foldCase = comparison == Comparison::StringEqualsIgnoreCase || comparison == Comparison::Bool});
        }
    }
    gatherLiterals();
}

// The typed comparisons, with the value read once.
template <class Wanted, class Read, class Matches>
Truth Condition::typed(Read value, Matches matches) const {
    if (!value) return Truth::False;
    return truth(std::any_of(expected_.begin(), expected_.end(), [&](const Expected& each) {
        const auto* wanted = std::get_if<Wanted>(&each);
        return wanted != nullptr && matches(*value, *wanted);
    }));
}

void Condition::gatherLiterals() {
    constexpr std::size_t few = 16;
    if (expected_.size() <= few || !isString(operator_.comparison)) return;
    for (std::size_t i = 0; i < expected_.size(); ++i) {
        const auto* pattern = std::get_if<Pattern>(&expected_[i]);
        if (pattern != nullptr && pattern->isLiteral())
            literals_.emplace(pattern->literalPrefix());
        else
            others_.push_back(i);
    }
}

Truth Condition::any(std::string_view seen, const Scope& scope) const {
    const Comparison comparison = operator_.comparison;
    const auto inOrder = [&](const auto& value, const auto& wanted) { return ordered(comparison, value, wanted); };
    if (isNumeric(comparison)) return typed<Decimal>(Decimal::parse(seen), inOrder);
    if (isDate(comparison)) return typed<std::int64_t>(parseDate(seen), inOrder);
    if (comparison == Comparison::IpAddress)
        return typed<Network>(Network::parse(seen),
                              [](const Network& value, const Network& wanted) { return wanted.holds(value); });
    if (comparison == Comparison::BinaryEquals) return typed<std::string>(decodeBase64(seen, seen.size()), std::equal_to<>());
    Truth found = Truth::False;
    if (comparison == Comparison::ArnLike) {
        const auto parts = ArnParts::split(seen);
        if (!parts) return Truth::False;
        for (const Expected& each : expected_)
            if (const auto* arn = std::get_if<ArnPattern>(&each); arn != nullptr && found != Truth::True)
                found |= arn->matches(seen, parts, scope);
        return found;
    }
    if (comparison == Comparison::Bool && !parseBool(seen)) return Truth::False;
    const auto consider = [&](const Expected& each) {
        if (const auto* pattern = std::get_if<Pattern>(&each)) found |= pattern->matches(seen, scope);
        return found == Truth::True;
    };
    if (literals_.empty()) {
        (void)std::any_of(expected_.begin(), expected_.end(), consider);
        return found;
    }
    const bool folds = comparison == Comparison::StringEqualsIgnoreCase;
    if (literals_.contains(folds ? foldedAscii(seen) : std::string(seen))) return Truth::True;
    (void)std::any_of(others_.begin(), others_.end(), [&](std::size_t i) { return consider(expected_[i]); });
    return found;
}

// Any of the values; for a negated operator none of them.
Truth Condition::one(std::string_view seen, const Scope& scope) const {
    const Truth found = any(seen, scope);
    return operator_.negated ? !found : found;
}

Truth Condition::holds(const Scope& scope) const {
    const Scope::Found found = scope.find(key_);
    if (operator_.comparison == Comparison::Null) {
        if (found.state == Scope::State::Untold) return Truth::Unknown;
        const bool absent = found.state == Scope::State::Absent;
        return truth(std::any_of(expected_.begin(), expected_.end(), [&](const Expected& each) {
            const auto* wanted = std::get_if<bool>(&each);
            return wanted != nullptr && *wanted == absent;
        }));
    }
    if (found.state == Scope::State::Untold) return Truth::Unknown;
    if (found.state == Scope::State::Absent) {
        if (operator_.ifExists || operator_.quantifier == Quantifier::ForAllValues) return Truth::True;
        return truth(operator_.negated && operator_.quantifier == Quantifier::None);
    }
    switch (operator_.quantifier) {
    case Quantifier::None:
        // A list needs a quantifier: without one nothing matches, the negated operators included.
        return found.isSingle() ? one(found.at(0), scope) : Truth::False;
    case Quantifier::ForAllValues: {
        // "a null data set, such as an empty string" (IAM User Guide, "Multivalued context keys").
        if (found.isSingle() && found.at(0).empty()) return Truth::True;
        Truth all = Truth::True;
        for (std::size_t i = 0; i < found.size() && all != Truth::False; ++i) all &= one(found.at(i), scope);
        return all;
    }
    case Quantifier::ForAnyValue: {
        Truth any = Truth::False;
        for (std::size_t i = 0; i < found.size() && any != Truth::True; ++i) any |= one(found.at(i), scope);
        return any;
    }
    }
    return Truth::False;
}

std::vector<const Key*> Condition::variableKeys() const {
    std::vector<const Key*> keys;
    const auto add = [&](const Pattern& pattern) {
        for (const Pattern::Variable& each : pattern.variables()) keys.push_back(&each.key);
    };
    for (const Expected& each : expected_) {
        if (const auto* pattern = std::get_if<Pattern>(&each)) add(*pattern);
        if (const auto* arn = std::get_if<ArnPattern>(&each))
            std::for_each(arn->components().begin(), arn->components().end(), add);
    }
    return keys;
}

std::vector<std::string> Condition::examples(const Scope& scope) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < expected_.size(); ++i) {
        const Expected& each = expected_[i];
        if (const auto* pattern = std::get_if<Pattern>(&each)) {
            if (auto text = pattern->example("", scope)) all.push_back(std::move(*text));
            if (!pattern->isLiteral())
                if (auto text = pattern->example("x", scope)) all.push_back(std::move(*text));
        } else if (const auto* arn = std::get_if<ArnPattern>(&each)) {
            all.push_back(arn->example("x", scope).value_or(std::string()));
        } else if (isNumeric(operator_.comparison) && std::holds_alternative<Decimal>(each)) {
            // On it, and a little to either side.
            const std::string& number = written_[i];
            const std::string tail = number.find('.') == std::string::npos ? ".5" : "5";
            all.insert(all.end(), {number, number + tail, number.front() == '-' ? "0" : "-1"});
        } else if (const auto* date = std::get_if<std::int64_t>(&each)) {
            // On it, which may be within a second, and to either side.
            const std::int64_t seconds = *date / 1000;
            all.insert(all.end(), {written_[i], std::to_string(seconds + 1), std::to_string(seconds - 1)});
        } else if (const auto* network = std::get_if<Network>(&each)) {
            all.insert(all.end(), {network->firstAddress(), network->lastAddress()});
        } else if (!std::holds_alternative<Nothing>(each)) {
            all.push_back(written_[i]);
        }
    }
    if (operator_.comparison == Comparison::Bool) all.insert(all.end(), {"true", "false"});
    if (operator_.comparison == Comparison::IpAddress) all.insert(all.end(), {"198.51.100.77", "2001:db8::77"});
    return all;
}

void Condition::examplesAround(std::string_view run, const Scope& scope, std::vector<std::string>& into) const {
    for (const Expected& each : expected_) {
        const auto* pattern = std::get_if<Pattern>(&each);
        if (pattern == nullptr || pattern->isLiteral() || pattern->matchesEverything()) continue;
        if (auto text = pattern->example(run, scope)) into.push_back(std::move(*text));
    }
}

bool Condition::captures(const Key& key, std::string_view seen, std::vector<std::string>& into) const {
    bool all = true;
    for (const Expected& each : expected_) {
        if (const auto* pattern = std::get_if<Pattern>(&each)) all = pattern->captures(key, seen, into) && all;
        if (const auto* arn = std::get_if<ArnPattern>(&each)) all = arn->captures(key, seen, into) && all;
    }
    return all;
}

} // namespace gw::policy
