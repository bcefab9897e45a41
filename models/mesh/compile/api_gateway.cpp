// Resource policies of REST APIs, and which routes must ask for the caller's signature.
#include "models/mesh/compile/grouped.h"
#include "models/mesh/compile/iam_resources.h"
#include "saml/base/json_writer.h"

namespace gw::mesh {
namespace {

// API Gateway, "Quotas for configuring and running a REST API".
constexpr std::size_t policyQuota = 8'192;

} // namespace

// In the caller's own account its identity policy is enough ("Authentication and authorization flow", table A); across accounts
// the API's policy must allow it as well (table B). HTTP and WebSocket APIs have none, so only callers of the own account can
// be held there.
void compileApiGateway(const Intent& intent, Compilation& into) {
    for (const auto& [object, uses] : grouped<ApiAccess>(intent, apiArn)) {
        std::vector<PolicyStatement> statements;
        std::vector<EdgeId> policyEdges, edges;
        JsonWriter routes;
        const ApiAccess& first = *uses.front()->as<ApiAccess>();
        routes.beginObject().member("api", first.api).member("account", first.account).member("region", first.region);
        routes.key("routes").beginArray();
        for (const Use* use : uses) {
            const ApiAccess& access = *use->as<ApiAccess>();
            std::vector<Unheld> unheld = unheldInPolicies(*use, ConditionPlace::Api);
            const bool own = isOwnRole(use->caller, access.account);
            if (use->caller.principal.empty()) unheld.push_back({"no-identity", use->caller.node.value()});
            else if (!own && access.kind != ApiAccess::Kind::Rest)
                unheld.push_back({"caller", use->caller.principal});
            const auto held = heldUse(intent, *use, Target::ApiGateway, unheld, &into.losses);
            if (!held) continue;
            if (!own) {
                addStatementsOfResource(*held, ConditionPlace::Api, access.partition, statements);
                addEdge(policyEdges, use->edge);
            }
            addEdge(edges, use->edge);
            if (use->effect == Effect::Deny) continue;
            const ApiAccess& what = *held->as<ApiAccess>();
            routes.beginObject().member("edge", use->edge.value()).member("stage", what.stage).member("methods", what.methods);
            routes.key("paths").beginArray();
            for (const PathPattern& path : what.paths) routes.string(path.text());
            routes.endArray();
            routes.member("authorization_type", use->caller.principal == "*" ? "NONE" : "AWS_IAM").endObject();
        }
        routes.endArray().endObject();
        statements = unrepeated(std::move(statements));
        std::string text = documentText(statements, Layout::Compact);
        if (text.size() > policyQuota) text = documentText(statements = merged(std::move(statements)), Layout::Compact);
        if (text.size() > policyQuota) {
            loseForSize(into, Target::ApiGateway, policyEdges, text.size(), policyQuota);
        } else if (!statements.empty()) {
            into.artefacts.push_back({Target::ApiGateway, ArtefactKind::ApiPolicy, object, {}, documentText(statements, Layout::Lines), policyEdges});
        }
        if (!edges.empty())
            into.artefacts.push_back({Target::ApiGateway, ArtefactKind::RouteAuthorization, object, {}, routes.text() + "\n", edges});
    }
}

} // namespace gw::mesh
