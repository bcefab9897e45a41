// What of a drift the organisation accepts for a while: the same [[accept]] as of findings, in the same file.
#pragma once

#include "models/estate/drift.h"
#include "models/estate/review/rules.h"
#include "models/estate/review/settings.h"

namespace gw::estate::review {

// The rule under which it is accepted: drift-trust for who gets a role (trust, assignment, membership, a new role or user),
// drift-perm for what can be done (permissions, organization, resource policies, and all else that came or went).
[[nodiscard]] const Rule& driftRuleOf(const Drift& drift);
[[nodiscard]] bool isMeant(const AcceptedFinding& accepted, const Drift& drift);
// Just this one.
[[nodiscard]] AcceptedFinding acceptanceOf(const Drift& drift, std::string reason, UtcTime until);
// Marks what is accepted; what was, until a day that is past, is marked so and counts.
void acceptDrifts(std::vector<Drift>& drifts, const Settings& settings, UtcTime now);

} // namespace gw::estate::review
