// A review as the screen shows it, made on a worker and then only read.
#pragma once

#include "models/estate/review/review.h"
#include "models/estate/review/settings.h"
#include "models/items/review/finding_rows.h"
#include "models/items/review/mapping_rows.h"
#include "models/policy/catalogue.h"

#include <functional>
#include <memory>
#include <vector>

namespace gw::ui {

struct Reviewed {
    std::shared_ptr<const estate::Estate> estate;
    std::shared_ptr<const policy::Catalogue> catalogue; // may be null
    std::optional<Error> rulesProblem; // the rules file cannot be used: the rules count as they come
    UtcTime now;
    std::vector<estate::Mapping> mappings;
    estate::review::Review review;
    items::MappingTable mapping;
    items::Table findings;
};
using ReviewedPtr = std::shared_ptr<const Reviewed>;

// `rules` is the text of the rules file. From 0 to 1 over all of it; false from it stops, and null is returned. Any thread.
[[nodiscard]] ReviewedPtr reviewEstate(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue,
                                       const std::string& rules, UtcTime now, const std::function<bool(double)>& progress);

} // namespace gw::ui
