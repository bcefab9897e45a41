// What a sidecar's configuration still tells of its mesh.
#include "models/estate/estate_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace gw::estate {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string nodeArn = "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/payments";

const std::string dump = R"({"configs":[
  {"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{
     "id":"arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/payments","cluster":"mesh/shop/virtualNode/payments"}}},
  {"@type":"type.googleapis.com/envoy.admin.v3.ClustersConfigDump","dynamic_active_clusters":[
     {"cluster":{"name":"cds_egress_shop_orders_v2_http_8080"}},{"cluster":{"name":"cds_egress_shop_orders_v2_http_8080"}},
     {"cluster":{"name":"cds_egress_shopping_cart_http_8080"}},{"cluster":{"name":"cds_ingress_shop_payments_http_8080"}}]},
  {"@type":"type.googleapis.com/envoy.admin.v3.ListenersConfigDump","dynamic_listeners":[
     {"name":"lds_egress_0.0.0.0_15001","active_state":{"listener":{"address":{"socket_address":{"port_value":15001}}}}},
     {"name":"lds_ingress_0.0.0.0_15000","active_state":{"listener":{
     "address":{"socket_address":{"address":"0.0.0.0","port_value":15000}},
     "filter_chains":[{"filters":[{"name":"envoy.filters.network.http_connection_manager","typed_config":{"http_filters":[
       {"name":"envoy.filters.http.rbac","typed_config":{"@type":"type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
        "rules":{"action":"DENY"}}}]}}]}]}}}]},
  {"@type":"type.googleapis.com/envoy.admin.v3.SecretsConfigDump","static_secrets":[
     {"name":"key","secret":{"generic_secret":{"secret":{"inline_string":"not-to-be-kept"}}}}]}]})";

const std::string meshDump =
    R"({"mesh":{"meshName":"shop","metadata":{"arn":"arn:aws:appmesh:eu-west-1:111122223333:mesh/shop","meshOwner":"111122223333",)"
    R"("resourceOwner":"111122223333"},"spec":{"egressFilter":{"type":"DROP_ALL"}},"status":{"status":"ACTIVE"}}})";

std::shared_ptr<const Estate> read(const std::vector<std::pair<std::string, std::string>>& files) {
    EstateReader reader;
    for (const auto& [name, text] : files) reader.addText(name, text);
    return reader.finish();
}

const Resource& resourceOf(const Estate& estate, std::string_view arn) {
    static const Resource none;
    for (const Resource& each : estate.resources())
        if (each.arn == arn) return each;
    ADD_FAILURE() << "no " << arn;
    return none;
}

