// The evaluator of Envoy's RBAC against tables: of what its own tests check, and of what a real one made of paths.
#include "models/estate/sources/yaml.h"
#include "models/mesh/envoy/denial.h"
#include "models/mesh/envoy/listener.h"
#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/rbac.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace gw::mesh {
namespace {

using envoy::EscapedSlashes;
using envoy::PathSettings;
using envoy::Verdict;
using estate::Datum;

Datum readData(const std::string& name) {
    std::ifstream file(std::string(GW_TEST_DATA) + "/mesh/" + name);
    std::stringstream text;
    text << file.rdbuf();
    estate::YamlFile read = estate::readYaml(text.str());
    EXPECT_FALSE(read.problem) << read.problem->chain();
    EXPECT_EQ(read.documents.size(), 1U);
    return read.documents.empty() ? Datum() : std::move(read.documents.front());
}

std::vector<std::string> textsOf(const Datum& list) {
    std::vector<std::string> texts;
    for (const auto& [name, each] : list.members) texts.push_back(each.text);
    return texts;
}

envoy::Request requestOf(const Datum& datum) {
    envoy::Request request;
    const auto take = [&](std::string_view name, std::string& into) {
        if (!datum.string(name).empty()) into = std::string(datum.string(name));
    };
    take("method", request.method);
    take("path", request.path);
    take("direct", request.directRemote = "192.0.2.1");
    take("remote", request.remote = "192.0.2.1");
    take("local", request.local = "192.0.2.1");
    take("server_name", request.serverName);
    request.port = static_cast<std::uint16_t>(std::atoi(std::string(datum.string("port")).c_str()));
    for (const auto& [name, value] : datum["headers"].members) request.headers.emplace_back(name, value.text);
    for (const auto& [name, values] : datum["several"].members)
        for (const std::string& value : textsOf(values)) request.headers.emplace_back(name, value);
    if (datum.find("uris") != nullptr || datum.find("dns") != nullptr || datum.find("subject") != nullptr)
        request.peer = envoy::Peer{textsOf(datum["uris"]), textsOf(datum["dns"]), std::string(datum.string("subject")),
                                   !datum["validated"].is(Datum::Kind::False)};
    return request;
}

std::string nameOf(Verdict verdict) {
    return verdict == Verdict::Allowed   ? "allowed"
           : verdict == Verdict::Denied  ? "denied"
           : verdict == Verdict::Refused ? "refused"
                                         : "unknown";
}

TEST(EnvoyRbac, AnswersAsEnvoyDoes) {
    const Datum cases = readData("rbac_cases.yaml");
    EXPECT_GT(cases.members.size(), 25U);
    for (const auto& [none, each] : cases.members) {
        SCOPED_TRACE(each.string("name"));
        const envoy::RbacRules rules = envoy::readRules(each["rules"]);
        for (const auto& [unnamed, ask] : each["asks"].members) {
            SCOPED_TRACE(estate::jsonOf(ask));
            ASSERT_EQ(ask.members.size(), 3U);
            const envoy::Request request = requestOf(ask.members[0].second);
            const envoy::RbacAnswer answer = envoy::evaluate(rules, envoy::seenAs(request, request.path));
            EXPECT_EQ(nameOf(answer.verdict), ask.members[1].second.text);
            EXPECT_EQ(answer.policy, ask.members[2].second.text);
        }
    }
}

TEST(EnvoyPath, BecomesWhatEnvoyMadeOfIt) {
    const PathSettings settings[] = {
        {true, false, EscapedSlashes::Keep}, {true, true, EscapedSlashes::Forward}, {false, true, EscapedSlashes::Keep}};
    const Datum table = readData("envoy_paths.yaml");
    EXPECT_GT(table.members.size(), 40U);
    for (const auto& [none, row] : table.members)
        for (std::size_t i = 0; i < std::size(settings); ++i)
            EXPECT_EQ(envoy::seenPath(row.members[0].second.text, settings[i]).value_or(""), row.members[i + 1].second.text)
                << row.members[0].second.text << " with settings " << i;
}

TEST(EnvoyPath, RefusesEscapedSlashesWhereToldTo) {
    const PathSettings settings{true, true, EscapedSlashes::Reject};
    for (const char* path : {"/a%2fb", "/a%2Fb", "/a/..%5Cb"}) EXPECT_FALSE(envoy::seenPath(path, settings)) << path;
    EXPECT_EQ(envoy::seenPath("/a?x=%2f", settings), "/a?x=%2f");
}

TEST(EnvoyPath, MeansOneThingHoweverItIsWritten) {
    for (const char* path :
         {"/orders/7", "//orders//7", "/x/../orders/7", "/orders%2f7", "/%6frders/7", "/orders\\7", "/orders/./7?x=/../y"})
        EXPECT_EQ(envoy::meantPath(path), "/orders/7") << path;
    EXPECT_EQ(envoy::meantPath("/caf%c3%a9"), "/caf%C3%A9");
}

constexpr std::string_view listenerHead = R"(
filter_chains:
- transport_socket:
    name: tls
    typed_config:
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
      common_tls_context: {validation_context: {trusted_ca: {filename: ca.crt}}}
  filters:
  - name: hcm
    typed_config:
      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
)";
constexpr std::string_view denyAll = R"(
      http_filters:
      - name: rbac
        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC, rules: {}}
      - name: router
        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
)";

