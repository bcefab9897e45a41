#include "ui/sessions/template_help.h"

#include <QCoreApplication>

#include <array>
#include <algorithm>

namespace gw::ui {

namespace {

struct Help {
    std::string_view key;
    const char* text;
};

constexpr std::array helps{
    Help{"okta.login_url", QT_TRANSLATE_NOOP("TemplateHelp", "Okta Admin Console: Applications, the AWS Account Federation app, General, App Embed Link.")},
    Help{"okta.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The same app: Sign On, SAML Signing Certificates, Actions of the active one, View IdP metadata. Copy the address.")},
    Help{"entra.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "Entra admin center: Enterprise applications, the AWS app, Properties, User access URL.")},
    Help{"entra.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The same app: Single sign-on, SAML Certificates, App Federation Metadata Url.")},
    Help{"google.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "Admin console: Apps, Web and mobile apps, Amazon Web Services, Test SAML login. Copy the first address that "
                                           "begins with accounts.google.com/o/saml2/initsso. Google refuses built-in windows, so the browser is used.")},
    Help{"google.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The same app: Download metadata. Google gives a file, no address: choose it or drop it here.")},
    Help{"ping.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "PingFederate: SP Connections, the AWS connection, SSO Application Endpoint. PingOne: Applications, the AWS app, "
                                           "Configuration, Initiate Single Sign-On URL.")},
    Help{"ping.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "PingFederate: System, Protocol Metadata, Metadata Export. PingOne: the app's Configuration, IdP Metadata URL.")},
    Help{"adfs.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "The federation service's host with the IdP-initiated page. An administrator switches it on with "
                                           "Set-AdfsProperties -EnableIdPInitiatedSignonPage $true.")},
    Help{"adfs.metadata", QT_TRANSLATE_NOOP("TemplateHelp", "The same host with /FederationMetadata/2007-06/FederationMetadata.xml.")},
    Help{"keycloak.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "Clients, the AWS client, Settings: below IdP-Initiated SSO URL name stands the whole address.")},
    Help{"keycloak.metadata", QT_TRANSLATE_NOOP("TemplateHelp", "Realm settings, General, Endpoints: SAML 2.0 Identity Provider Metadata.")},
    Help{"shibboleth.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "The IdP's host with the unsolicited SSO profile; providerId names AWS: urn:amazon:webservices.")},
    Help{"shibboleth.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The same host with /idp/shibboleth, or this one provider's entry of the federation's metadata.")},
    Help{"onelogin.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "The AWS app's tile in the OneLogin portal: copy the address of its link.")},
    Help{"onelogin.metadata", QT_TRANSLATE_NOOP("TemplateHelp", "Administration: Applications, the AWS app, SSO, Issuer URL.")},
    Help{"jumpcloud.login_url", QT_TRANSLATE_NOOP("TemplateHelp", "Admin Portal: SSO Applications, the AWS app, SSO, IdP URL.")},
    Help{"jumpcloud.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The same app: Export Metadata. JumpCloud gives a file, no address: choose it or drop it here.")},
    Help{"auth0.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "Applications, the AWS app, Addons, SAML2 Web App, Usage: Identity Provider Login URL.")},
    Help{"auth0.metadata", QT_TRANSLATE_NOOP("TemplateHelp", "The same page: Identity Provider Metadata. Copy the address of its link.")},
    Help{"simplesamlphp.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "The IdP's single sign-on address with spentityid=urn:amazon:webservices behind it.")},
    Help{"simplesamlphp.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "The installation's Federation page: the dedicated address of the SAML 2.0 IdP metadata.")},
    Help{"generic.login_url",
         QT_TRANSLATE_NOOP("TemplateHelp", "The address that begins a sign-in to AWS at the provider (IdP-initiated).")},
    Help{"generic.metadata",
         QT_TRANSLATE_NOOP("TemplateHelp", "What describes the provider: entity id and signing certificates. An address, the XML itself, or a file.")},
};

constexpr std::array common{
    Help{"name", QT_TRANSLATE_NOOP("TemplateHelp", "As it is called in the company.")},
    Help{"entity_id", QT_TRANSLATE_NOOP("TemplateHelp", "Only where the metadata names several providers, or certificates are given instead.")},
    Help{"region", QT_TRANSLATE_NOOP("TemplateHelp", "Where STS is asked, and what new profiles name.")},
};

const char* find(const std::string& key) {
    const auto own = std::ranges::find(helps, key, &Help::key);
    if (own != helps.end()) return own->text;
    const auto field = std::string_view(key).substr(std::min(key.size(), key.find('.') + 1));
    const auto shared = std::ranges::find(common, field, &Help::key);
    return shared == common.end() ? nullptr : shared->text;
}

} // namespace

QString helpFor(const sessions::ProviderTemplate& from, sessions::ProviderField field) {
    const char* text = find(from.helpKey(field));
    return text ? QCoreApplication::translate("TemplateHelp", text) : QString();
}

bool hasHelp(const std::string& key) { return find(key) != nullptr; }

} // namespace gw::ui
