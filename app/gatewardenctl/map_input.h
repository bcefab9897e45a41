// What the commands about maps share: the map, the estate, the targets.
#pragma once

#include "app/gatewardenctl/command.h"
#include "models/estate/estate.h"
#include "models/mesh/compile/compilation.h"
#include "models/mesh/map/reader.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::ctl {

inline constexpr Option estateOption{"--estate", "ESTATE", "a saved estate, files or folders: what the map's names mean", true};
inline constexpr Option targetOption{"--target", "T,…", "iam, apigateway, lattice, lambda, envoy, istio; all of them without it"};

struct MapInput {
    std::string path, text;
    mesh::Map::Reading reading;
    std::shared_ptr<const estate::Estate> estate; // null: none was given
    mesh::Intent intent;                          // borrows the map
    std::vector<mesh::Target> targets;
};

// Reads map and estate. Nothing where one of them cannot be read at all, or an option is wrong; that was said. A map with mistakes
// is given back with them, and with an intent of what could be read.
[[nodiscard]] std::unique_ptr<MapInput> readMapInput(const Invocation& invocation);

// The map at `path` over an estate that was read already, without targets. Nothing where it cannot be read at all, or has mistakes;
// that was said.
[[nodiscard]] std::unique_ptr<MapInput> readMapOver(const std::string& path, std::shared_ptr<const estate::Estate> estate, UtcTime now);

// Whether the map can be compiled; tells on standard error what is wrong, a line each: "FILE:LINE:COLUMN: …".
[[nodiscard]] bool tellProblems(const MapInput& input);
[[nodiscard]] bool isUsable(const MapInput& input);

} // namespace gw::ctl
