#include "models/policy/case.h"
#include "models/policy/edits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace gw::policy {
namespace {

const std::string role = "arn:aws:sts::111122223333:assumed-role/reader/lena";

PolicyRef policy(const std::string& text, DocumentKind kind = DocumentKind::Identity, const std::string& name = "p") {
    auto parsed = CompiledPolicy::parse(text, kind, name);
    EXPECT_TRUE(parsed) << parsed.error().chain();
    return *parsed;
}

Request getObject() {
    return {*Principal::parse(role), "s3:GetObject", "arn:aws:s3:::bucket/a", "", {}, {}};
}

std::vector<Edit> edits(const Request& request, const PolicySet& policies, bool complete = true) {
    const WorldRules world{complete, {}};
    return smallestEdits(request, world, policies, explain(request, world, policies));
}

bool has(const std::vector<Edit>& all, EditKind kind) {
    return std::any_of(all.begin(), all.end(), [&](const Edit& each) { return each.kind == kind; });
}

TEST(Edits, anActionThatIsMissingIsAddedToTheStatementThatAlmostFits) {
    const PolicySet policies{
        .identity = {policy(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::bucket/*"}})")},
        .session = {},
        .boundary = {},
        .resource = {},
        .scp = {},
        .rcp = {},
        .endpoint = {},
        .network = {}};
    const auto all = edits(getObject(), policies);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].kind, EditKind::ExtendActions);
    EXPECT_EQ(all[0].pointer, "/Statement/Action");
    EXPECT_EQ(all[0].after, Json::array({"s3:ListBucket", "s3:GetObject"}));
    EXPECT_EQ(all[0].result, Decision::Allowed);
}

TEST(Edits, aConditionIsExtendedByTheValueThatWasSeenAndNotDroppedFirst) {
    PolicySet policies;
    policies.identity = {policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}}}]})")};
    Request request = getObject();
    request.context.set("aws:PrincipalTag/team", "ledger");
    const auto all = edits(request, policies);
    ASSERT_GE(all.size(), 2U);
    const auto extended =
        std::find_if(all.begin(), all.end(), [](const Edit& each) { return each.kind == EditKind::ExtendCondition; });
    const auto dropped =
        std::find_if(all.begin(), all.end(), [](const Edit& each) { return each.kind == EditKind::DropCondition; });
    ASSERT_NE(extended, all.end());
    EXPECT_EQ(extended->after, Json::array({"pay", "ledger"}));
    EXPECT_LT(extended, dropped);
}

TEST(Edits, whatDeniesIsNarrowedAndOnlyThenRemoved) {
    PolicySet policies;
    policies.identity = {policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}]})")};
    const auto all = edits(getObject(), policies);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].kind, EditKind::NarrowActions);
    EXPECT_EQ(all[0].after, Json::array({"s3:PutObject"}));
    EXPECT_EQ(all[1].kind, EditKind::RemoveStatement);
}

// First what takes just this from just this principal.
TEST(Edits, anAllowedRequestIsStoppedByADenialOfJustThatAndThenByTakingTheGrantAway) {
    PolicySet policies;
    policies.identity = {
        policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]})")};
    const auto all = edits(getObject(), policies);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].kind, EditKind::AddStatement);
    EXPECT_TRUE(addsDenial(all[0]));
    EXPECT_EQ(all[0].target, policies.identity[0]);
    EXPECT_EQ(all[0].after, (Json{{"Effect", "Deny"}, {"Action", "s3:GetObject"}, {"Resource", "arn:aws:s3:::bucket/a"}}));
    EXPECT_EQ(all[0].result, Decision::ExplicitlyDenied);
    EXPECT_FALSE(all[0].wide);
    EXPECT_EQ(all[1].kind, EditKind::RemoveStatement);
    EXPECT_NE(all[1].result, Decision::Allowed);
}

TEST(Edits, aDenialGoesIntoAPolicyOfItsOwnWhereOthersHaveTheSame) {
    for (const char* shared : {"arn:aws:iam::111122223333:policy/all", "operators/all"}) {
        PolicySet policies;
        policies.identity = {policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})",
                                    DocumentKind::Identity, shared)};
        const auto all = edits(getObject(), policies);
        ASSERT_FALSE(all.empty());
        EXPECT_EQ(all[0].kind, EditKind::AddPolicy);
        EXPECT_TRUE(addsDenial(all[0]));
        const auto changed = withEdit(policies, all[0]);
        ASSERT_TRUE(changed);
        EXPECT_EQ(changed->identity.size(), 2U);
        EXPECT_EQ(answer(getObject(), WorldRules{true, {}}, *changed).decision, Decision::ExplicitlyDenied);
    }
}

TEST(Edits, aCallerWithoutPoliciesIsDeniedByThatOfTheResource) {
    const std::string provider = "arn:aws:iam::111122223333:saml-provider/Sso";
    const Request request{*Principal::parse(provider), "sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:role/reader", "", {}, {}};
    PolicySet policies;
    policies.resource = policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":")" + provider +
                                   R"("},"Action":"sts:AssumeRoleWithSAML"}]})",
                               DocumentKind::Trust, "reader");
    const auto all = edits(request, policies);
    ASSERT_FALSE(all.empty());
    EXPECT_TRUE(addsDenial(all[0]));
    EXPECT_EQ(all[0].layer, Layer::Trust);
    EXPECT_FALSE(all[0].after.contains("Resource"));
}

TEST(Edits, twoClosedDoorsHaveNoSingleEdit) {
    PolicySet policies;
    policies.identity = {policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]})")};
    policies.boundary = policy(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]})",
                               DocumentKind::Boundary, "b");
    for (const Edit& each : edits(getObject(), policies))
        EXPECT_TRUE(each.layer == Layer::Resource) << "only a grant past the boundary may be left";
}

TEST(Edits, whatIsNotToldCanBeTold) {
    PolicySet policies;
    policies.identity = {policy(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]})")};
    const auto all = edits(getObject(), policies, false);
    ASSERT_TRUE(has(all, EditKind::TellContext));
}

TEST(Edits, aPolicyThatHangsAtSeveralLevelsIsEditedAtAllOfThem) {
    const auto narrow = policy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}})",
                               DocumentKind::Scp, "scp");
    PolicySet policies;
    policies.identity = {policy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})")};
    policies.scp = {{narrow}, {narrow}};
    const auto all = edits(getObject(), policies);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].layer, Layer::Scp);
    const auto changed = withEdit(policies, all[0]);
    ASSERT_TRUE(changed);
    EXPECT_EQ((*changed->scp)[0], (*changed->scp)[1]);
    EXPECT_EQ(answer(getObject(), WorldRules{true, {}}, *changed).decision, Decision::Allowed);
}

TEST(Edits, twoPoliciesOfOneNameAreToldApart) {
    PolicySet policies;
    policies.identity = {
        policy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})"),
        policy(
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}]})")};
    const auto all = edits(getObject(), policies);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].target, policies.identity[1]);
    const auto changed = withEdit(policies, all[0]);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->identity[0], policies.identity[0]);
    EXPECT_EQ(answer(getObject(), WorldRules{true, {}}, *changed).decision, Decision::Allowed);
}

TEST(Edits, sayWhenNotEveryStatementWasLookedAt) {
    const auto withStatements = [](int count) {
        std::string statements;
        for (int i = 0; i < count; ++i)
            statements += (i == 0 ? "" : ",") +
                          std::string(R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::other)") + std::to_string(i) +
                          "\"}";
        PolicySet policies;
        policies.identity = {policy(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}")};
        policies.boundary = policy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}})",
                                   DocumentKind::Boundary, "b");
        return policies;
    };
    const WorldRules world{true, {}};
    for (const int count : {3, 1000}) {
        const PolicySet policies = withStatements(count);
        bool exhaustive = false;
        const auto all = smallestEdits(getObject(), world, policies, explain(getObject(), world, policies), 8, &exhaustive);
        EXPECT_TRUE(std::none_of(all.begin(), all.end(), [](const Edit& each) { return each.layer == Layer::Identity; }));
        EXPECT_EQ(exhaustive, count == 3);
    }
}

// Over every case of the data: what is offered must hold when it is made.
TEST(Edits, holdWhateverTheCase) {
    std::size_t offered = 0;
    for (const auto& entry : std::filesystem::directory_iterator(GW_TEST_DATA "/policy")) {
        if (entry.path().extension() != ".jsonl") continue;
        std::ifstream in(entry.path());
        for (std::string text; std::getline(in, text);) {
            const auto tree = SourceTree::parse(text);
            ASSERT_TRUE(tree);
            PolicyCache cache;
            Case one;
            if (!readCase(tree->root().member("case"), cache, *tree, one) || !one.errors.empty()) continue;
            const WorldRules world{true, {}};
            const Explanation why = explain(one.request, world, one.policies);
            for (const Edit& edit : smallestEdits(one.request, world, one.policies, why)) {
                ++offered;
                const auto changed = withEdit(one.policies, edit);
                ASSERT_TRUE(changed) << changed.error().chain();
                Request told = one.request;
                for (const auto& each : edit.context) told.context.set(each.key, each.value);
                const Decision after = answer(told, world, *changed).decision;
                EXPECT_EQ(after, edit.result);
                EXPECT_EQ(after == Decision::Allowed, why.answer.decision != Decision::Allowed);
            }
        }
    }
    EXPECT_GT(offered, 50U);
}

} // namespace
} // namespace gw::policy
