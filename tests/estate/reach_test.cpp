// Reach: the cases that people would look for first.
#include "models/estate/question.h"
#include "models/estate/reach.h"
#include "tests/estate/made_estate.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::estate {
namespace {

using namespace test;
using policy::Decision;

// What most people come for.
class Organization : public testing::Test {
protected:
    Organization() {
        addOrganization(parts_);
        Role support = role(one, "support", samlTrust(one, ours), {allow("execute-api:Invoke", api + "/prod/POST/refunds")});
        Role deployer =
            role(one, "deployer", samlTrust(one, ours), {allow("sts:AssumeRole", "arn:aws:iam::222222222222:role/release")});
        Role release = role(two, "release", trust(R"({"AWS":"arn:aws:iam::111111111111:role/deployer"})", "sts:AssumeRole"),
                            {allow("lambda:InvokeFunction", function)});
        parts_.assignments = {assignment("g-1", support), assignment("Deployers", deployer)};
        parts_.directoryGroups.push_back({"g-1", "Support-Tier2", {"u-1", "u-2"}, true, {}});
        parts_.people.push_back({"u-1", "lena@example.com", "Lena", {"g-1"}, true, {}});
        parts_.roles = {support, deployer, release};
        Resource rest = resource(ResourceKind::RestApi, api, one, "");
        rest.id = "api1";
        parts_.resources = {rest, route("POST", "/refunds"), route("GET", "/refunds/{id}"), route("ANY", "/{proxy+}"),
                            resource(ResourceKind::Function, function, two, "")};
    }
    EstateParts parts_;
};

std::vector<std::pair<StepKind, std::string>> steps(const std::vector<Step>& path) {
    std::vector<std::pair<StepKind, std::string>> all;
    for (const Step& each : path) all.emplace_back(each.kind, each.id);
    return all;
}

// Of a session of the role support, as Explain asks.
Question asked(const std::string& action, const std::string& resource, const Estate& estate) {
    return makeQuestion(estate, policy::Request{*policy::Principal::parse("arn:aws:sts::111111111111:assumed-role/support/lena"), action, resource, "", {}, {}});
}

// Of what is asked about; the organization of these tests has no control policies to be known.
std::vector<Missing> gapsOf(const Question& question) {
    std::vector<Missing> all;
    for (const Gap& each : question.gaps)
        if (each.what != Missing::Scp) all.push_back(each.what);
    return all;
}

TEST_F(Organization, AGroupComesThroughProviderRoleSessionAndPolicy) {
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("execute-api:Invoke", refunds);
    ASSERT_EQ(who.rows.size(), 3U);
    const WhoCan& group = who.rows.front();
    EXPECT_EQ(group.principal, "group:Support-Tier2");
    EXPECT_EQ(group.people, 2U);
    EXPECT_EQ(group.decision, Decision::Allowed);
    EXPECT_EQ(steps(group.path), (std::vector<std::pair<StepKind, std::string>>{
                                     {StepKind::Group, "Support-Tier2"},
                                     {StepKind::Provider, provider(one)},
                                     {StepKind::Assume, "arn:aws:iam::111111111111:role/support"},
                                     {StepKind::Session, "arn:aws:sts::111111111111:assumed-role/support/*"},
                                     {StepKind::Policy, "p0"}}));
    ASSERT_EQ(group.conditions.size(), 1U);
    EXPECT_EQ(group.conditions.front().key, "SAML:aud");
    EXPECT_EQ(group.conditions.front().op, "StringEquals");
    EXPECT_EQ(who.rows[1].kind, ReachKind::Federated);
    EXPECT_EQ(who.rows[1].principal, provider(one));
    EXPECT_EQ(who.rows[2].principal, "arn:aws:iam::111111111111:role/support");
    EXPECT_EQ(who.summary.allowed, 3U);
    EXPECT_TRUE(who.summary.unknown.empty());
}

TEST_F(Organization, AChainOfRolesIsAPath) {
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("lambda:InvokeFunction", function, From::parse("group:Deployers"));
    ASSERT_EQ(who.rows.size(), 1U);
    std::vector<std::string> assumed;
    for (const Step& each : who.rows.front().path)
        if (each.kind == StepKind::Assume) assumed.push_back(each.id);
    EXPECT_EQ(assumed,
              (std::vector<std::string>{"arn:aws:iam::111111111111:role/deployer", "arn:aws:iam::222222222222:role/release"}));
    const Reach::What what = reach.whatCan(*From::parse("group:Deployers"), "lambda:InvokeFunction");
    ASSERT_EQ(what.rows.size(), 1U);
    EXPECT_EQ(what.rows.front().resource, function);
}

TEST_F(Organization, APersonHasWhatHisGroupsHave) {
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const auto from = From::parse("person:lena@example.com");
    EXPECT_EQ(reach.whoCan("execute-api:Invoke", refunds, from).rows.size(), 1U);
    const Reach::What what = reach.whatCan(*from, "execute-api:*");
    ASSERT_EQ(what.rows.size(), 1U);
    EXPECT_EQ(what.rows.front().resource, refunds);
    EXPECT_FALSE(reach.whatCan(*From::parse("person:nobody")).known);
    EXPECT_FALSE(reach.whoCan("execute-api:Invoke", refunds, From::parse("group:nobody")).known);
}

struct RouteCase {
    const char* written;
    const char* path;
};

TEST_F(Organization, RoutesAreFoundAsApiGatewayFindsThem) {
    const Estate estate(std::move(parts_));
    const Reach reach(estate, open);
    for (const RouteCase& each :
         {RouteCase{"POST /refunds", "/prod/POST/refunds"}, RouteCase{"GET /refunds/42", "/prod/GET/refunds/{id}"},
          RouteCase{"GET /refunds/{id}", "/prod/GET/refunds/{id}"}, RouteCase{"GET /a/b", "/prod/ANY/{proxy+}"},
          RouteCase{"DELETE /refunds", "/prod/ANY/{proxy+}"}})
        EXPECT_EQ(reach.resourcesCalled(each.written), std::vector<std::string>{api + each.path}) << each.written;
    EXPECT_EQ(reach.resourcesCalled(refunds), std::vector<std::string>{refunds});
    EXPECT_TRUE(reach.resourcesCalled("nonsense").empty());
}

TEST_F(Organization, AParameterOfARouteIsMatchedByWildcardsOnly) {
    parts_.roles[0].policies.inlinePolicies = {document("one", allow("execute-api:Invoke", api + "/prod/GET/refunds/42"))};
    parts_.roles[1].policies.inlinePolicies = {document("all", allow("execute-api:Invoke", api + "/prod/GET/refunds/*"))};
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("execute-api:Invoke", refund);
    EXPECT_TRUE(std::all_of(who.rows.begin(), who.rows.end(),
                            [](const WhoCan& each) { return each.principal.find("support") == std::string::npos; }));
    EXPECT_EQ(reach
                  .whoCan("execute-api:Invoke", api + "/prod/GET/refunds/42",
                          From::parse("role:arn:aws:iam::111111111111:role/support"))
                  .rows.size(),
              1U);
}

// Both the service's policy and that of the network by which calls come must allow.
TEST_F(Organization, ALatticeServiceIsReachedThroughItsNetwork) {
    const std::string service = "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-1";
    const std::string network = "arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetwork/sn-1";
    const std::string support = "arn:aws:iam::111111111111:role/support";
    const auto lets = [](const std::string& who) {
        return R"({"Effect":"Allow","Principal":{"AWS":")" + who + R"("},"Action":"vpc-lattice-svcs:Invoke","Resource":"*"})";
    };
    struct Case {
        const char* serviceAuth;
        std::string servicePolicy;
        const char* networkAuth;
        std::string networkPolicy;
        bool reaches;
    };
    parts_.roles[0].policies.inlinePolicies.push_back(document("lattice", allow("vpc-lattice-svcs:Invoke", "*")));
    ASSERT_EQ(parts_.roles[0].arn, support);
    for (const Case& each :
         {Case{"AWS_IAM", lets(support), "NONE", "", true}, Case{"AWS_IAM", lets(support), "AWS_IAM", lets(support), true},
          Case{"AWS_IAM", lets(support), "AWS_IAM", lets("222222222222"), false},
          Case{"AWS_IAM", lets(support), "AWS_IAM", "", false},
          Case{"AWS_IAM", lets("222222222222"), "AWS_IAM", lets(support), false},
          Case{"NONE", "", "AWS_IAM", lets(support), true}, Case{"NONE", "", "AWS_IAM", lets("222222222222"), false}}) {
        EstateParts parts = parts_;
        Resource made = resource(ResourceKind::LatticeService, service, one, each.servicePolicy);
        made.authorization.type = each.serviceAuth;
        parts.resources.push_back(made);
        made = resource(ResourceKind::ServiceNetwork, network, one, each.networkPolicy);
        made.authorization.type = each.networkAuth;
        parts.resources.push_back(made);
        made = resource(ResourceKind::NetworkAssociation,
                        "arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetworkserviceassociation/snsa-1", one, "");
        made.parent = network;
        made.spec = R"({"serviceArn":")" + service + "\"}";
        parts.resources.push_back(made);
        const Estate estate(std::move(parts));
        Reach reach(estate, open);
        const Reach::Who who = reach.whoCan("vpc-lattice-svcs:Invoke", service, From::parse("role:" + support));
        EXPECT_EQ(!who.rows.empty(), each.reaches) << each.serviceAuth << " " << each.networkAuth << " " << each.networkPolicy;
        const Question question = asked("vpc-lattice-svcs:Invoke", service, estate);
        EXPECT_EQ(conclude(question, open).decision == Decision::Allowed, each.reaches) << each.serviceAuth << " " << each.networkAuth;
        EXPECT_TRUE(gapsOf(question).empty());
        const bool told = std::any_of(question.told.begin(), question.told.end(), [](const ToldKey& key) { return key.key == "vpc-lattice-svcs:ServiceNetworkArn"; });
        EXPECT_EQ(told, std::string_view(each.networkAuth) == "AWS_IAM");
    }
}

