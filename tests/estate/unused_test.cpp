// What nobody uses, the evidence for it, and tighter policies that are proved before they are proposed.
#include "models/estate/estate_parts.h"
#include "models/estate/question.h"
#include "models/estate/unused/report.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

namespace gw::estate {
namespace {

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);
const std::string arn = "arn:aws:iam::111111111111:role/r";

const policy::Catalogue& catalogue() {
    static const std::unique_ptr<policy::Catalogue> read = [] {
        std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl", std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return std::move(*policy::Catalogue::read(text.str()));
    }();
    return *read;
}

policy::WorldRules world() {
    return {false, now, &catalogue()};
}

EstateParts parts(const std::vector<std::string>& statements) {
    EstateParts made;
    Role role;
    role.arn = arn;
    role.account = "111111111111";
    role.name = "r";
    role.path = "/";
    PolicyDocument document;
    document.name = "own";
    std::string all;
    for (const std::string& each : statements) all += (all.empty() ? "" : ",") + each;
    document.text = R"({"Version":"2012-10-17","Statement":[)" + all + "]}";
    role.policies.inlinePolicies.push_back(document);
    made.roles.push_back(role);
    return made;
}

std::string allow(const std::string& actions) {
    return R"({"Effect":"Allow","Action":)" + actions + R"(,"Resource":"*"})";
}

void used(EstateParts& parts, const std::string& action) {
    parts.usage.principals[arn].actions[action] = {now - std::chrono::hours(24), 3, 0, {}};
    parts.usage.principals[arn].last = now - std::chrono::hours(24);
    parts.usage.events = 100;
}

TEST(Activity, TheLatestOfAllSourcesCounts) {
    EstateParts made = parts({allow(R"("s3:*")")});
    made.roles[0].created = "2024-01-01 09:00:00+00:00";
    EXPECT_FALSE(activityOf(Estate(EstateParts(made)), made.roles[0]).unusedSince());
    made.roles[0].lastUsedKnown = true;
    {
        const Estate estate{EstateParts(made)};
        const RoleActivity never = activityOf(estate, estate.roles()[0]);
        EXPECT_FALSE(never.last);
        EXPECT_EQ(never.unusedSince()->toRfc3339(), "2024-01-01T09:00:00Z");
    }
    made.roles[0].lastUsed = "2026-02-01T00:00:00Z";
    made.usage.services[arn]["s3"] = UtcTime::parse("2026-03-01T00:00:00Z").value();
    const Estate estate(std::move(made));
    const RoleActivity both = activityOf(estate, estate.roles()[0]);
    EXPECT_EQ(both.last->toRfc3339(), "2026-03-01T00:00:00Z");
    EXPECT_EQ(both.evidence.size(), 2U);
}

TEST(Permissions, ServicesAreUnusedOnlyWhereSomethingTells) {
    EstateParts made = parts({allow(R"(["s3:Get*","sqs:*","ec2:DescribeVpcs"])")});
    EXPECT_TRUE(permissionUse(Estate(EstateParts(made)), made.roles[0]).evidence.empty());
    made.usage.services[arn] = {{"s3", now}, {"sqs", std::nullopt}};
    const Estate estate(std::move(made));
    const PermissionUse use = permissionUse(estate, estate.roles()[0]);
    EXPECT_EQ(use.granted, (std::vector<std::string>{"ec2", "s3", "sqs"}));
    EXPECT_EQ(use.unusedServices, std::vector<std::string>{"sqs"}); // nothing tells of ec2
}

TEST(Permissions, WhatWasUsedLongAgoIsNotUsed) {
    EstateParts made = parts({allow(R"(["s3:*","sqs:*","ec2:*"])")});
    made.usage.services[arn] = {{"s3", now}, {"sqs", now - std::chrono::hours(24 * 120)}, {"ec2", now - std::chrono::hours(24 * 30)}};
    const Estate estate(std::move(made));
    EXPECT_TRUE(permissionUse(estate, estate.roles()[0]).unusedServices.empty());
    EXPECT_EQ(permissionUse(estate, estate.roles()[0], now - std::chrono::hours(24 * 90)).unusedServices, std::vector<std::string>{"sqs"});
}

// Stale, with something unused, used, and one of which nothing tells; what AWS links to its services is left out.
TEST(Report, TellsWhatIsUnusedApartFromWhatNobodyKnows) {
    EstateParts made = parts({allow(R"(["s3:*","sqs:*"])")});
    const auto add = [&](const std::string& name, const std::string& lastUsed, bool told) {
        Role role = made.roles[0];
        role.name = name;
        role.arn = "arn:aws:iam::111111111111:role/" + name;
        role.lastUsed = lastUsed;
        role.lastUsedKnown = told;
        made.roles.push_back(role);
    };
    made.roles[0].lastUsed = now.toRfc3339();
    made.roles[0].lastUsedKnown = true;
    made.usage.services[arn] = {{"s3", now}, {"sqs", std::nullopt}};
    add("stale", "2026-01-01T00:00:00Z", true);
    add("fresh", now.toRfc3339(), true);
    add("dark", "", false);
    add("linked", "", false);
    made.roles.back().path = "/aws-service-role/x.amazonaws.com/";
    made.roles.back().arn = "arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/linked";
    const Estate estate(std::move(made));
    const UnusedReport report = unusedIn(estate, world());
    ASSERT_EQ(report.roles.size(), 2U);
    EXPECT_EQ(report.roles[0].role->name, "r");
    EXPECT_FALSE(report.roles[0].isStale);
    EXPECT_EQ(report.roles[0].use.unusedServices, std::vector<std::string>{"sqs"});
    ASSERT_TRUE(report.roles[0].tightening);
    EXPECT_TRUE(report.roles[0].tightening->isProved());
    EXPECT_EQ(report.roles[1].role->name, "stale");
    EXPECT_TRUE(report.roles[1].isStale);
    ASSERT_EQ(report.untold.size(), 1U);
    EXPECT_EQ(report.untold[0]->name, "dark");
    EXPECT_EQ(report.looked, 4U);
    UnusedLimits only;
    only.only = report.roles[1].role->arn;
    EXPECT_EQ(unusedIn(estate, world(), only).looked, 1U);
    EXPECT_FALSE(unusedIn(estate, world(), {}, [](double) { return false; }).complete);
}

TEST(Tighten, KeepsWhatWasUsedAndWhatNothingSees) {
    EstateParts made = parts({allow(R"(["ec2:*","sqs:*","s3:*","iam:PassRole"])")});
    used(made, "ec2:DescribeVpcs");
    used(made, "s3:CreateBucket");
    made.usage.services[arn] = {{"ec2", now}, {"sqs", std::nullopt}, {"s3", now}, {"iam", std::nullopt}};
    const Estate estate(std::move(made));
    const auto tightening = tighten(estate, estate.roles()[0], world());
    ASSERT_TRUE(tightening);
    EXPECT_TRUE(tightening->isProved());
    ASSERT_EQ(tightening->policies.size(), 1U);
    const auto json = parseJson(tightening->policies[0].text);
    ASSERT_TRUE(json);
    const auto actions = (*json)["Statement"][0]["Action"].get<std::vector<std::string>>();
    const auto has = [&](const std::string& action) {
        return std::find(actions.begin(), actions.end(), action) != actions.end();
    };
    EXPECT_TRUE(has("ec2:DescribeVpcs"));
    EXPECT_TRUE(has("s3:CreateBucket"));
    EXPECT_TRUE(has("s3:GetObject")); // no event tells of it
    EXPECT_TRUE(has("iam:PassRole")); // nor of this, whatever Access Advisor says
    EXPECT_FALSE(has("s3:DeleteBucket"));
    EXPECT_FALSE(has("ec2:RunInstances"));
    EXPECT_TRUE(std::none_of(actions.begin(), actions.end(), [](const std::string& each) { return each.starts_with("sqs:"); }));
}

TEST(Tighten, SaysNothingWithoutEvidenceAndLeavesDenialsAlone) {
    EstateParts made = parts({allow(R"("ec2:*")"), R"({"Effect":"Deny","Action":"ec2:TerminateInstances","Resource":"*"})"});
    EXPECT_FALSE(tighten(Estate(EstateParts(made)), made.roles[0], world()));
    used(made, "ec2:DescribeVpcs");
    const Estate estate(std::move(made));
    const auto tightening = tighten(estate, estate.roles()[0], world());
    ASSERT_TRUE(tightening);
    EXPECT_NE(tightening->policies[0].text.find("TerminateInstances"), std::string::npos);
    EXPECT_TRUE(tightening->isProved());
}

TEST(Tighten, APolicyThatOthersHaveIsNotTouched) {
    EstateParts made = parts({allow(R"("ec2:DescribeVpcs")")});
    ManagedPolicy shared;
    shared.arn = "arn:aws:iam::111111111111:policy/shared";
    shared.account = "111111111111";
    shared.document.arn = shared.arn;
    shared.document.text = R"({"Version":"2012-10-17","Statement":)" + allow(R"("ec2:*")") + "}";
    made.managedPolicies.push_back(shared);
    made.roles[0].policies.attached.push_back(shared.arn);
    Role other = made.roles[0];
    other.arn = "arn:aws:iam::111111111111:role/other";
    other.name = "other";
    made.roles.push_back(other);
    used(made, "ec2:DescribeVpcs");
    EXPECT_FALSE(tighten(Estate(EstateParts(made)), Estate(EstateParts(made)).roles()[0], world()));
    made.roles.pop_back();
    const Estate estate(std::move(made));
    const auto tightening = tighten(estate, estate.roles()[0], world());
    ASSERT_TRUE(tightening);
    EXPECT_EQ(tightening->policies[0].document->id(), shared.arn);
}

// Whatever was used is allowed afterwards, by the evaluator and not by the proof's own word.
TEST(TightenProperty, EveryUseIsStillAllowed) {
    const std::vector<std::string> actions{"ec2:DescribeVpcs", "ec2:RunInstances", "sqs:CreateQueue", "sns:ListTopics",
                                           "s3:CreateBucket"};
    const std::vector<std::string> pool{allow(R"("ec2:*")"), allow(R"(["sqs:Create*","sns:*"])"), allow(R"("*")"),
                                        allow(R"("s3:Create*")"),
                                        R"({"Effect":"Deny","Action":"ec2:RunInstances","Resource":"*"})"};
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        EstateParts made = parts({pool[random() % pool.size()], pool[random() % pool.size()]});
        const Estate probe{EstateParts(made)};
        std::vector<std::string> uses;
        for (const std::string& each : actions) {
            const Question question = makeQuestion(probe, policy::Request{*policy::Principal::parse(arn), each, "*", {}, {}, {}});
            if (random() % 2 == 0 ||
                policy::answer(question.request, world(), question.policies).decision != policy::Decision::Allowed)
                continue;
            uses.push_back(each);
            used(made, each);
        }
        const Estate estate{EstateParts(made)};
        const auto tightening = tighten(estate, estate.roles()[0], world());
        if (!tightening) continue;
        EXPECT_TRUE(tightening->isProved()) << "seed " << seed;
        EstateParts after = made;
        if (tightening->policies[0].text.empty())
            after.roles[0].policies.inlinePolicies.clear();
        else
            after.roles[0].policies.inlinePolicies[0].text = tightening->policies[0].text;
        const Estate tightened(std::move(after));
        for (const std::string& each : uses) {
            const Question question =
                makeQuestion(tightened, policy::Request{*policy::Principal::parse(arn), each, "*", {}, {}, {}});
            EXPECT_EQ(policy::answer(question.request, world(), question.policies).decision, policy::Decision::Allowed)
                << "seed " << seed << " " << each;
        }
    }
}

} // namespace
} // namespace gw::estate
