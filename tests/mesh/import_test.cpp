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
    const MapImport made = importMap(*estateOf(shop.compilation)).value();
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
        const MapImport made = importMap(*estateOf(compilation)).value();
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
    const MapImport made = importMap(*reader.finish()).value();
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

// One role with a policy and a trust policy, and an API with one.
std::shared_ptr<const estate::Estate> estateWith(const std::string& statements, const std::string& trust = "",
                                                 const std::string& ofApi = "") {
    estate::EstateReader reader;
    reader.addText("111122223333/get-account-authorization-details.json",
                   R"({"UserDetailList":[],"GroupDetailList":[],"Policies":[],"RoleDetailList":[
      {"RoleName":"a","Path":"/","Arn":"arn:aws:iam::111122223333:role/a","RoleId":"AROA1","AttachedManagedPolicies":[],
       "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[)" +
                       trust + R"(]},
       "RolePolicyList":[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[)" +
                       statements + "]}}]}]}");
    reader.addText("assignments.csv", "group,role,provider\nOps,arn:aws:iam::111122223333:role/a,\n");
    if (!ofApi.empty()) {
        const Json policy{{"Version", "2012-10-17"}, {"Statement", parseJson("[" + ofApi + "]").value()}};
        const Json apis{{"items", Json::array({{{"id", "a1b2c3d4e5"}, {"name", "shop"}, {"policy", policy.dump()}}})}};
        reader.addText("111122223333/eu-west-1/get-rest-apis.json", apis.dump());
    }
    return reader.finish();
}

std::string unusable(const std::string& map) {
    auto reading = readMap(map);
    if (!reading) return reading.error().chain() + "\n" + map;
    std::vector<Error> problems = reading->problems;
    for (Error& each : resolve(reading->map, nullptr, std::nullopt).problems) problems.push_back(std::move(each));
    for (const Error& each : problems)
        if (const auto code = each.code().as<MapError>(); !code || !isWarning(*code)) return each.chain() + "\n" + map;
    return {};
}

constexpr std::string_view samlTrust =
    R"({"Sid":"T","Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}})";

struct Unsayable {
    const char *name, *statement;
    const char* what; // of the only row; empty: it can be said
    bool deny = false;
};

class MapImportOfOneStatement : public testing::TestWithParam<Unsayable> {};

TEST_P(MapImportOfOneStatement, CanBeReadAgain) {
    const std::string fine = R"(,{"Sid":"Fine","Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:q"})";
    const MapImport made = importMap(*estateWith(GetParam().statement + fine)).value();
    EXPECT_EQ(unusable(made.text), "");
    EXPECT_NE(made.text.find("sqs:SendMessage"), std::string::npos) << made.text;
    const std::string_view what = GetParam().what;
    ASSERT_EQ(made.unsaid.size(), what.empty() ? 0U : 1U) << written(made.unsaid) << made.text;
    EXPECT_EQ(made.added, what.empty() ? 2U : 1U) << made.text;
    if (what.empty()) return;
    EXPECT_EQ(made.unsaid.front().what, what);
    EXPECT_EQ(made.unsaid.front().object, "arn:aws:iam::111122223333:role/a");
    EXPECT_EQ(made.unsaid.front().sid, "S");
    EXPECT_EQ(made.unsaid.front().deny, GetParam().deny);
}

