// A review as the screen shows it, made on a worker and then only read.
#pragma once

#include "models/estate/campaign/attestation.h"
#include "models/estate/review/review.h"
#include "models/estate/review/settings.h"
#include "models/items/review/finding_rows.h"
#include "models/items/review/mapping_rows.h"
#include "models/policy/catalogue.h"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace gw::ui {

// Every way into every role, as it was found; what is reviewed anew shares it.
struct FoundWays {
    std::vector<estate::Mapping> mappings;
    std::vector<std::string> items;    // campaign::itemId() of each mapping
    std::vector<std::uint32_t> byItem; // the mappings in the order of their items
};

struct Reviewed {
    std::shared_ptr<const estate::Estate> estate;
    std::shared_ptr<const policy::Catalogue> catalogue; // may be null
    std::optional<Error> rulesProblem; // the rules file cannot be used: the rules count as they come
    estate::review::Settings settings;  // as they come where there is a problem
    UtcTime now;
    std::shared_ptr<const FoundWays> ways;
    const std::vector<estate::Mapping>& mappings; // of `ways`
    const std::vector<std::string>& items;        // likewise
    estate::campaign::AttestedRoles attested; // by what is kept and by the roles' tags
    std::chrono::days attestDays{92};
    estate::review::Review review;
    items::MappingTable mapping;
    items::Table findings;

    // The row of a way into a role; nothing where it is no longer there.
    [[nodiscard]] std::optional<std::uint32_t> rowOf(std::string_view item) const;
    // What a campaign asks of a row, and what an attestation says something of.
    [[nodiscard]] estate::campaign::Subject subjectOf(std::size_t row) const;
};
using ReviewedPtr = std::shared_ptr<const Reviewed>;

// `rules` is the text of the rules file; `attestations` null: nobody keeps any. From 0 to 1 over all of it; false from it stops, and null is returned. Any thread.
[[nodiscard]] ReviewedPtr reviewEstate(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue,
                                       const std::string& rules, const std::shared_ptr<const estate::campaign::Attestations>& attestations, UtcTime now,
                                       const std::function<bool(double)>& progress);

// The same where only attestations are others: nothing that does not depend on them is made anew. Any thread.
[[nodiscard]] ReviewedPtr attestedAnew(const Reviewed& former, const std::shared_ptr<const estate::campaign::Attestations>& attestations, UtcTime now);

} // namespace gw::ui
