// What the commands about App Mesh read and write alike.
#pragma once

#include "app/gatewardenctl/estate_input.h"
#include "models/mesh/appmesh/describe.h"
#include "models/mesh/appmesh/model.h"

#include <memory>
#include <string>
#include <vector>

namespace gw::ctl {

struct MeshInput {
    std::shared_ptr<const estate::Estate> estate; // null: nothing could be read, or nothing is of App Mesh; that was told
    mesh::appmesh::Model model;
    bool faulty = false; // some of it is malformed; the rest was read
};

// What is wrong is told on standard error, a line for each.
[[nodiscard]] MeshInput readMesh(const Invocation& invocation);
// "--out", or empty with a sentence where it was not given.
[[nodiscard]] std::string outFolder(const Invocation& invocation);
// False with a sentence where one cannot be written.
[[nodiscard]] bool writeFiles(const std::string& folder, const std::vector<mesh::appmesh::TextFile>& files);
// Member "problems".
void writeProblems(JsonWriter& json, const std::vector<mesh::appmesh::Problem>& problems);
// "3 virtual nodes, 1 mesh"
[[nodiscard]] std::string countsText(const mesh::appmesh::Model& model);
// Member "objects": how many of each kind.
void writeCounts(JsonWriter& json, const mesh::appmesh::Model& model);

} // namespace gw::ctl
