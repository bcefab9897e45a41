// Ways to all permissions, asked of the evaluator: by what one may do to every object of a kind, or to one that has them already
// or that one has oneself.
#include "models/estate/role_access.h"

#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::estate {

using policy::lint::PrivilegeAsk;
using policy::lint::PrivilegePath;

std::vector<Escalation> RoleAccess::escalations(bool first) {
    std::vector<Escalation> found;
    const std::string account = question_.request.principal.account();
    for (const PrivilegePath& path : policy::lint::privilegePaths()) {
        std::string through;
        const auto isOpen = [&](const PrivilegeAsk& each) {
            if (each.action.empty()) return true;
            if (!speaksOf(foldedAscii(each.action))) return false;
            if (may(each.action, policy::lint::inAccount(each.resource, account))) return true;
            const auto one = throughOne(each, path);
            if (one) through = *one;
            return one.has_value();
        };
        // What is passed costs most to find out.
        if (!std::all_of(path.asks.rbegin(), path.asks.rend(), isOpen)) continue;
        found.push_back({path.name, std::move(through)});
        if (first) break;
    }
    return found;
}

std::optional<std::string> RoleAccess::throughOne(const PrivilegeAsk& ask, const PrivilegePath& path) {
    const policy::Context told = question_.request.context;
    if (!path.service.empty()) question_.request.context.set("iam:PassedToService", std::string(path.service));
    std::optional<std::string> found;
    for (const std::string& each : stepsFor(foldedAscii(ask.action), path.service))
        if (may(ask.action, each)) {
            found = each;
            break;
        }
    question_.request.context = told;
    if (found || (ask.action != "iam:PutRolePolicy" && ask.action != "iam:AttachRolePolicy")) return found;
    // Whoever may give to a role that he may take on.
    for (const Role* each : privileged_.rolesOf(question_.request.principal.account()))
        if (each != question_.role && may(ask.action, each->arn) && mayTakeOn(*each)) return each->arn;
    return found;
}

// What of the estate is worth asking for: what is privileged, and where it is given something what one has oneself.
std::vector<std::string> RoleAccess::stepsFor(std::string_view action, std::string_view service) {
    const policy::Principal& who = question_.request.principal;
    const std::string& account = who.account();
    const std::string own = question_.role != nullptr ? question_.role->arn : who.principalArn();
    const auto without = [&](std::vector<std::string> all) {
        std::erase(all, own);
        return all;
    };
    if (action == "iam:passrole") return privileged_.passed(account, service);
    if (action == "iam:updateassumerolepolicy") return without(privileged_.roles(account));
    if (action == "lambda:updatefunctioncode") return privileged_.functions(account);
    if (action == "iam:createaccesskey" || action == "iam:createloginprofile" || action == "iam:updateloginprofile")
        return without(privileged_.users(account));
    if (action == "iam:createpolicyversion") return ownPolicies();
    if (action == "iam:putrolepolicy" || action == "iam:attachrolepolicy")
        return question_.role != nullptr ? std::vector{own} : std::vector<std::string>();
    if (question_.user == nullptr) return {};
    if (action == "iam:putuserpolicy" || action == "iam:attachuserpolicy") return {own};
    if (action == "iam:addusertogroup") return privileged_.groups(account);
    if (action == "iam:putgrouppolicy" || action == "iam:attachgrouppolicy") {
        std::vector<std::string> groups;
        for (const std::string& each : question_.user->groups)
            if (const Group* group = estate_.group(account, each)) groups.push_back(group->arn);
        return groups;
    }
    return {};
}

// Attached ones that are not AWS's: a new version of one of them is a new policy of his.
std::vector<std::string> RoleAccess::ownPolicies() const {
    std::vector<std::string> all;
    for (const IdentityPolicies* each : own_)
        std::copy_if(each->attached.begin(), each->attached.end(), std::back_inserter(all),
                     [](const std::string& arn) { return arn.find(":iam::aws:") == std::string::npos; });
    return all;
}

bool RoleAccess::mayTakeOn(const Role& role) {
    if (!role.trust || !role.trust->known) return false;
    const auto trust = pool_.get(*role.trust, policy::DocumentKind::Trust);
    if (!trust) return false;
    question_.policies.resource = *trust;
    const bool open = may("sts:AssumeRole", role.arn);
    question_.policies.resource.reset();
    return open;
}

} // namespace gw::estate
