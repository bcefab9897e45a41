// The rules that are the inspector's own, beside those of AssertionVerifier. Identifiers are part of the command line's
// contract and are never renamed.
#pragma once

#include "saml/aws/claims.h"
#include "saml/inspect/attacks.h"
#include "saml/protocol/finding.h"

#include <span>
#include <string_view>

namespace gw::inspect {

namespace rules {
using saml::Rule;
using saml::Severity;

// --- on a response ---
// "seen": what the verdict rests on instead.
inline constexpr Rule trustNotChecked{"trust-not-checked", Severity::Info, "SAML Profiles 4.1.4.3"};
// "name" of the field, "number" of this value among the "seen" different ones.
inline constexpr Rule ambiguousForm{"ambiguous-form", Severity::Fatal, "SAML Bindings 3.5.4; CWE-235"};
inline constexpr Rule unsignedClaim{"claims-from-signed", Severity::Fatal, "SAML Core 5.4.2; Somorovsky et al. 2012"};
inline constexpr Rule carelessReader{"careless-reader", Severity::Info, "Somorovsky et al. 2012"};
inline constexpr Rule digestMismatch{"digest-mismatch", Severity::Fatal, "XML Signature 3.2.1"};
inline constexpr Rule reformatted{"reformatted", Severity::Info, "XML Signature 8.1.3"};
inline constexpr Rule keyRotated{"key-rotated", Severity::Info, "SAML Metadata Interoperability 2.5"};
inline constexpr Rule signingKey{"signing-key", Severity::Info, "SAML Profiles 4.1.4.3"};
inline constexpr Rule clockSkew{"clock-skew", Severity::Warning, "SAML Core 1.3.3"};
inline constexpr Rule nameIdNotPersistent{"name-id-not-persistent", Severity::Info, "IAM User Guide: SAML assertions, Subject and NameID"};
inline constexpr Rule nameIdFormatUnknown{"name-id-format", Severity::Warning, "IAM User Guide: SAML assertions, Subject and NameID"};
inline constexpr Rule nearSizeLimit{"near-sts-limit", Severity::Warning, "AWS STS API: AssumeRoleWithSAML, SAMLAssertion"};
inline constexpr Rule malformedXml{"malformed-xml", Severity::Warning, "XML 1.0 2.1"};
inline constexpr Rule acsMismatch{"posted-elsewhere", Severity::Warning, "SAML Bindings 3.5.5.2"};
inline constexpr Rule encryptedForAws{"encrypted-for-aws", Severity::Info, "IAM User Guide: SAML encryption"};


// --- on metadata ---
inline constexpr Rule metadataUnreadable{"metadata-unreadable", Severity::Fatal, "SAML Metadata 2.3"};
inline constexpr Rule metadataNoEntity{"metadata-no-entity-id", Severity::Error, "SAML Metadata 2.3.2"};
inline constexpr Rule metadataNoProvider{"metadata-no-identity-provider", Severity::Error, "SAML Metadata 2.4.3"};
inline constexpr Rule metadataExpired{"metadata-expired", Severity::Error, "SAML Metadata 2.3.2: validUntil"};
inline constexpr Rule metadataEndsSoon{"metadata-ends-soon", Severity::Warning, "SAML Metadata 2.3.2: validUntil"};
inline constexpr Rule metadataNoKey{"metadata-no-signing-key", Severity::Error, "SAML Metadata Interoperability 2.3"};
inline constexpr Rule metadataBadCertificate{"metadata-bad-certificate", Severity::Error, "RFC 5280 4.1"};
inline constexpr Rule metadataCertificateExpired{"metadata-certificate-expired", Severity::Warning, "RFC 5280 4.1.2.5"};
inline constexpr Rule metadataCertificateEndsSoon{"metadata-certificate-ends-soon", Severity::Warning, "RFC 5280 4.1.2.5"};
inline constexpr Rule metadataCertificateNotYet{"metadata-certificate-not-yet-valid", Severity::Warning, "RFC 5280 4.1.2.5"};
inline constexpr Rule metadataWeakKey{"metadata-weak-key", Severity::Warning, "NIST SP 800-131A 3"};
inline constexpr Rule metadataRefusedKey{"metadata-refused-key", Severity::Error, "IAM User Guide: Troubleshoot SAML, metadata"};
inline constexpr Rule metadataSmallExponent{"metadata-small-exponent", Severity::Warning, "FIPS 186-5 5.1"};
inline constexpr Rule metadataRollOver{"metadata-roll-over", Severity::Info, "SAML Metadata Interoperability 2.5"};
inline constexpr Rule metadataTooManyKeys{"metadata-too-many-keys", Severity::Error, "IAM quotas: keys in a SAML provider"};
inline constexpr Rule metadataNoEndpoint{"metadata-no-endpoint", Severity::Error, "SAML Metadata 2.4.3"};
inline constexpr Rule metadataPlainHttp{"metadata-plain-http", Severity::Warning, "SAML Security 6.5"};
inline constexpr Rule metadataNameIdFormat{"metadata-name-id-format", Severity::Warning, "IAM User Guide: SAML assertions, Subject and NameID"};
inline constexpr Rule metadataDuplicateEntity{"metadata-duplicate-entity", Severity::Warning, "SAML Metadata 2.3.1"};
inline constexpr Rule metadataSize{"metadata-size", Severity::Error, "IAM API: CreateSAMLProvider, SAMLMetadataDocument"};
inline constexpr Rule metadataByteOrderMark{"metadata-byte-order-mark", Severity::Warning, "IAM User Guide: Troubleshoot SAML, metadata"};
inline constexpr Rule metadataWantsSigned{"metadata-wants-signed-requests", Severity::Warning, "SAML Metadata 2.4.3: WantAuthnRequestsSigned"};
inline constexpr Rule metadataUnsigned{"metadata-unsigned", Severity::Info, "SAML Metadata 3"};

// --- on a line of verify-batch, or the arguments of verify ---
inline constexpr Rule emptyLine{"empty-line", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule lineTooLong{"line-too-long", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule malformedJson{"malformed-json", Severity::Fatal, "RFC 8259"};
inline constexpr Rule unknownKey{"unknown-json-key", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule badJsonValue{"bad-json-value", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule missingResponse{"missing-response", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule missingCertificate{"missing-certificate", Severity::Fatal, "gatewardenctl: verify-batch"};
inline constexpr Rule badCertificate{"bad-certificate", Severity::Fatal, "RFC 7468; RFC 5280 4.1"};
inline constexpr Rule badMetadata{"bad-metadata", Severity::Fatal, "SAML Metadata 2.3"};
inline constexpr Rule badDecryptionKey{"bad-decryption-key", Severity::Fatal, "RFC 7468"};

} // namespace rules

// The rule of what AWS will not read: "no-session-name" for NoSessionName.
[[nodiscard]] const saml::Rule& ruleOf(aws::ClaimError code);
// The rule of an attack: "attack-xsw3".
[[nodiscard]] const saml::Rule& ruleOf(Attack attack);
// Every rule above.
[[nodiscard]] std::span<const saml::Rule* const> inspectRules();

// What AWS will not read, as findings.
[[nodiscard]] std::vector<saml::Finding> claimFindings(const aws::Claims& claims);

} // namespace gw::inspect
