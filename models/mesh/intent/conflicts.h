// Edges that say the same, and edges that say the opposite.
#pragma once

#include "models/mesh/intent/intent.h"

namespace gw::mesh {

// Tells `intent.problems`: Conflict where a denial without conditions covers all that another edge allows, so that it would allow
// nothing; Repeated where two edges allow, or deny, the very same.
void tellConflicts(const Map& map, Intent& intent);

} // namespace gw::mesh
