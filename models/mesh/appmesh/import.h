// From an estate to App Mesh's objects, whatever told of them: describe calls, templates of CloudFormation, states and plans of
// Terraform, objects of the App Mesh controller, what a sidecar was told. Of the same object, what AWS told counts for more
// than what a template declares.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/appmesh/model.h"

namespace gw::mesh::appmesh {

[[nodiscard]] Model importFrom(const estate::Estate& estate);

// A specification against the shapes of the interface, to `problems`. With `repair`, values that a template writes as text
// become the numbers and flags that the interface has, where they are such.
void checkSpec(Object& object, bool repair, std::vector<Problem>& problems);

} // namespace gw::mesh::appmesh
