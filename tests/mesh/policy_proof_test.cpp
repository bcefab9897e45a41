// Policies that a map is compiled to, read again and compared with it.
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

namespace gw::mesh {
namespace {

using test::compiled;
using test::differences;

std::size_t replaceIn(test::Compiled& in, std::string_view from, std::string_view to) {
    std::size_t count = 0;
    for (Artefact& artefact : in.compilation.artefacts)
        for (std::size_t at = artefact.text.find(from); at != std::string::npos; at = artefact.text.find(from, at + to.size())) {
            artefact.text.replace(at, from.size(), to);
            ++count;
        }
    return count;
}

TEST(PolicyProof, HoldsForWhatWasCompiled) {
    const test::Compiled shop = compiled(test::shop);
    for (const Error& problem : shop.intent.problems) ADD_FAILURE() << problem.chain();
    for (const Loss& loss : shop.compilation.losses)
        ADD_FAILURE() << loss.edge.value() << " " << targetName(loss.target) << " " << loss.what << " " << loss.seen;
    EXPECT_EQ(differences(shop), "");
    Prover prover;
    for (const TargetProof& proof : prover.prove(shop.intent, shop.compilation, test::policyTargets)) {
        EXPECT_GT(proof.checked, 50U) << targetName(proof.target);
        EXPECT_GT(proof.edges, 0U);
    }
}

struct Mutation {
    const char* name;
    const char* from;
    const char* to;
};
class NoticedByProof : public testing::TestWithParam<Mutation> {};

TEST_P(NoticedByProof, Mutation) {
    test::Compiled shop = compiled(test::shop);
    ASSERT_GT(replaceIn(shop, GetParam().from, GetParam().to), 0U) << "nothing to change";
    EXPECT_NE(differences(shop), "");
}

INSTANTIATE_TEST_SUITE_P(
    Every, NoticedByProof,
    testing::Values(Mutation{"MethodWidened", "/prod/POST/refunds/*", "/prod/*/refunds/*"},
                    Mutation{"PathWidened", "/prod/GET/refunds/*", "/prod/GET/*"},
                    Mutation{"PathNarrowed", "/prod/GET/refunds/*", "/prod/GET/refunds/a"},
                    Mutation{"StageWidened", "a1b2c3d4e5/prod/GET", "a1b2c3d4e5/*/GET"},
                    Mutation{"ApiWidened", "a1b2c3d4e5/prod/GET", "*/prod/GET"},
                    Mutation{"DenyBecameAllow", "\"Effect\": \"Deny\"", "\"Effect\": \"Allow\""},
                    Mutation{"MfaDropped", "\"aws:MultiFactorAuthPresent\": \"true\"", "\"aws:MultiFactorAuthPresent\": [\"true\", \"false\"]"},
                    Mutation{"TagValueAdded", "\"payments\", \"core\"", "\"payments\", \"core\", \"sales\""},
                    Mutation{"TagMadePattern", "\"StringEquals\": {\n          \"aws:PrincipalTag/team\"",
                             "\"StringLike\": {\n          \"aws:PrincipalTag/team\": \"*\",\n          \"aws:PrincipalTag/none\""},
                    Mutation{"ExpiryMovedOn", "2027-03-01T00:00:00Z", "2027-03-02T00:00:00Z"},
                    Mutation{"ExpiryMovedBack", "2027-03-01T00:00:00Z", "2027-02-28T00:00:00Z"},
                    Mutation{"ActionWidened", "\"s3:GetObject\"", "\"s3:Get*\""}, Mutation{"ActionChanged", "\"dynamodb:Query\"", "\"dynamodb:Scan\""},
                    Mutation{"EveryAction", "\"ecs:RunTask\"", "\"*\""}, Mutation{"ResourceWidened", "arn:aws:s3:::ledger/*", "arn:aws:s3:::ledger*"},
                    Mutation{"TrustOtherProvider", ":saml-provider/Okta\"", ":saml-provider/Other\""},
                    Mutation{"TrustAudienceWidened", "\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"", "\"SAML:iss\": \"x\""},
                    Mutation{"TrustAnyone", "\"Service\": \"ecs-tasks.amazonaws.com\"", "\"AWS\": \"*\""},
                    Mutation{"LatticeMethodAdded", "\"GET\",\"POST\"", "\"GET\",\"POST\",\"PURGE\""},
                    Mutation{"LatticeOtherCaller", ":role/orders-task\"},\"Action\":\"vpc-lattice", ":root\"},\"Action\":\"vpc-lattice"},
                    Mutation{"LatticeHeaderDropped", "\"vpc-lattice-svcs:RequestHeader/X-Tenant\":\"eu\"", "\"vpc-lattice-svcs:RequestHeader/X-Tenant\":[\"eu\",\"us\"]"},
                    Mutation{"LatticeAnyone", "{\"AWS\":\"arn:aws:iam::111122223333:role/orders-task\"}", "\"*\""},
                    Mutation{"FunctionAnyService", "events.amazonaws.com", "sns.amazonaws.com"},
                    Mutation{"FunctionAccount", "arn:aws:iam::444455556666:root", "arn:aws:iam::999999999999:root"},
                    Mutation{"PassAnyRole", "arn:aws:iam::111122223333:role/reports-task", "arn:aws:iam::111122223333:role/*"},
                    Mutation{"PassToAnyService", "\"iam:PassedToService\": \"ecs-tasks.amazonaws.com\"",
                             "\"iam:PassedToService\": [\"ecs-tasks.amazonaws.com\", \"ec2.amazonaws.com\"]"},
                    Mutation{"AddressBlockWidened", "10.0.0.0/8", "10.0.0.0/7"}, Mutation{"ClusterDropped", ":cluster/main", ":cluster/*"},
                    Mutation{"CrossAccountRole", ":role/auditor\"", ":role/other\""},
                    Mutation{"NoPolicyAtAll", "\"Version\"", "\"Verion\""}),
    [](const auto& each) { return each.param.name; });

// The network's policy is asked beside the service's.
TEST(PolicyProof, AsksTheServiceNetwork) {
    test::Compiled shop = compiled(test::shop);
    std::erase_if(shop.compilation.artefacts, [](const Artefact& each) { return each.object.find(":service/") != std::string::npos; });
    EXPECT_NE(differences(shop).find("missing lattice E4"), std::string::npos);
}

TEST(PolicyProof, WhatIsMissingIsToldWithItsEdge) {
    test::Compiled shop = compiled(test::shop);
    std::erase_if(shop.compilation.artefacts, [](const Artefact& each) {
        return each.kind == ArtefactKind::InlinePolicy && each.object.find("orders-task") != std::string::npos;
    });
    const std::string told = differences(shop);
    EXPECT_NE(told.find("missing iam E5 arn:aws:iam::111122223333:role/orders-task s3:getobject arn:aws:s3:::ledger/"), std::string::npos) << told;
    EXPECT_NE(told.find("missing lattice E4"), std::string::npos) << told;
}

// A path with a segment that stands for any one cannot be held by "*", which crosses slashes.
constexpr std::string_view templated = R"(version = 1
[[edge]]
id = "E1"
who = "role:arn:aws:iam::111122223333:role/reader"
may = "GET"
on = "refunds"
paths = ["/refunds/{id}"]
)";
constexpr std::string_view route = R"([[route]]
id = "refunds"
api = "abc"
stage = "prod"
account = "111122223333"
region = "eu-west-1"
)";

