// AWS Signature Version 4 (AWS IAM User Guide, "AWS Signature Version 4 for API requests").
#pragma once

#include "models/cloud/credentials.h"
#include "models/cloud/http_client.h"

#include <string>
#include <string_view>

namespace gw::cloud {

struct SigningScope {
    std::string region, service; // "eu-west-1", "execute-api"
};

// "20261124T130500Z"
[[nodiscard]] std::string basicTimestamp(UtcTime time);

// 64 hexadecimal digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

// The signature of a canonical request, 64 hexadecimal digits. `timestamp` is what basicTimestamp made.
[[nodiscard]] std::string signatureOf(std::string_view canonicalRequest, std::string_view timestamp, const SigningScope& scope,
                                      std::string_view secret);

// Adds the headers x-amz-date, x-amz-security-token where there is a token, and authorization; of S3 x-amz-content-sha256,
// too. Signs the host, content-type and every x-amz- header that the request has. The URL's path and query are encoded
// already, its host has a port only where that is not the scheme's own.
void signRequest(HttpRequest& request, const Credentials& credentials, const SigningScope& scope, UtcTime now);

} // namespace gw::cloud
