// From names to ARNs, from sets to members, from edges to admissions and uses.
#include "models/estate/api_kinds.h"
#include "models/estate/estate.h"
#include "models/mesh/intent/conflicts.h"
#include "models/mesh/intent/intent.h"
#include "models/mesh/map/edge_reader.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace gw::mesh {
namespace {

using estate::ResourceKind;

std::string_view serviceThatRuns(std::string_view where) {
    if (where == "ecs") return "ecs-tasks.amazonaws.com";
    if (where == "lambda") return "lambda.amazonaws.com";
    return "ec2.amazonaws.com";
}

class Resolver {
public:
    Resolver(const Map& map, const estate::Estate* estate, std::optional<UtcTime> now) : map_(map), estate_(estate), now_(now) {
        if (estate == nullptr) return;
        for (const estate::Resource& resource : estate->resources())
            if (estate::isApi(resource.kind))
                apis_.emplace(resource.id, &resource);
    }

    Intent resolve() && {
        for (const Node& node : map_.nodes()) takeWorkload(node);
        for (const Edge& edge : map_.edges()) takeEdge(edge);
        tellConflicts(map_, intent_);
        return std::move(intent_);
    }

private:
    Error& tell(MapError code, const MapPlace& place) {
        return intent_.problems.emplace_back(
            Error(code).with("line", std::to_string(place.line)).with("column", std::to_string(place.column)));
    }
    Error& tell(MapError code, const Edge& edge) { return tell(code, edge.place).with("edge", edge.id.value()); }

    void takeWorkload(const Node& node);
    void takeEdge(const Edge& edge);
    void admit(const Edge& edge, const Node& who, const Role& role);
    void addAdmission(const Edge& edge, Admission admission);
    [[nodiscard]] std::optional<Caller> callerOf(const Edge& edge, const Node& node);
    void takeUse(const Edge& edge, const Caller& caller, const std::vector<NodeId>& through, const Node& on);
    [[nodiscard]] std::optional<ApiAccess> apiAccess(const Edge& edge, const Node& node, const Route& route);
    [[nodiscard]] std::optional<std::vector<PathPattern>> pathsIn(const Edge& edge, const std::vector<PathPattern>& within);
    [[nodiscard]] std::vector<std::string> methodsOf(const Edge& edge) const;
    void checkEstate(const Edge& edge, const std::string& arn);

