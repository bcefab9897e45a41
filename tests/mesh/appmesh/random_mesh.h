// Meshes by chance, over every member of every shape, and the same mesh as the tools that declare meshes write it.
#pragma once

#include "models/mesh/appmesh/model.h"
#include "saml/base/json.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh::appmesh::testing {

struct Piece {
    Kind kind = Kind::Mesh;
    std::string parent, name;
    Json spec;
};

struct RandomMesh {
    std::string name;
    std::vector<Piece> pieces; // the mesh first, routers and gateways before their routes
};

// References name objects that are there. With `everything`, every member of a shape is there that may be beside the others.
[[nodiscard]] RandomMesh randomMesh(std::mt19937& chance, bool everything = false);

using Files = std::vector<std::pair<std::string, std::string>>; // names and texts
[[nodiscard]] Files asDescribed(const RandomMesh& mesh, const std::string& account = "111122223333");
[[nodiscard]] Files asTemplate(const RandomMesh& mesh);
[[nodiscard]] Files asState(const RandomMesh& mesh);
[[nodiscard]] Files asManifests(const RandomMesh& mesh);

} // namespace gw::mesh::appmesh::testing
