#include "models/mesh/import_back/map_drift.h"

#include "models/mesh/compile/grouped.h"
#include "models/mesh/export/exporter.h"
#include "models/mesh/import_back/artefacts.h"
#include "models/mesh/plan/planner.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

namespace gw::mesh {
namespace {

using estate::Drift;
using estate::DriftCause;
using estate::DriftDirection;
using policy::Decision;

using Key = std::tuple<std::string, std::string, std::string>;
Key keyOf(const Tuple& tuple) {
    return {tuple.principal, tuple.action, tuple.resource};
}

bool isTrust(const Tuple& tuple) {
    return tuple.action.starts_with("sts:assumerole");
}

std::vector<std::pair<std::string, std::vector<std::string>>> contextOf(const Tuple& tuple) {
    std::vector<std::pair<std::string, std::vector<std::string>>> context;
    for (const auto& [key, value] : tuple.context) {
        if (context.empty() || context.back().first != key) context.emplace_back(key, std::vector<std::string>());
        context.back().second.push_back(value);
    }
    return context;
}

class Comparison {
public:
    Comparison(const Intent& intent, const estate::Estate& live, std::span<const Target> targets)
        : intent_(intent), live_(live), targets_(targets) {}

    MapDrift compare(const std::function<bool(double)>& progress) && {
        const Compilation compiled = compile(intent_, targets_);
        LiveArtefacts there = artefactsIn(live_, intent_);
        for (const estate::Gap& gap : there.unknown) unknown_.insert(gap.object);
        for (const std::string& role : there.incomplete) unknown_.insert(role);
        drift_.report.unknown = std::move(there.unknown);
        drift_.report.compared = there.compilation.artefacts.size();
        Prover ofMap, ofEstate;
        const std::vector<TargetProof> own =
            ofMap.prove(intent_, compiled, targets_, [&](double part) { return !progress || progress(part / 2); });
        const std::vector<TargetProof> actual = ofEstate.prove(
            intent_, there.compilation, targets_, [&](double part) { return !progress || progress(0.5 + part / 2); });
        for (std::size_t i = 0; i < actual.size() && i < own.size(); ++i) take(own[i], actual[i]);
        openDoors(compiled);
        std::set<std::string> changed;
        for (const Drift& each : drift_.report.drifts) changed.insert(each.object);
        drift_.report.changed = changed.size();
        return std::move(drift_);
    }

private:
    void take(const TargetProof& own, const TargetProof& actual) {
        drift_.checked += actual.checked;
        drift_.report.exhaustive = drift_.report.exhaustive && actual.complete && actual.problems.empty();
        // What the map's own artefacts would differ in is its loss, and was told when it was compiled.
        std::set<Key> surplus, missing;
        for (const Difference& each : own.surplus) surplus.insert(keyOf(each.tuple));
        for (const Difference& each : own.missing) missing.insert(keyOf(each.tuple));
        for (const Difference& each : actual.surplus)
            if (!surplus.contains(keyOf(each.tuple))) add(actual.target, each, true);
        for (const Difference& each : actual.missing)
            if (!missing.contains(keyOf(each.tuple)) && !hangsOnUnknown(each.tuple)) add(actual.target, each, false);
        if (actual.surplus.size() >= mostDifferences || actual.missing.size() >= mostDifferences)
            drift_.report.exhaustive = false;
    }

    [[nodiscard]] bool hangsOnUnknown(const Tuple& tuple) const {
        if (unknown_.contains(tuple.principal) || unknown_.contains(tuple.resource)) return true;
        return std::any_of(unknown_.begin(), unknown_.end(),
                           [&](const std::string& object) { return tuple.resource.starts_with(object + "/"); });
    }

    // Made-up resources say nothing more where one that somebody wrote shows the same.
    [[nodiscard]] bool isFurtherExample(const Difference& difference, bool gained) {
        const std::string edge = difference.edge ? difference.edge->value() : std::string();
        const bool first = told_.emplace(gained, edge, difference.tuple.principal, difference.tuple.action).second;
        return !first && difference.tuple.resource.find("gwx") != std::string::npos;
    }

    void add(Target target, const Difference& difference, bool gained) {
        if (isFurtherExample(difference, gained)) return;
        Drift made;
        made.direction = gained ? DriftDirection::Gained : DriftDirection::Lost;
        made.cause = target != Target::Iam       ? DriftCause::ResourcePolicy
                     : isTrust(difference.tuple) ? DriftCause::Trust
                                                 : DriftCause::Permissions;
        made.principal = difference.tuple.principal;
        made.action = difference.tuple.action;
        made.resource = difference.tuple.resource;
        made.object = made.cause == DriftCause::Permissions ? made.principal : made.resource;
        if (const estate::Resource* owner = made.cause == DriftCause::ResourcePolicy ? live_.resourceFor(made.resource) : nullptr;
            owner != nullptr) {
            made.object = owner->arn;
            made.source = owner->source;
        } else if (const estate::Role* role = live_.role(made.object); role != nullptr) {
            made.source = role->source;
        }
        made.context = contextOf(difference.tuple);
        made.before = gained ? Decision::ImplicitlyDenied : Decision::Allowed;
        made.after = gained ? Decision::Allowed : Decision::ImplicitlyDenied;
        drift_.sides.push_back({difference.edge, target, !gained, gained, std::nullopt});
        drift_.report.drifts.push_back(std::move(made));
    }

    void addOpen(Target target, const estate::Resource& object, std::string action, std::string resource) {
        Drift made;
        made.direction = DriftDirection::Gained;
        made.cause = DriftCause::ResourcePolicy;
        made.principal = "*";
        made.object = object.arn;
        made.action = std::move(action);
        made.resource = std::move(resource);
        made.after = Decision::Allowed;
        made.source = object.source;
        drift_.sides.push_back({std::nullopt, target, false, false, true});
        drift_.report.drifts.push_back(std::move(made));
    }

    [[nodiscard]] bool wants(Target target) const {
        return std::find(targets_.begin(), targets_.end(), target) != targets_.end();
    }

    // What asks nobody for a signature is open, whatever its policy says.
    void openDoors(const Compilation& compiled) {
        if (wants(Target::Lattice))
            for (const Artefact& artefact : compiled.artefacts) {
                if (artefact.kind != ArtefactKind::AuthPolicy || artefact.object.find(":service/") == std::string::npos) continue;
                const estate::Resource* service = live_.resourceFor(artefact.object);
                if (service != nullptr && service->authorization.type == "NONE")
                    addOpen(Target::Lattice, *service, "vpc-lattice-svcs:Invoke", service->arn + "/*");
            }
        if (wants(Target::ApiGateway))
            for (const Artefact& artefact : compiled.artefacts) {
                const auto api = artefact.kind == ArtefactKind::RouteAuthorization ? apiNameOf(artefact, compiled) : std::nullopt;
                if (!api) continue;
                for (const RouteChange& each : routesOf(artefact, *api, &live_).changes)
                    if (each.authorization == "AWS_IAM" && each.route->authorization.type == "NONE")
                        addOpen(Target::ApiGateway, *each.route, "execute-api:Invoke", each.route->arn);
            }
    }

    const Intent& intent_;
    const estate::Estate& live_;
    std::span<const Target> targets_;
    std::set<std::string> unknown_;
    std::set<std::tuple<bool, std::string, std::string, std::string>> told_;
    MapDrift drift_;
};

} // namespace

MapDrift driftFrom(const Intent& intent, const estate::Estate& live, std::span<const Target> targets,
                   const std::function<bool(double)>& progress) {
    return Comparison(intent, live, targets).compare(progress);
}

} // namespace gw::mesh
