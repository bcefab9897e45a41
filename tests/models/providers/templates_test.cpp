#include "models/sessions/providers/templates.h"
#include "models/sessions/providers/url_check.h"

#include <gtest/gtest.h>

#include <set>

using namespace gw;
using namespace gw::sessions;

namespace {

std::string codeOf(const Status& status) {
    return status ? "ok" : status.error().code().id();
}

TEST(Templates, HoldTogether) {
    std::set<std::string_view> kinds;
    for (const ProviderTemplate& entry : providerTemplates()) {
        SCOPED_TRACE(entry.kind);
        EXPECT_TRUE(kinds.insert(entry.kind).second);
        EXPECT_EQ(providerTemplate(entry.kind).productName, entry.productName);
        EXPECT_FALSE(entry.loginExample.empty());
        EXPECT_EQ(entry.metadataUrl.empty(), entry.metadataExample.empty());
        // The examples pass the very checks, and are told to be of their kind.
        EXPECT_EQ(codeOf(checkLoginUrl(entry, entry.loginExample)), "ok");
        EXPECT_EQ(guessKind(entry.loginExample), entry.kind);
        if (!entry.metadataExample.empty()) {
            EXPECT_EQ(codeOf(checkMetadataUrl(entry, entry.metadataExample)), "ok");
            EXPECT_EQ(guessKind(entry.metadataExample), entry.kind);
        }
        // A shape left as it is is caught.
        const auto shape = checkLoginUrl(entry, entry.loginUrl);
        ASSERT_FALSE(shape);
        ASSERT_NE(shape.error().cause(), nullptr);
        EXPECT_TRUE(shape.error().cause()->code().is(UrlError::HasPlaceholder));
        EXPECT_EQ(entry.helpKey(ProviderField::LoginUrl), std::string(entry.kind) + ".login_url");
    }
    for (const char* kind : {"okta", "entra", "google", "ping", "adfs", "keycloak", "shibboleth", "onelogin", "jumpcloud", "auth0", "simplesamlphp", "generic"})
        EXPECT_TRUE(kinds.contains(kind)) << kind;
    EXPECT_EQ(providerTemplate("google").mode, SignInMode::SystemBrowser);
    EXPECT_EQ(providerTemplate("okta").mode, SignInMode::EmbeddedView);
    EXPECT_EQ(providerTemplate("nonsense").kind, "generic");
}

struct UrlRow {
    const char* url;
    const char* expected;
};

TEST(Templates, UrlsAreChecked) {
    const UrlRow rows[] = {
        {"https://id.example/x", "ok"},
        {"http://127.0.0.1:8080/x", "ok"},
        {"http://localhost/x", "ok"},
        {"http://[::1]:80/x", "ok"},
        {"", "url.empty"},
        {"http://id.example/x", "url.not_https"},
        {"http://127.0.0.1.evil.example/x", "url.not_https"},
        {"ftp://id.example/x", "url.not_https"},
        {"javascript:alert(1)", "url.not_a_url"},
        {"id.example/x", "url.not_a_url"},
        {"https://", "url.not_a_url"},
        {"https://user@id.example/x", "url.has_user_info"},
        {"https://id.example/x#top", "url.has_fragment"},
        {"https://id.example/<realm>/x", "url.has_placeholder"},
        {"https://{tenant}.example/x", "url.has_placeholder"},
        {"https://id.example/ with blank", "url.not_a_url"},
    };
    for (const UrlRow& row : rows) EXPECT_EQ(codeOf(checkUrl(row.url)), row.expected) << row.url;
    EXPECT_EQ(codeOf(checkUrl("https://id.example/" + std::string(2048, 'x'))), "url.too_long");
}

TEST(Templates, LoginUrlsAreChecked) {
    struct Row {
        const char* kind;
        const char* url;
        const char* expected;
    };
    const Row rows[] = {
        {"okta", "https://northwind.okta.com/home/amazon_aws/0oa/272", "ok"},
        {"okta", "https://sso.northwind.example/home/amazon_aws/0oa/272", "ok"},
        {"okta", "https://northwind-admin.okta.com/admin/app/amazon_aws/instance/0oa", "provider_field.admin_page"},
        {"okta", "https://northwind.okta.com/app/exk/sso/saml/metadata", "provider_field.metadata_as_login"},
        {"okta", "https://accounts.google.com/o/saml2/initsso?idpid=C0&spid=1", "provider_field.unlike_template"},
        {"generic", "https://accounts.google.com/o/saml2/initsso?idpid=C0&spid=1", "ok"},
        {"generic", "https://signin.aws.amazon.com/saml", "provider_field.aws_page"},
        {"generic", "https://d-1234567890.awsapps.com/start", "provider_field.aws_page"},
        {"generic", "https://aws.amazon.com/", "provider_field.aws_page"},
        {"generic", "https://notaws.amazon.com.example/", "ok"},
        {"entra", "https://portal.azure.com/#home", "provider_field.bad_url"},
        {"entra", "https://portal.azure.com/x", "provider_field.admin_page"},
        {"keycloak", "https://id.example/auth/realms/staff/protocol/saml/clients/aws", "ok"},
        {"keycloak", "", "provider_field.empty"},
        {"keycloak", "http://id.example/", "provider_field.bad_url"},
        {"adfs", "https://adfs.example/adfs/ls/idpinitiatedsignon", "ok"},
        {"simplesamlphp", "https://idp.example/simplesaml/saml2/idp/SSOService.php?spentityid=urn:amazon:webservices", "ok"},
    };
    for (const Row& row : rows) {
        const auto checked = checkLoginUrl(providerTemplate(row.kind), row.url);
        EXPECT_EQ(codeOf(checked), row.expected) << row.kind << " " << row.url;
        if (!checked) {
            EXPECT_EQ(checked.error().fact("field"), "login_url");
        }
    }
    EXPECT_EQ(codeOf(checkMetadataUrl(providerTemplate("generic"), "https://signin.aws.amazon.com/static/saml-metadata.xml")), "provider_field.aws_page");
}

TEST(Templates, KindsOfOtherHostsAreNotGuessed) {
    EXPECT_EQ(guessKind("https://evilokta.com/"), "generic");
    EXPECT_EQ(guessKind("https://okta.com.example/"), "generic");
    EXPECT_EQ(guessKind("https://xmyapps.microsoft.com/"), "generic");
    EXPECT_EQ(guessKind("https://launcher.myapps.microsoft.com/api/signin/x"), "entra");
    EXPECT_EQ(guessKind("nonsense"), "generic");
    EXPECT_EQ(guessKind(""), "generic");
}

TEST(Templates, PastedMetadataIsTold) {
    EXPECT_EQ(metadataInputKind(""), MetadataInput::Empty);
    EXPECT_EQ(metadataInputKind(" \n"), MetadataInput::Empty);
    EXPECT_EQ(metadataInputKind("  <?xml version='1.0'?>"), MetadataInput::Xml);
    EXPECT_EQ(metadataInputKind("\xEF\xBB\xBF<EntityDescriptor/>"), MetadataInput::Xml);
    EXPECT_EQ(metadataInputKind("HTTPS://id.example/m"), MetadataInput::Url);
    EXPECT_EQ(metadataInputKind("http://x"), MetadataInput::Url);
    EXPECT_EQ(metadataInputKind("/home/a/metadata.xml"), MetadataInput::FilePath);
}

TEST(Templates, IdsAreMadeFromNames) {
    std::vector<Provider> existing(1);
    existing[0].id = ProviderId("northwind-sso");
    existing[0].name = "Northwind SSO";
    EXPECT_EQ(makeProviderId("Northwind SSO", existing).value(), "northwind-sso-2");
    EXPECT_EQ(makeProviderId("  Älter & Söhne! ", {}).value(), "alter-sohne");
    EXPECT_EQ(makeProviderId("日本", {}).value(), "provider");
    EXPECT_EQ(makeProviderId("", {}).value(), "provider");
    EXPECT_LE(makeProviderId(std::string(500, 'x'), {}).value().size(), 64u);
    EXPECT_EQ(codeOf(checkName("Northwind SSO", existing, ProviderId("other"))), "provider_field.taken");
    EXPECT_EQ(codeOf(checkName("Northwind SSO", existing, ProviderId("northwind-sso"))), "ok");
    EXPECT_EQ(codeOf(checkName("  ", existing, ProviderId("x"))), "provider_field.empty");
    EXPECT_EQ(codeOf(checkRegion("eu-west-1")), "ok");
    EXPECT_EQ(codeOf(checkRegion("Ireland")), "provider_field.unknown_region");
}

} // namespace
