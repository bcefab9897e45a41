#include "saml/metadata/entity_descriptor.h"

#include "saml/base/blanks.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"

#include <algorithm>

namespace gw::saml {
namespace {

using xml::Element;
namespace ns = xml::ns;

constexpr std::string_view bindingPrefix = "urn:oasis:names:tc:SAML:2.0:bindings:";

bool hasToken(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(" \t\r\n"), list.size());
        if (list.substr(0, end) == token) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

bool isIdentityProvider(Element role) {
    return role.is(ns::metadata, "IDPSSODescriptor") &&
           hasToken(role.attribute("protocolSupportEnumeration").value_or(""), ns::protocol);
}

std::vector<Element> identityRoles(Element entity) {
    std::vector<Element> roles;
    for (const Element child : entity.children())
        if (isIdentityProvider(child)) roles.push_back(child);
    return roles;
}

// The entities of a document, found below EntitiesDescriptors only.
void collectEntities(Element at, std::vector<Element>& found) {
    if (at.is(ns::metadata, "EntityDescriptor")) {
        found.push_back(at);
    } else if (at.is(ns::metadata, "EntitiesDescriptor")) {
        for (const Element child : at.children()) collectEntities(child, found);
    }
}

Result<Element> chooseEntity(Element root, std::string_view entityId) {
    std::vector<Element> entities;
    collectEntities(root, entities);
    if (entities.empty()) return fail(Error(MetadataError::NotMetadata).with("seen", std::string(root.name().substr(0, 80))));
    std::vector<Element> providers;
    for (const Element entity : entities)
        if (!identityRoles(entity).empty() && (entityId.empty() || entity.attribute("entityID") == entityId))
            providers.push_back(entity);
    if (providers.empty()) return fail(MetadataError::NoIdentityProvider);
    if (providers.size() > 1) {
        std::string ids;
        for (std::size_t i = 0; i < std::min<std::size_t>(providers.size(), 20); ++i)
            ids += (i == 0 ? "" : "\n") + providers[i].attribute("entityID").value_or("");
        return fail(Error(MetadataError::SeveralIdentityProviders).with("seen", ids));
    }
    return providers[0];
}

// The earliest limit of the element and of everything around it.
Result<std::optional<UtcTime>> validityOf(Element element) {
    std::optional<UtcTime> earliest;
    for (Element at = element; at; at = at.parent()) {
        const auto text = at.attribute("validUntil");
        if (!text) continue;
        const auto time = UtcTime::parse(*text);
        if (!time) return fail(Error(MetadataError::NoLongerValid).with("seen", text->substr(0, 80)));
        earliest = earliest ? std::min(*earliest, *time) : *time;
    }
    return earliest;
}

// A certificate that cannot be used does no harm beside one that can, so it only counts where it is all there is.
void addCertificate(Element element, EntityDescriptor& entity, std::optional<Error>& problem) {
    const auto text = element.text();
    // Some tools paste a whole PEM block into the element.
    auto found = text ? Certificate::fromPem(*text) : Result<std::vector<Certificate>>(fail(CertificateError::Malformed));
    if (!found) {
        ++entity.unusableKeys;
        if (!problem && !found.error().code().is(CertificateError::UnsupportedKey))
            problem = Error(MetadataError::BadCertificate)
                          .with("line", std::to_string(element.line()))
                          .because(std::move(found).error());
        return;
    }
    auto& keys = entity.signingKeys;
    for (Certificate& certificate : *found)
        if (std::find(keys.begin(), keys.end(), certificate) == keys.end()) keys.push_back(std::move(certificate));
}

void addKeys(Element descriptor, EntityDescriptor& entity, std::optional<Error>& problem) {
    if (descriptor.attribute("use").value_or("signing") != "signing") return;
    for (const Element info : descriptor.children()) {
        if (!info.is(ns::signature, "KeyInfo")) continue;
        for (const Element data : info.children()) {
            if (!data.is(ns::signature, "X509Data")) continue;
            for (const Element certificate : data.children())
                if (certificate.is(ns::signature, "X509Certificate")) addCertificate(certificate, entity, problem);
        }
    }
}

SingleSignOnService readService(Element element) {
    SingleSignOnService service;
    const std::string binding = element.attribute("Binding").value_or("");
    if (binding == std::string(bindingPrefix) + "HTTP-POST") service.binding = Binding::HttpPost;
    if (binding == std::string(bindingPrefix) + "HTTP-Redirect") service.binding = Binding::HttpRedirect;
    service.location = trimmed(element.attribute("Location").value_or(""));
    return service;
}

void readRole(Element role, EntityDescriptor& entity, std::optional<Error>& problem) {
    const std::string wants = role.attribute("WantAuthnRequestsSigned").value_or("");
    entity.wantAuthnRequestsSigned = entity.wantAuthnRequestsSigned || wants == "true" || wants == "1";
    for (const Element child : role.children()) {
        if (child.is(ns::metadata, "KeyDescriptor"))
            addKeys(child, entity, problem);
        else if (child.is(ns::metadata, "SingleSignOnService"))
            entity.singleSignOn.push_back(readService(child));
    }
}

Error notXml(Error cause) {
    Error error(cause.code().is(xml::XmlError::TooLarge) ? MetadataError::TooLarge : MetadataError::NotXml);
    for (const Fact& fact : cause.facts()) error = std::move(error).with(fact.name, fact.value);
    return std::move(error).because(std::move(cause));
}

} // namespace

Result<EntityDescriptor> parseMetadata(std::string_view text, UtcTime now, std::string_view entityId) {
    auto document = xml::Document::parse(text, xml::ReadRules::metadata());
    if (!document) return fail(notXml(std::move(document).error()));
    GW_TRY(const Element element, chooseEntity(document->root(), entityId));
    EntityDescriptor entity;
    entity.entityId = element.attribute("entityID").value_or("");
    if (entity.entityId.empty()) return fail(MetadataError::NoEntityId);
    std::optional<Error> problem;
    for (const Element role : identityRoles(element)) {
        GW_TRY(const auto until, validityOf(role));
        if (until) entity.validUntil = entity.validUntil ? std::min(*entity.validUntil, *until) : *until;
        readRole(role, entity, problem);
    }
    if (entity.validUntil && *entity.validUntil <= now)
        return fail(
            Error(MetadataError::NoLongerValid).with("instant", entity.validUntil->toRfc3339()).with("now", now.toRfc3339()));
    if (entity.signingKeys.empty()) return fail(problem ? std::move(*problem) : Error(MetadataError::NoSigningKey));
    return entity;
}

} // namespace gw::saml
