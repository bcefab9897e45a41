// What a map is compiled to, said in the words of other tools: our own readers of templates and configurations find the same
// access in it.
#include "models/estate/estate_reader.h"
#include "models/mesh/export/export.h"
#include "models/mesh/import_back/artefacts.h"
#include "saml/base/json.h"
#include "tests/mesh/generated_map.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

std::shared_ptr<const estate::Estate> readBack(const Export& made) {
    estate::EstateReader reader;
    for (const TextFile& file : made.files) reader.addText(file.path, file.content);
    auto estate = reader.finish();
    for (const Error& problem : estate->problems())
        ADD_FAILURE() << problem.chain() << " " << problem.fact("file") << " " << problem.fact("object");
    return estate;
}

// Of what the files give, and of what was compiled: the same differences to the map.
struct RoundTrip {
    std::vector<TargetProof> before, after;
};
RoundTrip roundTrip(const Intent& intent, const Compilation& compilation, const Export& made) {
    Prover prover;
    RoundTrip trip;
    trip.before = prover.prove(intent, compilation, test::policyTargets);
    const auto estate = readBack(made);
    trip.after = prover.prove(intent, artefactsIn(*estate, intent).compilation, test::policyTargets);
    return trip;
}

const TextFile* fileOf(const Export& made, std::string_view ending) {
    const auto found =
        std::find_if(made.files.begin(), made.files.end(), [&](const TextFile& each) { return each.path.ends_with(ending); });
    return found == made.files.end() ? nullptr : &*found;
}

bool lost(const Export& made, ExportLossKind kind, std::string_view object) {
    return std::any_of(made.losses.begin(), made.losses.end(), [&](const ExportLoss& each) {
        return each.kind == kind && each.object.find(object) != std::string::npos;
    });
}

const estate::Estate* noEstate = nullptr;

TEST(Export, OfTheShopComesBackWhole) {
    const test::Compiled shop = test::compiled(test::shop);
    ASSERT_EQ(test::differences(shop), "");
    const Export terraform = exportOf(shop.compilation, noEstate, ExportFormat::Terraform);
    EXPECT_EQ(test::written(roundTrip(shop.intent, shop.compilation, terraform).after), "");
    EXPECT_TRUE(lost(terraform, ExportLossKind::Deployment, "a1b2c3d4e5"));
    EXPECT_TRUE(lost(terraform, ExportLossKind::Directory, "payments-operator"));
    std::vector<std::string> paths;
    for (const TextFile& file : terraform.files) paths.push_back(file.path);
    EXPECT_EQ(paths,
              (std::vector<std::string>{"111122223333/eu-west-1/gatewarden.tf.json", "111122223333/us-east-1/gatewarden.tf.json",
                                        "444455556666/us-east-1/gatewarden.tf.json"}));

    // The API's policy is a property of the API, which the template does not own; only those who need it are missing.
    const Export templates = exportOf(shop.compilation, noEstate, ExportFormat::CloudFormation);
    EXPECT_TRUE(lost(templates, ExportLossKind::OwnsApi, "a1b2c3d4e5"));
    for (const TargetProof& proof : roundTrip(shop.intent, shop.compilation, templates).after) {
        EXPECT_TRUE(proof.surplus.empty() && proof.problems.empty() && proof.complete) << test::written({proof});
        for (const Difference& each : proof.missing) {
            EXPECT_EQ(proof.target, Target::ApiGateway);
            EXPECT_EQ(each.edge, EdgeId("E3")) << test::written({proof});
        }
        EXPECT_EQ(proof.missing.empty(), proof.target != Target::ApiGateway);
    }
}

TEST(Export, OfGeneratedMapsComesBackWhole) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 1; seed <= 24; ++seed) {
        auto reading = readMap(test::generatedMap(seed));
        ASSERT_TRUE(reading);
        const Intent intent = resolve(reading->map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value());
        const Compilation compilation = compile(intent, test::policyTargets);
        const RoundTrip terraform = roundTrip(intent, compilation, exportOf(compilation, noEstate, ExportFormat::Terraform));
        EXPECT_EQ(test::written(terraform.after), test::written(terraform.before)) << "seed " << seed;
        const Export templates = exportOf(compilation, noEstate, ExportFormat::CloudFormation);
        std::set<EdgeId> without;
        for (const ExportLoss& each : templates.losses)
            if (each.kind == ExportLossKind::OwnsApi) without.insert(each.edges.begin(), each.edges.end());
        const RoundTrip trip = roundTrip(intent, compilation, templates);
        for (std::size_t i = 0; i < trip.after.size(); ++i) {
            compared += trip.after[i].checked;
            if (trip.after[i].target != Target::ApiGateway) {
                EXPECT_EQ(test::written({trip.after[i]}), test::written({trip.before[i]})) << "seed " << seed;
                continue;
            }
            // What the API's policy denied is denied by nobody now, and what it allowed is missing.
            const auto isTold = [&](const Difference& each) { return !each.edge || without.contains(*each.edge); };
            if (without.empty()) {
                EXPECT_EQ(test::written({trip.after[i]}), test::written({trip.before[i]})) << "seed " << seed;
            }
            for (const Difference& each : trip.after[i].missing) {
                const auto& known = trip.before[i].missing;
                const bool before =
                    std::any_of(known.begin(), known.end(), [&](const Difference& one) { return one.edge == each.edge; });
                EXPECT_TRUE(before || isTold(each)) << "seed " << seed << test::written({trip.after[i]});
            }
        }
    }
    EXPECT_GT(compared, 10'000U);
}

