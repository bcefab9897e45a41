// Istio: its resources in one namespace for the mesh. Who may call is in AuthorizationPolicies: a node without a rule for a port
// lets nobody in there. Identities are those of certificates (spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT); a name of another form
// is nobody to Istio. (Istio reference: networking.istio.io/v1, security.istio.io/v1.)
#include "models/mesh/appmesh/compilers.h"
#include "models/mesh/text/yaml_text.h"

#include <algorithm>
#include <set>

namespace gw::mesh::appmesh {
namespace {

std::string durationText(std::int64_t millis) {
    return millis % 1000 == 0 ? std::to_string(millis / 1000) + "s" : std::to_string(millis) + "ms";
}

// "DOMAIN/ns/N/sa/S" of "spiffe://DOMAIN/ns/N/sa/S"; empty for any other name. A "*" in it would stand for more.
std::string principalOf(std::string_view name) {
    if (!name.starts_with("spiffe://") || name.find('*') != std::string_view::npos) return {};
    name.remove_prefix(9);
    const std::size_t space = name.find("/ns/"), account = name.find("/sa/");
    if (space == std::string_view::npos || space == 0 || account == std::string_view::npos || account <= space + 4) return {};
    const std::string_view inside = name.substr(space + 4, account - space - 4), last = name.substr(account + 4);
    if (inside.find('/') != std::string_view::npos || last.empty() || last.find('/') != std::string_view::npos) return {};
    return std::string(name);
}

std::string portProtocol(Protocol protocol) {
    switch (protocol) {
    case Protocol::Http: return "HTTP";
    case Protocol::Http2: return "HTTP2";
    case Protocol::Grpc: return "GRPC";
    default: return "TCP";
    }
}

class Istio {
public:
    Istio(const MeshView& mesh, const Writing& out) : mesh_(mesh), out_(out), ledger_(out.ledger), space_(plainName(mesh.name(), 63)) {}

    void write() {
        if (mesh_.mesh() != nullptr) {
            carryNames(*mesh_.mesh()->object, ledger_, true);
            carryEgress(mesh_, ledger_);
        }
        Json all = resource("networking.istio.io/v1", "Sidecar", "default");
        all["spec"] = {{"egress", Json::array({{{"hosts", {"./*"}}}})}, {"outboundTrafficPolicy", {{"mode", mesh_.allowAll() ? "ALLOW_ANY" : "REGISTRY_ONLY"}}}};
        sidecars_.push_back(std::move(all));
        for (const Workload* each : mesh_.workloads())
            if (!each->isGateway()) node(*each);
        for (const VirtualRouter* each : mesh_.routers()) router(*each);
        for (const VirtualService* each : mesh_.services()) service(*each);
        for (const Workload* each : mesh_.workloads())
            if (each->isGateway()) gateway(*each);
        put("service-entries.yaml", entries_);
        put("virtual-services.yaml", virtualServices_);
        put("destination-rules.yaml", rules_);
        put("gateways.yaml", gateways_);
        put("peer-authentications.yaml", peers_);
        put("authorization-policies.yaml", policies_);
        put("sidecars.yaml", sidecars_);
    }

private:
    void put(const std::string& name, const std::vector<Json>& documents) {
        if (!documents.empty()) out_.files.push_back({mesh_.folder() + name, yamlDocuments(documents)});
    }

    [[nodiscard]] Json resource(const char* version, const char* kind, const std::string& name) const {
        return {{"apiVersion", version}, {"kind", kind}, {"metadata", {{"name", name}, {"namespace", space_}}}};
    }

    static Json labelsOf(const Workload& workload) {
        const estate::Datum& labels = workload.object->pods["matchLabels"];
        Json made = Json::object();
        for (const auto& [name, value] : labels.members) made[name] = std::string(value.string());
        if (made.empty()) made["app"] = plainName(workload.object->name, 63);
        return made;
    }

    std::string hostOf(const Workload& node) const {
        const std::string host = node.discovery.host();
        return host.empty() ? plainName(node.object->name, 63) + "." + space_ + ".svc.cluster.local" : host;
    }
    static bool isOfKubernetes(std::string_view host) { return host.ends_with(".svc.cluster.local"); }

