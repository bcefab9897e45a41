#include "models/policy/edits.h"

#include "models/policy/edit_candidates.h"
#include "models/policy/edit_trials.h"

#include <algorithm>
#include <utility>

namespace gw::policy {
namespace {

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

void replace(std::vector<PolicyRef>& policies, const PolicyRef& policy, const PolicyRef& by) {
    std::replace(policies.begin(), policies.end(), policy, by);
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

} // namespace

Result<PolicySet> withEdit(const PolicySet& policies, const Edit& edit) {
    PolicySet changed = policies;
    if (edit.kind == EditKind::TellContext) return changed;
    std::string text;
    if (edit.kind == EditKind::AddPolicy) {
        text = edit.after.dump();
    } else {
        if (!edit.target) return changed;
        GW_TRY(Json document, parseJson(edit.target->document().source().text()));
        applyPointer(document, edit);
        // Nothing is left of it: the policy goes.
        if (!document.contains("Statement")) return without(std::move(changed), edit.target);
        text = document.dump();
    }
    const std::string name = edit.kind == EditKind::AddPolicy ? std::string("new") : edit.policy;
    GW_TRY(const PolicyRef policy, CompiledPolicy::parse(std::move(text), documentKindOf(edit.layer), name));
    const bool added = edit.kind == EditKind::AddPolicy;
    switch (edit.layer) {
    case Layer::Scp:
        for (auto& level : *changed.scp) replace(level, edit.target, policy);
        break;
    case Layer::Rcp:
        for (auto& level : *changed.rcp) replace(level, edit.target, policy);
        break;
    case Layer::Endpoint:
        replace(changed.endpoint, edit.target, policy);
        break;
    case Layer::Resource:
    case Layer::Trust:
        changed.resource = policy;
        break;
    case Layer::Identity:
        added ? changed.identity.push_back(policy) : replace(changed.identity, edit.target, policy);
        break;
    case Layer::Boundary:
        changed.boundary = policy;
        break;
    case Layer::Session:
        added ? changed.session.push_back(policy) : replace(changed.session, edit.target, policy);
        break;
    }
    return changed;
}

std::vector<Edit> smallestEdits(const Request& request, const WorldRules& world, const PolicySet& policies,
                                const Explanation& explanation, std::size_t limit, bool* exhaustive) {
    const Decision before = explanation.answer.decision;
    auto [candidates, complete] = editCandidates(request, policies, explanation);
    std::vector<std::pair<std::size_t, std::size_t>> order; // cost and place
    for (std::size_t i = 0; i < candidates.size(); ++i) order.emplace_back(costOf(candidates[i]), i);
    std::sort(order.begin(), order.end());
    std::vector<Edit> held;
    EditTrials trials(world, policies);
    for (const auto& [cost, place] : order) {
        if (held.size() == limit) break;
        if (trials.exhausted()) {
            complete = false;
            break;
        }
        Edit& edit = candidates[place];
        const auto result = trials.decide(request, edit);
        if (!result || !turns(before, *result)) continue;
        edit.result = *result;
        held.push_back(std::move(edit));
    }
    if (exhaustive != nullptr) *exhaustive = complete;
    return held;
}

} // namespace gw::policy