#define GW_ALLOW R"({"Sid":"S","Effect":"Allow","Action":)"
INSTANTIATE_TEST_SUITE_P(
    All, MapImportOfOneStatement,
    testing::Values(
        Unsayable{"Everything", GW_ALLOW R"("s3:ListBucket","Resource":"*"})", ""},
        Unsayable{"AProvider", GW_ALLOW R"("iam:GetSAMLProvider","Resource":"arn:aws:iam::111122223333:saml-provider/P"})", ""},
        Unsayable{"ALatticeService",
                  GW_ALLOW R"("vpc-lattice:GetService","Resource":"arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1"})", ""},
        Unsayable{"AnyAction", GW_ALLOW R"("*","Resource":"*"})", "action"},
        Unsayable{"NoArn", GW_ALLOW R"("s3:GetObject","Resource":"b/*"})", "resource"},
        Unsayable{"AVariableInTheResource", GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*"})", "variable"},
        Unsayable{"AVariableAmongValues",
                  GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:PrincipalTag/t":["z","${aws:PrincipalTag/d, 'z'}"]}}})",
                  "variable"},
        Unsayable{"NoValue",
                  GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:PrincipalTag/t":[]}}})", "never"},
        Unsayable{"NoTable", GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":"x"}})", "condition"},
        Unsayable{"AKeyThatIsTheMapsOwn",
                  GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"source_ip":"10.0.0.0/8"}}})", "condition"},
        Unsayable{"ANumberAmongValues",
                  GW_ALLOW R"("s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"NumericLessThan":{"s3:max-keys":[10]}}})", "condition"},
        Unsayable{"ADenialOfAllButSome",
                  R"({"Sid":"S","Effect":"Deny","NotAction":["sqs:*"],"Resource":"*"})", "not-action", true},
        Unsayable{"ADenialWithAVariable",
                  R"({"Sid":"S","Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}"})", "variable", true}),
    [](const auto& each) { return each.param.name; });
#undef GW_ALLOW

TEST(MapImport, LeavesOutWhatADenialTakesAway) {
    const std::string allows = R"({"Sid":"Gone","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
                                  {"Sid":"Stays","Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:q"},)";
    // The first the map cannot say, the second it can: it would allow and deny the same, and is no map then.
    for (const char* denial : {R"({"Sid":"D","Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::*"})",
                               R"({"Sid":"D","Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})"}) {
        const MapImport made = importMap(*estateWith(allows + denial)).value();
        EXPECT_EQ(unusable(made.text), "");
        EXPECT_EQ(made.text.find("effect = \"deny\"") != std::string::npos,
                  made.text.find("s3:GetObject") != std::string::npos) << made.text;
        EXPECT_NE(made.text.find("sqs:SendMessage"), std::string::npos) << made.text;
        const auto gone = std::find_if(made.unsaid.begin(), made.unsaid.end(), [](const Unsaid& each) { return each.sid == "Gone"; });
        ASSERT_NE(gone, made.unsaid.end()) << written(made.unsaid);
        EXPECT_EQ(gone->what, "denied");
        EXPECT_FALSE(gone->deny);
    }
    // Under a condition it takes away less than that, and it is told that the map says more.
    const MapImport made = importMap(*estateWith(
        allows + R"({"Sid":"D","Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}})")).value();
    EXPECT_EQ(written(made.unsaid), "action arn:aws:iam::111122223333:role/a D * on *\n");
    EXPECT_TRUE(made.unsaid.front().deny);
    EXPECT_EQ(made.added, 2U);
}

TEST(MapImport, DenialsOfOneSideAreEnough) {
    const MapImport made = importMap(*estateWith(
        R"({"Sid":"A","Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:q"})", "",
        R"({"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/a"},"Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/x"})")).value();
    EXPECT_EQ(written(made.unsaid), "");
    EXPECT_EQ(unusable(made.text), "");
    EXPECT_NE(made.text.find("effect = \"deny\"\nwho = \"role:arn:aws:iam::111122223333:role/a\"\nmay = \"GET\"\n"), std::string::npos)
        << made.text;
}

TEST(MapImport, DenialsOfANetworkAreNotLost) {
    const std::string service = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1";
    const std::string network = "arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-1";
    const auto policy = [](const std::string& effect, const std::string& resource) {
        return R"({"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":")" + effect +
               R"(","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":")" + resource + "\"}]}";
    };
    const auto imported = [&](const std::string& effect, const std::string& resource) {
        const std::vector<Artefact> artefacts{{Target::Lattice, ArtefactKind::AuthPolicy, network, {}, policy(effect, resource), {}}};
        return importedFrom(artefacts);
    };
    const Imported said = imported("Deny", service + "/admin");
    EXPECT_EQ(written(said.unsaid), "");
    ASSERT_EQ(said.edges.size(), 1U);
    EXPECT_TRUE(said.edges.front().deny);
    EXPECT_EQ(said.edges.front().paths, (std::vector<std::string>{"/admin"}));
    const Imported all = imported("Deny", "*");
    EXPECT_EQ(written(all.unsaid), "resource " + network + " S * on *\n");
    EXPECT_TRUE(all.unsaid.front().deny);
    // What a network allows is no edge by itself.
    EXPECT_TRUE(imported("Allow", "*").edges.empty());
}

TEST(MapImport, OfTrustThatNobodyInParticularOrNobodyAtAllHas) {
    const std::string people(samlTrust);
    const MapImport open = importMap(*estateWith("", people + R"(,{"Sid":"O","Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"})")).value();
    EXPECT_EQ(unusable(open.text), "");
    EXPECT_EQ(written(open.unsaid), "principal arn:aws:iam::111122223333:role/a O *\n");
    EXPECT_NE(open.text.find("who = \"group:Ops\""), std::string::npos) << open.text;

    const MapImport closed =
        importMap(*estateWith("", people + R"(,{"Sid":"D","Effect":"Deny","Principal":"*","Action":"sts:AssumeRoleWithSAML"})")).value();
    EXPECT_EQ(closed.added, 0U) << closed.text;
    EXPECT_NE(written(closed.unsaid).find("denied arn:aws:iam::111122223333:role/a T"), std::string::npos) << written(closed.unsaid);
    EXPECT_TRUE(closed.unsaid.front().deny);
}

TEST(MapImport, OfSeveralAudiencesSaysThatOfAws) {
    std::string trust(samlTrust);
    const std::string one = R"("https://signin.aws.amazon.com/saml")";
    trust.replace(trust.find(one), one.size(), "[" + one + R"(,"https://eu-west-1.signin.aws.amazon.com/saml"])");
    const MapImport made = importMap(*estateWith("", trust)).value();
    EXPECT_EQ(written(made.unsaid), "audiences arn:aws:iam::111122223333:role/a T https://eu-west-1.signin.aws.amazon.com/saml\n");
    EXPECT_NE(made.text.find("who = \"group:Ops\""), std::string::npos) << made.text;
    // Of a denial that would be less than it denies.
    trust.replace(trust.find("Allow"), 5, "Deny");
    EXPECT_EQ(importMap(*estateWith("", trust)).value().added, 0U);
}

TEST(MapImport, IntoAMapTakesOutWhatIsDenied) {
    const std::string map = R"(version = 1
[[edge]]
id = "E1"
who = "role:arn:aws:iam::111122223333:role/a"
may = "s3:GetObject"
on = "arn:aws:s3:::b/*"
)";
    const std::string live = R"({"Sid":"gwE1","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})";
    EXPECT_EQ(importInto(map, *estateWith(live), now)->text, map);
    for (const char* denial : {R"(,{"Sid":"D","Effect":"Deny","Action":"*","Resource":"*"})",
                               R"(,{"Sid":"D","Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})"}) {
        const auto made = importInto(map, *estateWith(live + denial), now);
        ASSERT_TRUE(made) << made.error().chain();
        EXPECT_EQ(unusable(made->text), "");
        EXPECT_EQ(made->removed, 1U);
        EXPECT_NE(written(made->unsaid).find("denied arn:aws:iam::111122223333:role/a gwE1"), std::string::npos)
            << written(made->unsaid);
    }
}

TEST(MapImport, OfAMapWithMistakesIsRefused) {
    const test::Compiled shop = test::compiled(test::shop);
    EXPECT_FALSE(importInto("version = 1\n[[edge]]\nid = \"E1\"\n", *estateOf(shop.compilation), now));
    EXPECT_FALSE(importInto("version = ", *estateOf(shop.compilation), now));
}

} // namespace
} // namespace gw::mesh
