// Which rows of the mapping table can do an action: the filter's "can:". Qt-free.
#pragma once

#include "models/estate/mapping.h"
#include "models/items/table/row_set.h"

#include <string>
#include <vector>

namespace gw::items {

// A row has the action where a statement of its role's policies allows it on some resource, perhaps only under conditions,
// and neither the boundary nor the organization leaves it out altogether.
// For a worker: each role is made ready once.
[[nodiscard]] RowSet rowsThatCan(const estate::Estate& estate, const std::vector<estate::Mapping>& mappings, const std::string& action,
                                 const policy::WorldRules& world);

} // namespace gw::items
