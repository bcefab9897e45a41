// No artefact lets a caller in whom the mesh kept out: small meshes by chance, with callers, certificates and lists of names,
// against a plain reading of who was let in.
#include "models/estate/estate_reader.h"
#include "models/mesh/appmesh/import.h"
#include "models/mesh/appmesh/translate.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace gw::mesh::appmesh {
namespace {

const std::string account = "111122223333";

std::string identity(int node) {
    return "spiffe://corp/ns/shop/sa/n" + std::to_string(node);
}

struct NodePlan {
    std::string mode; // "": no TLS
    bool validates = false, lists = false, certificate = false;
    std::vector<std::string> names;
    std::set<int> backends; // services of that node's number
};

// Every node has a service of its number; some services lead to two nodes.
struct MeshPlan {
    bool allowAll = false;
    std::vector<NodePlan> nodes;
    std::map<int, int> seconds; // by service: a second node
};

MeshPlan plan(std::mt19937& chance) {
    const auto number = [&](int most) { return std::uniform_int_distribution(0, most)(chance); };
    MeshPlan made;
    made.allowAll = number(3) == 0;
    made.nodes.resize(static_cast<std::size_t>(number(3) + 2));
    const int last = static_cast<int>(made.nodes.size()) - 1;
    for (NodePlan& each : made.nodes) {
        each.mode = std::vector<std::string>{"", "DISABLED", "PERMISSIVE", "STRICT", "STRICT", "STRICT"}[static_cast<std::size_t>(number(5))];
        each.validates = number(3) > 0;
        each.lists = number(3) > 0;
        each.certificate = number(3) > 0;
        for (int i = 0; i <= last; ++i) {
            if (number(1) == 0) each.names.push_back(identity(i));
            if (number(1) == 0) each.backends.insert(i);
        }
        if (number(2) == 0) each.names.push_back("web.shop.local");
    }
    for (int i = 0; i <= last; ++i)
        if (number(2) == 0) made.seconds[i] = number(last);
    return made;
}

Json described(const std::string& kind, const std::string& path, Json names, Json spec) {
    names["meshName"] = "shop";
    names["metadata"] = {{"arn", "arn:aws:appmesh:eu-west-1:" + account + ":mesh/shop" + path}, {"uid", "u"}, {"version", 1}};
    names["spec"] = std::move(spec);
    return {{kind, std::move(names)}};
}

std::shared_ptr<const estate::Estate> written(const MeshPlan& from) {
    estate::EstateReader reader;
    int file = 0;
    const auto add = [&](const Json& document) { reader.addText("f" + std::to_string(file++) + ".json", document.dump()); };
    add(described("mesh", "", Json::object(), {{"egressFilter", {{"type", from.allowAll ? "ALLOW_ALL" : "DROP_ALL"}}}}));
    for (std::size_t i = 0; i < from.nodes.size(); ++i) {
        const NodePlan& each = from.nodes[i];
        const std::string n = std::to_string(i), name = "n" + n;
        Json listener = {{"portMapping", {{"port", 8080}, {"protocol", "http"}}}};
        if (!each.mode.empty()) {
            listener["tls"] = {{"mode", each.mode}, {"certificate", {{"sds", {{"secretName", identity(static_cast<int>(i))}}}}}};
            if (each.validates) listener["tls"]["validation"]["trust"] = {{"sds", {{"secretName", "spiffe://corp"}}}};
            if (each.validates && each.lists) listener["tls"]["validation"]["subjectAlternativeNames"] = {{"match", {{"exact", each.names}}}};
        }
        Json spec = {{"listeners", Json::array({listener})}, {"serviceDiscovery", {{"dns", {{"hostname", name + ".internal"}}}}}, {"backends", Json::array()}};
        for (const int one : each.backends) spec["backends"].push_back({{"virtualService", {{"virtualServiceName", "s" + std::to_string(one) + ".shop.local"}}}});
        Json tls = {{"validation", {{"trust", {{"sds", {{"secretName", "spiffe://corp"}}}}}}}};
        if (each.certificate) tls["certificate"] = {{"sds", {{"secretName", identity(static_cast<int>(i))}}}};
        spec["backendDefaults"] = {{"clientPolicy", {{"tls", tls}}}};
        add(described("virtualNode", "/virtualNode/" + name, {{"virtualNodeName", name}}, spec));
        const std::string service = "s" + n + ".shop.local";
        add(described("virtualService", "/virtualService/" + service, {{"virtualServiceName", service}}, {{"provider", {{"virtualRouter", {{"virtualRouterName", "r" + n}}}}}}));
        add(described("virtualRouter", "/virtualRouter/r" + n, {{"virtualRouterName", "r" + n}}, {{"listeners", Json::array({{{"portMapping", {{"port", 80}, {"protocol", "http"}}}}})}}));
        Json targets = Json::array({{{"virtualNode", name}, {"weight", 1}}});
        if (const auto second = from.seconds.find(static_cast<int>(i)); second != from.seconds.end()) targets.push_back({{"virtualNode", "n" + std::to_string(second->second)}, {"weight", 1}});
        add(described("route", "/virtualRouter/r" + n + "/route/all", {{"virtualRouterName", "r" + n}, {"routeName", "all"}},
                      {{"httpRoute", {{"match", {{"prefix", "/"}}}, {"action", {{"weightedTargets", targets}}}}}}));
        add({{"taskDefinition",
              {{"taskDefinitionArn", "arn:aws:ecs:eu-west-1:" + account + ":task-definition/" + name + ":1"},
               {"taskRoleArn", "arn:aws:iam::" + account + ":role/" + name},
               {"containerDefinitions", Json::array({{{"name", "envoy"}, {"environment", Json::array({{{"name", "APPMESH_RESOURCE_ARN"}, {"value", "mesh/shop/virtualNode/" + name}}})}}})}}}});
    }
    return reader.finish();
}

bool closed(const NodePlan& node) {
    return node.mode == "STRICT" && node.validates;
}

// Whether the listener of `node` took requests of `caller`.
bool taken(const NodePlan& node, const NodePlan& caller, int number) {
    if (!closed(node)) return true;
    if (!caller.certificate) return false;
    return !node.lists || std::find(node.names.begin(), node.names.end(), identity(number)) != node.names.end();
}

class Callers : public ::testing::TestWithParam<unsigned> {
protected:
    void SetUp() override {
        std::mt19937 chance(GetParam());
        mesh = plan(chance);
        const auto estate = written(mesh);
        model = importFrom(*estate);
        EXPECT_TRUE(model.problems.empty());
        roles = TaskRoles(*estate);
    }

