// What AWS would say to a response, told before anybody asks it: predicted, not asked. Wordings are AWS's own, as people
// report them and the IAM User Guide lists them ("Troubleshoot SAML federation with IAM").
#pragma once

#include "saml/inspect/stated_claims.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

enum class Confidence : std::uint8_t { Likely, Certain };

struct AwsAnswer {
    bool accepted = false;           // as far as the response itself decides
    int status = 200;
    std::string_view code;           // "InvalidIdentityToken"; empty where accepted
    std::string message;             // AWS's wording; empty where accepted
    Confidence confidence = Confidence::Likely;
};

struct RoleForecast {
    std::string value;                          // as stated
    std::optional<aws::RolePair> pair;          // nothing where malformed
    AwsAnswer answer;
};

enum class SessionLimit : std::uint8_t { Default, Requested, RoleMaximum, ProviderSession, SessionDuration };

struct SessionLength {
    std::chrono::seconds length{3600};
    SessionLimit decidedBy = SessionLimit::Default;
    struct Part {
        SessionLimit limit;
        std::chrono::seconds seconds;
    };
    std::vector<Part> parts;                    // everything that was compared
    // In the AWS console SessionDuration sets the length; in an API call it can only shorten it.
    std::optional<std::chrono::seconds> console;
};

// What the trust policy of each role must hold for the answer to be yes.
struct TrustNeeds {
    std::vector<std::string> actions;           // "sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"
    std::string audience;                       // the value of SAML:aud, which is the Recipient
    std::vector<std::string> tagKeys;
    std::string statement;                      // a policy statement as JSON, with the first provider as its principal
};

struct ForecastInput {
    UtcTime now;
    std::size_t base64Size = 0;
    bool readable = true;                       // base64 and XML could be read
    bool signedWell = true;                     // some signature holds on the assertion or around it
    // Tells whether the key is the one that IAM has; nothing where no metadata was given.
    std::optional<bool> keyKnown;
    std::optional<std::string> providerIssuer;  // entityID that IAM has
    std::optional<std::chrono::seconds> requestedDuration, roleMaximum;
};

struct AwsForecast {
    AwsAnswer overall;                          // what does not depend on the role
    std::vector<RoleForecast> roles;
    SessionLength session;
    TrustNeeds trust;
    std::size_t size = 0;                       // characters of base64
    std::size_t sizeLimit = 100'000;
};

[[nodiscard]] AwsForecast forecastAws(const StatedClaims& stated, const ForecastInput& input);

} // namespace gw::inspect