    void node(const Workload& node) {
        const Object& object = *node.object;
        carryNames(object, ledger_, true);
        const std::string host = hostOf(node);
        if (object.pods["matchExpressions"].members.size() > 0)
            ledger_.needed(object, "podSelector", "Istio selects pods by equal labels alone: matchExpressions are left out", "Give the pods a label of their own");
        discovery(node, host);
        if (hosts_.insert(host).second)
            destinationRule(node, host);
        else if (!node.listeners.empty())
            ledger_.lost(object, "spec.listeners", "Another node has the same host (" + host + "): its settings count, and Istio does not tell the two apart", "Give the pods a label each, and the DestinationRule a subset for it");
        admit(node);
        sidecar(node);
    }

    void discovery(const Workload& node, const std::string& host) {
        const Object& object = *node.object;
        const Discovery& from = node.discovery;
        if (from.kind == Discovery::Kind::None) {
            if (!node.listeners.empty())
                ledger_.needed(object, "spec.serviceDiscovery", "Nothing tells where it is; callers are led to " + host, "Make a Service of that name, or change the destination");
            return;
        }
        if (from.kind == Discovery::Kind::Dns)
            carryName(object, from, ledger_);
        else
            ledger_.carried(object, from.field, {"namespaceName", "serviceName"});
        if (isOfKubernetes(host) || hosts_.contains(host) || node.listeners.empty()) {
            if (from.kind == Discovery::Kind::Dns) ledger_.lost(object, from.field + ".responseType", "Istio knows the host already", "Nothing");
            if (!isOfKubernetes(host) && node.listeners.empty()) ledger_.lost(object, from.field, "It has no listener, so nobody is led there", "Nothing");
            return;
        }
        Json entry = resource("networking.istio.io/v1", "ServiceEntry", plainName(object.name, 63));
        entry["spec"] = {{"hosts", {host}}, {"location", "MESH_INTERNAL"}, {"ports", portsOf(node)}, {"resolution", from.kind == Discovery::Kind::CloudMap || from.responseType == "ENDPOINTS" ? "DNS" : "DNS_ROUND_ROBIN"}};
        entries_.push_back(std::move(entry));
    }

    Json portsOf(const Workload& node) {
        Json ports = Json::array();
        for (const Listener& each : node.listeners) {
            if (each.mapping.port == 0) continue;
            ports.push_back({{"number", each.mapping.port}, {"name", portName(each.mapping)}, {"protocol", portProtocol(each.mapping.protocol)}});
            ledger_.carried(*node.object, each.mapping.field, {"port", "protocol"});
        }
        return ports;
    }
    static std::string portName(const PortMapping& mapping) { return std::string(protocolName(mapping.protocol)) + "-" + std::to_string(mapping.port); }

    void destinationRule(const Workload& node, const std::string& host) {
        const Object& object = *node.object;
        Json settings = Json::array();
        for (const Listener& each : node.listeners) {
            if (each.mapping.port == 0) continue;
            Json one = {{"port", {{"number", each.mapping.port}}}};
            if (each.pool) pool(object, *each.pool, one["connectionPool"]);
            if (each.timeouts && each.timeouts->idle) {
                one["connectionPool"][each.mapping.protocol == Protocol::Tcp ? "tcp" : "http"]["idleTimeout"] = durationText(each.timeouts->idle->millis);
                ledger_.carried(object, each.timeouts->idle->field, {"unit", "value"});
            }
            if (each.outlier) outlier(object, *each.outlier, one["outlierDetection"]);
            if (each.tls && each.tls->mode != TlsMode::Disabled) one["tls"] = {{"mode", "ISTIO_MUTUAL"}};
            if (one.size() > 1) {
                settings.push_back(std::move(one));
                ledger_.carried(object, each.mapping.field + ".port");
            }
        }
        if (settings.empty()) return;
        Json rule = resource("networking.istio.io/v1", "DestinationRule", plainName(object.name, 63));
        rule["spec"] = {{"host", host}, {"trafficPolicy", {{"portLevelSettings", std::move(settings)}}}};
        rules_.push_back(std::move(rule));
    }

    void pool(const Object& object, const ConnectionPool& from, Json& into) {
        if (from.maxConnections) into["tcp"]["maxConnections"] = *from.maxConnections;
        if (from.maxPendingRequests) into["http"]["http1MaxPendingRequests"] = *from.maxPendingRequests;
        if (from.maxRequests) into["http"]["http2MaxRequests"] = *from.maxRequests;
        ledger_.carried(object, from.field, {"maxConnections", "maxPendingRequests", "maxRequests"});
    }

