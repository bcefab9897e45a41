// Identifiers of the kinds that AWS and SAML use.
#pragma once

#include "saml/base/random.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::practice {

// Letters A to Z and digits 2 to 7, as in access key ids. 5 random bits each.
[[nodiscard]] std::string randomBase32(Random& random, std::size_t length);
// The same alphabet from the SHA-256 of `seed`: at most 32 characters, always the same.
[[nodiscard]] std::string stableBase32(std::string_view seed, std::size_t length);
// "bytes" random bytes in base64.
[[nodiscard]] std::string randomBase64(Random& random, std::size_t bytes);
// A version 4 UUID (RFC 9562).
[[nodiscard]] std::string randomUuid(Random& random);

} // namespace gw::practice
