#include "models/policy/access_index.h"

#include <algorithm>
#include <set>

namespace gw::policy {
namespace {

std::size_t place(ActorId id) {
    return static_cast<std::size_t>(id);
}

bool grantsTo(const CompiledPolicy& policy, const Principal& principal) {
    return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const CompiledStatement& each) {
        return each.effect() == Effect::Allow && each.namesCaller(principal, false) != Naming::None;
    });
}

// Without principal and context, which evaluate() fills in for each actor.
Request requestFor(const Target& target) {
    return {{}, target.action, target.resource, target.resourceAccount, {}, {}};
}

// Services in its Allow statements, folded; "*" for all of them.
std::vector<std::string> servicesOf(const Actor& actor) {
    // A root user can do everything that nobody forbids.
    if (actor.principal.kind() == PrincipalKind::Root) return {"*"};
    std::set<std::string> services;
    for (const PolicyRef& policy : actor.policies.identity) {
        for (const CompiledStatement& statement : policy->statements()) {
            if (statement.effect() == Effect::Deny) continue;
            if (statement.isNotAction()) return {"*"};
            for (const Text& action : policy->document().statements()[statement.index()].actions) {
                std::string service = foldedAscii(action.text.substr(0, action.text.find(':')));
                if (service.find_first_of("*?") != std::string::npos) return {"*"};
                services.insert(std::move(service));
            }
        }
    }
    return {services.begin(), services.end()};
}

} // namespace

ActorId AccessIndex::add(Actor actor) {
    const auto id = static_cast<ActorId>(slots_.size());
    slots_.emplace_back(std::move(actor));
    changes_.push_back(id);
    ++live_;
    post(id);
    return id;
}

void AccessIndex::replace(ActorId id, Actor actor) {
    if (find(id) == nullptr) return;
    unpost(id);
    slots_[place(id)] = std::move(actor);
    changes_.push_back(id);
    post(id);
}

void AccessIndex::remove(ActorId id) {
    if (find(id) == nullptr) return;
    unpost(id);
    slots_[place(id)].reset();
    changes_.push_back(id);
    --live_;
}

const Actor* AccessIndex::find(ActorId id) const {
    if (place(id) >= slots_.size() || !slots_[place(id)]) return nullptr;
    return &*slots_[place(id)];
}

void AccessIndex::post(ActorId id) {
    for (const std::string& service : servicesOf(*slots_[place(id)])) {
        auto& list = postings_[service];
        if (list.empty() || list.back() < id)
            list.push_back(id);
        else
            list.insert(std::lower_bound(list.begin(), list.end(), id), id);
    }
}

void AccessIndex::unpost(ActorId id) {
    for (const std::string& service : servicesOf(*slots_[place(id)])) {
        auto& list = postings_[service];
        const auto at = std::lower_bound(list.begin(), list.end(), id);
        if (at != list.end() && *at == id) list.erase(at);
    }
}

std::vector<ActorId> AccessIndex::candidates(const Target& target) const {
    const std::string service = foldedAscii(target.action.substr(0, target.action.find(':')));
    // Nobody can be denied this one.
    if (foldedAscii(target.action) == "sts:getcalleridentity") {
        std::vector<ActorId> all;
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i]) all.push_back(static_cast<ActorId>(i));
        return all;
    }
    std::vector<ActorId> all;
    const auto merge = [&](std::string_view name) {
        const auto known = postings_.find(name);
        if (known == postings_.end()) return;
        std::vector<ActorId> both;
        std::set_union(all.begin(), all.end(), known->second.begin(), known->second.end(), std::back_inserter(both));
        all = std::move(both);
    };
    merge(service);
    merge("*");
    if (!target.resourcePolicy) return all;
    std::vector<ActorId> named, both;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i] && grantsTo(**target.resourcePolicy, slots_[i]->principal))
            named.push_back(static_cast<ActorId>(i));
    std::set_union(all.begin(), all.end(), named.begin(), named.end(), std::back_inserter(both));
    return both;
}

std::optional<AccessIndex::Row> AccessIndex::evaluate(ActorId id, const Target& target, Request& request,
                                                      const WorldRules& world) const {
    const Actor& actor = *slots_[place(id)];
    request.principal = actor.principal;
    request.facts = actor.facts;
    request.context = target.context;
    for (const Context::Entry& each : actor.context.entries())
        if (target.context.find(each.key) == nullptr) request.context.set(each.key, each.value);
    const CompiledPolicy* resource = target.resourcePolicy ? target.resourcePolicy->get() : nullptr;
    const Decision certain = actor.partial || target.partial ? Decision::Depends : Decision::Allowed;
    // Few resources are bound by policies of their own account's organisation, and copying those of every actor takes time.
    std::optional<PolicySet> bound;
    if (target.rcp) {
        bound = actor.policies;
        bound->rcp = target.rcp;
    }
    const PolicySet& policies = bound ? *bound : actor.policies;
    Decision decision;
    {
        RequestView view(request, world);
        decision = decide(view, policies, resource).decision;
    }
    if (decision == Decision::Allowed) return Row{id, certain, {}};
    if (decision != Decision::Depends) return std::nullopt;
    PolicySet whole = policies;
    whole.resource = target.resourcePolicy;
    Answer full = policy::answer(request, world, whole);
    if (full.decision == Decision::Allowed) return Row{id, certain, {}};
    if (full.decision != Decision::Depends) return std::nullopt;
    return Row{id, full.decision, std::move(full.dependsOn)};
}

AccessIndex::Question::Question(const AccessIndex& index, Target target, WorldRules world)
    : index_(&index), target_(std::move(target)), request_(requestFor(target_)), world_(std::move(world)) {}

void AccessIndex::Question::consider(ActorId id) {
    ++evaluated_;
    auto row = index_->find(id) == nullptr ? std::nullopt : index_->evaluate(id, target_, request_, world_);
    if (row)
        rows_.insert_or_assign(id, std::move(*row));
    else
        rows_.erase(id);
}

std::vector<AccessIndex::Row> AccessIndex::Question::answer() {
    evaluated_ = 0;
    if (!seen_) {
        for (const ActorId id : index_->candidates(target_)) consider(id);
    } else {
        const auto& changes = index_->changes_;
        const std::set<ActorId> changed(changes.begin() + static_cast<std::ptrdiff_t>(*seen_), changes.end());
        for (const ActorId id : changed) consider(id);
    }
    seen_ = index_->changes_.size();
    std::vector<Row> rows;
    rows.reserve(rows_.size());
    for (const auto& [id, row] : rows_) rows.push_back(row);
    return rows;
}

std::vector<std::pair<std::size_t, Decision>> AccessIndex::whatCan(ActorId id, const std::vector<Target>& targets,
                                                                   const WorldRules& world) const {
    std::vector<std::pair<std::size_t, Decision>> reached;
    if (find(id) == nullptr) return reached;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Request request = requestFor(targets[i]);
        if (const auto row = evaluate(id, targets[i], request, world)) reached.emplace_back(i, row->decision);
    }
    return reached;
}

} // namespace gw::policy
