// A session policy that is given along with a role: it narrows what the role allows for this one session and never widens
// it. What it may say is AWS's to judge; here it is made fit for the request.
// Source: IAM User Guide, "Session policies"; STS API reference, AssumeRoleWithSAML, Policy (1 to 2,048 characters).
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::sessions {

inline constexpr std::size_t maxSessionPolicy = 2048; // characters, as it is sent

// Facts: "offset" of NotJson, "size" and "maximum" of TooLong.
#define GW_SESSION_POLICY_ERRORS(X) \
    X(NotJson, "not_json") \
    X(NotAPolicy, "not_a_policy") \
    X(TooLong, "too_long")
GW_ERROR_ENUM(SessionPolicyError, "session_policy", GW_SESSION_POLICY_ERRORS);

// The policy without its blanks and in ASCII, as STS takes it. NotAPolicy where it is no object with a "Statement".
[[nodiscard]] Result<std::string> compactSessionPolicy(std::string_view json);

} // namespace gw::sessions