    void outlier(const Object& object, const OutlierDetection& from, Json& into) {
        if (from.maxServerErrors) into["consecutive5xxErrors"] = *from.maxServerErrors;
        if (from.interval) into["interval"] = durationText(from.interval->millis);
        if (from.baseEjection) into["baseEjectionTime"] = durationText(from.baseEjection->millis);
        if (from.maxEjectionPercent) into["maxEjectionPercent"] = *from.maxEjectionPercent;
        carryOutlier(object, from, ledger_);
    }

    void admit(const Workload& node) {
        const Object& object = *node.object;
        Json ports = Json::object(), rules = Json::array();
        bool anyTls = false, allStrict = !node.listeners.empty(), anyAsks = false;
        for (const Listener& each : node.listeners) {
            if (each.mapping.port == 0) continue;
            const TlsMode mode = each.tls ? each.tls->mode : TlsMode::Disabled;
            allStrict = allStrict && mode == TlsMode::Strict;
            if (each.tls) {
                anyTls = true;
                ports[std::to_string(each.mapping.port)] = {{"mode", mode == TlsMode::Strict ? "STRICT" : mode == TlsMode::Permissive ? "PERMISSIVE" : "DISABLE"}};
                carryMode(object, *each.tls, ledger_);
                ledger_.carried(object, each.mapping.field + ".port");
            }
            Json to = Json::array({{{"operation", {{"ports", {std::to_string(each.mapping.port)}}}}}});
            if (!asksForCertificate(each)) {
                if (each.tls && each.tls->validation && each.tls->validation->names)
                    ledger_.lost(object, each.tls->validation->field + ".subjectAlternativeNames", "The listener took callers without TLS, too, so the names kept nobody out; they do not here either", "Make the listener STRICT first, or write the names into the AuthorizationPolicy");
                rules.push_back({{"to", std::move(to)}});
                continue;
            }
            anyAsks = true;
            Json principals = principalsFor(node, each);
            if (!principals.empty()) rules.push_back({{"from", Json::array({{{"source", {{"principals", std::move(principals)}}}}})}, {"to", std::move(to)}});
        }
        const Json selector = {{"matchLabels", labelsOf(node)}};
        if (anyTls) {
            Json peer = resource("security.istio.io/v1", "PeerAuthentication", plainName(object.name, 63));
            peer["spec"] = {{"selector", selector}, {"mtls", {{"mode", allStrict ? "STRICT" : "PERMISSIVE"}}}, {"portLevelMtls", std::move(ports)}};
            peers_.push_back(std::move(peer));
        }
        if (!anyAsks) return;
        Json policy = resource("security.istio.io/v1", "AuthorizationPolicy", plainName(object.name, 63));
        policy["spec"] = {{"selector", selector}, {"action", "ALLOW"}};
        // Without any rule it lets nobody in.
        if (!rules.empty()) policy["spec"]["rules"] = std::move(rules);
        policies_.push_back(std::move(policy));
    }

    Json principalsFor(const Workload& node, const Listener& listener) {
        const Object& object = *node.object;
        const Validation& validation = *listener.tls->validation;
        Json principals = Json::array();
        const auto add = [&](const std::string& principal) {
            if (std::find(principals.begin(), principals.end(), Json(principal)) != principals.end()) return false;
            principals.push_back(principal);
            return true;
        };
        if (validation.names) {
            for (std::size_t i = 0; i < validation.names->size(); ++i) {
                const std::string principal = principalOf((*validation.names)[i]);
                if (!principal.empty() && add(principal))
                    ledger_.carried(object, sanField(validation, i));
                else
                    ledger_.lost(object, sanField(validation, i), principal.empty() ? "It is no identity of Istio's (spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT): who has it is not let in" : "It is named twice",
                                 principal.empty() ? "Find out which service account it is now, and add its principal to the AuthorizationPolicy" : "Nothing");
            }
            return principals;
        }
        for (const VirtualService* each : mesh_.services()) {
            const auto destinations = mesh_.destinationsOf(*each);
            if (std::none_of(destinations.begin(), destinations.end(), [&](const Destination& one) { return one.listener == &listener; })) continue;
            for (const Caller& caller : mesh_.callersOf(each->object->name)) {
                const ClientTls* tls = clientTlsOf(*caller.workload, caller.backend);
                if (const std::string principal = principalOf(identityOf(tls)); !principal.empty()) {
                    add(principal);
                    ledger_.carried(*caller.workload->object, tls->certificate->field + ".secretName");
                }
            }
        }
        ledger_.lost(object, validation.field + ".trust", "It let in whoever had a certificate of that trust. Istio's own root has issued others: only callers whose identity the mesh tells are let in",
                     "Add the principals of the others to the AuthorizationPolicy");
        return principals;
    }

