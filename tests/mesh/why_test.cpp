// Why and why not: each layer that can stop something, the edge that it hangs on, and edits that were tried.
#include "models/estate/estate_reader.h"
#include "models/mesh/why/denial.h"
#include "models/mesh/why/why.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::mesh {
namespace {

using policy::Decision;

const std::string proxies = std::string(test::shop) + std::string(test::ledger) + R"(when = { header.X-Tenant = ["eu"] }

[[edge]]
id = "E9"
effect = "deny"
who = "orders-web"
may = ["GET"]
on = "ledger-internal"
paths = ["/entries/secret"]
)";

Result<Why> ask(WhyQuestion question, std::string_view map = proxies) {
    return why(map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value(), question);
}

std::string joined(const std::vector<EdgeId>& edges) {
    std::string text;
    for (const EdgeId& edge : edges) text += (text.empty() ? "" : " ") + edge.value();
    return text;
}

// "trust identity": the layers that stop the best way.
std::string stopping(const Why& why) {
    std::string text;
    if (why.ways.empty()) return "nothing leads there";
    for (const Hop& hop : why.ways.front().hops)
        for (const LayerSays& says : hop.layers)
            if (says.stops) text.append(text.empty() ? "" : " ").append(whyLayerName(says.layer));
    return text;
}

struct Case {
    const char* what;
    WhyQuestion question;
    Decision decision;
    const char *lets, *stops, *layers, *fix;
};

class Questions : public testing::TestWithParam<Case> {};

TEST_P(Questions, AreAnswered) {
    const Case& each = GetParam();
    const auto answer = ask(each.question);
    ASSERT_TRUE(answer) << answer.error().chain() << " " << answer.error().fact("seen");
    EXPECT_EQ(policy::decisionName(answer->decision), policy::decisionName(each.decision));
    EXPECT_EQ(joined(answer->lets), each.lets);
    EXPECT_EQ(joined(answer->stops), each.stops);
    EXPECT_EQ(stopping(*answer), each.layers);
    std::string fix;
    if (!answer->fixes.empty())
        for (const MapEdit& edit : answer->fixes.front().edits)
            fix.append(fix.empty() ? "" : " ")
                .append(mapEditName(edit.kind))
                .append(" ")
                .append(edit.edge.value())
                .append(" ")
                .append(edit.value.substr(0, edit.value.find('\n')));
    EXPECT_EQ(fix, each.fix);
}

