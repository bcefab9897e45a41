// What the rules file accepts although there is nothing like it, or nothing any more: for whoever keeps that file.
#pragma once

#include "models/estate/drift.h"
#include "models/estate/review/review.h"
#include "models/estate/review/settings.h"

#include <vector>

namespace gw::estate::review {

// Whether an acceptance means this finding; never one of drift, which is accepted drift by drift.
[[nodiscard]] bool isMeant(const AcceptedFinding& accepted, const Finding& finding);

// In the order of the settings, which are borrowed. Of drift only a comparison tells; of a rule that lacked data nobody knows.
[[nodiscard]] std::vector<const AcceptedFinding*> unmatchedIn(const Settings& settings, const Review& review);
// Of drift alone.
[[nodiscard]] std::vector<const AcceptedFinding*> unmatchedIn(const Settings& settings, const std::vector<Drift>& drifts);

} // namespace gw::estate::review
