#include "models/mesh/compile/iam_resources.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/principal.h"

#include <algorithm>

namespace gw::mesh {
namespace {

std::vector<std::string> globsOf(const std::vector<PathPattern>& paths) {
    if (paths.empty()) return {"/*"};
    std::vector<std::string> globs;
    for (const PathPattern& path : paths) globs.push_back(path.glob());
    return globs;
}

bool hasTemplate(const std::vector<PathPattern>& paths, std::string& seen) {
    const auto found = std::find_if(paths.begin(), paths.end(), [](const PathPattern& path) { return path.form() == PathForm::Template; });
    if (found != paths.end()) seen = found->text();
    return found != paths.end();
}

} // namespace

std::string_view accountOf(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts ? parts->account : std::string_view();
}

std::string_view partitionOf(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts ? parts->partition : std::string_view("aws");
}

bool isOwnRole(const Caller& caller, std::string_view account) {
    return caller.principal.starts_with("arn:") && accountOf(caller.principal) == account;
}

PrincipalWord principalWord(std::string_view principal, std::string_view partition) {
    if (principal == "*") return {"*", "*"};
    if (policy::isAccountId(principal)) return {"AWS", "arn:" + std::string(partition) + ":iam::" + std::string(principal) + ":root"};
    if (principal.starts_with("arn:")) return {"AWS", std::string(principal)};
    return {"Service", std::string(principal)};
}

std::vector<std::string> resourcesOf(const ApiAccess& access) {
    const std::string base = "arn:" + access.partition + ":execute-api:" + access.region + ":" + access.account + ":" + access.api + "/" + access.stage;
    if (access.kind == ApiAccess::Kind::WebSocket) return {base + "/*"};
    if (access.stage == "*") return {base};
    std::vector<std::string> resources;
    for (const std::string& method : access.methods)
        for (const std::string& path : globsOf(access.paths)) resources.push_back(base + "/" + method + path);
    return resources;
}

std::vector<std::string> resourcesOf(const LatticeAccess& access) {
    if (access.connect) return {access.service};
    std::vector<std::string> resources;
    for (const std::string& path : globsOf(access.paths)) resources.push_back(access.service + path);
    return resources;
}

std::vector<PolicyStatement> statementsFor(const Use& use, ConditionPlace place) {
    PolicyStatement statement;
    statement.edges = {use.edge};
    statement.deny = use.effect == Effect::Deny;
    const bool lattice = use.as<LatticeAccess>() != nullptr;
    statement.tests = testsFor(use.when, use.expires, lattice ? ConditionPlace::Lattice : place);
    if (const auto* api = use.as<ApiAccess>()) {
        statement.actions = {"execute-api:Invoke"};
        statement.resources = resourcesOf(*api);
    } else if (const auto* service = use.as<LatticeAccess>()) {
        statement.actions = {service->connect ? "vpc-lattice-svcs:Connect" : "vpc-lattice-svcs:Invoke"};
        statement.resources = resourcesOf(*service);
        if (!service->connect && !allowsMethod(service->methods, "*"))
            addTest(statement.tests, {"StringEquals", "vpc-lattice-svcs:RequestMethod", service->methods});
        if (service->port != 0) addTest(statement.tests, {"NumericEquals", "vpc-lattice-svcs:Port", {std::to_string(service->port)}});
    } else if (const auto* function = use.as<FunctionAccess>()) {
        statement.resources = {function->function};
        statement.actions = {"lambda:InvokeFunction"};
        if (function->url) {
            // Lambda Developer Guide, "Control access to function URLs": both, each under its own condition.
            PolicyStatement url = statement;
            url.actions = {"lambda:InvokeFunctionUrl"};
            addTest(url.tests, {"StringEquals", "lambda:FunctionUrlAuthType", {"AWS_IAM"}});
            addTest(statement.tests, {"Bool", "lambda:InvokedViaFunctionUrl", {"true"}});
            return {url, statement};
        }
    } else if (const auto* task = use.as<TaskAccess>()) {
        statement.actions = {"ecs:RunTask"};
        statement.resources = {task->definition};
        PolicyStatement pass = statement;
        if (!task->cluster.empty()) addTest(statement.tests, {"ArnEquals", "ecs:cluster", {task->cluster}});
        if (task->passes.empty() || statement.deny) return {statement};
        pass.actions = {"iam:PassRole"};
        pass.resources = task->passes;
        addTest(pass.tests, {"StringEquals", "iam:PassedToService", {"ecs-tasks.amazonaws.com"}});
        return {statement, pass};
    } else if (const auto* action = use.as<ActionAccess>()) {
        statement.actions = action->actions;
        statement.resources = {action->resource};
    }
    return {statement};
}

void addStatementsOfResource(const Use& use, ConditionPlace place, std::string_view partition, std::vector<PolicyStatement>& into) {
    const PrincipalWord word = principalWord(use.caller.principal, partition);
    for (PolicyStatement& statement : statementsFor(use, place)) {
        statement.principalType = word.type;
        statement.principals = {word.text};
        into.push_back(std::move(statement));
    }
}

void loseForSize(Compilation& into, Target target, const std::vector<EdgeId>& edges, std::size_t size, std::size_t quota) {
    for (const EdgeId& edge : edges)
        into.losses.push_back({target, edge, "quota", std::to_string(size) + " of " + std::to_string(quota), false});
}

std::vector<Unheld> unheldInPolicies(const Use& use, ConditionPlace place) {
    std::vector<Unheld> unheld = unheldConditions(use.when, use.as<LatticeAccess>() != nullptr ? ConditionPlace::Lattice : place);
    std::string seen;
    if (const auto* api = use.as<ApiAccess>()) {
        // What is asked for when a WebSocket is opened has neither a method nor a path.
        if (api->kind == ApiAccess::Kind::WebSocket) {
            if (!allowsMethod(api->methods, "*")) unheld.push_back({"method", api->methods.front()});
            if (!api->paths.empty()) unheld.push_back({"path", api->paths.front().text()});
        } else {
            // "*/GET/orders" would also match a stage, another method, and a path that holds the rest.
            if (api->stage == "*" && !(api->paths.empty() && allowsMethod(api->methods, "*"))) unheld.push_back({"stage", "*"});
            if (hasTemplate(api->paths, seen)) unheld.push_back({"path-template", seen});
        }
    }
    if (const auto* lattice = use.as<LatticeAccess>()) {
        if (hasTemplate(lattice->paths, seen)) unheld.push_back({"path-template", seen});
        if (lattice->connect && !lattice->paths.empty()) unheld.push_back({"path", lattice->paths.front().text()});
    }
    return unheld;
}

} // namespace gw::mesh
