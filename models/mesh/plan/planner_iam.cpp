// Roles: who may take them, and what they may do.
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/compile/statement.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/planner.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using estate::PolicyDocument;

// IAM User Guide, "IAM and AWS STS quotas": characters without white space; the trust policy's and the number of attached policies
// can be raised.
constexpr std::size_t inlineQuota = 10'240, managedQuota = 6'144, trustQuota = 2'048, trustMost = 4'096, attachedMost = 20;

constexpr std::string_view mapsPath = ":policy/gatewarden/";

std::size_t sizeOf(const PolicyDocument& document) {
    const auto parts = policyParts(document.text);
    if (!parts) return document.text.size();
    Json whole = parts->members;
    whole["Statement"] = parts->statements;
    return compactJson(whole).size();
}

} // namespace

std::string managedPolicyArn(std::string_view role, std::string_view name) {
    return "arn:" + std::string(partitionOf(role)) + ":iam::" + std::string(accountOf(role)) + std::string(mapsPath) +
           std::string(role.substr(role.rfind('/') + 1)) + "-" + std::string(name);
}

bool isManagedByMap(std::string_view policyArn) {
    return policyArn.find(mapsPath) != std::string_view::npos;
}

void Planner::planRoles() {
    if (!has(Target::Iam)) return;
    for (const auto& [arn, wanted] : wantedOf(Target::Iam, namedObjects(Target::Iam))) planRole(arn, wanted);
}

void Planner::planRole(const std::string& arn, const Wanted& wanted) {
    const estate::Role* role = input_.estate.role(arn);
    const Artefact* trust = wanted.of(ArtefactKind::TrustPolicy);
    std::vector<const Artefact*> managed;
    std::copy_if(wanted.artefacts.begin(), wanted.artefacts.end(), std::back_inserter(managed),
                 [](const Artefact* each) { return each->kind == ArtefactKind::ManagedPolicy; });
    Step step = stepFor(StepKind::TrustPolicy, Target::Iam, arn, {});
    if (role == nullptr) {
        if (wanted.artefacts.empty()) return;
        std::vector<EdgeId> edges;
        for (const Artefact* each : wanted.artefacts)
            for (const EdgeId& edge : each->edges) addEdge(edges, edge);
        // One of an account of which nothing was read may well be there; and nobody could take one without a trust policy.
        if (trust == nullptr || !accounts_.contains(std::string(accountOf(arn)))) return cannot(Unplanned::Why::NotInEstate, step, std::move(edges));
    }
    if (role != nullptr && !role->trust) {
        if (trust != nullptr) cannot(Unplanned::Why::NotSeen, step, trust->edges);
    } else {
        addPolicy(std::move(step), role == nullptr ? std::string() : role->trust->text, trust == nullptr ? std::string_view() : trust->text, 0,
                  trustMost, trustQuota);
    }
    const Artefact* inlined = wanted.of(ArtefactKind::InlinePolicy);
    if (role != nullptr && !role->policies.known) {
        if (inlined != nullptr) cannot(Unplanned::Why::NotSeen, stepFor(StepKind::InlinePolicy, Target::Iam, arn, inlined->name), inlined->edges);
        for (const Artefact* each : managed)
            cannot(Unplanned::Why::NotSeen, stepFor(StepKind::ManagedPolicy, Target::Iam, arn, managedPolicyArn(arn, each->name)), each->edges);
        return;
    }
    planInline(arn, role, inlined);
    planManaged(arn, role, managed);
}

// The map's statements go where the map's are already, in one policy of whatever name; what others write there stays.
void Planner::planInline(const std::string& arn, const estate::Role* role, const Artefact* wanted) {
    static const std::vector<PolicyDocument> none;
    const auto& documents = role == nullptr ? none : role->policies.inlinePolicies;
    const PolicyDocument* place = nullptr;
    if (wanted != nullptr) {
        const auto named = std::find_if(documents.begin(), documents.end(), [&](const PolicyDocument& each) { return each.name == wanted->name; });
        const auto held = std::find_if(documents.begin(), documents.end(), [](const PolicyDocument& each) { return holdsEdges(each.text); });
        place = named != documents.end() ? &*named : held != documents.end() ? &*held : nullptr;
    }
    std::size_t rest = 0;
    for (const PolicyDocument& each : documents) {
        if (&each == place) continue;
        if (!holdsEdges(each.text)) {
            rest += sizeOf(each);
            continue;
        }
        const Merging merging = mergePolicies(each.text, {});
        rest += merging.merged ? merging.merged->text.size() : sizeOf(each);
        addPolicy(stepFor(StepKind::InlinePolicy, Target::Iam, arn, each.name), each.text, {}, 0, inlineQuota);
    }
    if (wanted == nullptr) return;
    const std::string name = place == nullptr ? wanted->name : place->name;
    addPolicy(stepFor(StepKind::InlinePolicy, Target::Iam, arn, name), place == nullptr ? std::string() : place->text, wanted->text, rest, inlineQuota);
}

void Planner::planManaged(const std::string& arn, const estate::Role* role, const std::vector<const Artefact*>& wanted) {
    static const std::vector<std::string> none;
    const auto& attached = role == nullptr ? none : role->policies.attached;
    const auto isAttached = [&](const std::string& policy) { return std::find(attached.begin(), attached.end(), policy) != attached.end(); };
    const auto attachment = [&](const std::string& policy, bool there) {
        Step step = stepFor(StepKind::Attachment, Target::Iam, arn, policy);
        step.change = there ? StepChange::Remove : StepChange::Create;
        (there ? step.before : step.after) = policy;
        return step;
    };
    std::set<std::string> kept;
    for (const Artefact* each : wanted) {
        const std::string policy = managedPolicyArn(arn, each->name);
        kept.insert(policy);
        const estate::ManagedPolicy* there = input_.estate.managedPolicy(policy);
        Step step = stepFor(StepKind::ManagedPolicy, Target::Iam, arn, policy);
        if (there != nullptr && !there->document.known) {
            cannot(Unplanned::Why::NotSeen, step, each->edges);
            continue;
        }
        addPolicy(std::move(step), there == nullptr ? std::string() : there->document.text, each->text, 0, managedQuota);
        if (isAttached(policy)) continue;
        Step attach = attachment(policy, false);
        attach.edges = each->edges;
        attach.size = attached.size() + kept.size();
        attach.quota = attachedMost;
        if (attach.size > attachedMost) {
            cannot(Unplanned::Why::Quota, attach, each->edges, attach.size, attachedMost);
            continue;
        }
        StatementChanges changes;
        changes.allows = 1;
        add(std::move(attach), changes);
    }
    for (const std::string& policy : attached) {
        if (!isManagedByMap(policy) || kept.contains(policy) || !policy.starts_with(managedPolicyArn(arn, {}))) continue;
        Step detach = attachment(policy, true);
        const estate::ManagedPolicy* there = input_.estate.managedPolicy(policy);
        if (there != nullptr) detach.edges = edgesIn(there->document.text);
        StatementChanges changes;
        changes.allowsGone = 1;
        const std::vector<EdgeId> edges = detach.edges;
        add(std::move(detach), changes);
        if (there == nullptr || !there->document.known) continue;
        Step remove = stepFor(StepKind::ManagedPolicy, Target::Iam, arn, policy);
        remove.change = StepChange::Remove;
        remove.before = there->document.text;
        remove.seen = seenDigest(remove.kind, remove.before);
        remove.edges = edges;
        add(std::move(remove), Stage::CleanUp);
    }
}

} // namespace gw::mesh
