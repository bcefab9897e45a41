#include "models/mesh/compile/grouped.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/prove/proof.h"
#include "models/mesh/text/digest.h"
#include "saml/base/json_writer.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace gw::mesh {
namespace {

using PointFunction = PointProof (*)(const Intent&, const Point&);

PointFunction functionFor(Target target) {
    switch (target) {
    case Target::Iam: return proveRole;
    case Target::ApiGateway: return proveApi;
    case Target::Lattice: return proveLattice;
    case Target::Lambda: return proveFunction;
    case Target::Envoy: return proveEnvoy;
    case Target::Istio: return proveIstio;
    case Target::Ecs:
    case Target::AppMesh:
    case Target::ServiceConnect: break;
    }
    return nullptr;
}

// Which point of a target a use belongs to; empty: none.
std::string objectOf(Target target, const Use& use) {
    switch (target) {
    case Target::Iam:
        return use.as<MeshAccess>() == nullptr && use.caller.principal.starts_with("arn:") ? use.caller.principal : std::string();
    case Target::ApiGateway: return use.as<ApiAccess>() != nullptr ? apiArn(*use.as<ApiAccess>()) : std::string();
    case Target::Lattice: return use.as<LatticeAccess>() != nullptr ? use.as<LatticeAccess>()->service : std::string();
    case Target::Lambda: return use.as<FunctionAccess>() != nullptr ? use.as<FunctionAccess>()->function : std::string();
    case Target::Envoy:
    case Target::Istio:
        return use.as<MeshAccess>() != nullptr ? proxyOf(*use.as<MeshAccess>(), target) : std::string();
    case Target::Ecs:
    case Target::AppMesh:
    case Target::ServiceConnect: break;
    }
    return {};
}

class Points {
public:
    Points(const Intent& intent, const Compilation& compilation, Target target) : target_(target) {
        for (const Use& use : intent.uses)
            if (const std::string object = objectOf(target, use); !object.empty()) point(object).uses.push_back(&use);
        if (target == Target::Iam)
            for (const Admission& admission : intent.admissions) point(admission.role).admissions.push_back(&admission);
        std::map<std::string, std::vector<const Artefact*>, std::less<>> identity;
        std::map<std::string, std::vector<const Artefact*>, std::less<>> byObject;
        for (const Artefact& artefact : compilation.artefacts) {
            if (artefact.target == target) {
                byObject[artefact.object].push_back(&artefact);
                const bool networks = target == Target::Lattice && artefact.object.find(":servicenetwork/") != std::string::npos;
                if (!networks) point(artefact.object).artefacts.push_back(&artefact);
            }
            if (artefact.kind == ArtefactKind::InlinePolicy || artefact.kind == ArtefactKind::ManagedPolicy)
                identity[artefact.object].push_back(&artefact);
        }
        if (target == Target::Iam || target == Target::Envoy || target == Target::Istio) return;
        for (Point& each : points_) {
            std::set<std::string> roles, networks;
            for (const Use* use : each.uses) {
                roles.insert(use->caller.principal);
                if (const auto* lattice = use->as<LatticeAccess>(); lattice != nullptr && !lattice->network.empty()) networks.insert(lattice->network);
            }
            for (const std::string& role : roles)
                if (const auto found = identity.find(role); found != identity.end())
                    each.identity.insert(each.identity.end(), found->second.begin(), found->second.end());
            for (const std::string& network : networks)
                if (const auto found = byObject.find(network); found != byObject.end())
                    each.artefacts.insert(each.artefacts.end(), found->second.begin(), found->second.end());
        }
    }

    [[nodiscard]] const std::vector<Point>& all() const { return points_; }

private:
    Point& point(const std::string& object) {
        const auto [found, added] = places_.emplace(object, points_.size());
        if (added) {
            points_.emplace_back();
            points_.back().target = target_;
            points_.back().object = object;
        }
        return points_[found->second];
    }

