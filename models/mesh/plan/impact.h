// What a plan does to people: who can do afterwards what he could not, who cannot any more, and what a review would find anew.
#pragma once

#include "models/estate/drift.h"
#include "models/estate/review/review.h"
#include "models/mesh/plan/plan.h"

#include <optional>
#include <vector>

namespace gw::mesh {

struct Impact {
    estate::DriftReport drift; // from the estate to the estate after
    // Of all that gain or lose something, each once, as the estate's directory knows them; nothing: it knows nobody of them.
    std::optional<std::size_t> peopleGaining, peopleLosing;
    std::vector<estate::review::Finding> newFindings; // the worst first; suppressed ones left out
    std::size_t findingsGone = 0;
    bool complete = true; // false: it was stopped
};

// `input` as for a review of the estate before; progress between 0 and 1.
[[nodiscard]] Impact impactOf(const estate::review::Input& input, std::span<const Step> steps, const estate::Progress& progress = {});

// The people behind a drift, by their ids in the directory or their user names.
[[nodiscard]] std::vector<std::string> peopleBehind(const estate::Estate& estate, const estate::Drift& drift);

} // namespace gw::mesh
