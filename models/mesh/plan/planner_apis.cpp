// APIs of API Gateway: who may call, which routes ask for the caller's signature, and when that comes into force.
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/compile/statement.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/planner.h"
#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using estate::ResourceKind;

// API Gateway, "Quotas for configuring and running a REST API".
constexpr std::size_t policyQuota = 8'192;

struct Calls {
    std::vector<std::string> methods;
    std::vector<PathPattern> paths; // empty: all
    EdgeId edge;
    bool anonymous = false;
};

std::vector<Calls> callsIn(const std::string& text) {
    std::vector<Calls> all;
    const auto json = parseJson(text);
    if (!json) return all;
    for (const Json& route : json->value("routes", Json::array())) {
        Calls calls;
        for (const Json& each : route.value("methods", Json::array())) calls.methods.push_back(each.get<std::string>());
        for (const Json& each : route.value("paths", Json::array()))
            if (auto path = PathPattern::parse(each.get<std::string>())) calls.paths.push_back(std::move(*path));
        calls.edge = EdgeId(textField(route, "edge"));
        calls.anonymous = textField(route, "authorization_type") == "NONE";
        all.push_back(std::move(calls));
    }
    return all;
}

// "/refunds/{proxy+}" is "/refunds/**" to a map.
std::optional<PathPattern> patternOf(std::string path) {
    if (const std::size_t brace = path.rfind('{'); path.ends_with("+}") && brace != std::string::npos) path.replace(brace, std::string::npos, "**");
    return PathPattern::parse(path);
}

// Whether some path is both's.
bool meet(const PathPattern& a, const PathPattern& b) {
    const std::size_t both = std::min(a.segments().size(), b.segments().size());
    for (std::size_t i = 0; i < both; ++i)
        if (a.segments()[i] && b.segments()[i] && *a.segments()[i] != *b.segments()[i]) return false;
    if (a.segments().size() == b.segments().size()) return a.open() == b.open();
    return a.segments().size() < b.segments().size() ? a.open() : b.open();
}

bool isSpecial(const estate::Resource& route) {
    return route.path.starts_with('$');
}

bool methodMeets(const Calls& calls, const estate::Resource& route) {
    if (route.method.empty() || route.method == "ANY") return true;
    // Browsers ask for OPTIONS without a signature: it is meant only where it is named.
    if (route.method == "OPTIONS" && (calls.methods.size() >= 7 || allowsMethod(calls.methods, "*"))) return false;
    return allowsMethod(calls.methods, route.method);
}

// The routes that the calls arrive at: those within what is called, and of those around it the narrowest.
std::set<const estate::Resource*> routesOf(const Calls& calls, const std::vector<const estate::Resource*>& routes) {
    std::set<const estate::Resource*> found;
    if (calls.paths.empty()) {
        for (const estate::Resource* each : routes)
            if (methodMeets(calls, *each)) found.insert(each);
        return found;
    }
    for (const PathPattern& path : calls.paths) {
        const estate::Resource* around = nullptr;
        std::optional<PathPattern> narrowest;
        bool exact = false;
        for (const estate::Resource* each : routes) {
            if (!methodMeets(calls, *each)) continue;
            const auto pattern = isSpecial(*each) ? PathPattern::parse("/**") : patternOf(each->path);
            if (!pattern) continue;
            if (path.covers(*pattern)) {
                found.insert(each);
                exact = exact || pattern->covers(path);
            } else if (pattern->covers(path)) {
                if (!narrowest || narrowest->covers(*pattern)) {
                    around = each;
                    narrowest = pattern;
                }
            } else if (meet(path, *pattern)) {
                found.insert(each);
            }
        }
        if (around != nullptr && !exact) found.insert(around);
    }
    return found;
}

} // namespace

void Planner::planApis() {
    if (!has(Target::ApiGateway)) return;
    for (const auto& [object, wanted] : wantedOf(Target::ApiGateway, namedObjects(Target::ApiGateway))) {
        const estate::Resource* known = api(std::string_view(object).substr(object.rfind('/') + 1));
        if (known != nullptr) {
            planApi(object, *known, wanted);
            continue;
        }
        for (const Artefact* each : wanted.artefacts)
            cannot(Unplanned::Why::NotInEstate,
                   stepFor(each->kind == ArtefactKind::ApiPolicy ? StepKind::ApiPolicy : StepKind::RouteAuthorization, Target::ApiGateway, object, {}),
                   each->edges);
    }
}

void Planner::planApi(const std::string& object, const estate::Resource& api, const Wanted& wanted) {
    bool changed = false;
    const Artefact* policy = wanted.of(ArtefactKind::ApiPolicy);
    if (api.kind == ResourceKind::RestApi) {
        Step step = stepFor(StepKind::ApiPolicy, Target::ApiGateway, object, {});
        step.account = api.account;
        step.id = api.id;
        if (!api.policyKnown) {
            if (policy != nullptr) cannot(Unplanned::Why::NotSeen, step, policy->edges);
        } else {
            const bool first = !api.policy && policy != nullptr &&
                               std::any_of(input_.estate.resources().begin(), input_.estate.resources().end(), [&](const estate::Resource& each) {
                                   return each.kind == ResourceKind::Route && each.api == api.id && each.method != "OPTIONS" &&
                                          each.authorization.type != "AWS_IAM";
                               });
            if (first) step.notes.push_back(StepNote::FirstPolicy);
            changed = addPolicy(std::move(step), api.policy ? api.policy->text : std::string(), policy == nullptr ? std::string_view() : policy->text, 0,
                                policyQuota);
        }
    }
    if (const Artefact* routes = wanted.of(ArtefactKind::RouteAuthorization)) changed = planRoutes(object, api, *routes) || changed;
    if (changed) planDeployments(object, api);
}

