#include "models/estate/reach_counts.h"

#include "models/estate/question_parts.h"
#include "models/policy/answer.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::estate {
namespace {

using policy::Decision;
using policy::NamedPrincipal;
using Sort = Reachable::Sort;

struct Usual {
    Sort sort;
    std::string_view action, suffix; // the latter behind the ARN
};

// What one does with a resource of a kind. Routes of which a call needs no signature are nobody's by their role.
std::optional<Usual> usualOf(const Resource& resource) {
    switch (resource.kind) {
    case ResourceKind::Route:
        if (!resource.authorization.type.empty() && resource.authorization.type != "AWS_IAM") return std::nullopt;
        return Usual{Sort::Route, "execute-api:Invoke", ""};
    case ResourceKind::Function:
        return Usual{Sort::Function, "lambda:InvokeFunction", ""};
    case ResourceKind::TaskDefinition:
        return Usual{Sort::Task, "ecs:RunTask", ""};
    case ResourceKind::VirtualNode:
    case ResourceKind::VirtualGateway:
        return Usual{Sort::MeshService, "appmesh:StreamAggregatedResources", ""};
    case ResourceKind::LatticeService:
        return Usual{Sort::MeshService, "vpc-lattice-svcs:Invoke", "/"};
    case ResourceKind::Bucket:
        return Usual{Sort::Other, "s3:GetObject", "/x"};
    case ResourceKind::Key:
        return Usual{Sort::Other, "kms:Decrypt", ""};
    case ResourceKind::Queue:
        return Usual{Sort::Other, "sqs:SendMessage", ""};
    case ResourceKind::Topic:
        return Usual{Sort::Other, "sns:Publish", ""};
    case ResourceKind::Secret:
        return Usual{Sort::Other, "secretsmanager:GetSecretValue", ""};
    default:
        return std::nullopt;
    }
}

std::uint32_t& counterOf(ReachCounts& counts, Sort sort) {
    switch (sort) {
    case Sort::Route:
        return counts.routes;
    case Sort::MeshService:
        return counts.meshServices;
    case Sort::Task:
        return counts.tasks;
    case Sort::Function:
        return counts.functions;
    case Sort::Role:
        return counts.roles;
    case Sort::Other:
        break;
    }
    return counts.other;
}

policy::DocumentKind kindOf(Sort sort) {
    return sort == Sort::Role ? policy::DocumentKind::Trust : policy::DocumentKind::Resource;
}

// Accounts that an Allow names, "*" for all.
std::set<std::string> namedAccounts(const policy::CompiledPolicy& policy) {
    std::set<std::string> accounts;
    for (const policy::CompiledStatement& statement : policy.statements()) {
        if (statement.effect() == policy::Effect::Deny) continue;
        if (statement.isNotPrincipal()) accounts.insert("*");
        for (const NamedPrincipal& each : statement.principals()) {
            if (each.type() == NamedPrincipal::Type::Everyone || each.text() == "*") accounts.insert("*");
            if (each.type() == NamedPrincipal::Type::Aws && each.parsed()) accounts.insert(each.parsed()->account());
        }
    }
    return accounts;
}

} // namespace

Reachable::Reachable(const Estate& estate) : estate_(estate) {
    for (const Resource& each : estate.resources()) add(each);
    for (const Role& each : estate.roles()) add(each);
    for (const ControlPolicy& each : estate.controlPolicies()) resourceControl_ = resourceControl_ || each.resource;

    std::map<std::pair<std::string, std::string>, Place> byPlace;
    for (const One& each : all_) {
        const auto parts = policy::ArnParts::split(each.resource);
        byPlace[{each.account, std::string(parts ? parts->region : "")}].all.push_back(&each);
        if (each.policy == nullptr) continue;
        const auto policy = pool_.get(*each.policy, kindOf(each.sort));
        if (!policy) continue;
        for (const std::string& account : namedAccounts(**policy))
            if (account != each.account) open_[account].push_back(&each);
    }
    for (auto& [key, place] : byPlace) places_[key.first].push_back(std::move(place));
}

void Reachable::add(const Resource& resource) {
    const auto usual = usualOf(resource);
    if (!usual || resource.arn.empty()) return;
    One one{usual->sort,      std::string(usual->action), foldedAscii(usual->action), resource.arn + std::string(usual->suffix),
            resource.account, nullptr,                    false};
    const Resource* owner = resource.kind == ResourceKind::Route ? estate_.resourceFor(resource.arn) : &resource;
    one.policyUntold = owner == nullptr || !owner->policyKnown;
    if (owner != nullptr && owner->policyKnown && owner->policy) one.policy = &*owner->policy;
    if (one.account.empty() && owner != nullptr) one.account = owner->account;
    all_.push_back(std::move(one));
}

