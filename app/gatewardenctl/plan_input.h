// From a map on the command line to its plan: what map plan shows and map apply takes.
#pragma once

#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/map_input.h"
#include "models/estate/review/settings.h"
#include "models/mesh/plan/plan.h"

#include <memory>
#include <string>

namespace gw::ctl {

inline constexpr Option removeLeftoversOption{"--remove-leftovers", "", "take edge ids away where the map names nothing: no other map may share the estate"};

struct PlannedMap {
    std::unique_ptr<MapInput> input;
    mesh::Plan plan;
    UtcTime now;
};

// Null, with the exit code, where the map cannot be compiled or a target cannot hold it; that was told.
[[nodiscard]] std::unique_ptr<PlannedMap> planMap(const Invocation& invocation, int& code);

// False: it cannot be written, which was told.
[[nodiscard]] bool savePlan(const PlannedMap& planned, const std::string& path);

} // namespace gw::ctl
