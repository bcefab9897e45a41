// The ways into roles, before anybody looks at what the roles may do.
#pragma once

#include "models/estate/mapping.h"
#include "models/estate/policy_pool.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace gw::estate {

// Borrows the estate, and the pool with what it is asked for.
class WaysIn {
public:
    explicit WaysIn(const Estate& estate);

    // Of one role, in the order of grantees; privilege and reach stay empty. From any thread, with a pool of its own.
    [[nodiscard]] std::vector<Mapping> into(const Role& role, PolicyPool& pool) const;
    // Assignments of roles that are not in the estate, in the order of roles and grantees.
    [[nodiscard]] std::vector<Mapping> intoNothing() const;
    // Null where no directory told of it.
    [[nodiscard]] const DirectoryGroup* group(const std::string& idOrName) const;

private:
    void fill(Mapping& row, const Assignment& assignment) const;
    const Estate& estate_;
    std::unordered_map<std::string, std::vector<const Assignment*>> byRole_;
    std::unordered_map<std::string, const DirectoryGroup*> groups_; // by id, and by name where it is the only one
};

// Roles that AWS links to its services belong to nobody's review.
[[nodiscard]] bool isServiceLinked(const Role& role);

} // namespace gw::estate
