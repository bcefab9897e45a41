#include "models/mesh/prove/policies.h"

#include "models/policy/arn_pattern.h"

#include <algorithm>

namespace gw::mesh {

std::vector<policy::PolicyRef> policiesOf(std::span<const Artefact* const> artefacts, ArtefactKind kind, policy::DocumentKind as,
                                          std::string_view object, std::vector<Error>& problems) {
    std::vector<policy::PolicyRef> policies;
    for (const Artefact* artefact : artefacts) {
        if (artefact->kind != kind || artefact->object != object) continue;
        auto policy = policy::CompiledPolicy::parse(artefact->text, as, artefact->name);
        if (policy)
            policies.push_back(std::move(*policy));
        else
            problems.push_back(std::move(policy).error().with("artefact", fileOf(*artefact)));
    }
    return policies;
}

policy::PolicyRef fixedPolicy(std::string text, policy::DocumentKind kind) {
    auto policy = policy::CompiledPolicy::parse(std::move(text), kind, {});
    return policy ? std::move(*policy) : nullptr;
}

bool allows(const policy::Request& request, const policy::PolicySet& policies) {
    policy::WorldRules world;
    world.complete = true;
    policy::RequestView view(request, world);
    for (const std::string_view action : policy::requiredActions(view)) {
        view.setAction(action);
        if (policy::decide(view, policies).decision != policy::Decision::Allowed) return false;
    }
    return true;
}

std::optional<EdgeId> edgeThatAllows(const policy::Request& request, const std::vector<policy::PolicyRef>& policies) {
    policy::WorldRules world;
    world.complete = true;
    const policy::RequestView view(request, world);
    for (const policy::PolicyRef& policy : policies)
        for (const policy::CompiledStatement& statement : policy->statements()) {
            if (statement.effect() != policy::Effect::Allow || statement.applies(view) != policy::Truth::True || !statement.sid()) continue;
            if (statement.namesCaller(request.principal, false) == policy::Naming::None) continue;
            const std::vector<EdgeId> edges = edgesOfSid(*statement.sid());
            if (!edges.empty()) return edges.front();
        }
    return std::nullopt;
}

Tuple tupleOf(const policy::Request& request) {
    Tuple tuple{request.principal.text(), request.action, request.resource, {}};
    for (const policy::Context::Entry& entry : request.context.entries())
        if (entry.value)
            for (const std::string& value : entry.value->values) tuple.context.emplace_back(entry.key.written(), value);
    return tuple;
}

void note(PointProof& into, bool surplus, std::optional<EdgeId> edge, Tuple tuple) {
    std::vector<Difference>& list = surplus ? into.surplus : into.missing;
    const auto same = [&](const Difference& each) {
        return each.tuple.principal == tuple.principal && each.tuple.action == tuple.action && each.tuple.resource == tuple.resource;
    };
    if (list.size() < mostDifferences && std::none_of(list.begin(), list.end(), same)) list.push_back({std::move(edge), std::move(tuple)});
}

void compareOver(const Space& space, const Side& side, policy::Request request, PointProof& into) {
    for (const std::string& action : space.actions())
        for (const std::string& resource : space.resources()) {
            if (!Space::fit(action, resource)) continue;
            request.action = action;
            request.resource = resource;
            Asked asked{action, resource, nullptr};
            Contexts contexts;
            const std::vector<const Meanings::One*> about = side.meanings->about(asked);
            for (const Meanings::One* one : about) contexts.add(*one->use);
            {
                request.context = {};
                policy::WorldRules world;
                world.complete = true;
                const policy::RequestView view(request, world);
                for (const policy::PolicyRef& policy : side.asked)
                    for (const policy::CompiledStatement& statement : policy->statements())
                        if (statement.coversAction(view.action()) && statement.coversResource(view) != policy::Truth::False) contexts.add(statement);
            }
            // One answer of each kind is enough for a pair.
            bool toldSurplus = false, toldMissing = false;
            const bool all = contexts.forEach(mostContexts, [&](const policy::Context& context) {
                request.context = context;
                asked.context = &context;
                ++into.checked;
                const Expected said = expected(about, [&](const Use& use) { return means(use, asked); });
                const bool actual = allows(request, side.policies);
                if (actual && !said.may && !toldSurplus) {
                    toldSurplus = true;
                    note(into, true, edgeThatAllows(request, side.asked), tupleOf(request));
                }
                if (!actual && said.must && !toldMissing) {
                    toldMissing = true;
                    note(into, false, said.by == nullptr ? std::nullopt : std::optional(said.by->edge), tupleOf(request));
                }
            });
            into.complete = into.complete && all;
        }
}

} // namespace gw::mesh
