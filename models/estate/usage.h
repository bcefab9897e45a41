// What was used, as CloudTrail, Access Advisor and AWS's own "last used" tell.
#pragma once

#include "models/estate/source.h"
#include "saml/base/utc_time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gw::estate {

// One action of one role, or of an IAM user.
struct ActionUse {
    UtcTime last;
    std::uint64_t times = 0;
    std::uint64_t denied = 0;                              // of them
    std::set<std::string, std::less<>> resources;          // ARNs, as far as events name them; bounded
};

struct PrincipalUse {
    std::map<std::string, ActionUse, std::less<>> actions; // "service:Action", the service as policies spell it
    std::optional<UtcTime> last;
};

// A sign-in that AWS recorded: AssumeRoleWithSAML.
struct RecordedSignIn {
    std::string role, provider;             // ARNs
    std::string sessionName, subject, subjectType, issuer, audience, sourceIdentity;
    std::optional<std::int64_t> seconds;    // durationSeconds
    UtcTime at;
    bool failed = false;
    Source source;
};

// A role that took on another: AssumeRole. Of calls that AWS refused only those that asked for more than an hour.
struct RecordedChain {
    std::string from, to; // ARNs of roles
    std::optional<std::int64_t> seconds;
    UtcTime at;
    Source source;
};

struct Usage {
    std::optional<UtcTime> from, until;                               // the window that the events cover
    std::map<std::string, PrincipalUse, std::less<>> principals;      // by ARN of role or user
    std::vector<RecordedSignIn> signIns;                              // bounded: the newest
    std::vector<RecordedChain> chains;                                // likewise
    // Access Advisor (get-service-last-accessed-details): by principal, service namespace to the time; nothing: never in the
    // tracking period.
    std::map<std::string, std::map<std::string, std::optional<UtcTime>, std::less<>>, std::less<>> services;
    std::uint64_t events = 0;
};

} // namespace gw::estate
