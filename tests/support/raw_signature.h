// Enveloped XML signatures made by hand: own canonical form, OpenSSL's primitives, any prefix, shape, algorithm URI and
// octets of the signature. What the product's signer makes is one shape; providers, and attackers, make others.
#pragma once

#include "saml/dsig/signer.h"
#include "tests/support/saml_markup.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::test {

struct RawSignature {
    std::string prefix = "ds"; // empty: the default namespace
    std::string canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#";
    std::string method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    std::string digest = "http://www.w3.org/2001/04/xmlenc#sha256";
    std::vector<std::string> transforms{"http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                                        "http://www.w3.org/2001/10/xml-exc-c14n#"};
    std::vector<std::string> inclusivePrefixes;        // of the exclusive transform
    std::vector<std::string> methodInclusivePrefixes;  // of the CanonicalizationMethod
    std::string id;                                    // Signature/@Id; empty: none
    std::optional<std::string> uri;                    // nothing: "#" and the ID
    bool broken = false;                               // base64 in lines of 76
    bool spaced = false;                               // white space between the elements
    std::size_t position = 1;                          // how many elements stand before it in the signed one
    // Children of KeyInfo, with "{p}" for the prefix and its colon; nothing: no KeyInfo.
    std::optional<std::string> keyInfo;
    // Makes the signature's octets out of the canonical SignedInfo; nothing: as `method` says.
    std::function<std::string(std::string_view signedInfo)> value;
};

// Puts a Signature into `target` and returns it. Ends the process where OpenSSL refuses.
Markup* signRaw(Markup& target, const RawSignature& shape, const saml::SigningKey& key);
// Computes the digest and the value of an existing Signature anew, by the algorithms it names; false where it has no
// usable shape. `omit` is what the digest leaves out, normally the signature itself.
bool signAgain(Markup& signature, Markup& target, const saml::SigningKey& key);

// By the URI of a SignatureMethod: RSA PKCS#1 v1.5, RSA-PSS and ECDSA (as r and s of the curve's size). Empty where the
// method is none of these or the key does not fit.
[[nodiscard]] std::string signOctets(std::string_view octets, std::string_view method, const saml::SigningKey& key);
// By the URI of a DigestMethod; empty where it is unknown.
[[nodiscard]] std::string digestOctets(std::string_view octets, std::string_view digest);

// Children of KeyInfo with the certificate.
[[nodiscard]] std::string certificateInfo(const saml::Certificate& certificate);

} // namespace gw::test
