#include "models/mesh/envoy/compile.h"

#include "models/mesh/envoy/policy_text.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/text/yaml_text.h"
#include "models/policy/values.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;
using envoy::policyOf;

constexpr std::uint16_t portWithout = 8443; // where the map names none

Json typed(std::string_view type) {
    return Json{{"@type", "type.googleapis.com/" + std::string(type)}};
}

bool isToken(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [&](char c) { return isAlphanumeric(c) || marks.find(c) != std::string_view::npos; });
}

// Of a header, as it can arrive: visible characters and blanks within.
bool isHeaderValue(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
}

bool isQueryText(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c < '\x7f' && c != '&' && c != '#' && c != '%' && c != '+'; });
}

bool holdsQuery(const EdgeCondition& condition) {
    if (condition.name.empty() || !isQueryText(condition.name) || condition.name.find('=') != std::string::npos) return false;
    return std::all_of(condition.values.begin(), condition.values.end(), isQueryText);
}

bool holdsHeader(const EdgeCondition& condition, Effect effect) {
    // Where a denied value is one of several, commas are what stands between them.
    return isToken(condition.name) && condition.name.find('_') == std::string::npos &&
           std::all_of(condition.values.begin(), condition.values.end(), [&](const std::string& value) {
               return isHeaderValue(value) && (effect == Effect::Allow || value.find(',') == std::string::npos);
           });
}

bool holdsAddresses(const EdgeCondition& condition) {
    return std::all_of(condition.values.begin(), condition.values.end(),
                       [](const std::string& value) { return policy::Network::parse(value).has_value(); });
}

Json tlsSocket() {
    const std::string folder(envoyCertificateFolder);
    const auto file = [&](std::string_view name) { return Json{{"filename", folder + "/" + std::string(name)}}; };
    Json context = typed("envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext");
    context["require_client_certificate"] = true;
    context["common_tls_context"] = Json{
        {"tls_certificates", Json::array({Json{{"certificate_chain", file("tls.crt")}, {"private_key", file("tls.key")}}})},
        {"validation_context", Json{{"trusted_ca", file("ca.crt")}}},
        {"alpn_protocols", Json::array({"h2", "http/1.1"})},
    };
    return Json{{"name", "envoy.transport_sockets.tls"}, {"typed_config", std::move(context)}};
}

Json accessLog() {
    // The prefix of a filter's statistics stands before the keys of its metadata as well.
    const auto metadata = [](const std::string& filter, const std::string& key) {
        return "%DYNAMIC_METADATA(envoy.filters.http.rbac:gatewarden_" + filter + "_shadow_" + key + ")%";
    };
    Json log = typed("envoy.extensions.access_loggers.stream.v3.StdoutAccessLog");
    log["log_format"] =
        Json{{"json_format", Json{{"time", "%START_TIME%"},
                                  {"method", "%REQ(:METHOD)%"},
                                  {"path", "%REQ(:PATH)%"},
                                  {"status", "%RESPONSE_CODE%"},
                                  {"detail", "%RESPONSE_CODE_DETAILS%"},
                                  {"peer", "%DOWNSTREAM_PEER_URI_SAN%"},
                                  {"peer_names", "%DOWNSTREAM_PEER_DNS_SAN%"},
                                  {"authority", "%REQ(:AUTHORITY)%"},
                                  {"shadow", metadata("allow", "engine_result")},
                                  {"shadow_policy", metadata("allow", "effective_policy_id")},
                                  {"shadow_deny", metadata("deny", "engine_result")},
                                  {"shadow_deny_policy", metadata("deny", "effective_policy_id")}}}};
    return Json::array({Json{{"name", "envoy.access_loggers.stdout"}, {"typed_config", std::move(log)}}});
}

Json rbacFilter(const Proxy& proxy, Effect effect, Enforcement enforcement) {
    Json policies = Json::object();
    for (const ProxyRule& rule : proxy.rules)
        if (rule.effect == effect) policies.emplace(sidOf(rule.edge, rule.part) + " " + wordsOf(rule), policyOf(rule));
    const bool deny = effect == Effect::Deny;
    Json rules{{"action", deny ? "DENY" : "ALLOW"}, {"policies", std::move(policies)}};
    const std::string prefix = deny ? "gatewarden_deny_" : "gatewarden_allow_";
    Json config = typed("envoy.extensions.filters.http.rbac.v3.RBAC");
    config["track_per_rule_stats"] = true;
    if (enforcement == Enforcement::DryRun) {
        config["shadow_rules_stat_prefix"] = prefix;
        config["shadow_rules"] = std::move(rules);
    } else {
        config["rules_stat_prefix"] = prefix;
        config["rules"] = std::move(rules);
    }
    // By names of their own, so that a route can speak of one of them.
    return Json{{"name", deny ? "gatewarden.rbac.deny" : "gatewarden.rbac.allow"}, {"typed_config", std::move(config)}};
}