TEST(PolicyProof, WhatCannotBeHeldIsRefusedUnlessItIsAccepted) {
    const std::string refused = std::string(templated) + std::string(route);
    const test::Compiled none = compiled(refused);
    ASSERT_EQ(none.compilation.losses.size(), 2U); // by both targets
    EXPECT_EQ(none.compilation.losses.front(), (Loss{Target::Iam, EdgeId("E1"), "path-template", "/refunds/{id}", false}));
    EXPECT_EQ(none.find(ArtefactKind::InlinePolicy), nullptr);
    EXPECT_NE(differences(none).find("missing iam E1"), std::string::npos);

    const test::Compiled accepted =
        compiled(std::string(templated) + "accept = [\"iam: path-template\", \"apigateway: path-template\"]\n" + std::string(route));
    EXPECT_EQ(differences(accepted), "");
    ASSERT_NE(accepted.find(ArtefactKind::InlinePolicy), nullptr);
    EXPECT_NE(accepted.find(ArtefactKind::InlinePolicy)->text.find("abc/prod/GET/refunds/*"), std::string::npos);

    const test::Compiled leftOut = compiled(std::string(templated) + "accept = [\"iam: leave-out\", \"apigateway: leave-out\"]\n" + std::string(route));
    EXPECT_EQ(differences(leftOut), "");
    EXPECT_EQ(leftOut.find(ArtefactKind::InlinePolicy), nullptr);
}

// "*" would match "prod/POST" as well as "prod".
TEST(PolicyProof, AStageMustBeNamedWhereAMethodOrPathIs) {
    std::string text(test::shop);
    text.replace(text.find("stage = \"prod\"\n"), 15, "");
    const test::Compiled any = compiled(text);
    ASSERT_FALSE(any.compilation.losses.empty());
    EXPECT_EQ(any.compilation.losses.front().what, "stage");
    const test::Compiled all = compiled("version = 1\n[[edge]]\nid = \"E1\"\nwho = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"*\"\non = \"a\"\n" +
                                        std::string("[[route]]\nid = \"a\"\napi = \"abc\"\naccount = \"111122223333\"\nregion = \"eu-west-1\"\n"));
    EXPECT_TRUE(all.compilation.losses.empty());
    EXPECT_EQ(differences(all), "");
}

