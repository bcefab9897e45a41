#include "app/practice/saml_response.h"

#include "app/practice/random_text.h"
#include "saml/aws/claims.h"
#include "saml/base/base64.h"
#include "saml/base/markup.h"

#include <vector>

namespace gw::practice {

namespace {

using How = Misbehaviour::Response;
using std::chrono::minutes;

constexpr std::string_view acs = "https://signin.aws.amazon.com/saml";
constexpr std::string_view awsAudience = "urn:amazon:webservices";
constexpr std::string_view samlNs = "urn:oasis:names:tc:SAML:2.0:assertion";
constexpr std::string_view samlpNs = "urn:oasis:names:tc:SAML:2.0:protocol";
// Longer than the five minutes that AWS gives, so that AWS's own rule is the one that is met first.
constexpr minutes lifetime{10};
// More than the 256 KiB that a response may have once decoded.
constexpr std::size_t oversizedBytes = 300 * 1024;

struct Times {
    UtcTime issued, notBefore, notOnOrAfter;
};

Times timesOf(const ResponseInput& input) {
    switch (input.how) {
    case How::Expired:
        return {input.now - minutes(60), input.now - minutes(60), input.now - minutes(50)};
    case How::NotYetValid:
        return {input.now, input.now + minutes(60), input.now + minutes(70)};
    default:
        return {input.now, input.now, input.now + lifetime};
    }
}

std::string element(std::string_view name, std::string_view attributes, std::string_view content) {
    std::string out = "<";
    out.append(name);
    if (!attributes.empty()) out.append(" ").append(attributes);
    return out.append(">").append(content).append("</").append(name).append(">");
}

std::string attribute(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + escapedMarkup(value) + '"';
}

std::string samlAttribute(std::string_view name, const std::vector<std::string>& values) {
    std::string content;
    for (const std::string& value : values) content += element("saml:AttributeValue", {}, escapedMarkup(value));
    return element("saml:Attribute",
                   attribute("Name", std::string(aws::attributePrefix).append(name)) +
                       " NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\"",
                   content);
}

std::vector<std::string> rolePairs(const ResponseInput& input) {
    std::vector<std::string> pairs;
    if (input.how == How::MalformedRole) pairs.emplace_back("arn:aws:iam::111122223333:role/payments-readonly");
    for (const aws::RoleArn& role : input.person.roles)
        pairs.push_back(role.value() + ',' + input.organisation.providerArn(role.account()));
    return pairs;
}

std::string attributeStatement(const ResponseInput& input) {
    std::string out;
    if (input.how != How::NoRoles) out += samlAttribute("Role", rolePairs(input));
    out += samlAttribute("RoleSessionName", {input.person.userName});
    out += samlAttribute("SessionDuration", {std::to_string(input.person.sessionDuration.count())});
    out += samlAttribute("SourceIdentity", {input.person.userName});
    for (const auto& [key, value] : input.person.tags) out += samlAttribute("PrincipalTag:" + key, {value});
    if (!input.person.transitiveTags.empty()) out += samlAttribute("TransitiveTagKeys", input.person.transitiveTags);
    if (input.how == How::Oversized) out += samlAttribute("Groups", {std::string(oversizedBytes, 'x')});
    return element("saml:AttributeStatement", {}, out);
}

std::string subject(const ResponseInput& input, const Times& times) {
    const std::string_view recipient = input.how == How::WrongRecipient ? "https://signin.northwind-robotics.example/saml" : acs;
    const std::string nameId = element("saml:NameID", R"(Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")",
                                       stableBase32(input.organisation.entityId() + '|' + input.person.userName, 32));
    const std::string data = "<saml:SubjectConfirmationData " + attribute("NotOnOrAfter", times.notOnOrAfter.toRfc3339()) + ' ' +
                             attribute("Recipient", recipient) + "/>";
    return element("saml:Subject", {},
                   nameId + element("saml:SubjectConfirmation", R"(Method="urn:oasis:names:tc:SAML:2.0:cm:bearer")", data));
}

std::string authnStatement(const ResponseInput& input, std::string_view sessionIndex) {
    const std::string attributes = attribute("AuthnInstant", input.signedInAt.toRfc3339()) + ' ' +
                                   attribute("SessionIndex", sessionIndex) + ' ' +
                                   attribute("SessionNotOnOrAfter", input.sessionEnd.toRfc3339());
    return element(
        "saml:AuthnStatement", attributes,
        element("saml:AuthnContext", {},
                element("saml:AuthnContextClassRef", {}, "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport")));
}

std::string assertion(const ResponseInput& input, const std::string& id, const std::string& sessionIndex) {
    const Times times = timesOf(input);
    const std::string_view audience =
        input.how == How::WrongAudience ? "https://wiki.northwind-robotics.example/saml" : awsAudience;
    const std::string conditions = element("saml:Conditions",
                                           attribute("NotBefore", times.notBefore.toRfc3339()) + ' ' +
                                               attribute("NotOnOrAfter", times.notOnOrAfter.toRfc3339()),
                                           element("saml:AudienceRestriction", {}, element("saml:Audience", {}, audience)));
    const std::string content = element("saml:Issuer", {}, escapedMarkup(input.organisation.entityId())) + subject(input, times) +
                                conditions + authnStatement(input, sessionIndex) + attributeStatement(input);
    return element("saml:Assertion",
                   attribute("xmlns:saml", samlNs) + ' ' + attribute("ID", id) + R"( Version="2.0" )" +
                       attribute("IssueInstant", times.issued.toRfc3339()),
                   content);
}

// The shape of XML Encryption with octets that decrypt to nothing: only AWS would hold the key.
std::string encryptedAssertion(Random& random) {
    constexpr std::string_view encNs = "http://www.w3.org/2001/04/xmlenc#";
    constexpr std::string_view dsNs = "http://www.w3.org/2000/09/xmldsig#";
    const auto cipherData = [&](std::size_t bytes) {
        return element("xenc:CipherData", {}, element("xenc:CipherValue", {}, randomBase64(random, bytes)));
    };
    const std::string encryptedKey =
        element("xenc:EncryptedKey", {},
                R"(<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>)" + cipherData(256));
    const std::string data =
        element("xenc:EncryptedData", attribute("xmlns:xenc", encNs) + R"( Type="http://www.w3.org/2001/04/xmlenc#Element")",
                R"(<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>)" +
                    element("ds:KeyInfo", attribute("xmlns:ds", dsNs), encryptedKey) + cipherData(4096));
    return element("saml:EncryptedAssertion", attribute("xmlns:saml", samlNs), data);
}

std::string response(const ResponseInput& input, const std::string& id, std::string_view assertions) {
    const std::string content =
        element("saml:Issuer", attribute("xmlns:saml", samlNs), escapedMarkup(input.organisation.entityId())) +
        element("samlp:Status", {}, R"(<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>)") +
        std::string(assertions);
    return element("samlp:Response",
                   attribute("xmlns:samlp", samlpNs) + ' ' + attribute("ID", id) + R"( Version="2.0" )" +
                       attribute("IssueInstant", timesOf(input).issued.toRfc3339()) + ' ' + attribute("Destination", acs),
                   content);
}

std::string newId(Random& random) {
    return '_' + random.hex(20);
}

// A claim changes after the signature was made: what an attacker on the way would do.
void tamper(std::string& xml, const Person& person) {
    const std::string from = element("saml:AttributeValue", {}, escapedMarkup(person.userName));
    if (const auto at = xml.find(from); at != std::string::npos)
        xml.replace(at, from.size(), element("saml:AttributeValue", {}, "someone.else"));
}

Result<std::string> signedAssertions(const ResponseInput& input, const saml::SigningKey& key, Random& random) {
    if (input.how == How::Encrypted) return encryptedAssertion(random);
    const std::string id = newId(random);
    GW_TRY(std::string first, saml::signEnveloped(assertion(input, id, newId(random)), id, key));
    if (input.how == How::TwoAssertions) {
        const std::string secondId = newId(random);
        GW_TRY(const std::string second, saml::signEnveloped(assertion(input, secondId, newId(random)), secondId, key));
        first += second;
    }
    return first;
}

// The signer may write an XML declaration, which is allowed at the very start of a document only.
std::string withoutDeclaration(std::string xml) {
    if (xml.starts_with("<?xml")) {
        if (const auto end = xml.find("?>"); end != std::string::npos) xml.erase(0, end + 2);
    }
    while (!xml.empty() && (xml.front() == '\n' || xml.front() == '\r')) xml.erase(0, 1);
    while (!xml.empty() && (xml.back() == '\n' || xml.back() == '\r')) xml.pop_back();
    return xml;
}

} // namespace

