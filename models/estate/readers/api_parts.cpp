#include "models/estate/readers/api_parts.h"

#include "models/estate/api_kinds.h"

namespace gw::estate {
namespace {

// "arn:aws:apigateway:REGION::/restapis/ID/stages/NAME"
std::string partArn(const Resource& api, const Resource& part) {
    const char* folder = part.kind == ResourceKind::Stage        ? "/stages/"
                         : part.kind == ResourceKind::Authorizer ? "/authorizers/"
                                                                 : "/deployments/";
    return "arn:" + std::string(partitionOf(api.region)) + ":apigateway:" + api.region + "::/" +
           (api.kind == ResourceKind::RestApi ? "restapis/" : "apis/") + api.id + folder + part.id;
}

void addRoute(const Resource& api, const Resource& pending, const std::string& stage, std::vector<Resource>& into) {
    Resource route = pending;
    route.api = api.id;
    route.account = api.account;
    route.region = api.region;
    route.parent = api.arn;
    route.stage = stage;
    const bool keyOnly = route.method.empty();
    route.name = keyOnly ? route.path : route.method + " " + route.path;
    // Of an API whose stages were not read any stage is meant.
    route.arn = api.arn + "/" + (stage.empty() ? "*" : stage) + "/" + route.method + route.path;
    into.push_back(std::move(route));
}

// The integration that a route of an HTTP or WebSocket API names.
void addIntegration(const PendingApi& pending, Resource& route) {
    if (pending.integrations.empty()) return;
    const auto spec = policy::SourceTree::parse(route.spec);
    if (!spec) return;
    const auto found = pending.integrations.find(spec->root().member("Target").text());
    if (found == pending.integrations.end()) return;
    route.roles.insert(route.roles.end(), found->second.roles.begin(), found->second.roles.end());
    route.spec = joinSpecs(std::move(route.spec), R"({"Integration":)" + found->second.spec + "}");
}

} // namespace

std::string apiArn(const std::string& region, const std::string& account, const std::string& id) {
    return "arn:" + std::string(partitionOf(region)) + ":execute-api:" + region + ":" + account + ":" + id;
}

PendingApi* pendingApi(const DumpFile& file, const Node& root, ResourceKind kind, Reading& into) {
    if (file.id().empty()) {
        into.parts.problems.push_back(file.problem(EstateError::Unnamed, root));
        return nullptr;
    }
    PendingApi& api = into.apis[file.id()];
    if (api.parts.empty() && api.integrations.empty()) api.kind = kind;
    if (api.account.empty()) api.account = file.account();
    if (api.region.empty()) api.region = file.region();
    if (api.source.file == nullptr) api.source = file.sourceOf(root);
    return &api;
}

Authorization authorizationOf(const Node& node, std::string_view type, std::string_view authorizer, std::string_view scopes,
                              std::string_view apiKey) {
    Authorization authorization;
    authorization.type = node.text(type);
    authorization.authorizer = node.text(authorizer);
    authorization.apiKeyRequired = node.value.member(apiKey).is(policy::ValueKind::True);
    forEach(node.member(scopes), [&](const Node& each) { authorization.scopes.emplace_back(each.value.text()); });
    return authorization;
}

void addPart(const DumpFile& file, const Node& node, ResourceKind kind, std::string_view id, std::string_view name,
             PendingApi& api) {
    Resource part;
    describe(file, node, part);
    part.kind = kind;
    part.id = node.text(id);
    part.name = node.text(name);
    if (!part.id.empty()) api.parts.push_back(std::move(part));
}

void addDomain(const DumpFile& file, const Node& node, std::string_view nameMember, Reading& into) {
    Resource domain;
    describe(file, node, domain);
    domain.kind = ResourceKind::DomainName;
    domain.id = domain.name = node.text(nameMember);
    domain.account = file.account();
    domain.region = file.region();
    domain.arn = node.text("domainNameArn");
    if (domain.arn.empty())
        domain.arn = "arn:" + std::string(partitionOf(domain.region)) + ":apigateway:" + domain.region + "::/domainnames/" + domain.id;
    if (const Node policy = node.member("policy"); policy && policy.value.text() != "") {
        domain.policy = file.documentOf(policy, domain.name, {}, domain.arn);
        domain.policyKnown = true;
    }
    into.parts.resources.push_back(std::move(domain));
}

void addMappings(const DumpFile& file, const Node& items, Reading& into) {
    PendingPart part;
    part.service = "apigateway";
    part.id = file.id();
    part.unnamed = file.problem(EstateError::Unnamed, items);
    part.part.source = file.sourceOf(items);
    part.part.spec = R"({"mappings":)" + specOf(file, items) + "}";
    into.waiting.push_back(std::move(part));
}

void addRoutes(Reading& reading) {
    std::map<std::string, std::size_t, std::less<>> known;
    auto& resources = reading.parts.resources;
    for (std::size_t i = 0; i < resources.size(); ++i)
        if (isApi(resources[i].kind)) known.emplace(resources[i].id, i);
    for (auto& [id, pending] : reading.apis) {
        if (known.contains(id)) continue;
        Resource api;
        api.kind = pending.kind;
        api.id = api.name = id;
        api.account = pending.account;
        api.region = pending.region;
        api.source = pending.source;
        api.arn = apiArn(api.region, api.account, id);
        api.policyKnown = pending.kind != ResourceKind::RestApi;
        known.emplace(id, resources.size());
        resources.push_back(std::move(api));
    }
    for (auto& [id, pending] : reading.apis) {
        const Resource api = resources[known.find(id)->second];
        std::set<std::string> stages;
        for (Resource& each : pending.parts)
            if (each.kind == ResourceKind::Stage) stages.insert(each.id);
        if (stages.empty()) stages.insert("");
        for (Resource& each : pending.parts) {
            if (each.kind == ResourceKind::Route) {
                addIntegration(pending, each);
                for (const std::string& stage : stages) addRoute(api, each, stage, resources);
                continue;
            }
            each.account = api.account;
            each.region = api.region;
            each.parent = api.arn;
            each.arn = partArn(api, each);
            resources.push_back(std::move(each));
        }
    }
    reading.apis.clear();
}

} // namespace gw::estate
