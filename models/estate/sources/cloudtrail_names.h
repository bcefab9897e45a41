// CloudTrail names services by their endpoint and actions by the call, policies by prefix and permission. Mostly they agree;
// the rest is a table (Service Authorization Reference; CloudTrail User Guide, "Understanding CloudTrail events").
#pragma once

#include <string>
#include <string_view>

namespace gw::estate {

// "sqs:SendMessage" of "sqs.amazonaws.com" and "SendMessage"; empty where no policy could speak of it, as of a sign-in to the
// console.
[[nodiscard]] std::string policyAction(std::string_view eventSource, std::string_view eventName);

} // namespace gw::estate
