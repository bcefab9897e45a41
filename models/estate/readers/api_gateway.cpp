// get-rest-apis, get-resources, get-stages, get-authorizers, get-deployments, get-domain-names, get-base-path-mappings of
// API Gateway (Amazon API Gateway API Reference). Their objects do not name the API: the file's name does.
#include "models/estate/readers/api_parts.h"

namespace gw::estate {
namespace {

using policy::ValueKind;

void restApi(const DumpFile& file, const Node& node, Reading& into) {
    Resource api;
    describe(file, node, api);
    api.kind = ResourceKind::RestApi;
    api.id = node.text("id");
    api.name = node.text("name");
    api.account = file.account();
    api.region = file.region();
    if (api.id.empty()) {
        into.parts.problems.push_back(file.problem(EstateError::WrongType, node).with("expected", "id"));
        return;
    }
    api.arn = apiArn(api.region, api.account, api.id);
    api.policyKnown = true;
    if (const Node policy = node.member("policy"); policy && !policy.value.is(ValueKind::Null) && policy.value.text() != "")
        api.policy = file.documentOf(policy, api.name.empty() ? api.id : api.name, {}, api.arn);
    into.parts.resources.push_back(std::move(api));
}

void routes(const DumpFile& file, const Node& resource, PendingApi& api) {
    const Node methods = resource.member("resourceMethods");
    // Where the resource hangs in the tree of paths.
    std::string beside = "{";
    for (const char* each : {"parentId", "pathPart"})
        if (const Node member = resource.member(each))
            beside += (beside.size() > 1 ? ",\"" : "\"") + std::string(each) + "\":" + jsonOf(member.value);
    beside += '}';
    for (policy::Value each = methods.value.first(); each; each = each.next()) {
        const Node method = methods.member(each.name());
        Resource route;
        describe(file, method, route);
        route.kind = ResourceKind::Route;
        route.id = resource.text("id");
        route.method = each.name();
        route.path = resource.text("path");
        route.spec = joinSpecs(std::move(route.spec), beside);
        route.authorization = authorizationOf(method, "authorizationType", "authorizerId", "authorizationScopes", "apiKeyRequired");
        api.parts.push_back(std::move(route));
    }
}

enum class Kind { None, Apis, Resources, Authorizers, Deployments, Domains, Mappings };

Kind kindOf(const DumpFile& file, policy::Value first) {
    if (file.call() == "get-resources" || first.member("path")) return Kind::Resources;
    if (file.call() == "get-base-path-mappings" || first.member("restApiId")) return Kind::Mappings;
    if (file.call() == "get-domain-names" || first.member("domainName")) return Kind::Domains;
    if (first.member("arn")) return Kind::None;
    if (file.call() == "get-authorizers" || (first.member("type") && first.member("id"))) return Kind::Authorizers;
    if (first && (!first.member("id") || first.member("port"))) return Kind::None;
    // A deployment has no name.
    if (file.call() == "get-deployments" || (first && !first.member("name"))) return Kind::Deployments;
    return Kind::Apis;
}

} // namespace

bool readApiGateway(const DumpFile& file, const Node& root, Reading& into) {
    const Node items = root.member("items");
    if (items.value.is(ValueKind::Array)) {
        switch (kindOf(file, items.value.first())) {
        case Kind::None:
            return false;
        case Kind::Apis:
            file.recognised("get-rest-apis");
            forEach(items, [&](const Node& each) { restApi(file, each, into); });
            return true;
        case Kind::Resources:
            file.recognised("get-resources");
            if (PendingApi* api = pendingApi(file, root, ResourceKind::RestApi, into))
                forEach(items, [&](const Node& each) { routes(file, each, *api); });
            return true;
        case Kind::Authorizers:
            file.recognised("get-authorizers");
            if (PendingApi* api = pendingApi(file, root, ResourceKind::RestApi, into))
                forEach(items, [&](const Node& each) { addPart(file, each, ResourceKind::Authorizer, "id", "name", *api); });
            return true;
        case Kind::Deployments:
            file.recognised("get-deployments");
            if (PendingApi* api = pendingApi(file, root, ResourceKind::RestApi, into))
                forEach(items, [&](const Node& each) { addPart(file, each, ResourceKind::Deployment, "id", "id", *api); });
            return true;
        case Kind::Domains:
            file.recognised("get-domain-names");
            forEach(items, [&](const Node& each) { addDomain(file, each, "domainName", into); });
            return true;
        case Kind::Mappings:
            file.recognised("get-base-path-mappings");
            addMappings(file, items, into);
            return true;
        }
    }
    if (const Node stages = root.member("item"); stages.value.is(ValueKind::Array)) {
        file.recognised("get-stages");
        if (PendingApi* api = pendingApi(file, root, ResourceKind::RestApi, into))
            forEach(stages, [&](const Node& each) { addPart(file, each, ResourceKind::Stage, "stageName", "stageName", *api); });
        return true;
    }
    if (root.member("id") && root.member("apiKeySource")) {
        file.recognised("get-rest-api");
        restApi(file, root, into);
        return true;
    }
    return false;
}

} // namespace gw::estate