Json httpFilters(const Proxy& proxy, Enforcement enforcement) {
    Json filters = Json::array();
    if (std::any_of(proxy.rules.begin(), proxy.rules.end(), [](const ProxyRule& rule) { return rule.effect == Effect::Deny; }))
        filters.push_back(rbacFilter(proxy, Effect::Deny, enforcement));
    filters.push_back(rbacFilter(proxy, Effect::Allow, enforcement));
    filters.push_back(
        Json{{"name", "envoy.filters.http.router"}, {"typed_config", typed("envoy.extensions.filters.http.router.v3.Router")}});
    return filters;
}

Json connectionManager(const Proxy& proxy, Enforcement enforcement) {
    Json manager = typed("envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager");
    manager["stat_prefix"] = "gatewarden";
    manager["normalize_path"] = true;
    manager["merge_slashes"] = true;
    manager["path_with_escaped_slashes_action"] = "REJECT_REQUEST";
    manager["common_http_protocol_options"] = Json{{"headers_with_underscores_action", "REJECT_REQUEST"}};
    manager["use_remote_address"] = true;
    manager["forward_client_cert_details"] = "SANITIZE_SET";
    manager["set_current_client_cert_details"] = Json{{"subject", true}, {"dns", true}, {"uri", true}};
    manager["access_log"] = accessLog();
    manager["http_filters"] = httpFilters(proxy, enforcement);
    const Json route{{"match", Json{{"prefix", "/"}}}, {"route", Json{{"cluster", envoyServerCluster}}}};
    manager["route_config"] =
        Json{{"name", "gatewarden"},
             {"virtual_hosts",
              Json::array({Json{{"name", "all"}, {"domains", Json::array({"*"})}, {"routes", Json::array({route})}}})}};
    return Json{{"name", "envoy.filters.network.http_connection_manager"}, {"typed_config", std::move(manager)}};
}

Json addressOf(std::uint16_t port) {
    return Json{{"socket_address", Json{{"address", "0.0.0.0"}, {"port_value", port}}}};
}

std::string listenerText(const Proxy& proxy, Enforcement enforcement) {
    Json listener = typed("envoy.config.listener.v3.Listener");
    listener["name"] = proxy.object;
    listener["address"] = addressOf(proxy.ports.empty() ? portWithout : proxy.ports.front());
    if (proxy.ports.size() > 1) {
        listener["additional_addresses"] = Json::array();
        for (std::size_t i = 1; i < proxy.ports.size(); ++i)
            listener["additional_addresses"].push_back(Json{{"address", addressOf(proxy.ports[i])}});
    }
    listener["filter_chains"] =
        Json::array({Json{{"transport_socket", tlsSocket()}, {"filters", Json::array({connectionManager(proxy, enforcement)})}}});
    return yamlOf(Json{{"resources", Json::array({std::move(listener)})}});
}

} // namespace

std::vector<Unheld> unheldByEnvoy(const Use& use) {
    std::vector<Unheld> cannot;
    const Workload* workload = use.caller.workload;
    if (!isAnyone(use.caller) && (workload == nullptr || (workload->spiffe.empty() && workload->names.empty())))
        cannot.push_back({"no-identity", use.caller.node.value()});
    if (use.expires) cannot.push_back({"expires", use.expires->toRfc3339()});
    for (const EdgeCondition& condition : use.when) {
        if (auto unseen = unseenByProxies(condition)) {
            cannot.push_back(std::move(*unseen));
            continue;
        }
        switch (condition.kind) {
        case Kind::JwtClaim:
            cannot.push_back({"jwt", condition.name});
            break;
        case Kind::SourceIp:
            if (!holdsAddresses(condition)) cannot.push_back({"source-ip", {}});
            break;
        case Kind::Header:
            if (!holdsHeader(condition, use.effect)) cannot.push_back({"header", condition.name});
            break;
        case Kind::Query:
            // Whoever is denied by a parameter writes it in another way.
            if (use.effect == Effect::Deny || !holdsQuery(condition)) cannot.push_back({"query", condition.name});
            break;
        default:
            break;
        }
    }
    return cannot;
}

void compileEnvoy(const Intent& intent, Enforcement enforcement, Compilation& into) {
    for (Proxy& proxy : proxiesOf(intent, Target::Envoy, unheldByEnvoy, into.losses)) {
        std::string text = listenerText(proxy, enforcement);
        into.artefacts.push_back(
            {Target::Envoy, ArtefactKind::EnvoyRbac, proxy.object, {}, std::move(text), std::move(proxy.edges)});
    }
}

void compileEnvoy(const Intent& intent, Compilation& into) {
    compileEnvoy(intent, Enforcement::Enforce, into);
}

} // namespace gw::mesh
