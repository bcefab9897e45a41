// Maps as the tests of the map's engine use them.
#pragma once

#include "models/mesh/compile/compilation.h"
#include "models/mesh/map/reader.h"
#include "models/mesh/prove/proof.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::test {

// A map, what it means and what it is compiled to; the map must be readable.
struct Compiled {
    std::unique_ptr<Map> map;
    Intent intent;
    Compilation compilation;
    [[nodiscard]] const Artefact* find(ArtefactKind kind, std::string_view object = {}) const;
};
inline constexpr Target policyTargets[] = {Target::Iam, Target::ApiGateway, Target::Lattice, Target::Lambda};
[[nodiscard]] Compiled compiled(std::string_view text, std::span<const Target> targets = policyTargets);

// "surplus iam arn:… s3:getobject arn:… key=value" a line; empty where it holds.
[[nodiscard]] std::string differences(const Compiled& compiled, std::span<const Target> targets = policyTargets);
[[nodiscard]] std::string written(const std::vector<TargetProof>& proofs);

// One of each thing that a map can say about roles, routes, services, functions, tasks and ARNs.
extern const std::string_view shop;
// What follows it: a mesh service behind a proxy of its own, and E8 from "orders-web" to it. May be gone on with.
extern const std::string_view ledger;

} // namespace gw::mesh::test
