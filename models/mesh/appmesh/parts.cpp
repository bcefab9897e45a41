#include "models/mesh/appmesh/parts.h"

#include <array>
#include <charconv>

namespace gw::mesh::appmesh {
namespace {

using estate::Datum;

// A value and where it stands.
struct View {
    const Datum* value = nullptr;
    std::string field;

    [[nodiscard]] View operator[](std::string_view name) const { return {value == nullptr ? nullptr : value->find(name), field + "." + std::string(name)}; }
    explicit operator bool() const { return value != nullptr && !value->is(Datum::Kind::Null); }

    [[nodiscard]] std::string text() const { return value != nullptr && value->is(Datum::Kind::String) ? value->text : std::string(); }
    [[nodiscard]] std::optional<std::string> textIfThere() const {
        return value != nullptr && value->is(Datum::Kind::String) ? std::optional(value->text) : std::nullopt;
    }
    [[nodiscard]] std::optional<std::int64_t> whole() const {
        if (value == nullptr || !value->is(Datum::Kind::Number)) return std::nullopt;
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value->text.data(), value->text.data() + value->text.size(), number);
        if (error != std::errc() || end != value->text.data() + value->text.size()) return std::nullopt;
        return number;
    }
    [[nodiscard]] std::optional<int> port() const {
        const auto number = whole();
        return number && *number > 0 && *number < 65'536 ? std::optional(static_cast<int>(*number)) : std::nullopt;
    }
    template <class Take>
    void each(Take take) const {
        if (value == nullptr || !value->is(Datum::Kind::Array)) return;
        std::size_t index = 0;
        for (const auto& [none, one] : value->members) take(View{&one, field + "[" + std::to_string(index++) + "]"});
    }
    [[nodiscard]] std::vector<std::string> texts() const {
        std::vector<std::string> list;
        each([&](const View& one) { list.push_back(one.text()); });
        return list;
    }
};

Protocol protocolOf(std::string_view name) {
    for (const Protocol each : {Protocol::Http, Protocol::Http2, Protocol::Grpc, Protocol::Tcp})
        if (protocolName(each) == name) return each;
    return Protocol::Unknown;
}

std::optional<Duration> durationOf(const View& view) {
    const auto value = view["value"].whole();
    if (!view || !value) return std::nullopt;
    // Longer than a year is a slip of the pen, and would not fit everywhere.
    constexpr std::int64_t most = 31'536'000'000;
    const std::string unit = view["unit"].text();
    const std::int64_t factor = unit == "s" ? 1000 : 1;
    if ((unit != "s" && unit != "ms") || *value < 0 || *value > most / factor) return std::nullopt;
    return Duration{view.field, *value * factor};
}

PortMapping mappingOf(const View& view) {
    return {view.field, view["port"].port().value_or(0), protocolOf(view["protocol"].text())};
}

Credential credentialOf(const View& view) {
    Credential made;
    if (const View acm = view["acm"]) {
        made.kind = Credential::Kind::Acm;
        made.field = acm.field;
        made.arns = acm["certificateAuthorityArns"].texts();
        if (acm["certificateArn"]) made.arns.push_back(acm["certificateArn"].text());
    } else if (const View file = view["file"]) {
        made.kind = Credential::Kind::File;
        made.field = file.field;
        made.chain = file["certificateChain"].text();
        made.key = file["privateKey"].text();
    } else if (const View sds = view["sds"]) {
        made.kind = Credential::Kind::Sds;
        made.field = sds.field;
        made.secret = sds["secretName"].text();
    }
    return made;
}

Validation validationOf(const View& view) {
    Validation made{view.field, credentialOf(view["trust"]), std::nullopt};
    // Names of which the list cannot be read let nobody in.
    if (view["subjectAlternativeNames"]) made.names = view["subjectAlternativeNames"]["match"]["exact"].texts();
    return made;
}

std::optional<ListenerTls> listenerTlsOf(const View& view) {
    if (!view) return std::nullopt;
    ListenerTls made;
    made.field = view.field;
    const std::string mode = view["mode"].text();
    // What cannot be read is taken for the strictest.
    made.mode = mode == "DISABLED" ? TlsMode::Disabled : mode == "PERMISSIVE" ? TlsMode::Permissive : TlsMode::Strict;
    made.modeTold = mode == "DISABLED" || mode == "PERMISSIVE" || mode == "STRICT";
    made.certificate = credentialOf(view["certificate"]);
    if (view["validation"]) made.validation = validationOf(view["validation"]);
    return made;
}

std::optional<ClientTls> clientTlsOf(const View& policy) {
    const View view = policy["tls"];
    if (!view) return std::nullopt;
    ClientTls made;
    made.field = view.field;
    made.enforce = !view["enforce"] || !view["enforce"].value->is(Datum::Kind::False);
    view["ports"].each([&](const View& each) {
        if (const auto port = each.port()) made.ports.push_back(*port);
    });
    if (view["certificate"]) made.certificate = credentialOf(view["certificate"]);
    made.validation = validationOf(view["validation"]);
    return made;
}

std::optional<Timeouts> timeoutsOf(const View& view) {
    if (!view) return std::nullopt;
    return Timeouts{view.field, durationOf(view["idle"]), durationOf(view["perRequest"])};
}

// The one of a union by protocols that is there.
View byProtocol(const View& view, Protocol& protocol) {
    for (const Protocol each : {Protocol::Http, Protocol::Http2, Protocol::Grpc, Protocol::Tcp})
        if (const View found = view[protocolName(each)]) {
            protocol = each;
            return found;
        }
    return {};
}

Listener listenerOf(const View& view) {
    Listener made;
    made.field = view.field;
    made.mapping = mappingOf(view["portMapping"]);
    made.tls = listenerTlsOf(view["tls"]);
    // One that lacks what App Mesh wants is none.
    const View health = view["healthCheck"];
    if (health["healthyThreshold"].whole() && health["unhealthyThreshold"].whole() && health["intervalMillis"].whole() && health["timeoutMillis"].whole()) {
        HealthCheck& check = made.health.emplace();
        check.field = health.field;
        check.path = health["path"].text();
        check.protocol = protocolOf(health["protocol"].text());
        check.healthy = health["healthyThreshold"].whole().value_or(0);
        check.unhealthy = health["unhealthyThreshold"].whole().value_or(0);
        check.intervalMillis = health["intervalMillis"].whole().value_or(0);
        check.timeoutMillis = health["timeoutMillis"].whole().value_or(0);
        check.port = health["port"].whole();
    }
    if (const View outlier = view["outlierDetection"])
        made.outlier = {outlier.field, durationOf(outlier["baseEjectionDuration"]), durationOf(outlier["interval"]), outlier["maxEjectionPercent"].whole(),
                        outlier["maxServerErrors"].whole()};
    if (Protocol protocol{}; const View pool = byProtocol(view["connectionPool"], protocol))
        made.pool = {pool.field, protocol, pool["maxConnections"].whole(), pool["maxPendingRequests"].whole(), pool["maxRequests"].whole()};
    Protocol protocol{};
    made.timeouts = timeoutsOf(byProtocol(view["timeout"], protocol));
    return made;
}

Discovery discoveryOf(const View& view) {
    Discovery made;
    if (const View dns = view["dns"]) {
        made.kind = Discovery::Kind::Dns;
        made.field = dns.field;
        made.hostname = dns["hostname"].text();
        made.responseType = dns["responseType"].text();
        made.ipPreference = dns["ipPreference"].text();
    } else if (const View map = view["awsCloudMap"]) {
        made.kind = Discovery::Kind::CloudMap;
        made.field = map.field;
        made.cloudNamespace = map["namespaceName"].text();
        made.cloudService = map["serviceName"].text();
        made.ipPreference = map["ipPreference"].text();
        map["attributes"].each([&](const View& each) { made.attributes.emplace_back(each["key"].text(), each["value"].text()); });
    }
    return made;
}

std::optional<AccessLog> logOf(const View& view) {
    const View file = view["accessLog"]["file"];
    if (!file) return std::nullopt;
    AccessLog made{file.field, file["path"].text(), file["format"]["text"].textIfThere(), {}};
    file["format"]["json"].each([&](const View& each) { made.json.emplace_back(each["key"].text(), each["value"].text()); });
    return made;
}

Workload workloadOf(const Object& object, const View& spec) {
    Workload made;
    made.object = &object;
    spec["listeners"].each([&](const View& each) { made.listeners.push_back(listenerOf(each)); });
    spec["backends"].each([&](const View& each) {
        const View service = each["virtualService"];
        if (service) made.backends.push_back({each.field, service["virtualServiceName"].text(), clientTlsOf(service["clientPolicy"])});
    });
    made.defaults = clientTlsOf(spec["backendDefaults"]["clientPolicy"]);
    made.discovery = discoveryOf(spec["serviceDiscovery"]);
    made.log = logOf(spec["logging"]);
    return made;
}

ValueMatch valueMatchOf(const View& view) {
    using How = ValueMatch::How;
    ValueMatch made;
    made.field = view.field;
    made.name = view["name"].text();
    made.invert = view["invert"] && view["invert"].value->is(Datum::Kind::True);
    const View match = view["match"];
    static constexpr auto ways = std::to_array<std::pair<std::string_view, How>>(
        {{"exact", How::Exact}, {"prefix", How::Prefix}, {"suffix", How::Suffix}, {"regex", How::Regex}});
    for (const auto& [name, how] : ways)
        if (match[name]) {
            made.how = how;
            made.value = match[name].text();
        }
    if (match["range"]) {
        made.how = How::Range;
        made.start = match["range"]["start"].whole().value_or(0);
        made.end = match["range"]["end"].whole().value_or(0);
    }
    return made;
}

Match matchOf(const View& view) {
    Match made;
    made.field = view.field;
    made.prefix = view["prefix"].textIfThere();
    made.path = view["path"]["exact"].textIfThere();
    made.pathRegex = view["path"]["regex"].textIfThere();
    made.method = view["method"].textIfThere();
    made.scheme = view["scheme"].textIfThere();
    made.grpcService = view["serviceName"].textIfThere();
    made.grpcMethod = view["methodName"].textIfThere();
    made.host = view["hostname"]["exact"].textIfThere();
    made.hostSuffix = view["hostname"]["suffix"].textIfThere();
    made.port = view["port"].port();
    for (const std::string_view list : {"headers", "metadata"}) view[list].each([&](const View& each) { made.headers.push_back(valueMatchOf(each)); });
    view["queryParameters"].each(
        [&](const View& each) { made.query.push_back({each.field, each["name"].text(), each["match"]["exact"].textIfThere()}); });
    return made;
}

std::optional<bool> enabled(const View& view) {
    if (!view) return std::nullopt;
    return view.text() != "DISABLED";
}

Route routeOf(const Object& object, const View& spec) {
    Route made;
    made.object = &object;
    made.priority = spec["priority"].whole();
    static constexpr auto routes = std::to_array<std::pair<std::string_view, Protocol>>(
        {{"httpRoute", Protocol::Http}, {"http2Route", Protocol::Http2}, {"grpcRoute", Protocol::Grpc}, {"tcpRoute", Protocol::Tcp}});
    View route;
    for (const auto& [name, protocol] : routes)
        if (spec[name] && !route) {
            route = spec[name];
            made.protocol = protocol;
        }
    if (!route) return made;
    made.field = route.field;
    made.match = matchOf(route["match"]);
    const View action = route["action"];
    action["weightedTargets"].each([&](const View& each) {
        made.targets.push_back({each.field, each["virtualNode"].text(), each["weight"].whole().value_or(0), each["port"].port()});
    });
    if (const View target = action["target"]) {
        const View rewrite = action["rewrite"];
        made.target = {target.field,
                       target["virtualService"]["virtualServiceName"].text(),
                       target["port"].port(),
                       enabled(rewrite["hostname"]["defaultTargetHostname"]),
                       enabled(rewrite["prefix"]["defaultPrefix"]),
                       rewrite["path"]["exact"].textIfThere(),
                       rewrite["prefix"]["value"].textIfThere()};
    }
    if (const View retry = route["retryPolicy"])
        made.retry = {retry.field, retry["httpRetryEvents"].texts(), retry["tcpRetryEvents"].texts(), retry["grpcRetryEvents"].texts(),
                      retry["maxRetries"].whole().value_or(0), durationOf(retry["perRetryTimeout"])};
    made.timeouts = timeoutsOf(route["timeout"]);
    return made;
}

} // namespace

