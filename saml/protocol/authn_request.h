// An AuthnRequest on AWS's behalf. AWS sends none itself, but takes the answer to one: the request names AWS as its issuer
// and AWS's endpoint as the place to answer to, and the answer's InResponseTo binds it to this console. Works with every
// provider that does not ask for signed requests (WantAuthnRequestsSigned in its metadata).
#pragma once

#include "saml/base/random.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <string>
#include <string_view>

namespace gw::saml {

#define GW_REQUEST_ERRORS(X)                                                                                                     \
    X(BadDestination, "bad_destination")                                                                                         \
    X(TooLong, "too_long")
GW_ERROR_ENUM(RequestError, "request", GW_REQUEST_ERRORS);

struct RequestOptions {
    std::string destination;                       // the provider's SingleSignOnService for HTTP-Redirect
    std::string issuer = "urn:amazon:webservices"; // AWS's entity ID in the partition
    std::string acs = "https://signin.aws.amazon.com/saml";
    std::string relayState;  // at most 80 octets (SAML Bindings 3.4.3); empty: none
    bool forceAuthn = false; // a fresh sign-in even where the provider still knows the person
};

struct AuthnRequest {
    std::string id; // to be compared with InResponseTo; 128 random bits
    std::string xml;
    std::string url; // of the HTTP-Redirect binding (SAML Bindings 3.4.4.1), unsigned
};

// Errors: BadDestination where it is neither https nor http on loopback, or has a fragment; TooLong where a part is longer
// than anybody takes.
[[nodiscard]] Result<AuthnRequest> makeAuthnRequest(const RequestOptions& options, UtcTime now, Random& random);

} // namespace gw::saml
