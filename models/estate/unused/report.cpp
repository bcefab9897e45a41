#include "models/estate/unused/report.h"

#include "models/estate/in_parallel.h"
#include "models/estate/ways_in.h"

namespace gw::estate {

UnusedReport unusedIn(const Estate& estate, const policy::WorldRules& world, const UnusedLimits& limits, const Progress& progress) {
    const RoleActivities activities(estate);
    const auto& roles = estate.roles();
    // Each worker writes to places of its own.
    std::vector<std::optional<UnusedRole>> found(roles.size());
    std::vector<char> looked(roles.size(), 0);
    const auto since = limits.services && world.now ? std::optional(*world.now - *limits.services) : std::nullopt;
    UnusedReport report;
    report.complete = inParallel(roles.size(), progress, 0, 1, [&] {
        return [&](std::size_t i) {
            const Role& role = roles[i];
            if ((!limits.only.empty() && role.arn != limits.only) || isServiceLinked(role)) return;
            looked[i] = 1;
            UnusedRole one{&role, activities.of(role), permissionUse(estate, role, since), std::nullopt, false};
            const auto unused = one.activity.unusedSince();
            one.isStale = unused && world.now && *world.now - *unused > limits.stale;
            if (auto tightening = tighten(estate, role, world); tightening && tightening->isProved()) one.tightening = std::move(tightening);
            if (one.isStale || !one.use.unusedServices.empty() || one.tightening || !one.isTold()) found[i] = std::move(one);
        };
    });
    for (std::size_t i = 0; i < roles.size(); ++i) {
        report.looked += looked[i] != 0;
        if (!found[i]) continue;
        if (found[i]->isTold())
            report.roles.push_back(std::move(*found[i]));
        else
            report.untold.push_back(&roles[i]);
    }
    return report;
}

} // namespace gw::estate
