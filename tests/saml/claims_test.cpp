#include "saml/aws/claims.h"
#include "tests/saml/verify_helpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::aws {
namespace {

using saml::testNow;
using test::ResponseBuilder;

constexpr const char* roleA = "arn:aws:iam::111122223333:role/team/Admin";
constexpr const char* providerA = "arn:aws:iam::111122223333:saml-provider/Okta";

Claims claimsOf(const ResponseBuilder& builder) {
    const auto verdict = saml::verifyBuilt(builder);
    EXPECT_TRUE(saml::holds(verdict));
    return verdict ? readClaims(*verdict) : Claims();
}

std::vector<std::string> problemsOf(const Claims& claims) {
    std::vector<std::string> codes;
    for (const Error& problem : claims.problems) codes.push_back(problem.code().id());
    return codes;
}

std::string codeOf(std::string_view value) {
    const auto pair = parseRolePair(value);
    return pair ? std::string("ok") : pair.error().code().id();
}

TEST(RolePair, ReadsEitherOrderAndBlanks) {
    const RolePair expected{*RoleArn::parse(roleA), *SamlProviderArn::parse(providerA)};
    const std::string r = roleA;
    const std::string p = providerA;
    for (const std::string& value : {r + "," + p, p + "," + r, " " + r + " , " + p + " ", "\n\t" + r + ",\r\n  " + p + "\n"}) {
        const auto pair = parseRolePair(value);
        ASSERT_TRUE(pair) << value;
        EXPECT_EQ(*pair, expected);
    }
}

TEST(RolePair, SaysWhatIsWrong) {
    const std::string r = roleA;
    const std::string p = providerA;
    for (const std::string& value :
         {std::string(), std::string(","), r, p, r + "," + r, p + "," + p, r + ";" + p, r + "," + p + ",", r + "," + p + "," + r,
          "x," + p, r + ",x", std::string("arn:aws:iam::111122223333:role/a,b,") + p,
          std::string("role/Admin,saml-provider/Okta"), r + "\n" + p, r + ",arn:aws:iam::111122223333:oidc-provider/x"})
        EXPECT_EQ(codeOf(value), "claim.not_a_pair") << value;
    EXPECT_EQ(codeOf(r + ",arn:aws:iam::444455556666:saml-provider/Okta"), "claim.accounts_differ");
    EXPECT_EQ(codeOf(r + ",arn:aws-cn:iam::111122223333:saml-provider/Okta"), "claim.accounts_differ");
}

TEST(Claims, ReadsEverythingThatAwsReads) {
    ResponseBuilder builder(testNow);
    builder.sessionDuration = "7200";
    builder.sourceIdentity = "alice";
    builder.principalTags = {{"Department", "R&D <1>"}, {"CostCenter", ""}};
    builder.transitiveTagKeys = {"Department", "CostCenter"};
    const Claims claims = claimsOf(builder);
    ASSERT_EQ(claims.roles.size(), 3U);
    EXPECT_EQ(claims.roles[0].role.name(), "Admin");
    EXPECT_EQ(claims.roles[2].role.account().value(), "444455556666");
    EXPECT_EQ(claims.roleSessionName, "alice@example.org");
    EXPECT_EQ(claims.sessionDuration, std::chrono::hours(2));
    EXPECT_EQ(claims.sourceIdentity, "alice");
    EXPECT_EQ(claims.principalTags, builder.principalTags);
    EXPECT_EQ(claims.transitiveTagKeys, builder.transitiveTagKeys);
    EXPECT_TRUE(claims.malformed.empty());
    EXPECT_EQ(problemsOf(claims), std::vector<std::string>());
}

TEST(Claims, KeepsOrderDropsDuplicatesAndNamesTheMalformed) {
    ResponseBuilder builder(testNow);
    const std::string pair = std::string(roleA) + "," + providerA;
    builder.roles = {ResponseBuilder::role("444455556666", "Z"), pair, "nonsense",
                     std::string(providerA) + ", " + roleA,      "",   " \n"};
    builder.otherAttributes = {{std::string(attributePrefix) + "Role", {ResponseBuilder::role("111122223333", "Second")}}};
    const Claims claims = claimsOf(builder);
    ASSERT_EQ(claims.roles.size(), 3U);
    EXPECT_EQ(claims.roles[0].role.name(), "Z");
    EXPECT_EQ(claims.roles[1].role.name(), "Admin");
    EXPECT_EQ(claims.roles[2].role.name(), "Second");
    ASSERT_EQ(claims.malformed.size(), 1U);
    EXPECT_EQ(claims.malformed[0].value, "nonsense");
    EXPECT_TRUE(claims.malformed[0].error.code().is(ClaimError::NotAPair));
    EXPECT_EQ(problemsOf(claims), std::vector<std::string>()) << "one bad value hides no good one";
}

TEST(Claims, SaysWhyThereAreNoRoles) {
    ResponseBuilder none(testNow);
    none.roles.clear();
    EXPECT_EQ(problemsOf(claimsOf(none)), std::vector<std::string>{"claim.no_role_attribute"});
    none.attributeStatement = false;
    EXPECT_THAT(problemsOf(claimsOf(none)), testing::Contains("claim.no_role_attribute"));

    ResponseBuilder empty(testNow);
    empty.roles = {""};
    EXPECT_EQ(problemsOf(claimsOf(empty)), std::vector<std::string>{"claim.no_usable_role"});
    empty.roles = {"nonsense"};
    EXPECT_EQ(problemsOf(claimsOf(empty)), std::vector<std::string>{"claim.no_usable_role"});

    ResponseBuilder wrongCase(testNow);
    wrongCase.otherAttributes = {{"https://aws.amazon.com/saml/attributes/role", wrongCase.roles}};
    wrongCase.roles.clear();
    const Claims claims = claimsOf(wrongCase);
    EXPECT_TRUE(claims.roles.empty()) << "names are case-sensitive at AWS, so they are here";
    EXPECT_EQ(problemsOf(claims), std::vector<std::string>{"claim.wrong_case_role_attribute"});
}

TEST(Claims, ChecksTheSessionName) {
    ResponseBuilder builder(testNow);
    builder.roleSessionName.reset();
    EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>{"claim.no_session_name"});
    for (const std::string& bad : {std::string("a"), std::string(65, 'a'), std::string("alice smith"), std::string("alice/admin"),
                                   std::string("\xC3\xA4lice"),
                                   std::string("ali\xE2\x80\xAE"
                                               "ce")}) {
        builder.roleSessionName = bad;
        const Claims claims = claimsOf(builder);
        EXPECT_EQ(problemsOf(claims), std::vector<std::string>{"claim.bad_session_name"}) << bad;
        for (const char c : claims.problems[0].fact("seen")) EXPECT_TRUE(c >= 0x20 && c < 0x7F);
    }
    for (const std::string& good : {std::string("ab"), std::string(64, 'a'), std::string("A_+=,.@-9")}) {
        builder.roleSessionName = good;
        EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>()) << good;
    }
    builder.otherAttributes = {{std::string(attributePrefix) + "RoleSessionName", {"second"}}};
    EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>{"claim.bad_session_name"}) << "exactly one";
}

