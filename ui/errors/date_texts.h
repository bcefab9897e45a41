// What ends when, in words: for the table of dates, and for calendar programs.
#pragma once

#include "models/estate/calendar.h"

#include <QString>

#include <string>
#include <vector>

namespace gw::ui {

// What happens at that time, the object by its whole name: "Signing certificate of arn:… ends". No full stop.
[[nodiscard]] QString dateSentence(const estate::CalendarEntry& entry);
// The same without the object: "Signing key ends".
[[nodiscard]] QString dateTitle(const estate::CalendarEntry& entry);
// What comes of it where nobody does anything, and what to do before. Sentences.
[[nodiscard]] QString dateConsequence(estate::DateKind kind);
[[nodiscard]] QString dateAdvice(estate::DateKind kind);
// All of them as iCalendar, with reminders.
[[nodiscard]] std::string calendarFile(const std::vector<estate::CalendarEntry>& entries, UtcTime now);

} // namespace gw::ui
