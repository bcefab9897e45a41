// What people call things: words of a question made into references that an edge of the map could hold.
#pragma once

#include "models/mesh/why/why.h"

#include <string>
#include <string_view>

namespace gw::mesh {

// Ids of the map first, then its words, then names and ARNs of the map and of the estate. Errors: UnknownWho, UnknownThing,
// Several.
[[nodiscard]] Result<std::string> whoCalled(const Map& map, const estate::Estate* estate, std::string_view text);
[[nodiscard]] Result<std::string> thingCalled(const Map& map, const estate::Estate* estate, std::string_view text);

// What people call a node: a group's name, the last part of an ARN.
[[nodiscard]] std::string nameOf(const Node& node);
// Whether both mean the same, whichever way they are written.
[[nodiscard]] bool sameThing(const Node& a, const Node& b);

} // namespace gw::mesh
