// Builds and signs SAML responses of many shapes, good and bad, with keys made at run time.
//
//     ResponseBuilder builder(now);
//     builder.roles = {builder.role("111122223333", "Admin")};
//     const CapturedResponse captured = builder.captured();
//     verifier.verify(captured, builder.trust(), now, nullptr);
#pragma once

#include "saml/dsig/signer.h"
#include "saml/protocol/assertion_verifier.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::test {

// RSA 2048, made once for the process. Ends the process where OpenSSL cannot make one.
[[nodiscard]] const saml::SigningKey& providerKey();
// Another one, that nobody trusts.
[[nodiscard]] const saml::SigningKey& strangerKey();

enum class Sign { Nothing, Response, Assertion, Both };

class ResponseBuilder {
public:
    explicit ResponseBuilder(UtcTime now);

    // The assertion's and the response's head. An empty optional leaves the attribute or element out.
    std::string responseId = "_resp1";
    std::string assertionId = "_assert1";
    std::string issuer = "https://idp.example/metadata";
    std::optional<std::string> responseIssuer; // the constructor sets it to `issuer`'s value
    std::string issuerFormat;
    std::optional<std::string> destination = "https://signin.aws.amazon.com/saml";
    std::optional<std::string> inResponseTo;
    std::string statusCode = "urn:oasis:names:tc:SAML:2.0:status:Success";
    std::string subStatusCode, statusMessage;
    UtcTime responseInstant, assertionInstant;

    // Subject.
    bool subject = true;
    std::string nameId = "alice@example.org";
    std::string nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    std::string confirmationMethod = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    std::optional<std::string> recipient = "https://signin.aws.amazon.com/saml";
    std::optional<std::string> confirmationInResponseTo;
    std::optional<UtcTime> confirmationNotBefore, confirmationNotOnOrAfter;

    // Conditions and statements.
    std::optional<UtcTime> notBefore, notOnOrAfter, sessionNotOnOrAfter;
    std::vector<std::vector<std::string>> audienceRestrictions{{"urn:amazon:webservices"}};
    bool authnStatement = true;
    bool attributeStatement = true;
    std::vector<std::string> roles; // values of the Role attribute
    std::optional<std::string> roleSessionName = "alice@example.org";
    std::optional<std::string> sessionDuration, sourceIdentity;
    std::map<std::string, std::string> principalTags;
    std::vector<std::string> transitiveTagKeys;
    std::vector<saml::Attribute> otherAttributes;

    // Form.
    std::string protocolPrefix = "samlp"; // empty: the default namespace
    std::string assertionPrefix = "saml";
    bool pretty = false;                           // line breaks between elements
    int assertions = 1;                            // further ones get "_2", "_3" … after the ID
    bool encrypted = false;                        // an EncryptedAssertion with a placeholder, nothing signed in it
    std::string extraInResponse, extraInAssertion; // markup put before Status and before Subject

    // Signature.
    Sign sign = Sign::Assertion;
    saml::SignatureShape shape;

    // "arn:aws:iam::ACCOUNT:role/NAME,arn:aws:iam::ACCOUNT:saml-provider/PROVIDER".
    [[nodiscard]] static std::string role(std::string_view account, std::string_view name,
                                          std::string_view provider = "Practice");

    // Without signatures.
    [[nodiscard]] std::string unsignedXml() const;
    // Fails the process, with a message, where it cannot be signed.
    [[nodiscard]] std::string xml(const saml::SigningKey& key = providerKey()) const;
    [[nodiscard]] std::string base64(const saml::SigningKey& key = providerKey()) const;
    [[nodiscard]] saml::CapturedResponse captured(const saml::SigningKey& key = providerKey()) const;
    // The issuer with providerKey()'s certificate.
    [[nodiscard]] saml::TrustedProvider trust() const;

private:
    [[nodiscard]] std::string assertionXml(const std::string& id) const;
    [[nodiscard]] std::string attributesXml() const;
    [[nodiscard]] std::string subjectXml() const;
    [[nodiscard]] std::string conditionsXml() const;
    [[nodiscard]] std::string tag(std::string_view name) const;

    UtcTime now_;
};

// As a capture in the embedded view, addressed to AWS's sign-in endpoint.
[[nodiscard]] saml::CapturedResponse capture(std::string_view xml, UtcTime now);
// Metadata of an identity provider with these signing certificates.
[[nodiscard]] std::string metadataXml(std::string_view entityId, const std::vector<saml::Certificate>& keys,
                                      std::string_view singleSignOn = "https://idp.example/sso");
[[nodiscard]] std::string escapeXml(std::string_view text);

} // namespace gw::test
