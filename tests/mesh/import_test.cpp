// A map out of policies: what it means is what they grant.
#include "models/estate/estate_reader.h"
#include "models/mesh/export/export.h"
#include "models/mesh/import_back/artefacts.h"
#include "models/mesh/import_back/import.h"
#include "tests/mesh/generated_map.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::mesh {
namespace {

const auto now = UtcTime::parse("2026-11-30T12:00:00Z").value();

// What a compilation is once it is in place, with the groups that the directory gives each role.
std::shared_ptr<const estate::Estate> estateOf(const Compilation& compilation,
                                               const std::vector<std::pair<std::string, std::string>>& replacements = {}) {
    estate::EstateReader reader;
    for (TextFile file : exportOf(compilation, nullptr, ExportFormat::Terraform).files) {
        for (const auto& [from, to] : replacements)
            if (const std::size_t at = file.content.find(from); at != std::string::npos)
                file.content.replace(at, from.size(), to);
        reader.addText(file.path, file.content);
    }
    std::string table = "group,role,provider\n";
    for (const Artefact& each : compilation.artefacts) {
        if (each.kind != ArtefactKind::Assignments) continue;
        const Json document = parseJson(each.text).value();
        for (const Json& one : document["assignments"])
            table += one["group"].get<std::string>() + "," + each.object + "," + one["provider"].get<std::string>() + "\n";
    }
    reader.addText("assignments.csv", table);
    return reader.finish();
}

std::string written(const std::vector<Unsaid>& unsaid) {
    std::string out;
    for (const Unsaid& each : unsaid) out += each.what + " " + each.object + " " + each.sid + " " + each.seen + "\n";
    return out;
}

// The imported map against what the estate has.
std::string differences(const std::string& map, const Compilation& compilation) {
    auto reading = readMap(map);
    if (!reading) return reading.error().chain() + "\n" + map;
    for (const Error& problem : reading->problems) return problem.chain() + " " + std::string(problem.fact("line")) + "\n" + map;
    const Intent intent = resolve(reading->map, nullptr, now);
    Prover prover;
    return test::written(prover.prove(intent, compilation, test::policyTargets));
}

TEST(MapImport, OfTheShopMeansTheSame) {
    const test::Compiled shop = test::compiled(test::shop);
    const MapImport made = importMap(*estateOf(shop.compilation));
    EXPECT_EQ(written(made.unsaid), "");
    EXPECT_EQ(differences(made.text, shop.compilation), "") << made.text;
    // The ids are those of the map that it once was.
    auto reading = readMap(made.text);
    for (const char* id : {"E1", "E2", "E3", "E4", "E5", "E6", "E7"})
        EXPECT_NE(reading->map.edge(EdgeId(id)), nullptr) << id << "\n" << made.text;
    const Edge* first = reading->map.edge(EdgeId("E4"));
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->may, (std::vector<std::string>{"GET", "POST"}));
    EXPECT_EQ(first->paths.size(), 2U);
}

TEST(MapImport, OfGeneratedMapsMeansTheSame) {
    std::size_t whole = 0;
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        auto reading = readMap(test::generatedMap(seed));
        ASSERT_TRUE(reading);
        const Intent intent = resolve(reading->map, nullptr, now);
        const Compilation compilation = compile(intent, test::policyTargets);
        const MapImport made = importMap(*estateOf(compilation));
        // Only what a target refused is on one side only, or without the conditions that would make it one edge; and a denial
        // does not tell which roles come with its task.
        for (const Unsaid& each : made.unsaid) {
            const std::vector<EdgeId> edges = edgesOfSid(each.sid);
            ASSERT_FALSE(edges.empty()) << written(made.unsaid);
            const bool refused = std::any_of(compilation.losses.begin(), compilation.losses.end(),
                                             [&](const Loss& loss) { return loss.edge == edges.front(); });
            EXPECT_TRUE(refused || each.what == "task") << "seed " << seed << " " << written(made.unsaid);
        }
        if (!made.unsaid.empty()) continue;
        ++whole;
        EXPECT_EQ(differences(made.text, compilation), "") << "seed " << seed << "\n" << made.text;
    }
    EXPECT_GE(whole, 15U);
}

TEST(MapImport, LeavesAMapAsItIsWhereTheEstateHoldsIt) {
    const test::Compiled shop = test::compiled(test::shop);
    const std::string commented = "# Ours.\n" + std::string(test::shop) + "# The end.\n";
    const auto made = importInto(commented, *estateOf(shop.compilation), now);
    ASSERT_TRUE(made) << made.error().chain();
    EXPECT_EQ(made->text, commented);
    EXPECT_EQ((std::vector<std::size_t>{made->kept, made->changed, made->added, made->removed}),
              (std::vector<std::size_t>{7, 0, 0, 0}));
}

