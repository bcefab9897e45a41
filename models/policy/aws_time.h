// Points in time as AWS's interfaces, its command line and its logs write them.
#pragma once

#include "saml/base/utc_time.h"

#include <optional>
#include <string_view>

namespace gw::policy {

// "2026-07-01T09:00:00Z", "2026-07-01 09:00:00.000 UTC", "2026-07-01T09:00:00+0000", "2026-07-01", "1782896400", "1782896400.25":
// what names no zone is UTC, and seconds, of nine digits or more, count from 1970. Nothing before 1970 and after 9999.
[[nodiscard]] std::optional<UtcTime> timeAsAwsWritesIt(std::string_view text);

} // namespace gw::policy
