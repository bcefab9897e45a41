#include "models/policy/edits.h"

#include "models/policy/edit_candidates.h"
#include "models/policy/edit_trials.h"

#include <algorithm>
#include <utility>

namespace gw::policy {
namespace {

// What a person has to look at: less is better; what reaches further comes later whatever its size.
std::size_t costOf(const Edit& edit) {
    // It takes what was asked about, and nothing else.
    if (addsDenial(edit)) return edit.kind == EditKind::AddStatement ? 0 : 1;
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
    if (policies.network == policy) policies.network.reset();
    if (policies.resource == policy) policies.resource.reset();
    return policies;
}

} // namespace

bool addsDenial(const Edit& edit) {
    const auto denies = [](const Json& statement) {
        return statement.is_object() && statement.contains("Effect") && statement["Effect"] == "Deny";
    };
    if (edit.kind == EditKind::AddStatement) return denies(edit.after);
    return edit.kind == EditKind::AddPolicy && edit.after.is_object() && edit.after.contains("Statement") &&
           edit.after["Statement"].is_array() && !edit.after["Statement"].empty() && denies(edit.after["Statement"].front());
}

Result<MadeEdit> MadeEdit::of(const Edit& edit) {
    MadeEdit made;
    made.edit_ = edit;
    const bool added = edit.kind == EditKind::AddPolicy;
    made.changes_ = edit.kind != EditKind::TellContext && (added || edit.target);
    if (!made.changes_) return made;
    std::string text;
    if (added) {
        text = edit.after.dump();
    } else {
        GW_TRY(Json document, parseJson(edit.target->document().source().text()));
        applyPointer(document, edit);
        // Nothing is left of it: the policy goes.
        if (!document.contains("Statement")) return made;
        text = document.dump();
    }
    GW_TRY(made.policy_, CompiledPolicy::parse(std::move(text), documentKindOf(edit.layer), added ? "new" : edit.policy));
    return made;
}

PolicySet MadeEdit::in(PolicySet policies) const {
    if (!changes_) return policies;
    if (!policy_) return without(std::move(policies), edit_.target);
    const bool added = edit_.kind == EditKind::AddPolicy;
    const auto put = [&](std::vector<PolicyRef>& some) {
        added ? some.push_back(*policy_) : replace(some, edit_.target, *policy_);
    };
    const auto putOne = [&](std::optional<PolicyRef>& one) {
        if (added || one == edit_.target) one = policy_;
    };
    switch (edit_.layer) {
    case Layer::Scp:
        if (policies.scp) std::for_each(policies.scp->begin(), policies.scp->end(), put);
        break;
    case Layer::Rcp:
        if (policies.rcp) std::for_each(policies.rcp->begin(), policies.rcp->end(), put);
        break;
    case Layer::Endpoint:
        put(policies.endpoint);
        break;
    case Layer::Network:
        putOne(policies.network);
        break;
    case Layer::Resource:
    case Layer::Trust:
        putOne(policies.resource);
        break;
    case Layer::Identity:
        put(policies.identity);
        break;
    case Layer::Boundary:
        putOne(policies.boundary);
        break;
    case Layer::Session:
        put(policies.session);
        break;
    }
    return policies;
}

Result<PolicySet> withEdit(const PolicySet& policies, const Edit& edit) {
    GW_TRY(const MadeEdit made, MadeEdit::of(edit));
    return made.in(policies);
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