    void sidecar(const Workload& node) {
        const Object& object = *node.object;
        Json hosts = Json::array();
        for (const Backend& each : node.backends) {
            const Json host = "./" + each.service;
            const std::string field = each.field + ".virtualService.virtualServiceName";
            if (mesh_.service(each.service) == nullptr || each.service.find('*') != std::string::npos)
                ledger_.lost(object, field, "No such virtual service is here, so the sidecar is not led there", "Add it to the input");
            else if (std::find(hosts.begin(), hosts.end(), host) != hosts.end())
                ledger_.lost(object, field, "It is named twice", "Nothing");
            else {
                hosts.push_back(host);
                ledger_.carried(object, field);
            }
        }
        if (hosts.empty()) hosts.push_back("~/*");
        Json made = resource("networking.istio.io/v1", "Sidecar", plainName(object.name, 63));
        made["spec"] = {{"workloadSelector", {{"labels", labelsOf(node)}}}, {"egress", Json::array({{{"hosts", std::move(hosts)}}})}, {"outboundTrafficPolicy", {{"mode", mesh_.allowAll() ? "ALLOW_ANY" : "REGISTRY_ONLY"}}}};
        sidecars_.push_back(std::move(made));
    }

    void router(const VirtualRouter& router) {
        carryNames(*router.object, ledger_, false);
        const bool used = std::any_of(mesh_.services().begin(), mesh_.services().end(), [&](const VirtualService* each) { return each->router == router.object->name; });
        if (!used) return;
        ledger_.lost(*router.object, "virtualRouterName", "Istio has no routers; its routes are in the VirtualServices of those who use it", "Nothing");
    }

    void service(const VirtualService& service) {
        const Object& object = *service.object;
        if (object.name.find('*') != std::string::npos)
            return ledger_.lost(object, "virtualServiceName", "A host with \"*\" would stand for more than this service: it is left out", "Give it a name of its own");
        carryNames(object, ledger_, true);
        if (!service.node.empty()) ledger_.carried(object, "spec.provider.virtualNode.virtualNodeName");
        if (!service.router.empty()) ledger_.carried(object, "spec.provider.virtualRouter.virtualRouterName");
        const auto ports = mesh_.portsOf(service);
        if (!hosts_.contains(object.name) && !isOfKubernetes(object.name) && !ports.empty()) {
            Json list = Json::array();
            const VirtualRouter* router = mesh_.router(service.router);
            for (const PortMapping* each : ports) {
                list.push_back({{"number", each->port}, {"name", portName(*each)}, {"protocol", portProtocol(each->protocol)}});
                if (router != nullptr && !router->listeners.empty()) ledger_.carried(*router->object, each->field, {"port", "protocol"});
            }
            Json entry = resource("networking.istio.io/v1", "ServiceEntry", plainName("service-" + object.name, 63));
            entry["spec"] = {{"hosts", {object.name}}, {"location", "MESH_INTERNAL"}, {"ports", std::move(list)}, {"resolution", "NONE"}};
            entries_.push_back(std::move(entry));
        }
        Json http = Json::array(), tcp = Json::array();
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node))
            for (const Listener& each : node->listeners) {
                if (each.mapping.port == 0) continue;
                ledger_.carried(*node->object, each.mapping.field + ".port");
                (each.mapping.protocol == Protocol::Tcp ? tcp : http).push_back({{"match", Json::array({{{"port", each.mapping.port}}})}, {"route", Json::array({destination(*node, each)})}});
            }
        if (!service.router.empty())
            for (const Route* each : mesh_.routesOf(service.router)) route(*each, each->protocol == Protocol::Tcp ? tcp : http);
        if (http.empty() && tcp.empty())
            return ledger_.needed(object, "spec.provider", "Nothing here is its provider, so nobody is led anywhere", "Add what provides it to the input");
        Json made = resource("networking.istio.io/v1", "VirtualService", plainName(object.name, 63));
        made["spec"] = {{"hosts", {object.name}}};
        if (!http.empty()) made["spec"]["http"] = std::move(http);
        if (!tcp.empty()) made["spec"]["tcp"] = std::move(tcp);
        virtualServices_.push_back(std::move(made));
    }

