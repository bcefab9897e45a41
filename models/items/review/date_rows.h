// What ends when, as a table: a row for each date, in the order of time. Qt-free.
#pragma once

#include "models/estate/calendar.h"
#include "models/items/table/table.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace gw::items {

enum class DateColumn : std::uint8_t {
    When,    // past (nothing is to be done), later, soon (in the next 90 days), overdue
    Date,
    Kind,    // as estate::dateKindName
    What,
    Object,  // its name, then all of it
    Account, // its name, then its id
    Detail,
    Where,   // the file that tells
    count
};
[[nodiscard]] constexpr std::size_t columnOf(DateColumn column) { return static_cast<std::size_t>(column); }
enum class DateTerm : std::uint8_t { Past, Later, Soon, Overdue };
inline constexpr std::int64_t soonSeconds = std::int64_t{90} * 24 * 60 * 60;
[[nodiscard]] DateTerm dateTermOf(const estate::CalendarEntry& entry, UtcTime now);

// `title` words a date for people; it is called once for each.
[[nodiscard]] Table makeDateTable(const estate::Estate& estate, const std::vector<estate::CalendarEntry>& entries, UtcTime now,
                                  const std::function<std::string(const estate::CalendarEntry&)>& title);

} // namespace gw::items