// An estate in which some of it is there already.
std::shared_ptr<const estate::Estate> liveShop() {
    estate::EstateReader reader;
    reader.addText("111122223333/get-account-authorization-details.json", R"({"RoleDetailList":[
      {"RoleName":"payments-operator","Path":"/","Arn":"arn:aws:iam::111122223333:role/payments-operator","RoleId":"AROA1",
       "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[]},"AttachedManagedPolicies":[],
       "RolePolicyList":[{"PolicyName":"gatewarden","PolicyDocument":{"Version":"2012-10-17","Statement":[]}}]}],
      "UserDetailList":[],"GroupDetailList":[],"Policies":[]})");
    reader.addText("111122223333/eu-west-1/get-rest-apis.json",
                   R"({"items":[{"id":"a1b2c3d4e5","name":"shop","apiKeySource":"HEADER"}]})");
    reader.addText("111122223333/eu-west-1/get-resources-a1b2c3d4e5.json", R"({"items":[
      {"id":"rrr111","path":"/refunds/{id}","resourceMethods":{"GET":{"httpMethod":"GET","authorizationType":"NONE"},"POST":{"httpMethod":"POST","authorizationType":"AWS_IAM"}}},
      {"id":"rrr222","path":"/other","resourceMethods":{"GET":{"httpMethod":"GET","authorizationType":"NONE"}}}]})");
    reader.addText("111122223333/eu-west-1/get-stages-a1b2c3d4e5.json", R"({"item":[{"stageName":"prod","deploymentId":"d1"}]})");
    reader.addText(
        "111122223333/eu-west-1/list-services.json",
        R"({"items":[{"arn":"arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0","id":"svc-0123456789abcdef0","name":"payments"}]})");
    reader.addText(
        "111122223333/eu-west-1/get-policy-settle.json",
        R"({"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"gwE6\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"events.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"arn:aws:lambda:eu-west-1:111122223333:function:settle\"}]}"})");
    auto estate = reader.finish();
    for (const Error& problem : estate->problems()) ADD_FAILURE() << problem.chain();
    return estate;
}

TEST(Export, OfWhatIsThereAlready) {
    const test::Compiled shop = test::compiled(test::shop);
    const auto live = liveShop();
    const Export terraform = exportOf(shop.compilation, live.get(), ExportFormat::Terraform);
    const TextFile* iam = fileOf(terraform, "111122223333/us-east-1/gatewarden.tf.json");
    ASSERT_NE(iam, nullptr);
    Json document = parseJson(iam->content).value();
    Json imports = Json::array();
    imports.push_back({{"to", "aws_iam_role.gatewarden_payments_operator"}, {"id", "payments-operator"}});
    imports.push_back({{"to", "aws_iam_role_policy.gatewarden_payments_operator"}, {"id", "payments-operator:gatewarden"}});
    EXPECT_EQ(document["import"], imports);
    EXPECT_TRUE(document["resource"]["aws_iam_role"]["gatewarden_payments_operator"]["lifecycle"].contains("ignore_changes"));
    // A role that is not there yet is made, and is all the configuration's.
    EXPECT_FALSE(document["resource"]["aws_iam_role"]["gatewarden_orders_task"].contains("lifecycle"));
    const TextFile* regional = fileOf(terraform, "111122223333/eu-west-1/gatewarden.tf.json");
    ASSERT_NE(regional, nullptr);
    document = parseJson(regional->content).value();
    const Json& methods = document["resource"]["aws_api_gateway_method"];
    ASSERT_EQ(methods.size(), 1U);
    EXPECT_EQ(methods.front()["resource_id"], "rrr111");
    EXPECT_EQ(methods.front()["http_method"], "GET");
    EXPECT_EQ(methods.front()["authorization"], "AWS_IAM");

    const Export templates = exportOf(shop.compilation, live.get(), ExportFormat::CloudFormation);
    EXPECT_TRUE(lost(templates, ExportLossKind::OwnsRole, "payments-operator"));
    EXPECT_FALSE(lost(templates, ExportLossKind::OwnsRole, "orders-task"));
    EXPECT_TRUE(lost(templates, ExportLossKind::OwnsRoute, "a1b2c3d4e5"));
    for (const TextFile& file : templates.files)
        EXPECT_EQ(file.content.find("AWS::IAM::Role\",\n      \"Properties\": {\n        \"RoleName\": \"payments-operator\""),
                  std::string::npos);
}

