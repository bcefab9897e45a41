// Makes enveloped SAML signatures. For the practice provider, for reproductions in the inspector and for tests: the
// console itself never signs what it sends to AWS.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/dsig/certificate.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

#define GW_SIGN_ERRORS(X)                                                                                                        \
    X(BadKey, "bad_key")                                                                                                         \
    X(NotXml, "not_xml")                                                                                                         \
    X(NoSuchElement, "no_such_element")                                                                                          \
    X(Failed, "failed")
GW_ERROR_ENUM(SignError, "sign", GW_SIGN_ERRORS);

enum class SignatureAlgorithm { RsaSha1, RsaSha256, RsaSha384, RsaSha512, EcdsaSha256, EcdsaSha384, EcdsaSha512 };

// How a signature is made where it should differ from what SAML providers usually send. The values are URIs, taken as they
// are: a shape that AssertionVerifier refuses can be made as well.
struct SignatureShape {
    SignatureAlgorithm algorithm = SignatureAlgorithm::RsaSha256;
    std::string digest;                      // empty: that of the algorithm
    std::string canonicalization;            // empty: exclusive
    std::vector<std::string> transforms;     // empty: enveloped, exclusive
    std::string inclusivePrefixes;           // PrefixList of the exclusive transform; empty: none
    std::optional<std::string> referenceUri; // nothing: "#" and the ID
    bool certificate = true;                 // in KeyInfo
};

// A private key with its certificate.
struct SigningKey {
    Secret privateKeyPem;
    Certificate certificate;

    // A new RSA key and a self-signed certificate for it, valid from a day before `now`.
    [[nodiscard]] static Result<SigningKey> generateRsa(int bits, std::string_view commonName, UtcTime now, int validDays);
    // A new EC key on P-256 (256), P-384 (384) or P-521 (521).
    [[nodiscard]] static Result<SigningKey> generateEc(int bits, std::string_view commonName, UtcTime now, int validDays);
    // The certificate as a PEM block.
    [[nodiscard]] std::string certificatePem() const;
};

// The document with an enveloped Signature in the element whose ID is `elementId`, right after its saml:Issuer
// (SAML Core 5.4: one same-document reference, enveloped and exclusive c14n transforms, KeyInfo with the certificate).
[[nodiscard]] Result<std::string> signEnveloped(std::string_view xml, std::string_view elementId, const SigningKey& key,
                                                SignatureAlgorithm algorithm = SignatureAlgorithm::RsaSha256);
[[nodiscard]] Result<std::string> signEnveloped(std::string_view xml, std::string_view elementId, const SigningKey& key,
                                                const SignatureShape& shape);

} // namespace gw::saml
