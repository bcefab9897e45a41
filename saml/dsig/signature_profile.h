// The one shape of ds:Signature that SAML allows (SAML Core 5.4; the rules of OpenSAML's SignatureProfileValidator and
// more): checked by position before any cryptography, so that a library's own search can never pick another node.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/algorithms.h"
#include "saml/xml/element.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::saml {

// Facts: "where" names the element, "seen" its value, "line" its place.
#define GW_SIGNATURE_ERRORS(X)                                                                                                   \
    X(BadStructure, "bad_structure")                                                                                             \
    X(AlgorithmNotAllowed, "algorithm_not_allowed")                                                                              \
    X(AlgorithmOfOneVerifier, "algorithm_of_one_verifier")                                                                       \
    X(Invalid, "invalid")                                                                                                        \
    X(VerifiersDisagree, "verifiers_disagree")                                                                                   \
    X(Internal, "internal")
GW_ERROR_ENUM(SignatureError, "signature", GW_SIGNATURE_ERRORS);

struct SignatureProfile {
    xml::Element signature;
    xml::Element parent; // what it signs
    xml::Element signedInfo;
    std::string canonicalization;
    std::string method;
    std::string digest;
    std::vector<std::string> transforms;
    // The PrefixList of InclusiveNamespaces in CanonicalizationMethod and in the second Transform; empty where there is none.
    std::string canonicalizationPrefixes, transformPrefixes;
    // Octets, decoded.
    std::string digestValue, signatureValue;
    // Right after the first child element, as the schema wants it after the Issuer.
    bool followsIssuer = false;
    // DER of the first certificate in KeyInfo. Unverified: to be shown, never to be believed.
    std::optional<std::string> embeddedCertificate;

    [[nodiscard]] bool usesSha1() const;
    [[nodiscard]] bool usesInclusiveC14n() const;
};

// `signature` is a ds:Signature that is a direct child of the element it must sign.
[[nodiscard]] Result<SignatureProfile> readSignatureProfile(xml::Element signature);

[[nodiscard]] Status checkAlgorithms(const SignatureProfile& profile, AlgorithmPolicy policy);

} // namespace gw::saml
