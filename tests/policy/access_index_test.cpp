#include "models/policy/access_index.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gw::policy {
namespace {

PolicyRef policy(const std::string& statements, DocumentKind kind = DocumentKind::Identity) {
    auto parsed = CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", kind, "p");
    EXPECT_TRUE(parsed) << parsed.error().chain();
    return *parsed;
}

Actor role(int account, const std::string& name, std::vector<PolicyRef> policies) {
    std::string number = std::to_string(account);
    number.insert(0, 12 - number.size(), '0');
    Actor actor{*Principal::parse("arn:aws:iam::" + number + ":role/" + name), {}, {}};
    actor.policies.identity = std::move(policies);
    return actor;
}

const std::string route = "arn:aws:execute-api:eu-west-1:000000000001:api1/prod/POST/refunds";

Target invoke() {
    return {"execute-api:Invoke", route, "", std::nullopt, {}};
}

std::vector<std::uint32_t> ids(const std::vector<AccessIndex::Row>& rows) {
    std::vector<std::uint32_t> all;
    for (const auto& row : rows) all.push_back(static_cast<std::uint32_t>(row.actor));
    return all;
}

TEST(AccessIndex, findsWhoCanAndOnlyWhoCan) {
    AccessIndex index;
    const auto invoker =
        policy(R"({"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:api1/*"})");
    const auto everything = policy(R"({"Effect":"Allow","Action":"*","Resource":"*"})");
    const auto rest = policy(R"({"Effect":"Allow","NotAction":"iam:*","Resource":"*"})");
    const auto other = policy(R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})");
    const auto tagged = policy(
        R"({"Effect":"Allow","Action":"execute-api:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}}})");
    const auto never = policy(R"({"Effect":"Deny","Action":"*","Resource":"*"})");
    index.add(role(1, "a", {invoker}));
    index.add(role(1, "b", {everything}));
    index.add(role(1, "c", {rest}));
    index.add(role(1, "d", {other}));
    index.add(role(1, "e", {tagged}));
    index.add(role(1, "f", {everything, never}));
    index.add(role(2, "g", {everything})); // another account: the route has no resource policy
    AccessIndex::Question question(index, invoke(), {});
    const auto rows = question.answer();
    EXPECT_EQ(ids(rows), (std::vector<std::uint32_t>{0, 1, 2, 4}));
    EXPECT_EQ(rows[3].decision, Decision::Depends);
    EXPECT_EQ(rows[3].dependsOn, std::vector<std::string>{"aws:PrincipalTag/team"});
    EXPECT_LT(question.evaluated(), index.size());
}

TEST(AccessIndex, aResourcePolicyBringsWhomItNames) {
    AccessIndex index;
    index.add(role(1, "a", {}));
    index.add(role(1, "b", {}));
    Target target = invoke();
    target.resourcePolicy = policy(
        R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000001:role/b"},"Action":"execute-api:Invoke","Resource":"*"})",
        DocumentKind::Resource);
    EXPECT_EQ(ids(AccessIndex::Question(index, target, {}).answer()), std::vector<std::uint32_t>{1});
}

TEST(AccessIndex, aQuestionAskedBeforeAnybodyIsThereHearsOfTheFirst) {
    AccessIndex index;
    AccessIndex::Question question(index, invoke(), {});
    EXPECT_TRUE(question.answer().empty());
    index.add(role(1, "a", {policy(R"({"Effect":"Allow","Action":"*","Resource":"*"})")}));
    EXPECT_EQ(ids(question.answer()), std::vector<std::uint32_t>{0});
}

// Against trying everybody, over random estates and edits.
TEST(AccessIndex, agreesWithTryingEverybodyAfterEveryEdit) {
    std::mt19937 random(20261124);
    const std::vector<PolicyRef> pool{policy(R"({"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"})"),
                                      policy(R"({"Effect":"Allow","Action":"*:*","Resource":"*"})"),
                                      policy(R"({"Effect":"Allow","NotAction":"s3:*","Resource":"*"})"),
                                      policy(R"({"Effect":"Deny","Action":"execute-api:*","Resource":"*"})"),
                                      policy(R"({"Effect":"Allow","Action":["s3:*","sqs:*"],"Resource":"*"})")};
    AccessIndex index;
    const auto some = [&] {
        std::vector<PolicyRef> chosen;
        for (const PolicyRef& each : pool)
            if (random() % 3 == 0) chosen.push_back(each);
        return role(1, "r" + std::to_string(random() % 1000), chosen);
    };
    for (int i = 0; i < 60; ++i) index.add(some());
    AccessIndex::Question kept(index, invoke(), {});
    for (int edit = 0; edit < 300; ++edit) {
        const auto id = static_cast<ActorId>(random() % 70);
        if (random() % 4 == 0)
            index.remove(id);
        else if (random() % 8 == 0)
            index.add(some());
        else
            index.replace(id, some());
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < 500; ++i)
            if (!index.whatCan(static_cast<ActorId>(i), {invoke()}, {}).empty()) expected.push_back(i);
        ASSERT_EQ(ids(kept.answer()), expected);
        ASSERT_LE(kept.evaluated(), edit == 0 ? index.size() : 1U);
        ASSERT_EQ(ids(AccessIndex::Question(index, invoke(), {}).answer()), expected);
    }
}

TEST(AccessIndex, policiesOfTheResourcesOrganisationBind) {
    AccessIndex index;
    index.add({*Principal::parse("arn:aws:iam::111122223333:role/a"),
               {.identity = {*CompiledPolicy::parse(
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})",
                    DocumentKind::Identity, "p")},
                .session = {}, .boundary = {}, .resource = {}, .scp = {}, .rcp = {}, .endpoint = {}, .network = {}},
               {}});
    Target target{"s3:GetObject", "arn:aws:s3:::bucket/a", "", std::nullopt, {}};
    EXPECT_EQ(AccessIndex::Question(index, target, {}).answer().size(), 1U);
    target.rcp.emplace();
    target.rcp->push_back({*CompiledPolicy::parse(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}})", DocumentKind::Rcp, "r")});
    EXPECT_TRUE(AccessIndex::Question(index, target, {}).answer().empty());
}

TEST(AccessIndex, whatIsAllowedDependsWhereNotAllIsKnown) {
    for (const bool ofActor : {true, false}) {
        AccessIndex index;
        index.add({*Principal::parse("arn:aws:iam::111122223333:role/a"),
                   {.identity = {*CompiledPolicy::parse(
                        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})",
                        DocumentKind::Identity, "p")},
                    .session = {}, .boundary = {}, .resource = {}, .scp = {}, .rcp = {}, .endpoint = {}, .network = {}},
                   {}, {}, ofActor});
        Target target{"s3:GetObject", "arn:aws:s3:::bucket/a", "", std::nullopt, {}};
        target.partial = !ofActor;
        const auto rows = AccessIndex::Question(index, target, {}).answer();
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0].decision, Decision::Depends);
    }
}

} // namespace
} // namespace gw::policy
