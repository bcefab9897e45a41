#include "models/mesh/escalation/escalations.h"

#include "models/estate/role_access.h"
#include "models/mesh/compile/iam_resources.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

using estate::Resource;
using estate::ResourceKind;

constexpr std::string_view ecsTasks = "ecs-tasks.amazonaws.com", lambdaService = "lambda.amazonaws.com";

class Finder {
public:
    Finder(const Map& map, const Intent& intent, const estate::Estate& estate, std::optional<UtcTime> now)
        : map_(map), intent_(intent), estate_(estate), access_(estate, {false, now, nullptr}) {
        for (const Resource& resource : estate.resources()) {
            if (resource.kind == ResourceKind::Function) functions_.push_back(&resource);
            if (resource.kind == ResourceKind::TaskDefinition) tasks_.push_back(&resource);
            if (resource.kind == ResourceKind::Cluster) clusters_.push_back(&resource);
            if (resource.kind == ResourceKind::RestApi) apis_.push_back(&resource);
        }
    }

    std::vector<MapEscalation> run();

private:
    void look(const estate::Role& from);
    void lookAt(const estate::Role& from, const estate::Role& to);
    void lookAtApis(const estate::Role& from);
    void add(const estate::Role& from, std::string_view way, std::string to, std::string through = {});
    [[nodiscard]] bool may(std::string_view action, std::string_view resource) {
        return access_.speaksOf(foldedAscii(action)) && access_.may(action, resource);
    }
    [[nodiscard]] bool mayPass(const estate::Role& to, std::string_view service);
    [[nodiscard]] bool isTakenBy(const estate::Role& role, std::string_view service);
    // ARN of a thing of ECS in the region of the first that is known there.
    [[nodiscard]] static std::string ecsArn(const Resource& like, std::string_view what);
    [[nodiscard]] static bool runsAs(const Resource& resource, std::string_view slot, const std::string& role);

    const Map& map_;
    const Intent& intent_;
    const estate::Estate& estate_;
    estate::RoleAccess access_;
    std::vector<const Resource*> functions_, tasks_, clusters_, apis_;
    std::vector<const estate::Role*> roles_; // that the map names
    std::vector<MapEscalation> found_;
};

std::string Finder::ecsArn(const Resource& like, std::string_view what) {
    const auto arn = policy::ArnParts::split(like.arn);
    if (!arn) return {};
    return "arn:" + std::string(arn->partition) + ":ecs:" + std::string(arn->region) + ":" + std::string(arn->account) + ":" +
           std::string(what);
}

bool Finder::runsAs(const Resource& resource, std::string_view slot, const std::string& role) {
    return std::any_of(resource.roles.begin(), resource.roles.end(),
                       [&](const estate::RoleUse& use) { return use.slot == slot && use.arn == role; });
}

bool Finder::isTakenBy(const estate::Role& role, std::string_view service) {
    if (!role.trust || !role.trust->known) return false;
    const auto trust = access_.pool().get(*role.trust, policy::DocumentKind::Trust);
    const auto principal = policy::Principal::parse(service);
    if (!trust || !principal) return false;
    policy::Request request;
    request.principal = *principal;
    request.action = "sts:AssumeRole";
    request.resource = role.arn;
    policy::PolicySet policies;
    policies.resource = *trust;
    policy::RequestView view(request, access_.world());
    const policy::Decision decision = policy::decide(view, policies).decision;
    return decision == policy::Decision::Allowed || decision == policy::Decision::Depends;
}

bool Finder::mayPass(const estate::Role& to, std::string_view service) {
    policy::Context& context = access_.question().request.context;
    const policy::Context told = context;
    context.set("iam:PassedToService", std::string(service));
    const bool open = may("iam:PassRole", to.arn);
    access_.question().request.context = told;
    return open;
}

void Finder::add(const estate::Role& from, std::string_view way, std::string to, std::string through) {
    const auto same = [&](const MapEscalation& each) { return each.from == from.arn && each.to == to && each.way == way; };
    if (std::any_of(found_.begin(), found_.end(), same)) return;
    MapEscalation escalation{from.arn, std::string(way), std::move(to), std::move(through), {}, {}};
    std::set<EdgeId> own;
    for (const Use& use : intent_.uses)
        if (use.caller.principal == from.arn && use.effect == Effect::Allow) own.insert(use.edge);
    const bool opensApi = escalation.to.find(":execute-api:") != std::string::npos;
    const std::string api = opensApi ? escalation.to.substr(escalation.to.rfind(':') + 1) : std::string();
    std::set<NodeId> reached;
    for (const Use& use : intent_.uses) {
        if (use.effect == Effect::Deny) continue;
        const auto* access = use.as<ApiAccess>();
        const bool gained =
            opensApi ? access != nullptr && access->api == api : escalation.to.empty() || use.caller.principal == escalation.to;
        if (!gained) continue;
        reached.insert(use.on);
        if (!own.contains(use.edge)) addEdge(escalation.gains, use.edge);
    }
    // A denial in one's own policies holds whatever the API's says.
    for (const Use& use : intent_.uses)
        if (use.effect == Effect::Deny && use.caller.principal == from.arn && !opensApi &&
            (escalation.to.empty() || reached.contains(use.on)))
            addEdge(escalation.around, use.edge);
    found_.push_back(std::move(escalation));
}

