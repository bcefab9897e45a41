// What is reached, and what runs: APIs, meshes, Lattice, tasks and functions.
#include "models/estate/review/look.h"

#include "models/estate/api_kinds.h"
#include "models/policy/evaluator.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

bool isAppMesh(ResourceKind kind) {
    return kind >= ResourceKind::Mesh && kind <= ResourceKind::GatewayRoute;
}

class Resources {
public:
    Resources(const Look& look, Findings& into) : look_(look), estate_(look.estate), into_(into) {}

    void run() {
        bool lattice = false, api = false;
        for (const Resource& each : estate_.resources()) {
            if (each.kind == ResourceKind::Route) {
                api = true;
                checkRoute(each);
            }
            if (isApi(each.kind)) {
                api = true;
                checkApi(each);
            }
            if (each.kind == ResourceKind::LatticeService || each.kind == ResourceKind::ServiceNetwork) {
                lattice = true;
                checkLattice(each);
            }
            if (isAppMesh(each.kind)) checkMesh(each);
            if (each.kind == ResourceKind::TaskDefinition) checkTask(each);
            if (each.kind == ResourceKind::Function)
                for (const RoleUse& use : each.roles) functions_[use.arn].push_back(&each);
        }
        for (auto& [role, functions] : functions_) {
            std::sort(functions.begin(), functions.end(), [](const Resource* a, const Resource* b) { return a->arn < b->arn; });
            checkShared(role, functions);
        }
        if (functions_.empty()) into_.needs(rules::lambdaRoleShared, "functions");
        if (!tasks_) into_.needs(rules::ecsSameRole, "tasks");
        if (!lattice)
            for (const Rule* rule : {&rules::latticeInactive, &rules::latticeNoPolicy}) into_.needs(*rule, "lattice");
        if (!api)
            for (const Rule* rule : {&rules::apiAuthNone, &rules::apiPrincipalWithoutIam}) into_.needs(*rule, "api");
    }

private:
    [[nodiscard]] const Resource* apiOf(const Resource& route) {
        if (apis_.empty())
            for (const Resource& each : estate_.resources())
                if (isApi(each.kind)) apis_.emplace(each.id, &each);
        const auto known = apis_.find(route.api);
        return known == apis_.end() ? estate_.resourceFor(route.arn) : known->second;
    }

    [[nodiscard]] policy::PolicyRef policyOf(const Resource& resource) {
        if (!resource.policy || !resource.policy->known) return nullptr;
        const auto compiled = pool_.get(*resource.policy, policy::DocumentKind::Resource);
        return compiled ? *compiled : nullptr;
    }

    // Whether somebody without credentials may call it, by its policy alone.
    [[nodiscard]] bool isOpen(const Resource& route, const policy::CompiledPolicy& policy) const {
        policy::Request request{*policy::Principal::parse("*"), "execute-api:Invoke", route.arn, route.account, {}, {}};
        request.facts.anonymous = true;
        policy::RequestView view(request, {.complete = true, .now = look_.now, .catalogue = look_.world.catalogue});
        return policy::decide(view, policy::PolicySet(), &policy).decision == policy::Decision::Allowed;
    }

    void checkRoute(const Resource& route) {
        // A browser asks before it calls, and never with credentials.
        if (route.method == "OPTIONS") return;
        if (route.authorization.type.empty()) return into_.needs(rules::apiAuthNone, "authorization");
        if (route.authorization.type != "NONE") return;
        const Resource* api = apiOf(route);
        if (api == nullptr) return into_.needs(rules::apiAuthNone, "api");
        if (api->spec.find("\"PRIVATE\"") != std::string::npos) return;
        if (api->kind == ResourceKind::RestApi) {
            if (!api->policyKnown) return into_.needs(rules::apiAuthNone, "resource_policy");
            if (api->policy) {
                const policy::PolicyRef policy = policyOf(*api);
                if (policy == nullptr || !isOpen(route, *policy)) return;
            }
        }
        into_.add(rules::apiAuthNone, route.arn, placeOf(route.source),
                  {{"seen", route.name}, {"api", api->name.empty() ? api->id : api->name},
                   {"resource_policy", api->policy ? "open" : "none"}, {"api_key", route.authorization.apiKeyRequired ? "required" : "none"}},
                  plan(rules::apiAuthNone.id));
    }

