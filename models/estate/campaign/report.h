// A campaign for those who were not there: what was reviewed, who decided what and why, and what looks as if nobody thought.
#pragma once

#include "models/estate/campaign/campaign.h"

#include <string>

namespace gw::estate::campaign {

// One JSON object: "title", "scope", "owner", "state", "created", "due", "signed" (with "by", "at", "statement"; null before),
// "progress", "reviewers", "rubber_stamps", "items" (with "decision", null before) and "history".
[[nodiscard]] std::string reportJson(const Campaign& campaign, UtcTime now);

} // namespace gw::estate::campaign
