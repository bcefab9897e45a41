// One function a target; what each writes stands at its head.
#pragma once

#include "models/mesh/appmesh/mesh_view.h"

namespace gw::mesh::appmesh {

struct Writing {
    std::vector<TextFile>& files;
    Ledger& ledger;
    const TaskRoles& roles;
};

void writeLattice(const MeshView& mesh, const Writing& out);
void writeServiceConnect(const MeshView& mesh, const Writing& out);
void writeIstio(const MeshView& mesh, const Writing& out);
void writeEnvoy(const MeshView& mesh, const Writing& out);

} // namespace gw::mesh::appmesh
