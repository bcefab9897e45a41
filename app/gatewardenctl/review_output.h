// What a review found, for a terminal and for programs; ui/reports has the forms that are files.
#pragma once

#include "models/estate/review/review.h"
#include "models/policy/catalogue.h"

#include <string>

namespace gw::ctl {

struct Reviewed {
    estate::review::Review review;
    const policy::Catalogue* catalogue = nullptr; // null: there was none
    policy::lint::Severity threshold = policy::lint::Severity::Low;
    UtcTime now;
};

// Not suppressed, and at the threshold or above it; Error counts at every threshold.
[[nodiscard]] bool counts(const Reviewed& reviewed, const estate::review::Finding& finding);

[[nodiscard]] std::string reviewText(const Reviewed& reviewed);
// One object a line, the summary last.
[[nodiscard]] std::string reviewJson(const Reviewed& reviewed);

// "edit", "plan", "manual".
[[nodiscard]] std::string_view fixKindName(estate::review::FixKind kind);

} // namespace gw::ctl
