// The rules of AssertionVerifier. Identifiers are part of the command line's contract and are never renamed.
#pragma once

#include "saml/protocol/finding.h"
#include "saml/protocol/verify_error.h"

#include <span>
#include <string_view>

namespace gw::saml {

// What does not forbid acceptance. Facts are named where a rule has any.
namespace rules {

// "where" is the algorithm's element, "seen" its URI.
inline constexpr Rule weakDigest{"weak-digest", Severity::Warning, "RFC 9231 1; NIST SP 800-131A 3"};
// "seen" is the key, "expected" the least bits, "fingerprint" its certificate's.
inline constexpr Rule weakKey{"weak-key", Severity::Warning, "NIST SP 800-131A 3"};
inline constexpr Rule smallExponent{"small-exponent", Severity::Warning, "FIPS 186-5 5.1"};
// "instant", "now", "fingerprint", "subject".
inline constexpr Rule certificateExpired{"certificate-expired", Severity::Warning, "RFC 5280 4.1.2.5"};
inline constexpr Rule certificateNotYetValid{"certificate-not-yet-valid", Severity::Warning, "RFC 5280 4.1.2.5"};
inline constexpr Rule inclusiveC14n{"inclusive-c14n", Severity::Warning, "SAML Core 5.4.3"};
// The Signature is not right after the Issuer.
inline constexpr Rule signatureMisplaced{"signature-misplaced", Severity::Warning, "SAML Core 2.3.3 and 3.2.2"};
// KeyInfo shows another certificate than the one that fits: "seen", "trusted", and "key" where both hold the same one.
inline constexpr Rule otherCertificate{"other-certificate", Severity::Info, "SAML Metadata Interoperability 2.3"};
// The signature covers the assertion, and the Response around it nothing.
inline constexpr Rule responseUnsigned{"response-unsigned", Severity::Info, "SAML Profiles 4.1.4.5"};
// "data", "key", "digest" and "mgf" are the URIs in use, "fingerprint" that of the public key that it was made for.
inline constexpr Rule decrypted{"decrypted", Severity::Info, "SAML Core 2.3.4"};
// AES-CBC or RSA 1.5, which the provider opted into: "seen".
inline constexpr Rule legacyEncryption{"legacy-encryption", Severity::Warning, "XML Encryption 1.1 6.1"};
inline constexpr Rule encryptedAttribute{"encrypted-attribute", Severity::Warning, "SAML Core 2.7.3.2"};
inline constexpr Rule complexAttributeValue{"complex-attribute-value", Severity::Warning, "SAML Core 2.7.3.1.1"};
inline constexpr Rule noNameId{"no-name-id", Severity::Warning, "IAM User Guide: SAML assertions, Subject and NameID"};
inline constexpr Rule severalSubjectConfirmations{"several-subject-confirmations", Severity::Warning,
                                                  "IAM User Guide: SAML assertions, Subject and NameID"};
inline constexpr Rule unexpectedInResponseTo{"unexpected-in-response-to", Severity::Warning, "SAML Profiles 4.1.5"};
inline constexpr Rule noDestination{"no-destination", Severity::Warning, "SAML Bindings 3.5.5.2"};
inline constexpr Rule oneTimeUse{"one-time-use", Severity::Info, "SAML Core 2.5.1.5"};
// Longer than an hour from NotBefore to NotOnOrAfter: "seen" in seconds.
inline constexpr Rule longLifetime{"long-lifetime", Severity::Warning, "SAML Profiles 4.1.4.2"};
// "seen" characters of base64, "expected" at most.
inline constexpr Rule overStsLimit{"over-sts-limit", Severity::Error, "AWS STS API: AssumeRoleWithSAML, SAMLAssertion"};
// More than five minutes since IssueInstant: "instant", "now", "offset" in seconds.
inline constexpr Rule exchangeWindowOver{"exchange-window-over", Severity::Error,
                                         "AWS STS: token must be redeemed within 5 minutes of issuance"};
inline constexpr Rule recipientDiffersFromAcs{"recipient-differs-from-acs", Severity::Warning, "SAML Profiles 4.1.4.3"};

} // namespace rules

// The fatal rule of an error: "wrong-audience" for WrongAudience.
[[nodiscard]] const Rule& ruleOf(VerifyError code);

// All of them, fatal ones first and in the order of the checks.
[[nodiscard]] std::span<const Rule* const> verifierRules();
// Null where no rule has this identifier.
[[nodiscard]] const Rule* verifierRule(std::string_view id);

} // namespace gw::saml
