// Files of other tools, as those tools write them.
#include "models/sessions/providers/importers.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace fs = std::filesystem;
using namespace gw;
using namespace gw::sessions;

namespace {

class Importers : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gw-import-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        home_ = name;
        ::unsetenv("AWS_CONFIG_FILE");
        ::unsetenv("SAML2AWS_CONFIGFILE");
    }
    void TearDown() override { fs::remove_all(home_); }
    fs::path put(const fs::path& path, std::string_view content) const {
        fs::create_directories((home_ / path).parent_path());
        std::ofstream(home_ / path, std::ios::binary) << content;
        return home_ / path;
    }
    fs::path home_;
};

const char saml2aws[] = R"([default]
name                    = default
app_id                  =
url                     = https://northwind.okta.com/home/amazon_aws/0oa1b2/272
username                = alice@northwind.example
provider                = Okta
mfa                     = Auto
skip_verify             = false
timeout                 = 0
aws_urn                 = urn:amazon:webservices
aws_session_duration    = 7200
aws_profile             = saml
role_arn                = arn:aws:iam::111122223333:role/Admin
region                  = eu-west-1

# second
[gov]
url                  = https://adfs.northwind.example/
provider             = ADFS
aws_urn              = urn:amazon:webservices:govcloud
aws_session_duration = 99
role_arn             =

[azure]
app_id   = 11111111-2222-3333-4444-555555555555
url      = "https://account.activedirectory.windowsazure.com"
provider = AzureAD

[odd]
url = http://plain.example/login
provider = SomethingNew

[empty]
username = x
)";

TEST_F(Importers, Saml2Aws) {
    const auto found = importSaml2Aws(put(".saml2aws", saml2aws));
    ASSERT_TRUE(found) << found.error().chain();
    ASSERT_EQ(found->size(), 4u);

    const ImportCandidate& okta = (*found)[0];
    EXPECT_EQ(okta.source, ImportSource::Saml2Aws);
    EXPECT_EQ(okta.line, 1);
    EXPECT_EQ(okta.provider.kind, "okta");
    EXPECT_EQ(okta.provider.name, "saml2aws");
    EXPECT_EQ(okta.provider.loginUrl, "https://northwind.okta.com/home/amazon_aws/0oa1b2/272");
    EXPECT_EQ(okta.provider.duration, std::chrono::seconds(7200));
    EXPECT_EQ(okta.provider.regions, std::vector{aws::Region("eu-west-1")});
    ASSERT_EQ(okta.roles.size(), 1u);
    EXPECT_EQ(okta.roles[0].role.value(), "arn:aws:iam::111122223333:role/Admin");
    EXPECT_EQ(okta.roles[0].profile, "saml");
    EXPECT_EQ(okta.missing, std::vector{MissingPart::Metadata});

    const ImportCandidate& adfs = (*found)[1];
    EXPECT_EQ(adfs.line, 17);
    EXPECT_EQ(adfs.provider.kind, "adfs");
    EXPECT_EQ(adfs.provider.id.value(), "gov");
    EXPECT_EQ(adfs.provider.loginUrl, "https://adfs.northwind.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn:amazon:webservices:govcloud");
    EXPECT_FALSE(adfs.provider.duration);
    EXPECT_TRUE(adfs.roles.empty());

    EXPECT_EQ((*found)[2].provider.kind, "entra");
    EXPECT_EQ((*found)[2].provider.loginUrl, "https://launcher.myapps.microsoft.com/api/signin/11111111-2222-3333-4444-555555555555");

    // An address that we would not open is not taken over.
    EXPECT_EQ((*found)[3].provider.kind, "generic");
    EXPECT_EQ((*found)[3].provider.loginUrl, "");
    EXPECT_EQ((*found)[3].missing, (std::vector{MissingPart::LoginUrl, MissingPart::Metadata}));
}

TEST_F(Importers, Saml2AwsThatIsNone) {
    const auto found = importSaml2Aws(put(".saml2aws", "[default]\nurl = https://x.example/\n\x1f\x8bgarbage\n"));
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().code().is(ImportError::Malformed));
    EXPECT_EQ(found.error().fact("line"), "3");
    EXPECT_TRUE(importSaml2Aws(home_ / "absent").error().code().is(ImportError::NotFound));
    fs::create_directory(home_ / "folder");
    EXPECT_TRUE(importSaml2Aws(home_ / "folder").error().code().is(ImportError::NotReadable));
    EXPECT_TRUE(importSaml2Aws(put("none", "")).value().empty());
}

TEST_F(Importers, LeappIsEncrypted) {
    const auto found = importLeapp(put(".Leapp/Leapp-lock.json", "U2FsdGVkX19yZWFsIGZpbGVzIGxvb2sgbGlrZSB0aGlz"));
    ASSERT_FALSE(found);
    EXPECT_TRUE(found.error().code().is(ImportError::Encrypted));
    EXPECT_EQ(found.error().fact("path"), (home_ / ".Leapp/Leapp-lock.json").string());
}

