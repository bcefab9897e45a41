#include "models/mesh/map/map.h"

#include <array>
#include <unordered_set>

namespace gw::mesh {
namespace {

constexpr auto kindNames = std::to_array<std::string_view>({"group", "claim", "provider", "person", "role", "workload", "service",
                                                            "account", "anyone", "route", "mesh-service", "function", "task", "arn",
                                                            "set"});
static_assert(kindNames.size() == std::variant_size_v<NodeBody>);

} // namespace

bool isWarning(MapError error) {
    return error == MapError::Expired || error == MapError::Repeated || error == MapError::NotInEstate ||
           error == MapError::NothingAccepted;
}

std::string_view nodeKindName(NodeKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<NodeKind> nodeKindOf(std::string_view name) {
    for (std::size_t i = 0; i < kindNames.size(); ++i)
        if (kindNames[i] == name) return static_cast<NodeKind>(i);
    return std::nullopt;
}

const Node* Map::node(const NodeId& id) const {
    const auto found = nodeAt_.find(id);
    return found == nodeAt_.end() ? nullptr : &nodes_[found->second];
}

const Edge* Map::edge(const EdgeId& id) const {
    const auto found = edgeAt_.find(id);
    return found == edgeAt_.end() ? nullptr : &edges_[found->second];
}

std::vector<const Node*> Map::members(const NodeId& id) const {
    std::vector<const Node*> all;
    std::unordered_set<const Node*> seen;
    std::vector<const Node*> open;
    if (const Node* first = node(id)) open.push_back(first);
    while (!open.empty()) {
        const Node* next = open.back();
        open.pop_back();
        if (!seen.insert(next).second) continue;
        const Set* set = next->as<Set>();
        const Group* group = next->as<Group>();
        if (set == nullptr) all.push_back(next);
        const std::vector<NodeId>* inner = set != nullptr ? &set->members : group != nullptr ? &group->members : nullptr;
        if (inner == nullptr) continue;
        // The first member is looked at first.
        for (auto each = inner->rbegin(); each != inner->rend(); ++each)
            if (const Node* member = node(*each)) open.push_back(member);
    }
    return all;
}

} // namespace gw::mesh
