// get-rest-apis, get-rest-api, get-resources, get-stages (Amazon API Gateway API Reference).
#include "models/estate/readers/reading.h"

namespace gw::estate {
namespace {

using policy::ValueKind;

void restApi(const DumpFile& file, const Node& node, Reading& into) {
    Resource api;
    api.kind = ResourceKind::RestApi;
    api.id = node.text("id");
    api.name = node.text("name");
    api.account = file.account();
    api.region = file.region();
    api.source = file.sourceOf(node);
    api.unknown =
        unknownMembers(node.value, {"id", "name", "description", "createdDate", "version", "warnings", "binaryMediaTypes",
                                    "minimumCompressionSize", "apiKeySource", "endpointConfiguration", "policy", "tags",
                                    "disableExecuteApiEndpoint", "rootResourceId"});
    if (api.id.empty()) {
        into.parts.problems.push_back(file.problem(EstateError::WrongType, node).with("expected", "id"));
        return;
    }
    api.arn = "arn:aws:execute-api:" + api.region + ":" + api.account + ":" + api.id;
    api.policyKnown = true;
    if (const Node policy = node.member("policy"); policy && policy.value.text() != "") {
        api.policy = file.documentOf(policy, api.name.empty() ? api.id : api.name, {}, api.arn);
    }
    into.parts.resources.push_back(std::move(api));
}

} // namespace

bool readApiGateway(const DumpFile& file, const Node& root, Reading& into) {
    const auto unnamed = [&] { into.parts.problems.push_back(file.problem(EstateError::Unnamed, root)); };
    if (const Node items = root.member("items"); items.value.is(ValueKind::Array)) {
        const policy::Value first = items.value.first();
        const bool resources = file.call() == "get-resources" || first.member("path");
        if (!resources) {
            if (first && !first.member("id")) return false;
            file.recognised("get-rest-apis");
            forEach(items, [&](const Node& each) { restApi(file, each, into); });
            return true;
        }
        file.recognised("get-resources");
        if (file.suffix().empty()) {
            unnamed();
            return true;
        }
        PendingApi& api = into.apis[file.suffix()];
        forEach(items, [&](const Node& each) {
            const Node methods = each.member("resourceMethods");
            for (policy::Value method = methods.value.first(); method; method = method.next())
                api.routes.push_back(
                    {std::string(method.name()), each.text("path"), file.sourceOf(methods.member(method.name()))});
        });
        return true;
    }
    if (const Node stages = root.member("item"); stages.value.is(ValueKind::Array)) {
        file.recognised("get-stages");
        if (file.suffix().empty()) {
            unnamed();
            return true;
        }
        forEach(stages, [&](const Node& each) {
            if (std::string name = each.text("stageName"); !name.empty())
                into.apis[file.suffix()].stages.push_back(std::move(name));
        });
        return true;
    }
    if (root.member("id") && root.member("apiKeySource")) {
        file.recognised("get-rest-api");
        restApi(file, root, into);
        return true;
    }
    return false;
}

void addRoutes(Reading& reading) {
    std::vector<Resource> routes;
    for (const Resource& api : reading.parts.resources) {
        if (api.kind != ResourceKind::RestApi) continue;
        const auto pending = reading.apis.find(api.id);
        if (pending == reading.apis.end()) continue;
        for (const std::string& stage : pending->second.stages)
            for (const PendingRoute& each : pending->second.routes) {
                Resource route;
                route.kind = ResourceKind::Route;
                route.api = route.id = api.id;
                route.account = api.account;
                route.region = api.region;
                route.stage = stage;
                route.method = each.method;
                route.path = each.path;
                route.name = each.method + " " + each.path;
                route.source = each.source;
                route.arn = api.arn + "/" + stage + "/" + each.method + each.path;
                routes.push_back(std::move(route));
            }
    }
    for (Resource& route : routes) reading.parts.resources.push_back(std::move(route));
}

} // namespace gw::estate
