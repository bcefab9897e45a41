// What Access Advisor tells of a role of the practice organisation: every service that its policies name, used when the role was.
#pragma once

#include "saml/base/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::practice {

// As get-service-last-accessed-details answers. `details` is the account's get-account-authorization-details; nothing where it
// has no such role.
[[nodiscard]] std::optional<Json> lastAccessedBy(std::string_view roleArn, const std::string& details);

} // namespace gw::practice
