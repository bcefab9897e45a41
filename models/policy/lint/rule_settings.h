// What an organisation makes of the rules: other severities, and findings that it knows of and accepts for a while.
#pragma once

#include "models/policy/lint/rule.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy::lint {

// Facts: "pointer", "seen", "expected".
#define GW_RULE_SETTINGS_ERRORS(X)                                                                                               \
    X(NotJson, "not_json")                                                                                                       \
    X(UnknownKey, "unknown_key")                                                                                                 \
    X(UnknownRule, "unknown_rule")                                                                                               \
    X(BadSeverity, "bad_severity")                                                                                               \
    X(Missing, "missing")                                                                                                        \
    X(BadTime, "bad_time")
GW_ERROR_ENUM(RuleSettingsError, "rule_settings", GW_RULE_SETTINGS_ERRORS);

struct Suppression {
    std::string rule;
    std::string pointer; // the finding's, or one above it; "" is the whole document
    std::string file;    // the end of the file's path; empty: any
    std::string reason;
    UtcTime until;
};

struct RuleSettings {
    std::map<std::string, std::optional<Severity>, std::less<>> severities; // nothing: the rule is off
    std::vector<Suppression> suppressions;

    // {"severity": {RULE: "low"|…|"off"}, "suppressions": [{"rule","pointer"?,"file"?,"reason","until": date or RFC 3339}]}
    [[nodiscard]] static Result<RuleSettings> parse(std::string text);
};

} // namespace gw::policy::lint
