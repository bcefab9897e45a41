// Objects of Kubernetes that say who calls whom: those of the App Mesh controller (appmesh.k8s.aws), Istio's policies and
// routes, and service accounts with a role of AWS.
#pragma once

#include "models/estate/sources/declared.h"

namespace gw::estate {

[[nodiscard]] bool isKubernetes(const Datum& root);
// False where the object is of no kind that says anything here.
[[nodiscard]] bool readKubernetes(const Datum& root, Declared& into);

} // namespace gw::estate
