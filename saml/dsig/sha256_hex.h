#pragma once

#include <string>
#include <string_view>

namespace gw::saml {

// SHA-256 as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256Hex(std::string_view octets);

} // namespace gw::saml
