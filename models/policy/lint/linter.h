// Looks for what is wrong with one policy document: whether it is well formed, whether it says what was meant, and whether
// it gives more than it should. What one document cannot tell is named, never silently passed.
#pragma once

#include "models/policy/catalogue.h"
#include "models/policy/document.h"
#include "models/policy/lint/rule_settings.h"
#include "models/policy/lint/rules.h"
#include "saml/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy::lint {

struct LintSettings {
    std::optional<DocumentKind> kind;     // nothing: as the document looks
    const Catalogue* catalogue = nullptr; // null: what needs it is not checked
    std::string account;                  // that the document belongs to; empty: not known
    UtcTime now;
    const RuleSettings* rules = nullptr; // null: as they come
    std::size_t quotaPercent = 90;       // of the usual quota of a trust policy, from where on it is close to it
    // Leaves out misspelt actions, what is redundant, unsupported tags and ways to more privilege: for those who look at very
    // many documents, and ask the latter of several together.
    bool brief = false;
};

// Lines and columns from 1, columns in characters; the end is one past the last.
struct Place {
    std::string pointer; // RFC 6901
    Position begin, end;
};

// One for each rule and statement; of several places the first is the one to go to.
struct Finding {
    const Rule* rule = nullptr;
    Severity severity = Severity::Low;
    std::vector<Place> places;
    std::vector<Fact> facts; // "seen" holds what stands at the places
    std::optional<Suppression> suppressed;
    [[nodiscard]] std::string_view fact(std::string_view name) const;
};

struct NotChecked {
    std::string_view rule;
    std::string_view needs; // "account", "provider", "estate", "api", "lattice-service", "role", "catalogue"
};

struct Report {
    DocumentKind kind = DocumentKind::Identity;
    bool readable = true;          // false: not JSON at all
    std::vector<Finding> findings; // in the order of the document
    std::vector<NotChecked> notChecked;
};

[[nodiscard]] Report lint(std::string text, const LintSettings& settings);

// "/Statement/3" of "/Statement/3/Action/0"; "" where it is in none.
[[nodiscard]] std::string statementOf(std::string_view pointer);
// "identity", …, as on the command line.
[[nodiscard]] std::string_view kindName(DocumentKind kind);
[[nodiscard]] std::optional<DocumentKind> kindOf(std::string_view name);

} // namespace gw::policy::lint
