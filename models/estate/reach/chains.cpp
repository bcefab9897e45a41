#include "models/estate/reach/chains.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <set>

namespace gw::estate {
namespace {

using policy::ActorId;

constexpr const char* assumeRole = "sts:AssumeRole";

// Every run of exactly twelve digits.
std::set<std::string_view> accountsIn(std::string_view text) {
    std::set<std::string_view> accounts;
    for (std::size_t i = 0; i < text.size();) {
        if (!isDigit(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isDigit(text[end])) ++end;
        if (end - i == 12) accounts.insert(text.substr(i, 12));
        i = end;
    }
    return accounts;
}

// Whom a trust policy may mean. False: everybody.
bool namedBy(const Population& population, const policy::CompiledPolicy& trust, std::set<ActorId>& named) {
    for (const policy::CompiledStatement& each : trust.statements()) {
        if (each.effect() != policy::Effect::Allow || !each.coversAction("sts:assumerole")) continue;
        if (each.isNotPrincipal()) return false;
        for (const policy::NamedPrincipal& one : each.principals()) {
            if (one.type() == policy::NamedPrincipal::Type::Everyone) return false;
            if (one.type() != policy::NamedPrincipal::Type::Aws || !one.parsed()) continue;
            const policy::Principal& who = *one.parsed();
            if (who.kind() == policy::PrincipalKind::Root) {
                const auto& all = population.assumers(who.account());
                named.insert(all.begin(), all.end());
            } else if (const auto id = population.find(who.text())) {
                named.insert(*id);
            }
        }
    }
    return true;
}

} // namespace

void Chains::consider(ActorId from, const Subject& role, ActorId to, std::vector<Assumption>& into) {
    if (from == to) return;
    ++evaluated_;
    policy::Request request = requestFor(role);
    if (auto outcome = outcomeFor(population_, from, role, request, world_)) into.push_back({from, to, std::move(*outcome)});
}

const std::vector<Assumption>& Chains::into(ActorId role) {
    const auto [kept, fresh] = into_.try_emplace(static_cast<std::uint32_t>(role));
    const Role* one = population_.at(role).role;
    if (!fresh || one == nullptr) return kept->second;
    const Subject subject = subjectOf(population_, assumeRole, one->arn);
    std::set<ActorId> named;
    if (!subject.target.resourcePolicy || !namedBy(population_, **subject.target.resourcePolicy, named)) {
        // In its own account nobody needs a policy for what a trust policy gives to everybody. Of one that is not known, others
        // than those of its account are not looked for.
        const auto& own = population_.of(one->account);
        named.insert(own.begin(), own.end());
        const auto& all = population_.assumers();
        if (subject.target.resourcePolicy) named.insert(all.begin(), all.end());
    }
    for (const ActorId each : named) consider(each, subject, role, kept->second);
    return kept->second;
}

void Chains::indexTrusts() {
    if (indexed_) return;
    indexed_ = true;
    for (std::size_t i = 0; i < population_.size(); ++i) {
        const auto id = static_cast<ActorId>(i);
        const Role* role = population_.at(id).role;
        if (role == nullptr) continue;
        if (!role->trust) {
            trusting_[role->account].push_back(id);
            continue;
        }
        const std::string_view text = role->trust->text;
        for (const std::string_view each : accountsIn(text)) trusting_[std::string(each)].push_back(id);
        // Escapes hide digits, and may hide anything else.
        if (text.find_first_of("*%\\") != std::string_view::npos || text.find("NotPrincipal") != std::string_view::npos)
            trustingAny_.push_back(id);
    }
}

const std::vector<Assumption>& Chains::outOf(ActorId from) {
    const auto [kept, fresh] = outOf_.try_emplace(static_cast<std::uint32_t>(from));
    if (!fresh) return kept->second;
    indexTrusts();
    std::set<ActorId> roles(trustingAny_.begin(), trustingAny_.end());
    if (const auto known = trusting_.find(population_.actor(from).principal.account()); known != trusting_.end())
        roles.insert(known->second.begin(), known->second.end());
    for (const ActorId each : roles) {
        const Subject subject = subjectOf(population_, assumeRole, population_.at(each).role->arn);
        consider(from, subject, each, kept->second);
    }
    return kept->second;
}

} // namespace gw::estate
