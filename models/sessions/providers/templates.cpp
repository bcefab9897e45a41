#include "models/sessions/providers/templates.h"

#include "models/sessions/providers/url_check.h"
#include "saml/aws/endpoints.h"

#include <QString>
#include <QUrl>

#include <algorithm>
#include <array>

namespace gw::sessions {
namespace {

constexpr std::array templates{
    ProviderTemplate{"okta", "Okta", "https://<org>.okta.com/home/amazon_aws/<app id>/272",
                     "https://<org>.okta.com/app/<app id>/sso/saml/metadata",
                     "https://northwind.okta.com/home/amazon_aws/0oa1b2c3d4e5f6g7h8i9/272",
                     "https://northwind.okta.com/app/exk1b2c3d4e5f6g7h8i9/sso/saml/metadata"},
    ProviderTemplate{"entra", "Microsoft Entra ID", "https://launcher.myapps.microsoft.com/api/signin/<app id>?tenantId=<tenant id>",
                     "https://login.microsoftonline.com/<tenant id>/federationmetadata/2007-06/federationmetadata.xml?appid=<app id>",
                     "https://launcher.myapps.microsoft.com/api/signin/"
                     "11111111-2222-3333-4444-555555555555?tenantId=66666666-7777-8888-9999-000000000000",
                     "https://login.microsoftonline.com/66666666-7777-8888-9999-000000000000/federationmetadata/2007-06/"
                     "federationmetadata.xml?appid=11111111-2222-3333-4444-555555555555"},
    // Google refuses to sign people in inside embedded engines ("This browser or app may not be secure").
    ProviderTemplate{"google", "Google Workspace", "https://accounts.google.com/o/saml2/initsso?idpid=<idp id>&spid=<sp id>&forceauthn=false", "",
                     "https://accounts.google.com/o/saml2/initsso?idpid=C01abc2de&spid=123456789012&forceauthn=false", "",
                     SignInMode::SystemBrowser},
    ProviderTemplate{"ping", "Ping Identity", "https://<host>/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices",
                     "https://<host>/pf/federation_metadata.ping?PartnerSpId=urn:amazon:webservices",
                     "https://sso.northwind.example/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices",
                     "https://sso.northwind.example/pf/federation_metadata.ping?PartnerSpId=urn:amazon:webservices"},
    ProviderTemplate{"adfs", "AD FS", "https://<host>/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn:amazon:webservices",
                     "https://<host>/FederationMetadata/2007-06/FederationMetadata.xml",
                     "https://adfs.northwind.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn:amazon:webservices",
                     "https://adfs.northwind.example/FederationMetadata/2007-06/FederationMetadata.xml"},
    ProviderTemplate{"keycloak", "Keycloak", "https://<host>/realms/<realm>/protocol/saml/clients/<url name>",
                     "https://<host>/realms/<realm>/protocol/saml/descriptor",
                     "https://id.northwind.example/realms/staff/protocol/saml/clients/amazon-aws",
                     "https://id.northwind.example/realms/staff/protocol/saml/descriptor"},
    ProviderTemplate{"shibboleth", "Shibboleth", "https://<host>/idp/profile/SAML2/Unsolicited/SSO?providerId=urn:amazon:webservices",
                     "https://<host>/idp/shibboleth",
                     "https://idp.northwind.example/idp/profile/SAML2/Unsolicited/SSO?providerId=urn:amazon:webservices",
                     "https://idp.northwind.example/idp/shibboleth"},
    ProviderTemplate{"onelogin", "OneLogin", "https://<org>.onelogin.com/trust/saml2/launch/<app id>",
                     "https://app.onelogin.com/saml/metadata/<metadata id>", "https://northwind.onelogin.com/trust/saml2/launch/123456",
                     "https://app.onelogin.com/saml/metadata/11111111-2222-3333-4444-555555555555"},
    ProviderTemplate{"jumpcloud", "JumpCloud", "https://sso.jumpcloud.com/saml2/<app name>", "", "https://sso.jumpcloud.com/saml2/aws", ""},
    ProviderTemplate{"auth0", "Auth0", "https://<tenant>.auth0.com/samlp/<client id>", "https://<tenant>.auth0.com/samlp/metadata/<client id>",
                     "https://northwind.eu.auth0.com/samlp/aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA",
                     "https://northwind.eu.auth0.com/samlp/metadata/aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA"},
    ProviderTemplate{"simplesamlphp", "SimpleSAMLphp",
                     "https://<host>/simplesaml/module.php/saml/idp/singleSignOnService?spentityid=urn:amazon:webservices",
                     "https://<host>/simplesaml/module.php/saml/idp/metadata",
                     "https://sso.northwind.example/simplesaml/module.php/saml/idp/singleSignOnService?spentityid=urn:amazon:webservices",
                     "https://sso.northwind.example/simplesaml/module.php/saml/idp/metadata"},
    ProviderTemplate{"generic", "Other (SAML 2.0)", "https://<host>/<path>", "https://<host>/<path>", "https://sso.northwind.example/launch/aws",
                     "https://sso.northwind.example/saml/metadata"},
};

// What tells a product by its URLs. `host` is a suffix, `path` a part; each may be empty, not both.
struct Mark {
    std::string_view kind, host, path;
};
constexpr std::array marks{
    Mark{"okta", ".okta.com", ""},           Mark{"okta", ".oktapreview.com", ""},     Mark{"okta", ".okta-emea.com", ""},
    Mark{"okta", ".okta-gov.com", ""},       Mark{"okta", "", "/home/amazon_aws/"},    Mark{"okta", "", "/sso/saml/metadata"},
    Mark{"entra", "myapps.microsoft.com", ""}, Mark{"entra", "login.microsoftonline.com", ""}, Mark{"entra", "login.microsoftonline.us", ""},
    Mark{"google", "accounts.google.com", ""}, Mark{"ping", ".pingidentity.com", ""},  Mark{"ping", ".pingone.com", ""},
    Mark{"ping", ".pingone.eu", ""},         Mark{"ping", "", "/startsso.ping"},       Mark{"ping", "", "federation_metadata.ping"},
    Mark{"adfs", "", "/adfs/"},              Mark{"adfs", "", "/federationmetadata/"}, Mark{"keycloak", "", "/protocol/saml"},
    Mark{"shibboleth", "", "/profile/saml2/"}, Mark{"shibboleth", "", "/idp/shibboleth"}, Mark{"onelogin", ".onelogin.com", ""},
    Mark{"jumpcloud", "sso.jumpcloud.com", ""}, Mark{"auth0", ".auth0.com", ""},       Mark{"auth0", "", "/samlp/"},
    Mark{"simplesamlphp", "", "/saml2/idp/"}, Mark{"simplesamlphp", "", "/module.php/saml/idp/"},
};

QUrl parsed(std::string_view url) {
    return QUrl(QString::fromUtf8(url.data(), static_cast<qsizetype>(url.size())), QUrl::StrictMode);
}

Error fieldError(ProviderFieldError code, ProviderField field, std::string_view value) {
    return Error(code).with("field", std::string(fieldName(field))).with("value", std::string(value));
}

Status checkFieldUrl(ProviderField field, std::string_view url) {
    if (url.empty()) return fail(fieldError(ProviderFieldError::Empty, field, url));
    if (auto checked = checkUrl(url); !checked) {
        const std::string shown(checked.error().fact("value"));
        return fail(fieldError(ProviderFieldError::BadUrl, field, shown).because(std::move(checked).error()));
    }
    return {};
}

bool isAwsHost(const QString& host) {
    for (const char* suffix : {".amazonaws.com", ".aws.amazon.com", ".amazonaws.cn", ".amazonaws-us-gov.com", ".awsapps.com"})
        if (host.endsWith(QLatin1String(suffix))) return true;
    return host == QLatin1String("aws.amazon.com");
}

bool isAdminHost(const QString& host) {
    const QString first = host.section(QLatin1Char('.'), 0, 0);
    return (first.endsWith(QLatin1String("-admin")) && host.contains(QLatin1String(".okta"))) || host == QLatin1String("admin.google.com") ||
           host == QLatin1String("portal.azure.com") || host == QLatin1String("entra.microsoft.com") ||
           host == QLatin1String("console.jumpcloud.com") || host == QLatin1String("manage.auth0.com");
}

bool looksLikeMetadata(const QUrl& url) {
    const QString path = url.path().toLower();
    return path.endsWith(QLatin1String("/descriptor")) || path.contains(QLatin1String("metadata")) || path.endsWith(QLatin1String("/idp/shibboleth"));
}

Status checkKind(const ProviderTemplate& from, ProviderField field, std::string_view url, std::string_view shape) {
    const auto guess = guessKind(url);
    if (from.kind == "generic" || guess == from.kind || shape.empty()) return {};
    // A product on a host of one's own shows by its paths only, and those can be renamed: no more than a doubt.
    return fail(fieldError(ProviderFieldError::UnlikeTemplate, field, url).with("expected", std::string(shape)));
}

} // namespace

std::string_view fieldName(ProviderField field) {
    switch (field) {
    case ProviderField::Name: return "name";
    case ProviderField::LoginUrl: return "login_url";
    case ProviderField::Metadata: return "metadata";
    case ProviderField::EntityId: return "entity_id";
    case ProviderField::Region: return "region";
    }
    return "";
}

std::string ProviderTemplate::helpKey(ProviderField field) const {
    return std::string(kind) + '.' + std::string(fieldName(field));
}

std::span<const ProviderTemplate> providerTemplates() {
    return templates;
}

const ProviderTemplate& providerTemplate(std::string_view kind) {
    const auto found = std::ranges::find(templates, kind, &ProviderTemplate::kind);
    return found == templates.end() ? templates.back() : *found;
}

std::string_view guessKind(std::string_view text) {
    const QUrl url = parsed(text);
    const QString host = url.host();
    const QString path = url.path().toLower();
    for (const Mark& mark : marks) {
        const QLatin1String suffix(mark.host.data(), static_cast<qsizetype>(mark.host.size()));
        const QLatin1String part(mark.path.data(), static_cast<qsizetype>(mark.path.size()));
        // "myapps.microsoft.com" is meant with its subdomains, ".okta.com" with at least one.
        const bool onHost = suffix.isEmpty() || host == suffix ||
                            (host.endsWith(suffix) && (suffix.startsWith(QLatin1Char('.')) || host.at(host.size() - suffix.size() - 1) == QLatin1Char('.')));
        if (onHost && (part.isEmpty() || path.contains(part))) return mark.kind;
    }
    return "generic";
}

Status checkLoginUrl(const ProviderTemplate& from, std::string_view url) {
    GW_CHECK(checkFieldUrl(ProviderField::LoginUrl, url));
    const QUrl address = parsed(url);
    if (isAwsHost(address.host())) return fail(fieldError(ProviderFieldError::AwsPage, ProviderField::LoginUrl, url));
    if (isAdminHost(address.host())) return fail(fieldError(ProviderFieldError::AdminPage, ProviderField::LoginUrl, url));
    if (looksLikeMetadata(address)) return fail(fieldError(ProviderFieldError::MetadataAsLogin, ProviderField::LoginUrl, url));
    return checkKind(from, ProviderField::LoginUrl, url, from.loginUrl);
}

Status checkMetadataUrl(const ProviderTemplate& from, std::string_view url) {
    GW_CHECK(checkFieldUrl(ProviderField::Metadata, url));
    const QUrl address = parsed(url);
    // AWS's own metadata describes AWS, not the provider: a common mix-up.
    if (isAwsHost(address.host())) return fail(fieldError(ProviderFieldError::AwsPage, ProviderField::Metadata, url));
    if (isAdminHost(address.host())) return fail(fieldError(ProviderFieldError::AdminPage, ProviderField::Metadata, url));
    return checkKind(from, ProviderField::Metadata, url, from.metadataUrl);
}

MetadataInput metadataInputKind(std::string_view text) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark)) text.remove_prefix(byteOrderMark.size());
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return MetadataInput::Empty;
    text.remove_prefix(begin);
    if (text.front() == '<') return MetadataInput::Xml;
    const QString start = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 8))).toLower();
    return start.startsWith(QLatin1String("https://")) || start.startsWith(QLatin1String("http://")) ? MetadataInput::Url : MetadataInput::FilePath;
}

