// All roles of an estate that have something which nobody uses, and those of which nothing tells.
#pragma once

#include "models/estate/unused.h"

#include <chrono>
#include <string_view>
#include <vector>

namespace gw::estate {

struct UnusedLimits {
    std::chrono::days stale{90};              // a role that nobody used for longer
    std::optional<std::chrono::days> services; // what counts as use of a service; nothing: any that the evidence has
    std::string_view only{};                   // ARN of the one role to look at; empty: all
};

struct UnusedRole {
    const Role* role = nullptr; // of the estate
    RoleActivity activity;
    PermissionUse use;
    std::optional<Tightening> tightening; // only one that was proved
    bool isStale = false;

    [[nodiscard]] bool isTold() const { return !activity.evidence.empty() || !use.evidence.empty(); }
};

struct UnusedReport {
    std::vector<UnusedRole> roles;   // in the estate's order
    std::vector<const Role*> untold; // of which nothing tells whether they are used
    std::size_t looked = 0;
    bool complete = true; // false: it was stopped
};

// Roles that AWS links to its services are left out. By world.now; without it nothing is stale. Borrows the estate. Uses a thread of its own where it is large.
[[nodiscard]] UnusedReport unusedIn(const Estate& estate, const policy::WorldRules& world, const UnusedLimits& limits = {}, const Progress& progress = {});

} // namespace gw::estate
