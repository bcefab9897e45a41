// The algorithms of XML Signature that are accepted, by URI (RFC 9231), and the policy on the weak ones.
#pragma once

#include <string_view>

namespace gw::saml {

// Strict refuses what Default only warns of (SHA-1, RSA below 2048 bits). Lenient is Default and takes the encryptions that
// leak under attack, AES-CBC and RSA 1.5, which a provider must be opted into.
enum class AlgorithmPolicy { Strict, Default, Lenient };

// RSA keys below this many bits are refused under any policy; AWS does the same.
inline constexpr int leastRsaBits = 1024;
inline constexpr int soundRsaBits = 2048;

namespace algorithm {

inline constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
inline constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
inline constexpr std::string_view inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
inline constexpr std::string_view inclusive11 = "http://www.w3.org/2006/12/xml-c14n11";
inline constexpr std::string_view sha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
inline constexpr std::string_view sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";
inline constexpr std::string_view sha512 = "http://www.w3.org/2001/04/xmlenc#sha512";
inline constexpr std::string_view rsaSha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
inline constexpr std::string_view rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
inline constexpr std::string_view rsaSha384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384";
inline constexpr std::string_view rsaSha512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
inline constexpr std::string_view ecdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
inline constexpr std::string_view ecdsaSha384 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
inline constexpr std::string_view ecdsaSha512 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512";
// RSA-PSS: with parameters of its own, and with everything fixed by the digest (RFC 9231 2.3.9 and 2.3.10).
inline constexpr std::string_view rsaPss = "http://www.w3.org/2007/05/xmldsig-more#rsa-pss";
inline constexpr std::string_view pssSha256 = "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1";
inline constexpr std::string_view pssSha384 = "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1";
inline constexpr std::string_view pssSha512 = "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1";

} // namespace algorithm

// The InclusiveNamespaces parameter applies to these only.
[[nodiscard]] bool isExclusiveC14n(std::string_view uri);
// As CanonicalizationMethod. Comments are refused in documents, so a form that keeps them has no use there.
[[nodiscard]] bool isCanonicalization(std::string_view uri);
// As a Transform of the Reference, besides the enveloped one.
[[nodiscard]] bool isCanonicalizationTransform(std::string_view uri);
// PSS with the defaults of a digest. Its variant with parameters is refused as any unknown method is.
[[nodiscard]] bool isPss(std::string_view uri);
[[nodiscard]] bool isSignatureMethod(std::string_view uri, AlgorithmPolicy policy);
[[nodiscard]] bool isDigestMethod(std::string_view uri, AlgorithmPolicy policy);

} // namespace gw::saml
