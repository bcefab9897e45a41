#include "models/policy/answer.h"

#include "models/policy/unknown_keys.h"

#include <algorithm>
#include <array>

namespace gw::policy {
namespace {

bool decides(Decision decision, Effect effect, Layer layer, Truth applies) {
    switch (decision) {
    case Decision::Allowed:
        // Scp, rcp, boundary and session only take away.
        return effect == Effect::Allow && applies == Truth::True &&
               (layer == Layer::Identity || layer == Layer::Network || layer == Layer::Resource || layer == Layer::Trust);
    case Decision::ExplicitlyDenied:
        return effect == Effect::Deny && applies == Truth::True;
    case Decision::Depends:
        return applies == Truth::Unknown;
    case Decision::ImplicitlyDenied:
        break;
    }
    return false;
}

std::vector<StatementRef> decisiveStatements(RequestView& request, const PolicySet& policies, Decision decision) {
    std::vector<StatementRef> all;
    const Binding binding = bindingOf(request, policies);
    const bool hasBoundary = binding.binds.has(Layer::Boundary);
    for (auto& [layer, policy] : layered(policies, binding.trust)) {
        if (!binding.binds.has(layer)) continue;
        for (std::size_t i = 0; i < policy->statements().size(); ++i) {
            const CompiledStatement& statement = policy->statements()[i];
            if (statement.namesCaller(request.principal(), hasBoundary) == Naming::None) continue;
            const Truth applies = statement.applies(request);
            if (decides(decision, statement.effect(), layer, applies)) all.push_back({policy, layer, i, applies});
        }
    }
    return all;
}

} // namespace

std::vector<std::pair<Layer, PolicyRef>> layered(const PolicySet& policies, bool trust) {
    std::vector<std::pair<Layer, PolicyRef>> all;
    const auto add = [&](Layer layer, const std::vector<PolicyRef>& some) {
        for (const PolicyRef& each : some) all.emplace_back(layer, each);
    };
    if (policies.scp)
        for (const auto& level : *policies.scp) add(Layer::Scp, level);
    if (policies.rcp)
        for (const auto& level : *policies.rcp) add(Layer::Rcp, level);
    add(Layer::Endpoint, policies.endpoint);
    if (policies.network) all.emplace_back(Layer::Network, *policies.network);
    if (policies.resource) all.emplace_back(trust ? Layer::Trust : Layer::Resource, *policies.resource);
    add(Layer::Identity, policies.identity);
    if (policies.boundary) all.emplace_back(Layer::Boundary, *policies.boundary);
    add(Layer::Session, policies.session);
    return all;
}

Answer answer(const Request& request, const WorldRules& world, const PolicySet& policies) {
    RequestView view(request, world);
    std::vector<const Key*> used;
    view.scope().used = &used;
    Answer result;
    const Verdict verdict = decide(view, policies);
    result.decision = verdict.decision;
    result.blockedBy = verdict.blockedBy;
    result.action = verdict.action;
    if (verdict.decision == Decision::Depends) {
        Outcomes outcomes = tryUnknownKeys(request, world, policies);
        result.exhaustive = outcomes.exhaustive;
        if (outcomes.exhaustive && !outcomes.denied) {
            result.decision = Decision::Allowed;
        } else if (outcomes.exhaustive && !outcomes.allowed) {
            result.decision = outcomes.onlyExplicit ? Decision::ExplicitlyDenied : Decision::ImplicitlyDenied;
            result.blockedBy = outcomes.blockedBy;
        } else {
            result.dependsOn = std::move(outcomes.keys);
            if (outcomes.allowed && outcomes.denied)
                result.witness = Witness{std::move(*outcomes.allowed), std::move(*outcomes.denied)};
        }
    }
    for (const Key* key : used) result.derived.push_back(key->written());
    view.scope().used = nullptr;
    view.setAction(result.action);
    result.decisive = decisiveStatements(view, policies, result.decision);
    return result;
}

std::string_view awsLayerName(Layer layer) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"service control policy", "resource control policy", "VPC endpoint policy", "network-based policy",
         "resource-based policy", "role trust policy", "identity-based policy", "permissions boundary", "session policy"});
    return names[static_cast<std::size_t>(layer)];
}

std::string awsMessage(const Request& request, const Answer& answer) {
    if (answer.decision == Decision::Allowed || answer.decision == Decision::Depends) return {};
    const bool anonymous = request.facts.anonymous || request.principal.kind() == PrincipalKind::Anonymous;
    const bool asked = foldedAscii(request.action) == answer.action;
    const std::string action = asked                               ? request.action
                               : answer.action == "sts:tagsession" ? "sts:TagSession"
                                                                   : "sts:SetSourceIdentity";
    std::string text = "User: " + (anonymous ? std::string("anonymous") : request.principal.text()) +
                       " is not authorized to perform: " + action + " on resource: " + request.resource;
    static constexpr auto order = std::to_array({Layer::Scp, Layer::Rcp, Layer::Endpoint, Layer::Network, Layer::Identity,
                                                 Layer::Resource, Layer::Trust, Layer::Boundary, Layer::Session});
    const auto first = std::find_if(order.begin(), order.end(), [&](Layer each) { return answer.blockedBy.has(each); });
    if (first == order.end()) return text;
    // VPC Lattice calls the policy of a service by a name of its own.
    const bool service = *first == Layer::Resource && answer.action.rfind("vpc-lattice-svcs:", 0) == 0;
    const std::string name(service ? "service-based policy" : awsLayerName(*first));
    if (answer.decision == Decision::ImplicitlyDenied) return text + " because no " + name + " allows the " + action + " action";
    return text + " with an explicit deny in " + (*first == Layer::Identity ? "an " : "a ") + name;
}

} // namespace gw::policy
