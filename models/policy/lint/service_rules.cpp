// App Mesh, VPC Lattice and API Gateway, as far as one document tells.
#include "models/policy/lint/check.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

bool names(const StatementText& statement, std::string_view prefix) {
    return !statement.notAction && std::any_of(statement.actions.begin(), statement.actions.end(),
                                               [&](const Text& each) { return foldedAscii(each.text).starts_with(prefix); });
}

} // namespace

void checkServices(Check& check) {
    bool lattice = false, api = false;
    for (const StatementText& statement : check.document.statements()) {
        if (statement.effect == Effect::Deny) continue;
        lattice = lattice || names(statement, "vpc-lattice-svcs:");
        api = api || names(statement, "execute-api:");
        if (!names(statement, "appmesh")) continue;
        for (const Text& each : statement.actions)
            if (foldedAscii(each.text).starts_with("appmesh")) check.add(rules::meshRetired, each.value, each.text);
        if (!statement.resources || statement.notResource || !reaches(statement, "appmesh:StreamAggregatedResources")) continue;
        for (const Text& each : *statement.resources)
            if (each.text.find_first_of("*?") != std::string_view::npos) check.add(rules::meshWildcard, each.value, each.text);
        // A task's proxy may stream for one node: its own.
        std::vector<std::string_view> nodes;
        for (const Text& each : *statement.resources) {
            if (std::find(nodes.begin(), nodes.end(), each.text) == nodes.end()) nodes.push_back(each.text);
            if (nodes.size() > 1 && nodes.back() == each.text) check.add(rules::meshWildcard, each.value, each.text);
        }
    }
    if (check.kind() != DocumentKind::Resource) return;
    if (lattice)
        for (const char* rule : {"lattice-policy-inactive", "lattice-no-policy"}) check.needs(rule, "lattice-service");
    if (api)
        for (const char* rule : {"api-auth-none", "api-rp-principal-without-iam"}) check.needs(rule, "api");
}

} // namespace gw::policy::lint
