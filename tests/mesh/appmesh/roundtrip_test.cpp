// Whatever a mesh was written in, the same mesh comes out, and of what describe calls print nothing is lost.
#include "models/estate/estate_reader.h"
#include "models/mesh/appmesh/describe.h"
#include "models/mesh/appmesh/import.h"
#include "tests/mesh/appmesh/random_mesh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace gw::mesh::appmesh {
namespace {

using ::testing::HasSubstr;
using testing::Files;
using testing::RandomMesh;

Model read(const Files& files) {
    estate::EstateReader reader;
    for (const auto& [name, text] : files) reader.addText(name, text);
    const auto estate = reader.finish();
    for (const Error& each : estate->problems())
        if (!each.code().is(estate::EstateError::Unnamed)) ADD_FAILURE() << each.chain();
    return importFrom(*estate);
}

void expectNoProblems(const Model& model) {
    for (const Problem& each : model.problems) ADD_FAILURE() << each.object << " " << each.field << " " << troubleName(each.trouble) << " " << each.seen << " / " << each.expected;
}

// Objects by their path, with what templates know of them: names and the specification.
std::map<std::string, Json> declaredParts(const Model& model) {
    std::map<std::string, Json> parts;
    for (const Object& each : model.objects) {
        Json body = Json::parse(estate::jsonOf(each.body));
        body.erase("metadata");
        body.erase("status");
        parts[each.path()] = std::move(body);
    }
    return parts;
}

class Meshes : public ::testing::TestWithParam<int> {};

TEST_P(Meshes, DescribedOnesComeOutEqual) {
    std::mt19937 chance(static_cast<unsigned>(GetParam()));
    const RandomMesh mesh = testing::randomMesh(chance, GetParam() % 8 == 0);
    const Files files = testing::asDescribed(mesh);
    const Model model = read(files);
    expectNoProblems(model);
    const auto written = describeFiles(model);
    ASSERT_EQ(written.size(), files.size());
    std::vector<nlohmann::json> before, after;
    for (const auto& [name, text] : files) before.push_back(nlohmann::json::parse(text));
    for (const TextFile& each : written) after.push_back(nlohmann::json::parse(each.content));
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before, after);
    // And once more, out of what was written.
    Files again;
    for (const TextFile& each : written) again.emplace_back(each.path, each.content);
    const auto second = describeFiles(read(again));
    ASSERT_EQ(second.size(), written.size());
    for (std::size_t i = 0; i < second.size(); ++i) {
        EXPECT_EQ(second[i].path, written[i].path);
        EXPECT_EQ(second[i].content, written[i].content);
    }
}

TEST_P(Meshes, DeclaredOnesAreTheSame) {
    std::mt19937 chance(static_cast<unsigned>(GetParam()));
    const RandomMesh mesh = testing::randomMesh(chance, GetParam() % 8 == 0);
    const auto expected = declaredParts(read(testing::asDescribed(mesh)));
    for (const Files& files : {testing::asTemplate(mesh), testing::asState(mesh), testing::asManifests(mesh)}) {
        const Model model = read(files);
        expectNoProblems(model);
        const auto parts = declaredParts(model);
        ASSERT_EQ(parts.size(), expected.size()) << files.front().first;
        for (const auto& [path, body] : expected) {
            const auto found = parts.find(path);
            ASSERT_NE(found, parts.end()) << path << " in " << files.front().first;
            EXPECT_EQ(nlohmann::json(found->second), nlohmann::json(body)) << path << " in " << files.front().first;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(ByChance, Meshes, ::testing::Range(0, 60));

constexpr auto arn = "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/web";

std::string node(const std::string& spec, const std::string& more = "", const std::string& account = "111122223333") {
    return R"({"virtualNode":{"meshName":"shop","virtualNodeName":"web","metadata":{"arn":"arn:aws:appmesh:eu-west-1:)" + account +
           R"(:mesh/shop/virtualNode/web","uid":"u","version":1},"spec":)" + spec + more + "}}";
}

