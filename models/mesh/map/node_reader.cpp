#include "models/mesh/map/node_reader.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/principal.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <limits>

namespace gw::mesh {
namespace {

using policy::ArnParts;

bool isArnOf(std::string_view text, std::string_view service, std::string_view resource = {}) {
    const auto parts = ArnParts::split(text);
    return parts && parts->service == service && parts->resource.starts_with(resource) && parts->resource.size() > resource.size();
}

bool isRole(std::string_view text) {
    const auto parts = ArnParts::split(text);
    return isArnOf(text, "iam", "role/") && policy::isAccountId(parts->account) &&
           text.find_first_of("*?") == std::string_view::npos;
}

bool isProvider(std::string_view text) {
    return isArnOf(text, "iam", "saml-provider/") || isArnOf(text, "iam", "oidc-provider/");
}

bool isServiceName(std::string_view text) {
    return text.find('.') != std::string_view::npos && text.find_first_of("/:*? ") == std::string_view::npos &&
           (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") || text.ends_with(".amazon.com"));
}

bool isPlainId(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return isAlphanumeric(c) || c == '-' || c == '_'; });
}

// "namespace/name", as Kubernetes names both.
bool isNamespaced(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && isPlainId(text.substr(0, slash)) && slash + 1 < text.size() &&
           text.find_first_of("/*? ", slash + 1) == std::string_view::npos;
}

std::vector<NodeId> ids(std::vector<std::string> texts) {
    std::vector<NodeId> all;
    all.reserve(texts.size());
    for (std::string& text : texts) all.emplace_back(std::move(text));
    return all;
}

// A text that must be an ARN of that form where it is there.
std::string arn(Fields& fields, std::string_view key, bool (*good)(std::string_view), std::string_view expected,
                bool needed = false) {
    std::string text = fields.text(key);
    if (text.empty() && needed) fields.missing(key);
    if (!text.empty() && !good(text)) {
        fields.bad(key, text, expected);
        text.clear();
    }
    return text;
}

Group readGroup(Fields& fields) {
    return {fields.text("name"), ids(fields.texts("members"))};
}

Claim readClaim(Fields& fields) {
    Claim claim{fields.text("key"), fields.someTexts("values")};
    if (claim.key.empty()) fields.missing("key");
    if (claim.values.empty()) fields.missing("values");
    if (!claim.key.empty() && claim.key.find(':') == std::string::npos)
        fields.bad("key", claim.key, "saml:edupersonaffiliation, PROVIDER:claim");
    return claim;
}

Provider readProvider(Fields& fields) {
    Provider provider{arn(fields, "arn", isProvider, "arn:aws:iam::111122223333:saml-provider/NAME", true), fields.texts("audiences")};
    return provider;
}

Role readRole(Fields& fields) {
    Role role;
    role.arn = arn(fields, "arn", isRole, "arn:aws:iam::111122223333:role/NAME", true);
    role.providers = ids(fields.texts("providers"));
    role.tags = fields.flag("tags");
    role.sourceIdentity = fields.flag("source_identity");
    return role;
}

Workload readWorkload(Fields& fields) {
    Workload workload;
    workload.role = arn(fields, "role", isRole, "arn:aws:iam::111122223333:role/NAME");
    workload.spiffe = fields.text("spiffe");
    if (!workload.spiffe.empty() && (!workload.spiffe.starts_with("spiffe://") || workload.spiffe.size() > 2048 ||
                                     workload.spiffe.find_first_of("*? \"") != std::string::npos))
        fields.bad("spiffe", workload.spiffe, "spiffe://trust.domain/path");
    workload.names = fields.texts("san");
    workload.serviceAccount = fields.text("service_account");
    if (!workload.serviceAccount.empty() && !isNamespaced(workload.serviceAccount))
        fields.bad("service_account", workload.serviceAccount, "namespace/name");
    workload.runsOn = fields.text("runs_on");
    if (!workload.runsOn.empty() && workload.runsOn != "ecs" && workload.runsOn != "lambda" && workload.runsOn != "ec2")
        fields.bad("runs_on", workload.runsOn, "ecs, lambda, ec2");
    return workload;
}

std::vector<PathPattern> readPaths(Fields& fields, std::string_view key) {
    std::vector<PathPattern> paths;
    for (const std::string& text : fields.texts(key)) {
        if (auto path = PathPattern::parse(text))
            paths.push_back(std::move(*path));
        else
            fields.bad(key, text, "/orders, /orders/{id}, /orders/**");
    }
    return paths;
}

Route readRoute(Fields& fields) {
    Route route;
    route.api = fields.text("api");
    route.stage = fields.text("stage");
    route.account = fields.text("account");
    route.region = fields.text("region");
    route.paths = readPaths(fields, "paths");
    if (route.api.empty()) fields.missing("api");
    if (!route.api.empty() && !isPlainId(route.api)) fields.bad("api", route.api, "the API's id");
    if (!route.account.empty() && !policy::isAccountId(route.account)) fields.bad("account", route.account, "twelve digits");
    if (route.stage.empty()) route.stage = "*";
    return route;
}

MeshService readMeshService(Fields& fields) {
    MeshService service;
    service.lattice = arn(fields, "lattice", [](std::string_view text) { return isArnOf(text, "vpc-lattice", "service/"); },
                          "arn:aws:vpc-lattice:REGION:ACCOUNT:service/svc-…");
    service.network = arn(fields, "network", [](std::string_view text) { return isArnOf(text, "vpc-lattice", "servicenetwork/"); },
                          "arn:aws:vpc-lattice:REGION:ACCOUNT:servicenetwork/sn-…");
    service.virtualNode = arn(
        fields, "virtual_node",
        [](std::string_view text) { return isArnOf(text, "appmesh", "mesh/") && text.find("/virtualNode/") != std::string_view::npos; },
        "arn:aws:appmesh:REGION:ACCOUNT:mesh/MESH/virtualNode/NAME");
    service.workload = NodeId(fields.text("workload"));
    if (const auto port = fields.number("port", 1, std::numeric_limits<std::uint16_t>::max()))
        service.port = static_cast<std::uint16_t>(*port);
    if (service.lattice.empty() && service.virtualNode.empty() && service.workload.empty()) fields.missing("workload");
    return service;
}

Function readFunction(Fields& fields) {
    return {arn(fields, "arn", [](std::string_view text) { return isArnOf(text, "lambda", "function:"); },
                "arn:aws:lambda:REGION:ACCOUNT:function:NAME", true),
            fields.flag("url")};
}

bool isTask(std::string_view text) {
    return isArnOf(text, "ecs", "task-definition/");
}

Task readTask(Fields& fields) {
    Task task;
    task.arn = arn(fields, "arn", isTask, "arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:*", true);
    task.cluster = arn(fields, "cluster", [](std::string_view text) { return isArnOf(text, "ecs", "cluster/"); },
                       "arn:aws:ecs:REGION:ACCOUNT:cluster/NAME");
    task.passes = fields.texts("passes");
    for (const std::string& role : task.passes)
        if (!isRole(role)) fields.bad("passes", role, "arn:aws:iam::111122223333:role/NAME");
    return task;
}

// A map has no variables of policies: what stands there is meant as it stands.
bool isArnPattern(std::string_view text) {
    return text == "*" || (text.find("${") == std::string_view::npos && ArnParts::split(text).has_value());
}

std::optional<NodeBody> routeInPlace(std::string_view text) {
    // API/STAGE, then perhaps a path.
    const std::size_t slash = text.find('/');
    Route route;
    route.api = std::string(text.substr(0, slash));
    route.stage = "*";
    if (!isPlainId(route.api)) return std::nullopt;
    if (slash != std::string_view::npos) {
        const std::size_t path = text.find('/', slash + 1);
        route.stage = std::string(text.substr(slash + 1, path == std::string_view::npos ? path : path - slash - 1));
        if (route.stage != "*" && route.stage != "$default" && !isPlainId(route.stage)) return std::nullopt;
        if (path != std::string_view::npos) {
            auto pattern = PathPattern::parse(text.substr(path));
            if (!pattern) return std::nullopt;
            route.paths.push_back(std::move(*pattern));
        }
    }
    return route;
}

std::optional<NodeBody> arnInPlace(std::string_view text) {
    if (!isArnPattern(text)) return std::nullopt;
    if (isRole(text)) return Role{std::string(text), {}, false, false};
    if (isProvider(text)) return Provider{std::string(text), {}};
    if (text.find_first_of("*?") == std::string_view::npos) {
        if (isArnOf(text, "lambda", "function:")) return Function{std::string(text), false};
        if (isArnOf(text, "vpc-lattice", "service/")) {
            MeshService service;
            service.lattice = std::string(text);
            return service;
        }
    }
    if (isTask(text)) return Task{std::string(text), {}, {}};
    return ArnNode{std::string(text)};
}

} // namespace