    Json destination(const Workload& node, const Listener& listener) const { return {{"destination", {{"host", hostOf(node)}, {"port", {{"number", listener.mapping.port}}}}}}; }

    Json targetsOf(const Route& route, bool account) {
        Json targets = Json::array();
        for (const WeightedTarget& each : route.targets) {
            const Destination to = mesh_.destinationOf(each);
            if (to.listener == nullptr || to.listener->mapping.port == 0) {
                if (account) ledger_.lost(*route.object, each.field, "There is no such listener, and requests go to the others", "Add the node, or its listener, to the input");
                continue;
            }
            Json one = destination(*to.node, *to.listener);
            one["weight"] = each.weight;
            targets.push_back(std::move(one));
            if (!account) continue;
            ledger_.carried(*route.object, each.field, {"virtualNode", "weight", "port"});
            ledger_.carried(*to.node->object, to.listener->mapping.field + ".port");
        }
        return targets;
    }

    void route(const Route& route, Json& into) {
        const Object& object = *route.object;
        carryNames(object, ledger_, true);
        Json made = {{"name", object.name}};
        Json match = Json::object();
        std::string field;
        if (route.protocol == Protocol::Tcp) {
            made.erase("name");
            ledger_.lost(object, "routeName", "Routes of TCP have no name in Istio", "Nothing");
            if (route.match.port) match["port"] = *route.match.port;
        } else if (!conditions(route, match, field)) {
            return ledger_.lost(object, field, "Istio cannot match by that; the route is left out, so that nobody is led elsewhere than before", "Match by an exact value, a prefix or a regular expression");
        }
        Json targets = targetsOf(route, true);
        if (targets.empty()) return;
        carryConditions(route);
        if (!match.empty()) made["match"] = Json::array({std::move(match)});
        made["route"] = std::move(targets);
        if (route.retry) retry(route, made);
        if (route.timeouts && route.timeouts->perRequest) {
            made["timeout"] = durationText(route.timeouts->perRequest->millis);
            ledger_.carried(object, route.timeouts->perRequest->field, {"unit", "value"});
        }
        if (route.priority) ledger_.lost(object, "spec.priority", "Istio tries routes in the order in which they stand; they stand by priority, and the number is not kept", "Nothing");
        into.push_back(std::move(made));
    }

    static Json valueMatch(const ValueMatch& from) {
        switch (from.how) {
        case ValueMatch::How::Exact: return {{"exact", from.value}};
        case ValueMatch::How::Prefix: return {{"prefix", from.value}};
        case ValueMatch::How::Suffix: return {{"regex", ".*" + regexQuoted(from.value)}};
        case ValueMatch::How::Regex: return {{"regex", from.value}};
        default: return Json::object(); // present
        }
    }

    static bool conditions(const Route& route, Json& into, std::string& field) {
        const Match& from = route.match;
        if (from.path) into["uri"]["exact"] = *from.path;
        if (from.pathRegex) into["uri"]["regex"] = *from.pathRegex;
        if (from.prefix && into.find("uri") == into.end()) into["uri"]["prefix"] = *from.prefix;
        if (from.grpcMethod && !from.grpcService) {
            field = fieldOf(from.field, "methodName");
            return false;
        }
        if (from.grpcService) into["uri"] = from.grpcMethod ? Json{{"exact", "/" + *from.grpcService + "/" + *from.grpcMethod}} : Json{{"prefix", "/" + *from.grpcService + "/"}};
        if (from.scheme) into["scheme"]["exact"] = *from.scheme;
        if (from.method) into["method"]["exact"] = *from.method;
        if (from.host) into["authority"]["exact"] = *from.host;
        if (from.hostSuffix) into["authority"]["regex"] = ".*" + regexQuoted(*from.hostSuffix);
        for (const ValueMatch& each : from.headers) {
            Json& list = into[each.invert ? "withoutHeaders" : "headers"];
            if (each.how == ValueMatch::How::Range || list.contains(each.name)) {
                field = each.field;
                return false;
            }
            list[each.name] = valueMatch(each);
        }
        for (const QueryMatch& each : from.query) {
            Json& list = into["queryParams"];
            if (!each.exact || list.contains(each.name)) {
                field = each.field;
                return false;
            }
            list[each.name] = {{"exact", *each.exact}};
        }
        if (from.port) into["port"] = *from.port;
        return true;
    }