Result<std::string> makeSamlResponse(const ResponseInput& input, Random& random) {
    if (input.how == How::NotBase64) return std::string("<h1>Service temporarily unavailable!</h1>");
    const saml::SigningKey& key = input.how == How::UnknownKey && input.stranger != nullptr ? *input.stranger : input.key;
    GW_TRY(std::string assertions, signedAssertions(input, key, random));
    const std::string id = newId(random);
    GW_TRY(std::string signedXml, saml::signEnveloped(response(input, id, withoutDeclaration(std::move(assertions))), id, key));
    std::string xml = withoutDeclaration(std::move(signedXml));
    if (input.how == How::WrongSignature) tamper(xml, input.person);
    if (input.how == How::Doctype) xml.insert(0, "<!DOCTYPE samlp:Response [<!ENTITY who \"someone.else\">]>");
    if (input.how == How::Truncated) xml.resize(xml.size() * 2 / 3);
    return encodeBase64(xml);
}

std::string makeMetadata(const Organisation& organisation, const saml::Certificate& certificate, std::string_view loginUrl) {
    constexpr std::string_view dsNs = "http://www.w3.org/2000/09/xmldsig#";
    const std::string keyInfo =
        element("ds:KeyInfo", attribute("xmlns:ds", dsNs),
                element("ds:X509Data", {}, element("ds:X509Certificate", {}, encodeBase64(certificate.der()))));
    const std::string role =
        element("md:IDPSSODescriptor", attribute("protocolSupportEnumeration", samlpNs) + R"( WantAuthnRequestsSigned="false")",
                element("md:KeyDescriptor", R"(use="signing")", keyInfo) +
                    element("md:NameIDFormat", {}, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent") +
                    R"(<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" )" +
                    attribute("Location", loginUrl) + "/>");
    return R"(<?xml version="1.0" encoding="UTF-8"?>)" +
           element("md:EntityDescriptor",
                   R"(xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" )" + attribute("entityID", organisation.entityId()), role);
}

} // namespace gw::practice
