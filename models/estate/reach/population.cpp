#include "models/estate/reach/population.h"

#include "models/estate/question_parts.h"

#include <algorithm>

namespace gw::estate {
namespace {

bool mayAssume(const policy::PolicySet& policies) {
    return std::any_of(policies.identity.begin(), policies.identity.end(), [](const policy::PolicyRef& each) {
        return std::any_of(each->statements().begin(), each->statements().end(), [](const policy::CompiledStatement& statement) {
            return statement.effect() == policy::Effect::Allow && statement.coversAction("sts:assumerole");
        });
    });
}

} // namespace

Population::Population(const Estate& estate) : estate_(estate) {
    inhabitants_.reserve(estate.roles().size() + estate.users().size());
    byArn_.reserve(inhabitants_.capacity());
    for (const Role& each : estate.roles()) add(each.arn);
    for (const User& each : estate.users()) add(each.arn);
}

void Population::add(const std::string& arn) {
    auto principal = policy::Principal::parse(arn);
    if (!principal || byArn_.contains(arn)) return;
    Question question;
    question.request.principal = std::move(*principal);
    addOwnPolicies(estate_, question);
    if (question.role == nullptr && question.user == nullptr) return;
    Inhabitant one;
    one.role = question.role;
    one.user = question.user;
    if (one.arn() != arn) return; // the same name with another path: AWS has but one of them
    const policy::Principal& who = question.request.principal;
    if (!question.request.facts.serviceLinkedRole && !who.isServiceLinkedRole()) {
        one.scps = &limits(who.account(), false);
        question.policies.scp = one.scps->levels;
    }
    addContext(estate_, question);
    one.gaps = std::move(question.gaps);
    one.assumes = mayAssume(question.policies);
    const auto id = index_.add({who, std::move(question.policies), question.request.facts, std::move(question.request.context)});
    byArn_.emplace(arn, id);
    byAccount_[index_.find(id)->principal.account()].push_back(id);
    if (one.assumes || !one.gaps.empty()) {
        assumers_[index_.find(id)->principal.account()].push_back(id);
        allAssumers_.push_back(id);
    }
    if (!one.gaps.empty()) withGaps_.push_back(id);
    inhabitants_.push_back(std::move(one));
}

std::optional<policy::ActorId> Population::find(std::string_view arn) const {
    const auto known = byArn_.find(std::string(arn));
    return known == byArn_.end() ? std::nullopt : std::optional(known->second);
}

namespace {

const std::vector<policy::ActorId>& listed(const std::unordered_map<std::string, std::vector<policy::ActorId>>& lists,
                                           std::string_view account) {
    static const std::vector<policy::ActorId> none;
    const auto known = lists.find(std::string(account));
    return known == lists.end() ? none : known->second;
}

} // namespace

const std::vector<policy::ActorId>& Population::of(std::string_view account) const {
    return listed(byAccount_, account);
}

const std::vector<policy::ActorId>& Population::assumers(std::string_view account) const {
    return listed(assumers_, account);
}

const AccountLimits& Population::rcps(const std::string& account) const {
    return limits(account, true);
}

const AccountLimits& Population::limits(const std::string& account, bool resourceControl) const {
    auto& known = (resourceControl ? rcps_ : scps_)[account];
    if (known) return *known;
    known = std::make_unique<AccountLimits>();
    // Asked for as any of the account's own would ask.
    Question question;
    auto principal = policy::Principal::parse("arn:aws:iam::" + account + ":role/any");
    if (!principal) return *known;
    if (resourceControl) {
        question.request.action = "sts:AssumeRole"; // of a service that they bind
        question.request.resource = principal->text();
        addResourceOrganization(estate_, question);
        known->levels = std::move(question.policies.rcp);
    } else {
        question.request.principal = std::move(*principal);
        addPrincipalOrganization(estate_, question);
        known->levels = std::move(question.policies.scp);
    }
    known->gaps = std::move(question.gaps);
    return *known;
}

} // namespace gw::estate
