// A review as a file for other programs and for people who have no Gatewarden.
#pragma once

#include "models/estate/review/review.h"

#include <string>
#include <string_view>

namespace gw::ui {

struct ReviewReport {
    const estate::review::Review& review;
    std::string_view catalogueDate; // empty: there was no catalogue
    UtcTime now;
};

// SARIF 2.1.0 (OASIS Standard, 27 March 2020). `program` made it.
[[nodiscard]] std::string reviewSarif(const ReviewReport& report, std::string_view program);
// RFC 4180; no cell begins as a formula does.
[[nodiscard]] std::string reviewCsv(const ReviewReport& report);
// One page, without scripts and without anything from elsewhere.
[[nodiscard]] std::string reviewHtml(const ReviewReport& report);

} // namespace gw::ui