TEST(Export, OfCallsHasAnOrder) {
    const test::Compiled shop = test::compiled(test::shop);
    const auto live = liveShop();
    const Export calls = exportOf(shop.compilation, live.get(), ExportFormat::Cli);
    const TextFile* order = fileOf(calls, "order.json");
    ASSERT_NE(order, nullptr);
    std::vector<std::string> operations;
    const Json steps = parseJson(order->content).value()["steps"];
    for (const Json& step : steps) {
        operations.push_back(step["command"][1].get<std::string>() + " " + step["command"][2].get<std::string>());
        EXPECT_NE(fileOf(calls, step["command"].back().get<std::string>().substr(7)), nullptr);
        EXPECT_FALSE(step["account"].get<std::string>().empty());
    }
    EXPECT_EQ(operations.size() + 1, calls.files.size());
    const auto at = [&](const char* name) { return std::find(operations.begin(), operations.end(), name) - operations.begin(); };
    EXPECT_LT(at("iam create-role"), at("iam put-role-policy"));
    EXPECT_LT(at("iam put-role-policy"), at("vpc-lattice put-auth-policy"));
    // A statement that is there is replaced.
    EXPECT_LT(at("lambda remove-permission"), at("lambda add-permission"));
    EXPECT_LT(at("apigateway update-rest-api"), at("apigateway update-method"));
    EXPECT_EQ(operations.back(), "apigateway create-deployment");
}

// "${aws:PrincipalTag/team}" is a variable of IAM's and no expression of Terraform's. A map has none; statements of others may.
TEST(Export, KeepsVariablesOfPolicies) {
    test::Compiled map = test::compiled(R"(version = 1
[[edge]]
id = "E1"
who = "role:arn:aws:iam::111122223333:role/reader"
may = "s3:GetObject"
on = "arn:aws:s3:::home/team/*"
)");
    std::string& policy = map.compilation.artefacts.front().text;
    policy.replace(policy.find("home/team/"), 10, "home/${aws:PrincipalTag/team}/");
    for (const ExportFormat format : {ExportFormat::Terraform, ExportFormat::CloudFormation}) {
        const Export made = exportOf(map.compilation, noEstate, format);
        ASSERT_EQ(made.files.size(), 1U);
        EXPECT_EQ(made.files.front().content.find("$${aws:PrincipalTag/team}") != std::string::npos,
                  format == ExportFormat::Terraform);
        const Compilation back = artefactsIn(*readBack(made), map.intent).compilation;
        ASSERT_EQ(back.artefacts.size(), 1U);
        EXPECT_NE(back.artefacts.front().text.find("home/${aws:PrincipalTag/team}/*"), std::string::npos);
        EXPECT_EQ(back.artefacts.front().edges, std::vector<EdgeId>{EdgeId("E1")});
    }
}

TEST(Export, SplitsTemplatesThatWouldBeTooLarge) {
    std::string text = "version = 1\n";
    for (int i = 0; i < 1000; ++i)
        text += "[[edge]]\nid = \"E" + std::to_string(i) + "x\"\nwho = \"role:arn:aws:iam::111122223333:role/r" +
                std::to_string(i) + "\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::a/*\"\n";
    const test::Compiled map = test::compiled(text);
    const Export made = exportOf(map.compilation, noEstate, ExportFormat::CloudFormation);
    ASSERT_EQ(made.files.size(), 3U);
    std::size_t resources = 0;
    for (const TextFile& file : made.files) {
        const std::size_t count = parseJson(file.content).value()["Resources"].size();
        EXPECT_LE(count, 500U);
        resources += count;
    }
    EXPECT_EQ(resources, 1000U);
    EXPECT_EQ(artefactsIn(*readBack(made), map.intent).compilation.artefacts.size(), 1000U);
}

} // namespace
} // namespace gw::mesh