NodeBody readNode(NodeKind kind, Fields& fields) {
    switch (kind) {
    case NodeKind::Group: return readGroup(fields);
    case NodeKind::Claim: return readClaim(fields);
    case NodeKind::Provider: return readProvider(fields);
    case NodeKind::Person: return Person{fields.text("name")};
    case NodeKind::Role: return readRole(fields);
    case NodeKind::Workload: return readWorkload(fields);
    case NodeKind::Service:
        return ServicePrincipal{arn(fields, "name", isServiceName, "lambda.amazonaws.com", true)};
    case NodeKind::Account:
        return AccountPrincipal{arn(fields, "account", policy::isAccountId, "twelve digits", true)};
    case NodeKind::Anyone: return Anyone{};
    case NodeKind::Route: return readRoute(fields);
    case NodeKind::MeshService: return readMeshService(fields);
    case NodeKind::Function: return readFunction(fields);
    case NodeKind::Task: return readTask(fields);
    case NodeKind::Arn: return ArnNode{arn(fields, "arn", isArnPattern, "an ARN, which may hold \"*\"", true)};
    case NodeKind::Set: break;
    }
    Set set{ids(fields.texts("members"))};
    if (set.members.empty()) fields.missing("members");
    return set;
}

std::vector<std::string_view> nodeKeys(NodeKind kind) {
    switch (kind) {
    case NodeKind::Group: return {"name", "members"};
    case NodeKind::Claim: return {"key", "values"};
    case NodeKind::Provider: return {"arn", "audiences"};
    case NodeKind::Person: return {"name"};
    case NodeKind::Role: return {"arn", "providers", "tags", "source_identity"};
    case NodeKind::Workload: return {"role", "spiffe", "san", "service_account", "runs_on"};
    case NodeKind::Service: return {"name"};
    case NodeKind::Account: return {"account"};
    case NodeKind::Anyone: return {};
    case NodeKind::Route: return {"api", "stage", "account", "region", "paths"};
    case NodeKind::MeshService: return {"lattice", "network", "virtual_node", "workload", "port"};
    case NodeKind::Function: return {"arn", "url"};
    case NodeKind::Task: return {"arn", "cluster", "passes"};
    case NodeKind::Arn: return {"arn"};
    case NodeKind::Set: break;
    }
    return {"members"};
}

