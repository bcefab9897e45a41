#include "models/policy/key_values.h"

#include <algorithm>

namespace gw::policy {
namespace {

constexpr std::size_t maxRuns = 8;
// Of so many values every combination is tried where the key holds a list.
constexpr std::size_t maxCombined = 5;

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

} // namespace gw::policy
