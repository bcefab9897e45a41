// What becomes of a mesh at its successors: nothing of it is lost without a word, and nobody gets in who was kept out.
#include "models/estate/estate_reader.h"
#include "models/mesh/appmesh/cleanup.h"
#include "models/mesh/appmesh/import.h"
#include "models/mesh/appmesh/translate.h"
#include "tests/mesh/appmesh/random_mesh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

namespace gw::mesh::appmesh {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using estate::Datum;
using testing::Files;

constexpr Target targets[] = {Target::Lattice, Target::ServiceConnect, Target::Istio, Target::Envoy};

std::shared_ptr<const estate::Estate> read(const Files& files) {
    estate::EstateReader reader;
    for (const auto& [name, text] : files) reader.addText(name, text);
    return reader.finish();
}

std::string everything(const Model& model, Target target) {
    const Translation made = translationTo(model, {}, target);
    std::string text = lossJson(made.losses);
    for (const TextFile& each : made.files) text += each.path + "\n" + each.content;
    return text;
}

// Where an object has lost its own name, its ARN still tells it.
bool isName(std::string_view member) {
    return member == "meshName" || member == "virtualNodeName" || member == "virtualGatewayName" || member == "virtualServiceName" || member == "virtualRouterName" || member == "routeName" ||
           member == "gatewayRouteName";
}

// Another value of the same kind.
void alter(Datum& value) {
    switch (value.kind) {
    case Datum::Kind::False: value.kind = Datum::Kind::True; break;
    case Datum::Kind::True: value.kind = Datum::Kind::False; break;
    case Datum::Kind::Number: value.text = value.text == "7" ? "8" : "7"; break;
    case Datum::Kind::String: value.text += "x"; break;
    case Datum::Kind::Null: value = Datum::of("x"); break;
    default: value.members.clear(); value.kind = value.is(Datum::Kind::Object) ? Datum::Kind::Array : Datum::Kind::Object; break;
    }
}

void forEachValue(Datum& value, const std::string& field, const std::function<void(Datum&, const std::string&)>& take) {
    for (std::size_t i = 0; i < value.members.size(); ++i) {
        auto& [name, each] = value.members[i];
        const std::string at = field + (value.is(Datum::Kind::Array) ? "[" + std::to_string(i) + "]" : "." + name);
        if (each.members.empty()) take(each, at);
        forEachValue(each, at, take);
    }
}

class EveryField : public ::testing::TestWithParam<int> {};

TEST_P(EveryField, ShowsInAnArtefactOrInTheLossReport) {
    std::mt19937 chance(static_cast<unsigned>(GetParam()));
    Model model = importFrom(*read(testing::asDescribed(testing::randomMesh(chance, GetParam() % 4 == 0))));
    for (const Target target : targets) {
        const std::string before = everything(model, target);
        ASSERT_EQ(before, everything(model, target)) << "the same twice";
        for (Object& object : model.objects) {
            forEachValue(object.body, "", [&](Datum& value, const std::string& field) {
                const Datum kept = value;
                alter(value);
                EXPECT_TRUE(before != everything(model, target)) << "altered " << object.path() << " " << field << " for target " << static_cast<int>(target);
                value = kept;
            });
            // Taken away, with all that is in it.
            const std::function<void(Datum&, const std::string&)> without = [&](Datum& value, const std::string& field) {
                for (std::size_t i = 0; i < value.members.size(); ++i) {
                    const Datum::Member kept = value.members[i];
                    if (field.empty() && isName(kept.first)) continue;
                    value.members.erase(value.members.begin() + static_cast<std::ptrdiff_t>(i));
                    EXPECT_TRUE(before != everything(model, target)) << "without " << object.path() << " " << field << "/" << i << kept.first << " for target " << static_cast<int>(target);
                    value.members.insert(value.members.begin() + static_cast<std::ptrdiff_t>(i), kept);
                    without(value.members[i].second, field + "/" + std::to_string(i) + kept.first);
                }
            };
            without(object.body, "");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(ByChance, EveryField, ::testing::Range(2, 5));

const std::string account = "111122223333";

std::string described(const std::string& kind, const std::string& path, const std::string& names, const std::string& spec) {
    return R"({")" + kind + R"(":{"meshName":"shop",)" + names + R"("metadata":{"arn":"arn:aws:appmesh:eu-west-1:)" + account + ":" + path +
           R"(","uid":"u","version":1,"meshOwner":")" + account + R"(","resourceOwner":")" + account + R"("},"spec":)" + spec + "}}";
}

