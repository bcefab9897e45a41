// Tries what unknown keys could hold: for each key one value at least out of every class that the policies tell apart.
#pragma once

#include "models/policy/answer.h"

namespace gw::policy {

struct Outcomes {
    std::optional<Additions> allowed, denied; // the first of each that was found, brought near to each other
    bool onlyExplicit = true;                 // all denials found were explicit ones
    LayerSet blockedBy;                       // of the first denial
    std::vector<std::string> keys;            // that make a difference
    bool exhaustive = true;
};

[[nodiscard]] Outcomes tryUnknownKeys(const Request& request, const WorldRules& world, const PolicySet& policies);

} // namespace gw::policy
