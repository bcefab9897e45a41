// Which product made a response, guessed from its issuer, so that advice can name the right field.
#pragma once

#include <cstdint>
#include <string_view>

namespace gw::inspect {

enum class ProviderKind : std::uint8_t { Unknown, Okta, Entra, Adfs, Google, Ping, Keycloak };

[[nodiscard]] ProviderKind providerOf(std::string_view issuer);

} // namespace gw::inspect
