// What AWS reads from a verified assertion. Source: IAM User Guide, "Configure SAML assertions for the authentication
// response"; attribute names are case-sensitive.
#pragma once

#include "saml/aws/arn.h"
#include "saml/protocol/verified_assertion.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gw::aws {

inline constexpr std::string_view attributePrefix = "https://aws.amazon.com/SAML/Attributes/";

struct RolePair {
    RoleArn role;
    SamlProviderArn provider;
    friend bool operator==(const RolePair&, const RolePair&) = default;
    friend auto operator<=>(const RolePair&, const RolePair&) = default;
};

// A value of the Role attribute that names no usable pair, and why.
struct MalformedRolePair {
    std::string value;
    Error error;
};

#define GW_CLAIM_ERRORS(X) \
    X(NoRoleAttribute, "no_role_attribute") \
    X(NoUsableRole, "no_usable_role") \
    X(WrongCaseRoleAttribute, "wrong_case_role_attribute") \
    X(NotAPair, "not_a_pair") \
    X(AccountsDiffer, "accounts_differ") \
    X(NoSessionName, "no_session_name") \
    X(BadSessionName, "bad_session_name") \
    X(BadSessionDuration, "bad_session_duration") \
    X(BadSourceIdentity, "bad_source_identity") \
    X(BadTag, "bad_tag") \
    X(TooManyTags, "too_many_tags")
GW_ERROR_ENUM(ClaimError, "claim", GW_CLAIM_ERRORS);

struct Claims {
    std::vector<RolePair> roles;                // in the order of the assertion, without duplicates
    std::vector<MalformedRolePair> malformed;
    std::string roleSessionName;                // empty where missing; `problems` says so
    std::optional<std::chrono::seconds> sessionDuration;
    std::string sourceIdentity;
    std::map<std::string, std::string> principalTags;
    std::vector<std::string> transitiveTagKeys;
    std::vector<Error> problems;                // what AWS will refuse or ignore; none of them hides a usable role
};

// Never fails: what is wrong is in `malformed` and `problems`.
[[nodiscard]] Claims readClaims(const saml::VerifiedAssertion& assertion);
// The same of attributes that nobody verified: for telling what AWS would make of them.
[[nodiscard]] Claims readClaims(const std::vector<saml::Attribute>& attributes);

// "role,provider" in either order, blanks and line breaks around each allowed. Both in one account.
[[nodiscard]] Result<RolePair> parseRolePair(std::string_view value);

} // namespace gw::aws
