// Drift: access that was gained and lost, with witnesses that the evaluator answers differently on the two sides.
#include "models/estate/drift.h"
#include "models/estate/estate_parts.h"
#include "models/estate/question.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gw::estate {
namespace {

const policy::WorldRules open{false, UtcTime::fromUnixSeconds(1'795'521'600), nullptr};
const std::string account = "111111111111";
const std::string provider = "arn:aws:iam::111111111111:saml-provider/idp";

PolicyDocument document(const std::string& name, const std::string& statements, const std::string& arn = {}) {
    PolicyDocument made;
    made.name = name;
    made.arn = arn;
    made.text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    return made;
}

std::string allow(const std::string& action, const std::string& resource = "*") {
    return R"({"Effect":"Allow","Action":")" + action + R"(","Resource":")" + resource + "\"}";
}

std::string samlTrust(const std::string& condition) {
    return R"({"Effect":"Allow","Principal":{"Federated":")" + provider + R"("},"Action":"sts:AssumeRoleWithSAML","Condition":)" +
           condition + "}";
}

constexpr const char* audience = R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}})";

Role role(const std::string& name, const std::string& trust, const std::string& statements) {
    Role made;
    made.account = account;
    made.name = name;
    made.path = "/";
    made.arn = "arn:aws:iam::111111111111:role/" + name;
    made.trust = document(name, trust);
    made.policies.inlinePolicies.push_back(document("own", statements));
    return made;
}

EstateParts parts(std::vector<Role> roles) {
    EstateParts made;
    Assignment assignment;
    assignment.group = "g";
    assignment.provider = provider;
    for (const Role& each : roles) {
        assignment.role = each.arn;
        made.assignments.push_back(assignment);
    }
    made.directoryGroups.push_back({"g", "Payments", {"u1", "u2", "u3"}, true, {}});
    for (const char* each : {"u1", "u2", "u3", "u4"})
        made.people.push_back({each, std::string(each) + "@example.com", {}, {}, true, {}});
    made.roles = std::move(roles);
    return made;
}

std::vector<Drift> between(EstateParts before, EstateParts after) {
    return driftBetween(Estate(std::move(before)), Estate(std::move(after)), open).drifts;
}

TEST(Drift, OtherTextWithTheSameMeaningIsNone) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.inlinePolicies = {
        document("renamed", R"({ "Sid":"x", "Resource":["*"], "Action":["s3:GetObject"], "Effect":"Allow" })")};
    after.roles[0].trust = document(
        "r",
        R"( {"Condition":{"StringEquals":{"saml:AUD":["https://signin.aws.amazon.com/saml"]}},"Effect":"Allow","Principal":{"Federated":[")" +
            provider + R"("]},"Action":["sts:AssumeRoleWithSAML"]})");
    const DriftReport report = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open);
    EXPECT_TRUE(report.drifts.empty());
    EXPECT_EQ(report.compared, 1U);
    EXPECT_EQ(report.changed, 1U);
}

TEST(Drift, PermissionsAreGainedAndLostByThePeopleBehindTheRole) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.inlinePolicies = {document("own", allow("s3:PutObject"))};
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 2U);
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].cause, DriftCause::Permissions);
    EXPECT_EQ(foldedAscii(drifts[0].action), "s3:putobject");
    EXPECT_EQ(drifts[0].groups, std::vector<std::string>{"Payments"});
    EXPECT_EQ(drifts[0].people, 3U);
    EXPECT_EQ(drifts[1].direction, DriftDirection::Lost);
    EXPECT_EQ(foldedAscii(drifts[1].action), "s3:getobject");
}

TEST(Drift, ADeletedConditionOfTrustIsGained) {
    EstateParts before = parts({role(
        "r",
        samlTrust(R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml","saml:edupersonaffiliation":"staff"}})"),
        allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].trust = document("r", samlTrust(audience));
    const auto drifts = between(before, after);
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].cause, DriftCause::Trust);
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].principal, provider);
    EXPECT_EQ(drifts[0].people, 3U);
    const auto back = between(after, before);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].direction, DriftDirection::Lost);
}

TEST(Drift, ANewPrincipalOfTrustIsNamed) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].trust = document(
        "r", samlTrust(audience) + R"(,{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"})");
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].principal, "arn:aws:iam::999999999999:root");
    EXPECT_EQ(drifts[0].action, "sts:AssumeRole");
    EXPECT_EQ(drifts[0].resource, "arn:aws:iam::111111111111:role/r");
}

TEST(Drift, AResourceThatOpensIsGained) {
    EstateParts before = parts({});
    Resource function;
    function.kind = ResourceKind::Function;
    function.arn = "arn:aws:lambda:eu-west-1:111111111111:function:f";
    function.account = account;
    function.policyKnown = true;
    function.policy = document(
        "f", R"({"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*"})");
    before.resources.push_back(function);
    EstateParts after = before;
    after.resources[0].policy =
        document("f", R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"})");
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 1U); // the service is among everybody
    EXPECT_EQ(drifts[0].principal, "*");
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].cause, DriftCause::ResourcePolicy);
    EXPECT_EQ(drifts[0].action, "lambda:InvokeFunction");
}

