#include "models/mesh/appmesh/envoy_parts.h"

#include <cstdio>

namespace gw::mesh::appmesh {
namespace {

constexpr const char* agentSocket = "/run/spire/sockets/agent.sock";

Json exact(const char* name, const std::string& value) {
    return {{"name", name}, {"string_match", {{"exact", value}}}};
}

Json header(const ValueMatch& from) {
    Json made = {{"name", from.name}};
    switch (from.how) {
    case ValueMatch::How::Present: made["present_match"] = true; break;
    case ValueMatch::How::Exact: made["string_match"] = {{"exact", from.value}}; break;
    case ValueMatch::How::Prefix: made["string_match"] = {{"prefix", from.value}}; break;
    case ValueMatch::How::Suffix: made["string_match"] = {{"suffix", from.value}}; break;
    case ValueMatch::How::Regex: made["string_match"] = {{"safe_regex", {{"regex", from.value}}}}; break;
    case ValueMatch::How::Range: made["range_match"] = {{"start", from.start}, {"end", from.end}}; break;
    }
    if (from.invert) made["invert_match"] = true;
    return made;
}

} // namespace

std::string envoyType(std::string_view message) {
    return "type.googleapis.com/envoy." + std::string(message);
}

std::string envoyDuration(std::int64_t millis) {
    char text[40];
    std::snprintf(text, sizeof text, millis % 1000 == 0 ? "%lld" : "%lld.%03lld", static_cast<long long>(millis / 1000), static_cast<long long>(millis % 1000));
    return std::string(text) + "s";
}

Json envoyAddress(const std::string& host, int port) {
    return {{"socket_address", {{"address", host}, {"port_value", port}}}};
}

Json envoyEndpoints(const std::string& cluster, const std::string& host, int port) {
    return {{"cluster_name", cluster}, {"endpoints", Json::array({{{"lb_endpoints", Json::array({{{"endpoint", {{"address", envoyAddress(host, port)}}}}})}}})}};
}

Json envoyHttp2() {
    return {{"envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
             {{"@type", envoyType("extensions.upstreams.http.v3.HttpProtocolOptions")}, {"explicit_http_config", {{"http2_protocol_options", Json::object()}}}}}};
}

Json envoyListenerFilter(const std::string& name, const std::string& message) {
    return {{"name", "envoy.filters.listener." + name}, {"typed_config", {{"@type", envoyType("extensions.filters.listener." + name + ".v3." + message)}}}};
}

Json envoyMatch(const Route& route) {
    const Match& from = route.match;
    Json made = Json::object(), headers = Json::array(), query = Json::array();
    if (from.path)
        made["path"] = *from.path;
    else if (from.pathRegex)
        made["safe_regex"] = {{"regex", *from.pathRegex}};
    else if (from.grpcService && from.grpcMethod)
        made["path"] = "/" + *from.grpcService + "/" + *from.grpcMethod;
    else if (from.grpcService)
        made["prefix"] = "/" + *from.grpcService + "/";
    else if (from.grpcMethod)
        made["safe_regex"] = {{"regex", "/[^/]+/" + regexQuoted(*from.grpcMethod)}};
    else
        made["prefix"] = from.prefix.value_or("/");
    if (from.method) headers.push_back(exact(":method", *from.method));
    if (from.scheme) headers.push_back(exact(":scheme", *from.scheme));
    if (from.host) headers.push_back(exact(":authority", *from.host));
    if (from.hostSuffix) headers.push_back({{"name", ":authority"}, {"string_match", {{"suffix", *from.hostSuffix}}}});
    for (const ValueMatch& each : from.headers) headers.push_back(header(each));
    for (const QueryMatch& each : from.query) {
        Json one = {{"name", each.name}};
        if (each.exact)
            one["string_match"] = {{"exact", *each.exact}};
        else
            one["present_match"] = true;
        query.push_back(std::move(one));
    }
    if (!headers.empty()) made["headers"] = std::move(headers);
    if (!query.empty()) made["query_parameters"] = std::move(query);
    return made;
}

void carryEnvoyMatch(const Route& route, Ledger& ledger) {
    const Match& from = route.match;
    const Object& object = *route.object;
    ledger.carried(object, from.field, {"path.exact", "method", "scheme", "serviceName", "methodName", "port", "hostname.exact", "hostname.suffix"});
    if (!from.path) ledger.carried(object, from.field + ".path.regex");
    if (!from.path && !from.pathRegex) ledger.carried(object, from.field + ".prefix");
    for (const ValueMatch& each : from.headers) {
        ledger.carried(object, each.field, {"name", "match.exact", "match.prefix", "match.suffix", "match.regex", "match.range.start", "match.range.end"});
        if (each.invert)
            ledger.carried(object, each.field + ".invert");
        else
            ledger.lost(object, each.field + ".invert", "It is what Envoy does without it", "Nothing");
    }
    for (const QueryMatch& each : from.query) ledger.carried(object, each.field, {"name", "match.exact"});
}

Json EnvoyTls::secret(const std::string& name) {
    agent_ = true;
    return {{"name", name},
            {"sds_config",
             {{"resource_api_version", "V3"},
              {"api_config_source", {{"api_type", "GRPC"}, {"transport_api_version", "V3"}, {"grpc_services", Json::array({{{"envoy_grpc", {{"cluster_name", "sds"}}}}})}}}}}};
}

std::string EnvoyTls::file(const std::string& what) const {
    return "/etc/envoy/certificates/" + plainName(object_.name, 60) + "/" + what;
}

Json EnvoyTls::context(const Credential& certificate, const std::string& certificateField, const Validation* validation) {
    Json made = Json::object();
    switch (certificate.kind) {
    case Credential::Kind::File:
        made["tls_certificates"] = Json::array({{{"certificate_chain", {{"filename", certificate.chain}}}, {"private_key", {{"filename", certificate.key}}}}});
        ledger_.carried(object_, certificate.field, {"certificateChain", "privateKey"});
        break;
    case Credential::Kind::Sds:
        made["tls_certificate_sds_secret_configs"] = Json::array({secret(certificate.secret)});
        ledger_.carried(object_, certificate.field + ".secretName");
        break;
    case Credential::Kind::Acm:
    case Credential::Kind::None:
        if (certificateField.empty()) break;
        made["tls_certificates"] = Json::array({{{"certificate_chain", {{"filename", file("chain.pem")}}}, {"private_key", {{"filename", file("key.pem")}}}}});
        ledger_.lost(object_, certificateField, "Envoy cannot take a certificate from ACM without App Mesh: it is expected in " + file("chain.pem") + " and key.pem, and Envoy does not start without them",
                     "Export a certificate of the private authority, or have it issued by SPIRE");
        break;
    }
    if (validation == nullptr || validation->trust.kind == Credential::Kind::None) return made;
    Json check = checks(*validation);
    if (validation->trust.kind == Credential::Kind::Sds) {
        ledger_.carried(object_, validation->trust.field + ".secretName");
        made["combined_validation_context"] = {{"default_validation_context", std::move(check)}, {"validation_context_sds_secret_config", secret(validation->trust.secret)}};
        return made;
    }
    const bool given = validation->trust.kind == Credential::Kind::File;
    check["trusted_ca"] = {{"filename", given ? validation->trust.chain : file("trust.pem")}};
    if (given)
        ledger_.carried(object_, validation->trust.field + ".certificateChain");
    else
        ledger_.lost(object_, validation->trust.field, "Envoy cannot take an authority from ACM without App Mesh: it is expected in " + file("trust.pem") + ", and Envoy does not start without it",
                     "Write the authorities' certificates there (aws acm-pca get-certificate-authority-certificate)");
    made["validation_context"] = std::move(check);
    return made;
}

Json EnvoyTls::checks(const Validation& validation) {
    Json check = Json::object();
    if (!validation.names || validation.names->empty()) return check;
    Json names = Json::array();
    for (const std::string& each : *validation.names) names.push_back({{"san_type", each.find("://") == std::string::npos ? "DNS" : "URI"}, {"matcher", {{"exact", each}}}});
    check["match_typed_subject_alt_names"] = std::move(names);
    ledger_.carried(object_, validation.field + ".subjectAlternativeNames.match.exact");
    return check;
}

Json envoySecretCluster() {
    return {{"name", "sds"},
            {"type", "STATIC"},
            {"connect_timeout", "5s"},
            {"typed_extension_protocol_options", envoyHttp2()},
            {"load_assignment", {{"cluster_name", "sds"}, {"endpoints", Json::array({{{"lb_endpoints", Json::array({{{"endpoint", {{"address", {{"pipe", {{"path", agentSocket}}}}}}}}})}}})}}}};
}

} // namespace gw::mesh::appmesh
