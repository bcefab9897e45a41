// The report of `iam lint` in each of its forms.
#pragma once

#include "models/policy/lint/linter.h"

#include <string>
#include <string_view>

namespace gw::ctl {

struct LintedFile {
    std::string file; // "-" is standard input
    policy::lint::Report report;
    const policy::Catalogue* catalogue = nullptr; // null: there was none
    std::string account;                          // "" where it was not told
    policy::lint::Severity threshold = policy::lint::Severity::Low;
};

// Not suppressed, and at the threshold or above it; Error counts at every threshold.
[[nodiscard]] bool counts(const LintedFile& linted, const policy::lint::Finding& finding);

[[nodiscard]] std::string lintText(const LintedFile& linted);
[[nodiscard]] std::string lintJson(const LintedFile& linted);
// SARIF 2.1.0 (OASIS Standard, 27 March 2020).
[[nodiscard]] std::string lintSarif(const LintedFile& linted);

} // namespace gw::ctl
