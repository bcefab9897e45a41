// What the table says of when a row was attested: what the desk knows by now, which may be later than the review.
#pragma once

#include "ui/review/campaigns/attest_desk.h"
#include "ui/review/reviewed.h"
#include "ui/review/table_view.h"

namespace gw::ui {

// "12 Oct", "overdue 9 d", "to be removed", "never"; empty where nothing is kept.
[[nodiscard]] QString attestedWords(const Reviewed& review, std::size_t row, const AttestDesk& desk);
[[nodiscard]] CellTone attestedTone(const Reviewed& review, std::size_t row, const AttestDesk& desk);

} // namespace gw::ui
