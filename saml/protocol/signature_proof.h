// From a ds:Signature in a parsed document to the octets that it covers, by the keys of the configured provider only.
#pragma once

#include "saml/base/secret.h"
#include "saml/dsig/signature_profile.h"
#include "saml/protocol/assertion_verifier.h"
#include "saml/protocol/finding_list.h"
#include "saml/xml/document.h"

#include <optional>

namespace gw::saml {

// A signature that holds: the octets it covers and the key it holds under.
struct Proof {
    Secret octets;
    Certificate key;
    SignatureProfile profile;
};

// Nothing for an empty element. Errors: BadSignatureStructure, AlgorithmNotAllowed.
[[nodiscard]] Result<std::optional<SignatureProfile>> readProfile(xml::Element signature, AlgorithmPolicy policy);

// Errors: AlgorithmNotAllowed, UnknownKey, SignatureInvalid, VerifiersDisagree, Internal.
[[nodiscard]] Result<Proof> prove(const xml::Document& document, SignatureProfile profile, const TrustedProvider& provider,
                                  AlgorithmPolicy policy);

// The verified octets as a document of their own, which must be the element that was signed. Errors: SignatureInvalid,
// TooLarge.
[[nodiscard]] Result<xml::Document> reread(const Proof& proof);

// What is weak about a signature that holds.
void noteSignature(const Proof& proof, UtcTime now, FindingList& findings);

} // namespace gw::saml
