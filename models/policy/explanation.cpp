#include "models/policy/explanation.h"

#include <algorithm>

namespace gw::policy {
namespace {

std::string operatorText(const CompiledStatement& statement, const Document& document, std::size_t condition) {
    const auto& texts = document.statements()[statement.index()].conditions;
    return std::string(texts[condition].op.text);
}

ConditionReport reportCondition(const Condition& condition, std::string op, const Scope& scope) {
    ConditionReport result;
    result.op = std::move(op);
    result.key = condition.key().written();
    result.expected = condition.values();
    result.holds = condition.holds(scope);
    const Scope::Found found = scope.find(condition.key());
    if (found.state != Scope::State::Present) return result;
    result.derived = found.value == nullptr;
    result.seen.emplace();
    for (std::size_t i = 0; i < found.size(); ++i) result.seen->emplace_back(found.at(i));
    return result;
}

LayerVoice voiceOf(const std::vector<StatementReport>& statements) {
    LayerVoice voice = LayerVoice::Silent;
    for (const StatementReport& each : statements) {
        if (each.applies == Truth::False) continue;
        if (each.applies == Truth::True && each.ref.get().effect() == Effect::Deny) return LayerVoice::Denies;
        if (each.applies == Truth::Unknown)
            voice = LayerVoice::Depends;
        else if (voice == LayerVoice::Silent)
            voice = LayerVoice::Allows;
    }
    return voice;
}

bool isNear(const StatementReport& statement, std::string_view service) {
    if (statement.action || statement.applies != Truth::False) return true;
    const auto& actions = statement.ref.get().actions();
    const auto texts = statement.ref.policy->document().statements()[statement.ref.statement].actions;
    return !actions.empty() && std::any_of(texts.begin(), texts.end(), [&](const Text& each) {
        return foldedAscii(each.text.substr(0, each.text.find(':'))) == service;
    });
}

LayerReport reportLayer(Layer layer, std::size_t level, const std::vector<PolicyRef>& policies, RequestView& request,
                        bool hasBoundary) {
    LayerReport result;
    result.layer = layer;
    result.level = level;
    for (const PolicyRef& policy : policies)
        for (std::size_t i = 0; i < policy->statements().size(); ++i)
            result.statements.push_back(report({policy, layer, i, Truth::False}, request, hasBoundary));
    result.voice = voiceOf(result.statements);
    const bool anyNear = std::any_of(result.statements.begin(), result.statements.end(),
                                     [&](const StatementReport& each) { return isNear(each, request.service()); });
    if (anyNear) std::erase_if(result.statements, [&](const StatementReport& each) { return !isNear(each, request.service()); });
    std::stable_sort(result.statements.begin(), result.statements.end(), [](const StatementReport& a, const StatementReport& b) {
        // What denies comes before what allows, and that before what fails.
        const auto rank = [](const StatementReport& each) {
            const bool denies = each.applies == Truth::True && each.ref.get().effect() == Effect::Deny;
            return each.failures() * 2 + (denies ? 0U : 1U);
        };
        return rank(a) < rank(b);
    });
    return result;
}

} // namespace

std::size_t StatementReport::failures() const {
    std::size_t count = 0;
    count += action ? 0 : 1;
    count += principal ? 0 : 1;
    count += resource == Truth::True ? 0 : 1;
    for (const ConditionReport& each : conditions) count += each.holds == Truth::True ? 0 : 1;
    return count;
}

StatementReport report(const StatementRef& ref, RequestView& request, bool hasBoundary) {
    StatementReport result;
    result.ref = ref;
    const CompiledStatement& statement = ref.get();
    result.action = statement.coversAction(request.action());
    result.principal = statement.namesCaller(request.principal(), hasBoundary) != Naming::None;
    result.resource = statement.coversResource(request);
    for (std::size_t i = 0; i < statement.conditions().size(); ++i)
        result.conditions.push_back(
            reportCondition(statement.conditions()[i], operatorText(statement, ref.policy->document(), i), request.scope()));
    result.applies = result.action && result.principal ? statement.applies(request) : Truth::False;
    result.ref.applies = result.applies;
    return result;
}

Explanation explain(const Request& request, const WorldRules& world, const PolicySet& policies) {
    Explanation result;
    result.answer = answer(request, world, policies);
    RequestView view(request, world);
    view.setAction(result.answer.action);
    const Binding binding = bindingOf(view, policies);
    const bool boundary = binding.binds.has(Layer::Boundary);
    const auto add = [&](Layer layer, std::size_t level, const std::vector<PolicyRef>& some) {
        LayerReport one = reportLayer(layer, level, some, view, boundary);
        one.binds = binding.binds.has(layer);
        result.layers.push_back(std::move(one));
    };
    if (policies.scp)
        for (std::size_t level = 0; level < policies.scp->size(); ++level) add(Layer::Scp, level, (*policies.scp)[level]);
    if (policies.rcp)
        for (std::size_t level = 0; level < policies.rcp->size(); ++level) add(Layer::Rcp, level, (*policies.rcp)[level]);
    if (!policies.endpoint.empty()) add(Layer::Endpoint, 0, policies.endpoint);
    if (policies.network) add(Layer::Network, 0, {*policies.network});
    if (policies.resource) add(binding.trust ? Layer::Trust : Layer::Resource, 0, {*policies.resource});
    add(Layer::Identity, 0, policies.identity);
    if (policies.boundary) add(Layer::Boundary, 0, {*policies.boundary});
    if (!policies.session.empty()) add(Layer::Session, 0, policies.session);
    return result;
}

} // namespace gw::policy
