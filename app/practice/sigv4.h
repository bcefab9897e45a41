// Checks AWS Signature Version 4 in the Authorization header, as STS does. Source: AWS General Reference, "Signature
// Version 4 signing process"; the texts of the errors are those of STS.
#pragma once

#include "app/practice/aws_error.h"
#include "app/practice/http_message.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace gw::practice {

// STS takes a request that is at most this far from its own clock.
inline constexpr std::chrono::minutes signatureTolerance{15};

// What the header says about itself, before anything of it is believed.
struct SignatureClaim {
    std::string accessKeyId;
    std::string date; // "20261124"
    std::string region;
    std::string service;
    std::vector<std::string> signedHeaders; // lower case, sorted
    std::string signature;                  // 64 hexadecimal digits
    std::string timestamp;                  // X-Amz-Date, "20261124T130500Z"
};

// Parses the header and checks scope, signed headers and time. `service` is "sts".
[[nodiscard]] tl::expected<SignatureClaim, AwsError> readSignature(const HttpRequest& request, std::string_view service,
                                                                   UtcTime now);

// The service that a request says it was signed for, not checked yet; "" where it is not signed.
[[nodiscard]] std::string signedService(const HttpRequest& request);

// Whether the signature is the one that `secret` makes for this request.
[[nodiscard]] bool signatureMatches(const HttpRequest& request, const SignatureClaim& claim, std::string_view secret);

// The signature for a claim whose `signature` is not known yet; 64 hexadecimal digits. Signed headers that the request
// does not carry count as empty.
[[nodiscard]] std::string computeSignature(const HttpRequest& request, const SignatureClaim& claim, std::string_view secret);

[[nodiscard]] AwsError signatureDoesNotMatch();

} // namespace gw::practice
