// What a review finds: one finding for each rule and object, with where it stands, what shows it, and what mends it.
// Identifiers of rules and names of severities are part of the command line's contract.
#pragma once

#include "models/estate/source.h"
#include "models/policy/lint/rule.h"
#include "saml/base/error.h"
#include "saml/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::estate::review {

using policy::lint::Rule;
using policy::lint::Severity;

enum class FixKind {
    Edit,  // of a document: a text to put there
    Plan,  // a change that AWS's interface makes: attach, detach, delete, set
    Manual // of something that no interface here reaches: the identity provider, an approval
};

struct Fix {
    FixKind kind = FixKind::Manual;
    std::string_view text;   // which advice it is, for whoever words it: "add_audience", …
    std::vector<Fact> facts; // that its words need
    // Of an edit: JSON Patch (RFC 6902) against the document of the finding's place; empty where there is none.
    std::string patch;
};

struct Suppressed {
    std::string reason;
    UtcTime until;
};

struct Finding {
    const Rule* rule = nullptr;
    Severity severity = Severity::Low;
    std::string object; // ARN, or the id of what has none
    Place place;        // where it stands; its file empty where nothing does
    // What shows it, each told once: "statement" its number from 1, "principal", "seen", "expected", "days", …. Values of
    // several words are JSON text where the fact's name ends in "[]".
    std::vector<Fact> evidence;
    std::optional<Fix> fix;
    std::optional<Suppressed> suppressed;

    [[nodiscard]] std::string_view fact(std::string_view name) const;
};

// A rule that could not be held to everything, and what it would have needed: "organization", "last_used", "assertions",
// "directory", "map", "attestations", "baseline", "cloudtrail", "metadata", "max_session", ….
struct NotChecked {
    std::string_view rule;
    std::string_view needs;
    friend bool operator==(const NotChecked&, const NotChecked&) = default;
};

} // namespace gw::estate::review
