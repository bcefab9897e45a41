#include "models/policy/access_diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

namespace gw::policy {
namespace {

PolicySet identity(const std::string& statements) {
    auto policy =
        CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::Identity, "p");
    EXPECT_TRUE(policy) << policy.error().chain();
    PolicySet set;
    set.identity = {*policy};
    return set;
}

const Catalogue& catalogue() {
    static const std::unique_ptr<Catalogue> shipped = [] {
        std::ifstream in(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl");
        std::ostringstream text;
        text << in.rdbuf();
        return std::move(*Catalogue::read(text.str()));
    }();
    return *shipped;
}

AccessDiff diff(const PolicySet& before, const PolicySet& after) {
    return compareAccess(before, after, *Principal::parse("arn:aws:iam::111122223333:role/reader"), &catalogue());
}

bool names(const std::vector<AccessChange>& changes, const std::string& action) {
    return std::any_of(changes.begin(), changes.end(),
                       [&](const AccessChange& each) { return foldedAscii(each.request.action) == foldedAscii(action); });
}

const std::string readAll = R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"})";

TEST(AccessDiff, anotherTextForTheSameAccessIsNoChange) {
    const auto same = diff(
        identity(readAll),
        identity(R"({"Effect":"Allow","Action":["s3:getobject"],"Resource":["arn:aws:s3:::bucket/*","arn:aws:s3:::bucket/a"]})"));
    EXPECT_TRUE(same.gained.empty());
    EXPECT_TRUE(same.lost.empty());
    EXPECT_TRUE(same.exhaustive);
    EXPECT_GT(same.tried, 2U);
}

TEST(AccessDiff, aWildcardGainsTheOtherActions) {
    const auto wider =
        diff(identity(readAll), identity(R"({"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::bucket/*"})"));
    EXPECT_FALSE(wider.gained.empty());
    EXPECT_FALSE(names(wider.gained, "s3:GetObject"));
    EXPECT_TRUE(wider.lost.empty());
}

TEST(AccessDiff, aDenyOnAPartIsLostThere) {
    const auto less =
        diff(identity(readAll), identity(readAll + R"(,{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::*/secret/*"})"));
    ASSERT_FALSE(less.lost.empty());
    EXPECT_TRUE(less.gained.empty());
    // Found in the common part of two patterns that neither shows alone.
    EXPECT_EQ(less.lost[0].request.resource, "arn:aws:s3:::bucket/secret/");
}

TEST(AccessDiff, aConditionIsAChangeWithItsWitness) {
    const auto less = diff(
        identity(readAll),
        identity(
            R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}}})"));
    ASSERT_FALSE(less.lost.empty());
    const Request& witness = less.lost[0].request;
    const auto* entry = witness.context.find(Key("aws:PrincipalTag/team"));
    ASSERT_NE(entry, nullptr);
    EXPECT_TRUE(!entry->value || entry->value->values != std::vector<std::string>{"pay"});
}

Reach reach(const std::string& statements, const std::string& principal = "arn:aws:iam::111122223333:role/reader") {
    return {*Principal::parse(principal), identity(statements), {}};
}

std::string allow(const std::string& rest) {
    return R"({"Effect":"Allow",)" + rest + "}";
}

std::string deny(const std::string& rest) {
    return R"({"Effect":"Deny",)" + rest + "}";
}

struct SubsetCase {
    const char* name;
    std::string first, second;
    bool holds;
    bool exhaustive = true; // where it holds
};

class Subset : public testing::TestWithParam<SubsetCase> {};

TEST_P(Subset, isDecidedWithAWitness) {
    const Reach first = reach(GetParam().first), second = reach(GetParam().second);
    const SubsetAnswer answer = isSubset(first, second, &catalogue());
    ASSERT_EQ(answer.holds(), GetParam().holds)
        << (answer.witness ? answer.witness->request.action + " on " + answer.witness->request.resource : "");
    if (answer.holds()) {
        EXPECT_EQ(answer.exhaustive, GetParam().exhaustive);
        return;
    }
    const Request& asked = answer.witness->request;
    const auto decision = [&](const PolicySet& policies) {
        RequestView view(asked, WorldRules{true, {}});
        return decide(view, policies).decision;
    };
    EXPECT_EQ(decision(first.policies), Decision::Allowed) << asked.action << ' ' << asked.resource;
    EXPECT_NE(decision(second.policies), Decision::Allowed) << asked.action << ' ' << asked.resource;
}

const std::string bucket = R"("Resource":"arn:aws:s3:::bucket/*")";

INSTANTIATE_TEST_SUITE_P(
    All, Subset,
    testing::Values(
        SubsetCase{"Itself", readAll, readAll, true},
        SubsetCase{"Nothing", deny(R"("Action":"*","Resource":"*")"), readAll, true},
        SubsetCase{"OfEverything", readAll, allow(R"("Action":"*","Resource":"*")"), true},
        SubsetCase{"EverythingOfLess", allow(R"("Action":"*","Resource":"*")"), readAll, false},
        SubsetCase{"OneActionMore", allow(R"("Action":["s3:GetObject","s3:PutObject"],)" + bucket), readAll, false},
        SubsetCase{"AWildcardOfActions", allow(R"("Action":"s3:Get*",)" + bucket), allow(R"("Action":"s3:*",)" + bucket), true},
        SubsetCase{"AWildcardOfMoreActions", allow(R"("Action":"s3:*",)" + bucket), allow(R"("Action":"s3:Get*",)" + bucket),
                   false},
        SubsetCase{"NotActionOfNotAction", allow(R"("NotAction":["iam:*","ec2:*"],"Resource":"*")"),
                   allow(R"("NotAction":"iam:*","Resource":"*")"), true},
        SubsetCase{"NotActionOfASmallerOne", allow(R"("NotAction":"iam:*","Resource":"*")"),
                   allow(R"("NotAction":["iam:*","ec2:*"],"Resource":"*")"), false},
        SubsetCase{"AllButSomeOfAWildcard", allow(R"("NotAction":"iam:*","Resource":"*")"),
                   allow(R"("Action":"s3:*","Resource":"*")"), false},
        SubsetCase{"ActionsThatOnlyTheResourceNames", allow(R"("Action":"*","Resource":"arn:aws:ec2:*:*:instance/*")"),
                   allow(R"("Action":"s3:*","Resource":"*")"), false},
        SubsetCase{"ActionsWithoutResourceApart", allow(R"("Action":"s3:*","Resource":"*")"),
                   allow(R"("Action":["s3:ListAllMyBuckets","s3:A*","s3:B*","s3:C*"],"Resource":"*")"), false},
        SubsetCase{"AWildcardForServices", allow(R"("Action":"*","Resource":"*")"),
                   allow(R"("Action":["s3:*","ec2:*"],"Resource":"*")"), false},
        SubsetCase{"OneObject", allow(R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/a")"), readAll, true},
        SubsetCase{"ManyObjects", readAll,
                   allow(R"("Action":"s3:GetObject","Resource":["arn:aws:s3:::bucket/","arn:aws:s3:::bucket/x*"])"), false},
        SubsetCase{
            "AllButTwoLetters", readAll,
            allow(
                R"("Action":"s3:GetObject","Resource":["arn:aws:s3:::bucket/","arn:aws:s3:::bucket/x*","arn:aws:s3:::bucket/z*"])"),
            false},
        SubsetCase{"AtLeastOneLetter", readAll, allow(R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/?*")"), false},
        SubsetCase{
            "ManyObjectsByQuestionMarks", readAll,
            allow(
                R"("Action":"s3:GetObject","Resource":["arn:aws:s3:::bucket/","arn:aws:s3:::bucket/?","arn:aws:s3:::bucket/??"])"),
            false},
        SubsetCase{"QuestionMarksThatCoverAll", readAll,
                   allow(R"("Action":"s3:GetObject","Resource":["arn:aws:s3:::bucket/","arn:aws:s3:::bucket/?*"])"), true, false},
        SubsetCase{"ADenialInTheFirst", readAll + "," + deny(R"("Action":"s3:*","Resource":"arn:aws:s3:::bucket/secret/*")"),
                   readAll, true},
        SubsetCase{"ADenialInTheSecond", readAll, readAll + "," + deny(R"("Action":"s3:*","Resource":"arn:aws:s3:::*/secret/*")"),
                   false},
        SubsetCase{"ADenialElsewhere", readAll, readAll + "," + deny(R"("Action":"s3:*","Resource":"arn:aws:s3:::other/*")"),
                   true},
        SubsetCase{"TheSameDenial", readAll + "," + deny(R"("Action":"s3:*","Resource":"arn:aws:s3:::bucket/s*")"),
                   readAll + "," + deny(R"("Action":"s3:*","Resource":"arn:aws:s3:::bucket/s*")"), true, false},
        SubsetCase{"NotResource", readAll, allow(R"("Action":"s3:GetObject","NotResource":"arn:aws:s3:::bucket/secret")"), false},
        SubsetCase{"NotResourceElsewhere", readAll, allow(R"("Action":"s3:GetObject","NotResource":"arn:aws:s3:::other/*")"),
                   true, false},
        SubsetCase{"UnderACondition",
                   allow(R"("Action":"s3:GetObject","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}},)" + bucket),
                   readAll, true},
        SubsetCase{"OfACondition", readAll,
                   allow(R"("Action":"s3:GetObject","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}},)" + bucket),
                   false},
        SubsetCase{
            "OfAWiderCondition",
            allow(R"("Action":"s3:GetObject","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}},)" + bucket),
            allow(R"("Action":"s3:GetObject","Condition":{"StringLike":{"aws:PrincipalTag/team":["pay*","x"]}},)" + bucket),
            true},
        SubsetCase{"OfANarrowerCondition",
                   allow(R"("Action":"s3:GetObject","Condition":{"StringLike":{"aws:PrincipalTag/team":"p*"}},)" + bucket),
                   allow(R"("Action":"s3:GetObject","Condition":{"StringLike":{"aws:PrincipalTag/team":"pay*"}},)" + bucket),
                   false},
        SubsetCase{"OfANarrowerNetwork",
                   allow(R"("Action":"s3:GetObject","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}},)" + bucket),
                   allow(R"("Action":"s3:GetObject","Condition":{"IpAddress":{"aws:SourceIp":"10.1.0.0/16"}},)" + bucket), false},
        SubsetCase{
            "OfALaterDate",
            allow(R"("Action":"s3:GetObject","Condition":{"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}},)" + bucket),
            allow(R"("Action":"s3:GetObject","Condition":{"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}},)" + bucket),
            true}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(SubsetOfRoles, saysWhenBoundsWereHit) {
    std::string many;
    for (int i = 0; i < 300; ++i)
        many +=
            (i == 0 ? "" : ",") + allow(R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::b)" + std::to_string(i) + R"(/*")");
    const SubsetAnswer answer = isSubset(reach(many), reach(many), &catalogue(), {.trials = 50, .changes = 200});
    EXPECT_TRUE(answer.holds());
    EXPECT_FALSE(answer.exhaustive);
    EXPECT_FALSE(isSubset(reach(allow(R"("Action":"nobody-knows:A*","Resource":"*")")),
                          reach(allow(R"("Action":"*","Resource":"*")")), nullptr)
                     .exhaustive);
}

TEST(SubsetOfRoles, asksEachRoleAsItself) {
    const std::string own =
        R"({"Effect":"Allow","Action":"iam:GetRole","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/reader"}}})";
    EXPECT_TRUE(isSubset(reach(own), reach(own), &catalogue()).holds());
    EXPECT_FALSE(isSubset(reach(own), reach(own, "arn:aws:iam::111122223333:role/writer"), &catalogue()).holds());
    // The bucket is the first role's, which does not let other accounts in.
    EXPECT_FALSE(isSubset(reach(readAll), reach(readAll, "arn:aws:iam::444455556666:role/reader"), &catalogue()).holds());
}

// Random small policies against random requests: no request may contradict a subset that is said to hold for certain.
TEST(SubsetOfRoles, isContradictedByNoRequest) {
    std::mt19937 random(20261124);
    const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
    const std::vector<std::string> actions{"s3:GetObject",     "s3:PutObject", "s3:Get*", "s3:*Object", "s3:*", "*",
                                           "ec2:RunInstances", "S3:getobject"};
    const std::vector<std::string> resources{"*",
                                             "arn:aws:s3:::b/*",
                                             "arn:aws:s3:::b/a",
                                             "arn:aws:s3:::*/a*",
                                             "arn:aws:s3:::b/a*",
                                             "arn:aws:s3:::c/*",
                                             "arn:aws:s3:::b/*/c",
                                             "arn:aws:s3:::*"};
    const auto policy = [&] {
        std::string all;
        for (std::size_t i = 0, n = 1 + random() % 3; i < n; ++i) {
            const bool denies = i > 0 && random() % 4 == 0;
            all += (i == 0 ? "" : ",") + std::string(denies ? R"({"Effect":"Deny",)" : R"({"Effect":"Allow",)");
            all += (random() % 6 == 0 ? R"("NotAction":")" : R"("Action":")") + pick(actions) + R"(",)";
            all += (random() % 8 == 0 ? R"("NotResource":")" : R"("Resource":")") + pick(resources) + '"';
            if (random() % 4 == 0)
                all += R"(,"Condition":{"StringLike":{"aws:PrincipalTag/t":")" + pick({"p", "p*", "*", "q"}) + R"("}})";
            all += '}';
        }
        return all;
    };
    std::size_t certain = 0, failing = 0;
    for (int round = 0; round < 400; ++round) {
        const std::string one = policy(), other = policy();
        const Reach first = reach(one), second = reach(other);
        const SubsetAnswer answer = isSubset(first, second, &catalogue());
        failing += answer.holds() ? 0 : 1;
        if (!answer.holds() || !answer.exhaustive) continue;
        ++certain;
        for (int i = 0; i < 500; ++i) {
            Request request = {
                first.principal,
                pick({"s3:GetObject", "s3:PutObject", "s3:GetBucketAcl", "s3:DeleteObject", "ec2:RunInstances", "iam:GetRole"}),
                "arn:aws:s3:::",
                "",
                {},
                {}};
            for (std::size_t length = random() % 6; length > 0; --length)
                request.resource += pick({"a", "b", "c", "/", "d", "b/", "/c"});
            const std::string service = request.action.substr(0, request.action.find(':'));
            if (service != "s3") request.resource = "arn:aws:" + service + ":eu-west-1:111122223333:" + pick({"a", "b/a", "c/d"});
            if (random() % 8 == 0) request.resource = "*";
            if (random() % 2 == 0) request.context.set("aws:PrincipalTag/t", pick({"p", "pay", "q", "z"}));
            RequestView view(request, WorldRules{true, {}});
            if (decide(view, first.policies).decision != Decision::Allowed) continue;
            ASSERT_EQ(decide(view, second.policies).decision, Decision::Allowed)
                << request.action << ' ' << request.resource << '\n'
                << one << '\n'
                << other;
        }
    }
    EXPECT_GT(certain, 40U);
    EXPECT_GT(failing, 100U);
}

TEST(CommonText, isMatchedByBothOrIsNone) {
    const Context nothing;
    const Scope scope(nothing, {}, true);
    const auto matches = [&](const std::string& pattern, const std::string& text) {
        return Pattern(pattern, {.wildcards = true, .variables = false, .foldCase = false}).matches(text, scope) == Truth::True;
    };
    const std::vector<std::string> patterns{"",    "*",   "a",   "a*",  "*a", "*a*b*", "?",     "??",
                                            "a?c", "abc", "*bc", "ab*", "b*", "*/x/*", "a/*/c", "a/x/*"};
    for (const std::string& one : patterns) {
        for (const std::string& other : patterns) {
            const auto text = commonText(one, other);
            if (text) {
                EXPECT_TRUE(matches(one, *text) && matches(other, *text)) << one << " and " << other << ": " << *text;
                continue;
            }
            // Nothing over a small alphabet fits both either.
            std::vector<std::string> words{""};
            for (std::size_t i = 0; i < words.size() && words[i].size() < 4; ++i)
                for (const char letter : std::string("abcx/")) words.push_back(words[i] + letter);
            for (const std::string& word : words)
                EXPECT_FALSE(matches(one, word) && matches(other, word)) << one << " and " << other << ": " << word;
        }
    }
}

} // namespace
} // namespace gw::policy