std::string node(const std::string& name, const std::string& spec) {
    return described("virtualNode", "mesh/shop/virtualNode/" + name, R"("virtualNodeName":")" + name + R"(",)", spec);
}

std::string task(const std::string& name, const std::string& role) {
    return R"({"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:)" + account + ":task-definition/" + name + R"(:3","family":")" + name + R"(","taskRoleArn":"arn:aws:iam::)" + account +
           ":role/" + role + R"(","proxyConfiguration":{"type":"APPMESH","containerName":"envoy"},"containerDefinitions":[{"name":"envoy","environment":[{"name":"APPMESH_RESOURCE_ARN","value":"arn:aws:appmesh:eu-west-1:)" +
           account + ":mesh/shop/virtualNode/" + name + R"("},{"name":"DB_PASSWORD","value":"not-to-be-kept"}]}]}})";
}

std::string client(const std::string& identity) {
    return R"({"clientPolicy":{"tls":{"certificate":{"sds":{"secretName":")" + identity + R"("}},"validation":{"trust":{"sds":{"secretName":"spiffe://corp"}}}}}})";
}

std::string caller(const std::string& name, const std::string& identity) {
    return node(name, R"({"listeners":[],"backends":[{"virtualService":{"virtualServiceName":"orders.shop.local"}}],"backendDefaults":)" + client(identity) + "}");
}

// web may call orders by its certificate, batch has another one; both have it as a backend.
Files shop(const std::string& names = R"(["spiffe://corp/ns/shop/sa/web"])", const std::string& mode = "STRICT") {
    return {{"mesh.json", described("mesh", "mesh/shop", "", R"({"egressFilter":{"type":"DROP_ALL"}})")},
            {"web.json", caller("web", "spiffe://corp/ns/shop/sa/web")},
            {"batch.json", caller("batch", "spiffe://corp/ns/shop/sa/batch")},
            {"orders.json", node("orders", R"({"listeners":[{"portMapping":{"port":8080,"protocol":"http"},"tls":{"mode":")" + mode + R"(","certificate":{"sds":{"secretName":"spiffe://corp/ns/shop/sa/orders"}},"validation":{"trust":{"sds":{"secretName":"spiffe://corp"}},"subjectAlternativeNames":{"match":{"exact":)" +
                                               names + R"(}}}}}],"serviceDiscovery":{"dns":{"hostname":"orders.shop.local"}}})")},
            {"service.json", described("virtualService", "mesh/shop/virtualService/orders.shop.local", R"("virtualServiceName":"orders.shop.local",)", R"({"provider":{"virtualNode":{"virtualNodeName":"orders"}}})")}};
}

const TextFile& fileEnding(const Translation& made, std::string_view end) {
    static const TextFile none;
    for (const TextFile& each : made.files)
        if (each.path.ends_with(end)) return each;
    ADD_FAILURE() << "no file " << end;
    return none;
}

bool tells(const Translation& made, std::string_view object, std::string_view field, std::string_view words) {
    for (const LossRow& each : made.losses)
        if (each.object.ends_with(object) && each.field == field && each.happens.find(words) != std::string::npos) return true;
    return false;
}

Translation of(const Files& files, Target target) {
    const auto estate = read(files);
    return translationTo(importFrom(*estate), TaskRoles(*estate), target);
}

TEST(Lattice, LetsInTheRolesOfThoseWhoseCertificatesWereTaken) {
    Files files = shop();
    files.emplace_back("task-web.json", task("web", "web-task"));
    files.emplace_back("task-batch.json", task("batch", "batch-task"));
    const Translation made = of(files, Target::Lattice);
    std::string policy;
    for (const TextFile& each : made.files)
        if (each.path.find("/policies/orders") != std::string::npos) policy = Json::parse(each.content)["policy"].get<std::string>();
    EXPECT_THAT(policy, HasSubstr("arn:aws:iam::111122223333:role/web-task"));
    EXPECT_THAT(policy, Not(HasSubstr("batch-task")));
    EXPECT_EQ(policy.find('\n'), std::string::npos);
    EXPECT_TRUE(tells(made, "virtualNode/batch", "spec.backends[0].virtualService.virtualServiceName", "not let in"));
    EXPECT_FALSE(tells(made, "virtualNode/web", "spec.backends[0].virtualService.virtualServiceName", "not let in"));
    const Json network = Json::parse(fileEnding(made, "service-network.json").content);
    EXPECT_EQ(network["authType"], "AWS_IAM");
    EXPECT_EQ(network["name"], "shop");
}

