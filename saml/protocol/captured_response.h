// A SAML response as it was caught on its way to AWS: untrusted bytes, nothing known about them yet.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/base/utc_time.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::saml {

#define GW_CAPTURE_ERRORS(X)                                                                                                     \
    X(Empty, "empty")                                                                                                            \
    X(TooLarge, "too_large")                                                                                                     \
    X(NoResponseFound, "no_response_found")                                                                                      \
    X(SeveralResponses, "several_responses")
GW_ERROR_ENUM(CaptureError, "capture", GW_CAPTURE_ERRORS);

enum class CaptureSource { EmbeddedView, SystemBrowser, Pasted };

// The form value may be this long; AWS itself takes 100,000 characters, so what is larger gets a clear answer later.
inline constexpr std::size_t maxFormValue = std::size_t{1} << 20;

struct CapturedResponse {
    Secret base64; // the SAMLResponse form value, form-decoded, still base64
    std::string relayState;
    std::string acs; // the URL it was addressed to; empty where it was pasted
    UtcTime capturedAt;
    CaptureSource source = CaptureSource::EmbeddedView;
    // The ID of the AuthnRequest that asked for it, where one was sent.
    std::optional<std::string> requestId;
};

// Finds the response in what a person pasted or saved: bare base64, percent-encoded base64, a form body
// (application/x-www-form-urlencoded), an HTML page with a SAMLResponse field, or the XML itself.
[[nodiscard]] Result<CapturedResponse> captureFromText(std::string_view text, UtcTime now);

// One field of a form body, decoded by the rules of application/x-www-form-urlencoded ("+" is a blank).
[[nodiscard]] std::optional<std::string> formField(std::string_view body, std::string_view name);

} // namespace gw::saml