bool Planner::planRoutes(const std::string& object, const estate::Resource& api, const Artefact& wanted) {
    // Each once, whatever the stages: what a route asks for is the API's, not the stage's.
    std::vector<const estate::Resource*> routes;
    std::set<std::pair<std::string, std::string>> told;
    for (const estate::Resource& each : input_.estate.resources())
        if (each.kind == ResourceKind::Route && each.api == api.id && (api.kind != ResourceKind::WebSocketApi || each.path == "$connect") &&
            told.emplace(each.id, each.method).second)
            routes.push_back(&each);
    if (routes.empty()) {
        cannot(Unplanned::Why::NotSeen, stepFor(StepKind::RouteAuthorization, Target::ApiGateway, object, {}), wanted.edges);
        return false;
    }
    struct Asked {
        std::vector<EdgeId> edges;
        bool anonymous = false, signedCalls = false;
    };
    std::map<const estate::Resource*, Asked> asked;
    for (const Calls& calls : callsIn(wanted.text))
        for (const estate::Resource* each : routesOf(calls, routes)) {
            Asked& one = asked[each];
            addEdge(one.edges, calls.edge);
            (calls.anonymous ? one.anonymous : one.signedCalls) = true;
        }
    bool changed = false;
    for (const estate::Resource* route : routes) {
        const auto found = asked.find(route);
        if (found == asked.end()) continue;
        Step step = stepFor(StepKind::RouteAuthorization, Target::ApiGateway, object, route->name.empty() ? route->path : route->name);
        step.account = api.account;
        step.id = route->id;
        step.change = StepChange::Replace;
        step.edges = found->second.edges;
        if (found->second.anonymous && found->second.signedCalls) {
            cannot(Unplanned::Why::Contradiction, step, step.edges);
            continue;
        }
        if (route->authorization.type.empty()) {
            cannot(Unplanned::Why::NotSeen, step, step.edges);
            continue;
        }
        const std::string_view type = found->second.anonymous ? "NONE" : "AWS_IAM";
        if (route->authorization.type == type) continue;
        step.before = routeAuthorizationText(route->authorization.type, route->authorization.authorizer, route->authorization.scopes);
        step.after = routeAuthorizationText(type, {}, {});
        StatementChanges changes;
        if (found->second.anonymous) {
            changes.allows = 1;
            changes.toAnyone = true;
        } else {
            changes.denies = 1;
        }
        if (route->authorization.type != "NONE" && route->authorization.type != "AWS_IAM") step.notes.push_back(StepNote::ReplacesAuthorizer);
        add(std::move(step), changes);
        changed = true;
    }
    return changed;
}

// Of the stages that the map speaks of: others get what was changed with their own next deployment.
void Planner::planDeployments(const std::string& object, const estate::Resource& api) {
    std::set<std::string> named;
    bool all = false, authorizers = false;
    for (const Node& node : input_.map.nodes())
        if (const auto* route = node.as<Route>(); route != nullptr && route->api == api.id) {
            named.insert(route->stage);
            all = all || route->stage == "*";
        }
    std::vector<const estate::Resource*> stages;
    for (const estate::Resource& each : input_.estate.resources()) {
        if (each.parent != api.arn) continue;
        authorizers = authorizers || each.kind == ResourceKind::Authorizer;
        if (each.kind == ResourceKind::Stage && (all || named.contains(each.id))) stages.push_back(&each);
    }
    for (const estate::Resource* stage : stages) {
        const auto spec = parseJson(stage->spec);
        const bool automatic = spec && spec->is_object() && spec->value("AutoDeploy", false);
        Step step = stepFor(StepKind::Deployment, Target::ApiGateway, object, stage->id);
        step.account = api.account;
        step.id = api.id;
        step.change = StepChange::Replace;
        if (spec && spec->is_object()) step.before = textField(*spec, api.kind == ResourceKind::RestApi ? "deploymentId" : "DeploymentId");
        step.seen = seenDigest(step.kind, step.before);
        Step flush = step;
        step.notes.push_back(StepNote::Publishes);
        // Without the one that counts now there is no way back.
        if (!automatic && step.before.empty())
            cannot(Unplanned::Why::NotSeen, step, {});
        else if (!automatic)
            add(std::move(step), Stage::Deploy);
        if (!authorizers || api.kind == ResourceKind::WebSocketApi) continue;
        flush.kind = StepKind::CacheFlush;
        flush.before.clear();
        flush.seen = seenDigest(flush.kind, {});
        add(std::move(flush), Stage::Flush);
    }
}

} // namespace gw::mesh
