// What an estate has in the places that a map is compiled to, as artefacts: asked in the same way as those that were compiled,
// they tell what of the map is in force, and what is there beyond it.
#pragma once

#include "models/estate/gap.h"
#include "models/mesh/compile/compilation.h"

#include <vector>

namespace gw::estate {
class Estate;
}

namespace gw::mesh {

struct LiveArtefacts {
    Compilation compilation;          // without losses
    std::vector<estate::Gap> unknown; // policies that are there and whose text is not
    std::vector<std::string> incomplete; // objects that they belong to
};

// Of all roles but AWS's own, and of everything that has a policy. Policies that AWS itself keeps are left out and told as
// unknown. With the groups that roles are assigned to.
[[nodiscard]] LiveArtefacts everyArtefactIn(const estate::Estate& estate);

// Of what the intent speaks of, and of whatever else has an edge's id in it. Trust and permission policies of roles, whatever
// their names; policies of APIs, of Lattice and of functions. Proxies are none of AWS's objects: their artefacts come from their
// files.
[[nodiscard]] LiveArtefacts artefactsIn(const estate::Estate& estate, const Intent& intent);

} // namespace gw::mesh