TEST(Lattice, DeniesEverybodyWhoseRoleIsNotKnown) {
    const Translation made = of(shop(), Target::Lattice);
    for (const TextFile& each : made.files)
        if (each.path.find("/policies/") != std::string::npos) {
            const std::string policy = Json::parse(each.content)["policy"].get<std::string>();
            EXPECT_THAT(policy, HasSubstr(R"("Effect":"Deny","Principal":"*")")) << each.path;
            EXPECT_THAT(policy, Not(HasSubstr("Allow"))) << each.path;
        }
    EXPECT_TRUE(tells(made, "virtualNode/web", "spec.backends[0].virtualService.virtualServiceName", "which role"));
}

TEST(Lattice, TakesNoRoleWhereTaskDefinitionsDisagree) {
    Files files = shop();
    files.emplace_back("task-web.json", task("web", "web-task"));
    std::string other = task("web", "other-task");
    other.replace(other.find("/web:3"), 6, "/web:4");
    files.emplace_back("task-web-4.json", other);
    const Translation made = of(files, Target::Lattice);
    for (const TextFile& each : made.files) EXPECT_THAT(each.content, Not(HasSubstr("web-task")));
}

TEST(ServiceConnect, IsSwitchedOffWhereItWouldLetInMore) {
    const Translation made = of(shop(), Target::ServiceConnect);
    const Json orders = Json::parse(fileEnding(made, "services/orders.json").content)["serviceConnectConfiguration"];
    EXPECT_EQ(orders["enabled"], false);
    EXPECT_EQ(orders["services"][0]["clientAliases"][0]["dnsName"], "orders.shop.local");
    EXPECT_EQ(orders["services"][0]["portName"], "http-8080");
    EXPECT_TRUE(tells(made, "virtualNode/orders", "spec.listeners[0].tls.validation", "asks callers for no certificate"));
}

TEST(ServiceConnect, IsOnWhereTheMeshKeptNobodyOut) {
    Files files = {{"mesh.json", described("mesh", "mesh/shop", "", R"({"egressFilter":{"type":"ALLOW_ALL"}})")},
                   {"orders.json", node("orders", R"({"listeners":[{"portMapping":{"port":8080,"protocol":"http"},"timeout":{"http":{"idle":{"unit":"s","value":30},"perRequest":{"unit":"ms","value":1500}}}}]})")},
                   {"service.json", shop().back().second}};
    const Translation made = of(files, Target::ServiceConnect);
    const Json orders = Json::parse(fileEnding(made, "services/orders.json").content)["serviceConnectConfiguration"];
    EXPECT_EQ(orders["enabled"], true);
    EXPECT_EQ(orders["services"][0]["timeout"], Json({{"idleTimeoutSeconds", 30}, {"perRequestTimeoutSeconds", 2}}));
    EXPECT_TRUE(tells(made, "virtualNode/orders", "spec.listeners[0].timeout.http.perRequest", "whole seconds"));
}

