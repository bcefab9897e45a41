// The edges of a map.
#pragma once

#include "models/mesh/map/fields.h"

#include <string_view>
#include <vector>

namespace gw::mesh {

// With an empty id where it has none that is good. What is wrong is told to `fields`.
[[nodiscard]] Edge readEdge(Fields& fields);
[[nodiscard]] std::vector<std::string_view> edgeKeys();

[[nodiscard]] bool isEdgeId(std::string_view text);

// The ends of an edge, and which nodes may stand there.
enum class EdgeEnd { Who, WhoThrough, Through, On };
[[nodiscard]] bool mayStandAt(EdgeEnd end, NodeKind kind);

// "GET", or "*".
[[nodiscard]] bool isMethod(std::string_view word);
// "s3:GetObject", "s3:*".
[[nodiscard]] bool isAction(std::string_view word);

} // namespace gw::mesh
