// VPC Lattice, functions, and what is done by hand.
#include "models/mesh/compile/statement.h"
#include "models/estate/ways_in.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/permission.h"
#include "models/mesh/plan/planner.h"
#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::mesh {
namespace {

// VPC Lattice User Guide, "Quotas"; Lambda Developer Guide, "Lambda quotas".
constexpr std::size_t latticeQuota = 10'240, functionQuota = 20'480;

std::string_view latticePolicy(const estate::Resource& resource) {
    return resource.policy ? std::string_view(resource.policy->text) : std::string_view();
}

} // namespace

void Planner::planLattice() {
    if (!has(Target::Lattice)) return;
    for (const auto& [object, wanted] : wantedOf(Target::Lattice, namedObjects(Target::Lattice))) {
        const Artefact* policy = wanted.of(ArtefactKind::AuthPolicy);
        Step step = stepFor(StepKind::AuthPolicy, Target::Lattice, object, {});
        const estate::Resource* known = resource(object);
        if (known == nullptr || !known->policyKnown) {
            if (policy != nullptr) cannot(known == nullptr ? Unplanned::Why::NotInEstate : Unplanned::Why::NotSeen, step, policy->edges);
            continue;
        }
        if (known->authorization.type == "NONE" && policy != nullptr) step.notes.push_back(StepNote::Inactive);
        addPolicy(std::move(step), std::string(latticePolicy(*known)), policy == nullptr ? std::string_view() : policy->text, 0, latticeQuota);
    }
}

// Lambda changes its policies statement by statement.
void Planner::planFunctions() {
    if (!has(Target::Lambda)) return;
    for (const auto& [object, wanted] : wantedOf(Target::Lambda, namedObjects(Target::Lambda))) {
        const Artefact* policy = wanted.of(ArtefactKind::FunctionPolicy);
        const estate::Resource* known = resource(object);
        if (known == nullptr || !known->policyKnown) {
            if (policy != nullptr)
                cannot(known == nullptr ? Unplanned::Why::NotInEstate : Unplanned::Why::NotSeen, stepFor(StepKind::FunctionPermission, Target::Lambda, object, {}),
                       policy->edges);
            continue;
        }
        const auto there = known->policy ? policyParts(known->policy->text) : PolicyParts();
        const auto mine = policy == nullptr ? PolicyParts() : policyParts(policy->text);
        if (!there || !mine) {
            cannot(Unplanned::Why::Unreadable, stepFor(StepKind::FunctionPermission, Target::Lambda, object, {}),
                   policy == nullptr ? std::vector<EdgeId>() : policy->edges);
            continue;
        }
        std::size_t size = known->policy ? known->policy->text.size() : 0, foreign = 0;
        std::map<std::string, const Json*> now;
        for (const Json& each : there->statements) {
            if (edgesOfSid(sidIn(each)).empty()) ++foreign;
            now.emplace(sidIn(each), &each);
        }
        const auto step = [&](const std::string& sid, const Json* before, const Json* after) {
            Step made = stepFor(StepKind::FunctionPermission, Target::Lambda, object, sid);
            made.change = before == nullptr ? StepChange::Create : after == nullptr ? StepChange::Remove : StepChange::Replace;
            if (before != nullptr) made.before = compactJson(*before);
            if (after != nullptr) made.after = compactJson(*after);
            made.edges = edgesOfSid(sid);
            made.foreign = foreign;
            size += made.after.size();
            size -= std::min(size, made.before.size());
            made.size = size;
            made.quota = functionQuota;
            if (foreign > 0) made.notes.push_back(StepNote::KeepsForeign);
            if (after != nullptr && !permissionOf(*after)) return cannot(Unplanned::Why::Inexpressible, made, made.edges);
            if (after != nullptr && size > functionQuota) return cannot(Unplanned::Why::Quota, made, made.edges, size, functionQuota);
            StatementChanges changes;
            changes.allows = after == nullptr ? 0 : 1;
            changes.allowsGone = before == nullptr ? 0 : 1;
            changes.toAnyone = after != nullptr && permissionOf(*after)->value("Principal", std::string()) == "*";
            add(std::move(made), changes);
        };
        std::set<std::string> kept;
        for (const Json& each : mine->statements) {
            const std::string sid = sidIn(each);
            kept.insert(sid);
            const auto found = now.find(sid);
            if (found == now.end())
                step(sid, nullptr, &each);
            else if (canonicalStatement(*found->second, false) != canonicalStatement(each, false))
                step(sid, found->second, &each);
        }
        for (const auto& [sid, statement] : now)
            if (!edgesOfSid(sid).empty() && !kept.contains(sid)) step(sid, statement, nullptr);
    }
}

void Planner::planByHand() {
    const auto& estate = input_.estate;
    const estate::WaysIn ways(estate);
    const auto assigned = [&](const std::string& group, const std::string& role) {
        return std::any_of(estate.assignments().begin(), estate.assignments().end(), [&](const estate::Assignment& each) {
            if (each.role != role || each.group.empty()) return false;
            const estate::DirectoryGroup* known = ways.group(each.group);
            return each.group == group || (known != nullptr && known->name == group);
        });
    };
    for (const Artefact& each : input_.compilation.artefacts) {
        if (each.kind != ArtefactKind::Assignments && each.kind != ArtefactKind::EnvoyRbac && each.kind != ArtefactKind::IstioPolicies) continue;
        ByHand one{each.target, each.kind, each.object, each.edges, {}};
        if (each.kind == ArtefactKind::Assignments) {
            const auto json = parseJson(each.text);
            for (const Json& row : json ? json->value("assignments", Json::array()) : Json::array())
                if (!assigned(textField(row, "group"), each.object)) one.missing.emplace_back(textField(row, "group"), textField(row, "provider"));
            if (one.missing.empty()) continue;
        }
        plan_.byHand.push_back(std::move(one));
    }
}

} // namespace gw::mesh
