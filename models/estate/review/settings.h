// What an organisation makes of a review: other severities and limits, its own words, whom it knows, and what it accepts for
// a while. Read from a TOML file that lies beside its policies.
#pragma once

#include "models/estate/environment.h"
#include "models/policy/lint/rule.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate::review {

// Facts: "line", "column", "key", "seen", "expected", "nearest".
#define GW_REVIEW_SETTINGS_ERRORS(X)                                                                                             \
    X(NotToml, "not_toml")                                                                                                       \
    X(UnknownKey, "unknown_key")                                                                                                 \
    X(UnknownRule, "unknown_rule")                                                                                               \
    X(BadValue, "bad_value")                                                                                                     \
    X(Missing, "missing")
GW_ERROR_ENUM(ReviewSettingsError, "review_settings", GW_REVIEW_SETTINGS_ERRORS);

struct Limits {
    std::chrono::seconds privilegedSession{3'600}, otherSession{14'400}, clockSkew{300};
    std::chrono::days stale{90}, expiring{30}, singleKey{60}, attested{92}, unused{90};
    std::size_t quotaPercent = 90;
    std::size_t functionsPerRole = 3;
};

struct AcceptedFinding {
    std::string rule;
    std::string object; // ARN or id; "*" in it stands for any run of characters; empty: any
    std::string file;   // the end of the path; empty: any
    // Of drift-trust and drift-perm, just one drift: its direction ("gained", "lost"), and who, what (in any case) and on what, with "*" as
    // in `object`. All empty: every drift of the object.
    std::string change, principal, action, resource;
    std::string reason;
    UtcTime until;

    [[nodiscard]] bool isOfOneDrift() const { return !change.empty() || !principal.empty() || !action.empty() || !resource.empty(); }
};
// Whether a text is what an acceptance says; an empty one means any.
[[nodiscard]] bool isAcceptedText(std::string_view accepted, std::string_view text);

// Groups of which nobody may be in one of the first and in one of the second.
struct Duties {
    std::string name;
    std::vector<std::string> requesters, approvers; // names or ids
};

struct Settings {
    std::map<std::string, std::optional<policy::lint::Severity>, std::less<>> severities; // nothing: the rule is off
    Limits limits;
    EnvironmentWords environments = EnvironmentWords::usual();
    std::set<std::string, std::less<>> accounts; // known, though not of the organisation
    std::string attestedTag = "attested";        // of roles: the day of their last attestation
    std::vector<Duties> duties;
    std::vector<AcceptedFinding> accepted;

    [[nodiscard]] static const Settings& usual();
    // [severity] RULE = "low"|…|"off"; [limits] session_hours_privileged, session_hours, stale_days, expiring_days,
    // single_key_days, attest_days, unused_days, clock_skew_seconds, quota_percent, functions_per_role;
    // [environments] prod = ["live"], …; [accounts] known = […]; [attestation] tag = "…";
    // [[duties]] name, requesters, approvers; [[accept]] rule, object, file, reason, until, and of drift change, principal, action,
    // resource. The first mistake is the error.
    [[nodiscard]] static Result<Settings> parse(std::string_view toml);
};

} // namespace gw::estate::review