    void checkApi(const Resource& api) {
        const policy::PolicyRef policy = policyOf(api);
        if (policy == nullptr) return;
        std::vector<std::string> named;
        for (const policy::CompiledStatement& each : policy->statements())
            for (const policy::NamedPrincipal& principal : each.principals())
                if (each.effect() == policy::Effect::Allow && principal.type() == policy::NamedPrincipal::Type::Aws &&
                    principal.text() != "*")
                    named.push_back(principal.text());
        if (named.empty()) return;
        if (routes_.empty())
            for (const Resource& each : estate_.resources())
                if (each.kind == ResourceKind::Route) routes_[each.api].push_back(&each);
        bool untold = false;
        for (const Resource* route : routes_[api.id]) {
            untold = untold || route->authorization.type.empty();
            if (route->method == "OPTIONS" || route->authorization.type.empty() || route->authorization.type == "AWS_IAM") continue;
            into_.add(rules::apiPrincipalWithoutIam, api.arn, placeIn(*api.policy, "", {1, 1}),
                      {{"seen", named.front()}, {"route", route->name}, {"authorization", route->authorization.type}, {"principals[]", listText(named)}},
                      plan(rules::apiPrincipalWithoutIam.id, {{"route", route->name}}));
            return;
        }
        if (untold || routes_[api.id].empty()) into_.needs(rules::apiPrincipalWithoutIam, "authorization");
    }

    void checkLattice(const Resource& resource) {
        if (resource.authorization.type.empty())
            for (const Rule* rule : {&rules::latticeInactive, &rules::latticeNoPolicy}) into_.needs(*rule, "authorization");
        if (resource.authorization.type == "NONE" && resource.policy)
            into_.add(rules::latticeInactive, resource.arn, placeOf(resource.policy->source), {{"seen", resource.name}},
                      plan(rules::latticeInactive.id, {{"resource", resource.arn}}));
        if (resource.authorization.type != "AWS_IAM") return;
        if (!resource.policyKnown) return into_.needs(rules::latticeNoPolicy, "resource_policy");
        if (!resource.policy)
            into_.add(rules::latticeNoPolicy, resource.arn, placeOf(resource.source), {{"seen", resource.name}},
                      plan(rules::latticeNoPolicy.id, {{"resource", resource.arn}}));
    }

    // The mesh stands for its parts, where it is known.
    void checkMesh(const Resource& part) {
        if (part.kind != ResourceKind::Mesh) {
            if (meshes_.empty())
                for (const Resource& each : estate_.resources())
                    if (each.kind == ResourceKind::Mesh) meshes_.insert({each.arn, each.name, each.id});
            if (!part.parent.empty() && meshes_.contains(part.parent)) return;
            if (std::any_of(meshes_.begin(), meshes_.end(), [&](const std::string& mesh) { return mesh.starts_with("arn:") && part.arn.starts_with(mesh + "/"); }))
                return;
        }
        into_.add(rules::meshRetired, part.arn, placeOf(part.source), {{"seen", part.name}, {"kind", std::string(resourceKindName(part.kind))}},
                  plan(rules::meshRetired.id));
    }

    void checkTask(const Resource& task) {
        tasks_ = true;
        const auto roleIn = [&](std::string_view slot) {
            const auto found = std::find_if(task.roles.begin(), task.roles.end(), [&](const RoleUse& each) { return each.slot == slot; });
            return found == task.roles.end() ? std::string() : found->arn;
        };
        const std::string own = roleIn("taskRoleArn"), execution = roleIn("executionRoleArn");
        if (!own.empty() && own == execution)
            into_.add(rules::ecsSameRole, task.arn, placeOf(task.source), {{"seen", own}}, plan(rules::ecsSameRole.id));
    }

    void checkShared(const std::string& arn, const std::vector<const Resource*>& functions) {
        if (functions.size() <= look_.settings.limits.functionsPerRole) return;
        std::vector<std::string> names;
        for (const Resource* each : functions) names.push_back(each->name);
        const Role* role = estate_.role(arn);
        into_.add(rules::lambdaRoleShared, arn, placeOf(role != nullptr ? role->source : functions.front()->source),
                  {{"count", std::to_string(functions.size())}, {"expected", std::to_string(look_.settings.limits.functionsPerRole)},
                   {"functions[]", listText(names)}},
                  plan(rules::lambdaRoleShared.id));
    }

    const Look& look_;
    const Estate& estate_;
    Findings& into_;
    PolicyPool pool_;
    std::unordered_map<std::string, const Resource*> apis_;
    std::unordered_map<std::string, std::vector<const Resource*>> routes_;
    std::set<std::string> meshes_;
    std::map<std::string, std::vector<const Resource*>> functions_;
    bool tasks_ = false;
};

} // namespace

void checkResources(const Look& look, Findings& into) {
    Resources(look, into).run();
}

} // namespace gw::estate::review
