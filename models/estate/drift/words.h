// How a drift is told: a witness is an example, and what it stands for says more.
#pragma once

#include "models/estate/question.h"
#include "models/policy/access_diff.h"

#include <string>

namespace gw::estate {

// The action as the catalogue writes it; where it knows none of that name, the narrowest pattern of which it is an example.
[[nodiscard]] std::string actionOf(const policy::AccessChange& change, const policy::Catalogue* catalogue, const Question& one, const Question& other);
// The pattern that the resource is an example of, the narrowest, where all of it changes in the same way but for what a policy
// spells out; otherwise the example itself.
[[nodiscard]] std::string resourceOf(const policy::AccessChange& change, policy::WorldRules world, const Question& one, const Question& other);

} // namespace gw::estate
