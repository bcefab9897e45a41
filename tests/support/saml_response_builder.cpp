#include "tests/support/saml_response_builder.h"

#include "saml/base/base64.h"
#include "saml/xml/namespaces.h"

#include <cstdio>
#include <cstdlib>

namespace gw::test {
namespace {

[[noreturn]] void stop(const Error& error) {
    std::fprintf(stderr, "response builder: %s\n", error.chain().c_str());
    std::abort();
}

saml::SigningKey makeKey(std::string_view commonName) {
    auto key = saml::SigningKey::generateRsa(2048, commonName, UtcTime::fromUnixSeconds(1'700'000'000), 36'500);
    if (!key) stop(key.error());
    return std::move(*key);
}

std::string attribute(std::string_view name, const std::optional<std::string>& value) {
    return value ? " " + std::string(name) + "=\"" + escapeXml(*value) + "\"" : std::string();
}

std::string attribute(std::string_view name, const std::optional<UtcTime>& value) {
    return value ? attribute(name, std::optional(value->toRfc3339())) : std::string();
}

} // namespace

std::string escapeXml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

const saml::SigningKey& providerKey() {
    static const saml::SigningKey key = makeKey("Test provider");
    return key;
}

const saml::SigningKey& strangerKey() {
    static const saml::SigningKey key = makeKey("Stranger");
    return key;
}

ResponseBuilder::ResponseBuilder(UtcTime now) : now_(now) {
    using namespace std::chrono_literals;
    responseIssuer = issuer;
    responseInstant = assertionInstant = now;
    notBefore = now - 1min;
    notOnOrAfter = confirmationNotOnOrAfter = now + 5min;
    sessionNotOnOrAfter = now + 8h;
    roles = {role("111122223333", "Admin"), role("111122223333", "ReadOnly"), role("444455556666", "Deploy")};
}

std::string ResponseBuilder::role(std::string_view account, std::string_view name, std::string_view provider) {
    const std::string start = "arn:aws:iam::" + std::string(account);
    return start + ":role/" + std::string(name) + "," + start + ":saml-provider/" + std::string(provider);
}

std::string ResponseBuilder::tag(std::string_view name) const {
    return assertionPrefix.empty() ? std::string(name) : assertionPrefix + ":" + std::string(name);
}

std::string ResponseBuilder::subjectXml() const {
    if (!subject) return {};
    std::string out = "<" + tag("Subject") + ">";
    out += "<" + tag("NameID") + attribute("Format", std::optional(nameIdFormat)) + ">" + escapeXml(nameId) + "</" +
           tag("NameID") + ">";
    out += "<" + tag("SubjectConfirmation") + attribute("Method", std::optional(confirmationMethod)) + ">";
    out += "<" + tag("SubjectConfirmationData") + attribute("InResponseTo", confirmationInResponseTo) +
           attribute("NotBefore", confirmationNotBefore) + attribute("NotOnOrAfter", confirmationNotOnOrAfter) +
           attribute("Recipient", recipient) + "/>";
    return out + "</" + tag("SubjectConfirmation") + "></" + tag("Subject") + ">";
}

std::string ResponseBuilder::conditionsXml() const {
    std::string out = "<" + tag("Conditions") + attribute("NotBefore", notBefore) + attribute("NotOnOrAfter", notOnOrAfter) + ">";
    for (const auto& restriction : audienceRestrictions) {
        out += "<" + tag("AudienceRestriction") + ">";
        for (const std::string& audience : restriction)
            out += "<" + tag("Audience") + ">" + escapeXml(audience) + "</" + tag("Audience") + ">";
        out += "</" + tag("AudienceRestriction") + ">";
    }
    return out + "</" + tag("Conditions") + ">";
}

std::string ResponseBuilder::attributesXml() const {
    if (!attributeStatement) return {};
    const std::string prefix = "https://aws.amazon.com/SAML/Attributes/";
    std::vector<saml::Attribute> all;
    if (!roles.empty()) all.push_back({prefix + "Role", roles});
    if (roleSessionName) all.push_back({prefix + "RoleSessionName", {*roleSessionName}});
    if (sessionDuration) all.push_back({prefix + "SessionDuration", {*sessionDuration}});
    if (sourceIdentity) all.push_back({prefix + "SourceIdentity", {*sourceIdentity}});
    for (const auto& [key, value] : principalTags) all.push_back({prefix + "PrincipalTag:" + key, {value}});
    if (!transitiveTagKeys.empty()) all.push_back({prefix + "TransitiveTagKeys", transitiveTagKeys});
    all.insert(all.end(), otherAttributes.begin(), otherAttributes.end());
    if (all.empty()) return {};
    std::string out = "<" + tag("AttributeStatement") + ">";
    for (const saml::Attribute& one : all) {
        out += "<" + tag("Attribute") + attribute("Name", std::optional(one.name)) + ">";
        for (const std::string& value : one.values)
            out += "<" + tag("AttributeValue") + ">" + escapeXml(value) + "</" + tag("AttributeValue") + ">";
        out += "</" + tag("Attribute") + ">";
    }
    return out + "</" + tag("AttributeStatement") + ">";
}

std::string ResponseBuilder::assertionXml(const std::string& id) const {
    const std::string declaration =
        " xmlns" + (assertionPrefix.empty() ? "" : ":" + assertionPrefix) + "=\"" + std::string(xml::ns::assertion) + "\"";
    std::string out = "<" + tag("Assertion") + declaration + attribute("ID", std::optional(id)) +
                      attribute("Version", std::optional<std::string>("2.0")) +
                      attribute("IssueInstant", std::optional(assertionInstant)) + ">";
    out += "<" + tag("Issuer") + (issuerFormat.empty() ? "" : attribute("Format", std::optional(issuerFormat))) + ">" +
           escapeXml(issuer) + "</" + tag("Issuer") + ">";
    out += extraInAssertion + subjectXml() + conditionsXml();
    if (authnStatement)
        out += "<" + tag("AuthnStatement") + attribute("AuthnInstant", std::optional(assertionInstant)) +
               attribute("SessionNotOnOrAfter", sessionNotOnOrAfter) + attribute("SessionIndex", std::optional(id + "_s")) +
               "><" + tag("AuthnContext") + "><" + tag("AuthnContextClassRef") +
               ">urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</" + tag("AuthnContextClassRef") + "></" +
               tag("AuthnContext") + "></" + tag("AuthnStatement") + ">";
    return out + attributesXml() + "</" + tag("Assertion") + ">";
}

std::string ResponseBuilder::unsignedXml() const {
    const auto protocol = [&](std::string_view name) {
        return protocolPrefix.empty() ? std::string(name) : protocolPrefix + ":" + std::string(name);
    };
    std::string out = "<" + protocol("Response") + " xmlns" + (protocolPrefix.empty() ? "" : ":" + protocolPrefix) + "=\"" +
                      std::string(xml::ns::protocol) + "\"" + attribute("ID", std::optional(responseId)) +
                      attribute("Version", std::optional<std::string>("2.0")) +
                      attribute("IssueInstant", std::optional(responseInstant)) + attribute("Destination", destination) +
                      attribute("InResponseTo", inResponseTo) + ">";
    if (responseIssuer)
        out += "<saml:Issuer xmlns:saml=\"" + std::string(xml::ns::assertion) + "\">" + escapeXml(*responseIssuer) +
               "</saml:Issuer>";
    out += extraInResponse;
    out += "<" + protocol("Status") + "><" + protocol("StatusCode") + attribute("Value", std::optional(statusCode)) + ">";
    if (!subStatusCode.empty()) out += "<" + protocol("StatusCode") + attribute("Value", std::optional(subStatusCode)) + "/>";
    out += "</" + protocol("StatusCode") + ">";
    if (!statusMessage.empty())
        out += "<" + protocol("StatusMessage") + ">" + escapeXml(statusMessage) + "</" + protocol("StatusMessage") + ">";
    out += "</" + protocol("Status") + ">";
    if (encrypted)
        out += "<saml:EncryptedAssertion xmlns:saml=\"" + std::string(xml::ns::assertion) +
               "\"><xenc:EncryptedData xmlns:xenc=\"" + std::string(xml::ns::encryption) +
               "\" Type=\"http://www.w3.org/2001/04/xmlenc#Element\"><xenc:EncryptionMethod "
               "Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>"
               "<ds:KeyInfo xmlns:ds=\"" +
               std::string(xml::ns::signature) +
               "\"><xenc:EncryptedKey><xenc:EncryptionMethod "
               "Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"><ds:DigestMethod "
               "Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/></xenc:EncryptionMethod>"
               "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>"
               "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></"
               "saml:EncryptedAssertion>";
    else
        for (int i = 1; i <= assertions; ++i) out += assertionXml(i == 1 ? assertionId : assertionId + "_" + std::to_string(i));
    out += "</" + protocol("Response") + ">";
    if (!pretty) return out;
    std::string spaced;
    for (std::size_t i = 0; i < out.size(); ++i) {
        spaced += out[i];
        if (out[i] == '>' && i + 1 < out.size() && out[i + 1] == '<') spaced += "\n  ";
    }
    return spaced;
}

std::string ResponseBuilder::xml(const saml::SigningKey& key) const {
    std::string text = unsignedXml();
    const auto signWith = [&](const std::string& id) {
        auto done = saml::signEnveloped(text, id, key, shape);
        if (!done) stop(done.error());
        text = std::move(*done);
    };
    if ((sign == Sign::Assertion || sign == Sign::Both) && !encrypted && assertions > 0) signWith(assertionId);
    if (sign == Sign::Response || sign == Sign::Both) signWith(responseId);
    return text;
}

std::string ResponseBuilder::base64(const saml::SigningKey& key) const {
    return encodeBase64(xml(key));
}

saml::CapturedResponse ResponseBuilder::captured(const saml::SigningKey& key) const {
    return capture(xml(key), now_);
}

saml::TrustedProvider ResponseBuilder::trust() const {
    return {issuer, {providerKey().certificate}};
}

saml::CapturedResponse capture(std::string_view xml, UtcTime now) {
    saml::CapturedResponse captured;
    captured.base64 = Secret(encodeBase64(xml));
    captured.acs = "https://signin.aws.amazon.com/saml";
    captured.capturedAt = now;
    return captured;
}

std::string metadataXml(std::string_view entityId, const std::vector<saml::Certificate>& keys, std::string_view singleSignOn) {
    std::string out = "<md:EntityDescriptor xmlns:md=\"" + std::string(xml::ns::metadata) + "\" xmlns:ds=\"" +
                      std::string(xml::ns::signature) + "\" entityID=\"" + escapeXml(entityId) +
                      "\"><md:IDPSSODescriptor protocolSupportEnumeration=\"" + std::string(xml::ns::protocol) + "\">";
    for (const saml::Certificate& key : keys)
        out += "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>" + encodeBase64(key.der()) +
               "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>";
    for (const std::string_view binding : {"HTTP-Redirect", "HTTP-POST"})
        out += "<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" + std::string(binding) +
               "\" Location=\"" + escapeXml(singleSignOn) + "\"/>";
    return out + "</md:IDPSSODescriptor></md:EntityDescriptor>";
}

} // namespace gw::test
