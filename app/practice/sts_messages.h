// The XML of STS (2011-06-15) and the parameters of its requests.
#pragma once

#include "app/practice/aws_error.h"
#include "app/practice/http_message.h"
#include "app/practice/issued_credentials.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace gw::practice {

inline constexpr std::string_view stsVersion = "2011-06-15";

// AssumeRoleWithSAML as it came in, every limit of the service's model checked.
struct AssumeRoleParameters {
    std::string roleArn;
    std::string principalArn;
    std::string assertion;                        // base64, 4 to 100,000 characters
    std::optional<std::chrono::seconds> duration; // 900 to 43,200
    std::size_t policyCharacters = 0;             // of the session policy and the policy ARNs
};

[[nodiscard]] tl::expected<AssumeRoleParameters, AwsError> readAssumeRoleParameters(const FormFields& form);

struct AssumeRoleAnswer {
    const IssuedCredentials& credentials;
    std::string issuer, subject, subjectType, audience, nameQualifier, sourceIdentity;
    std::optional<int> packedPolicySize; // per cent
};

[[nodiscard]] HttpResponse assumeRoleResponse(const AssumeRoleAnswer& answer, const std::string& requestId);
[[nodiscard]] HttpResponse callerIdentityResponse(const CallerIdentity& identity, const std::string& requestId);
[[nodiscard]] HttpResponse errorResponse(const AwsError& error, const std::string& requestId);

} // namespace gw::practice