    Target target_;
    std::vector<Point> points_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

void write(JsonWriter& json, const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires) {
    for (const EdgeCondition& condition : conditions) {
        json.number(static_cast<std::int64_t>(condition.kind)).string(condition.name).beginArray();
        for (const std::string& value : condition.values) json.string(value);
        json.endArray();
    }
    json.number(expires ? expires->unixMilliseconds() : -1);
}

void write(JsonWriter& json, const std::vector<std::string>& texts) {
    json.beginArray();
    for (const std::string& text : texts) json.string(text);
    json.endArray();
}

void write(JsonWriter& json, const std::vector<PathPattern>& paths) {
    json.beginArray();
    for (const PathPattern& path : paths) json.string(path.text());
    json.endArray();
}

void write(JsonWriter& json, const Access& access) {
    json.number(static_cast<std::int64_t>(access.index()));
    if (const auto* api = std::get_if<ApiAccess>(&access)) {
        json.number(static_cast<std::int64_t>(api->kind)).string(api->partition).string(api->region).string(api->account).string(api->api).string(api->stage);
        write(json, api->methods);
        write(json, api->paths);
    } else if (const auto* lattice = std::get_if<LatticeAccess>(&access)) {
        json.string(lattice->service).string(lattice->network).boolean(lattice->connect).number(lattice->port);
        write(json, lattice->methods);
        write(json, lattice->paths);
    } else if (const auto* mesh = std::get_if<MeshAccess>(&access)) {
        json.string(mesh->service.value()).string(mesh->serverNode.value()).string(mesh->virtualNode).number(mesh->port);
        write(json, mesh->methods);
        write(json, mesh->paths);
    } else if (const auto* function = std::get_if<FunctionAccess>(&access)) {
        json.string(function->function).boolean(function->url);
    } else if (const auto* task = std::get_if<TaskAccess>(&access)) {
        json.string(task->definition).string(task->cluster);
        write(json, task->passes);
    } else if (const auto* action = std::get_if<ActionAccess>(&access)) {
        json.string(action->resource);
        write(json, action->actions);
    }
}

void write(JsonWriter& json, const Workload* workload) {
    if (workload == nullptr) return;
    json.string(workload->role).string(workload->spiffe).string(workload->serviceAccount);
    write(json, workload->names);
}

// Of everything that the proof of a point depends on.
std::string pointDigest(const Point& point, const std::map<EdgeId, std::vector<const Accepted*>>& accepted) {
    JsonWriter json;
    json.beginArray().string(targetName(point.target)).string(point.object);
    const auto edge = [&](const EdgeId& id) {
        json.string(id.value());
        if (const auto found = accepted.find(id); found != accepted.end())
            for (const Accepted* each : found->second) json.string(targetName(each->target)).string(each->what);
    };
    for (const Use* use : point.uses) {
        edge(use->edge);
        json.boolean(use->effect == Effect::Deny).string(use->caller.node.value()).string(use->caller.principal);
        write(json, use->caller.workload);
        if (const auto* mesh = use->as<MeshAccess>()) write(json, mesh->server);
        write(json, use->access);
        write(json, use->when, use->expires);
    }
    for (const Admission* admission : point.admissions) {
        edge(admission->edge);
        json.boolean(admission->effect == Effect::Deny).number(static_cast<std::int64_t>(admission->kind)).string(admission->principal);
        write(json, admission->audiences);
        write(json, admission->conditions, admission->expires);
    }
    for (const auto* list : {&point.artefacts, &point.identity})
        for (const Artefact* artefact : *list) json.number(static_cast<std::int64_t>(artefact->kind)).string(artefact->object).string(artefact->text);
    json.endArray();

    std::string digest = digestOf(json.text());
    return digest.empty() ? std::move(json.text()) : digest;
}

void add(TargetProof& to, const PointProof& point) {
    to.checked += point.checked;
    to.complete = to.complete && point.complete;
    to.surplus.insert(to.surplus.end(), point.surplus.begin(), point.surplus.end());
    to.missing.insert(to.missing.end(), point.missing.begin(), point.missing.end());
    to.problems.insert(to.problems.end(), point.problems.begin(), point.problems.end());
}

} // namespace

std::vector<TargetProof> Prover::prove(const Intent& intent, const Compilation& compilation, std::span<const Target> targets,
                                       const std::function<bool(double)>& progress) {
    std::map<EdgeId, std::vector<const Accepted*>> accepted;
    for (const Accepted& each : intent.accepted) accepted[each.edge].push_back(&each);

    std::vector<std::pair<Target, Points>> work;
    std::size_t all = 0, done = 0;
    for (const Target target : targets) {
        if (functionFor(target) == nullptr) continue;
        work.emplace_back(target, Points(intent, compilation, target));
        all += work.back().second.all().size();
    }
    std::unordered_map<std::string, PointProof> kept;
    std::vector<TargetProof> proofs;
    anew_ = 0;
    bool going = true;
    for (const auto& [target, points] : work) {
        TargetProof& proof = proofs.emplace_back();
        proof.target = target;
        std::set<EdgeId> edges;
        for (const Point& point : points.all()) {
            for (const Use* use : point.uses) edges.insert(use->edge);
            for (const Admission* admission : point.admissions)
                if (!admission->edge.empty()) edges.insert(admission->edge);
            if (going && progress) going = progress(static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(all, 1)));
            ++done;
            if (!going) {
                proof.complete = false;
                continue;
            }
            std::string digest = pointDigest(point, accepted);
            auto found = kept_.find(digest);
            if (found == kept_.end()) {
                ++anew_;
                found = kept_.emplace(digest, functionFor(target)(intent, point)).first;
            }
            add(proof, found->second);
            kept.emplace(std::move(digest), found->second);
        }
        proof.edges = edges.size();
        for (const Loss& loss : compilation.losses)
            if (loss.target == target) proof.inexpressible.push_back(loss);
    }
    if (going) kept_ = std::move(kept);
    return proofs;
}

} // namespace gw::mesh
