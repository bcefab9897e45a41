// Ways around the map that the estate's policies leave open: by which a role acts as another, or opens an API. They are edges
// that nobody wrote.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/intent/intent.h"

#include <string>
#include <vector>

namespace gw::mesh {

struct MapEscalation {
    std::string from;    // ARN of a role that the map names
    std::string way;     // "iam:PassRole + ecs:RunTask": the actions that open it
    std::string to;      // ARN of the role that it acts as, or of the API that it opens; empty: of an administrator
    std::string through; // ARN of what it goes through, where that is neither: a function, a task definition
    // Edges of the map by which `to` may do what `from` may not, and those that deny it to `from`.
    std::vector<EdgeId> gains, around;
};

// In the order of roles in the map, then of ways. `now` as for resolve().
[[nodiscard]] std::vector<MapEscalation> escalationsOf(const Map& map, const Intent& intent, const estate::Estate& estate,
                                                       std::optional<UtcTime> now);

} // namespace gw::mesh
