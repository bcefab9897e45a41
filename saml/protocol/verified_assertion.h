// An assertion whose signature, issuer, audience, recipient and times were checked. Only the verifier can make one, and
// everything in it was read from the very octets whose digest was verified.
#pragma once

#include "saml/base/utc_time.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace gw::saml {

// STS: "Token must be redeemed within 5 minutes of issuance", counted from IssueInstant whatever the assertion says.
inline constexpr std::chrono::minutes exchangeWindow{5};

struct Attribute {
    std::string name;
    std::vector<std::string> values;
    friend bool operator==(const Attribute&, const Attribute&) = default;
};

struct NameId {
    std::string value;
    std::string format; // empty means unspecified (SAML Core 2.2.2)
    friend bool operator==(const NameId&, const NameId&) = default;
};

enum class SignedPart { Response, Assertion, Both };

// What made the signature acceptable: for the facts strip, the audit record and the inspector.
struct SignatureFacts {
    SignedPart part = SignedPart::Assertion;
    std::string algorithm;      // the URI of the SignatureMethod of the innermost verified signature
    std::string keyFingerprint; // SHA-256 over the DER certificate, lower-case hexadecimal
    bool sha1 = false;
    friend bool operator==(const SignatureFacts&, const SignatureFacts&) = default;
};

class VerifiedAssertion {
public:
    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const std::string& issuer() const { return issuer_; }
    [[nodiscard]] const NameId& nameId() const { return nameId_; }
    [[nodiscard]] const std::vector<std::string>& audiences() const { return audiences_; }
    [[nodiscard]] const std::string& recipient() const { return recipient_; }
    [[nodiscard]] UtcTime issueInstant() const { return issueInstant_; }
    // The earliest of the limits on using the assertion (exclusive, SAML Core 2.5.1.2 and 2.4.1.2).
    [[nodiscard]] UtcTime notOnOrAfter() const { return notOnOrAfter_; }
    [[nodiscard]] std::optional<UtcTime> sessionNotOnOrAfter() const { return sessionNotOnOrAfter_; }
    [[nodiscard]] std::optional<UtcTime> authnInstant() const { return authnInstant_; }
    [[nodiscard]] const std::vector<Attribute>& attributes() const { return attributes_; }
    [[nodiscard]] const SignatureFacts& signature() const { return signature_; }
    // Findings that did not forbid acceptance, by rule id, such as "weak-digest".
    [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

    // AWS takes an assertion within five minutes of its IssueInstant, whatever its own limits say.
    [[nodiscard]] UtcTime exchangeDeadline() const;

private:
    friend class AssertionVerifier;
    VerifiedAssertion() = default;

    std::string id_, issuer_, recipient_;
    NameId nameId_;
    std::vector<std::string> audiences_;
    UtcTime issueInstant_, notOnOrAfter_;
    std::optional<UtcTime> sessionNotOnOrAfter_, authnInstant_;
    std::vector<Attribute> attributes_;
    SignatureFacts signature_;
    std::vector<std::string> warnings_;
};

} // namespace gw::saml
