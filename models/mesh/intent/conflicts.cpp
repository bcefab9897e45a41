#include "models/mesh/intent/conflicts.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

namespace gw::mesh {
namespace {

bool coversMethods(const std::vector<std::string>& outer, const std::vector<std::string>& inner) {
    return std::all_of(inner.begin(), inner.end(), [&](const std::string& method) {
        return method == "*" ? std::find(outer.begin(), outer.end(), method) != outer.end() : allowsMethod(outer, method);
    });
}

bool coversPaths(const std::vector<PathPattern>& outer, const std::vector<PathPattern>& inner) {
    if (outer.empty()) return true;
    return !inner.empty() && std::all_of(inner.begin(), inner.end(), [&](const PathPattern& path) {
        return std::any_of(outer.begin(), outer.end(), [&](const PathPattern& each) { return each.covers(path); });
    });
}

// Of one kind, and about the same thing, since both stand for the same node.
bool covers(const Access& outer, const Access& inner) {
    if (outer.index() != inner.index()) return false;
    if (const auto* api = std::get_if<ApiAccess>(&outer)) {
        const auto& other = std::get<ApiAccess>(inner);
        return coversMethods(api->methods, other.methods) && coversPaths(api->paths, other.paths);
    }
    if (const auto* lattice = std::get_if<LatticeAccess>(&outer)) {
        const auto& other = std::get<LatticeAccess>(inner);
        return lattice->connect == other.connect && coversMethods(lattice->methods, other.methods) && coversPaths(lattice->paths, other.paths);
    }
    if (const auto* mesh = std::get_if<MeshAccess>(&outer)) {
        const auto& other = std::get<MeshAccess>(inner);
        return coversMethods(mesh->methods, other.methods) && coversPaths(mesh->paths, other.paths);
    }
    if (const auto* action = std::get_if<ActionAccess>(&outer)) {
        const auto& other = std::get<ActionAccess>(inner);
        return std::all_of(other.actions.begin(), other.actions.end(), [&](const std::string& each) {
            return std::find(action->actions.begin(), action->actions.end(), each) != action->actions.end();
        });
    }
    return true;
}

// Whoever may do it by the one may do it by the other.
bool sameCallers(const Use& a, const Use& b) {
    return std::is_permutation(a.through.begin(), a.through.end(), b.through.begin(), b.through.end());
}

} // namespace

void tellConflicts(const Map& map, Intent& intent) {
    std::unordered_map<std::string, std::vector<const Use*>> together; // by caller and thing
    for (const Use& use : intent.uses) together[use.caller.node.value() + '\n' + use.on.value()].push_back(&use);

    std::set<std::pair<std::string, std::string>> told;
    const auto tell = [&](MapError code, const EdgeId& edge, const EdgeId& other) {
        if (!told.emplace(edge.value(), other.value()).second) return;
        const Edge* at = map.edge(edge);
        intent.problems.push_back(Error(code).with("line", std::to_string(at->place.line))
                                      .with("column", std::to_string(at->place.column))
                                      .with("edge", edge.value())
                                      .with("other", other.value()));
    };
    for (std::size_t i = 0; i < intent.uses.size(); ++i) {
        const Use& use = intent.uses[i];
        for (const Use* other : together[use.caller.node.value() + '\n' + use.on.value()]) {
            if (other->edge == use.edge) continue;
            if (use.effect == Effect::Allow && other->effect == Effect::Deny) {
                const bool always = other->when.empty() && !other->expires;
                if (always && covers(other->access, use.access)) tell(MapError::Conflict, use.edge, other->edge);
            } else if (use.effect == other->effect && other < &use && use.when == other->when && use.expires == other->expires &&
                       sameCallers(use, *other)) {
                if (covers(other->access, use.access) && covers(use.access, other->access)) tell(MapError::Repeated, use.edge, other->edge);
            }
        }
    }
}

} // namespace gw::mesh
