// Base64 (RFC 4648 section 4), strict: the standard alphabet, correct padding, zero pad bits; white space is skipped.
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw {

#define GW_BASE64_ERRORS(X) \
    X(ForeignCharacter, "foreign_character") \
    X(Truncated, "truncated") \
    X(BadPadding, "bad_padding") \
    X(TooLong, "too_long")
GW_ERROR_ENUM(Base64Error, "base64", GW_BASE64_ERRORS);

[[nodiscard]] std::string encodeBase64(std::string_view bytes);

// `maxBytes` bounds the decoded size and is checked before any work. Facts on failure: "offset" of the first bad character.
[[nodiscard]] Result<std::string> decodeBase64(std::string_view text, std::size_t maxBytes);

} // namespace gw
