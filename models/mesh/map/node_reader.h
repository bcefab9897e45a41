// The nodes of a map: a section of its own, or a word in the place where it is used.
#pragma once

#include "models/mesh/map/fields.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// Of a kind that nodeKindOf() knows; what is wrong is told to `fields`, and the rest read all the same.
[[nodiscard]] NodeBody readNode(NodeKind kind, Fields& fields);

// Keys of a node's section besides "id" and "note".
[[nodiscard]] std::vector<std::string_view> nodeKeys(NodeKind kind);

// "group:Payments-Ops", "role:arn:…", "route:a1b2c3d4e5/prod/refunds", "anyone", or an ARN alone, whose own text tells what it
// is. Nothing where the text is no such word.
[[nodiscard]] std::optional<NodeBody> nodeInPlace(std::string_view text);

// What it refers to by id.
[[nodiscard]] std::vector<NodeId> referencesOf(const NodeBody& body);
// Which kinds may stand in a member list, a role's providers, and so on.
[[nodiscard]] bool mayReferTo(NodeKind from, NodeKind to);

} // namespace gw::mesh
