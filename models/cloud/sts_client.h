// AWS Security Token Service: AssumeRoleWithSAML, an unsigned form POST to the regional endpoint of the role's partition.
// Limits and errors: STS API reference (2011-06-15), "AssumeRoleWithSAML".
#pragma once

#include "models/cloud/credentials.h"
#include "models/cloud/http_client.h"
#include "saml/aws/arn.h"
#include "saml/base/clock.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

class QObject;

namespace gw::cloud {

// Facts: "code" and "message" as AWS sent them, "request_id", "endpoint", "status", "server_time" (RFC 3339, from the
// Date header), "maximum" where a limit was exceeded and "size" beside it. A network failure is the cause of NoAnswer.
#define GW_STS_ERRORS(X) \
    X(ExpiredToken, "expired_token") \
    X(InvalidIdentityToken, "invalid_identity_token") \
    X(IdpRejectedClaim, "idp_rejected_claim") \
    X(AccessDenied, "access_denied") \
    X(DurationTooLong, "duration_too_long") \
    X(InvalidRequest, "invalid_request") \
    X(MalformedPolicy, "malformed_policy") \
    X(PackedPolicyTooLarge, "packed_policy_too_large") \
    X(RegionDisabled, "region_disabled") \
    X(Throttled, "throttled") \
    X(ServerError, "server_error") \
    X(Unreadable, "unreadable") \
    X(AssertionTooLarge, "assertion_too_large") \
    X(NoAnswer, "no_answer") \
    X(OtherError, "other_error")
GW_ERROR_ENUM(StsError, "sts", GW_STS_ERRORS);

struct AssumeRoleWithSamlRequest {
    aws::RoleArn role;
    aws::SamlProviderArn provider;
    Secret assertion;                                   // the whole Response, base64, at most 100,000 characters
    std::optional<std::chrono::seconds> duration;       // 900 to 43,200; STS takes 3,600 where absent
    std::string sessionPolicy;                          // JSON, at most 2,048 characters; empty for none
    aws::Region region;                                 // of the role's partition; its default where empty
    std::string endpoint;                               // overrides the region's own; https, or http on loopback
};

struct AssumedRole {
    Credentials credentials;
    std::string assumedRoleArn;
    std::string assumedRoleId;      // "AROA…:session name"
    std::string subject;
    std::string subjectType;
    std::string issuer;
    std::string audience;           // the Recipient of the assertion
    std::string nameQualifier;
    std::string sourceIdentity;
    std::string requestId;
    std::optional<int> packedPolicySize;    // per cent of what AWS allows
    // AWS's clock minus ours, from the Date header, which counts whole seconds.
    std::optional<std::chrono::milliseconds> clockOffset;
    // Set where the first duration was above the role's maximum and a second call without it succeeded.
    bool durationCapped = false;
};

// How often and after which pauses a call is tried again. Each pause lasts between half of and the whole of
// `firstPause` doubled per call, by chance, so that many consoles do not come back at once.
struct StsRetry {
    int calls = 3;
    std::chrono::milliseconds firstPause{400};
};

class StsClient {
public:
    StsClient(HttpClient& http, const Clock& clock, StsRetry retry = {});
    // Calls under way end as canceled.
    ~StsClient();
    StsClient(const StsClient&) = delete;
    StsClient& operator=(const StsClient&) = delete;

    // Throttling and 5xx are tried again with growing pauses (three calls at most); a duration above the role's maximum
    // is tried once more without one; a region that the account has not enabled is replaced once by the partition's
    // default, unless `endpoint` was given. Canceling the future aborts the call.
    [[nodiscard]] QFuture<Result<AssumedRole>> assumeRoleWithSaml(AssumeRoleWithSamlRequest request);

private:
    HttpClient& http_;
    const Clock& clock_;
    StsRetry retry_;
    std::unique_ptr<QObject> calls_;
};

} // namespace gw::cloud