TEST(Roundtrip, KeepsNumbersAsTheyWereWrittenAndMembersThatNobodyKnows) {
    const Model model = read({{"a.json", node(R"({"listeners":[{"portMapping":{"port":8080,"protocol":"http"},"new":[1.0,1e3,12345678901234567890,-0]}],"x":{}})", R"(,"y":null)")}});
    expectNoProblems(model);
    const auto files = describeFiles(model);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].path, "111122223333/eu-west-1/shop/describe-virtual-node-web.json");
    for (const char* each : {"1.0,", "1e3,", "12345678901234567890,", "-0\n", "\"x\": {}", "\"y\": null"}) EXPECT_THAT(files[0].content, HasSubstr(each));
}

TEST(Roundtrip, KeepsTheTagsOfTemplates) {
    const Model model = read({{"t.json", R"({"Resources":{"M":{"Type":"AWS::AppMesh::Mesh","Properties":{"MeshName":"shop","Tags":[{"Key":"team","Value":"web"}]}}}})"}});
    ASSERT_EQ(model.objects.size(), 1U);
    const auto files = describeFiles(model);
    EXPECT_EQ(nlohmann::json::parse(files[0].content), nlohmann::json::parse(R"({"mesh":{"meshName":"shop","spec":{}},"tags":[{"key":"team","value":"web"}]})"));
    EXPECT_EQ(describeFiles(read({{files[0].path, files[0].content}}))[0].content, files[0].content);
}

TEST(Roundtrip, KeepsMeshesOfOneNameInTwoAccountsApart) {
    const Model model = read({{"a.json", node("{}")}, {"b.json", node("{}", "", "444455556666")}});
    expectNoProblems(model);
    const auto files = describeFiles(model);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[1].path, "444455556666/eu-west-1/shop/describe-virtual-node-web.json");
}

TEST(Roundtrip, WritesNoNameOutsideItsFolder) {
    EXPECT_EQ(fileName("../../etc"), "%2E.%2F..%2Fetc");
    EXPECT_EQ(fileName(".hidden"), "%2Ehidden");
    EXPECT_EQ(fileName(""), "unknown");
    EXPECT_EQ(fileName("color.shop.local"), "color.shop.local");
}

TEST(Import, TellsWhatIsOnlyListed) {
    const Model model = read({{"l.json", R"({"virtualNodes":[{"arn":")" + std::string(arn) + R"(","meshName":"shop","virtualNodeName":"web","version":1}]})"}});
    EXPECT_TRUE(model.objects.empty());
    ASSERT_EQ(model.problems.size(), 1U);
    EXPECT_EQ(model.problems[0].trouble, Trouble::NotDescribed);
    EXPECT_EQ(model.problems[0].expected, "describe-virtual-node");
}

TEST(Import, AListBesideADescriptionAddsNothing) {
    const std::string described = node(R"({"backends":[]})");
    const Model model = read({{"a.json", described}, {"l.json", R"({"virtualNodes":[{"arn":")" + std::string(arn) + R"(","meshName":"shop","virtualNodeName":"web","version":1,"createdAt":1}]})"}});
    ASSERT_EQ(model.objects.size(), 1U);
    EXPECT_EQ(nlohmann::json::parse(describeFiles(model)[0].content), nlohmann::json::parse(described));
}

struct Wrong {
    std::string spec;
    Trouble trouble;
    std::string field;
};

