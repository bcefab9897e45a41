// Sentences for what the linter found in a policy: the title, what it means there, and what to change.
#pragma once

#include "models/policy/lint/linter.h"

#include <QString>

#include <span>
#include <string_view>

namespace gw::ui {

struct LintText {
    QString title;  // no full stop
    QString detail; // one or two sentences; may be empty
    QString fix;
};

[[nodiscard]] LintText explainLint(const policy::lint::Finding& finding);
// Title and detail in one line.
[[nodiscard]] QString lintMessage(const policy::lint::Finding& finding);
// The rule's title as it stands, for tables of rules; empty where it has none.
[[nodiscard]] QString lintTitle(std::string_view rule);

namespace errors {

// Strings are marked for translation in the context "ErrorText" and hold places for facts as render.h describes them.
struct LintEntry {
    std::string_view rule;
    const char* title;
    const char* detail;
    const char* fix;
};

[[nodiscard]] std::span<const LintEntry> lintFormTexts();
[[nodiscard]] std::span<const LintEntry> lintAccessTexts();

} // namespace errors

} // namespace gw::ui
