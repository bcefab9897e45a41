// Whose key it was, where it is not the expected one.
#pragma once

#include "saml/inspect/signature_report.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::inspect {

enum class KeyFinding : std::uint8_t {
    NotSigned,
    Trusted,             // holds under a trusted key
    Unknown,             // no trusted key was given; holds under the one in the response
    Rotated,             // holds under the embedded key, whose certificate has the subject or the key of a trusted one
    Remembered,          // holds under a key of an earlier sign-in that is not trusted any more
    Stranger,            // holds under the embedded key, which has nothing to do with the trusted ones
    Altered,             // holds under no key at hand though the digests do: the SignedInfo or the value was changed, or the
                         // key is not in the response
    ContentAltered,      // a digest does not hold: the content was changed after signing
};

struct KeyForensics {
    KeyFinding finding = KeyFinding::NotSigned;
    std::optional<saml::Certificate> signedBy;        // the certificate of the key that holds, or the embedded one
    std::optional<saml::Certificate> counterpart;     // the trusted one that it replaces, for Rotated
    std::vector<saml::Certificate> trusted;
    bool trustedExpired = false;                      // every trusted certificate is past its end
};

[[nodiscard]] KeyForensics examineKeys(const std::vector<SignatureReport>& signatures, const KeyRing& keys, UtcTime now);

} // namespace gw::inspect