TEST(MapImport, EditsOnlyWhatDiffers) {
    const test::Compiled shop = test::compiled(test::shop);
    std::string text(test::shop);
    const std::string line = "may = [\"s3:GetObject\", \"dynamodb:Query\"]\n";
    text.replace(text.find(line), line.size(), "may = [\"s3:GetObject\", \"dynamodb:Query\"] # both\n");
    const auto made = importInto(text, *estateOf(shop.compilation, {{"dynamodb:Query", "dynamodb:Scan"}}), now);
    ASSERT_TRUE(made) << made.error().chain();
    std::string expected = text;
    expected.replace(expected.find("\"dynamodb:Query\"] # both"), 16, "\"dynamodb:Scan\"");
    EXPECT_EQ(made->text, expected);
    EXPECT_EQ((std::vector<std::size_t>{made->kept, made->changed, made->added, made->removed}),
              (std::vector<std::size_t>{6, 1, 0, 0}));
}

TEST(MapImport, AddsAndRemovesEdges) {
    const test::Compiled shop = test::compiled(test::shop);
    // Without the ids of one edge, with those of another that the map does not have.
    std::string text(test::shop);
    text += "\n# Nobody does this any more.\n[[edge]]\nid = \"E8\"\nwho = \"orders-web\"\nmay = \"s3:ListBucket\"\non = "
            "\"arn:aws:s3:::gone\"\n";
    const auto removed = importInto(text, *estateOf(shop.compilation), now);
    ASSERT_TRUE(removed) << removed.error().chain();
    EXPECT_EQ(removed->removed, 1U);
    EXPECT_EQ(removed->text.find("E8"), std::string::npos);
    EXPECT_EQ(removed->text.find("Nobody does"), std::string::npos);

    std::string shorter(test::shop);
    shorter.erase(shorter.find("[[edge]]\nid = \"E7\""));
    const auto added = importInto(shorter, *estateOf(shop.compilation), now);
    ASSERT_TRUE(added) << added.error().chain();
    EXPECT_EQ((std::vector<std::size_t>{added->kept, added->added}), (std::vector<std::size_t>{6, 1}));
    EXPECT_TRUE(added->text.starts_with(shorter));
    EXPECT_EQ(differences(added->text, shop.compilation), "") << added->text;
}

TEST(MapImport, TellsWhatAMapCannotSay) {
    estate::EstateReader reader;
    reader.addText("111122223333/get-account-authorization-details.json", R"({"RoleDetailList":[
      {"RoleName":"a","Path":"/","Arn":"arn:aws:iam::111122223333:role/a","RoleId":"AROA1",
       "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/Okta"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}},
         {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/u"},"Action":"sts:AssumeRole"}]},
       "AttachedManagedPolicies":[{"PolicyName":"ReadOnlyAccess","PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}],
       "RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[
         {"Sid":"N","Effect":"Allow","NotAction":"iam:*","Resource":"*"},
         {"Sid":"C","Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/team":"x"}}},
         {"Sid":"Fine","Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}]}}]}],
      "UserDetailList":[],"GroupDetailList":[],"Policies":[]})");
    const MapImport made = importMap(*reader.finish());
    const std::string told = written(made.unsaid);
    EXPECT_NE(told.find("not-action arn:aws:iam::111122223333:role/a N"), std::string::npos) << told;
    EXPECT_NE(told.find("condition arn:aws:iam::111122223333:role/a C"), std::string::npos) << told;
    EXPECT_NE(told.find("groups arn:aws:iam::111122223333:role/a"), std::string::npos) << told;
    EXPECT_NE(told.find("principal arn:aws:iam::111122223333:role/a"), std::string::npos) << told;
    ASSERT_EQ(made.unknown.size(), 1U);
    EXPECT_EQ(made.unknown.front().object, "arn:aws:iam::aws:policy/ReadOnlyAccess");
    EXPECT_EQ(made.added, 1U);
    EXPECT_NE(made.text.find("may = \"s3:PutObject\""), std::string::npos) << made.text;
}

TEST(MapImport, OfAMapWithMistakesIsRefused) {
    const test::Compiled shop = test::compiled(test::shop);
    EXPECT_FALSE(importInto("version = 1\n[[edge]]\nid = \"E1\"\n", *estateOf(shop.compilation), now));
    EXPECT_FALSE(importInto("version = ", *estateOf(shop.compilation), now));
}

} // namespace
} // namespace gw::mesh
