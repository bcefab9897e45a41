// What ends when, made on a worker and then only read.
#pragma once

#include "models/estate/calendar.h"
#include "models/items/review/date_rows.h"
#include "ui/review/reviewed.h"

#include <QString>

#include <memory>
#include <vector>

namespace gw::ui {

struct Dates {
    ReviewedPtr review; // which it was made for
    std::vector<estate::CalendarEntry> entries; // in the order of time
    items::Table table;                         // a row for each
    std::size_t overdue = 0, soon = 0;
};
using DatesPtr = std::shared_ptr<const Dates>;

// Any thread.
[[nodiscard]] DatesPtr datesOf(const ReviewedPtr& review);

[[nodiscard]] QString dateIcon(estate::DateKind kind);
// "16 Dec", with the year where it is another than now's. Local.
[[nodiscard]] QString dayText(UtcTime at, UtcTime now);
// "today", "tomorrow", "in 23 days", "overdue 9 d", "9 d ago".
[[nodiscard]] QString untilText(const estate::CalendarEntry& entry, UtcTime now);

} // namespace gw::ui
