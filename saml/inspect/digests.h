// OpenSSL behind the algorithm URIs of XML Signature, for what the inspector shows.
#pragma once

#include "saml/dsig/certificate.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::inspect {

// Nothing for an unknown DigestMethod.
[[nodiscard]] std::optional<std::string> digestOf(std::string_view methodUri, std::string_view octets);
[[nodiscard]] bool isKnownSignatureMethod(std::string_view methodUri);
// Whether the value, in octets as XML Signature writes them, is a signature of the octets under the certificate's key.
[[nodiscard]] bool signatureHolds(std::string_view methodUri, const saml::Certificate& key, std::string_view octets, std::string_view value);

} // namespace gw::inspect