    void carryConditions(const Route& route) {
        const Match& from = route.match;
        const Object& object = *route.object;
        ledger_.carried(object, from.field, {"path.exact", "path.regex", "method", "scheme", "serviceName", "methodName", "port", "hostname.exact", "hostname.suffix"});
        // A path in full says more than its beginning, which does not count beside it.
        if (!from.path && !from.pathRegex) ledger_.carried(object, from.field + ".prefix");
        for (const ValueMatch& each : from.headers) {
            ledger_.carried(object, each.field, {"name", "match.exact", "match.prefix", "match.suffix", "match.regex"});
            if (each.invert) ledger_.carried(object, each.field + ".invert");
            else ledger_.lost(object, each.field + ".invert", "It is what Istio does without it", "Nothing");
        }
        for (const QueryMatch& each : from.query) ledger_.carried(object, each.field, {"name", "match.exact"});
    }

    void retry(const Route& route, Json& made) {
        const Retry& from = *route.retry;
        made["retries"] = {{"attempts", from.most}};
        if (from.perTry) made["retries"]["perTryTimeout"] = durationText(from.perTry->millis);
        if (const std::string on = retryOn(route, ledger_); !on.empty()) made["retries"]["retryOn"] = on;
        ledger_.carried(*route.object, from.field, {"maxRetries"});
        carryDuration(*route.object, from.perTry, ledger_);
    }

    void gateway(const Workload& gateway) {
        const Object& object = *gateway.object;
        carryNames(object, ledger_, true);
        const std::string name = plainName(object.name, 63);
        Json servers = Json::array();
        for (const Listener& each : gateway.listeners) server(object, each, servers);
        Json selector = object.pods["matchLabels"].members.empty() ? Json{{"istio", name}} : labelsOf(gateway);
        if (servers.empty()) return ledger_.lost(object, "virtualGatewayName", "It has no listener that Istio could have: it is left out", "See the rows of its listeners");
        Json made = resource("networking.istio.io/v1", "Gateway", name);
        made["spec"] = {{"selector", std::move(selector)}, {"servers", std::move(servers)}};
        gateways_.push_back(std::move(made));
        Json http = Json::array();
        for (const Route* each : mesh_.routesOfGateway(object.name)) gatewayRoute(*each, http);
        if (http.empty()) return;
        Json routes = resource("networking.istio.io/v1", "VirtualService", plainName("gateway-" + object.name, 63));
        routes["spec"] = {{"hosts", {"*"}}, {"gateways", {name}}, {"http", std::move(http)}};
        virtualServices_.push_back(std::move(routes));
    }

    void server(const Object& object, const Listener& from, Json& servers) {
        if (from.mapping.port == 0) return;
        const bool tls = from.tls && from.tls->mode != TlsMode::Disabled;
        const bool nobody = tls && from.tls->validation && from.tls->validation->names && from.tls->validation->names->empty();
        if (nobody) return ledger_.lost(object, from.field, "Its list of names is empty, so it let nobody in; to Istio an empty list is everybody: the listener is left out", "Name who may call");
        Json made = {{"port", {{"number", from.mapping.port}, {"name", portName(from.mapping)}, {"protocol", tls ? "HTTPS" : portProtocol(from.mapping.protocol)}}}, {"hosts", {"*"}}};
        ledger_.carried(object, from.mapping.field, {"port", "protocol"});
        if (from.tls) {
            if (from.tls->mode == TlsMode::Permissive)
                ledger_.lost(object, from.tls->field + ".mode", "A port of Istio's gateway serves TLS or not: this one does, and refuses what comes without", "Open a second port for callers without TLS");
            else
                carryMode(object, *from.tls, ledger_);
        }
        if (tls) made["tls"] = tlsOf(object, *from.tls);
        servers.push_back(std::move(made));
    }