INSTANTIATE_TEST_SUITE_P(
    All, Questions,
    testing::Values(
        Case{"conditions", {"payments-ops", "GET", "refunds", "/refunds/7", {}}, Decision::Depends, "E1", "", "", ""},
        Case{"by_name_and_lower_case", {"Payments-Ops", "get", "refunds", "/refunds/7", {}}, Decision::Depends, "E1", "", "", ""},
        Case{"method",
             {"payments-ops", "DELETE", "refunds", "/refunds/7", {}},
             Decision::ImplicitlyDenied,
             "E1",
             "",
             "identity",
             "add_may E1 DELETE"},
        Case{"path",
             {"payments-ops", "GET", "refunds", "/refunds", {}},
             Decision::ImplicitlyDenied,
             "E1",
             "",
             "identity",
             "add_path E1 /refunds"},
        Case{"denial",
             {"payments-ops", "POST", "refunds", "/refunds/admin/1", {}},
             Decision::ExplicitlyDenied,
             "E1",
             "E2",
             "identity",
             "remove_denial E2 "},
        Case{"not_given_the_role",
             {"group:Finance", "GET", "refunds", "/refunds/7", {}},
             Decision::ImplicitlyDenied,
             "E1",
             "",
             "assignment",
             "add_who E1 group:Finance"},
        Case{"claim", {"contractors", "GET", "refunds", "/refunds/7", {}}, Decision::Depends, "E1", "", "", ""},
        Case{"another_account", {"auditor", "GET", "refunds", "/refunds/7", {}}, Decision::Allowed, "E3", "", "", ""},
        Case{"another_account_method",
             {"auditor", "PUT", "refunds", "/refunds/7", {}},
             Decision::ImplicitlyDenied,
             "",
             "",
             "resource identity",
             "add_may E3 PUT"},
        Case{"action", {"orders-web", "s3:GetObject", "arn:aws:s3:::ledger/*", "", {}}, Decision::Allowed, "E5", "", "", ""},
        Case{"action_not",
             {"orders-web", "s3:PutObject", "arn:aws:s3:::ledger/*", "", {}},
             Decision::ImplicitlyDenied,
             "",
             "",
             "identity",
             "add_may E5 s3:PutObject"},
        Case{"lattice", {"orders-web", "GET", "payments", "/orders/1", {}}, Decision::Depends, "E4", "", "", ""},
        Case{"lattice_not",
             {"orders-web", "GET", "payments", "/admin", {}},
             Decision::ImplicitlyDenied,
             "",
             "",
             "network resource identity",
             "add_path E4 /admin"},
        Case{"function", {"service:events.amazonaws.com", "invoke", "settle", "", {}}, Decision::Allowed, "E6", "", "", ""},
        Case{"function_not",
             {"service:s3.amazonaws.com", "invoke", "settle", "", {}},
             Decision::ImplicitlyDenied,
             "",
             "",
             "resource",
             "add_who E6 service:s3.amazonaws.com"},
        Case{"task", {"payments-ops", "run", "reports", "", {}}, Decision::Depends, "E1 E7", "", "", ""},
        Case{"take_a_role", {"payments-ops", "assume", "operator", "", {}}, Decision::Allowed, "E1", "", "", ""},
        Case{"not_take_a_role",
             {"group:Finance", "assume", "operator", "", {}},
             Decision::ImplicitlyDenied,
             "E1",
             "",
             "assignment",
             "new_edge E10 [[edge]]"},
        Case{"envoy",
             {"spiffe://corp/orders-web", "GET", "ledger-internal", "/entries/1", {}},
             Decision::Depends,
             "E8",
             "",
             "",
             ""},
        Case{"envoy_not",
             {"orders-web", "POST", "ledger-internal", "/entries/1", {}},
             Decision::ImplicitlyDenied,
             "",
             "",
             "envoy istio",
             "add_may E8 POST"},
        Case{"envoy_denied",
             {"orders-web", "GET", "ledger-internal", "/entries/secret", {}},
             Decision::ExplicitlyDenied,
             "",
             "E9",
             "envoy istio",
             "remove_denial E9 "}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST(Why, ContextTurnsWhatDepends) {
    WhyQuestion question{"payments-ops", "GET", "refunds", "/refunds/7", {}};
    question.context.set("aws:MultiFactorAuthPresent", "true");
    question.context.set("aws:PrincipalTag/team", "core");
    EXPECT_EQ(ask(question)->decision, Decision::Allowed);
    question.context.set("aws:PrincipalTag/team", "sales");
    const auto answer = ask(question);
    EXPECT_EQ(answer->decision, Decision::ImplicitlyDenied);
    EXPECT_EQ(stopping(*answer), "identity");
}

TEST(Why, AnExpiredEdgeIsToldAsSuch) {
    const auto answer = why(test::shop, nullptr, UtcTime::parse("2027-11-30T12:00:00Z").value(),
                            {"payments-ops", "GET", "refunds", "/refunds/7", {}});
    ASSERT_TRUE(answer) << answer.error().chain();
    ASSERT_FALSE(answer->fixes.empty());
    EXPECT_EQ(answer->fixes.front().edits.front().kind, MapEdit::Kind::Renew);
    EXPECT_EQ(answer->fixes.front().edits.front().edge.value(), "E1");
}

TEST(Why, RolesOneAfterTheOtherAreAWay) {
    const std::string text =
        std::string(test::shop) + "[[edge]]\nid = \"E8\"\nwho = \"operator\"\nmay = \"assume\"\non = \"auditor\"\n";
    const auto answer = ask({"payments-ops", "GET", "refunds", "/refunds", {}}, text);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->decision, Decision::Allowed);
    ASSERT_EQ(answer->ways.front().steps.size(), 4U);
    EXPECT_EQ(answer->ways.front().steps[2].name, "auditor");
}

TEST(Why, WhatATargetCannotHoldIsToldAndAccepting) {
    const std::string text =
        std::string(test::shop) +
        "[[edge]]\nid = \"E8\"\nwho = \"orders-web\"\nmay = \"GET\"\non = \"refunds\"\npaths = [\"/refunds/{id}/lines\"]\n";
    const auto answer = ask({"orders-web", "GET", "refunds", "/refunds/{id}/lines", {}}, text);
    ASSERT_TRUE(answer) << answer.error().chain();
    EXPECT_EQ(answer->decision, Decision::ImplicitlyDenied);
    std::string lost;
    for (const LayerSays& says : answer->ways.front().hops.front().layers)
        for (const std::string& each : says.lost) lost += each + ";";
    EXPECT_NE(lost.find("E8: path-template"), std::string::npos) << lost;
}

TEST(Why, TellsWhatCannotBeAsked) {
    const auto code = [](WhyQuestion question) {
        const auto answer = ask(std::move(question));
        return answer ? std::string("answered") : answer.error().code().id();
    };
    EXPECT_EQ(code({"payments-opz", "GET", "refunds", "", {}}), "why.unknown_who");
    EXPECT_EQ(ask({"payments-opz", "GET", "refunds", "", {}}).error().fact("near"), "payments-ops");
    EXPECT_EQ(code({"payments-ops", "GET", "refundz", "", {}}), "why.unknown_thing");
    EXPECT_EQ(code({"payments-ops", "GET", "ledger", "", {}}), "why.several");
    EXPECT_EQ(code({"payments-ops", "GET", "refunds", "/a/../b", {}}), "why.bad_path");
    EXPECT_EQ(code({"payments-ops", "invoke", "refunds", "", {}}), "map.bad_value");
    EXPECT_EQ(code({"payments-ops", "fly", "refunds", "", {}}), "map.bad_value");
    EXPECT_EQ(code({"payments-ops", "GET", "refunds", "", {}}), "why.needs_path");
    EXPECT_EQ(code({"orders-web", "*", "payments", "/orders/1", {}}), "why.needs_method");
    // Outside of what the route has.
    EXPECT_EQ(code({"payments-ops", "GET", "refunds", "/other", {}}), "map.bad_value");
}

// An estate whose role orders-task may do what `identity` says, and whose bucket policies are none.
std::shared_ptr<const estate::Estate> estateWith(const std::string& identity) {
    estate::EstateReader reader;
    reader.addText(
        "get-account-authorization-details.json",
        R"({"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[{"Path":"/","RoleName":"orders-task","RoleId":"AROAORDERS",)"
        R"("Arn":"arn:aws:iam::111122223333:role/orders-task","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":)"
        R"({"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}},"RolePolicyList":)"
        R"([{"PolicyName":"own","PolicyDocument":{"Version":"2012-10-17","Statement":)" +
            identity + R"(}}],"AttachedManagedPolicies":[],"Tags":[]}],"Policies":[]})");
    return reader.finish();
}

