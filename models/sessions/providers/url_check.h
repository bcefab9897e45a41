// Whether a URL that a person typed or a file holds can be used, and if not, exactly why.
#pragma once

#include "saml/base/result.h"

#include <string_view>

namespace gw::sessions {

// Facts: "value" (without user info), "host", "placeholder".
#define GW_URL_ERRORS(X) \
    X(Empty, "empty") \
    X(NotAUrl, "not_a_url") \
    X(NotHttps, "not_https") \
    X(HasUserInfo, "has_user_info") \
    X(HasPlaceholder, "has_placeholder") \
    X(HasFragment, "has_fragment") \
    X(TooLong, "too_long")
GW_ERROR_ENUM(UrlError, "url", GW_URL_ERRORS);

// https, or http to the own machine; a host, no user info, no fragment, nothing left of a template ("<realm>", "{id}"),
// at most 2,048 characters.
[[nodiscard]] Status checkUrl(std::string_view url);

} // namespace gw::sessions
