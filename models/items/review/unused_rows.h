// Roles with something that nobody uses, as a table, and after them those of which nothing tells. Qt-free.
#pragma once

#include "models/estate/unused/report.h"
#include "models/items/table/table.h"

#include <cstdint>

namespace gw::items {

enum class UnusedColumn : std::uint8_t {
    State,    // nothing-tells, permissions (some are not used), role (all of it is not)
    Role,     // its name, then all of it
    Account,  // its name, then its id
    Env,
    LastUsed,
    Since,    // when it was last used, or else made; not known where nothing tells
    Services, // those not used
    Proposal, // none, proved
    Evidence, // role-last-used, access-advisor, cloudtrail
    Owner,
    count
};
[[nodiscard]] constexpr std::size_t columnOf(UnusedColumn column) { return static_cast<std::size_t>(column); }

// A row for each of report.roles, then one for each of report.untold.
[[nodiscard]] Table makeUnusedTable(const estate::Estate& estate, const estate::UnusedReport& report);

} // namespace gw::items