struct Beside {
    const char *what, *identity, *may;
    Decision decision;
    bool edgeless, fixed;
};
class StatementsOfOthers : public testing::TestWithParam<Beside> {};

// They stay when the map is put in place: their denials stop what edges let, and what they let is no edge's.
TEST_P(StatementsOfOthers, StandBesideTheMaps) {
    const Beside& each = GetParam();
    const auto estate = estateWith(each.identity);
    const auto answer = why(proxies, estate.get(), UtcTime::parse("2026-11-30T12:00:00Z").value(),
                            {"orders-web", each.may, "arn:aws:s3:::ledger/*", "", {}});
    ASSERT_TRUE(answer) << answer.error().chain();
    EXPECT_EQ(policy::decisionName(answer->decision), policy::decisionName(each.decision));
    ASSERT_FALSE(answer->ways.empty());
    ASSERT_FALSE(answer->ways.front().hops.empty());
    EXPECT_EQ(answer->ways.front().hops.front().edgeless, each.edgeless);
    EXPECT_EQ(!answer->fixes.empty(), each.fixed);
}

INSTANTIATE_TEST_SUITE_P(
    All, StatementsOfOthers,
    testing::Values(
        Beside{"nothing_about_it", R"({"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"})", "s3:GetObject",
               Decision::Allowed, false, false},
        Beside{"allow_what_no_edge_does", R"({"Effect":"Allow","Action":"*","Resource":"*"})", "s3:PutObject",
               Decision::ImplicitlyDenied, true, true},
        Beside{"allow_what_an_edge_does", R"({"Effect":"Allow","Action":"*","Resource":"*"})", "s3:GetObject", Decision::Allowed,
               false, false},
        Beside{"deny_what_an_edge_lets", R"({"Effect":"Deny","Action":"s3:*","Resource":"*"})", "s3:GetObject",
               Decision::ExplicitlyDenied, false, false},
        Beside{"deny_what_an_edge_would_let", R"({"Effect":"Deny","Action":"s3:Put*","Resource":"*"})", "s3:PutObject",
               Decision::ExplicitlyDenied, false, false},
        // Of an earlier state of the map: a plan takes it away.
        Beside{"a_denial_of_the_maps_own", R"({"Sid":"gwE99","Effect":"Deny","Action":"s3:*","Resource":"*"})", "s3:GetObject",
               Decision::Allowed, false, false}),
    [](const auto& tested) { return std::string(tested.param.what); });

