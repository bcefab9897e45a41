// SHA-256 of a text.
#pragma once

#include <string>
#include <string_view>

namespace gw::mesh {

// 64 hexadecimal digits; empty where OpenSSL has no SHA-256 to give.
[[nodiscard]] std::string digestOf(std::string_view text);

} // namespace gw::mesh