    const Map& map_;
    const estate::Estate* estate_;
    std::optional<UtcTime> now_;
    std::unordered_map<std::string, const estate::Resource*> apis_;
    Intent intent_;
};

// What runs takes its role itself, whatever the edges say.
void Resolver::takeWorkload(const Node& node) {
    const auto* workload = node.as<Workload>();
    if (workload == nullptr || workload->runsOn.empty() || workload->role.empty()) return;
    Admission admission;
    admission.role = workload->role;
    admission.who = node.id;
    admission.principal = std::string(serviceThatRuns(workload->runsOn));
    intent_.admissions.push_back(std::move(admission));
}

void Resolver::takeEdge(const Edge& edge) {
    if (edge.expires && now_ && *edge.expires <= *now_) {
        tell(MapError::Expired, edge).with("seen", edge.expires->toRfc3339());
        return;
    }
    for (const Acceptance& acceptance : edge.accept) {
        const auto target = targetOf(acceptance.target);
        if (target)
            intent_.accepted.push_back({edge.id, *target, acceptance.what});
        else
            tell(MapError::BadValue, acceptance.place).with("key", "accept").with("seen", acceptance.target).with("edge", edge.id.value());
    }
    std::vector<Caller> callers;
    std::vector<const Node*> seen;
    for (const NodeId& id : edge.who)
        for (const Node* who : map_.members(id)) {
            if (std::find(seen.begin(), seen.end(), who) != seen.end()) continue;
            seen.push_back(who);
            if (!edge.through) {
                if (auto caller = callerOf(edge, *who)) callers.push_back(std::move(*caller));
                continue;
            }
            const Node* through = map_.node(*edge.through);
            if (through != nullptr && through->as<Role>() != nullptr) admit(edge, *who, *through->as<Role>());
        }
    if (edge.through)
        if (const Node* through = map_.node(*edge.through); through != nullptr && through->as<Role>() != nullptr) {
            checkEstate(edge, through->as<Role>()->arn);
            callers.push_back({through->id, through->as<Role>()->arn, nullptr});
        }
    std::vector<const Node*> targets;
    for (const NodeId& id : edge.on)
        for (const Node* on : map_.members(id))
            if (std::find(targets.begin(), targets.end(), on) == targets.end()) targets.push_back(on);
    std::vector<NodeId> through;
    if (edge.through)
        for (const Node* who : seen) through.push_back(who->id);
    for (const Caller& caller : callers)
        for (const Node* on : targets) takeUse(edge, caller, through, *on);
}

void Resolver::checkEstate(const Edge& edge, const std::string& arn) {
    if (estate_ != nullptr && estate_->role(arn) == nullptr) tell(MapError::NotInEstate, edge).with("seen", arn);
}

void Resolver::addAdmission(const Edge& edge, Admission admission) {
    admission.edge = edge.id;
    admission.effect = edge.effect;
    admission.expires = edge.expires;
    // Of an edge that is only about the role, the conditions are those of taking it.
    if (edge.on.empty()) admission.conditions.insert(admission.conditions.end(), edge.when.begin(), edge.when.end());
    intent_.admissions.push_back(std::move(admission));
}

void Resolver::admit(const Edge& edge, const Node& who, const Role& role) {
    // A denial of what may be done with a role does not keep anybody from taking it.
    if (edge.effect == Effect::Deny && !edge.on.empty()) return;
    Admission admission;
    admission.role = role.arn;
    admission.who = who.id;
    admission.tags = role.tags;
    admission.sourceIdentity = role.sourceIdentity;
    const auto* group = who.as<Group>();
    const auto* claim = who.as<Claim>();
    const auto* person = who.as<Person>();
    if (group == nullptr && claim == nullptr && person == nullptr) {
        const auto caller = callerOf(edge, who);
        if (!caller) return;
        admission.principal = caller->principal;
        if (admission.principal.empty())
            tell(MapError::Unresolved, edge).with("seen", who.id.value()).with("expected", "role");
        else
            addAdmission(edge, std::move(admission));
        return;
    }
    if (role.providers.empty()) tell(MapError::MissingKey, edge).with("key", "providers").with("of", edge.through->value());
    for (const NodeId& id : role.providers) {
        const Node* node = map_.node(id);
        const auto* provider = node == nullptr ? nullptr : node->as<Provider>();
        if (provider == nullptr) continue;
        Admission by = admission;
        by.principal = provider->arn;
        const bool saml = provider->arn.find(":saml-provider/") != std::string::npos;
        by.kind = saml ? Admission::Kind::Saml : Admission::Kind::WebIdentity;
        by.audiences = provider->audiences;
        if (group != nullptr) by.group = group->name;
        if (claim != nullptr) by.conditions.push_back({EdgeCondition::Kind::Key, claim->key, claim->values});
        if (person != nullptr) {
            const std::string key = saml ? "saml:sub" : provider->arn.substr(provider->arn.find('/') + 1) + ":sub";
            by.conditions.push_back({EdgeCondition::Kind::Key, key, {person->name}});
        }
        addAdmission(edge, std::move(by));
    }
}

std::optional<Caller> Resolver::callerOf(const Edge& edge, const Node& node) {
    Caller caller;
    caller.node = node.id;
    if (const auto* workload = node.as<Workload>()) {
        caller.principal = workload->role;
        caller.workload = workload;
    } else if (const auto* role = node.as<Role>()) {
        caller.principal = role->arn;
    } else if (const auto* service = node.as<ServicePrincipal>()) {
        caller.principal = service->name;
    } else if (const auto* account = node.as<AccountPrincipal>()) {
        caller.principal = account->id;
    } else if (node.as<Anyone>() != nullptr) {
        caller.principal = "*";
    } else {
        tell(MapError::WrongReference, edge).with("seen", node.id.value()).with("kind", std::string(nodeKindName(node.kind())));
        return std::nullopt;
    }
    return caller;
}

std::vector<std::string> Resolver::methodsOf(const Edge& edge) const {
    std::vector<std::string> methods;
    for (const std::string& word : edge.may)
        if (isMethod(word) && std::find(methods.begin(), methods.end(), word) == methods.end()) methods.push_back(word);
    if (std::find(methods.begin(), methods.end(), "*") != methods.end()) return {"*"};
    return methods;
}

// The edge's paths within those of what it is about, the narrower of two; nothing where they do not meet.
std::optional<std::vector<PathPattern>> Resolver::pathsIn(const Edge& edge, const std::vector<PathPattern>& within) {
    if (edge.paths.empty()) return within;
    if (within.empty()) return edge.paths;
    std::vector<PathPattern> both;
    for (const PathPattern& path : edge.paths)
        for (const PathPattern& outer : within) {
            const PathPattern* narrower = outer.covers(path) ? &path : path.covers(outer) ? &outer : nullptr;
            if (narrower != nullptr && std::find(both.begin(), both.end(), *narrower) == both.end()) both.push_back(*narrower);
        }
    if (!both.empty()) return both;
    tell(MapError::BadValue, edge).with("key", "paths").with("seen", edge.paths.front().text()).with("expected", within.front().text());
    return std::nullopt;
}

std::optional<ApiAccess> Resolver::apiAccess(const Edge& edge, const Node& node, const Route& route) {
    ApiAccess access;
    access.api = route.api;
    access.stage = route.stage;
    access.account = route.account;
    access.region = route.region;
    access.partition = "aws";
    if (const auto found = apis_.find(route.api); found != apis_.end()) {
        const estate::Resource& api = *found->second;
        if (access.account.empty()) access.account = api.account;
        if (access.region.empty()) access.region = api.region;
        if (const auto arn = policy::ArnParts::split(api.arn)) access.partition = std::string(arn->partition);
        if (api.kind == ResourceKind::HttpApi) access.kind = ApiAccess::Kind::Http;
        if (api.kind == ResourceKind::WebSocketApi) access.kind = ApiAccess::Kind::WebSocket;
    } else if (estate_ != nullptr) {
        tell(MapError::NotInEstate, edge).with("seen", route.api);
    }
    if (access.account.empty() || access.region.empty()) {
        tell(MapError::Unresolved, edge).with("seen", node.id.value()).with("expected", access.account.empty() ? "account" : "region");
        return std::nullopt;
    }
    auto paths = pathsIn(edge, route.paths);
    if (!paths) return std::nullopt;
    access.paths = std::move(*paths);
    return access;
}

void Resolver::takeUse(const Edge& edge, const Caller& caller, const std::vector<NodeId>& through, const Node& on) {
    // Whoever read the map has told that something is missing there.
    if (edge.may.empty()) return;
    const auto add = [&](Access access) {
        intent_.uses.push_back({edge.id, edge.effect, caller, through, on.id, std::move(access), edge.when, edge.expires, false});
    };
    const auto has = [&](std::string_view verb) { return std::find(edge.may.begin(), edge.may.end(), verb) != edge.may.end(); };
    std::vector<std::string> actions;
    std::copy_if(edge.may.begin(), edge.may.end(), std::back_inserter(actions), isAction);
    const std::vector<std::string> methods = methodsOf(edge);
    const auto wrongMay = [&](std::string_view expected) {
        tell(MapError::BadValue, edge)
            .with("key", "may")
            .with("seen", edge.may.front())
            .with("of", on.id.value())
            .with("expected", std::string(expected));
    };

    if (const auto* route = on.as<Route>()) {
        if (methods.empty()) return wrongMay("GET, POST, *");
        if (auto access = apiAccess(edge, on, *route)) {
            // Those that API Gateway knows: a wildcard in their place would reach into paths.
            const bool every = methods.front() == "*" && !access->paths.empty() && access->kind != ApiAccess::Kind::WebSocket;
            access->methods = every ? std::vector<std::string>{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"} : methods;
            add(std::move(*access));
        }
        return;
    }
    if (!edge.paths.empty() && on.as<MeshService>() == nullptr)
        tell(MapError::WrongReference, edge).with("key", "paths").with("seen", on.id.value()).with("kind", std::string(nodeKindName(on.kind())));
    if (const auto* service = on.as<MeshService>()) {
        const bool connect = has("connect");
        if (methods.empty() == !connect) return wrongMay("GET, POST, *, or connect");
        if (!service->lattice.empty())
            add(LatticeAccess{service->lattice, service->network, connect, methods, edge.paths, service->port});
        const Node* server = service->workload.empty() ? nullptr : map_.node(service->workload);
        if (server != nullptr || !service->virtualNode.empty())
            add(MeshAccess{on.id, service->workload, server == nullptr ? nullptr : server->as<Workload>(), service->virtualNode, methods,
                           edge.paths, service->port});
        return;
    }
    const auto raw = [&](const std::string& resource) {
        if (!actions.empty()) add(ActionAccess{actions, resource});
    };
    if (const auto* function = on.as<Function>()) {
        if (!has("invoke") && actions.empty()) return wrongMay("invoke, lambda:…");
        if (has("invoke")) add(FunctionAccess{function->arn, function->url});
        return raw(function->arn);
    }
    if (const auto* task = on.as<Task>()) {
        if (!has("run") && actions.empty()) return wrongMay("run, ecs:…");
        if (has("run")) {
            TaskAccess access{task->arn, task->cluster, task->passes};
            const estate::Resource* definition = estate_ == nullptr ? nullptr : estate_->resourceFor(task->arn);
            if (access.passes.empty() && definition != nullptr)
                for (const estate::RoleUse& role : definition->roles)
                    if (std::find(access.passes.begin(), access.passes.end(), role.arn) == access.passes.end()) access.passes.push_back(role.arn);
            if (access.passes.empty()) tell(MapError::Unresolved, edge).with("seen", on.id.value()).with("expected", "passes");
            add(std::move(access));
        }
        return raw(task->arn);
    }
    if (const auto* role = on.as<Role>()) {
        if (!has("assume") && actions.empty()) return wrongMay("assume, iam:…");
        if (has("assume")) {
            add(ActionAccess{{"sts:AssumeRole"}, role->arn});
            Admission admission;
            admission.edge = edge.id;
            admission.effect = edge.effect;
            admission.role = role->arn;
            admission.who = caller.node;
            admission.principal = caller.principal;
            admission.conditions = edge.when;
            admission.expires = edge.expires;
            if (!admission.principal.empty()) intent_.admissions.push_back(std::move(admission));
        }
        return raw(role->arn);
    }
    if (const auto* arn = on.as<ArnNode>()) {
        if (actions.empty()) return wrongMay("s3:GetObject, …");
        raw(arn->pattern);
    }
}

} // namespace

Intent resolve(const Map& map, const estate::Estate* estate, std::optional<UtcTime> now) {
    return Resolver(map, estate, now).resolve();
}

} // namespace gw::mesh