struct Pasted {
    const char *what, *text, *who, *may, *on, *path, *named;
};
class Denials : public testing::TestWithParam<Pasted> {};

TEST_P(Denials, AreRead) {
    const auto reading = readMap(proxies);
    const auto denial = readPastedDenial(GetParam().text, reading->map, nullptr);
    ASSERT_TRUE(denial) << denial.error().chain();
    EXPECT_EQ(denial->question.who, GetParam().who);
    EXPECT_EQ(denial->question.may, GetParam().may);
    EXPECT_EQ(denial->question.on, GetParam().on);
    EXPECT_EQ(denial->question.path, GetParam().path);
    EXPECT_EQ(joined(denial->named), GetParam().named);
}

INSTANTIATE_TEST_SUITE_P(
    All, Denials,
    testing::Values(
        Pasted{
            "api_gateway",
            R"({"Message":"User: arn:aws:sts::111122223333:assumed-role/payments-operator/lea is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/DELETE/refunds/7 because no identity-based policy allows the execute-api:Invoke action"})",
            "arn:aws:sts::111122223333:assumed-role/payments-operator/lea", "DELETE", "refunds", "/refunds/7", ""},
        Pasted{
            "api_gateway_anonymous",
            R"({"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:111122223333:zzzz/prod/GET/x with an explicit deny"})",
            "anyone", "GET", "route:zzzz/prod", "/x", ""},
        Pasted{"lattice",
               "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/orders-task/abc is not authorized to "
               "perform: vpc-lattice-svcs:Invoke on resource: "
               "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/catalogdetail because no service-based "
               "policy allows the vpc-lattice-svcs:Invoke action",
               "arn:aws:sts::111122223333:assumed-role/orders-task/abc", "", "payments", "/catalogdetail", ""},
        Pasted{
            "envoy_line",
            R"({"time":"2026-11-30T12:00:00Z","method":"GET","path":"/entries/secret?x=1","status":403,"detail":"rbac_access_denied_matched_policy[gwE9_orders-web->ledger-internal_GET]","peer":"spiffe://corp/orders-web"})",
            "spiffe://corp/orders-web", "GET", "ledger-internal", "/entries/secret", "E9"},
        Pasted{"envoy_words", "403 rbac_access_denied_matched_policy[gwE9 orders-web]", "orders-web", "GET", "ledger-internal",
               "", "E9"},
        Pasted{"envoy_several_methods", "403 rbac_access_denied_matched_policy[gwE4 orders-web]", "orders-web", "", "payments", "",
               "E4"},
        Pasted{
            "envoy_none",
            R"({"method":"POST","path":"/x","detail":"rbac_access_denied_matched_policy[none]","peer":"spiffe://corp/orders-web"})",
            "spiffe://corp/orders-web", "POST", "ledger-internal", "/x", ""},
        Pasted{
            "cloudtrail",
            R"({"eventSource":"lambda.amazonaws.com","eventName":"Invoke","errorCode":"AccessDenied","sourceIPAddress":"192.0.2.9","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea"},"resources":[{"ARN":"arn:aws:lambda:eu-west-1:111122223333:function:settle"}]})",
            "arn:aws:sts::111122223333:assumed-role/payments-operator/lea", "invoke",
            "arn:aws:lambda:eu-west-1:111122223333:function:settle", "", ""},
        Pasted{
            "cloudtrail_sign_in",
            R"({"Records":[{"eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithSAML","errorCode":"AccessDenied","userIdentity":{"type":"SAMLUser","userName":"lea@example.com"},"requestParameters":{"roleArn":"arn:aws:iam::111122223333:role/payments-operator"}}]})",
            "person:lea@example.com", "assume", "role:arn:aws:iam::111122223333:role/payments-operator", "", ""},
        Pasted{
            "decoded",
            R"({"allowed":false,"explicitDeny":true,"matchedStatements":{"items":[{"statementId":"gwE2","effect":"DENY"}]},"context":{"principal":{"arn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea"},"action":"execute-api:Invoke","resource":"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds/admin/1","conditions":{"items":[]}}})",
            "arn:aws:sts::111122223333:assumed-role/payments-operator/lea", "POST", "refunds", "/refunds/admin/1", "E2"}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST(Denials, OthersAreRefusedByName) {
    const auto reading = readMap(proxies);
    const auto code = [&](std::string_view text) {
        const auto denial = readPastedDenial(text, reading->map, nullptr);
        return denial ? std::string("read") : denial.error().code().id();
    };
    EXPECT_EQ(code("hello"), "why.not_a_denial");
    EXPECT_EQ(code(""), "why.not_a_denial");
    EXPECT_EQ(code("{"), "why.not_a_denial");
    EXPECT_EQ(code(R"({"message":"Forbidden"})"), "why.names_nothing");
    EXPECT_EQ(code(R"({"message":"Missing Authentication Token"})"), "why.names_nothing");
    EXPECT_EQ(code("You are not authorized to perform this operation. Encoded authorization failure message: AQIDBAUG"),
              "why.encoded");
    EXPECT_EQ(code(std::string(2U << 20U, 'x')), "why.not_a_denial");
}

// Whoever pastes one gets the answer that the question would have had.
TEST(Denials, AnswerAsQuestions) {
    const auto reading = readMap(proxies);
    const auto denial = readPastedDenial(
        R"({"method":"GET","path":"/entries/secret","detail":"rbac_access_denied_matched_policy[gwE9 x]","peer":"spiffe://corp/orders-web"})",
        reading->map, nullptr);
    ASSERT_TRUE(denial);
    const auto answer = ask(denial->question);
    ASSERT_TRUE(answer) << answer.error().chain();
    EXPECT_EQ(joined(answer->stops), "E9");
}

TEST(EdgesNamed, OnlyWholeWordsThatTheMapHas) {
    const auto reading = readMap(proxies);
    EXPECT_EQ(joined(edgesNamedIn("sid gwE1 and \"gwE2gwE3\", xgwE4, gwE99, gwE5Part2.", reading->map)), "E1 E2 E3 E5");
}

} // namespace
} // namespace gw::mesh