// No policy of a role can tell who took it.
TEST(PolicyProof, TwoEdgesThatShareARoleMustNameTheSamePeople) {
    const std::string head = R"(version = 1
[[provider]]
id = "okta"
arn = "arn:aws:iam::111122223333:saml-provider/Okta"
[[role]]
id = "r"
arn = "arn:aws:iam::111122223333:role/r"
providers = ["okta"]
[[edge]]
id = "E1"
who = "group:Ops"
through = "r"
may = "s3:GetObject"
on = "arn:aws:s3:::ledger/*"
[[edge]]
id = "E2"
who = "group:Audit"
through = "r"
may = "s3:PutObject"
on = "arn:aws:s3:::ledger/*"
)";
    const test::Compiled shared = compiled(head);
    ASSERT_EQ(shared.compilation.losses.size(), 2U);
    EXPECT_EQ(shared.compilation.losses.front(), (Loss{Target::Iam, EdgeId("E1"), "who", "group:Audit", false}));
    EXPECT_EQ(shared.find(ArtefactKind::InlinePolicy), nullptr);
    EXPECT_NE(differences(shared).find("missing iam E2"), std::string::npos);
    // Who is let in without anything to do there gets it just the same.
    const test::Compiled taken = compiled(head.substr(0, head.find("[[edge]]\nid = \"E2\"")) + "[[edge]]\nid = \"E3\"\nwho = \"person:x\"\nthrough = \"r\"\n");
    ASSERT_EQ(taken.compilation.losses.size(), 1U);
    EXPECT_EQ(taken.compilation.losses.front().seen, "person:x");
}

TEST(PolicyProof, OnlyWhatAnEditTouchesIsProvedAgain) {
    const test::Compiled before = compiled(test::shop);
    Prover prover;
    (void)prover.prove(before.intent, before.compilation, test::policyTargets);
    EXPECT_EQ(prover.provedAnew(), prover.points());

    std::string edited(test::shop);
    edited.replace(edited.find("\"s3:GetObject\""), 14, "\"s3:PutObject\"");
    const test::Compiled after = compiled(edited);
    const auto proofs = prover.prove(after.intent, after.compilation, test::policyTargets);
    EXPECT_EQ(test::written(proofs), "");
    // The role that E5 is about, and the service that asks that role's policies.
    EXPECT_EQ(prover.provedAnew(), 2U);
}

TEST(Artefact, HasAFileOfItsOwn) {
    const auto file = [](ArtefactKind kind, const char* object) { return fileOf({Target::Iam, kind, object, "gatewarden", {}, {}}); };
    EXPECT_EQ(file(ArtefactKind::TrustPolicy, "arn:aws:iam::111122223333:role/service/jobs"), "iam/111122223333/service%2Fjobs/trust.json");
    EXPECT_EQ(file(ArtefactKind::TrustPolicy, "arn:aws:iam::111122223333:role/jobs"), "iam/111122223333/jobs/trust.json");
    EXPECT_EQ(file(ArtefactKind::ApiPolicy, "arn:aws:apigateway:eu-west-1::/restapis/abc"), "iam/aws/eu-west-1/abc/policy.json");
    EXPECT_EQ(file(ArtefactKind::EnvoyRbac, "../x"), "iam/%2E.%2Fx.yaml");
}

TEST(Sid, CarriesEdges) {
    const std::vector<EdgeId> two{EdgeId("E1"), EdgeId("E2a")};
    EXPECT_EQ(sidOf(two), "gwE1gwE2a");
    EXPECT_EQ(edgesOfSid("gwE1gwE2a"), two);
    EXPECT_EQ(edgesOfSid("gwE1Part2"), std::vector<EdgeId>{EdgeId("E1")});
    EXPECT_TRUE(edgesOfSid("AllowE1").empty());
    EXPECT_TRUE(edgesOfSid("gwgw").empty());
    EXPECT_TRUE(edgesOfSid("gwE1-2").empty());
}

TEST(Compile, RefusesWhatIsTooLargeForTheTarget) {
    std::string text = "version = 1\n";
    for (int i = 0; i < 400; ++i)
        text += "[[edge]]\nid = \"E" + std::to_string(i) + "\"\nwho = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::bucket-" +
                std::to_string(i) + "/*\"\nwhen = { \"aws:PrincipalTag/team\" = \"t" + std::to_string(i) + "\" }\n";
    const test::Compiled many = compiled(text);
    std::size_t managed = 0;
    for (const Artefact& artefact : many.compilation.artefacts) managed += artefact.kind == ArtefactKind::ManagedPolicy ? 1U : 0U;
    EXPECT_EQ(managed, 10U);
    ASSERT_FALSE(many.compilation.losses.empty());
    EXPECT_EQ(many.compilation.losses.front().what, "quota");
    EXPECT_NE(differences(many).find("missing iam"), std::string::npos);
}

} // namespace
} // namespace gw::mesh
