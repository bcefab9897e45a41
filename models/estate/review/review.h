// Looks at everything in an estate and says what is wrong with it.
#pragma once

#include "models/estate/campaign/attestation.h"
#include "models/estate/estate.h"
#include "models/estate/mapping.h"
#include "models/estate/review/finding.h"
#include "models/policy/catalogue.h"
#include "saml/base/utc_time.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gw::estate::review {

// What the organisation makes of the rules: review_settings.h reads it.
struct Settings;

struct Input {
    const Estate* estate = nullptr;
    const policy::Catalogue* catalogue = nullptr; // null: what needs it is named as not checked
    const Settings* settings = nullptr;           // null: as the rules come
    const Estate* baseline = nullptr;             // for drift; null: what the estate declares, if anything
    // When trust policies were attested, where that is kept beside the estate; null: only their roles' tags tell.
    const campaign::AttestedRoles* attested = nullptr;
    UtcTime now;
};

struct Review {
    std::vector<Finding> findings; // the worst first, then by object; suppressed ones too
    std::vector<NotChecked> notChecked;
    std::size_t objects = 0; // that were looked at
    // By Severity; those that are not suppressed.
    std::array<std::size_t, 5> counts{};
    bool complete = true; // false: it was stopped
};

// When the trust policy of a role was attested last, by its tag or by what is kept. Settings name the tag.
[[nodiscard]] std::optional<UtcTime> attestedOf(const Role& role, const Settings& settings, const campaign::AttestedRoles* kept);

// Any thread; uses two threads of its own where the estate is large.
[[nodiscard]] Review review(const Input& input, const Progress& progress = {});

// The same review where nothing but `input.attested` and the time is another: only what depends on attestations is looked at
// anew. `former` was made of the same estate, catalogue, settings and baseline, and was not stopped. Any thread.
[[nodiscard]] Review withAttestations(Review former, const Input& input);

} // namespace gw::estate::review
