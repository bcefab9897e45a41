#include "saml/protocol/assertion_reader.h"

#include "saml/protocol/rules.h"
#include "saml/xml/namespaces.h"

#include <algorithm>

namespace gw::saml {
namespace {

using xml::Element;
namespace ns = xml::ns;

constexpr std::string_view bearerMethod = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

Result<std::optional<UtcTime>> timeAttribute(Element element, std::string_view name) {
    const auto text = element.attribute(name);
    if (!text) return std::optional<UtcTime>();
    const auto time = UtcTime::parse(*text);
    if (!time) return badStructure(element, std::string(element.name()) + "/@" + std::string(name), *text);
    return std::optional<UtcTime>(*time);
}

constexpr std::string_view subjectPlace = "/Response/Assertion/Subject";
constexpr std::string_view attributePlace = "/Response/Assertion/AttributeStatement/Attribute";

Result<Confirmation> readConfirmation(Element element) {
    Confirmation confirmation;
    Element data;
    for (const Element child : element.children()) {
        if (!child.is(ns::assertion, "SubjectConfirmationData")) continue;
        if (data) return badStructure(child, "SubjectConfirmationData");
        data = child;
    }
    confirmation.recipient = data.attribute("Recipient");
    confirmation.inResponseTo = data.attribute("InResponseTo");
    GW_TRY(confirmation.notBefore, timeAttribute(data, "NotBefore"));
    GW_TRY(confirmation.notOnOrAfter, timeAttribute(data, "NotOnOrAfter"));
    return confirmation;
}

Status readSubject(Element subject, AssertionContent& content, FindingList& findings) {
    content.hasSubject = static_cast<bool>(subject);
    bool named = false;
    for (const Element child : subject.children()) {
        if (child.is(ns::assertion, "NameID")) {
            const auto text = child.text();
            if (named || !text) return badStructure(child, "NameID");
            named = true;
            content.nameId = {*text, child.attribute("Format").value_or("")};
        } else if (child.is(ns::assertion, "SubjectConfirmation")) {
            if (child.attribute("Method") != bearerMethod) continue;
            GW_TRY(Confirmation confirmation, readConfirmation(child));
            content.bearer.push_back(std::move(confirmation));
        } else if (!child.is(ns::assertion, "BaseID") && !child.is(ns::assertion, "EncryptedID")) {
            return badStructure(child, child.name());
        }
    }
    if (!named || content.nameId.value.empty()) findings.note(rules::noNameId, {}, subjectPlace);
    return {};
}

Status readConditions(Element conditions, AssertionContent& content) {
    GW_TRY(content.notBefore, timeAttribute(conditions, "NotBefore"));
    GW_TRY(content.notOnOrAfter, timeAttribute(conditions, "NotOnOrAfter"));
    for (const Element child : conditions.children()) {
        if (child.is(ns::assertion, "AudienceRestriction")) {
            std::vector<std::string> audiences;
            for (const Element audience : child.children()) {
                auto text = audience.text();
                if (!audience.is(ns::assertion, "Audience") || !text) return badStructure(audience, "Audience");
                audiences.push_back(std::move(*text));
            }
            content.audienceRestrictions.push_back(std::move(audiences));
        } else if (child.is(ns::assertion, "OneTimeUse")) {
            content.oneTimeUse = true;
        } else if (!child.is(ns::assertion, "ProxyRestriction")) {
            content.unknownConditions.push_back(quoted(child.name()));
        }
    }
    return {};
}

Status readAuthnStatement(Element statement, AssertionContent& content) {
    GW_TRY(const auto instant, timeAttribute(statement, "AuthnInstant"));
    GW_TRY(const auto end, timeAttribute(statement, "SessionNotOnOrAfter"));
    if (!instant) return badStructure(statement, "AuthnStatement/@AuthnInstant");
    if (!content.authnInstant) content.authnInstant = instant;
    if (end) content.sessionNotOnOrAfter = content.sessionNotOnOrAfter ? std::min(*content.sessionNotOnOrAfter, *end) : *end;
    return {};
}

Status readAttributes(Element statement, AssertionContent& content, FindingList& findings) {
    for (const Element child : statement.children()) {
        if (child.is(ns::assertion, "EncryptedAttribute")) {
            findings.note(rules::encryptedAttribute, {}, "/Response/Assertion/AttributeStatement/EncryptedAttribute");
            continue;
        }
        const auto name = child.attribute("Name");
        if (!child.is(ns::assertion, "Attribute") || !name) return badStructure(child, child.name());
        Attribute attribute{*name, {}};
        for (const Element value : child.children()) {
            if (!value.is(ns::assertion, "AttributeValue")) return badStructure(value, value.name());
            if (auto text = value.text())
                attribute.values.push_back(std::move(*text));
            else
                findings.note(rules::complexAttributeValue, {{"attribute", quoted(*name)}}, attributePlace);
        }
        content.attributes.push_back(std::move(attribute));
    }
    return {};
}

} // namespace

Result<AssertionContent> readAssertion(const AssertionParts& parts, FindingList& findings) {
    AssertionContent content;
    content.id = parts.assertion.attribute("ID").value_or("");
    content.issuer = parts.issuer.text().value_or("");
    content.issuerFormat = parts.issuer.attribute("Format").value_or("");
    GW_TRY(const auto issued, timeAttribute(parts.assertion, "IssueInstant"));
    if (!issued) return badStructure(parts.assertion, "Assertion/@IssueInstant");
    content.issueInstant = *issued;
    GW_CHECK(readSubject(parts.subject, content, findings));
    if (parts.conditions) GW_CHECK(readConditions(parts.conditions, content));
    content.authnStatements = parts.authnStatements.size();
    for (const Element statement : parts.authnStatements) GW_CHECK(readAuthnStatement(statement, content));
    for (const Element statement : parts.attributeStatements) GW_CHECK(readAttributes(statement, content, findings));
    return content;
}

} // namespace gw::saml
