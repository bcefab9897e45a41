// Times and durations in words.
#pragma once

#include "saml/base/utc_time.h"

#include <QString>

#include <chrono>

namespace gw::ui {

// "52:14", from an hour on "3:32:50". Nothing below "0:00".
[[nodiscard]] QString countdownText(std::chrono::seconds left);
// "15 min", "1 h 20 min"; under a minute "42 s".
[[nodiscard]] QString durationText(std::chrono::seconds duration);
// "just now", "22 min ago", "yesterday", "18 Nov", "2 Sep 2025". In local time.
[[nodiscard]] QString ageText(UtcTime then, UtcTime now);
// Local 24-hour "14:59".
[[nodiscard]] QString clockText(UtcTime time);
// Local date, time to the second and offset, for tooltips.
[[nodiscard]] QString exactText(UtcTime time);

} // namespace gw::ui
