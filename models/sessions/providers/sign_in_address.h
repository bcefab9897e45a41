// Where a sign-in begins: the provider's login page, or an AuthnRequest on AWS's behalf.
#pragma once

#include "models/sessions/providers/trust_source.h"
#include "saml/base/random.h"

#include <optional>
#include <string>

namespace gw::sessions {

struct SignInAddress {
    std::string url;
    // Belongs in the CapturedResponse: the answer must be to this request and to no other.
    std::optional<std::string> requestId;
};

// The login page where the provider is not configured to be asked, or its metadata names no HTTP-Redirect endpoint that
// takes unsigned requests.
[[nodiscard]] SignInAddress signInAddress(const Provider& provider, const Trust& trust, UtcTime now, Random& random);

} // namespace gw::sessions
