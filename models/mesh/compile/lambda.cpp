// Permissions of Lambda functions: for callers whose own policies are not enough, or who have none.
#include "models/mesh/compile/grouped.h"
#include "models/mesh/compile/iam_resources.h"
#include "saml/base/ascii.h"

namespace gw::mesh {
namespace {

// Lambda Developer Guide, "Lambda quotas": of a function's policy.
constexpr std::size_t policyQuota = 20'480;

// AddPermission has these conditions and no others.
bool isPermissionKey(std::string_view key) {
    const std::string folded = foldedAscii(key);
    return folded == "aws:sourcearn" || folded == "aws:sourceaccount" || folded == "aws:principalorgid";
}

std::vector<Unheld> unheldInPermission(const Use& use) {
    std::vector<Unheld> unheld = unheldInPolicies(use, ConditionPlace::Other);
    using Kind = EdgeCondition::Kind;
    for (const EdgeCondition& condition : use.when) {
        if (condition.kind == Kind::Key && !(isPermissionKey(condition.name) && condition.values.size() == 1))
            unheld.push_back({"key", condition.name});
        if (condition.kind == Kind::Mfa) unheld.push_back({"mfa", {}});
        if (condition.kind == Kind::SourceIp) unheld.push_back({"source-ip", {}});
        if (condition.kind == Kind::SourceVpc) unheld.push_back({"source-vpc", {}});
        if (condition.kind == Kind::After || condition.kind == Kind::Before) unheld.push_back({"time", {}});
    }
    if (use.expires) unheld.push_back({"expires", use.expires->toRfc3339()});
    if (use.effect == Effect::Deny) unheld.push_back({"deny", {}});
    if (use.caller.principal.empty()) unheld.push_back({"no-identity", use.caller.node.value()});
    return unheld;
}

} // namespace

void compileLambda(const Intent& intent, Compilation& into) {
    for (const auto& [function, uses] : grouped<FunctionAccess>(intent, [](const FunctionAccess& access) { return access.function; })) {
        std::vector<PolicyStatement> statements;
        std::vector<EdgeId> edges;
        for (const Use* use : uses) {
            if (isOwnRole(use->caller, accountOf(function))) continue;
            const auto held = heldUse(intent, *use, Target::Lambda, unheldInPermission(*use), &into.losses);
            if (!held) continue;
            addStatementsOfResource(*held, ConditionPlace::Other, partitionOf(function), statements);
            addEdge(edges, use->edge);
        }
        if (statements.empty()) continue;
        std::string text = documentText(unrepeated(std::move(statements)), Layout::Lines);
        if (const std::size_t size = countedSize(text); size > policyQuota) {
            loseForSize(into, Target::Lambda, edges, size, policyQuota);
            continue;
        }
        into.artefacts.push_back({Target::Lambda, ArtefactKind::FunctionPolicy, function, {}, std::move(text), std::move(edges)});
    }
}

} // namespace gw::mesh
