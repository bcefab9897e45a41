// The shape of xenc:EncryptedData that SAML needs (SAML Core 2.3.4, XML Encryption 1.1), read by position before any key is
// used: RSA key transport, one block cipher, cipher values in place. Nothing is fetched and no recipient is believed.
#pragma once

#include "saml/base/result.h"
#include "saml/xml/element.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

// Facts: "where" names the element, "seen" its value, "line" and "place" where it stands.
#define GW_ENCRYPTION_ERRORS(X)                                                                                                  \
    X(BadStructure, "bad_structure")                                                                                             \
    X(NotAllowed, "not_allowed")                                                                                                 \
    X(Failed, "failed")
GW_ERROR_ENUM(EncryptionError, "encryption", GW_ENCRYPTION_ERRORS);

namespace algorithm {

inline constexpr std::string_view aes128Gcm = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
inline constexpr std::string_view aes192Gcm = "http://www.w3.org/2009/xmlenc11#aes192-gcm";
inline constexpr std::string_view aes256Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
inline constexpr std::string_view aes128Cbc = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
inline constexpr std::string_view aes192Cbc = "http://www.w3.org/2001/04/xmlenc#aes192-cbc";
inline constexpr std::string_view aes256Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
// OAEP whose mask generation is MGF1 with SHA-1, and the one that names it.
inline constexpr std::string_view oaepMgf1p = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
inline constexpr std::string_view oaep = "http://www.w3.org/2009/xmlenc11#rsa-oaep";
inline constexpr std::string_view rsa15 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
inline constexpr std::string_view mgf1Sha1 = "http://www.w3.org/2009/xmlenc11#mgf1sha1";
inline constexpr std::string_view mgf1Sha256 = "http://www.w3.org/2009/xmlenc11#mgf1sha256";
inline constexpr std::string_view mgf1Sha384 = "http://www.w3.org/2009/xmlenc11#mgf1sha384";
inline constexpr std::string_view mgf1Sha512 = "http://www.w3.org/2009/xmlenc11#mgf1sha512";

} // namespace algorithm

struct EncryptedKey {
    std::string method;
    std::string digest, mgf; // of OAEP, with the defaults filled in; empty for RSA 1.5
    std::string label;       // OAEPparams, octets
    std::string cipher;      // octets
};

struct EncryptedContent {
    std::string method;
    std::string cipher;             // octets
    std::vector<EncryptedKey> keys; // inside and beside EncryptedData, in document order; never empty

    // The URI of a part that is AES-CBC or RSA 1.5; empty where there is none.
    [[nodiscard]] std::string_view legacyMethod() const;
};

// `element` is saml:EncryptedAssertion. Errors: BadStructure, NotAllowed for an algorithm that is unknown, or that is legacy
// where that is not allowed.
[[nodiscard]] Result<EncryptedContent> readEncryption(xml::Element element, bool legacyAllowed);

} // namespace gw::saml
