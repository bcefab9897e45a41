// What has to change, found by edge ids and by meaning; nobody else's statements are lost on the way.
#include "models/estate/review/settings.h"
#include "models/mesh/plan/calls.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/impact.h"
#include "models/mesh/plan/permission.h"
#include "models/mesh/plan/plan_file.h"
#include "tests/mesh/generated_map.h"
#include "tests/mesh/plan_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gw::mesh {
namespace {

using test::compiled;
using test::document;
using test::foundations;
using test::planOf;
using test::stepOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const UtcTime noon = UtcTime::parse("2026-11-30T12:00:00Z").value();

std::string mapWith(std::string_view edges) {
    return std::string(test::things) + std::string(edges);
}
std::string edge(std::string_view id, std::string_view rest) {
    return "[[edge]]\nid = \"" + std::string(id) + "\"\n" + std::string(rest) + "\n";
}
const std::string reads = edge("E1", "who = \"one\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::ledger/*\"");

// Steps taken in memory until nothing is left to do; what is left is returned.
std::string afterwards(const test::Compiled& map, const estate::Estate& before) {
    const Plan first = planOf(map, before);
    const estate::Estate after = estateAfter(before, first.steps);
    return test::written(planOf(map, after).steps);
}

TEST(Meaning, SeesThroughSpelling) {
    const std::string one = R"({"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},
        "Action":["s3:GetObject","S3:putobject"],"Resource":"arn:aws:s3:::b/*","Condition":{"ArnEquals":{"aws:SourceArn":["x"]}}},
        {"Sid":"b","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]})";
    const std::string other = R"({"Version":"2012-10-17","Id":"x","Statement":[{"Action":["s3:*"],"Effect":"Deny","Principal":{"AWS":["*"]},"Resource":["*"],"Sid":"b"},
        {"Condition":{"ArnLike":{"AWS:SourceARN":"x"}},"Resource":["arn:aws:s3:::b/*"],"Action":["s3:PutObject","s3:GetObject","s3:GetObject"],
         "Principal":{"AWS":["111122223333"]},"Effect":"Allow","Sid":"a"}]})";
    EXPECT_EQ(canonicalPolicy(one), canonicalPolicy(other));
    EXPECT_EQ(canonicalPolicy("%7B%22Statement%22%3A%5B%5D%7D"), canonicalPolicy(R"({"Statement":[]})"));
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"Deny", "Allow"}, {"s3:*", "s3:Get*"}, {"b/*", "B/*"}, {"\"x\"", "\"y\""}, {"2012-10-17", "2008-10-17"}, {"\"a\"", "\"c\""}, {"ArnEquals", "ArnNotEquals"}}) {
        std::string changed = one;
        changed.replace(changed.find(from), from.size(), to);
        EXPECT_NE(canonicalPolicy(changed), canonicalPolicy(one)) << from;
    }
}

