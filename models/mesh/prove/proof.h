// Compares what was compiled with what the map says: the artefacts are read again as the text they are, and asked, together with
// the map, about every combination of caller, method, path and condition that could make a difference.
#pragma once

#include "models/mesh/compile/compilation.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gw::mesh {

// One question, as an enforcer sees it.
struct Tuple {
    std::string principal, action, resource;
    std::vector<std::pair<std::string, std::string>> context;
};

struct Difference {
    std::optional<EdgeId> edge; // that says so; of a surplus the one whose artefact grants it, where its name tells
    Tuple tuple;
};

struct PointProof {
    std::size_t checked = 0;
    std::vector<Difference> surplus, missing; // of each at most `mostDifferences`
    std::vector<Error> problems;              // artefacts that cannot be read
    bool complete = true;                     // false: more combinations than the bound
};
inline constexpr std::size_t mostDifferences = 100;

// Where one enforcer decides by itself: a role, an API, a Lattice service, an Envoy, a workload of Istio; with everything that
// has a say in it. Borrows intent and compilation.
struct Point {
    Target target = Target::Iam;
    std::string object;
    std::vector<const Use*> uses;             // of this target, as the map has them, whether held or not
    std::vector<const Admission*> admissions; // of a role
    std::vector<const Artefact*> artefacts;
    std::vector<const Artefact*> identity; // policies of the callers' roles, where the point asks them, too
};

[[nodiscard]] PointProof proveRole(const Intent& intent, const Point& point);
[[nodiscard]] PointProof proveApi(const Intent& intent, const Point& point);
[[nodiscard]] PointProof proveLattice(const Intent& intent, const Point& point);
[[nodiscard]] PointProof proveFunction(const Intent& intent, const Point& point);
[[nodiscard]] PointProof proveEnvoy(const Intent& intent, const Point& point);
[[nodiscard]] PointProof proveIstio(const Intent& intent, const Point& point);

struct TargetProof {
    Target target = Target::Iam;
    std::size_t edges = 0, checked = 0;
    std::vector<Difference> surplus, missing;
    std::vector<Loss> inexpressible;
    std::vector<Error> problems;
    bool complete = true;
    [[nodiscard]] bool holds() const { return surplus.empty() && missing.empty() && problems.empty() && complete; }
};

// Keeps the proofs of points that have not changed since. Not for two threads at once.
class Prover {
public:
    // One for each target. Progress between 0 and 1; false from it stops, and what is not proved is then not complete.
    [[nodiscard]] std::vector<TargetProof> prove(const Intent& intent, const Compilation& compilation,
                                                 std::span<const Target> targets, const std::function<bool(double)>& progress = {});
    // Of the last call: points that were proved anew, and all.
    [[nodiscard]] std::size_t provedAnew() const { return anew_; }
    [[nodiscard]] std::size_t points() const { return kept_.size(); }

private:
    std::unordered_map<std::string, PointProof> kept_; // by the digest of everything that a point's proof depends on
    std::size_t anew_ = 0;
};

} // namespace gw::mesh
