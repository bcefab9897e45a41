// Artefacts in IAM's language, read again and asked.
#pragma once

#include "models/mesh/prove/space.h"
#include "models/policy/evaluator.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// Of the artefacts of that kind, as policies; what cannot be read is a problem.
[[nodiscard]] std::vector<policy::PolicyRef> policiesOf(std::span<const Artefact* const> artefacts, ArtefactKind kind,
                                                        policy::DocumentKind as, std::string_view object, std::vector<Error>& problems);

// A policy of our own, for what is not in question.
[[nodiscard]] policy::PolicyRef fixedPolicy(std::string text, policy::DocumentKind kind);

// Whether these policies let the request through; the world is complete.
[[nodiscard]] bool allows(const policy::Request& request, const policy::PolicySet& policies);

// The edge whose statement lets it through, where its Sid tells.
[[nodiscard]] std::optional<EdgeId> edgeThatAllows(const policy::Request& request, const std::vector<policy::PolicyRef>& policies);

[[nodiscard]] Tuple tupleOf(const policy::Request& request);

// Asks about every fitting pair of the space, in every context that matters; `request` gives the caller.
struct Side {
    const Meanings* meanings = nullptr;
    std::vector<policy::PolicyRef> asked; // whose statements tell which contexts matter
    policy::PolicySet policies;
};
void compareOver(const Space& space, const Side& side, policy::Request request, PointProof& into);

// Adds a difference unless there are enough.
void note(PointProof& into, bool surplus, std::optional<EdgeId> edge, Tuple tuple);

// The most combinations of conditions for one caller, action and resource.
inline constexpr std::size_t mostContexts = 4096;

} // namespace gw::mesh
