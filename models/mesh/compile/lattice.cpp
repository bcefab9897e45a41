// Auth policies of VPC Lattice: of a service, and of the service network that callers come through. Both must allow, besides the
// caller's own policy (VPC Lattice User Guide, "Auth policies").
#include "models/mesh/compile/grouped.h"
#include "models/mesh/compile/iam_resources.h"

namespace gw::mesh {
namespace {

// VPC Lattice User Guide, "Quotas": of an auth policy; it may not hold line breaks.
constexpr std::size_t policyQuota = 10'240;

void compilePolicy(const Intent& intent, const std::string& object, const std::vector<const Use*>& uses, Compilation& into) {
    std::vector<PolicyStatement> statements;
    std::vector<EdgeId> edges;
    for (const Use* use : uses) {
        std::vector<Unheld> unheld = unheldInPolicies(*use, ConditionPlace::Lattice);
        if (use->caller.principal.empty()) unheld.push_back({"no-identity", use->caller.node.value()});
        const auto held = heldUse(intent, *use, Target::Lattice, unheld, &into.losses);
        if (!held) continue;
        addStatementsOfResource(*held, ConditionPlace::Lattice, partitionOf(object), statements);
        addEdge(edges, use->edge);
    }
    if (statements.empty()) return;
    statements = unrepeated(std::move(statements));
    std::string text = documentText(statements, Layout::Compact);
    if (text.size() > policyQuota) text = documentText(merged(std::move(statements)), Layout::Compact);
    if (text.size() <= policyQuota) {
        into.artefacts.push_back({Target::Lattice, ArtefactKind::AuthPolicy, object, {}, std::move(text), std::move(edges)});
        return;
    }
    loseForSize(into, Target::Lattice, edges, text.size(), policyQuota);
}

} // namespace

void compileLattice(const Intent& intent, Compilation& into) {
    for (const auto& [service, uses] : grouped<LatticeAccess>(intent, [](const LatticeAccess& access) { return access.service; }))
        compilePolicy(intent, service, uses, into);
    for (const auto& [network, uses] : grouped<LatticeAccess>(intent, [](const LatticeAccess& access) { return access.network; }))
        compilePolicy(intent, network, uses, into);
}

} // namespace gw::mesh