    // Both of its nodes took the caller, and the caller was led there.
    [[nodiscard]] bool mayCall(int caller, int service) const {
        const NodePlan& from = mesh.nodes[static_cast<std::size_t>(caller)];
        if (!from.backends.contains(service)) return false;
        const auto second = mesh.seconds.find(service);
        return taken(mesh.nodes[static_cast<std::size_t>(service)], from, caller) && (second == mesh.seconds.end() || taken(mesh.nodes[static_cast<std::size_t>(second->second)], from, caller));
    }

    [[nodiscard]] std::string text(Target target, const std::string& part) const {
        for (const TextFile& each : translationTo(model, roles, target).files)
            if (each.path.find(part) != std::string::npos) return each.content;
        return {};
    }

    MeshPlan mesh;
    Model model;
    TaskRoles roles;
};

TEST_P(Callers, OfLatticeAreThoseWhoWereTaken) {
    for (int service = 0; service < static_cast<int>(mesh.nodes.size()); ++service) {
        const std::string policy = Json::parse(text(Target::Lattice, "/policies/s" + std::to_string(service) + "-"))["policy"].get<std::string>();
        for (int caller = 0; caller < static_cast<int>(mesh.nodes.size()); ++caller)
            EXPECT_EQ(policy.find(":role/n" + std::to_string(caller) + "\"") != std::string::npos, mayCall(caller, service)) << "n" << caller << " to s" << service << "\n" << policy;
    }
}

TEST_P(Callers, OfIstioAreThoseOnTheList) {
    const std::string policies = text(Target::Istio, "authorization-policies.yaml");
    for (std::size_t i = 0; i < mesh.nodes.size(); ++i) {
        const std::size_t begin = policies.find("name: " + std::string("n") + std::to_string(i));
        const NodePlan& node = mesh.nodes[i];
        EXPECT_EQ(begin != std::string::npos, closed(node)) << "n" << i;
        if (begin == std::string::npos) continue;
        const std::string policy = policies.substr(begin, policies.find("---", begin) - begin);
        // A rule without principals would be everybody.
        EXPECT_EQ(policy.find("rules:") != std::string::npos, policy.find("principals:") != std::string::npos);
        for (std::size_t caller = 0; caller < mesh.nodes.size(); ++caller) {
            const bool named = policy.find("corp/ns/shop/sa/n" + std::to_string(caller)) != std::string::npos;
            const bool listed = std::find(node.names.begin(), node.names.end(), identity(static_cast<int>(caller))) != node.names.end();
            if (node.lists)
                EXPECT_EQ(named, listed) << "n" << caller << " to n" << i;
            else
                EXPECT_TRUE(!named || mesh.nodes[caller].certificate) << "n" << caller << " to n" << i;
        }
    }
}

TEST_P(Callers, OfServiceConnectAreNoMoreThanBefore) {
    for (std::size_t i = 0; i < mesh.nodes.size(); ++i) {
        const Json made = Json::parse(text(Target::ServiceConnect, "services/n" + std::to_string(i) + ".json"))["serviceConnectConfiguration"];
        if (!made["enabled"].get<bool>()) continue;
        for (const Json& service : made["services"])
            for (const Json& alias : service["clientAliases"]) {
                EXPECT_FALSE(mesh.nodes[i].mode == "STRICT");
                const int number = alias["dnsName"].get<std::string>()[1] - '0';
                for (int caller = 0; caller < static_cast<int>(mesh.nodes.size()); ++caller)
                    EXPECT_TRUE(mesh.allowAll || caller == static_cast<int>(i) || mesh.nodes[static_cast<std::size_t>(caller)].backends.contains(number)) << "n" << caller << " to " << alias;
            }
    }
}

TEST_P(Callers, OfEnvoyShowTheSameCertificates) {
    for (std::size_t i = 0; i < mesh.nodes.size(); ++i) {
        const NodePlan& node = mesh.nodes[i];
        const std::string all = text(Target::Envoy, "nodes/n" + std::to_string(i) + ".yaml");
        const std::size_t out = all.find("name: egress\n");
        const std::string in = all.substr(0, out);
        EXPECT_EQ(in.find("transport_protocol: raw_buffer") != std::string::npos, node.mode == "PERMISSIVE");
        const bool nobody = node.validates && node.lists && node.names.empty() && (node.mode == "STRICT" || node.mode == "PERMISSIVE");
        const bool tls = (node.mode == "STRICT" || node.mode == "PERMISSIVE") && !nobody;
        EXPECT_EQ(in.find("DownstreamTlsContext") != std::string::npos, tls);
        EXPECT_EQ(in.find("require_client_certificate: true") != std::string::npos, tls && node.validates);
        if (!tls || !node.validates || !node.lists) continue;
        for (std::size_t caller = 0; caller < mesh.nodes.size(); ++caller)
            EXPECT_EQ(in.find("exact: \"" + identity(static_cast<int>(caller)) + "\"") != std::string::npos,
                      std::find(node.names.begin(), node.names.end(), identity(static_cast<int>(caller))) != node.names.end());
        // What it may call, and nothing else.
        for (int service = 0; service < static_cast<int>(mesh.nodes.size()); ++service) {
            const bool led = all.find("- name: s" + std::to_string(service) + ".shop.local") != std::string::npos;
            EXPECT_EQ(led, node.backends.contains(service)) << "n" << i << " to s" << service;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(ByChance, Callers, ::testing::Range(0U, 60U));

} // namespace
} // namespace gw::mesh::appmesh