TEST_F(Importers, LeappInPlainText) {
    const char text[] = R"({"_workspaceVersion": 4, "_defaultRegion": "us-east-1",
      "_idpUrls": [{"id": "u1", "url": "https://accounts.google.com/o/saml2/initsso?idpid=C0&spid=1&forceauthn=false"},
                   {"id": "u2", "url": "https://id.example/realms/a/protocol/saml/clients/aws"}, 5],
      "_sessions": [
        {"sessionId": "s1", "sessionName": "payments prod", "type": "awsIamRoleFederated", "region": "eu-west-1", "idpUrlId": "u1",
         "idpArn": "arn:aws:iam::111122223333:saml-provider/google", "roleArn": "arn:aws:iam::111122223333:role/Admin"},
        {"sessionId": "s2", "sessionName": "china", "region": "cn-north-1", "idpUrlId": "u2",
         "idpArn": "broken", "roleArn": "arn:aws-cn:iam::111122223333:role/Admin"},
        {"sessionId": "s3", "sessionName": "user", "type": "awsIamUser", "region": "eu-west-1"},
        {"sessionName": 7, "idpUrlId": "u1", "roleArn": ["x"]}, null]})";
    const auto found = importLeapp(put(".Leapp/Leapp-lock.json", text));
    ASSERT_TRUE(found) << found.error().chain();
    ASSERT_EQ(found->size(), 2u);
    EXPECT_EQ((*found)[0].provider.kind, "google");
    EXPECT_EQ((*found)[0].provider.mode, SignInMode::SystemBrowser);
    ASSERT_EQ((*found)[0].roles.size(), 1u);
    EXPECT_EQ((*found)[0].roles[0].profile, "payments prod");
    EXPECT_EQ((*found)[0].roles[0].provider->name(), "google");
    EXPECT_EQ((*found)[1].provider.kind, "keycloak");
    EXPECT_EQ((*found)[1].provider.partition, aws::Partition::AwsCn);
    EXPECT_FALSE((*found)[1].roles.at(0).provider);
    for (const char* other : {"[]", "{}", "{\"_idpUrls\": 1, \"_sessions\": []}", "not json"})
        EXPECT_TRUE(importLeapp(put("x.json", other)).error().code().is(ImportError::Malformed)) << other;
}

TEST_F(Importers, AwsConfig) {
    const char text[] = R"([default]
region = us-east-1
output = json

[profile prod]
credential_process = saml2aws login --credential-process --role arn:aws:iam::111122223333:role/Prod --profile prod
region = eu-west-1

[profile "dev and test"]
credential_process = "/opt/my tools/saml2aws" login --role="arn:aws:iam::222233334444:role/Dev"
s3 =
  max_concurrent_requests = 20
  role_arn = not ours

[profile entra]
azure_tenant_id=66666666-7777-8888-9999-000000000000
azure_app_id_uri=11111111-2222-3333-4444-555555555555
azure_default_role_arn=

[profile chained]
role_arn = arn:aws:iam::333344445555:role/Chained
source_profile = prod

[profile sso]
sso_session = corp
sso_role_name = Admin

[sso-session corp]
sso_region = eu-west-1

[profile adfs]
adfs_config.adfs_host = adfs.northwind.example
adfs_config.role_arn = arn:aws:iam::444455556666:role/Adfs
)";
    const auto found = importAwsConfig(put(".aws/config", text));
    ASSERT_TRUE(found) << found.error().chain();
    ASSERT_EQ(found->size(), 4u);
    const ImportCandidate& tool = (*found)[0];
    EXPECT_EQ(tool.provider.name, "saml2aws");
    EXPECT_EQ(tool.line, 5);
    ASSERT_EQ(tool.roles.size(), 2u);
    EXPECT_EQ(tool.roles[0].profile, "prod");
    EXPECT_EQ(tool.roles[0].role.name(), "Prod");
    EXPECT_EQ(tool.roles[1].profile, "dev and test");
    EXPECT_EQ(tool.roles[1].role.account().value(), "222233334444");
    EXPECT_EQ(tool.roles[1].line, 9);
    EXPECT_EQ(tool.missing, (std::vector{MissingPart::LoginUrl, MissingPart::Metadata}));
    EXPECT_EQ((*found)[1].provider.loginUrl, "https://launcher.myapps.microsoft.com/api/signin/"
                                             "11111111-2222-3333-4444-555555555555?tenantId=66666666-7777-8888-9999-000000000000");
    EXPECT_TRUE((*found)[2].roles.at(0).chained);
    EXPECT_EQ((*found)[3].provider.kind, "adfs");
    EXPECT_EQ((*found)[3].roles.at(0).role.name(), "Adfs");
}

TEST_F(Importers, AllLooksInTheUsualPlaces) {
    EXPECT_TRUE(importAll(home_).candidates.empty());
    EXPECT_TRUE(importAll(home_).problems.empty());
    put(".saml2aws", saml2aws);
    put(".Leapp/Leapp-lock.json", "U2FsdGVkX1");
    put("elsewhere/config", "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/A\n");
    ::setenv("AWS_CONFIG_FILE", "~/elsewhere/config", 1);
    const auto findings = importAll(home_);
    ::unsetenv("AWS_CONFIG_FILE");
    EXPECT_EQ(findings.candidates.size(), 5u);
    ASSERT_EQ(findings.problems.size(), 1u);
    EXPECT_TRUE(findings.problems[0].code().is(ImportError::Encrypted));
}

} // namespace