std::optional<NodeBody> nodeInPlace(std::string_view text) {
    if (text == "anyone") return Anyone{};
    if (text.starts_with("arn:")) return arnInPlace(text);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto kind = nodeKindOf(text.substr(0, colon));
    const std::string_view value = text.substr(colon + 1);
    if (!kind || value.empty()) return std::nullopt;
    const auto when = [&](bool good, NodeBody body) { return good ? std::optional(std::move(body)) : std::nullopt; };
    switch (*kind) {
    case NodeKind::Group: return Group{std::string(value), {}};
    case NodeKind::Person: return Person{std::string(value)};
    case NodeKind::Provider: return when(isProvider(value), Provider{std::string(value), {}});
    case NodeKind::Role: return when(isRole(value), Role{std::string(value), {}, false, false});
    case NodeKind::Service: return when(isServiceName(value), ServicePrincipal{std::string(value)});
    case NodeKind::Account: return when(policy::isAccountId(value), AccountPrincipal{std::string(value)});
    case NodeKind::Route: return routeInPlace(value);
    case NodeKind::Function: return when(isArnOf(value, "lambda", "function:"), Function{std::string(value), false});
    case NodeKind::Task: return when(isTask(value), Task{std::string(value), {}, {}});
    case NodeKind::Arn: return when(isArnPattern(value), ArnNode{std::string(value)});
    case NodeKind::MeshService:
    case NodeKind::Claim:
    case NodeKind::Workload:
    case NodeKind::Anyone:
    case NodeKind::Set: break;
    }
    return std::nullopt;
}

std::vector<NodeId> referencesOf(const NodeBody& body) {
    if (const auto* group = std::get_if<Group>(&body)) return group->members;
    if (const auto* set = std::get_if<Set>(&body)) return set->members;
    if (const auto* role = std::get_if<Role>(&body)) return role->providers;
    if (const auto* service = std::get_if<MeshService>(&body); service != nullptr && !service->workload.empty())
        return {service->workload};
    return {};
}

bool mayReferTo(NodeKind from, NodeKind to) {
    switch (from) {
    case NodeKind::Group: return to == NodeKind::Group;
    case NodeKind::Role: return to == NodeKind::Provider;
    case NodeKind::MeshService: return to == NodeKind::Workload;
    case NodeKind::Set: return to != NodeKind::Provider;
    default: return false;
    }
}

} // namespace gw::mesh
