#include "app/practice/organisation.h"
#include "app/practice/resource.h"
#include "models/policy/evaluator.h"

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
    const auto asks = [&](const std::string& role, const char* action, const std::string& audience, const std::string& provider) {
        policy::Request request;
        request.principal = policy::Principal::parse(provider).value();
        request.action = action;
        request.resource = role;
        request.context.set("SAML:aud", audience);
        policy::PolicySet policies;
        policies.resource = organisation->role(roleArn(role))->trust;
        policy::RequestView view(request, policy::WorldRules{true, {}, nullptr});
        return policy::decide(view, policies).decision == policy::Decision::Allowed;
    };
    const auto allows = [&](const std::string& role, const char* action, const std::string& audience) {
        return asks(role, action, audience, organisation->providerArn(roleArn(role).account()));
    };
    const std::string people = "arn:aws:iam::111122223333:role/payments-readonly";
    EXPECT_TRUE(allows(people, "sts:AssumeRoleWithSAML", aud));
    EXPECT_TRUE(allows(people, "sts:TagSession", aud));
    EXPECT_FALSE(allows(people, "sts:AssumeRoleWithSAML", aud + "/"));
    EXPECT_FALSE(allows("arn:aws:iam::888899990000:role/partner-pay-reader", "sts:TagSession", aud));
    EXPECT_FALSE(allows("arn:aws:iam::444455556666:role/telemetry-analyst", "sts:SetSourceIdentity", aud));
    EXPECT_FALSE(allows("arn:aws:iam::666677778888:role/network-readonly", "sts:AssumeRoleWithSAML", aud));
    EXPECT_FALSE(asks(people, "sts:AssumeRoleWithSAML", aud, "arn:aws:iam::222233334444:saml-provider/NorthwindSSO"));
}

// The elements that IAM stores and SAML sign-ins seldom need are not refused, but evaluated.
TEST(Organisation, TakesEveryTrustPolicyThatIamTakes) {
    const std::string whole = resource("organisation.json");
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"Effect\": \"Allow\"", "\"Effect\": \"Deny\""},
             {"\"2012-10-17\"", "\"2008-10-17\""},
             {"{\"Federated\"", "{\"AWS\""},
             {"\"sts:AssumeRoleWithSAML\"", "\"sts:*\""},
             {"\"sts:AssumeRoleWithSAML\"", "\"sts:AssumeRole\""},
             {"{\"StringEquals\"", "{\"StringLike\""},
             {"{\"SAML:aud\"", "{\"SAML:sub\""}}) {
        std::string text = whole;
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        const auto read = Organisation::parse(text.replace(at, from.size(), to));
        EXPECT_TRUE(read) << to << ": " << (read ? std::string() : read.error().chain());
    }
}

TEST(Organisation, SaysWhatIsWrongWithATrustPolicy) {
    std::string text = resource("organisation.json");
    text.replace(text.find("\"StringEquals\""), 14, "\"StringIs\"");
    const auto read = Organisation::parse(text);
    ASSERT_FALSE(read);
    ASSERT_NE(read.error().cause(), nullptr);
    EXPECT_TRUE(read.error().cause()->code().is(policy::DocumentError::BadOperator)) << read.error().chain();
    EXPECT_EQ(read.error().cause()->fact("seen"), "StringIs");
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
        Edit{"PolicyIsNoObject", "\"people\": {", "\"people\": 7, \"other\": {", "/trustPolicies/people"},
        Edit{"BadEffect", "\"Effect\": \"Allow\"", "\"Effect\": \"Permit\"", "/trustPolicies/people/Statement/0/Effect"},
        Edit{"BadVersion", "\"2012-10-17\"", "\"2013-10-17\"", "/trustPolicies/people/Version"},
        Edit{"NotPrincipal", "\"Principal\"", "\"NotPrincipal\"", "/trustPolicies/people/Statement/0"},
        Edit{"UnknownPrincipal", "{\"Federated\"", "{\"Person\"", "/trustPolicies/people/Statement/0/Principal/Person"},
        Edit{"WildcardPrincipal", "saml-provider/NorthwindSSO\"},", "saml-provider/*\"},",
             "/trustPolicies/people/Statement/0/Principal/Federated"},
        Edit{"BadAction", "\"sts:AssumeRoleWithSAML\"", "\"AssumeRoleWithSAML\"", "/trustPolicies/people/Statement/0/Action/0"},
        Edit{"Resource", "\"Sid\": \"PeopleThroughNorthwindSSO\"", "\"Resource\": \"*\"", "/trustPolicies/people/Statement/0"},
        Edit{"BadOperator", "{\"StringEquals\"", "{\"StringIs\"", "/trustPolicies/people/Statement/0/Condition/StringIs"}),
    [](const auto& one) { return one.param.name; });

} // namespace
} // namespace gw::practice
