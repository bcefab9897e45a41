#include "models/mesh/plan/planner.h"

#include "models/estate/api_kinds.h"
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/compile/statement.h"
#include "models/mesh/plan/canonical.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>

namespace gw::mesh {
namespace {

// As compiled artefacts name it.
std::string apiObject(const estate::Resource& api) {
    return "arn:" + std::string(partitionOf(api.arn)) + ":apigateway:" + api.region + "::/" +
           (api.kind == estate::ResourceKind::RestApi ? "restapis/" : "apis/") + api.id;
}

} // namespace

Planner::Planner(const PlanInput& input) : input_(input) {
    for (const estate::Resource& each : input.estate.resources()) {
        resources_.emplace(each.arn, &each);
        if (estate::isApi(each.kind)) apis_.emplace(each.id, &each);
    }
    for (const estate::Role& each : input.estate.roles()) accounts_.insert(each.account);
}

Plan Planner::run() {
    planFunctions();
    planRoles();
    planLattice();
    planApis();
    planByHand();
    findLeftovers();
    std::stable_sort(steps_.begin(), steps_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [stage, step] : steps_) plan_.steps.push_back(std::move(step));
    return std::move(plan_);
}

const Artefact* Planner::Wanted::of(ArtefactKind kind) const {
    const auto found = std::find_if(artefacts.begin(), artefacts.end(), [&](const Artefact* each) { return each->kind == kind; });
    return found == artefacts.end() ? nullptr : *found;
}

bool Planner::has(Target target) const {
    return std::find(input_.targets.begin(), input_.targets.end(), target) != input_.targets.end();
}

std::vector<std::pair<std::string, Planner::Wanted>> Planner::wantedOf(Target target, const std::vector<std::string>& named) const {
    std::vector<std::pair<std::string, Wanted>> all;
    std::unordered_map<std::string, std::size_t> places;
    const auto at = [&](const std::string& object) -> Wanted& {
        const auto [found, fresh] = places.emplace(object, all.size());
        if (fresh) all.emplace_back(object, Wanted());
        return all[found->second].second;
    };
    for (const Artefact& each : input_.compilation.artefacts)
        if (each.target == target && each.kind != ArtefactKind::Assignments) at(each.object).artefacts.push_back(&each);
    for (const std::string& each : named) (void)at(each);
    return all;
}

std::vector<std::string> Planner::namedObjects(Target target) const {
    std::vector<std::string> objects;
    const auto add = [&](Target of, const std::string& object) {
        if (of == target && !object.empty() && std::find(objects.begin(), objects.end(), object) == objects.end()) objects.push_back(object);
    };
    for (const Node& node : input_.map.nodes()) {
        if (const auto* role = node.as<Role>()) add(Target::Iam, role->arn);
        if (const auto* workload = node.as<Workload>()) add(Target::Iam, workload->role);
        if (const auto* function = node.as<Function>()) add(Target::Lambda, function->arn);
        if (const auto* service = node.as<MeshService>()) {
            add(Target::Lattice, service->lattice);
            add(Target::Lattice, service->network);
        }
        if (const auto* route = node.as<Route>())
            if (const estate::Resource* known = api(route->api)) add(Target::ApiGateway, apiObject(*known));
    }
    if (input_.removesLeftovers)
        for (const Leftover& each : edgesInEstate(target)) add(target, each.object);
    return objects;
}

const estate::Resource* Planner::resource(const std::string& arn) const {
    const auto found = resources_.find(arn);
    return found == resources_.end() ? nullptr : found->second;
}

const estate::Resource* Planner::api(std::string_view id) const {
    const auto found = apis_.find(id);
    return found == apis_.end() ? nullptr : found->second;
}

Step Planner::stepFor(StepKind kind, Target target, const std::string& object, std::string name) const {
    Step step;
    step.kind = kind;
    step.target = target;
    step.object = object;
    step.name = std::move(name);
    if (const auto arn = policy::ArnParts::split(object)) {
        step.account = std::string(arn->account);
        step.region = std::string(arn->region);
    }
    return step;
}

bool Planner::addPolicy(Step step, const std::string& now, std::string_view wanted, std::size_t rest, std::size_t quota,
                        std::size_t defaultQuota) {
    Merging merging = mergePolicies(now, wanted);
    // A role that nobody may take any more needs a statement that says so.
    if (step.kind == StepKind::TrustPolicy && merging.merged && merging.merged->changed && merging.merged->text.empty())
        merging = mergePolicies(now, nobodyTrust());
    if (!merging.merged) {
        cannot(merging.trouble == MergeTrouble::Version ? Unplanned::Why::Version : Unplanned::Why::Unreadable, step, edgesIn(wanted));
        return false;
    }
    const MergedPolicy& merged = *merging.merged;
    if (!merged.changed) return false;
    // Nothing but a Sid without edge ids: not worth a change.
    if (merged.edges.empty() && !merged.changes.grants() && !merged.changes.narrows()) return false;
    step.before = now;
    step.after = merged.text;
    step.change = now.empty() ? StepChange::Create : step.after.empty() ? StepChange::Remove : StepChange::Replace;
    step.edges = merged.edges;
    step.foreign = merged.foreign;
    step.size = rest + step.after.size();
    step.quota = quota;
    if (!step.after.empty() && step.size > quota) {
        cannot(Unplanned::Why::Quota, step, edgesIn(wanted), step.size, quota);
        return false;
    }
    if (merged.foreign > 0) step.notes.push_back(StepNote::KeepsForeign);
    if (defaultQuota > 0 && step.size > defaultQuota) step.notes.push_back(StepNote::AboveDefaultQuota);
    add(std::move(step), merged.changes);
    return true;
}

void Planner::add(Step step, const StatementChanges& changes) {
    if (changes.toAnyone) step.notes.push_back(StepNote::OpensToAnyone);
    if (changes.allows > 0) step.notes.push_back(step.kind == StepKind::TrustPolicy ? StepNote::LetsIn : StepNote::Grants);
    if (changes.deniesGone > 0) step.notes.push_back(StepNote::DropsDenial);
    if (changes.narrows()) step.notes.push_back(StepNote::TakesAway);
    if (!changes.grants() && !changes.narrows()) step.notes.push_back(StepNote::Renames);
    step.seen = seenDigest(step.kind, step.before);
    const auto any = [&](std::initializer_list<StepNote> notes) {
        return std::any_of(notes.begin(), notes.end(), [&](StepNote note) { return step.has(note); });
    };
    if (any({StepNote::OpensToAnyone, StepNote::DropsDenial, StepNote::ReplacesAuthorizer, StepNote::FirstPolicy}))
        step.risk = Risk::High;
    else if (any({StepNote::LetsIn, StepNote::Grants, StepNote::TakesAway}))
        step.risk = Risk::Medium;
    const bool exists = (step.kind == StepKind::TrustPolicy || step.kind == StepKind::ManagedPolicy) && step.change == StepChange::Create;
    const Stage stage = exists                                  ? Stage::Exist
                        : changes.grants() && changes.narrows() ? Stage::Mixed
                        : changes.narrows()                     ? Stage::Narrow
                                                                : Stage::Grant;
    add(std::move(step), stage);
}

void Planner::cannot(Unplanned::Why why, const Step& step, std::vector<EdgeId> edges, std::size_t size, std::size_t quota) {
    plan_.unplanned.push_back({why, step.kind, step.target, step.object, step.name, std::move(edges), size, quota});
}

std::vector<Leftover> Planner::edgesInEstate(Target target) const {
    using estate::ResourceKind;
    std::vector<Leftover> found;
    const auto look = [&](StepKind kind, const std::string& object, const estate::PolicyDocument& document) {
        if (holdsEdges(document.text))
            found.push_back({kind, object, kind == StepKind::InlinePolicy ? document.name : std::string(), edgesIn(document.text)});
    };
    if (target == Target::Iam)
        for (const estate::Role& role : input_.estate.roles()) {
            if (role.trust) look(StepKind::TrustPolicy, role.arn, *role.trust);
            for (const estate::PolicyDocument& each : role.policies.inlinePolicies) look(StepKind::InlinePolicy, role.arn, each);
            for (const std::string& each : role.policies.attached)
                if (each.starts_with(managedPolicyArn(role.arn, {}))) found.push_back({StepKind::Attachment, role.arn, each, {}});
        }
    for (const estate::Resource& each : input_.estate.resources()) {
        if (!each.policy) continue;
        const bool lattice = each.kind == ResourceKind::LatticeService || each.kind == ResourceKind::ServiceNetwork;
        const bool function = each.kind == ResourceKind::Function || each.kind == ResourceKind::FunctionAlias;
        if (target == Target::ApiGateway && each.kind == ResourceKind::RestApi) look(StepKind::ApiPolicy, apiObject(each), *each.policy);
        if (target == Target::Lattice && lattice) look(StepKind::AuthPolicy, each.arn, *each.policy);
        if (target == Target::Lambda && function) look(StepKind::FunctionPermission, each.arn, *each.policy);
    }
    return found;
}

void Planner::findLeftovers() {
    if (input_.removesLeftovers) return;
    for (const Target target : {Target::Iam, Target::ApiGateway, Target::Lattice, Target::Lambda}) {
        if (!has(target)) continue;
        std::set<std::string> mine;
        for (const auto& [object, wanted] : wantedOf(target, namedObjects(target))) mine.insert(object);
        for (Leftover& each : edgesInEstate(target))
            if (!mine.contains(each.object)) plan_.leftovers.push_back(std::move(each));
    }
}

std::vector<EdgeId> edgesIn(std::string_view document) {
    std::vector<EdgeId> edges;
    if (const auto parts = policyParts(document))
        for (const Json& statement : parts->statements)
            for (const EdgeId& edge : edgesOfSid(sidIn(statement))) addEdge(edges, edge);
    return edges;
}

Plan planFor(const PlanInput& input) {
    return Planner(input).run();
}

} // namespace gw::mesh