TEST(Envoy, TellsItsMeshNodeBackendsAndFilters) {
    const auto estate = read({{"config_dump.json", dump}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    ASSERT_EQ(estate->resources().size(), 4U);
    const Resource& mesh = resourceOf(*estate, "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop");
    EXPECT_EQ(mesh.kind, ResourceKind::Mesh);
    const Resource& node = resourceOf(*estate, nodeArn);
    EXPECT_EQ(node.kind, ResourceKind::VirtualNode);
    EXPECT_EQ(node.parent, mesh.arn);
    EXPECT_EQ(node.spec, R"({"meshName":"shop","virtualNodeName":"payments","spec":{"listeners":[{"portMapping":{"port":8080,"protocol":"http"}}],)"
                         R"("backends":[{"virtualService":{"virtualServiceName":"orders_v2"}}]}})");
    const Resource& filter = resourceOf(*estate, nodeArn + "/rbac/1");
    EXPECT_EQ(filter.kind, ResourceKind::Other);
    EXPECT_EQ(filter.parent, node.arn);
    EXPECT_THAT(filter.spec, HasSubstr(R"("action":"DENY")"));
    for (const Resource& each : estate->resources()) EXPECT_THAT(each.spec, Not(HasSubstr("not-to-be-kept")));
}

TEST(Envoy, TellsItsRoutesAndCertificates) {
    const auto estate = read({{"config_dump.json", R"({"configs":[
  {"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{"id":"mesh/shop/virtualNode/web","locality":{"zone":"eu-west-1a"}}}},
  {"@type":"type.googleapis.com/envoy.admin.v3.ClustersConfigDump","dynamic_active_clusters":[
    {"cluster":{"name":"cds_ingress_shop_web_http_8080"}},
    {"cluster":{"name":"cds_egress_shop_orders_http_9080","type":"STRICT_DNS","load_assignment":{"endpoints":[{"lb_endpoints":[{"endpoint":{"address":{"socket_address":{"address":"orders.internal","port_value":9080}}}}]}]},
      "transport_socket":{"typed_config":{"@type":"type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext","common_tls_context":{
        "tls_certificate_sds_secret_configs":[{"name":"spiffe://corp/web"}],
        "combined_validation_context":{"default_validation_context":{"match_typed_subject_alt_names":[{"san_type":"DNS","matcher":{"exact":"spiffe://corp/orders"}},{"san_type":"URI","matcher":{"exact":"spiffe://corp/orders"}}]},
          "validation_context_sds_secret_config":{"name":"spiffe://corp"}}}}}}},
    {"cluster":{"name":"cds_egress_shop_orders_v2_http_9080"}}]},
  {"@type":"type.googleapis.com/envoy.admin.v3.ListenersConfigDump","dynamic_listeners":[{"name":"lds_ingress_0.0.0.0_15000","active_state":{"listener":{"filter_chains":[
    {"filter_chain_match":{"destination_port":8080},"transport_socket":{"typed_config":{"@type":"type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext","require_client_certificate":true,
      "common_tls_context":{"tls_certificates":[{"certificate_chain":{"filename":"/c/chain.pem"},"private_key":{"filename":"/c/key.pem"}}],
        "validation_context":{"trusted_ca":{"filename":"/c/ca.pem"},"match_subject_alt_names":[{"exact":"spiffe://corp/edge"}]}}}}}]}}}]},
  {"@type":"type.googleapis.com/envoy.admin.v3.RoutesConfigDump","dynamic_route_configs":[{"route_config":{"name":"rds_egress_http_9080","virtual_hosts":[
    {"name":"orders","domains":["orders.shop.local","orders.shop.local:9080"],"routes":[
      {"match":{"prefix":"/v2","headers":[{"name":":method","exact_match":"GET"},{"name":"x-a","invert_match":true,"safe_regex_match":{"regex":"b.*"}}]},
       "route":{"weighted_clusters":{"clusters":[{"name":"cds_egress_shop_orders_http_9080","weight":90},{"name":"cds_egress_shop_orders_v2_http_9080","weight":10}]},"timeout":"2.500s"}},
      {"match":{"prefix":"/"},"route":{"cluster":"cds_egress_shop_orders_http_9080"}}]}]}}]}]})"}});
    const std::string base = "arn:aws:appmesh:eu-west-1::mesh/shop/";
    EXPECT_EQ(resourceOf(*estate, base + "virtualNode/web").spec,
              R"({"meshName":"shop","virtualNodeName":"web","spec":{"listeners":[{"portMapping":{"port":8080,"protocol":"http"},"tls":{"mode":"STRICT",)"
              R"("certificate":{"file":{"certificateChain":"/c/chain.pem","privateKey":"/c/key.pem"}},"validation":{"trust":{"file":{"certificateChain":"/c/ca.pem"}},)"
              R"("subjectAlternativeNames":{"match":{"exact":["spiffe://corp/edge"]}}}}}],"backends":[{"virtualService":{"virtualServiceName":"orders.shop.local",)"
              R"("clientPolicy":{"tls":{"certificate":{"sds":{"secretName":"spiffe://corp/web"}},"validation":{"trust":{"sds":{"secretName":"spiffe://corp"}},)"
              R"("subjectAlternativeNames":{"match":{"exact":["spiffe://corp/orders"]}}}}}}}]}})");
    EXPECT_EQ(resourceOf(*estate, base + "virtualNode/orders").spec, R"({"meshName":"shop","virtualNodeName":"orders","spec":{"listeners":[{"portMapping":{"port":9080,"protocol":"http"}}],)"
                                                                     R"("serviceDiscovery":{"dns":{"hostname":"orders.internal"}}}})");
    EXPECT_EQ(resourceOf(*estate, base + "virtualService/orders.shop.local").spec,
              R"({"meshName":"shop","virtualServiceName":"orders.shop.local","spec":{"provider":{"virtualRouter":{"virtualRouterName":"orders.shop.local"}}}})");
    EXPECT_EQ(resourceOf(*estate, base + "virtualRouter/orders.shop.local/route/route-1").spec,
              R"({"meshName":"shop","virtualRouterName":"orders.shop.local","routeName":"route-1","spec":{"priority":1,"httpRoute":{"match":{"prefix":"/v2","method":"GET",)"
              R"("headers":[{"name":"x-a","invert":true,"match":{"regex":"b.*"}}]},"action":{"weightedTargets":[{"virtualNode":"orders","weight":90,"port":9080},)"
              R"({"virtualNode":"orders_v2","weight":10,"port":9080}]},"timeout":{"perRequest":{"unit":"ms","value":2500}}}}})");
}

TEST(Envoy, SidecarsOfOneMeshShareIt) {
    std::string gateway = dump;
    for (std::size_t at = 0; (at = gateway.find("virtualNode/payments", at)) != std::string::npos;) gateway.replace(at, 20, "virtualGateway/edge");
    const auto estate = read({{"a.json", dump}, {"b.json", gateway}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    EXPECT_EQ(estate->resources().size(), 6U);
    const Resource& edge = resourceOf(*estate, "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualGateway/edge");
    EXPECT_EQ(edge.kind, ResourceKind::VirtualGateway);
    EXPECT_THAT(edge.spec, Not(HasSubstr("backends")));
}

// Whichever is read first.
TEST(Envoy, WhatAwsTellsCountsForMore) {
    for (const bool first : {false, true}) {
        const auto estate = read({{first ? "a.json" : "z.json", meshDump}, {"m.json", dump}});
        EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
        EXPECT_EQ(estate->resources().size(), 4U);
        EXPECT_THAT(resourceOf(*estate, "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop").spec, HasSubstr("DROP_ALL"));
    }
}

TEST(Envoy, OfNoMeshIsSaidToBeSo) {
    const auto estate =
        read({{"edge.json", R"({"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{"id":"edge-1"}}}]})"}});
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Unnamed));
    EXPECT_TRUE(estate->resources().empty());
}

TEST(Envoy, FiltersOfNoMeshAreReadAllTheSame) {
    const auto estate = read({{"edge.json",
                               R"({"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.ListenersConfigDump","static_listeners":[{"listener":{"name":"in",)"
                               R"("filter_chains":[{"filters":[{"name":"tcp","typed_config":{"@type":)"
                               R"("type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC","rules":{}}}]}]}}]}]})"}});
    EXPECT_TRUE(estate->problems().empty());
    ASSERT_EQ(estate->resources().size(), 1U);
    EXPECT_EQ(estate->resources()[0].name, "in tcp");
}

struct Odd {
    const char* name;
    const char* text;
};
class EnvoyOdd : public testing::TestWithParam<Odd> {};

// Wrong types where objects and lists belong: nothing is made up, and nothing else goes wrong.
TEST_P(EnvoyOdd, MakesNoMesh) {
    const auto estate = read({{"odd.json", GetParam().text}});
    EXPECT_TRUE(estate->resources().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, EnvoyOdd,
    testing::Values(Odd{"NodeIsAString", R"({"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":"mesh/a/virtualNode/b"}}]})"},
                    Odd{"NothingAfterTheStep", R"({"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{"id":"mesh/a/virtualNode/"}}}]})"},
                    Odd{"NoMesh", R"({"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{"id":"mesh//virtualNode/b"}}}]})"},
                    Odd{"ConfigsOfNumbers", R"({"configs":[1,2,3]})"}, Odd{"ConfigsIsAnObject", R"({"configs":{"@type":"x"}})"},
                    Odd{"AnotherProgram", R"({"configs":[{"@type":"something.else"}]})"}),
    [](const auto& odd) { return odd.param.name; });

} // namespace
} // namespace gw::estate
