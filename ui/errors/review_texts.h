// Sentences for what a review found: the title, what it means there, and what to change.
#pragma once

#include "models/estate/review/finding.h"

#include <QString>

#include <span>
#include <string_view>

namespace gw::ui {

struct ReviewText {
    QString title;  // no full stop
    QString detail; // one or two sentences; may be empty
    QString fix;
};

[[nodiscard]] ReviewText explainReview(const estate::review::Finding& finding);
// The title of explainReview() alone, for long tables.
[[nodiscard]] QString reviewTitle(const estate::review::Finding& finding);
// Title and detail in one line.
[[nodiscard]] QString reviewMessage(const estate::review::Finding& finding);
// The rule's title as it stands, for tables of rules; empty where it has none.
[[nodiscard]] QString reviewTitle(std::string_view rule);

namespace errors {

// Strings are marked for translation in the context "ErrorText" and hold places for facts as render.h describes them. What is
// not here has the words of the linter.
struct ReviewEntry {
    std::string_view rule;
    const char* title;
    const char* detail;
    const char* fix;
};

[[nodiscard]] std::span<const ReviewEntry> reviewRuleTexts();

} // namespace errors

} // namespace gw::ui
