// A campaign for those who were not there: what was reviewed, who decided what and why, and what looks as if nobody thought.
#pragma once

#include "models/estate/campaign/campaign.h"

#include <string>

namespace gw::estate::campaign {

// One JSON object: "title", "scope", "owner", "state", "created", "due", "signed" (with "by", "at", "statement"; null before),
// "progress", "reviewers", "rubber_stamps", "items" (with "decision", null before) and "history".
[[nodiscard]] std::string reportJson(const Campaign& campaign, UtcTime now);

// RFC 4180 in UTF-8, a line for each item, times in UTC; the names of the columns are those of the items in JSON, with those of
// the decision. A cell that a spreadsheet would take for a formula begins with an apostrophe.
[[nodiscard]] std::string reportCsv(const Campaign& campaign);

} // namespace gw::estate::campaign