void Reachable::add(const Role& role) {
    if (!role.trust || !role.trust->known) return;
    const auto policy = pool_.get(*role.trust, policy::DocumentKind::Trust);
    if (!policy || namedAccounts(**policy).empty()) return;
    all_.push_back({Sort::Role, "sts:AssumeRole", "sts:assumerole", role.arn, role.account, &*role.trust, false});
}

const std::vector<Reachable::Place>& Reachable::placesOf(const std::string& account) const {
    static const std::vector<Place> none;
    const auto known = places_.find(account);
    return known == places_.end() ? none : known->second;
}

std::vector<const Reachable::One*> Reachable::openTo(const std::string& account) const {
    std::vector<const One*> open;
    for (const std::string& each : {account, std::string("*")})
        if (const auto known = open_.find(each); known != open_.end())
            std::copy_if(known->second.begin(), known->second.end(), std::back_inserter(open),
                         [&](const One* one) { return one->account != account; });
    return open;
}

namespace {

class Counting {
public:
    Counting(const Estate& estate, const Reachable& reachable, RoleAccess& access)
        : estate_(estate), reachable_(reachable), access_(access), question_(access.question()), base_(question_.request.context) {}

    ReachCounts run() {
        const std::string account = question_.request.principal.account();
        for (const Reachable::Place& place : reachable_.placesOf(account)) {
            look(*place.all.front());
            for (const Reachable::One* each : place.all) consider(*each, true);
        }
        for (const Reachable::One* each : reachable_.openTo(account)) {
            if (!speaksOf(each->foldedAction)) continue;
            look(*each);
            consider(*each, false);
        }
        question_.request.context = base_;
        question_.policies.rcp.reset();
        counts_.services = access_.services();
        counts_.complete = counts_.complete && question_.gaps.empty();
        return counts_;
    }

private:
    // What follows from where it is.
    void look(const Reachable::One& one) {
        question_.request.context = base_;
        question_.request.resource = one.resource;
        question_.request.resourceAccount = one.account;
        addContext(estate_, question_);
        question_.told.clear();
    }

    bool speaksOf(const std::string& foldedAction) {
        const auto known = speaks_.find(foldedAction);
        if (known != speaks_.end()) return known->second;
        return speaks_[foldedAction] = access_.speaksOf(foldedAction);
    }

    void consider(const Reachable::One& one, bool own) {
        if (one.resource == question_.request.principal.principalArn()) return;
        if (!speaksOf(one.foldedAction) && (!own || one.policy == nullptr)) return;
        policy::Request& request = question_.request;
        request.action = one.action;
        request.resource = one.resource;
        request.resourceAccount = one.account;
        policy::PolicyRef resource;
        if (one.policy != nullptr) {
            auto policy = access_.pool().get(*one.policy, kindOf(one.sort));
            if (!policy) return;
            resource = std::move(*policy);
        }
        if (reachable_.hasResourceControl()) {
            question_.policies.rcp.reset();
            question_.rcpTargets.clear();
            addResourceOrganization(estate_, question_);
        }
        Decision decision;
        {
            policy::RequestView view(request, access_.world());
            decision = policy::decide(view, question_.policies, resource.get()).decision;
        }
        if (decision == Decision::Depends) {
            policy::PolicySet policies = question_.policies;
            if (resource != nullptr) policies.resource = resource;
            decision = policy::answer(request, access_.world(), policies).decision;
        }
        if (decision != Decision::Allowed && decision != Decision::Depends) return;
        ++counterOf(counts_, one.sort);
        if (decision == Decision::Depends) ++counts_.depends;
        if (one.policyUntold) counts_.complete = false;
    }

    const Estate& estate_;
    const Reachable& reachable_;
    RoleAccess& access_;
    Question& question_;
    policy::Context base_;
    std::map<std::string, bool, std::less<>> speaks_;
    ReachCounts counts_;
};

} // namespace

ReachCounts countReach(const Estate& estate, const Reachable& reachable, RoleAccess& access) {
    return Counting(estate, reachable, access).run();
}

} // namespace gw::estate