Status checkRegion(std::string_view region) {
    if (region.empty()) return fail(fieldError(ProviderFieldError::Empty, ProviderField::Region, region));
    if (!aws::isRegionName(region)) return fail(fieldError(ProviderFieldError::UnknownRegion, ProviderField::Region, region));
    return {};
}

ProviderId makeProviderId(std::string_view name, std::span<const Provider> existing) {
    std::string base;
    const QString decomposed = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar c : decomposed) {
        const char16_t code = c.unicode();
        if ((code >= u'a' && code <= u'z') || (code >= u'0' && code <= u'9'))
            base += static_cast<char>(code);
        else if (c.category() != QChar::Mark_NonSpacing && !base.empty() && base.back() != '-')
            base += '-';
        if (base.size() == 48) break;
    }
    while (!base.empty() && base.back() == '-') base.pop_back();
    if (base.empty()) base = "provider";
    const auto taken = [&](const std::string& id) {
        return std::ranges::any_of(existing, [&](const Provider& provider) { return provider.id.value() == id; });
    };
    std::string id = base;
    for (int number = 2; taken(id); ++number) id = base + '-' + std::to_string(number);
    return ProviderId(id);
}

Status checkName(std::string_view name, std::span<const Provider> existing, const ProviderId& self) {
    if (name.find_first_not_of(" \t") == std::string_view::npos) return fail(fieldError(ProviderFieldError::Empty, ProviderField::Name, name));
    for (const Provider& provider : existing)
        if (provider.id != self && provider.name == name)
            return fail(fieldError(ProviderFieldError::Taken, ProviderField::Name, name).with("taken_by", provider.name));
    return {};
}

} // namespace gw::sessions
