// Who gets which role by a map, told as a directory would tell it, so that a review looks at what is drawn as well as at
// what is there.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/intent/intent.h"

#include <string>

namespace gw::mesh {

// The estate with an assignment for each group that an edge lets take a role and that it does not tell already.
// `file` is the map's, where each is said to come from. Copies what it is made of.
[[nodiscard]] estate::Estate withAssignments(const estate::Estate& estate, const Map& map, const Intent& intent, std::string file);

} // namespace gw::mesh
