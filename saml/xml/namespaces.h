// The XML namespaces of SAML 2.0, XML Signature and XML Encryption.
#pragma once

#include <string_view>

namespace gw::xml::ns {

inline constexpr std::string_view protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr std::string_view assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr std::string_view metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr std::string_view signature = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view encryption = "http://www.w3.org/2001/04/xmlenc#";
inline constexpr std::string_view exclusiveC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";

} // namespace gw::xml::ns