TEST(Drift, AssignmentsMembersAndExistence) {
    EstateParts before = parts(
        {role("old", samlTrust(audience), allow("s3:GetObject")), role("kept", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = parts(
        {role("kept", samlTrust(audience), allow("s3:GetObject")), role("new", samlTrust(audience), allow("s3:GetObject"))});
    after.directoryGroups[0].members = {"u1", "u2", "u4"};
    const auto drifts = between(std::move(before), std::move(after));
    const auto has = [&](DriftCause cause, DriftDirection direction, const std::string& principal) {
        return std::count_if(drifts.begin(), drifts.end(), [&](const Drift& each) {
            return each.cause == cause && each.direction == direction && each.principal == principal;
        });
    };
    EXPECT_EQ(has(DriftCause::Existence, DriftDirection::Gained, "arn:aws:iam::111111111111:role/new"), 1);
    EXPECT_EQ(has(DriftCause::Existence, DriftDirection::Lost, "arn:aws:iam::111111111111:role/old"), 1);
    EXPECT_EQ(has(DriftCause::Assignment, DriftDirection::Gained, "group:Payments"), 1);
    EXPECT_EQ(has(DriftCause::Assignment, DriftDirection::Lost, "group:Payments"), 1);
    EXPECT_EQ(has(DriftCause::Membership, DriftDirection::Gained, "person:u4@example.com"), 1);
    EXPECT_EQ(has(DriftCause::Membership, DriftDirection::Lost, "person:u3@example.com"), 1);
    EXPECT_EQ(drifts.size(), 6U);
}

TEST(Drift, WhatOnlyOneSideKnowsIsNotCalledAChange) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.attached.push_back("arn:aws:iam::aws:policy/NotRead");
    const DriftReport report = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open);
    EXPECT_TRUE(report.drifts.empty());
    ASSERT_EQ(report.unknown.size(), 1U);
    EXPECT_EQ(report.unknown[0].what, Missing::ManagedPolicy);
}

// As templates and states are: what they do not have is not new, and the organization's policies are not theirs to tell.
TEST(Drift, APartTellsOnlyOfWhatItHas) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    before.roles[0].arn = "arn:aws:iam::111111111111:role/deployed/r";
    EstateParts after = parts({role("r", samlTrust(audience), allow("s3:PutObject")), role("beside", samlTrust(audience), allow("s3:*"))});
    DriftBounds part;
    part.isPart = true;
    const auto drifts = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open, {}, part).drifts;
    ASSERT_EQ(drifts.size(), 2U);
    for (const Drift& each : drifts) {
        EXPECT_EQ(each.cause, DriftCause::Permissions);
        EXPECT_EQ(each.object, "arn:aws:iam::111111111111:role/r");
    }
}

TEST(Drift, CanBeStopped) {
    EstateParts some = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EXPECT_FALSE(driftBetween(Estate(EstateParts(some)), Estate(EstateParts(some)), open, [](double) { return false; }).complete);
    std::vector<double> told;
    EXPECT_TRUE(driftBetween(Estate(EstateParts(some)), Estate(EstateParts(some)), open, [&](double part) { told.push_back(part); return true; }).complete);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_EQ(told.back(), 1.0);
}

// Every witness of permissions is answered differently on the two sides, and an estate does not drift from itself.
TEST(DriftProperty, WitnessesHold) {
    const std::vector<std::string> pool{
        allow("s3:*"), allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("sqs:SendMessage"),
        R"({"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"})",
        R"({"Effect":"Allow","Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}})"};
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        const auto some = [&] {
            EstateParts made = parts({role("r", samlTrust(audience), pool[random() % pool.size()])});
            made.roles[0].policies.inlinePolicies.push_back(document("more", pool[random() % pool.size()]));
            return made;
        };
        const EstateParts before = some(), after = some();
        const Estate one{EstateParts(before)}, other{EstateParts(after)};
        EXPECT_TRUE(driftBetween(one, Estate(EstateParts(before)), open).drifts.empty()) << "seed " << seed;
        for (const Drift& each : driftBetween(one, other, open).drifts) {
            policy::Request request{*policy::Principal::parse(each.principal), each.action, each.resource, {}, {}, {}};
            for (const auto& [key, values] : each.context) request.context.set(key, values.front());
            const auto ask = [&](const Estate& side) {
                const Question question = makeQuestion(side, request);
                return policy::answer(question.request, {}, question.policies).decision == policy::Decision::Allowed;
            };
            EXPECT_EQ(ask(other), each.direction == DriftDirection::Gained)
                << "seed " << seed << " " << each.action << " " << each.resource;
            EXPECT_EQ(ask(one), each.direction == DriftDirection::Lost)
                << "seed " << seed << " " << each.action << " " << each.resource;
        }
    }
}

} // namespace
} // namespace gw::estate
