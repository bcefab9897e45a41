// AssumeRoleWithSAML as bytes: the form that is sent and the XML that comes back. No network in here.
#pragma once

#include "models/cloud/sts_client.h"

#include <cstddef>
#include <string>

namespace gw::cloud {

inline constexpr std::size_t maxAssertionCharacters = 100'000;

// The assertion encoded anew, so that white space and line ends of a form are gone. Fails with AssertionTooLarge, or with
// InvalidRequest where it is not base64 or another part is outside STS's limits.
[[nodiscard]] Result<Secret> checkedAssertion(const AssumeRoleWithSamlRequest& request);

// application/x-www-form-urlencoded. Without the duration where `withDuration` is false.
[[nodiscard]] Secret formBody(const AssumeRoleWithSamlRequest& request, bool withDuration);

// `response` is AWS's answer from `endpoint`; any status.
[[nodiscard]] Result<AssumedRole> parseAnswer(const HttpResponse& response, const std::string& endpoint);

} // namespace gw::cloud
