#include "app/practice/saml_context.h"

#include "saml/base/base64.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gw::practice {

namespace {

using policy::ContextValue;
using policy::Key;

struct Mapping {
    std::string_view attribute, key;
};

// eduPerson and eduOrg, Active Directory, X.500. AWS's own spellings of the last ones are kept.
constexpr auto mappings = std::to_array<Mapping>({
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.1", "SAML:edupersonaffiliation"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.2", "SAML:edupersonnickname"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.3", "SAML:edupersonorgdn"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.4", "SAML:edupersonorgunitdn"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.5", "SAML:edupersonprimaryaffiliation"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.6", "SAML:edupersonprincipalname"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.7", "SAML:edupersonentitlement"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.8", "SAML:edupersonprimaryorgunitdn"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.9", "SAML:edupersonscopedaffiliation"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.10", "SAML:edupersontargetedid"},
    {"urn:oid:1.3.6.1.4.1.5923.1.1.1.11", "SAML:edupersonassurance"},
    {"urn:oid:1.3.6.1.4.1.5923.1.2.1.2", "SAML:eduorghomepageuri"},
    {"urn:oid:1.3.6.1.4.1.5923.1.2.1.3", "SAML:eduorgidentityauthnpolicyuri"},
    {"urn:oid:1.3.6.1.4.1.5923.1.2.1.4", "SAML:eduorglegalname"},
    {"urn:oid:1.3.6.1.4.1.5923.1.2.1.5", "SAML:eduorgsuperioruri"},
    {"urn:oid:1.3.6.1.4.1.5923.1.2.1.6", "SAML:eduorgwhitepagesuri"},
    {"urn:oid:2.5.4.3", "SAML:cn"},
    {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", "SAML:name"},
    {"http://schemas.xmlsoap.org/claims/CommonName", "SAML:commonName"},
    {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname", "SAML:givenName"},
    {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", "SAML:surname"},
    {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "SAML:mail"},
    {"http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid", "SAML:uid"},
    {"2.5.4.3", "SAML:commonName"},
    {"2.5.4.4", "SAML:surname"},
    {"2.4.5.42", "SAML:givenName"},
    {"2.5.4.45", "SAML:x500UniqueIdentifier"},
    {"0.9.2342.19200300100.1.1", "SAML:uid"},
    {"0.9.2342.19200300100.1.3", "SAML:mail"},
    {"0.9.2342.19200300.100.1.45", "SAML:organizationStatus"},
});

void addAttributes(const std::vector<saml::Attribute>& attributes, policy::Context& context) {
    for (const saml::Attribute& attribute : attributes) {
        const auto known = std::ranges::find(mappings, std::string_view(attribute.name), &Mapping::attribute);
        if (known == mappings.end()) continue;
        const Key key(known->key);
        // "If you include more than one, only one claim will be mapped."
        if (context.find(key) == nullptr) context.set(key, ContextValue::many(attribute.values));
    }
}

} // namespace

policy::Context samlContext(const SamlSignIn& signIn) {
    policy::Context context;
    // AWS's audience is the address that the assertion was sent to.
    context.set("SAML:aud", signIn.recipient);
    context.set("SAML:iss", signIn.issuer);
    context.set("SAML:sub", signIn.nameId.value);
    context.set("SAML:sub_type", subjectType(signIn.nameId.format));
    context.set("SAML:doc", signIn.provider.account().value() + '/' + signIn.provider.name());
    context.set("SAML:namequalifier", nameQualifier(signIn.issuer, signIn.provider));
    addAttributes(signIn.attributes, context);
    const aws::Claims& claims = signIn.claims;
    context.set("sts:RoleSessionName", claims.roleSessionName);
    if (!claims.sourceIdentity.empty()) context.set("sts:SourceIdentity", claims.sourceIdentity);
    std::vector<std::string> tagKeys;
    for (const auto& [name, value] : claims.principalTags) {
        context.set("aws:RequestTag/" + name, value);
        tagKeys.push_back(name);
    }
    if (!tagKeys.empty()) context.set(Key("aws:TagKeys"), ContextValue::many(std::move(tagKeys)));
    if (!claims.transitiveTagKeys.empty())
        context.set(Key("sts:TransitiveTagKeys"), ContextValue::many(claims.transitiveTagKeys));
    return context;
}

std::string subjectType(const std::string& format) {
    if (format.empty()) return "unspecified";
    return format.substr(format.rfind(':') + 1);
}

std::string nameQualifier(const std::string& issuer, const aws::SamlProviderArn& provider) {
    const std::string text = issuer + provider.account().value() + '/' + provider.name();
    std::array<char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<unsigned char*>(digest.data()));
    return encodeBase64({digest.data(), digest.size()});
}

} // namespace gw::practice
