#include "app/practice/saml_context.h"

#include <gtest/gtest.h>

namespace gw::practice {
namespace {

policy::Context contextOf(std::vector<saml::Attribute> attributes, const aws::Claims& claims = {}) {
    const auto provider = aws::SamlProviderArn::parse("arn:aws:iam::111122223333:saml-provider/Sso").value();
    const saml::NameId nameId{"AAdz", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"};
    return samlContext({provider, "https://sso.example/idp", nameId, "https://signin.aws.amazon.com/saml", attributes, claims});
}

std::vector<std::string> valuesOf(const policy::Context& context, const char* key) {
    const auto* entry = context.find(policy::Key(key));
    return entry != nullptr && entry->value ? entry->value->values : std::vector<std::string>{};
}

using Values = std::vector<std::string>;

TEST(SamlContext, HoldsWhatEveryAssertionTells) {
    const auto context = contextOf({});
    EXPECT_EQ(valuesOf(context, "saml:aud"), Values{"https://signin.aws.amazon.com/saml"});
    EXPECT_EQ(valuesOf(context, "saml:iss"), Values{"https://sso.example/idp"});
    EXPECT_EQ(valuesOf(context, "saml:sub"), Values{"AAdz"});
    EXPECT_EQ(valuesOf(context, "saml:sub_type"), Values{"transient"});
    EXPECT_EQ(valuesOf(context, "saml:doc"), Values{"111122223333/Sso"});
    EXPECT_EQ(valuesOf(context, "saml:namequalifier").at(0).size(), 28U);
    for (const char* absent : {"sts:SourceIdentity", "aws:TagKeys", "sts:TransitiveTagKeys", "saml:mail", "sts:DurationSeconds"})
        EXPECT_EQ(context.find(policy::Key(absent)), nullptr) << absent;
}

TEST(SamlContext, MapsTheAttributesThatAwsLists) {
    const auto context = contextOf({{"urn:oid:1.3.6.1.4.1.5923.1.1.1.7", {"one", "two"}},
                                    {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", {"a@sso.example"}},
                                    {"0.9.2342.19200300100.1.3", {"second@sso.example"}},
                                    {"mail", {"not an attribute that AWS knows"}}});
    EXPECT_EQ(valuesOf(context, "saml:edupersonentitlement"), (Values{"one", "two"}));
    // Of two claims for one key the first counts.
    EXPECT_EQ(valuesOf(context, "SAML:mail"), Values{"a@sso.example"});
}

TEST(SamlContext, CarriesNameTagsAndIdentity) {
    aws::Claims claims;
    claims.roleSessionName = "lena";
    claims.sourceIdentity = "lena@sso.example";
    claims.principalTags = {{"team", "payments"}, {"Cost", ""}};
    claims.transitiveTagKeys = {"team"};
    const auto context = contextOf({}, claims);
    EXPECT_EQ(valuesOf(context, "sts:RoleSessionName"), Values{"lena"});
    EXPECT_EQ(valuesOf(context, "sts:SourceIdentity"), Values{"lena@sso.example"});
    EXPECT_EQ(valuesOf(context, "aws:RequestTag/team"), Values{"payments"});
    EXPECT_EQ(valuesOf(context, "aws:requesttag/cost"), Values{""});
    EXPECT_EQ(valuesOf(context, "aws:TagKeys"), (Values{"Cost", "team"}));
    EXPECT_EQ(valuesOf(context, "sts:TransitiveTagKeys"), Values{"team"});
    EXPECT_EQ(context.find(policy::Key("aws:PrincipalTag/team")), nullptr);
}

} // namespace
} // namespace gw::practice