TEST_F(Organization, AnOpenRouteIsForAnyone) {
    parts_.resources[1].authorization.type = "NONE";
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("execute-api:Invoke", refunds);
    ASSERT_FALSE(who.rows.empty());
    EXPECT_EQ(who.rows.back().kind, ReachKind::Anyone);
    EXPECT_EQ(who.rows.back().principal, "*");
    EXPECT_EQ(who.rows.back().decision, Decision::Allowed);
}

TEST_F(Organization, ThroughWhichOfTwoNetworksACallComesIsAsked) {
    const std::string service = "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-1";
    const std::string lets = R"({"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*"})";
    parts_.roles[0].policies.inlinePolicies.push_back(document("lattice", allow("vpc-lattice-svcs:Invoke", "*")));
    Resource made = resource(ResourceKind::LatticeService, service, one, lets);
    made.authorization.type = "AWS_IAM";
    parts_.resources.push_back(made);
    for (const std::string& name : {std::string("sn-1"), std::string("sn-2")}) {
        const std::string network = "arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetwork/" + name;
        made = resource(ResourceKind::ServiceNetwork, network, one, name == "sn-1" ? lets : "");
        made.authorization.type = "AWS_IAM";
        parts_.resources.push_back(made);
        made = resource(ResourceKind::NetworkAssociation, "arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetworkserviceassociation/" + name, one, "");
        made.parent = network;
        made.spec = R"({"serviceArn":")" + service + "\"}";
        parts_.resources.push_back(made);
    }
    const Estate estate(std::move(parts_));
    const Question question = asked("vpc-lattice-svcs:Invoke", service, estate);
    EXPECT_EQ(gapsOf(question), std::vector{Missing::NetworkPolicy});
    EXPECT_EQ(conclude(question, open).decision, Decision::Depends);
    policy::Request told = question.request;
    const policy::Key key("vpc-lattice-svcs:ServiceNetworkArn");
    told.context.set(key, policy::ContextValue::one("arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetwork/sn-1"));
    EXPECT_EQ(conclude(makeQuestion(estate, told), open).decision, Decision::Allowed);
    told.context.set(key, policy::ContextValue::one("arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetwork/sn-2"));
    EXPECT_EQ(conclude(makeQuestion(estate, told), open).decision, Decision::ImplicitlyDenied);
}

