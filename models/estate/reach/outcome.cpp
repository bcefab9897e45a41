#include "models/estate/reach/outcome.h"

#include "models/estate/question_parts.h"
#include "models/policy/unknown_place.h"

#include <algorithm>
#include <set>

namespace gw::estate {
namespace {

using policy::Decision;
using policy::Layer;
using policy::Truth;

template <class T>
void addEach(std::vector<T>& into, const std::vector<T>& from) {
    for (const T& each : from)
        if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(each);
}

// Every layer that blocks has something of its own that is not known.
bool couldTurn(policy::LayerSet blockedBy, const GapLists& gaps) {
    policy::LayerSet open;
    for (const auto* list : gaps.lists)
        for (const Gap& each : *list) open.add(each.layer);
    return !gaps.empty() && !blockedBy.empty() && (open | blockedBy) == open;
}

ConditionText textOf(const policy::Condition& condition, std::string_view op) {
    return {condition.key().written(), std::string(op), condition.values()};
}

// The operators as they are written stand beside the compiled conditions, in the same order.
void addConditions(const policy::CompiledPolicy& policy, const policy::CompiledStatement& statement,
                   std::vector<ConditionText>& into) {
    const auto& written = policy.document().statements()[statement.index()].conditions;
    std::vector<ConditionText> all;
    for (std::size_t i = 0; i < statement.conditions().size(); ++i)
        all.push_back(textOf(statement.conditions()[i], i < written.size() ? written[i].op.text : std::string_view()));
    addEach(into, all);
}

// The statement that allows with the least conditions; one that surely applies before one that may.
void addAllowing(const std::vector<policy::PolicyRef>& policies, policy::RequestView& view, bool hasBoundary, Outcome& into) {
    const policy::CompiledPolicy* best = nullptr;
    const policy::CompiledStatement* chosen = nullptr;
    Truth how = Truth::False;
    for (const policy::PolicyRef& policy : policies) {
        for (const policy::CompiledStatement& each : policy->statements()) {
            if (each.effect() != policy::Effect::Allow || !each.coversAction(view.action())) continue;
            if (each.namesCaller(view.principal(), hasBoundary) == policy::Naming::None) continue;
            const Truth applies = each.applies(view);
            if (applies == Truth::False || applies < how) continue;
            if (applies == how && chosen != nullptr && chosen->conditions().size() <= each.conditions().size()) continue;
            best = policy.get();
            chosen = &each;
            how = applies;
        }
    }
    if (best == nullptr) return;
    into.policies.push_back(best->name());
    addConditions(*best, *chosen, into.conditions);
}

} // namespace

bool Subject::hasOpenNetwork() const {
    return std::any_of(networks.begin(), networks.end(), [](const NetworkGate& each) { return each.open; });
}

std::optional<Outcome> throughNetworks(const Subject& subject, const policy::Request& request, policy::PolicySet policies,
                                       const GapLists& gaps, Outcome outcome, const policy::WorldRules& world) {
    if (subject.networks.empty() || subject.hasOpenNetwork()) return outcome;
    std::optional<Outcome> best;
    for (const NetworkGate& gate : subject.networks) {
        if (!gate.policy && gate.gaps.empty()) continue;
        policies.resource = gate.policy;
        GapLists open = gaps;
        open.add(gate.gaps);
        auto through = outcomeOf(request, policies, std::move(open), world);
        if (!through || (best && best->decision == Decision::Allowed)) continue;
        Outcome joined = outcome;
        joined.decision = both(outcome.decision, through->decision);
        addOnce(joined.dependsOn, through->dependsOn);
        addOnce(joined.policies, through->policies);
        addOnce(joined.conditions, through->conditions);
        joined.gaps = std::move(through->gaps);
        if (!best || joined.decision == Decision::Allowed) best = std::move(joined);
    }
    return best;
}

Subject subjectOf(const Population& population, const std::string& action, const std::string& resource) {
    Question question;
    question.request.action = action;
    question.request.resource = resource;
    const Estate& estate = population.estate();
    addResourcePolicy(estate, question);
    Subject subject;
    subject.resource = question.resource;
    const bool isLattice = subject.resource != nullptr && subject.resource->kind == ResourceKind::LatticeService &&
                           foldedAscii(action).starts_with("vpc-lattice-svcs:");
    if (isLattice) subject.networks = networksOf(estate, *subject.resource);
    // A service without any authorization leaves it to its network.
    if (isLattice && subject.resource->authorization.type == "NONE" && !subject.networks.empty() && !subject.hasOpenNetwork()) {
        question.policies.resource = subject.networks.front().policy;
        std::erase_if(question.gaps, [](const Gap& each) { return each.layer == Layer::Resource; });
        question.gaps.insert(question.gaps.end(), subject.networks.front().gaps.begin(), subject.networks.front().gaps.end());
    }
    const auto parts = policy::ArnParts::split(resource);
    const std::string account = !question.request.resourceAccount.empty() ? question.request.resourceAccount
                                : parts                                   ? std::string(parts->account)
                                                                          : std::string();
    if ((account.size() == 12 || account == policy::unknownAccount) && account.find('*') == std::string::npos) subject.rcps = &population.rcps(account);
    addContext(estate, question);
    subject.gaps = std::move(question.gaps);
    subject.target = {std::move(question.request.action), std::move(question.request.resource),
                      std::move(question.request.resourceAccount), question.policies.resource,
                      std::move(question.request.context)};
    return subject;
}

std::optional<Outcome> outcomeOf(const policy::Request& request, const policy::PolicySet& policies, GapLists gaps,
                                 const policy::WorldRules& world) {
    Outcome outcome;
    policy::LayerSet blockedBy;
    bool trust = false;
    {
        policy::RequestView view(request, world);
        const policy::Verdict verdict = policy::decide(view, policies);
        outcome.decision = verdict.decision;
        blockedBy = verdict.blockedBy;
        trust = policy::bindingOf(view, policies).trust;
    }
    if (outcome.decision == Decision::Depends) {
        policy::Answer answer = policy::answer(request, world, policies);
        outcome.decision = answer.decision;
        outcome.dependsOn = std::move(answer.dependsOn);
        blockedBy = answer.blockedBy;
    }
    if (outcome.decision == Decision::ExplicitlyDenied) return std::nullopt;
    if (outcome.decision == Decision::ImplicitlyDenied) {
        if (!couldTurn(blockedBy, gaps)) return std::nullopt;
        outcome.decision = Decision::Depends;
    }
    if (!gaps.empty()) outcome.decision = Decision::Depends;
    policy::RequestView view(request, world);
    const bool hasBoundary = policies.boundary.has_value();
    addAllowing(policies.identity, view, hasBoundary, outcome);
    const bool both = trust || !view.sameAccount() || outcome.policies.empty();
    if (policies.resource && both) addAllowing({*policies.resource}, view, hasBoundary, outcome);
    outcome.gaps = std::move(gaps);
    return outcome;
}

policy::Request requestFor(const Subject& subject) {
    return {{}, subject.target.action, subject.target.resource, subject.target.resourceAccount, {}, {}};
}

std::optional<Outcome> outcomeFor(const Population& population, policy::ActorId id, const Subject& subject,
                                  policy::Request& scratch, const policy::WorldRules& world) {
    const policy::Actor& actor = population.actor(id);
    const Inhabitant& one = population.at(id);
    scratch.principal = actor.principal;
    scratch.facts = actor.facts;
    scratch.context = subject.target.context;
    for (const policy::Context::Entry& each : actor.context.entries())
        if (subject.target.context.find(each.key) == nullptr) scratch.context.set(each.key, each.value);
    GapLists gaps;
    gaps.add(one.gaps);
    gaps.add(subject.gaps);
    policy::LayerSet binds;
    {
        policy::RequestView view(scratch, world);
        const policy::CompiledPolicy* resource = subject.target.resourcePolicy ? subject.target.resourcePolicy->get() : nullptr;
        // Without the resource's organization, which only takes away.
        const policy::Verdict verdict = policy::decide(view, actor.policies, resource);
        const bool denied = verdict.decision == Decision::ExplicitlyDenied ||
                            (verdict.decision == Decision::ImplicitlyDenied && !couldTurn(verdict.blockedBy, gaps));
        if (denied) return std::nullopt;
        policy::PolicySet any;
        any.scp.emplace();
        any.rcp.emplace();
        binds = policy::bindingOf(view, any).binds;
    }
    if (one.scps != nullptr && binds.has(Layer::Scp)) gaps.add(one.scps->gaps);
    policy::PolicySet policies = actor.policies;
    policies.resource = subject.target.resourcePolicy;
    if (binds.has(Layer::Rcp)) {
        const AccountLimits& rcps = subject.rcps != nullptr ? *subject.rcps : population.rcps(actor.principal.account());
        policies.rcp = rcps.levels;
        gaps.add(rcps.gaps);
    }
    auto outcome = outcomeOf(scratch, policies, gaps, world);
    return outcome ? throughNetworks(subject, scratch, std::move(policies), gaps, std::move(*outcome), world) : std::nullopt;
}

Decision both(Decision one, Decision other) {
    return one == Decision::Allowed && other == Decision::Allowed ? Decision::Allowed : Decision::Depends;
}

void addOnce(std::vector<std::string>& into, const std::vector<std::string>& from) {
    addEach(into, from);
}
void addOnce(std::vector<ConditionText>& into, const std::vector<ConditionText>& from) {
    addEach(into, from);
}

} // namespace gw::estate