class WrongValues : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongValues, AreToldAndKept) {
    const Model model = read({{"a.json", node(GetParam().spec)}});
    ASSERT_EQ(model.objects.size(), 1U);
    EXPECT_EQ(nlohmann::json::parse(estate::jsonOf(model.objects[0].spec())), nlohmann::json::parse(GetParam().spec));
    bool found = false;
    for (const Problem& each : model.problems) found = found || (each.trouble == GetParam().trouble && each.field == GetParam().field && each.object == arn);
    EXPECT_TRUE(found) << (model.problems.empty() ? "nothing told" : model.problems[0].field + " " + std::string(troubleName(model.problems[0].trouble)));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongValues,
    ::testing::Values(Wrong{"[]", Trouble::WrongType, "spec"}, Wrong{R"({"listeners":{}})", Trouble::WrongType, "spec.listeners"},
                      Wrong{R"({"listeners":[7]})", Trouble::WrongType, "spec.listeners[0]"},
                      Wrong{R"({"listeners":[{"portMapping":{"port":"8080","protocol":"http"}}]})", Trouble::WrongType, "spec.listeners[0].portMapping.port"},
                      Wrong{R"({"listeners":[{"portMapping":{"port":70000,"protocol":"http"}}]})", Trouble::OutOfRange, "spec.listeners[0].portMapping.port"},
                      Wrong{R"({"listeners":[{"portMapping":{"port":1.5,"protocol":"http"}}]})", Trouble::WrongType, "spec.listeners[0].portMapping.port"},
                      Wrong{R"({"listeners":[{"portMapping":{"port":80,"protocol":"smtp"}}]})", Trouble::OutOfRange, "spec.listeners[0].portMapping.protocol"},
                      Wrong{R"({"listeners":[{"portMapping":{"port":80}}]})", Trouble::Lacks, "spec.listeners[0].portMapping.protocol"},
                      Wrong{R"({"listeners":[{}]})", Trouble::Lacks, "spec.listeners[0].portMapping"},
                      Wrong{R"({"serviceDiscovery":{"dns":{"hostname":"a"},"awsCloudMap":{"namespaceName":"n","serviceName":"s"}}})", Trouble::Several, "spec.serviceDiscovery"},
                      Wrong{R"({"backendDefaults":{"clientPolicy":{"tls":{"enforce":"yes","validation":{"trust":{"file":{"certificateChain":"/c"}}}}}}})", Trouble::WrongType,
                            "spec.backendDefaults.clientPolicy.tls.enforce"},
                      Wrong{R"({"backends":[{"virtualService":{"virtualServiceName":"gone"}}]})", Trouble::Dangling, "spec.backends[0].virtualService.virtualServiceName"}));

TEST(Import, TellsWhatATemplateLeavesOpen) {
    const Model model = read({{"t.json", R"({"Parameters":{"Port":{"Type":"Number"}},"Resources":{"M":{"Type":"AWS::AppMesh::VirtualRouter","Properties":{"MeshName":"shop","VirtualRouterName":"r",
        "Spec":{"Listeners":[{"PortMapping":{"Port":{"Ref":"Port"},"Protocol":"http"}}]}}}}})"}});
    ASSERT_EQ(model.problems.size(), 1U);
    EXPECT_EQ(model.problems[0].trouble, Trouble::Unresolved);
    EXPECT_EQ(model.problems[0].seen, "\"${Port}\"");
}

TEST(Import, NamesWhatTheControllerNames) {
    const Model model = read({{"m.yaml", R"(apiVersion: appmesh.k8s.aws/v1beta2
kind: Mesh
metadata: {name: shop}
spec: {egressFilter: {type: DROP_ALL}}
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: {name: web, namespace: front}
spec:
  podSelector: {matchLabels: {app: web}}
  listeners: [{portMapping: {port: 8080, protocol: http}}]
  backends: [{virtualService: {virtualServiceRef: {name: orders, namespace: back}}}]
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualService
metadata: {name: orders, namespace: back}
spec: {provider: {virtualNode: {virtualNodeRef: {name: web, namespace: front}}}}
)"}});
    expectNoProblems(model);
    ASSERT_EQ(model.objects.size(), 3U);
    EXPECT_EQ(model.objects[1].path(), "mesh/shop/virtualService/orders.back");
    EXPECT_EQ(model.objects[2].path(), "mesh/shop/virtualNode/web_front");
    EXPECT_EQ(model.objects[2].spec()["backends"].members[0].second["virtualService"].string("virtualServiceName"), "orders.back");
    EXPECT_EQ(model.objects[2].pods["matchLabels"].string("app"), "web");
}

} // namespace
} // namespace gw::mesh::appmesh
