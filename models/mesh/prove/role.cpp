// A role: who may take it, and what its policies let it do.
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/prove/policies.h"
#include "models/policy/arn_pattern.h"
#include "saml/aws/arn.h"
#include "saml/aws/endpoints.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

using policy::DocumentKind;
using policy::Principal;

// Hands the decision to whoever is asked about: the policies of the caller's own account.
policy::PolicyRef delegation(std::string_view account, bool trust) {
    const std::string principal = R"("Principal":{"AWS":"arn:aws:iam::)" + std::string(account) + R"(:root"})";
    return trust ? fixedPolicy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)" + principal + R"(,"Action":"sts:*"}})", DocumentKind::Trust)
                 : fixedPolicy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)" + principal + R"(,"Action":"*","Resource":"*"}})",
                               DocumentKind::Resource);
}

void provePermissions(const Intent& intent, const Point& point, PointProof& into) {
    std::vector<policy::PolicyRef> identity = policiesOf(point.artefacts, ArtefactKind::InlinePolicy, DocumentKind::Identity, point.object, into.problems);
    for (policy::PolicyRef& managed : policiesOf(point.artefacts, ArtefactKind::ManagedPolicy, DocumentKind::Identity, point.object, into.problems))
        identity.push_back(std::move(managed));
    const auto caller = Principal::parse(point.object);
    if (!caller || (identity.empty() && point.uses.empty())) return;
    const Meanings meanings(intent, point.uses, Target::Iam);
    Space space, roles;
    for (const Use* use : point.uses) space.add(*use);
    for (const policy::PolicyRef& policy : identity) space.add(*policy);

    policy::Request request;
    request.principal = *caller;
    Side side{&meanings, identity, {}};
    side.policies.identity = identity;
    side.policies.resource = delegation(caller->account(), false);
    compareOver(space, side, request, into);
}

// What a sign-in or an AssumeRole looks like, for every caller that the map or the policy names and for strangers.
struct Caller {
    std::string principal, action;
};

bool admits(const Admission& admission, const Caller& caller, const Principal& principal, const policy::Context& context) {
    const bool federated = admission.kind != Admission::Kind::Principal;
    if (federated) {
        const bool saml = admission.kind == Admission::Kind::Saml;
        if (caller.principal != admission.principal || caller.action != (saml ? "sts:assumerolewithsaml" : "sts:assumerolewithwebidentity")) return false;
        const std::string key = saml ? "SAML:aud" : admission.principal.substr(admission.principal.find('/') + 1) + ":aud";
        std::vector<std::string> audiences = admission.audiences;
        if (saml) {
            const auto arn = aws::SamlProviderArn::parse(admission.principal);
            audiences = {aws::defaultAcs(arn ? arn->partition() : aws::Partition::Aws)};
        }
        if (!holds({{EdgeCondition::Kind::Key, key, audiences}}, std::nullopt, context, false)) return false;
    } else {
        if (caller.action != "sts:assumerole") return false;
        const bool same = admission.principal == "*" || admission.principal == caller.principal || admission.principal == principal.account() ||
                          admission.principal == principal.principalArn();
        if (!same) return false;
    }
    return holds(admission.conditions, admission.expires, context, false);
}

void proveTrust(const Intent& intent, const Point& point, PointProof& into) {
    const auto trust = policiesOf(point.artefacts, ArtefactKind::TrustPolicy, DocumentKind::Trust, point.object, into.problems);
    const auto role = policy::ArnParts::split(point.object);
    if (!role || (trust.empty() && point.admissions.empty())) return;

    std::set<std::string> principals;
    for (const Admission* admission : point.admissions) principals.insert(admission->principal);
    for (const policy::PolicyRef& policy : trust)
        for (const policy::CompiledStatement& statement : policy->statements())
            for (const policy::NamedPrincipal& named : statement.principals()) principals.insert(named.text());
    const std::string account(role->account);
    const std::string iam = "arn:" + std::string(role->partition) + ":iam::";
    std::vector<std::string> callers{iam + account + ":saml-provider/gwother", iam + account + ":role/gwother", iam + "999999999999:role/gwother",
                                     "gwother.amazonaws.com"};
    for (const std::string& principal : principals) {
        if (policy::isAccountId(principal)) {
            callers.push_back(iam + principal + ":role/gwother");
        } else if (principal.ends_with(":root")) {
            callers.push_back(principal.substr(0, principal.size() - 4) + "role/gwother");
        } else if (principal != "*") {
            callers.push_back(principal);
        }
    }
    const policy::PolicyRef allowAll =
        fixedPolicy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", DocumentKind::Identity);
    for (const std::string& text : std::set<std::string>(callers.begin(), callers.end())) {
        const bool oidc = text.find(":oidc-provider/") != std::string::npos;
        const auto principal = Principal::parse(oidc ? text.substr(text.find('/') + 1) : text);
        if (!principal) continue;
        for (const std::string_view action : {"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"}) {
            const Caller caller{text, std::string(action)};
            // Such callers come with such calls only.
            const bool saml = text.find(":saml-provider/") != std::string::npos;
            const std::string_view own = saml ? "sts:assumerolewithsaml" : oidc ? "sts:assumerolewithwebidentity" : "sts:assumerole";
            if (action != own) continue;
            policy::Request request;
            request.principal = *principal;
            request.action = caller.action;
            request.resource = point.object;
            Contexts contexts;
            for (const Admission* admission : point.admissions) {
                if (admission->principal != text && admission->kind != Admission::Kind::Principal) continue;
                contexts.add(admission->conditions, admission->expires, false);
            }
            for (const policy::PolicyRef& policy : trust)
                for (const policy::CompiledStatement& statement : policy->statements())
                    if (statement.coversAction(caller.action) && statement.namesCaller(*principal, false) != policy::Naming::None) contexts.add(statement);
            if (saml) contexts.add("SAML:aud", "https://gwother.example/saml");
            policy::PolicySet policies;
            if (!trust.empty()) policies.resource = trust.front();
            if (principal->belongsToAccount()) policies.identity = {allowAll};
            bool toldSurplus = false, toldMissing = false;
            const bool all = contexts.forEach(mostContexts, [&](const policy::Context& context) {
                request.context = context;
                ++into.checked;
                bool may = false, must = false, denied = false;
                std::optional<EdgeId> edge;
                for (const Admission* admission : point.admissions) {
                    if (!admits(*admission, caller, *principal, context)) continue;
                    const bool leftOut = intent.accepts(admission->edge, Target::Iam, "leave-out");
                    if (admission->effect == Effect::Deny) {
                        denied = denied || !leftOut;
                        continue;
                    }
                    may = true;
                    must = must || !leftOut;
                    edge = admission->edge;
                }
                const bool actual = !trust.empty() && allows(request, policies);
                if (actual && (!may || denied) && !toldSurplus) {
                    toldSurplus = true;
                    note(into, true, edgeThatAllows(request, trust), tupleOf(request));
                }
                if (!actual && must && !denied && !toldMissing) {
                    toldMissing = true;
                    note(into, false, edge, tupleOf(request));
                }
            });
            into.complete = into.complete && all;
        }
    }
}

} // namespace

PointProof proveRole(const Intent& intent, const Point& point) {
    PointProof proof;
    proveTrust(intent, point, proof);
    provePermissions(intent, point, proof);
    return proof;
}

} // namespace gw::mesh
