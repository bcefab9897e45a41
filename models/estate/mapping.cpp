#include "models/estate/mapping.h"

#include "models/estate/environment.h"
#include "models/estate/in_parallel.h"
#include "models/estate/reach_counts.h"
#include "models/estate/ways_in.h"

#include <algorithm>

namespace gw::estate {

std::string_view granteeKindName(GranteeKind kind) {
    static constexpr std::string_view names[] = {"group",   "person",  "claim",   "provider", "web-identity",
                                                 "account", "service", "anyone"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view privilegeName(Privilege privilege) {
    static constexpr std::string_view names[] = {"unknown", "none", "read", "write", "escalating", "admin"};
    return names[static_cast<std::size_t>(privilege)];
}

namespace {

// Of a role that nobody has: by its name, and by its account.
Environment environmentOfMissing(const Estate& estate, const std::string& arn) {
    Object object;
    object.arn = arn;
    if (const auto principal = policy::Principal::parse(arn)) {
        object.name = principal->name();
        object.account = principal->account();
    }
    return environmentOf(estate, object, {});
}

class Worker {
public:
    Worker(const Estate& estate, const WaysIn& ways, const Reachable& reachable, const policy::WorldRules& world,
           std::vector<std::vector<Mapping>>& rows)
        : estate_(estate), ways_(ways), reachable_(reachable), access_(estate, world), rows_(rows) {}

    void operator()(std::size_t index) {
        const Role& role = estate_.roles()[index];
        std::vector<Mapping> rows = ways_.into(role, access_.pool());
        if (rows.empty()) return;
        const Environment environment = environmentOf(estate_, role, role.tags);
        access_.of(role);
        const Privilege privilege = access_.privilege();
        const ReachCounts reach = countReach(estate_, reachable_, access_);
        for (Mapping& row : rows) {
            row.environment = environment;
            row.privilege = privilege;
            row.reach = reach;
        }
        rows_[index] = std::move(rows);
    }

private:
    const Estate& estate_;
    const WaysIn& ways_;
    const Reachable& reachable_;
    RoleAccess access_;
    std::vector<std::vector<Mapping>>& rows_;
};

} // namespace

std::vector<Mapping> mappingsOf(const Estate& estate, const policy::WorldRules& world, const Progress& progress) {
    const WaysIn ways(estate);
    const Reachable reachable(estate);
    std::vector<std::vector<Mapping>> byRole(estate.roles().size());
    inParallel(byRole.size(), progress, 0.0, 1.0, [&] { return Worker(estate, ways, reachable, world, byRole); });
    byRole.push_back(ways.intoNothing());
    for (Mapping& each : byRole.back()) {
        each.environment = environmentOfMissing(estate, each.role);
        each.reach.complete = false;
    }
    std::vector<Mapping> all;
    for (std::vector<Mapping>& rows : byRole) std::move(rows.begin(), rows.end(), std::back_inserter(all));
    // Within a role they are in order.
    std::stable_sort(all.begin(), all.end(), [](const Mapping& a, const Mapping& b) { return a.role < b.role; });
    if (progress) progress(1.0);
    return all;
}

} // namespace gw::estate
