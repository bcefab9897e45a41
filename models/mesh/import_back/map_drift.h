// What an estate lets happen that a map does not say, and the other way round: intent, live policies, and what is in force of
// them. Told as gained and lost access with a witness each, as drift between two estates is.
#pragma once

#include "models/estate/drift.h"
#include "models/mesh/prove/proof.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace gw::mesh {

// In which of the three an access is. `deployed` is what callers meet: a Lattice service that does not ask for signatures lets
// everybody in whatever its policy says, and so does a route with the authorization NONE. Nothing: no dump tells.
struct DriftSides {
    std::optional<EdgeId> edge; // whose it is; nothing: no edge's
    Target target = Target::Iam;
    bool intent = false, live = false;
    std::optional<bool> deployed;
};

struct MapDrift {
    estate::DriftReport report;    // objects are those that the access is about: roles, APIs, services, functions
    std::vector<DriftSides> sides; // one for each of its drifts
    std::size_t checked = 0;       // requests
};

// Where the map itself is not held by what it is compiled to (Loss), that is no drift. Policies whose text the estate does not
// tell are unknown, and what hangs on them is not told as lost.
[[nodiscard]] MapDrift driftFrom(const Intent& intent, const estate::Estate& live, std::span<const Target> targets,
                                 const std::function<bool(double)>& progress = {});

} // namespace gw::mesh
