#include "models/policy/key_values.h"

#include <algorithm>
#include <unordered_set>

namespace gw::policy {
namespace {

constexpr std::size_t maxRuns = 8;
// Of so many values every combination is tried where the key holds a list.
constexpr std::size_t maxCombined = 5;

// Written values of one key that are put into classes.
constexpr std::size_t maxWritten = 20'000;

bool isEquality(Comparison comparison) {
    return comparison == Comparison::StringEquals || comparison == Comparison::StringEqualsIgnoreCase ||
           comparison == Comparison::Bool || comparison == Comparison::Null;
}

// Every one alone, and as many of the combinations as there may be. False: not every one of them.
bool addLists(const std::vector<std::string>& texts, std::vector<std::optional<ContextValue>>& values) {
    const auto add = [&](const auto& chosen) {
        std::vector<std::string> list;
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (chosen(i)) list.push_back(texts[i]);
        values.emplace_back(ContextValue::many(std::move(list)));
    };
    const std::size_t n = texts.size();
    for (std::size_t one = 0; one < n; ++one) add([&](std::size_t i) { return i == one; });
    if (n <= maxCombined) {
        for (std::size_t mask = 1; mask < (std::size_t{1} << n); ++mask)
            if ((mask & (mask - 1)) != 0) add([&](std::size_t i) { return (mask >> i & 1U) != 0; });
        return true;
    }
    add([](std::size_t) { return true; });
    for (std::size_t left = 0; left < n; ++left) add([&](std::size_t i) { return i != left; });
    return false;
}

} // namespace

void KeyValues::add(const PolicySet& policies) {
    for (const auto& [layer, policy] : layered(policies, true))
        for (const CompiledStatement& statement : policy->statements()) statements_.push_back(&statement);
}

std::size_t KeyValues::weight(const Context& context) const {
    std::size_t weight = context.entries().size() + statements_.size();
    for (const CompiledStatement* statement : statements_) {
        for (const Condition& each : statement->conditions()) {
            const Context::Entry* entry = context.find(each.key());
            weight += 1 + (entry != nullptr && entry->value ? entry->value->values.size() : 0);
        }
    }
    return weight;
}

bool KeyValues::addFromVariables(const Key& key, const Request& request, const Scope& scope, std::vector<std::string>& values) const {
    bool all = true, used = false;
    for (const CompiledStatement* statement : statements_) {
        for (const ArnPattern& each : statement->resources()) {
            for (const Pattern& component : each.components())
                used = used || std::any_of(component.variables().begin(), component.variables().end(),
                                           [&](const auto& variable) { return variable.key == key; });
            all = each.captures(key, request.resource, values) && all;
        }
        for (const Condition& each : statement->conditions()) {
            const auto keys = each.variableKeys();
            if (std::none_of(keys.begin(), keys.end(), [&](const Key* one) { return *one == key; })) continue;
            used = true;
            const Scope::Found found = scope.find(each.key());
            for (std::size_t i = 0; found.state == Scope::State::Present && i < found.size(); ++i)
                all = each.captures(key, found.at(i), values) && all;
        }
    }
    if (used) values.emplace_back("other");
    return all;
}

KeyValues::Found KeyValues::of(const Key& key, const Request& request, const Scope& scope) const {
    Found found;
    ExampleTexts texts;
    bool list = false, needsOther = false;
    for (const CompiledStatement* statement : statements_) {
        for (const Condition& each : statement->conditions()) {
            if (!(each.key() == key)) continue;
            list = list || each.op().quantifier != Quantifier::None;
            const Comparison comparison = each.op().comparison;
            needsOther =
                needsOther || isString(comparison) || comparison == Comparison::Null || comparison == Comparison::BinaryEquals;
            if (!found.all) continue;
            found.all = each.examples(scope, texts);
            if (comparison == Comparison::ArnLike) found.all = texts.add("arn:aws:iam::000000000000:user/other") && found.all;
        }
    }
    // One text may have to match two patterns.
    const auto& seen = texts.all();
    const std::vector<std::string> runs(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(std::min(seen.size(), maxRuns)));
    for (const CompiledStatement* statement : statements_)
        for (const Condition& each : statement->conditions())
            if (each.key() == key && each.op().comparison == Comparison::StringLike)
                for (const std::string& run : runs) found.all = found.all && each.examplesAround(run, scope, texts);
    std::vector<std::string> captured;
    found.all = addFromVariables(key, request, scope, captured) && found.all;
    for (std::string& text : captured) found.all = texts.add(std::move(text)) && found.all;
    if (needsOther || texts.all().empty()) found.all = texts.add("other") && found.all;
    std::vector<std::string> distinct = texts.take();
    if (list) {
        found.all = addLists(distinct, found.values) && found.all;
    } else {
        for (std::string& text : distinct) found.values.emplace_back(ContextValue::one(std::move(text)));
    }
    found.values.emplace_back(std::nullopt);
    return found;
}

std::optional<KeyValues::Found> KeyValues::classesOf(const Key& key) const {
    std::vector<const Condition*> asking;
    const auto speaksOf = [&](const Pattern& pattern) {
        return std::any_of(pattern.variables().begin(), pattern.variables().end(),
                           [&](const auto& variable) { return variable.key == key; });
    };
    for (const CompiledStatement* statement : statements_) {
        for (const ArnPattern& each : statement->resources())
            if (std::any_of(each.components().begin(), each.components().end(), speaksOf)) return std::nullopt;
        for (const Condition& each : statement->conditions()) {
            if (each.key() == key) {
                if (each.hasVariables()) return std::nullopt;
                asking.push_back(&each);
            } else if (each.hasVariables()) {
                const auto keys = each.variableKeys();
                if (std::any_of(keys.begin(), keys.end(), [&](const Key* one) { return *one == key; })) return std::nullopt;
            }
        }
    }
    Found found;
    bool list = false, forAll = false, equalities = true;
    std::vector<std::string> texts;
    std::unordered_set<std::string> known;
    const auto add = [&](const std::string& text) {
        if (known.insert(text).second) texts.push_back(text);
    };
    for (const Condition* each : asking) {
        list = list || each->op().quantifier != Quantifier::None;
        forAll = forAll || each->op().quantifier == Quantifier::ForAllValues;
        equalities = equalities && isEquality(each->op().comparison);
        if (each->op().comparison == Comparison::Null) continue;
        for (const std::string& value : each->values()) {
            if (texts.size() == maxWritten) {
                found.all = false;
                break;
            }
            add(value);
        }
    }
    const Context nothing;
    const Request request;
    const Found examples = of(key, request, Scope(nothing, {}, true));
    found.all = found.all && (examples.all || equalities);
    for (const auto& each : examples.values)
        if (each && each->values.size() == 1) add(each->values.front());
    std::string other = "other";
    while (known.contains(other)) other += "-other";
    add(other);
    // Two values are of one class where every condition says the same of them.
    std::unordered_set<std::string> classes;
    std::vector<std::string> distinct;
    for (const std::string& text : texts) {
        Context context;
        context.set(key, ContextValue::one(text));
        const Scope scope(context, {}, true);
        std::string signature;
        for (const Condition* each : asking) signature += each->holds(scope) == Truth::True ? '1' : '0';
        if (classes.insert(std::move(signature)).second) distinct.push_back(text);
    }
    if (list) {
        found.all = addLists(distinct, found.values) && found.all;
    } else {
        for (std::string& text : distinct) found.values.emplace_back(ContextValue::one(std::move(text)));
    }
    // "A null data set, such as an empty string" is no absent key to those that ask for presence.
    if (forAll) found.values.emplace_back(ContextValue::one(std::string()));
    found.values.emplace_back(std::nullopt);
    return found;
}

} // namespace gw::policy
