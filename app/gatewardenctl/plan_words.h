// A plan for people and for programs.
#pragma once

#include "app/gatewardenctl/command.h"
#include "models/mesh/plan/impact.h"
#include "models/mesh/plan/plan.h"

#include <string>

namespace gw::ctl {

// "POST /refunds of a1b2c3d4e5", "gatewarden of payments-operator": what a step is about.
[[nodiscard]] std::string stepPlace(const mesh::Step& step);
// "replace inline-policy gatewarden of payments-operator"
[[nodiscard]] std::string stepWords(const mesh::Step& step);
[[nodiscard]] std::string_view noteWords(mesh::StepNote note);

[[nodiscard]] std::string planText(const mesh::Plan& plan, const mesh::Impact& impact);
// One object a line: "step", "gained" or "lost", "finding", "by_hand", "unplanned", "leftover"; last the "summary".
[[nodiscard]] std::string planJson(const mesh::Plan& plan, const mesh::Impact& impact);

} // namespace gw::ctl
