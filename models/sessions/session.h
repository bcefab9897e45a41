// A session: one role, held for a while. What is here may be shown, stored and logged; the credentials are elsewhere.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/aws/arn.h"
#include "saml/aws/claims.h"
#include "saml/base/strong.h"
#include "saml/base/utc_time.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace gw::sessions {

using SessionId = StrongString<struct SessionIdTag>;     // 12 hexadecimal digits
using ProfileName = StrongString<struct ProfileNameTag>; // a section name of ~/.aws/config

enum class EndReason { NotEnded, Expired, EndedByPerson, Replaced };

// By the time left: the four steps of the countdown.
enum class TimeLeft { Plenty, Soon, Near, Last, Over };

struct Session {
    SessionId id;
    ProviderId provider;
    aws::RolePair pair;
    std::string roleLabel;
    std::string accountAlias;
    Environment environment = Environment::None;
    aws::Region region;
    ProfileName profile;               // the profile that names it; several sessions may not share one
    std::string accessKeyId;           // an identifier, not a secret
    std::string assumedRoleArn;
    std::string roleSessionName;
    std::string sourceIdentity;
    std::map<std::string, std::string> tags;
    UtcTime started;
    UtcTime expiration;
    std::chrono::seconds asked{0};     // the duration that was asked for; 0 for STS's default
    bool durationCapped = false;
    std::string sessionPolicy;         // what narrows the role in this session, as it was sent; empty for none
    EndReason end = EndReason::NotEnded;
    UtcTime ended;

    friend bool operator==(const Session&, const Session&) = default;

    [[nodiscard]] bool live(UtcTime now) const { return end == EndReason::NotEnded && now < expiration; }
    // More than 15 minutes, 15, 5, 1, over (look: "Countdown").
    [[nodiscard]] TimeLeft timeLeft(UtcTime now) const;
};

// A program that asked for a session's credentials.
struct Consumer {
    std::string program;               // the name of the executable that wanted them, such as "aws"
    std::string executable;            // its path, where it can be read
    int pid = 0;
    UtcTime at;
    friend bool operator==(const Consumer&, const Consumer&) = default;
};

} // namespace gw::sessions