TEST(Plan, OfAnEstateThatHoldsItAllIsEmpty) {
    const test::Compiled map = compiled(mapWith(reads));
    const estate::Estate before(foundations());
    EXPECT_EQ(afterwards(map, before), "");
    // In whatever spelling.
    estate::EstateParts parts = foundations();
    parts.roles[1].policies.inlinePolicies.push_back(document(
        R"({"Statement":{"Resource":["arn:aws:s3:::ledger/*"],"Action":["s3:getobject"],"Effect":"Allow","Sid":"gwE1"},"Version":"2012-10-17"})", "anything"));
    const Plan plan = planOf(map, estate::Estate(std::move(parts)));
    EXPECT_EQ(test::written(plan.steps), "");
    EXPECT_FALSE(plan.changes());
}

TEST(Plan, CreatesBesideWhatOthersWrote) {
    const Plan plan = planOf(compiled(mapWith(reads)), estate::Estate(foundations()));
    ASSERT_EQ(test::written(plan.steps), "create inline-policy arn:aws:iam::111122223333:role/one gatewarden\n");
    const Step& step = plan.steps.front();
    EXPECT_EQ(step.before, "");
    EXPECT_THAT(step.edges, ElementsAre(EdgeId("E1")));
    EXPECT_THAT(callNames(step), ElementsAre("iam:PutRolePolicy"));
    EXPECT_THAT(step.notes, ElementsAre(StepNote::Grants));
    // The quota is for all inline policies of a role together.
    EXPECT_EQ(step.size, step.after.size() + canonicalPolicy(test::foreignPermissions).size() - std::string("2012-10-17\n").size() +
                             std::string(R"({"Version":"2012-10-17","Statement":[]})").size() - 4 /* lists of one value */);
    EXPECT_EQ(step.quota, 10'240U);
}

TEST(Plan, FindsItsStatementsWhateverThePolicyIsCalled) {
    estate::EstateParts parts = foundations();
    parts.roles[1].policies.inlinePolicies.push_back(document(
        R"({"Version":"2012-10-17","Statement":[{"Sid":"Mine","Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Sid":"gwE1","Effect":"Allow","Action":"s3:*","Resource":"*"}]})",
        "from-terraform"));
    const Plan plan = planOf(compiled(mapWith(reads)), estate::Estate(std::move(parts)));
    ASSERT_EQ(test::written(plan.steps), "replace inline-policy arn:aws:iam::111122223333:role/one from-terraform\n");
    const Step& step = plan.steps.front();
    EXPECT_EQ(step.foreign, 1U);
    EXPECT_THAT(step.after, HasSubstr("sqs:*"));
    EXPECT_THAT(step.after, HasSubstr("ledger"));
    EXPECT_THAT(step.after, Not(HasSubstr("s3:*")));
    EXPECT_THAT(step.notes, ElementsAre(StepNote::KeepsForeign, StepNote::Grants, StepNote::TakesAway));
}

TEST(Plan, TakesOverWhatSaysTheSame) {
    estate::EstateParts parts = foundations();
    parts.roles[1].policies.inlinePolicies.push_back(
        document(R"({"Version":"2012-10-17","Statement":[{"Sid":"ByHand","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::ledger/*"}]})", "gatewarden"));
    const Plan plan = planOf(compiled(mapWith(reads)), estate::Estate(std::move(parts)));
    ASSERT_EQ(plan.steps.size(), 1U);
    EXPECT_EQ(plan.steps.front().foreign, 0U);
    EXPECT_THAT(plan.steps.front().notes, ElementsAre(StepNote::Renames));
    EXPECT_EQ(plan.steps.front().risk, Risk::Low);
}

TEST(Plan, RemovesWhatNoEdgeWantsAnyMore) {
    const test::Compiled wide = compiled(mapWith(reads + edge("E2", "who = \"two\"\nmay = \"GET\"\non = \"orders\"") +
                                                 edge("E3", "who = \"one\"\nmay = \"GET\"\non = \"svc\"") +
                                                 edge("E4", "who = \"service:events.amazonaws.com\"\nmay = \"invoke\"\non = \"f0\"") +
                                                 edge("E5", "who = \"two\"\nmay = \"assume\"\non = \"one\"")));
    const estate::Estate before(foundations());
    const estate::Estate held = estateAfter(before, planOf(wide, before).steps);
    const test::Compiled narrow = compiled(mapWith(""));
    const Plan plan = planOf(narrow, held);
    EXPECT_EQ(test::written(plan.steps), "remove function-permission arn:aws:lambda:eu-west-1:111122223333:function:f0 gwE4\n"
                                         "replace trust-policy arn:aws:iam::111122223333:role/one \n"
                                         "remove inline-policy arn:aws:iam::111122223333:role/one gatewarden\n"
                                         "remove inline-policy arn:aws:iam::444455556666:role/two gatewarden\n"
                                         "remove auth-policy arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0 \n"
                                         "remove api-policy arn:aws:apigateway:eu-west-1::/restapis/aaaa \n"
                                         "replace deployment arn:aws:apigateway:eu-west-1::/restapis/aaaa prod\n");
    for (const Step& each : plan.steps)
        if (each.kind != StepKind::Deployment) {
            EXPECT_TRUE(each.has(StepNote::TakesAway)) << each.object;
        }
    const estate::Estate after = estateAfter(held, plan.steps);
    EXPECT_EQ(after.roles()[1].trust->text.find("gwE5"), std::string::npos);
    EXPECT_TRUE(isSame(StepKind::TrustPolicy, after.roles()[1].trust->text, test::foreignTrust));
}

TEST(Plan, LeavesNobodyInWhereNoStatementIsLeft) {
    estate::EstateParts parts = foundations();
    parts.roles[1].trust = document(R"({"Version":"2012-10-17","Statement":[{"Sid":"gwE9","Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}]})");
    const test::Compiled map = compiled(mapWith(""));
    const estate::Estate before(std::move(parts));
    const Plan plan = planOf(map, before);
    ASSERT_EQ(plan.steps.size(), 1U);
    EXPECT_THAT(plan.steps.front().after, HasSubstr("Deny"));
    EXPECT_EQ(plan.steps.front().change, StepChange::Replace);
    const estate::Estate after = estateAfter(before, plan.steps);
    EXPECT_EQ(test::written(planOf(map, after).steps), "");
    // Once somebody is to get in, it goes.
    const Plan next = planOf(compiled(mapWith(edge("E5", "who = \"two\"\nmay = \"assume\"\non = \"one\""))), after);
    ASSERT_NE(stepOf(next, StepKind::TrustPolicy), nullptr);
    EXPECT_THAT(stepOf(next, StepKind::TrustPolicy)->after, Not(HasSubstr("Deny")));
}

TEST(Plan, CreatesRolesOfAccountsThatWereRead) {
    const std::string text = mapWith(edge("E1", "who = \"two\"\nmay = \"assume\"\non = \"fresh\"") +
                                     edge("E2", "who = \"fresh\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::ledger/*\""));
    const test::Compiled map = compiled(text);
    Plan plan = planOf(map, estate::Estate(foundations()));
    ASSERT_FALSE(plan.steps.empty());
    EXPECT_EQ(plan.steps.front().object, "arn:aws:iam::111122223333:role/desk/fresh");
    EXPECT_THAT(callNames(plan.steps.front()), ElementsAre("iam:CreateRole"));
    EXPECT_EQ(afterwards(map, estate::Estate(foundations())), "");
    // It may be there where nothing of the account was read.
    estate::EstateParts parts = foundations();
    std::erase_if(parts.roles, [](const estate::Role& each) { return each.account == "111122223333"; });
    plan = planOf(map, estate::Estate(std::move(parts)));
    EXPECT_EQ(stepOf(plan, StepKind::TrustPolicy, "fresh"), nullptr);
    ASSERT_FALSE(plan.unplanned.empty());
    EXPECT_EQ(plan.unplanned.front().why, Unplanned::Why::NotInEstate);
    EXPECT_TRUE(plan.changes());
}

TEST(Plan, ChangesNothingThatWasNotSeen) {
    estate::EstateParts parts = foundations();
    for (estate::Role& each : parts.roles) {
        each.trust.reset();
        each.policies.known = false;
    }
    for (estate::Resource& each : parts.resources) each.policyKnown = false;
    std::erase_if(parts.resources, [](const estate::Resource& each) { return each.kind == estate::ResourceKind::Route; });
    const Plan plan = planOf(compiled(mapWith(reads + edge("E2", "who = \"two\"\nmay = \"GET\"\non = \"orders\"") +
                                              edge("E3", "who = \"one\"\nmay = \"GET\"\non = \"svc\"") +
                                              edge("E4", "who = \"service:events.amazonaws.com\"\nmay = \"invoke\"\non = \"f0\"") +
                                              edge("E5", "who = \"two\"\nmay = \"assume\"\non = \"one\""))),
                             estate::Estate(std::move(parts)));
    EXPECT_EQ(test::written(plan.steps), "");
    EXPECT_EQ(plan.unplanned.size(), 7U);
    for (const Unplanned& each : plan.unplanned) EXPECT_EQ(each.why, Unplanned::Why::NotSeen) << stepKindName(each.kind) << each.object;
}

TEST(Plan, AsksForSignaturesWhereTheMapsCallersArrive) {
    const std::string text = mapWith(edge("E1", "who = \"one\"\nmay = \"*\"\non = \"orders\"\npaths = [\"/v1/orders\", \"/v1/orders/{id}\"]\naccept = [\"apigateway: path-template\", \"iam: path-template\"]"));
    const Plan plan = planOf(compiled(text), estate::Estate(foundations()));
    std::vector<std::string> routes;
    for (const Step& each : plan.steps)
        if (each.kind == StepKind::RouteAuthorization) routes.push_back(each.name);
    // The browser's question before the call has no signature; other methods of the same paths arrive at the route around them.
    EXPECT_THAT(routes, ElementsAre("GET /v1/orders", "POST /v1/orders/{id}"));
    EXPECT_THAT(callNames(*stepOf(plan, StepKind::RouteAuthorization)), ElementsAre("apigateway:UpdateMethod"));
    EXPECT_EQ(stepOf(plan, StepKind::RouteAuthorization)->before, R"({"authorizationType":"NONE"})");
    // One deployment, of the stage that the map names, and last.
    EXPECT_EQ(plan.steps.back().kind, StepKind::Deployment);
    EXPECT_EQ(plan.steps.back().name, "prod");
    EXPECT_EQ(std::count_if(plan.steps.begin(), plan.steps.end(), [](const Step& each) { return each.kind == StepKind::Deployment; }), 1);
}

TEST(Plan, FlushesWhatAuthorizersAnsweredLastOfAll) {
    estate::EstateParts parts = foundations();
    estate::Resource authorizer;
    authorizer.kind = estate::ResourceKind::Authorizer;
    authorizer.arn = "arn:aws:apigateway:eu-west-1::/restapis/aaaa/authorizers/z";
    authorizer.parent = "arn:aws:execute-api:eu-west-1:111122223333:aaaa";
    parts.resources.push_back(authorizer);
    for (estate::Resource& each : parts.resources)
        if (each.kind == estate::ResourceKind::Route) each.authorization = {"CUSTOM", "z", {}, false};
    const Plan plan = planOf(compiled(mapWith(edge("E1", "who = \"one\"\nmay = \"GET\"\non = \"orders\"\npaths = [\"/v1/orders\"]"))), estate::Estate(std::move(parts)));
    ASSERT_GE(plan.steps.size(), 3U);
    EXPECT_EQ(plan.steps.back().kind, StepKind::CacheFlush);
    EXPECT_EQ(plan.steps[plan.steps.size() - 2].kind, StepKind::Deployment);
    const Step* route = stepOf(plan, StepKind::RouteAuthorization);
    ASSERT_NE(route, nullptr);
    EXPECT_TRUE(route->has(StepNote::ReplacesAuthorizer));
    EXPECT_EQ(route->risk, Risk::High);
}

TEST(Plan, GrantsBeforeItNarrows) {
    const estate::Estate before(foundations());
    const test::Compiled first = compiled(mapWith(reads + edge("E4", "who = \"service:events.amazonaws.com\"\nmay = \"invoke\"\non = \"f0\"")));
    const estate::Estate held = estateAfter(before, planOf(first, before).steps);
    const Plan plan = planOf(compiled(mapWith(edge("E3", "who = \"two\"\nmay = \"GET\"\non = \"svc\"") + edge("E6", "who = \"two\"\nmay = \"assume\"\non = \"fresh\""))), held);
    std::size_t narrows = plan.steps.size();
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const Step& each = plan.steps[i];
        if (each.has(StepNote::TakesAway)) narrows = std::min(narrows, i);
        if (each.has(StepNote::Grants) || each.has(StepNote::LetsIn)) {
            EXPECT_LT(i, narrows) << test::written(plan.steps);
        }
    }
    EXPECT_LT(narrows, plan.steps.size());
    EXPECT_THAT(callNames(plan.steps.front()), ElementsAre("iam:CreateRole"));
}

TEST(Plan, TellsWhatIsNotForApis) {
    const Plan plan = planOf(compiled(R"(version = 1
[[provider]]
id = "okta"
arn = "arn:aws:iam::111122223333:saml-provider/Okta"
[[role]]
id = "one"
arn = "arn:aws:iam::111122223333:role/one"
providers = ["okta"]
[[edge]]
id = "E1"
who = "group:Ops"
through = "one"
may = "s3:GetObject"
on = "arn:aws:s3:::ledger/*"
)"),
                             estate::Estate(foundations()));
    ASSERT_EQ(plan.byHand.size(), 1U);
    EXPECT_THAT(plan.byHand.front().missing, ElementsAre(std::pair<std::string, std::string>("Ops", "arn:aws:iam::111122223333:saml-provider/Okta")));
}

TEST(Plan, LeavesOtherMapsAlone) {
    estate::EstateParts parts = foundations();
    parts.roles[2].policies.inlinePolicies.push_back(document(R"({"Version":"2012-10-17","Statement":[{"Sid":"gwX1","Effect":"Allow","Action":"s3:*","Resource":"*"}]})", "gatewarden"));
    const estate::Estate estate(std::move(parts));
    const test::Compiled map = compiled(mapWith(""));
    Plan plan = planOf(map, estate);
    EXPECT_FALSE(plan.changes());
    ASSERT_EQ(plan.leftovers.size(), 1U);
    EXPECT_EQ(plan.leftovers.front().object, "arn:aws:iam::111122223333:role/w0-task");
    EXPECT_THAT(plan.leftovers.front().edges, ElementsAre(EdgeId("X1")));
    plan = planOf(map, estate, true);
    EXPECT_EQ(test::written(plan.steps), "remove inline-policy arn:aws:iam::111122223333:role/w0-task gatewarden\n");
    EXPECT_TRUE(plan.leftovers.empty());
}

TEST(Plan, NamesTheEdgesOfWhatBecomesTooLarge) {
    estate::EstateParts parts = foundations();
    parts.roles[1].policies.inlinePolicies.push_back(
        document(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::)" + std::string(10'200, 'x') + R"("}]})", "large"));
    const Plan plan = planOf(compiled(mapWith(reads)), estate::Estate(std::move(parts)));
    EXPECT_TRUE(plan.steps.empty());
    ASSERT_EQ(plan.unplanned.size(), 1U);
    EXPECT_EQ(plan.unplanned.front().why, Unplanned::Why::Quota);
    EXPECT_GT(plan.unplanned.front().size, plan.unplanned.front().quota);
    EXPECT_THAT(plan.unplanned.front().edges, ElementsAre(EdgeId("E1")));
}

TEST(Plan, MovesToManagedPoliciesAndBack) {
    std::string edges;
    for (int i = 0; i < 120; ++i)
        edges += edge("M" + std::to_string(i) + "x", "who = \"one\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::bucket-number-" + std::to_string(i) +
                                                        "/*\"\nwhen = { \"aws:PrincipalTag/t" + std::to_string(i) + "\" = \"a\" }");
    const test::Compiled large = compiled(mapWith(edges)), small = compiled(mapWith(reads));
    const estate::Estate before(foundations());
    const estate::Estate held = estateAfter(before, planOf(small, before).steps);
    const Plan there = planOf(large, held);
    const Step* create = stepOf(there, StepKind::ManagedPolicy);
    ASSERT_NE(create, nullptr) << test::written(there.steps);
    EXPECT_EQ(create->name, "arn:aws:iam::111122223333:policy/gatewarden/one-gatewarden-1");
    EXPECT_LE(create->size, 6'144U);
    EXPECT_EQ(there.steps.back().kind, StepKind::InlinePolicy);
    EXPECT_EQ(there.steps.back().change, StepChange::Remove);
    const estate::Estate after = estateAfter(held, there.steps);
    EXPECT_EQ(test::written(planOf(large, after).steps), "");
    const Plan back = planOf(small, after);
    EXPECT_THAT(callNames(back.steps.front()), ElementsAre("iam:PutRolePolicy"));
    EXPECT_THAT(callNames(back.steps.back()), ElementsAre("iam:DeletePolicy"));
    EXPECT_EQ(test::written(planOf(small, estateAfter(after, back.steps)).steps), "");
}

TEST(Plan, DoesNotReadOthersVariablesInAnotherWay) {
    estate::EstateParts parts = foundations();
    parts.resources[0].policy = document(R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:111122223333:aaaa/${stage}"}]})");
    const Plan plan = planOf(compiled(mapWith(edge("E2", "who = \"two\"\nmay = \"GET\"\non = \"orders\""))), estate::Estate(std::move(parts)));
    EXPECT_EQ(stepOf(plan, StepKind::ApiPolicy), nullptr);
    ASSERT_FALSE(plan.unplanned.empty());
    EXPECT_EQ(plan.unplanned.front().why, Unplanned::Why::Version);
}

// Over everything that policies can hold: taking the steps leaves nothing to do, and nothing of others is lost.
TEST(GeneratedPlans, LeadToWhatTheMapSays) {
    std::size_t steps = 0;
    for (std::uint32_t seed = 1; seed <= 120; ++seed) {
        const auto mapOf = [](std::uint32_t of) {
            auto reading = readMap(test::generatedMap(of));
            test::Compiled result;
            result.map = std::make_unique<Map>(std::move(reading->map));
            result.intent = resolve(*result.map, nullptr, noon);
            result.compilation = compile(result.intent, test::policyTargets);
            return result;
        };
        const test::Compiled map = mapOf(seed), former = mapOf(seed + 1'000);
        const estate::Estate bare(foundations());
        // From nothing, and from what another map left.
        const estate::Estate held = estateAfter(bare, planOf(former, bare).steps);
        for (const estate::Estate* before : {&bare, &held}) {
            const Plan plan = planOf(map, *before);
            steps += plan.steps.size();
            for (const Step& each : plan.steps) {
                EXPECT_FALSE(callNames(each).empty()) << test::written({each});
                if (each.kind == StepKind::Deployment || each.kind == StepKind::CacheFlush) continue;
                EXPECT_FALSE(isSame(each.kind, each.before, each.after)) << test::written({each});
                EXPECT_EQ(each.seen, seenDigest(each.kind, each.before));
            }
            const estate::Estate after = estateAfter(*before, plan.steps);
            EXPECT_EQ(test::written(planOf(map, after).steps), "") << "seed " << seed;
            for (const estate::Role& role : after.roles()) {
                EXPECT_THAT(role.trust->text, HasSubstr("sts:ExternalId")) << seed << role.arn;
                EXPECT_THAT(role.policies.inlinePolicies.front().text, HasSubstr("logs:PutLogEvents"));
            }
            EXPECT_THAT(after.resourceFor("arn:aws:lambda:eu-west-1:111122223333:function:f0")->policy->text, HasSubstr("AWS:SourceArn"));
            const auto saved = readPlan(writePlan({"map.toml", "d", noon, plan.steps}));
            ASSERT_TRUE(saved) << saved.error().chain();
            EXPECT_EQ(writePlan(*saved), writePlan({"map.toml", "d", noon, plan.steps}));
        }
    }
    EXPECT_GT(steps, 300U);
}

TEST(PlanFile, RefusesWhatIsNoPlan) {
    const auto code = [](std::string_view text) {
        const auto plan = readPlan(text);
        return plan ? std::string("fine") : plan.error().code().id() + " " + std::string(plan.error().fact("member"));
    };
    const Plan plan = planOf(compiled(mapWith(reads)), estate::Estate(foundations()));
    const std::string whole = writePlan({"map.toml", "d", noon, plan.steps});
    EXPECT_EQ(code(whole), "fine");
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = whole;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    EXPECT_EQ(code(""), "plan.not_a_plan ");
    EXPECT_EQ(code("{}"), "plan.not_a_plan ");
    EXPECT_EQ(code(with("\"version\":1", "\"version\":2")), "plan.newer_version ");
    EXPECT_EQ(code(with("inline-policy", "outline-policy")), "plan.malformed kind");
    EXPECT_EQ(code(with("\"before\":null", "\"before\":\"{}\"")), "plan.malformed seen");
    EXPECT_EQ(code(with("\"grants\"", "\"grunts\"")), "plan.malformed notes");
    EXPECT_EQ(code(with("s3:GetObject", "s3:PutObject")), "plan.malformed digest");
    EXPECT_EQ(code(with("map.toml", "mop.toml")), "plan.malformed digest");
    EXPECT_EQ(code(with("\"steps\":[", "\"steps\": [")), "fine");
    EXPECT_EQ(code(whole.substr(0, whole.size() / 2)), "plan.not_a_plan ");
}

TEST(Permission, IsWhatAddPermissionTakes) {
    const auto of = [](std::string_view statement) {
        const auto permission = permissionOf(parseJson(statement).value());
        return permission ? permission->dump() : std::string("none");
    };
    EXPECT_EQ(of(R"({"Sid":"gwE1","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"lambda:InvokeFunction","Condition":{"ArnLike":{"AWS:SourceArn":"arn:x"},"StringEquals":{"aws:SourceAccount":["1"]}}})"),
              R"({"StatementId":"gwE1","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com","SourceArn":"arn:x","SourceAccount":"1"})");
    EXPECT_EQ(of(R"({"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["lambda:InvokeFunction"],"Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}})"),
              R"({"StatementId":"a","Action":"lambda:InvokeFunction","Principal":"444455556666","InvokedViaFunctionUrl":true})");
    for (const char* bad : {R"({"Sid":"a","Effect":"Deny","Principal":"*","Action":"lambda:InvokeFunction"})",
                            R"({"Sid":"a","Effect":"Allow","Principal":{"AWS":["1","2"]},"Action":"lambda:InvokeFunction"})",
                            R"({"Sid":"a","Effect":"Allow","Principal":"*","Action":["lambda:InvokeFunction","lambda:GetFunction"]})",
                            R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction"})",
                            R"({"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Condition":{"StringNotEquals":{"aws:SourceAccount":"1"}}})",
                            R"({"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}})"})
        EXPECT_EQ(of(bad), "none") << bad;
}

TEST(Impact, IsToldInPeople) {
    estate::EstateParts parts = foundations();
    for (int i = 0; i < 3; ++i) {
        estate::Person person;
        person.id = "p" + std::to_string(i);
        person.userName = person.id + "@example.com";
        parts.people.push_back(person);
    }
    estate::DirectoryGroup group;
    group.id = "g";
    group.name = "Ops";
    group.members = {"p0", "p1"};
    parts.directoryGroups.push_back(group);
    parts.assignments.push_back({"g", {}, "arn:aws:iam::111122223333:role/one", {}, estate::AssignmentOrigin::Table, {}});
    parts.assignments.push_back({{}, "p2@example.com", "arn:aws:iam::111122223333:role/one", {}, estate::AssignmentOrigin::Table, {}});
    const estate::Estate before(std::move(parts));
    const test::Compiled map = compiled(mapWith(reads));
    const Plan plan = planOf(map, before);
    estate::review::Settings settings;
    estate::review::Input input;
    input.estate = &before;
    input.settings = &settings;
    input.now = noon;
    const Impact impact = impactOf(input, plan.steps);
    EXPECT_EQ(impact.peopleGaining, 3U);
    EXPECT_EQ(impact.peopleLosing, std::nullopt);
    EXPECT_GT(impact.drift.count(estate::DriftDirection::Gained), 0U);
    EXPECT_EQ(impact.drift.count(estate::DriftDirection::Lost), 0U);
    // And the way back.
    const estate::Estate held = estateAfter(before, plan.steps);
    input.estate = &held;
    const Impact back = impactOf(input, planOf(compiled(mapWith("")), held).steps);
    EXPECT_EQ(back.peopleLosing, 3U);
    EXPECT_EQ(back.peopleGaining, std::nullopt);
    // What is wrong with the role of the map is found anew.
    input.estate = &before;
    const Impact open = impactOf(input, planOf(compiled(mapWith(edge("E1", "who = \"account:999999999999\"\nmay = \"assume\"\non = \"one\""))), before).steps);
    ASSERT_FALSE(open.newFindings.empty());
    EXPECT_EQ(open.newFindings.front().object, "arn:aws:iam::111122223333:role/one");
}

} // namespace
} // namespace gw::mesh