std::string_view protocolName(Protocol protocol) {
    static constexpr auto names = std::to_array<std::string_view>({"", "http", "http2", "grpc", "tcp"});
    return names[static_cast<std::size_t>(protocol)];
}

std::string Discovery::host() const {
    if (kind == Kind::Dns) return hostname;
    return kind == Kind::CloudMap ? cloudService + "." + cloudNamespace : std::string();
}

const Listener* Workload::listenerAt(int port) const {
    for (const Listener& each : listeners)
        if (each.mapping.port == port) return &each;
    return nullptr;
}

Parts::Parts(const Model& model) {
    for (const Object& each : model.objects) {
        const View spec{&each.spec(), "spec"};
        switch (each.kind) {
        case Kind::Mesh:
            meshes_.push_back({&each, spec["egressFilter"]["type"].text() == "ALLOW_ALL", spec["serviceDiscovery"]["ipPreference"].text()});
            break;
        case Kind::VirtualNode:
        case Kind::VirtualGateway:
            workloads_.push_back(workloadOf(each, spec));
            break;
        case Kind::VirtualService:
            services_.push_back({&each, spec["provider"]["virtualNode"]["virtualNodeName"].text(), spec["provider"]["virtualRouter"]["virtualRouterName"].text()});
            break;
        case Kind::VirtualRouter: {
            VirtualRouter& router = routers_.emplace_back();
            router.object = &each;
            spec["listeners"].each([&](const View& one) { router.listeners.push_back(mappingOf(one["portMapping"])); });
            break;
        }
        case Kind::Route:
        case Kind::GatewayRoute:
            routes_.push_back(routeOf(each, spec));
            break;
        }
    }
}

} // namespace gw::mesh::appmesh
