// What of a map Istio can hold, as the resources of a workload: a policy for each edge, one that lets nobody in where nobody may
// call, mutual TLS for everything, and paths made normal before they are looked at.
#pragma once

#include "models/mesh/compile/compilation.h"
#include "models/mesh/envoy/compile.h"

#include <vector>

namespace gw::mesh {

// Policies select workloads by labels, not by service account: pods must carry the label "app" with their service account's name.
// To be enforced, or only tried (annotation istio.io/dry-run): then without the resources that have no such form.
void compileIstio(const Intent& intent, Enforcement enforcement, Compilation& into);

// What Istio cannot hold of a use. Its templates leave out segments with "=": less than the map says where something is allowed,
// so that only what is denied by one cannot be held.
[[nodiscard]] std::vector<Unheld> unheldByIstio(const Use& use);

} // namespace gw::mesh
