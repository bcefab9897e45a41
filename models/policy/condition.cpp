#include "models/policy/condition.h"

#include <algorithm>

namespace gw::policy {

bool ExampleTexts::add(std::string text) {
    octets_ += text.size();
    if (octets_ > mostOctets) return false;
    if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) return true;
    if (texts_.size() == most) return false;
    texts_.push_back(std::move(text));
    return true;
}

Condition::Condition(Operator op, std::string_view key, const std::vector<std::string_view>& values, bool variables)
    : operator_(op), key_(key), written_(values.begin(), values.end()), expected_(op.comparison, values, variables) {}

// Any of the values; for a negated operator none of them.
Truth Condition::one(std::string_view seen, const Scope& scope) const {
    const Truth found = expected_.any(seen, scope);
    return operator_.negated ? !found : found;
}

Truth Condition::holds(const Scope& scope) const {
    const Scope::Found found = scope.find(key_);
    if (operator_.comparison == Comparison::Null) {
        if (found.state == Scope::State::Untold) return Truth::Unknown;
        return truth(expected_.asksFor(found.state == Scope::State::Absent));
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
    if (!hasVariables()) return keys;
    const auto add = [&](const Pattern& pattern) {
        for (const Pattern::Variable& each : pattern.variables()) keys.push_back(&each.key);
    };
    for (const ExpectedValues::Value& each : expected_.all()) {
        if (const auto* pattern = std::get_if<Pattern>(&each)) add(*pattern);
        if (const auto* arn = std::get_if<ArnPattern>(&each))
            std::for_each(arn->components().begin(), arn->components().end(), add);
    }
    return keys;
}

bool Condition::examples(const Scope& scope, ExampleTexts& into) const {
    bool all = true;
    const auto add = [&](std::string text) { all = into.add(std::move(text)) && all; };
    const auto addExample = [&](const auto& pattern, std::string_view run) {
        std::string text;
        const Example found = pattern.example(run, scope, text);
        if (found == Example::Found) add(std::move(text));
        all = all && found != Example::TooLong;
        return found;
    };
    const auto& values = expected_.all();
    for (std::size_t i = 0; i < values.size() && all; ++i) {
        const ExpectedValues::Value& each = values[i];
        if (const auto* pattern = std::get_if<Pattern>(&each)) {
            (void)addExample(*pattern, "");
            if (!pattern->isLiteral()) (void)addExample(*pattern, "x");
        } else if (const auto* arn = std::get_if<ArnPattern>(&each)) {
            if (addExample(*arn, "x") == Example::None) add({});
        } else if (isNumeric(operator_.comparison) && std::holds_alternative<Decimal>(each)) {
            // On it, and a little to either side.
            const std::string& number = written_[i];
            const std::string tail = number.find('.') == std::string::npos ? ".5" : "5";
            add(number);
            add(number + tail);
            add(number.front() == '-' ? "0" : "-1");
        } else if (const auto* date = std::get_if<std::int64_t>(&each)) {
            // On it, which may be within a second, and to either side.
            const std::int64_t seconds = *date / 1000;
            add(written_[i]);
            add(std::to_string(seconds + 1));
            add(std::to_string(seconds - 1));
        } else if (const auto* network = std::get_if<Network>(&each)) {
            add(network->firstAddress());
            add(network->lastAddress());
        } else if (!std::holds_alternative<ExpectedValues::Nothing>(each)) {
            add(written_[i]);
        }
    }
    if (operator_.comparison == Comparison::Bool)
        for (const char* each : {"true", "false"}) add(each);
    if (operator_.comparison == Comparison::IpAddress)
        for (const char* each : {"198.51.100.77", "2001:db8::77"}) add(each);
    return all;
}

bool Condition::examplesAround(std::string_view run, const Scope& scope, ExampleTexts& into) const {
    bool all = true;
    for (const ExpectedValues::Value& each : expected_.all()) {
        const auto* pattern = std::get_if<Pattern>(&each);
        if (pattern == nullptr || pattern->isLiteral() || pattern->matchesEverything()) continue;
        std::string text;
        const Example found = pattern->example(run, scope, text);
        all = found != Example::TooLong && (found == Example::None || into.add(std::move(text)));
        if (!all) break;
    }
    return all;
}

bool Condition::captures(const Key& key, std::string_view seen, std::vector<std::string>& into) const {
    bool all = true;
    if (!hasVariables()) return all;
    for (const ExpectedValues::Value& each : expected_.all()) {
        if (const auto* pattern = std::get_if<Pattern>(&each)) all = pattern->captures(key, seen, into) && all;
        if (const auto* arn = std::get_if<ArnPattern>(&each)) all = arn->captures(key, seen, into) && all;
    }
    return all;
}

} // namespace gw::policy
