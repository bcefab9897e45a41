// Intent against what an estate has: every policy that was changed by hand shows as access that was gained or lost.
#include "models/estate/estate_reader.h"
#include "models/mesh/export/export.h"
#include "models/mesh/import_back/map_drift.h"
#include "tests/mesh/generated_map.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace gw::mesh {
namespace {

using Change = std::function<void(std::string& path, std::string& text)>;

// What the map is compiled to, put in place, with a change by hand.
std::shared_ptr<const estate::Estate> estateOf(const Compilation& compilation, const Change& change = {}) {
    estate::EstateReader reader;
    for (TextFile file : exportOf(compilation, nullptr, ExportFormat::Terraform).files) {
        if (change) change(file.path, file.content);
        reader.addText(file.path, file.content);
    }
    return reader.finish();
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at != std::string::npos) text.replace(at, from.size(), to);
}

std::string written(const MapDrift& drift) {
    std::string out;
    for (std::size_t i = 0; i < drift.report.drifts.size(); ++i) {
        const estate::Drift& each = drift.report.drifts[i];
        out += std::string(estate::driftDirectionName(each.direction)) + " " + std::string(estate::driftCauseName(each.cause)) +
               " " + (drift.sides[i].edge ? drift.sides[i].edge->value() : "-") + " " + each.principal + " " + each.action + " " +
               each.resource + "\n";
    }
    return out;
}

bool has(const MapDrift& drift, std::string_view line) {
    return written(drift).find(line) != std::string::npos;
}

TEST(MapDrift, IsNoneWhereTheMapIsInPlace) {
    const test::Compiled shop = test::compiled(test::shop);
    const MapDrift drift = driftFrom(shop.intent, *estateOf(shop.compilation), test::policyTargets);
    EXPECT_EQ(written(drift), "");
    EXPECT_TRUE(drift.report.exhaustive);
    EXPECT_GT(drift.report.compared, 5U);
    EXPECT_GT(drift.checked, 500U);
    // Nothing declares that role itself: who may take it, and what else it may do.
    for (const estate::Gap& each : drift.report.unknown) EXPECT_EQ(each.object, "arn:aws:iam::444455556666:role/auditor");
    EXPECT_EQ(drift.report.unknown.size(), 2U);
}

TEST(MapDrift, OfGeneratedMapsIsNoneEither) {
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        auto reading = readMap(test::generatedMap(seed));
        ASSERT_TRUE(reading);
        const Intent intent = resolve(reading->map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value());
        EXPECT_EQ(written(driftFrom(intent, *estateOf(compile(intent, test::policyTargets)), test::policyTargets)), "")
            << "seed " << seed;
    }
}

TEST(MapDrift, TellsWhatWasChangedByHand) {
    const test::Compiled shop = test::compiled(test::shop);
    struct Case {
        const char* what;
        std::string_view from, to, expected;
    };
    const Case cases[] = {
        {"an action more", "s3:GetObject", "s3:*", "gained permissions"},
        {"a bucket less", "arn:aws:s3:::ledger/*", "arn:aws:s3:::other/*",
         "lost permissions E5 arn:aws:iam::111122223333:role/orders-task s3:getobject"},
        {"the second factor taken away", R"(\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"},)", "", "gained permissions E1"},
        {"another audience", "https://signin.aws.amazon.com/saml", "https://evil.example/saml", "lost trust E1"},
        {"somebody else may take the role", "ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "gained trust"},
        {"another account", R"("principal": "444455556666")", R"("principal": "999999999999")", "lost resource-policy E6"},
    };
    for (const Case& each : cases) {
        bool found = false;
        const auto estate = estateOf(shop.compilation, [&](std::string&, std::string& text) {
            found = found || text.find(each.from) != std::string::npos;
            replace(text, each.from, each.to);
        });
        EXPECT_TRUE(found) << each.what;
        const MapDrift drift = driftFrom(shop.intent, *estate, test::policyTargets);
        EXPECT_TRUE(has(drift, each.expected)) << each.what << "\n" << written(drift);
        EXPECT_EQ(drift.sides.size(), drift.report.drifts.size());
        for (std::size_t i = 0; i < drift.sides.size(); ++i) {
            EXPECT_EQ(drift.sides[i].live, drift.report.drifts[i].direction == estate::DriftDirection::Gained);
            EXPECT_NE(drift.sides[i].live, drift.sides[i].intent);
        }
    }
}

TEST(MapDrift, TellsNothingAsLostThatTheEstateDoesNotTell) {
    const test::Compiled shop = test::compiled(test::shop);
    estate::EstateReader reader;
    reader.addText(
        "111122223333/list-roles.json",
        R"({"Roles":[{"RoleName":"orders-task","Path":"/","RoleId":"AROA1","Arn":"arn:aws:iam::111122223333:role/orders-task",
      "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}}]})");
    const MapDrift drift = driftFrom(shop.intent, *reader.finish(), test::policyTargets);
    EXPECT_FALSE(drift.report.unknown.empty());
    EXPECT_FALSE(has(drift, "role/orders-task s3:getobject")) << written(drift);
}

TEST(MapDrift, FindsWhatAsksNobodyForASignature) {
    const test::Compiled shop = test::compiled(test::shop);
    estate::EstateReader reader;
    reader.addText("111122223333/eu-west-1/get-rest-apis.json",
                   R"({"items":[{"id":"a1b2c3d4e5","name":"shop","apiKeySource":"HEADER"}]})");
    reader.addText("111122223333/eu-west-1/get-resources-a1b2c3d4e5.json", R"({"items":[
      {"id":"rrr111","path":"/refunds/{id}","resourceMethods":{"GET":{"httpMethod":"GET","authorizationType":"NONE"},"POST":{"httpMethod":"POST","authorizationType":"AWS_IAM"}}}]})");
    reader.addText(
        "111122223333/eu-west-1/get-service.json",
        R"({"arn":"arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0","id":"svc-0123456789abcdef0","name":"payments","authType":"NONE"})");
    const auto estate = reader.finish();
    const MapDrift drift = driftFrom(shop.intent, *estate, test::policyTargets);
    EXPECT_TRUE(
        has(drift, "gained resource-policy - * execute-api:Invoke arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/"))
        << written(drift);
    EXPECT_TRUE(has(drift, "gained resource-policy - * vpc-lattice-svcs:Invoke "
                           "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0/*"))
        << written(drift);
    EXPECT_EQ(std::count_if(drift.sides.begin(), drift.sides.end(), [](const DriftSides& each) { return each.deployed == true; }),
              2);
}

} // namespace
} // namespace gw::mesh