void Finder::lookAt(const estate::Role& from, const estate::Role& to) {
    if (from.account != to.account) return;
    if (isTakenBy(to, ecsTasks) && mayPass(to, ecsTasks)) {
        const std::string any = "arn:aws:ecs:eu-central-1:" + from.account + ":task-definition/any:1";
        if (may("ecs:RegisterTaskDefinition", "*") && may("ecs:RunTask", any))
            add(from, "iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask", to.arn);
        // Whoever runs a task may say which role it has, whatever its definition does.
        for (const Resource* task : tasks_)
            if (task->account == from.account && !runsAs(*task, "taskRoleArn", to.arn) && may("ecs:RunTask", task->arn)) {
                add(from, "iam:PassRole + ecs:RunTask (overrides.taskRoleArn)", to.arn, task->arn);
                break;
            }
    }
    if (isTakenBy(to, lambdaService) && mayPass(to, lambdaService)) {
        const std::string any = "arn:aws:lambda:eu-central-1:" + from.account + ":function:any-function-at-all";
        if (may("lambda:CreateFunction", any) && may("lambda:InvokeFunction", any))
            add(from, "iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction", to.arn);
    }
    for (const Resource* task : tasks_) {
        if (!runsAs(*task, "taskRoleArn", to.arn)) continue;
        bool open = may("ecs:ExecuteCommand", ecsArn(*task, "task/any-cluster/any"));
        for (const Resource* cluster : clusters_)
            open = open || (cluster->account == task->account &&
                            may("ecs:ExecuteCommand", ecsArn(*cluster, "task/" + cluster->name + "/any")));
        if (open) {
            add(from, "ecs:ExecuteCommand", to.arn, task->arn);
            break;
        }
    }
    for (const Resource* function : functions_)
        if (runsAs(*function, "Role", to.arn) && may("lambda:UpdateFunctionCode", function->arn)) {
            add(from, "lambda:UpdateFunctionCode", to.arn, function->arn);
            break;
        }
    if (may("iam:UpdateAssumeRolePolicy", to.arn)) add(from, "iam:UpdateAssumeRolePolicy", to.arn);
}

void Finder::lookAtApis(const estate::Role& from) {
    for (const Resource* api : apis_) {
        const bool named = std::any_of(intent_.uses.begin(), intent_.uses.end(), [&](const Use& use) {
            const auto* access = use.as<ApiAccess>();
            return access != nullptr && access->api == api->id;
        });
        if (!named || api->account != from.account) continue;
        const auto arn = policy::ArnParts::split(api->arn);
        const std::string partition(arn ? arn->partition : std::string_view("aws"));
        if (may("apigateway:UpdateRestApiPolicy", "arn:" + partition + ":apigateway:" + api->region + "::/restapis/" + api->id))
            add(from, "apigateway:UpdateRestApiPolicy",
                "arn:" + partition + ":execute-api:" + api->region + ":" + api->account + ":" + api->id);
    }
}

void Finder::look(const estate::Role& from) {
    access_.of(from);
    // It can do all of that without.
    if (access_.isAdministrator()) return;
    for (const estate::Escalation& each : access_.escalations()) add(from, each.way, {}, each.through);
    for (const estate::Role* to : roles_)
        if (to != &from) lookAt(from, *to);
    lookAtApis(from);
}

std::vector<MapEscalation> Finder::run() {
    const auto take = [&](const std::string& arn) {
        const estate::Role* role = arn.empty() ? nullptr : estate_.role(arn);
        if (role != nullptr && std::find(roles_.begin(), roles_.end(), role) == roles_.end()) roles_.push_back(role);
    };
    for (const Node& node : map_.nodes()) {
        if (const auto* role = node.as<Role>()) take(role->arn);
        if (const auto* workload = node.as<Workload>()) take(workload->role);
    }
    for (const estate::Role* role : roles_) look(*role);
    return std::move(found_);
}

} // namespace

std::vector<MapEscalation> escalationsOf(const Map& map, const Intent& intent, const estate::Estate& estate,
                                         std::optional<UtcTime> now) {
    return Finder(map, intent, estate, now).run();
}

} // namespace gw::mesh
