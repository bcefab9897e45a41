// What a service answered: JSON as AWS's command line prints it, whatever the protocol, or why there is none.
#pragma once

#include "models/cloud/aws/service.h"
#include "models/cloud/http_client.h"
#include "saml/base/json.h"

#include <string_view>

namespace gw::cloud {

// Facts: "code" and "message" as AWS sent them, "request_id", "status", "service", "operation", "endpoint"; "server_time"
// (RFC 3339) of ClockSkew. A network failure is the cause of NoAnswer.
#define GW_AWS_ERRORS(X) \
    X(AccessDenied, "access_denied") \
    X(ExpiredCredentials, "expired_credentials") \
    X(BadCredentials, "bad_credentials") \
    X(ClockSkew, "clock_skew") \
    X(Throttled, "throttled") \
    X(NotFound, "not_found") \
    X(NotInUse, "not_in_use") \
    X(RegionDisabled, "region_disabled") \
    X(ServerError, "server_error") \
    X(Unreadable, "unreadable") \
    X(NoAnswer, "no_answer") \
    X(Rejected, "rejected")
// NotFound: what was asked for does not exist, such as the policy of a function that has none; NotInUse: the account has no
// organization, or a type of policy is not enabled; BadCredentials: AWS does not know them, or the signature is wrong.
GW_ERROR_ENUM(AwsError, "aws", GW_AWS_ERRORS);

// `response` has any status.
[[nodiscard]] Result<Json> readAnswer(const AwsService& service, std::string_view operation, const HttpResponse& response);

} // namespace gw::cloud