envoy::ListenerAnswer ask(const std::string& text, const std::string& path) {
    const auto listener = envoy::Listener::parse(text);
    if (!listener) {
        ADD_FAILURE() << listener.error().chain();
        return {};
    }
    envoy::Request request;
    request.path = path;
    return listener->evaluate(request);
}

TEST(EnvoyListener, RoutesSetFiltersAside) {
    const std::string routes = R"(
      route_config:
        virtual_hosts:
        - name: all
          domains: ["*"]
          routes:
          - match: {path: /open}
            typed_per_filter_config:
              rbac: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBACPerRoute}
          - match: {prefix: /web/}
            typed_per_filter_config:
              rbac:
                "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBACPerRoute
                rbac: {rules: {policies: {web: {permissions: [{any: true}], principals: [{any: true}]}}}}
          - match: {prefix: /}
)";
    const std::string text = std::string(listenerHead) + std::string(denyAll) + routes;
    EXPECT_EQ(ask(text, "/open").verdict, Verdict::Allowed);
    EXPECT_EQ(ask(text, "/web/x").policy, "web");
    EXPECT_EQ(ask(text, "/other").verdict, Verdict::Denied);
    EXPECT_EQ(ask(text + "          - match: {prefix: /, headers: [{name: x}]}\n", "/other").verdict, Verdict::Denied);
}

TEST(EnvoyListener, SaysUnknownForFiltersThatItDoesNotKnow) {
    const std::string lua = R"(
      http_filters:
      - name: lua
        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua}
      - name: rbac
        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC, rules: {}}
)";
    EXPECT_EQ(ask(std::string(listenerHead) + lua, "/").verdict, Verdict::Unknown);
}

TEST(EnvoyListener, TellsWhatShadowRulesWouldSay) {
    std::string text = std::string(listenerHead) + std::string(denyAll);
    text.replace(text.find("rules: {}"), 9, "shadow_rules: {}");
    const envoy::ListenerAnswer answer = ask(text, "/");
    EXPECT_EQ(answer.verdict, Verdict::Allowed);
    EXPECT_EQ(answer.shadow, Verdict::Denied);
}

TEST(EnvoyListener, RefusesWhatIsNoListener) {
    for (const char* text : {"", "x", "[1]", "{filter_chains: []}", "filter_chains: [{filters: [{name: x}]}]", ": :", "a: *b"})
        EXPECT_FALSE(envoy::Listener::parse(text)) << text;
}

TEST(ProxyDenial, NamesTheEdge) {
    const auto denial = readProxyDenial("403 rbac_access_denied_matched_policy[gwE17_orders-web-x->payments_GET_/orders/**] via");
    ASSERT_TRUE(denial);
    EXPECT_THAT(denial->edges, testing::ElementsAre(EdgeId("E17")));
    EXPECT_TRUE(denial->matched);
    EXPECT_FALSE(readProxyDenial("rbac_access_denied_matched_policy[none]")->matched);
    EXPECT_FALSE(readProxyDenial("rbac_access_denied_matched_policy[never ends"));
    EXPECT_FALSE(readProxyDenial("something else"));
    const std::vector<Artefact> artefacts{
        {Target::Istio, ArtefactKind::IstioPolicies, "shop/payments", {}, {}, {EdgeId("E1"), EdgeId("E17")}}};
    const auto istio = readProxyDenial("rbac_access_denied_matched_policy[ns[shop]-policy[gwe17-payments]-rule[0]]", artefacts);
    ASSERT_TRUE(istio);
    EXPECT_THAT(istio->edges, testing::ElementsAre(EdgeId("E17")));
}

} // namespace
} // namespace gw::mesh
