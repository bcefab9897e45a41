// Access gained and lost, as a table: a row for each witness, in the report's order. Qt-free.
#pragma once

#include "models/estate/drift.h"
#include "models/items/table/table.h"

#include <cstdint>
#include <functional>
#include <string>

namespace gw::items {

enum class DriftColumn : std::uint8_t {
    Change,  // lost, gained
    Who,     // its name, then all of it
    What,    // the witness in words
    Action,
    Resource,
    Object,  // whose documents changed: its name, then all of it
    Cause,   // as estate::driftCauseName
    Group,   // those who come by it
    People,
    Account, // its name, then its id
    State,   // accepted, ended (it was accepted until a day that is past), open
    Where,   // the file that tells
    count
};
[[nodiscard]] constexpr std::size_t columnOf(DriftColumn column) { return static_cast<std::size_t>(column); }

// `what` words a drift for people; it is called once for each. `live` names accounts.
[[nodiscard]] Table makeDriftTable(const estate::Estate& live, const std::vector<estate::Drift>& drifts,
                                   const std::function<std::string(const estate::Drift&)>& what);

} // namespace gw::items
