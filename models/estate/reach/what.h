// What somebody can do: with his own policies, and as every role that he can take on.
#pragma once

#include "models/estate/reach/chains.h"
#include "models/estate/reach/subjects.h"
#include "models/estate/reach/who.h"

#include <string>
#include <vector>

namespace gw::estate {

// Where it begins: as whom, and how he came to be that.
struct Beginning {
    policy::ActorId as{};
    policy::Decision decision = policy::Decision::Allowed;
    std::vector<std::string> dependsOn;
    std::vector<Step> steps;
};

struct WhatAnswer {
    std::vector<WhatCan> rows;
    std::size_t checked = 0;
};

[[nodiscard]] WhatAnswer whatCanAll(const Population& population, const policy::WorldRules& world, Chains& chains,
                                    Subjects& subjects, const std::vector<Beginning>& beginnings, const std::string& action,
                                    GapSet& unknown, const Progress& progress);

} // namespace gw::estate
