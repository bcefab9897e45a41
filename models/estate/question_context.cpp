#include "models/estate/question_parts.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/unknown_place.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::ContextValue;
using policy::Key;
using policy::PrincipalKind;

class ContextAdder {
public:
    explicit ContextAdder(Question& question) : question_(question) {}

    void one(std::string name, std::string value, Origin origin) {
        if (!value.empty()) add(std::move(name), ContextValue::one(std::move(value)), origin);
    }
    void list(std::string name, std::string value, Origin origin) {
        if (!value.empty()) add(std::move(name), ContextValue::many({std::move(value)}), origin);
    }

private:
    void add(std::string name, ContextValue value, Origin origin) {
        Key key(name);
        if (question_.request.context.find(key) != nullptr) return;
        question_.told.push_back({std::move(name), value.values, origin});
        question_.request.context.set(std::move(key), std::move(value));
    }
    Question& question_;
};

void addOrganization(const Estate& estate, ContextAdder& add, std::string_view account, const std::string& prefix) {
    const std::string path = estate.pathOf(account);
    const bool member = !path.empty() || estate.account(account) != nullptr;
    if (!member || estate.organization().id.empty() || account.empty()) return;
    // Accounts of which only the roles were dumped may belong to any organization, or to none.
    if (path.empty() && estate.account(account)->arn.find(estate.organization().id) == std::string::npos) return;
    add.one(prefix + "OrgID", estate.organization().id, Origin::Organization);
    add.list(prefix + "OrgPaths", path, Origin::Organization);
}

// Whether sessions of the role may bring tags, which win over those of the role. Tags that are passed on from one session to
// the next need the same permission (IAM User Guide, "Pass session tags in AWS STS").
bool mayBringTags(const Estate& estate, const Role& role) {
    if (!role.trust || !role.trust->known) return true;
    const auto trust = estate.compiled(*role.trust, policy::DocumentKind::Trust);
    if (!trust) return true;
    const auto& statements = (*trust)->statements();
    return std::any_of(statements.begin(), statements.end(), [](const policy::CompiledStatement& each) {
        return each.effect() == policy::Effect::Allow && each.coversAction("sts:tagsession");
    });
}

} // namespace

void addContext(const Estate& estate, Question& question) {
    const policy::Request& request = question.request;
    for (const policy::Context::Entry& each : request.context.entries())
        question.told.push_back(
            {each.key.written(), each.value ? each.value->values : std::vector<std::string>(), Origin::Request});
    ContextAdder add(question);
    const policy::Principal principal = request.principal;
    if (question.role != nullptr) {
        const Role& role = *question.role;
        add.one("aws:PrincipalArn", role.arn, Origin::PrincipalArn);
        if (!principal.sessionName().empty() && !role.id.empty())
            add.one("aws:userid", role.id + ":" + principal.sessionName(), Origin::PrincipalId);
        // The estate does not hold sessions: where they may bring tags of their own, the role's say nothing for certain.
        if (!role.tags.empty() && !mayBringTags(estate, role))
            for (const auto& [key, value] : role.tags) add.one("aws:PrincipalTag/" + key, value, Origin::PrincipalTag);
    }
    if (question.user != nullptr && principal.kind() == PrincipalKind::User) {
        add.one("aws:userid", question.user->id, Origin::PrincipalId);
        for (const auto& [key, value] : question.user->tags) add.one("aws:PrincipalTag/" + key, value, Origin::PrincipalTag);
    }
    if (principal.belongsToAccount()) addOrganization(estate, add, principal.account(), "aws:Principal");
    const auto parts = policy::ArnParts::split(request.resource);
    const std::string account = !request.resourceAccount.empty()       ? request.resourceAccount
                                : parts && (parts->account.size() == 12 || parts->account == policy::unknownAccount) ? std::string(parts->account)
                                                                       : std::string();
    if (!account.empty()) addOrganization(estate, add, account, "aws:Resource");
    if (parts && parts->region != policy::unknownRegion && parts->region.find_first_of("*?") == std::string_view::npos)
        add.one("aws:RequestedRegion", std::string(parts->region), Origin::ResourceArn);
}

std::string sessionArn(const Role& role, std::string_view session) {
    const auto parts = policy::ArnParts::split(role.arn);
    return "arn:" + std::string(parts ? parts->partition : "aws") + ":sts::" + role.account + ":assumed-role/" + role.name + "/" +
           std::string(session);
}

std::vector<policy::Actor> actorsOf(const Estate& estate) {
    std::vector<policy::Actor> actors;
    const auto add = [&](const std::string& arn) {
        auto principal = policy::Principal::parse(arn);
        if (!principal) return;
        Question question;
        question.request.principal = std::move(*principal);
        addPrincipalPolicies(estate, question);
        addContext(estate, question);
        actors.push_back({question.request.principal, std::move(question.policies), question.request.facts,
                          std::move(question.request.context), !question.gaps.empty()});
    };
    actors.reserve(estate.roles().size() + estate.users().size());
    for (const Role& each : estate.roles()) add(each.arn);
    for (const User& each : estate.users()) add(each.arn);
    return actors;
}

policy::Target targetFor(const Estate& estate, std::string action, std::string resource) {
    Question question;
    question.request.action = std::move(action);
    question.request.resource = std::move(resource);
    addResourcePolicy(estate, question);
    addResourceOrganization(estate, question);
    addContext(estate, question);
    return {std::move(question.request.action),
            std::move(question.request.resource),
            std::move(question.request.resourceAccount),
            question.policies.resource,
            std::move(question.request.context),
            std::move(question.policies.rcp),
            !question.gaps.empty()};
}

} // namespace gw::estate
