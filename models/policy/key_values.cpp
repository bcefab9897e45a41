#include "models/policy/key_values.h"

#include <algorithm>

namespace gw::policy {
namespace {

constexpr std::size_t maxValues = 24;

} // namespace

void KeyValues::add(const PolicySet& policies) {
    for (const auto& [layer, policy] : layered(policies, true))
        for (const CompiledStatement& statement : policy->statements()) statements_.push_back(&statement);
}

void KeyValues::addFromVariables(const Key& key, const Request& request, std::vector<std::string>& values) const {
    const auto uses = [&](const Pattern& pattern) {
        return std::any_of(pattern.variables().begin(), pattern.variables().end(),
                           [&](const auto& each) { return each.key == key; });
    };
    bool used = false;
    for (const CompiledStatement* statement : statements_) {
        for (const ArnPattern& each : statement->resources())
            used = used || std::any_of(each.components().begin(), each.components().end(), uses);
        for (const Condition& each : statement->conditions()) {
            const auto keys = each.variableKeys();
            used = used || std::any_of(keys.begin(), keys.end(), [&](const Key* one) { return *one == key; });
        }
    }
    if (!used) return;
    // What a variable must hold to match is a part of the resource or the value of another key.
    std::string_view rest = request.resource;
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("/:");
        if (end != 0) values.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    for (const Context::Entry& entry : request.context.entries())
        if (entry.value) values.insert(values.end(), entry.value->values.begin(), entry.value->values.end());
    values.emplace_back("other");
}

std::vector<std::optional<ContextValue>> KeyValues::of(const Key& key, const Request& request, const Scope& scope) const {
    std::vector<std::string> texts;
    bool list = false, needsOther = false;
    for (const CompiledStatement* statement : statements_) {
        for (const Condition& each : statement->conditions()) {
            if (!(each.key() == key)) continue;
            list = list || each.op().quantifier != Quantifier::None;
            auto examples = each.examples(scope);
            texts.insert(texts.end(), std::make_move_iterator(examples.begin()), std::make_move_iterator(examples.end()));
            const Comparison comparison = each.op().comparison;
            needsOther =
                needsOther || isString(comparison) || comparison == Comparison::Null || comparison == Comparison::BinaryEquals;
            if (comparison == Comparison::ArnLike) texts.emplace_back("arn:aws:iam::000000000000:user/other");
        }
    }
    addFromVariables(key, request, texts);
    if (needsOther || texts.empty()) texts.emplace_back("other");
    std::vector<std::optional<ContextValue>> values;
    std::vector<std::string> seen;
    for (std::string& text : texts) {
        if (values.size() >= maxValues || std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
        seen.push_back(text);
        values.emplace_back(list ? ContextValue::many({text}) : ContextValue::one(text));
    }
    if (list && seen.size() > 1) values.emplace_back(ContextValue::many(seen));
    values.emplace_back(std::nullopt);
    return values;
}

} // namespace gw::policy
