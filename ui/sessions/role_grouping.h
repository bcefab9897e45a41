// How the hits of a search become the groups of the role list.
#pragma once

#include "ui/sessions/role_list_view.h"

namespace gw::ui {

enum class RoleGrouping { ByAccount, Matches, Recent };

// Favourites first in any case. Takes the hits apart; their order within a group stays.
[[nodiscard]] std::vector<RoleGroup> groupRoles(const items::RoleSearch& search, std::vector<items::RoleHit> hits, RoleGrouping grouping);

} // namespace gw::ui