    Json tlsOf(const Object& object, const ListenerTls& from) {
        Json made = {{"mode", from.validation ? "MUTUAL" : "SIMPLE"}};
        const Credential& certificate = from.certificate;
        const bool files = certificate.kind == Credential::Kind::File && (!from.validation || from.validation->trust.kind == Credential::Kind::File);
        if (files) {
            made["serverCertificate"] = certificate.chain;
            made["privateKey"] = certificate.key;
            ledger_.carried(object, certificate.field, {"certificateChain", "privateKey"});
            if (from.validation) {
                made["caCertificates"] = from.validation->trust.chain;
                ledger_.carried(object, from.validation->trust.field + ".certificateChain");
            }
        } else {
            made["credentialName"] = plainName(object.name + "-tls", 63);
            ledger_.lost(object, from.field + ".certificate", "The gateway takes its certificate" + std::string(from.validation ? " and the trusted one" : "") + " from the secret " + plainName(object.name + "-tls", 63), "Make that secret of Kubernetes; until then the port answers nobody");
        }
        if (from.validation && from.validation->names) {
            made["subjectAltNames"] = *from.validation->names;
            ledger_.carried(object, from.validation->field + ".subjectAlternativeNames.match.exact");
        }
        return made;
    }

    void gatewayRoute(const Route& route, Json& into) {
        const Object& object = *route.object;
        carryNames(object, ledger_, true);
        const VirtualService* service = mesh_.service(route.target.service);
        Json targets = service == nullptr ? Json::array() : unconditional(*service, route.target.port);
        if (targets.empty())
            return ledger_.lost(object, route.target.field, "It leads to a service whose routes ask for more than the gateway's, or that is not here: the route is left out", "Write the service's routes under the gateway, with the conditions of both");
        Json match = Json::object();
        std::string field;
        if (!conditions(route, match, field))
            return ledger_.lost(object, field, "Istio cannot match by that; the route is left out, so that nobody is led elsewhere than before", "Match by an exact value, a prefix or a regular expression");
        carryConditions(route);
        Json made = {{"name", object.name}};
        if (!match.empty()) made["match"] = Json::array({std::move(match)});
        rewrite(route, made);
        made["route"] = std::move(targets);
        ledger_.carried(object, route.target.field, {"virtualService.virtualServiceName", "port"});
        if (route.priority) ledger_.lost(object, "spec.priority", "Istio tries routes in the order in which they stand; they stand by priority, and the number is not kept", "Nothing");
        into.push_back(std::move(made));
    }

    // Where a service leads whatever the request: its node, or its first route where that asks for nothing.
    Json unconditional(const VirtualService& service, std::optional<int> port) {
        Json targets = Json::array();
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node)) {
            const Listener* listener = port ? node->listenerAt(*port) : node->listeners.empty() ? nullptr : &node->listeners.front();
            if (listener != nullptr && listener->mapping.port > 0) targets.push_back(destination(*node, *listener));
            return targets;
        }
        const auto routes = mesh_.routesOf(service.router);
        if (routes.empty()) return targets;
        return isUnconditional(*routes.front()) ? targetsOf(*routes.front(), false) : targets;
    }

    void rewrite(const Route& route, Json& made) {
        const GatewayTarget& target = route.target;
        const Object& object = *route.object;
        const std::string base = route.field + ".action.rewrite";
        if (target.hostRewrite.value_or(true)) made["rewrite"]["authority"] = target.service;
        if (target.path && route.match.pathRegex)
            made["rewrite"]["uriRegexRewrite"] = {{"match", ".*"}, {"rewrite", *target.path}};
        else if (target.path)
            made["rewrite"]["uri"] = *target.path;
        else if (target.prefix)
            made["rewrite"]["uri"] = *target.prefix;
        else if (target.prefixRewrite.value_or(true) && route.match.prefix && *route.match.prefix != "/")
            made["rewrite"]["uri"] = "/";
        if (target.path || target.prefix) ledger_.carried(object, base, {"path.exact", target.path ? "path.exact" : "prefix.value"});
        const auto told = [&](const std::optional<bool>& value, const std::string& field, bool counts) {
            if (!value) return;
            if (!*value && counts)
                ledger_.carried(object, field);
            else
                ledger_.lost(object, field, "It is what is done without it, or does not count beside the rest", "Nothing");
        };
        told(target.hostRewrite, base + ".hostname.defaultTargetHostname", true);
        told(target.prefixRewrite, base + ".prefix.defaultPrefix", !target.path && !target.prefix && route.match.prefix && *route.match.prefix != "/");
    }

    const MeshView& mesh_;
    const Writing& out_;
    Ledger& ledger_;
    std::string space_;
    std::set<std::string, std::less<>> hosts_; // of nodes
    std::vector<Json> entries_, virtualServices_, rules_, gateways_, peers_, policies_, sidecars_;
};

} // namespace

void writeIstio(const MeshView& mesh, const Writing& out) {
    Istio(mesh, out).write();
}

} // namespace gw::mesh::appmesh
