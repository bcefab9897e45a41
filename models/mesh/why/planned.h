// A policy as a plan of the map leaves it: the map's statements beside those of others.
#pragma once

#include "models/policy/compiled_policy.h"

namespace gw::mesh {

// Without what edges of a map say in it; the same where they say nothing, null where nothing is left.
[[nodiscard]] policy::PolicyRef withoutEdges(const policy::PolicyRef& there);

// `mine` in the place of what edges say in `there`, whose name and kind it keeps. Null where a plan cannot put them together.
[[nodiscard]] policy::PolicyRef besideOthers(const policy::PolicyRef& there, const policy::PolicyRef& mine);

// Whether it is a statement of the map's.
[[nodiscard]] bool isOfAnEdge(const policy::CompiledStatement& statement);

} // namespace gw::mesh