TEST_F(Organization, OfARouteWithAnAuthorizerPoliciesSayNothing) {
    parts_.resources[1].authorization = {"JWT", "auth1", {"refunds.write"}, false};
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("execute-api:Invoke", refunds);
    ASSERT_EQ(who.rows.size(), 1U);
    EXPECT_EQ(who.rows.front().kind, ReachKind::Federated);
    EXPECT_EQ(who.rows.front().decision, Decision::Depends);
    EXPECT_EQ(who.rows.front().conditions,
              (std::vector<ConditionText>{{"scope", "ForAnyValue:StringEquals", {"refunds.write"}}}));
    EXPECT_TRUE(reach.whatCan(*From::parse("role:arn:aws:iam::111111111111:role/support"), "execute-api:Invoke").rows.empty());
}

TEST_F(Organization, ServicesAndOtherAccountsComeByAResourcePolicy) {
    parts_.resources[4].policy = document(
        "fn",
        R"({"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":")" +
            api + R"(/*"}}},
           {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:role/guest"},"Action":"lambda:InvokeFunction","Resource":"*"})");
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("lambda:InvokeFunction", function);
    const auto find = [&](const std::string& principal) {
        return *std::find_if(who.rows.begin(), who.rows.end(), [&](const WhoCan& each) { return each.principal == principal; });
    };
    const WhoCan service = find("apigateway.amazonaws.com");
    EXPECT_EQ(service.kind, ReachKind::Service);
    EXPECT_EQ(service.dependsOn, std::vector<std::string>{"aws:SourceArn"});
    const WhoCan guest = find("arn:aws:iam::333333333333:role/guest");
    EXPECT_EQ(guest.kind, ReachKind::Role);
    EXPECT_EQ(guest.decision, Decision::Depends);
    const auto& unknown = who.summary.unknown;
    EXPECT_TRUE(std::any_of(unknown.begin(), unknown.end(), [](const Gap& each) { return each.what == Missing::Principal; }));
}

