// Short words for campaigns: states, dates, people.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "ui/widgets/environment_tag.h"

#include <QString>

#include <string>
#include <vector>

namespace gw::ui {

struct StateWords {
    ChipKind kind = ChipKind::Neutral;
    QString icon, words; // "Running", "Overdue 3 d"
};
[[nodiscard]] StateWords stateWords(estate::campaign::State state, UtcTime due, UtcTime now);
// What a campaign of this state is short of, in a sentence: "12 of 40 decided".
[[nodiscard]] QString progressWords(std::size_t decided, std::size_t items);
// "ben, cleo": the names apart, blanks and doubles gone.
[[nodiscard]] std::vector<std::string> namesIn(const QString& text);
// Whose decisions came too fast, in a sentence. `me`: of himself it says "yours".
[[nodiscard]] QString hastyWords(const estate::campaign::RubberStamp& hasty, const std::string& me);
// The title of a rule; its id where it has none.
[[nodiscard]] QString ruleWords(const std::string& rule);

} // namespace gw::ui
