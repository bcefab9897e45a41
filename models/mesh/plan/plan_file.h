// A plan in a file: what map plan --save writes and map apply takes. JSON, versioned, with everything that the steps need: what
// was seen of each object, what it is to be, and by that the way back.
#pragma once

#include "models/mesh/plan/plan.h"
#include "saml/base/utc_time.h"

namespace gw::mesh {

// Facts: "member", "step" (from 1), "seen".
#define GW_PLAN_ERRORS(X)                                                                                                        \
    X(NotAPlan, "not_a_plan")                                                                                                    \
    X(NewerVersion, "newer_version")                                                                                             \
    X(Malformed, "malformed")
GW_ERROR_ENUM(PlanError, "plan", GW_PLAN_ERRORS);

inline constexpr int planFileVersion = 1;
inline constexpr std::size_t maxPlanBytes = std::size_t{64} << 20U;

struct SavedPlan {
    std::string map, mapDigest; // path as it was given; SHA-256 of its text, hexadecimal
    UtcTime made;
    std::vector<Step> steps;
};

[[nodiscard]] std::string writePlan(const SavedPlan& plan);
// Refuses a plan that is not as it was written: somebody edited it.
[[nodiscard]] Result<SavedPlan> readPlan(std::string_view text);

} // namespace gw::mesh
