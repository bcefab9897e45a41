#include "models/estate/reach/strangers.h"

#include "models/estate/question_parts.h"

#include <set>

namespace gw::estate {
namespace {

using policy::NamedPrincipal;
using policy::PrincipalKind;

ReachKind kindOf(PrincipalKind kind) {
    switch (kind) {
    case PrincipalKind::Role:
    case PrincipalKind::RoleSession:
        return ReachKind::Role;
    case PrincipalKind::User:
    case PrincipalKind::FederatedUser:
        return ReachKind::User;
    case PrincipalKind::SamlProvider:
    case PrincipalKind::WebIdentity:
        return ReachKind::Federated;
    case PrincipalKind::Service:
        return ReachKind::Service;
    default:
        return ReachKind::Anyone;
    }
}

bool isLeftOut(const Population& population, const policy::Principal& who) {
    switch (who.kind()) {
    case PrincipalKind::Root:
        return !population.assumers(who.account()).empty() || population.estate().account(who.account()) != nullptr;
    case PrincipalKind::Role:
    case PrincipalKind::User:
        return population.find(who.text()).has_value();
    case PrincipalKind::CanonicalUser:
        return true; // whose account it is, nothing here tells
    default:
        return false;
    }
}

} // namespace

std::optional<Outcome> outcomeForAnyone(const Subject& subject, const policy::WorldRules& world) {
    policy::Request request = requestFor(subject);
    request.principal = *policy::Principal::parse("*");
    request.facts.anonymous = true;
    request.context = subject.target.context;
    for (const char* each : {"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn", "aws:userid", "aws:username",
                             "aws:PrincipalIsAWSService", "aws:PrincipalServiceName"})
        request.context.set(policy::Key(each), std::nullopt);
    policy::PolicySet policies;
    policies.resource = subject.target.resourcePolicy;
    GapLists gaps;
    gaps.add(subject.gaps);
    if (subject.rcps != nullptr) {
        policies.rcp = subject.rcps->levels;
        policy::PolicySet any;
        any.rcp.emplace();
        if (policy::bindingOf(policy::RequestView(request, world), any).binds.has(policy::Layer::Rcp))
            gaps.add(subject.rcps->gaps);
    }
    // A policy that is not known may name anybody: that is told, and no way in.
    if (!policies.resource) return std::nullopt;
    auto outcome = outcomeOf(request, policies, gaps, world);
    return outcome ? throughNetworks(subject, request, std::move(policies), gaps, std::move(*outcome), world) : std::nullopt;
}

void findStrangers(const Population& population, const Subject& subject, const policy::WorldRules& world,
                   std::vector<std::unique_ptr<Stranger>>& found) {
    if (!subject.target.resourcePolicy) return;
    const std::string action = foldedAscii(subject.target.action);
    std::set<std::string> named;
    for (const policy::CompiledStatement& each : (*subject.target.resourcePolicy)->statements()) {
        if (each.effect() != policy::Effect::Allow || !each.coversAction(action)) continue;
        if (each.isNotPrincipal()) named.insert("*");
        for (const NamedPrincipal& one : each.principals())
            named.insert(one.type() == NamedPrincipal::Type::Everyone ? "*" : one.text());
    }
    for (const std::string& text : named) {
        auto one = std::make_unique<Stranger>();
        one->text = text;
        if (text == "*") {
            auto outcome = outcomeForAnyone(subject, world);
            if (!outcome) continue;
            one->outcome = std::move(*outcome);
            found.push_back(std::move(one));
            continue;
        }
        auto principal = policy::Principal::parse(text);
        if (!principal || isLeftOut(population, *principal)) continue;
        one->kind = kindOf(principal->kind());
        policy::Request request = requestFor(subject);
        request.principal = std::move(*principal);
        request.context = subject.target.context;
        Question question = makeQuestion(population.estate(), std::move(request));
        if (one->kind == ReachKind::Anyone) one->text = question.request.principal.principalArn();
        one->gaps = std::move(question.gaps);
        GapLists gaps;
        gaps.add(one->gaps);
        if (!subject.networks.empty()) question.policies.resource = subject.target.resourcePolicy;
        auto outcome = outcomeOf(question.request, question.policies, gaps, world);
        if (outcome) outcome = throughNetworks(subject, question.request, question.policies, gaps, std::move(*outcome), world);
        if (!outcome) continue;
        one->outcome = std::move(*outcome);
        found.push_back(std::move(one));
    }
}

} // namespace gw::estate