TEST_F(Organization, WhatIsNotKnownIsToldAndMakesItDepend) {
    parts_.roles[0].policies.attached.push_back("arn:aws:iam::aws:policy/NotRead");
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::Who who = reach.whoCan("execute-api:Invoke", refunds);
    EXPECT_EQ(who.summary.allowed, 0U);
    EXPECT_EQ(who.summary.depends, 3U);
    ASSERT_EQ(who.summary.unknown.size(), 1U);
    EXPECT_EQ(who.summary.unknown.front().what, Missing::ManagedPolicy);
}

TEST_F(Organization, WithoutACatalogueWhatPoliciesSpellOutIsTried) {
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    const Reach::What what = reach.whatCan(*From::parse("role:arn:aws:iam::111111111111:role/support"));
    ASSERT_EQ(what.rows.size(), 1U);
    EXPECT_EQ(what.rows.front().action, "execute-api:Invoke");
}

TEST_F(Organization, StoppingLeavesAnAnswerThatIsNotKept) {
    const Estate estate(std::move(parts_));
    Reach reach(estate, open);
    EXPECT_TRUE(reach.whoCan("execute-api:Invoke", refunds, std::nullopt, [](double) { return false; }).rows.empty());
    EXPECT_EQ(reach.whoCan("execute-api:Invoke", refunds).rows.size(), 3U);
}

TEST(From, IsReadStrictly) {
    EXPECT_EQ(From::parse("group:A b")->name, "A b");
    EXPECT_EQ(From::parse("role:arn:aws:iam::111111111111:role/x")->kind, From::Kind::Role);
    EXPECT_EQ(From::parse("arn:aws:iam::111111111111:user/x")->kind, From::Kind::User);
    EXPECT_EQ(From::parse("arn:aws:sts::111111111111:assumed-role/x/y")->kind, From::Kind::Role);
    for (const char* each : {"", "group:", "role:", "role:x", "nobody", "arn:aws:s3:::b"})
        EXPECT_FALSE(From::parse(each)) << each;
}

} // namespace
} // namespace gw::estate
