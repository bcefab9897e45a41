// What AWS says about a session policy before it looks at anything else: a policy that passes here is one that IAM takes.
#pragma once

#include "app/practice/aws_error.h"

#include <optional>
#include <string_view>

namespace gw::practice {

// MalformedPolicyDocument, or nothing where the policy can be used.
[[nodiscard]] std::optional<AwsError> checkSessionPolicy(std::string_view text);

} // namespace gw::practice
