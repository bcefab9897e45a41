// A whole answer as plain text, to be handed on.
#pragma once

#include "ui/explain/explained.h"

#include <QString>

namespace gw::ui {

[[nodiscard]] QString answerText(const ExplainedAnswer& answer, const std::vector<estate::PlacedEdit>& edits);
// From what it was answered and what is not known, a sentence each.
[[nodiscard]] QStringList answerNotes(const ExplainedAnswer& answer);

} // namespace gw::ui
