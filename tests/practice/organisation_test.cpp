#include "app/practice/organisation.h"
#include "app/practice/resource.h"

#include <gtest/gtest.h>

#include <set>

namespace gw::practice {
namespace {

aws::RoleArn roleArn(const std::string& text) {
    return aws::RoleArn::parse(text).value();
}

TEST(Organisation, TheEmbeddedOneIsWhole) {
    const auto read = Organisation::embedded();
    ASSERT_TRUE(read) << read.error().chain() << ' ' << read.error().fact("where");
    EXPECT_EQ(read->name(), "Northwind Robotics");
    ASSERT_EQ(read->people().size(), 3U);
    std::set<std::string> titles;
    for (const Person& person : read->people()) {
        titles.insert(person.title);
        EXPECT_GT(person.roles.size(), 1U) << person.userName;
        for (const aws::RoleArn& role : person.roles) EXPECT_NE(read->role(role), nullptr) << role.value();
    }
    EXPECT_EQ(titles, (std::set<std::string>{"Administrator", "Approver", "Developer"}));
    std::set<std::string> ids;
    for (const Account& account : read->accounts()) {
        for (const Role& role : account.roles) {
            EXPECT_EQ(role.id.size(), 21U);
            EXPECT_TRUE(ids.insert(role.id).second) << role.arn.value();
        }
    }
    const Role* developer = read->role(roleArn("arn:aws:iam::777788889999:role/team/payments/payments-developer"));
    ASSERT_NE(developer, nullptr);
    EXPECT_EQ(developer->maxSession, std::chrono::hours(12));
    EXPECT_EQ(read->role(roleArn("arn:aws:iam::777788889999:role/payments-developer")), nullptr);
}

TEST(Organisation, AnswersForEveryKindOfTrust) {
    const auto organisation = Organisation::embedded();
    ASSERT_TRUE(organisation);
    const std::string aud = "https://signin.aws.amazon.com/saml";
    const auto allows = [&](const std::string& role, std::string_view action, const std::string& audience) {
        const aws::RoleArn arn = roleArn(role);
        return organisation->role(arn)->trust.allows(action, organisation->providerArn(arn.account()), audience);
    };
    const std::string people = "arn:aws:iam::111122223333:role/payments-readonly";
    EXPECT_TRUE(allows(people, "sts:AssumeRoleWithSAML", aud));
    EXPECT_TRUE(allows(people, "sts:TagSession", aud));
    EXPECT_FALSE(allows(people, "sts:AssumeRoleWithSAML", aud + "/"));
    EXPECT_FALSE(allows("arn:aws:iam::888899990000:role/partner-pay-reader", "sts:TagSession", aud));
    EXPECT_FALSE(allows("arn:aws:iam::444455556666:role/telemetry-analyst", "sts:SetSourceIdentity", aud));
    EXPECT_FALSE(allows("arn:aws:iam::666677778888:role/network-readonly", "sts:AssumeRoleWithSAML", aud));
    const Role* role = organisation->role(roleArn(people));
    EXPECT_FALSE(role->trust.allows("sts:AssumeRoleWithSAML", "arn:aws:iam::222233334444:saml-provider/NorthwindSSO", aud));
}

struct Edit {
    std::string name;
    std::string from, to;
    std::string where;
};

class BrokenOrganisations : public ::testing::TestWithParam<Edit> {};

TEST_P(BrokenOrganisations, AreRefusedAndSayWhere) {
    std::string text = resource("organisation.json");
    const auto at = text.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, GetParam().from.size(), GetParam().to);
    const auto read = Organisation::parse(text);
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().code().is(PracticeError::BadOrganisation)) << read.error().chain();
    EXPECT_EQ(read.error().fact("where"), GetParam().where);
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenOrganisations,
    ::testing::Values(
        Edit{"NotJson", "{", "[", ""}, Edit{"UnknownKey", "\"sso\":", "\"ssoo\":", "/ssoo"},
        Edit{"DuplicateAccount", "\"id\": \"222233334444\"", "\"id\": \"111122223333\"", "/accounts/1/id"},
        Edit{"BadAccount", "\"id\": \"111122223333\"", "\"id\": \"11112222333\"", "/accounts/0/id"},
        Edit{"BadEnvironment", "\"environment\": \"prod\"", "\"environment\": \"production\"", "/accounts/0/environment"},
        Edit{"MissingPolicy", "\"trust\": \"people\"", "\"trust\": \"nobody\"", "/accounts/0/roles/0/trust"},
        Edit{"SessionTooLong", "\"maxSessionDuration\": 14400", "\"maxSessionDuration\": 43201",
             "/accounts/0/roles/0/maxSessionDuration"},
        Edit{"SessionTooShort", "\"maxSessionDuration\": 14400", "\"maxSessionDuration\": 900",
             "/accounts/0/roles/0/maxSessionDuration"},
        Edit{"BadRoleName", "\"name\": \"payments-readonly\"", "\"name\": \"payments readonly\"", "/accounts/0/roles/0"},
        Edit{"RoleThatIsNotThere", "[\"fleet-operator\"]", "[\"fleet-captain\"]", "/people/0/roles/nwr-stage-fleet"},
        Edit{"ForeignTransitiveTag", "\"transitiveTags\": [\"team\"]", "\"transitiveTags\": [\"crew\"]",
             "/people/0/transitiveTags"},
        Edit{"DenyStatement", "\"Effect\": \"Allow\"", "\"Effect\": \"Deny\"", "/Statement/0/Effect"},
        Edit{"OldPolicyLanguage", "\"2012-10-17\"", "\"2008-10-17\"", "/Version"},
        Edit{"NotPrincipal", "\"Principal\"", "\"NotPrincipal\"", "/Statement/0/NotPrincipal"},
        Edit{"AwsPrincipal", "{\"Federated\"", "{\"AWS\"", "/Statement/0/Principal/AWS"},
        Edit{"WildcardAction", "\"sts:AssumeRoleWithSAML\"", "\"sts:*\"", "/Statement/0/Action"},
        Edit{"OtherAction", "\"sts:AssumeRoleWithSAML\"", "\"sts:AssumeRole\"", "/Statement/0/Action"},
        Edit{"OtherOperator", "{\"StringEquals\"", "{\"StringLike\"", "/Statement/0/Condition/StringLike"},
        Edit{"OtherKey", "{\"SAML:aud\"", "{\"SAML:sub\"", "/Statement/0/Condition/StringEquals/SAML:sub"},
        Edit{"PolicyVariable", "saml-provider/NorthwindSSO\"},", "saml-provider/${aws:username}\"},",
             "/Statement/0/Principal/Federated"}),
    [](const auto& one) { return one.param.name; });

} // namespace
} // namespace gw::practice
