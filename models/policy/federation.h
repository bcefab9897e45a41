// Identity providers as trust policies name them, and the keys by which such a policy tells one person from another (IAM User
// Guide, "Available keys for SAML-based AWS STS federation").
#pragma once

#include "models/policy/principal.h"

#include <string_view>

namespace gw::policy {

enum class Federation {
    None, // no entry of Federated
    Saml, // "*" counts
    Web,
    Malformed
};
[[nodiscard]] Federation federationOf(NamedPrincipal::Type type, std::string_view text);

// Whether the key says something of the very person or group, and not of the response or the provider alone.
[[nodiscard]] bool isPersonKey(std::string_view key);

} // namespace gw::policy
