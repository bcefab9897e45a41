#include "saml/protocol/assertion_reader.h"

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

void warn(AssertionContent& content, std::string_view rule) {
    if (std::find(content.warnings.begin(), content.warnings.end(), rule) == content.warnings.end())
        content.warnings.emplace_back(rule);
}

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

Status readSubject(Element subject, AssertionContent& content) {
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
    if (!named || content.nameId.value.empty()) warn(content, "no-name-id");
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
        } else if (!child.is(ns::assertion, "OneTimeUse") && !child.is(ns::assertion, "ProxyRestriction")) {
            // SAML Core 2.5.1: with a condition that is not understood the validity cannot be told.
            return badStructure(child, child.name());
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

Status readAttributes(Element statement, AssertionContent& content) {
    for (const Element child : statement.children()) {
        if (child.is(ns::assertion, "EncryptedAttribute")) {
            warn(content, "encrypted-attribute");
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
                warn(content, "complex-attribute-value");
        }
        content.attributes.push_back(std::move(attribute));
    }
    return {};
}

} // namespace

Result<AssertionContent> readAssertion(const AssertionParts& parts) {
    AssertionContent content;
    content.id = parts.assertion.attribute("ID").value_or("");
    content.issuer = parts.issuer.text().value_or("");
    content.issuerFormat = parts.issuer.attribute("Format").value_or("");
    GW_TRY(const auto instant, timeAttribute(parts.assertion, "IssueInstant"));
    if (!instant) return badStructure(parts.assertion, "Assertion/@IssueInstant");
    content.issueInstant = *instant;
    GW_CHECK(readSubject(parts.subject, content));
    if (parts.conditions) GW_CHECK(readConditions(parts.conditions, content));
    // Web browser SSO profile (SAML Profiles 4.1.4.2): at least one.
    if (parts.authnStatements.empty()) return badStructure(parts.assertion, "AuthnStatement");
    for (const Element statement : parts.authnStatements) GW_CHECK(readAuthnStatement(statement, content));
    for (const Element statement : parts.attributeStatements) GW_CHECK(readAttributes(statement, content));
    return content;
}

} // namespace gw::saml