TEST(Claims, ChecksDurationAndSourceIdentity) {
    ResponseBuilder builder(testNow);
    for (const char* bad : {"899", "43201", "", "1h", "-900", "3600.5", "99999999999999999999", "0x1000"}) {
        builder.sessionDuration = bad;
        const Claims claims = claimsOf(builder);
        EXPECT_EQ(problemsOf(claims), std::vector<std::string>{"claim.bad_session_duration"}) << bad;
        EXPECT_EQ(claims.sessionDuration, std::nullopt);
    }
    for (const char* good : {"900", "43200", " 3600\n"}) {
        builder.sessionDuration = good;
        EXPECT_TRUE(claimsOf(builder).sessionDuration) << good;
    }
    for (const char* bad : {"aws:alice", "AWS:alice", "a", "a b"}) {
        builder.sourceIdentity = bad;
        EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>{"claim.bad_source_identity"}) << bad;
    }
}

TEST(Claims, ChecksTags) {
    ResponseBuilder builder(testNow);
    builder.principalTags = {{std::string(129, 'k'), "v"}, {"Long", std::string(257, 'v')}, {"Fits", std::string(256, 'v')}};
    builder.transitiveTagKeys = {"Fits", "Absent"};
    const Claims claims = claimsOf(builder);
    EXPECT_EQ(claims.principalTags.size(), 1U);
    EXPECT_EQ(problemsOf(claims), (std::vector<std::string>{"claim.bad_tag", "claim.bad_tag", "claim.bad_tag"}));
    builder.principalTags.clear();
    builder.transitiveTagKeys.clear();
    for (int i = 0; i < 51; ++i) builder.principalTags["k" + std::to_string(i)] = "v";
    EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>{"claim.too_many_tags"});
    builder.principalTags = {{"k", "v"}};
    builder.otherAttributes = {{std::string(attributePrefix) + "PrincipalTag:k", {"other"}}};
    EXPECT_EQ(problemsOf(claimsOf(builder)), std::vector<std::string>{"claim.bad_tag"}) << "one key twice";
}

TEST(Claims, ReadsAThousandRoles) {
    ResponseBuilder builder(testNow);
    builder.roles.clear();
    for (int i = 0; i < 1000; ++i)
        builder.roles.push_back(ResponseBuilder::role(std::to_string(111122223333 + i), "Role" + std::to_string(i)));
    EXPECT_EQ(claimsOf(builder).roles.size(), 1000U);
}

} // namespace
} // namespace gw::aws
