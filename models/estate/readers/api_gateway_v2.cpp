// get-apis, get-routes, get-integrations, get-authorizers, get-stages, get-deployments, get-domain-names, get-api-mappings of
// API Gateway's HTTP and WebSocket APIs (Amazon API Gateway Version 2 API Reference).
#include "models/estate/readers/api_parts.h"

namespace gw::estate {
namespace {

using policy::ValueKind;

void api(const DumpFile& file, const Node& node, Reading& into) {
    Resource api;
    describe(file, node, api);
    api.kind = node.text("ProtocolType") == "WEBSOCKET" ? ResourceKind::WebSocketApi : ResourceKind::HttpApi;
    api.id = node.text("ApiId");
    api.name = node.text("Name");
    api.account = file.account();
    api.region = file.region();
    // "https://ID.execute-api.REGION.amazonaws.com"
    if (api.region.empty()) api.region = regionIn(node.text("ApiEndpoint"));
    api.arn = apiArn(api.region, api.account, api.id);
    api.policyKnown = true; // neither kind can have one
    into.parts.resources.push_back(std::move(api));
}

void route(const DumpFile& file, const Node& node, PendingApi& api) {
    Resource route;
    describe(file, node, route);
    route.kind = ResourceKind::Route;
    route.id = node.text("RouteId");
    const std::string key = node.text("RouteKey");
    // "POST /refunds"; "$default"; of WebSocket APIs whatever selects the route.
    const std::size_t space = key.find(' ');
    const bool http = space != std::string::npos && key.compare(space + 1, 1, "/") == 0;
    if (!http && key.starts_with('$') && key != "$default") api.kind = ResourceKind::WebSocketApi;
    route.method = http ? key.substr(0, space) : std::string();
    route.path = http ? key.substr(space + 1) : key;
    route.authorization = authorizationOf(node, "AuthorizationType", "AuthorizerId", "AuthorizationScopes", "ApiKeyRequired");
    api.parts.push_back(std::move(route));
}

void integration(const DumpFile& file, const Node& node, PendingApi& api) {
    Resource integration;
    describe(file, node, integration);
    api.integrations["integrations/" + node.text("IntegrationId")] = std::move(integration);
}

} // namespace

bool readApiGatewayV2(const DumpFile& file, const Node& root, Reading& into) {
    if (root.member("ApiId") && root.member("ProtocolType")) {
        file.recognised("get-apis");
        api(file, root, into);
        return true;
    }
    const Node items = root.member("Items");
    if (!items.value.is(ValueKind::Array)) return false;
    const policy::Value first = items.value.first();
    const auto is = [&](std::string_view call, std::string_view member) {
        if (first ? !first.member(member) : file.call() != call) return false;
        file.recognised(call);
        return true;
    };
    const auto parts = [&](auto each) {
        if (PendingApi* api = pendingApi(file, root, ResourceKind::HttpApi, into))
            forEach(items, [&](const Node& node) { each(node, *api); });
        return true;
    };
    if (is("get-api-mappings", "ApiMappingId")) return addMappings(file, items, into), true;
    if (is("get-domain-names", "DomainName")) {
        forEach(items, [&](const Node& each) { addDomain(file, each, "DomainName", into); });
        return true;
    }
    if (is("get-apis", "ProtocolType")) {
        forEach(items, [&](const Node& each) { api(file, each, into); });
        return true;
    }
    if (is("get-routes", "RouteKey")) return parts([&](const Node& node, PendingApi& api) { route(file, node, api); });
    if (is("get-integrations", "IntegrationId"))
        return parts([&](const Node& node, PendingApi& api) { integration(file, node, api); });
    if (is("get-authorizers", "AuthorizerType"))
        return parts([&](const Node& node, PendingApi& api) {
            addPart(file, node, ResourceKind::Authorizer, "AuthorizerId", "Name", api);
        });
    if (is("get-stages", "StageName"))
        return parts(
            [&](const Node& node, PendingApi& api) { addPart(file, node, ResourceKind::Stage, "StageName", "StageName", api); });
    if (is("get-deployments", "DeploymentId"))
        return parts([&](const Node& node, PendingApi& api) {
            addPart(file, node, ResourceKind::Deployment, "DeploymentId", "DeploymentId", api);
        });
    return false;
}

} // namespace gw::estate
