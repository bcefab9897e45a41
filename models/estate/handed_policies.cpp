#include "models/estate/handed_policies.h"

#include <algorithm>
#include <initializer_list>

namespace gw::estate {
namespace {

using policy::DocumentKind;

// AWS attaches it to every root, unit and account at first, and whoever writes a policy of denials leaves it there (AWS
// Organizations User Guide, "SCP evaluation").
policy::PolicyRef fullAwsAccess() {
    static const auto policy = policy::CompiledPolicy::parse(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})", DocumentKind::Scp,
        "FullAWSAccess");
    return policy ? *policy : nullptr;
}

bool allowsAnything(const policy::PolicyRef& policy) {
    const auto& statements = policy->statements();
    return std::any_of(statements.begin(), statements.end(),
                       [](const policy::CompiledStatement& each) { return each.effect() == policy::Effect::Allow; });
}

} // namespace

void addHanded(Question& question, const std::vector<HandedPolicy>& policies, bool alone) {
    const auto filled = [&](std::initializer_list<Missing> missing) {
        std::erase_if(question.gaps, [&](const Gap& each) {
            return std::find(missing.begin(), missing.end(), each.what) != missing.end();
        });
    };
    if (alone)
        std::erase_if(question.gaps, [](const Gap& each) {
            return each.what != Missing::Malformed && each.what != Missing::ResourceAccount;
        });
    const bool trust =
        policy::bindingOf(policy::RequestView(question.request, policy::WorldRules()), question.policies).trust;
    policy::PolicySet& set = question.policies;
    std::vector<policy::PolicyRef> control;
    for (const HandedPolicy& each : policies) {
        switch (each.kind) {
        case DocumentKind::Identity:
            set.identity.push_back(each.policy);
            filled({Missing::Principal, Missing::IdentityPolicies});
            break;
        case DocumentKind::Session:
            set.session.push_back(each.policy);
            filled({Missing::SessionPolicy});
            break;
        case DocumentKind::Boundary:
            set.boundary = each.policy;
            filled({Missing::Boundary});
            break;
        case DocumentKind::Scp:
            control.push_back(each.policy);
            break;
        case DocumentKind::Resource:
        case DocumentKind::Trust:
            // The one has no say where the other is asked.
            if ((each.kind == DocumentKind::Trust) != trust) break;
            set.resource = each.policy;
            filled({trust ? Missing::TrustPolicy : Missing::ResourcePolicy});
            break;
        case DocumentKind::Rcp:
        case DocumentKind::Endpoint:
            break;
        }
    }
    if (control.empty()) return;
    if (std::none_of(control.begin(), control.end(), allowsAnything)) control.push_back(fullAwsAccess());
    if (!set.scp) set.scp.emplace();
    set.scp->push_back(std::move(control));
    question.scpTargets.resize(set.scp->size());
}

} // namespace gw::estate
