#include "models/policy/edits.h"

#include "models/policy/edit_candidates.h"

#include <algorithm>

namespace gw::policy {
namespace {

DocumentKind kindOf(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return DocumentKind::Scp;
    case Layer::Rcp:
        return DocumentKind::Rcp;
    case Layer::Endpoint:
        return DocumentKind::Endpoint;
    case Layer::Resource:
        return DocumentKind::Resource;
    case Layer::Trust:
        return DocumentKind::Trust;
    case Layer::Identity:
        return DocumentKind::Identity;
    case Layer::Boundary:
        return DocumentKind::Boundary;
    case Layer::Session:
        break;
    }
    return DocumentKind::Session;
}

// What a person has to look at: less is better; what reaches further comes later whatever its size.
std::size_t costOf(const Edit& edit) {
    std::size_t cost = edit.wide ? 1'000'000 : 0;
    cost += static_cast<std::size_t>(edit.kind) * 100;
    if (edit.kind == EditKind::TellContext) return cost + edit.context.size();
    return cost + edit.after.dump().size();
}

bool turns(Decision before, Decision after) {
    return before == Decision::Allowed ? after == Decision::ImplicitlyDenied || after == Decision::ExplicitlyDenied
                                       : after == Decision::Allowed;
}

void replace(std::vector<PolicyRef>& policies, const std::string& name, const PolicyRef& by) {
    for (PolicyRef& each : policies)
        if (each->name() == name) each = by;
}

PolicySet without(PolicySet policies, const PolicyRef& policy) {
    const auto drop = [&](std::vector<PolicyRef>& some) { std::erase(some, policy); };
    drop(policies.identity), drop(policies.session), drop(policies.endpoint);
    if (policies.scp) std::for_each(policies.scp->begin(), policies.scp->end(), drop);
    if (policies.rcp) std::for_each(policies.rcp->begin(), policies.rcp->end(), drop);
    if (policies.boundary == policy) policies.boundary.reset();
    if (policies.resource == policy) policies.resource.reset();
    return policies;
}

std::vector<PolicyRef> ofLayer(const PolicySet& policies, Layer layer) {
    std::vector<PolicyRef> found;
    for (const auto& [each, policy] : layered(policies, layer == Layer::Trust))
        if (each == layer) found.push_back(policy);
    return found;
}

} // namespace

Result<PolicySet> withEdit(const PolicySet& policies, const Edit& edit) {
    PolicySet changed = policies;
    if (edit.kind == EditKind::TellContext) return changed;
    std::string text;
    if (edit.kind == EditKind::AddPolicy) {
        text = edit.after.dump();
    } else {
        const auto candidates = ofLayer(policies, edit.layer);
        const auto known = std::find_if(candidates.begin(), candidates.end(),
                                        [&](const PolicyRef& each) { return each->name() == edit.policy; });
        if (known == candidates.end()) return changed;
        GW_TRY(Json document, parseJson((*known)->document().source().text()));
        applyPointer(document, edit);
        // Nothing is left of it: the policy goes.
        if (!document.contains("Statement")) return without(std::move(changed), *known);
        text = document.dump();
    }
    const std::string name = edit.kind == EditKind::AddPolicy ? std::string("new") : edit.policy;
    GW_TRY(const PolicyRef policy, CompiledPolicy::parse(std::move(text), kindOf(edit.layer), name));
    const bool added = edit.kind == EditKind::AddPolicy;
    switch (edit.layer) {
    case Layer::Scp:
        for (auto& level : *changed.scp) replace(level, name, policy);
        break;
    case Layer::Rcp:
        for (auto& level : *changed.rcp) replace(level, name, policy);
        break;
    case Layer::Endpoint:
        replace(changed.endpoint, name, policy);
        break;
    case Layer::Resource:
    case Layer::Trust:
        changed.resource = policy;
        break;
    case Layer::Identity:
        added ? changed.identity.push_back(policy) : replace(changed.identity, name, policy);
        break;
    case Layer::Boundary:
        changed.boundary = policy;
        break;
    case Layer::Session:
        added ? changed.session.push_back(policy) : replace(changed.session, name, policy);
        break;
    }
    return changed;
}

std::vector<Edit> smallestEdits(const Request& request, const WorldRules& world, const PolicySet& policies,
                                const Explanation& explanation, std::size_t limit) {
    const Decision before = explanation.answer.decision;
    std::vector<Edit> held;
    for (Edit& edit : editCandidates(request, policies, explanation)) {
        Request asked = request;
        for (const Context::Entry& each : edit.context) asked.context.set(each.key, each.value);
        const auto changed = withEdit(policies, edit);
        if (!changed) continue;
        edit.result = answer(asked, world, *changed).decision;
        if (turns(before, edit.result)) held.push_back(std::move(edit));
    }
    std::stable_sort(held.begin(), held.end(), [](const Edit& a, const Edit& b) { return costOf(a) < costOf(b); });
    if (held.size() > limit) held.resize(limit);
    return held;
}

} // namespace gw::policy
