// Principals whom a policy names and the estate does not hold as a role or user: services, providers, sessions, other
// people's accounts, and anyone at all.
#pragma once

#include "models/estate/reach/outcome.h"

#include <string>
#include <vector>

namespace gw::estate {

struct Stranger {
    std::string text; // as principals are written; "*": anyone
    ReachKind kind = ReachKind::Anyone;
    Outcome outcome;
    std::vector<Gap> gaps; // of the stranger itself; outcome.gaps leads here, too
};

// Those whom the subject's own policy lets in. Accounts that the estate knows are left to their roles and users.
// Each is made in place: `found` holds pointers into itself.
void findStrangers(const Population& population, const Subject& subject, const policy::WorldRules& world,
                   std::vector<std::unique_ptr<Stranger>>& found);

// Whoever signs in as nobody, or as somebody whom the organization does not know.
[[nodiscard]] std::optional<Outcome> outcomeForAnyone(const Subject& subject, const policy::WorldRules& world);

} // namespace gw::estate
