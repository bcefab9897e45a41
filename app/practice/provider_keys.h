// The signing key of the practice provider: made once, kept in one file that only its owner may read.
#pragma once

#include "app/practice/practice.h"
#include "saml/dsig/signer.h"

#include <filesystem>

namespace gw::practice {

// Reads `folder`/provider.pem; makes it where it is missing, damaged or about to end. RSA 2048.
[[nodiscard]] Result<saml::SigningKey> loadOrMakeProviderKey(const std::filesystem::path& folder, UtcTime now);

// A key that no metadata names, for the responses that are signed by a stranger.
[[nodiscard]] Result<saml::SigningKey> makeStrangerKey(UtcTime now);

} // namespace gw::practice