TEST(Istio, LetsInThePrincipalsOfTheNames) {
    const Translation made = of(shop(R"(["spiffe://corp/ns/shop/sa/web","web.shop.local"])"), Target::Istio);
    EXPECT_EQ(fileEnding(made, "authorization-policies.yaml").content, R"(apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: orders
  namespace: shop
spec:
  selector:
    matchLabels:
      app: orders
  action: ALLOW
  rules:
  - from:
    - source:
        principals:
        - corp/ns/shop/sa/web
    to:
    - operation:
        ports:
        - "8080"
)");
    EXPECT_THAT(fileEnding(made, "peer-authentications.yaml").content, HasSubstr("portLevelMtls:\n    \"8080\":\n      mode: STRICT\n"));
    EXPECT_THAT(fileEnding(made, "sidecars.yaml").content, HasSubstr("mode: REGISTRY_ONLY"));
    EXPECT_TRUE(tells(made, "virtualNode/orders", "spec.listeners[0].tls.validation.subjectAlternativeNames.match.exact[1]", "no identity of Istio's"));
}

TEST(Istio, LetsNobodyInWhereNoNameIsAnIdentity) {
    for (const char* names : {R"(["web.shop.local"])", "[]", R"(["spiffe://corp/ns/*/sa/*"])"}) {
        const std::string policy = fileEnding(of(shop(names), Target::Istio), "authorization-policies.yaml").content;
        EXPECT_THAT(policy, HasSubstr("action: ALLOW\n")) << names;
        EXPECT_THAT(policy, Not(HasSubstr("rules"))) << names;
    }
}

TEST(Envoy, AsksForTheSameCertificates) {
    const std::string text = fileEnding(of(shop(), Target::Envoy), "nodes/orders.yaml").content;
    EXPECT_THAT(text, HasSubstr("require_client_certificate: true"));
    EXPECT_THAT(text, HasSubstr("exact: \"spiffe://corp/ns/shop/sa/web\""));
    EXPECT_THAT(text, Not(HasSubstr("raw_buffer")));
    const std::string both = fileEnding(of(shop(R"(["spiffe://corp/web"])", "PERMISSIVE"), Target::Envoy), "nodes/orders.yaml").content;
    EXPECT_THAT(both, HasSubstr("transport_protocol: raw_buffer"));
    EXPECT_THAT(both, HasSubstr("transport_protocol: tls"));
}

TEST(Envoy, AnEmptyListOfNamesLetsNobodyIn) {
    const Translation made = of(shop("[]"), Target::Envoy);
    EXPECT_THAT(fileEnding(made, "nodes/orders.yaml").content, Not(HasSubstr("address: \"0.0.0.0\"")));
    EXPECT_TRUE(tells(made, "virtualNode/orders", "spec.listeners[0].tls.validation.subjectAlternativeNames", "empty"));
}

TEST(Translate, MeshesOfOneNameInTwoAccountsStayApart) {
    Files files = shop();
    for (const auto& [name, text] : shop()) {
        std::string other = text;
        for (std::size_t at = 0; (at = other.find(account, at)) != std::string::npos;) other.replace(at, 12, "444455556666");
        files.emplace_back("other-" + name, other);
    }
    const auto once = of(shop(), Target::Istio), both = of(files, Target::Istio);
    EXPECT_EQ(both.files.size(), 2 * once.files.size());
    EXPECT_EQ(both.losses.size(), 2 * once.losses.size());
}

TEST(LossReport, HasExactlyItsFiveMembers) {
    const Json rows = Json::parse(lossJson(of(shop(), Target::Lattice).losses));
    ASSERT_FALSE(rows.empty());
    for (const Json& each : rows) {
        std::vector<std::string> names;
        for (const auto& [name, none] : each.items()) names.push_back(name);
        EXPECT_EQ(names, (std::vector<std::string>{"object", "field", "value", "what_happens", "what_to_do"}));
    }
    EXPECT_EQ(lossJson({}), "[]\n");
}

TEST(CleanUp, NamesWhatIsLeft) {
    Files files = shop();
    files.emplace_back("task-web.json", task("web", "web-task"));
    files.emplace_back("get-account-authorization-details.json", R"({"RoleDetailList":[{"RoleName":"web-task","Arn":"arn:aws:iam::111122223333:role/web-task","Path":"/","RoleId":"A","AssumeRolePolicyDocument":{},
      "RolePolicyList":[{"PolicyName":"mesh","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["appmesh:StreamAggregatedResources","s3:GetObject"],"Resource":"*"}]}}],
      "AttachedManagedPolicies":[{"PolicyName":"AWSAppMeshEnvoyAccess","PolicyArn":"arn:aws:iam::aws:policy/AWSAppMeshEnvoyAccess"}]}],"UserDetailList":[],"GroupDetailList":[],"Policies":[]})");
    std::string shared = node("shared", R"({"serviceDiscovery":{"awsCloudMap":{"namespaceName":"shop.local","serviceName":"shared"}}})");
    const std::size_t owner = shared.find(R"("meshOwner":")") + 13;
    shared.replace(owner, 12, "999900001111");
    files.emplace_back("shared.json", shared);
    const auto estate = read(files);
    std::vector<std::string> kinds, details;
    for (const CleanUpStep& each : cleanUp(*estate, importFrom(*estate))) {
        kinds.emplace_back(leftOverName(each.what));
        details.push_back(each.detail);
        EXPECT_THAT(each.detail, Not(HasSubstr("not-to-be-kept")));
    }
    EXPECT_EQ(kinds, (std::vector<std::string>{"proxy", "proxy", "permission", "attachment", "share", "cloud_map", "dns_name"}));
    EXPECT_THAT(details, Contains("mesh: appmesh:StreamAggregatedResources"));
    EXPECT_THAT(details, Contains("owner 999900001111, in use by 111122223333"));
    EXPECT_THAT(notSeen(*estate), ::testing::ElementsAre("namespaces of Cloud Map (servicediscovery list-namespaces)"));
}

} // namespace
} // namespace gw::mesh::appmesh
