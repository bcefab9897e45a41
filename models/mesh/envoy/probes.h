// Single values of a request that tell rules from their neighbours.
#pragma once

#include "models/mesh/envoy/rule.h"
#include "models/mesh/intent/intent.h"

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh {

// Paths as clients who mean harm write them, around what is allowed and what is denied: dot segments, escapes, backslashes,
// repeated slashes, parameters, other case, queries, last dots and slashes.
void addPathTricks(std::span<const PathPattern> allowed, std::span<const PathPattern> denied, std::set<std::string>& into);

// What a request brings along besides caller, method and path.
struct Surroundings {
    envoy::Headers headers, query, claims;
    std::string address = "192.0.2.77";
    std::uint16_t port = 0;
    // Whether conditions hold that no proxy sees: MFA, tags, time.
    bool unseenHold = true;
    friend bool operator==(const Surroundings&, const Surroundings&) = default;
};
// All conditions held, and none of what they ask for.
void addSurroundings(const Use& use, std::vector<Surroundings>& into);
// All conditions held but one, which is broken, in every way.
void addNeighbours(const Use& use, std::vector<Surroundings>& into);
// Whether everything that the use asks for besides caller, method and path is there.
[[nodiscard]] bool holds(const Use& use, const Surroundings& in);

} // namespace gw::mesh
