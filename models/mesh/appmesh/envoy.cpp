// Plain Envoy: for each node and gateway a bootstrap with everything in it. A node's proxy stays where App Mesh's was: requests
// come in by way of port 15000 and go out by 15001, to which the task's iptables rules lead them. Certificates that were files
// or secrets of SDS stay such; what was in ACM is expected as a file, without which Envoy does not start. No administration
// interface is opened. (Envoy API v3.)
#include "models/mesh/appmesh/compilers.h"
#include "models/mesh/appmesh/envoy_parts.h"
#include "models/mesh/text/yaml_text.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <set>

namespace gw::mesh::appmesh {
namespace {

constexpr int ingressPort = 15'000, egressPort = 15'001;

bool isHttp2(Protocol protocol) {
    return protocol == Protocol::Http2 || protocol == Protocol::Grpc;
}

// The bootstrap of one node or gateway.
class Bootstrap {
public:
    Bootstrap(const MeshView& mesh, Ledger& ledger, const Workload& of) : mesh_(mesh), ledger_(ledger), of_(of), object_(*of.object), tls_(*of.object, ledger) {}

    std::string make() {
        carryNames(object_, ledger_, true);
        if (!of_.isGateway()) carryEgress(mesh_, ledger_);
        if (of_.isGateway())
            gateway();
        else
            node();
        if (tls_.needsAgent()) clusters_.push_back(envoySecretCluster());
        Json resources = Json::object();
        if (!listeners_.empty()) resources["listeners"] = listeners_;
        if (!clusters_.empty()) resources["clusters"] = clusters_;
        return yamlOf({{"node", {{"id", object_.path()}, {"cluster", "mesh/" + object_.mesh}}}, {"static_resources", std::move(resources)}});
    }

private:
    void node() {
        Json chains = Json::array();
        bool inspects = false;
        for (const Listener& each : of_.listeners)
            if (each.mapping.port > 0) ingress(each, chains, inspects);
        if (!chains.empty()) {
            Json filters = Json::array({envoyListenerFilter("original_dst", "OriginalDst")});
            if (inspects) filters.push_back(envoyListenerFilter("tls_inspector", "TlsInspector"));
            listeners_.push_back({{"name", "ingress"}, {"address", envoyAddress("0.0.0.0", ingressPort)}, {"traffic_direction", "INBOUND"}, {"listener_filters", std::move(filters)}, {"filter_chains", std::move(chains)}});
        }
        egress();
    }

    void ingress(const Listener& from, Json& chains, bool& inspects) {
        if (!ports_.insert(from.mapping.port).second) return ledger_.lost(object_, from.field, "Another listener of the node has the same port", "Remove one of them");
        const std::string cluster = "ingress_" + std::to_string(from.mapping.port);
        carryMapping(object_, from.mapping);
        Json local = {{"name", cluster}, {"type", "STATIC"}, {"connect_timeout", "5s"}, {"load_assignment", envoyEndpoints(cluster, "127.0.0.1", from.mapping.port)}};
        if (isHttp2(from.mapping.protocol)) local["typed_extension_protocol_options"] = envoyHttp2();
        if (from.pool) pool(*from.pool, local);
        clusters_.push_back(std::move(local));
        const Json filters = Json::array({from.mapping.protocol == Protocol::Tcp ? tcpProxy(cluster, from) : manager(cluster, Json::array({everything(cluster, from)}))});
        secured(from, {{"destination_port", from.mapping.port}}, filters, chains, inspects);
    }

    // Chains with TLS, without, or one of each, as the listener's mode has it.
    void secured(const Listener& from, const Json& match, const Json& filters, Json& chains, bool& inspects) {
        const TlsMode mode = from.tls ? from.tls->mode : TlsMode::Disabled;
        if (from.tls) carryMode(object_, *from.tls, ledger_);
        if (mode != TlsMode::Strict) {
            Json chain = Json::object();
            chain["filter_chain_match"] = match;
            if (mode == TlsMode::Permissive) chain["filter_chain_match"]["transport_protocol"] = "raw_buffer";
            chain["filters"] = filters;
            if (chain["filter_chain_match"].empty()) chain.erase("filter_chain_match");
            chains.push_back(std::move(chain));
        }
        if (mode == TlsMode::Disabled) return;
        const auto& validation = from.tls->validation;
        if (validation && validation->names && validation->names->empty())
            return ledger_.lost(object_, validation->field + ".subjectAlternativeNames", "The list of names is empty, so it let nobody in; to Envoy an empty list is everybody: nobody is let in with TLS", "Name who may call");
        if (validation && validation->trust.kind == Credential::Kind::None)
            return ledger_.lost(object_, validation->field, "Nothing tells which certificates it trusted, and Envoy without that trusts any: nobody is let in with TLS", "Name the trusted authority");
        inspects = true;
        Json context = {{"@type", envoyType("extensions.transport_sockets.tls.v3.DownstreamTlsContext")}};
        if (validation) context["require_client_certificate"] = true;
        context["common_tls_context"] = tls_.context(from.tls->certificate, from.tls->field + ".certificate", validation ? &*validation : nullptr);
        Json chain = Json::object();
        chain["filter_chain_match"] = match;
        chain["filter_chain_match"]["transport_protocol"] = "tls";
        chain["transport_socket"] = {{"name", "envoy.transport_sockets.tls"}, {"typed_config", std::move(context)}};
        chain["filters"] = filters;
        chains.push_back(std::move(chain));
    }

    void carryMapping(const Object& object, const PortMapping& mapping) {
        ledger_.carried(object, mapping.field + ".port");
        if (mapping.protocol == Protocol::Tcp || mapping.protocol == Protocol::Http2) return ledger_.carried(object, mapping.field + ".protocol");
        const char* words = mapping.protocol == Protocol::Grpc ? "To Envoy gRPC is HTTP/2" : mapping.protocol == Protocol::Http ? "It is what Envoy does without more words" : "It is no protocol of App Mesh's, and is taken for http";
        ledger_.lost(object, mapping.field + ".protocol", words, "Nothing");
    }

    void pool(const ConnectionPool& from, Json& cluster) {
        Json limits = Json::object();
        if (from.maxConnections) limits["max_connections"] = *from.maxConnections;
        if (from.maxPendingRequests) limits["max_pending_requests"] = *from.maxPendingRequests;
        if (from.maxRequests) limits["max_requests"] = *from.maxRequests;
        ledger_.carried(object_, from.field, {"maxConnections", "maxPendingRequests", "maxRequests"});
        if (!limits.empty()) cluster["circuit_breakers"] = {{"thresholds", Json::array({std::move(limits)})}};
    }

    Json tcpProxy(const std::string& cluster, const Listener& from) {
        Json config = {{"@type", envoyType("extensions.filters.network.tcp_proxy.v3.TcpProxy")}, {"stat_prefix", cluster}, {"cluster", cluster}};
        if (from.timeouts && from.timeouts->idle) {
            config["idle_timeout"] = envoyDuration(from.timeouts->idle->millis);
            ledger_.carried(object_, from.timeouts->idle->field, {"unit", "value"});
        }
        if (const Json log = accessLog(); !log.empty()) config["access_log"] = log;
        return {{"name", "envoy.filters.network.tcp_proxy"}, {"typed_config", std::move(config)}};
    }

    // Of an ingress: all requests to the program.
    Json everything(const std::string& cluster, const Listener& from) {
        Json action = {{"cluster", cluster}};
        if (from.timeouts && from.timeouts->perRequest) {
            action["timeout"] = envoyDuration(from.timeouts->perRequest->millis);
            ledger_.carried(object_, from.timeouts->perRequest->field, {"unit", "value"});
        }
        if (from.timeouts && from.timeouts->idle) {
            action["idle_timeout"] = envoyDuration(from.timeouts->idle->millis);
            ledger_.carried(object_, from.timeouts->idle->field, {"unit", "value"});
        }
        return {{"name", "local"}, {"domains", {"*"}}, {"routes", Json::array({{{"match", {{"prefix", "/"}}}, {"route", std::move(action)}}})}};
    }

    Json manager(const std::string& prefix, Json hosts) {
        Json config = {{"@type", envoyType("extensions.filters.network.http_connection_manager.v3.HttpConnectionManager")},
                       {"stat_prefix", prefix},
                       {"normalize_path", true},
                       {"route_config", {{"name", prefix}, {"virtual_hosts", std::move(hosts)}}},
                       {"http_filters", Json::array({{{"name", "envoy.filters.http.router"}, {"typed_config", {{"@type", envoyType("extensions.filters.http.router.v3.Router")}}}}})}};
        if (const Json log = accessLog(); !log.empty()) config["access_log"] = log;
        return {{"name", "envoy.filters.network.http_connection_manager"}, {"typed_config", std::move(config)}};
    }

    Json accessLog() {
        if (!of_.log || of_.log->path.empty()) return Json::array();
        Json config = {{"@type", envoyType("extensions.access_loggers.file.v3.FileAccessLog")}, {"path", of_.log->path}};
        ledger_.carried(object_, of_.log->field, {"path", "format.text"});
        if (of_.log->text) config["log_format"] = {{"text_format_source", {{"inline_string", *of_.log->text}}}};
        if (!of_.log->json.empty()) {
            Json members = Json::object();
            for (std::size_t i = 0; i < of_.log->json.size(); ++i) {
                const auto& [key, value] = of_.log->json[i];
                const std::string field = of_.log->field + ".format.json[" + std::to_string(i) + "]";
                if (members.contains(key)) {
                    if (!logTold_) ledger_.lost(object_, field, "It has the name of another member of the log's format", "Give it a name of its own");
                    continue;
                }
                members[key] = value;
                ledger_.carried(object_, field, {"key", "value"});
            }
            logTold_ = true;
            config["log_format"] = {{"json_format", std::move(members)}};
        }
        return Json::array({{{"name", "envoy.access_loggers.file"}, {"typed_config", std::move(config)}}});
    }

    void once(const Object& owner, const std::string& field, const std::string& happens, const std::string& action) {
        if (told_.insert(owner.path() + "\n" + field).second) ledger_.lost(owner, field, happens, action);
    }

    void egress() {
        struct Port {
            Json hosts = Json::array(), tcp;
            std::set<std::string> domains;
        };
        std::map<int, Port> ports;
        std::set<std::string_view> seen;
        for (const Backend& each : of_.backends) {
            const std::string field = each.field + ".virtualService.virtualServiceName";
            const VirtualService* service = mesh_.service(each.service);
            if (service == nullptr || each.service.find('*') != std::string::npos) {
                ledger_.lost(object_, field, "No such virtual service is here, so nobody is led there", "Add it to the input");
                continue;
            }
            if (!seen.insert(each.service).second) {
                ledger_.lost(object_, field, "It is named twice; the first of them counts", "Nothing");
                continue;
            }
            const auto mappings = mesh_.portsOf(*service);
            bool any = false;
            for (const PortMapping* mapping : mappings) {
                Port& port = ports[mapping->port];
                const std::string name = foldedAscii(each.service);
                const bool taken = !port.tcp.is_null() || (mapping->protocol == Protocol::Tcp && !port.hosts.empty()) || port.domains.contains(name);
                if (taken) {
                    ledger_.lost(object_, each.field, "Another backend has port " + std::to_string(mapping->port) + " already, and what goes there cannot be told apart: this one is left out there", "Give one of them another port");
                    continue;
                }
                if (mapping->protocol == Protocol::Tcp) {
                    port.tcp = tcpRoute(*service, each, *mapping);
                    any = any || !port.tcp.is_null();
                    if (!port.tcp.is_null()) carryPort(*service, *mapping);
                    continue;
                }
                Json routes = routesTo(*service, &each, *mapping);
                if (routes.empty()) continue;
                any = true;
                carryPort(*service, *mapping);
                port.domains.insert(name);
                port.hosts.push_back({{"name", each.service}, {"domains", {each.service, each.service + ":" + std::to_string(mapping->port)}}, {"routes", std::move(routes)}});
            }
            if (any) {
                ledger_.carried(object_, field);
                carryService(*service);
            } else {
                ledger_.lost(object_, field, "The service leads nowhere on any port, so nobody is led there", "Add what provides it to the input");
            }
        }
        Json chains = Json::array();
        for (auto& [number, port] : ports) {
            if (port.hosts.empty() && port.tcp.is_null()) continue;
            if (!port.hosts.empty() && mesh_.allowAll())
                port.hosts.push_back({{"name", "passthrough"}, {"domains", {"*"}}, {"routes", Json::array({{{"match", {{"prefix", "/"}}}, {"route", {{"cluster", "passthrough"}}}}})}});
            const Json filter = port.tcp.is_null() ? manager("egress_" + std::to_string(number), std::move(port.hosts)) : port.tcp;
            chains.push_back({{"filter_chain_match", {{"destination_port", number}}}, {"filters", Json::array({filter})}});
        }
        if (chains.empty() && !mesh_.allowAll()) return;
        Json listener = {{"name", "egress"}, {"address", envoyAddress("127.0.0.1", egressPort)}, {"traffic_direction", "OUTBOUND"}, {"listener_filters", Json::array({envoyListenerFilter("original_dst", "OriginalDst")})}};
        if (!chains.empty()) listener["filter_chains"] = std::move(chains);
        if (mesh_.allowAll()) {
            listener["default_filter_chain"] = {{"filters", Json::array({{{"name", "envoy.filters.network.tcp_proxy"}, {"typed_config", {{"@type", envoyType("extensions.filters.network.tcp_proxy.v3.TcpProxy")}, {"stat_prefix", "passthrough"}, {"cluster", "passthrough"}}}}})}};
            clusters_.push_back({{"name", "passthrough"}, {"type", "ORIGINAL_DST"}, {"lb_policy", "CLUSTER_PROVIDED"}, {"connect_timeout", "5s"}});
        }
        listeners_.push_back(std::move(listener));
    }

    void carryPort(const VirtualService& service, const PortMapping& mapping) {
        if (const VirtualRouter* router = mesh_.router(service.router)) {
            carryNames(*router->object, ledger_, false);
            if (!router->listeners.empty()) ledger_.carried(*router->object, mapping.field + ".port");
            if (!router->listeners.empty())
                once(*router->object, mapping.field + ".protocol", "Envoy speaks HTTP/1.1 and HTTP/2 on a port alike; what counts is whether it is TCP", "Nothing");
        }
    }

    void carryService(const VirtualService& service) {
        carryNames(*service.object, ledger_, true);
        if (!service.node.empty()) ledger_.carried(*service.object, "spec.provider.virtualNode.virtualNodeName");
        if (!service.router.empty()) ledger_.carried(*service.object, "spec.provider.virtualRouter.virtualRouterName");
    }

    // Weighted clusters for where a route leads; null where it leads nowhere.
    Json clustersFor(const Route& route, const VirtualService& service, const Backend* backend, bool account) {
        Json list = Json::array();
        std::int64_t total = 0;
        for (const WeightedTarget& each : route.targets) {
            const Destination to = mesh_.destinationOf(each);
            const std::string name = to.listener == nullptr ? std::string() : cluster(service, *to.node, *to.listener, backend);
            if (name.empty()) {
                if (account) once(*route.object, each.field, "There is no such listener, or nothing tells where the node is: requests go to the others", "Add the node, its listener or its service discovery to the input");
                continue;
            }
            list.push_back({{"name", name}, {"weight", each.weight}});
            total += each.weight;
            if (account) ledger_.carried(*route.object, each.field, {"virtualNode", "weight", "port"});
        }
        if (list.empty() || total == 0) {
            if (account && !list.empty()) once(*route.object, route.field, "All of its weights are 0, which Envoy does not take: the route is left out", "Give one of them a weight");
            return {};
        }
        return {{"clusters", std::move(list)}};
    }

    Json tcpRoute(const VirtualService& service, const Backend& backend, const PortMapping& mapping) {
        Json config = {{"@type", envoyType("extensions.filters.network.tcp_proxy.v3.TcpProxy")}, {"stat_prefix", "egress_" + std::to_string(mapping.port)}};
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node)) {
            const Listener* listener = node->listenerAt(mapping.port);
            const std::string name = listener == nullptr ? std::string() : cluster(service, *node, *listener, &backend);
            if (name.empty()) return {};
            config["cluster"] = name;
            return {{"name", "envoy.filters.network.tcp_proxy"}, {"typed_config", std::move(config)}};
        }
        for (const Route* each : mesh_.routesOf(service.router)) {
            if (each->protocol != Protocol::Tcp || (each->match.port && *each->match.port != mapping.port)) continue;
            Json clusters = clustersFor(*each, service, &backend, true);
            if (clusters.is_null()) continue;
            carryNames(*each->object, ledger_, false);
            if (each->match.port) ledger_.carried(*each->object, each->match.field + ".port");
            config["weighted_clusters"] = std::move(clusters);
            if (each->timeouts && each->timeouts->idle) {
                config["idle_timeout"] = envoyDuration(each->timeouts->idle->millis);
                ledger_.carried(*each->object, each->timeouts->idle->field, {"unit", "value"});
            }
            return {{"name", "envoy.filters.network.tcp_proxy"}, {"typed_config", std::move(config)}};
        }
        return {};
    }

    Json routesTo(const VirtualService& service, const Backend* backend, const PortMapping& mapping) {
        Json routes = Json::array();
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node)) {
            const Listener* listener = node->listenerAt(mapping.port);
            if (const std::string name = listener == nullptr ? std::string() : cluster(service, *node, *listener, backend); !name.empty())
                routes.push_back({{"match", {{"prefix", "/"}}}, {"route", {{"cluster", name}}}});
            return routes;
        }
        for (const Route* each : mesh_.routesOf(service.router)) {
            if (each->protocol == Protocol::Tcp || (each->match.port && *each->match.port != mapping.port)) continue;
            Json clusters = clustersFor(*each, service, backend, true);
            if (clusters.is_null()) continue;
            Json action = {{"weighted_clusters", std::move(clusters)}};
            if (each->retry) retry(*each, action);
            if (each->timeouts) timeouts(*each, action);
            routes.push_back({{"name", each->object->name}, {"match", envoyMatch(*each)}, {"route", std::move(action)}});
            carryNames(*each->object, ledger_, true);
            carryEnvoyMatch(*each, ledger_);
            order(*each);
        }
        return routes;
    }

    void order(const Route& route) {
        if (route.priority) once(*route.object, "spec.priority", "Envoy tries routes in the order in which they stand; they stand by priority, and the number is not kept", "Nothing");
    }

    void timeouts(const Route& route, Json& action) {
        const auto take = [&](const std::optional<Duration>& from, const char* key) {
            if (!from) return;
            action[key] = envoyDuration(from->millis);
            ledger_.carried(*route.object, from->field, {"unit", "value"});
        };
        take(route.timeouts->perRequest, "timeout");
        take(route.timeouts->idle, "idle_timeout");
    }

    void retry(const Route& route, Json& action) {
        const Retry& from = *route.retry;
        action["retry_policy"] = {{"retry_on", retryOn(route, ledger_)}, {"num_retries", from.most}};
        if (from.perTry) action["retry_policy"]["per_try_timeout"] = envoyDuration(from.perTry->millis);
        ledger_.carried(*route.object, from.field, {"maxRetries"});
        carryDuration(*route.object, from.perTry, ledger_);
    }

    // The name of the cluster for a listener of a node, made where there is none; empty where nothing tells where the node is.
    std::string cluster(const VirtualService& service, const Workload& node, const Listener& listener, const Backend* backend) {
        const std::string host = node.discovery.host();
        if (host.empty() || listener.mapping.port == 0) {
            if (host.empty()) ledger_.needed(*node.object, "spec.serviceDiscovery", "Nothing tells where it is, so nobody is led there", "Give it a DNS name or a service of Cloud Map");
            return {};
        }
        std::string name = "egress_" + service.object->name + "_" + node.object->name + "_" + std::to_string(listener.mapping.port);
        const Object& object = *node.object;
        if (node.discovery.kind == Discovery::Kind::Dns)
            carryName(object, node.discovery, ledger_);
        else
            ledger_.carried(object, node.discovery.field, {"namespaceName", "serviceName"});
        if (!names_.insert(name).second) return name;
        carryMapping(object, listener.mapping);
        // App Mesh takes a name for a load balancer's where nothing says otherwise.
        const bool endpointsOfName = node.discovery.kind == Discovery::Kind::CloudMap || node.discovery.responseType == "ENDPOINTS";
        Json made = {{"name", name}, {"type", endpointsOfName ? "STRICT_DNS" : "LOGICAL_DNS"}, {"connect_timeout", "5s"}};
        lookup(node, made);
        if (isHttp2(listener.mapping.protocol)) made["typed_extension_protocol_options"] = envoyHttp2();
        made["load_assignment"] = envoyEndpoints(name, host, listener.mapping.port);
        if (listener.health) health(object, listener, made);
        if (listener.outlier) outlier(object, *listener.outlier, made);
        upstream(listener, backend, made);
        clusters_.push_back(std::move(made));
        return name;
    }

    void lookup(const Workload& node, Json& made) {
        static const std::map<std::string, const char*, std::less<>> families = {{"IPv4_ONLY", "V4_ONLY"}, {"IPv6_ONLY", "V6_ONLY"}, {"IPv4_PREFERRED", "V4_PREFERRED"}, {"IPv6_PREFERRED", "AUTO"}};
        const bool own = !node.discovery.ipPreference.empty();
        const std::string preference = own ? node.discovery.ipPreference : mesh_.mesh() != nullptr ? mesh_.mesh()->ipPreference : std::string();
        const auto found = families.find(preference);
        made["dns_lookup_family"] = found == families.end() ? "V4_ONLY" : found->second;
        if (found == families.end()) return;
        if (preference == "IPv4_ONLY")
            once(own ? *node.object : *mesh_.mesh()->object, own ? node.discovery.field + ".ipPreference" : "spec.serviceDiscovery.ipPreference", "It is what is done without it", "Nothing");
        else if (own)
            ledger_.carried(*node.object, node.discovery.field + ".ipPreference");
        else
            ledger_.carried(*mesh_.mesh()->object, "spec.serviceDiscovery.ipPreference");
    }

    void health(const Object& object, const Listener& listener, Json& made) {
        const HealthCheck& from = *listener.health;
        Json check = {{"timeout", envoyDuration(from.timeoutMillis)}, {"interval", envoyDuration(from.intervalMillis)}, {"unhealthy_threshold", from.unhealthy}, {"healthy_threshold", from.healthy}};
        if (from.protocol == Protocol::Http || from.protocol == Protocol::Http2) {
            check["http_health_check"] = {{"path", from.path.empty() ? "/" : from.path}};
            if (from.protocol == Protocol::Http2) check["http_health_check"]["codec_client_type"] = "HTTP2";
        } else if (from.protocol == Protocol::Grpc && isHttp2(listener.mapping.protocol)) {
            check["grpc_health_check"] = Json::object();
        } else {
            check["tcp_health_check"] = Json::object();
        }
        if (from.protocol == Protocol::Grpc && !isHttp2(listener.mapping.protocol))
            once(object, from.field + ".protocol", "Envoy checks by gRPC only where the listener speaks HTTP/2: a connection is tried instead", "Make the listener http2 or grpc");
        else
            ledger_.carried(object, from.field + ".protocol");
        if (check.contains("http_health_check") && !from.path.empty()) ledger_.carried(object, from.field + ".path");
        ledger_.carried(object, from.field, {"healthyThreshold", "unhealthyThreshold", "intervalMillis", "timeoutMillis"});
        if (from.port && *from.port > 0 && *from.port < 65'536) {
            ledger_.carried(object, from.field + ".port");
            made["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["health_check_config"] = {{"port_value", *from.port}};
        }
        made["health_checks"] = Json::array({std::move(check)});
    }

    void outlier(const Object& object, const OutlierDetection& from, Json& made) {
        Json limits = Json::object();
        if (from.maxServerErrors) limits["consecutive_5xx"] = *from.maxServerErrors;
        if (from.interval) limits["interval"] = envoyDuration(from.interval->millis);
        if (from.baseEjection) limits["base_ejection_time"] = envoyDuration(from.baseEjection->millis);
        if (from.maxEjectionPercent) limits["max_ejection_percent"] = *from.maxEjectionPercent;
        carryOutlier(object, from, ledger_);
        made["outlier_detection"] = std::move(limits);
    }

    // As the caller's policy has it; without one TLS is used where the listener has it, and nothing is checked.
    void upstream(const Listener& listener, const Backend* backend, Json& made) {
        const ClientTls* tls = clientTlsOf(of_, backend);
        const bool offered = listener.tls && listener.tls->mode != TlsMode::Disabled;
        bool use = offered;
        if (tls != nullptr) {
            const bool here = tls->ports.empty() || std::find(tls->ports.begin(), tls->ports.end(), listener.mapping.port) != tls->ports.end();
            use = here && (tls->enforce || offered);
            once(object_, tls->field + ".enforce", "It decided whether TLS is used for each service, and is written out for each", "Nothing");
            once(object_, tls->field + ".ports", "They decided for which services TLS is used, and it is written out for each", "Nothing");
        }
        if (!use) return;
        Json context = {{"@type", envoyType("extensions.transport_sockets.tls.v3.UpstreamTlsContext")}};
        if (tls != nullptr) {
            const Credential none;
            const bool empty = tls->validation.names && tls->validation.names->empty();
            if (empty) once(object_, tls->validation.field + ".subjectAlternativeNames", "The list of names is empty, so no server was right; to Envoy any server of that trust is", "Name the server");
            context["common_tls_context"] = tls_.context(tls->certificate ? *tls->certificate : none, {}, &tls->validation);
        }
        made["transport_socket"] = {{"name", "envoy.transport_sockets.tls"}, {"typed_config", std::move(context)}};
    }

    void gateway() {
        for (const Listener& each : of_.listeners) {
            if (each.mapping.port == 0) continue;
            if (!ports_.insert(each.mapping.port).second) {
                ledger_.lost(object_, each.field, "Another listener of the gateway has the same port", "Remove one of them");
                continue;
            }
            ledger_.carried(object_, each.mapping.field + ".port");
            once(object_, each.mapping.field + ".protocol", "Envoy speaks HTTP/1.1 and HTTP/2 on a port alike", "Nothing");
            Json routes = Json::array();
            for (const Route* route : mesh_.routesOfGateway(object_.name))
                if (!route->match.port || *route->match.port == each.mapping.port) gatewayRoute(*route, routes);
            Json hosts = Json::array();
            if (!routes.empty()) hosts.push_back({{"name", "routes"}, {"domains", {"*"}}, {"routes", std::move(routes)}});
            const Json filters = Json::array({manager("gateway_" + std::to_string(each.mapping.port), std::move(hosts))});
            Json chains = Json::array();
            bool inspects = false;
            secured(each, Json::object(), filters, chains, inspects);
            if (chains.empty()) continue;
            Json listener = {{"name", "gateway_" + std::to_string(each.mapping.port)}, {"address", envoyAddress("0.0.0.0", each.mapping.port)}, {"traffic_direction", "INBOUND"}};
            if (inspects) listener["listener_filters"] = Json::array({envoyListenerFilter("tls_inspector", "TlsInspector")});
            listener["filter_chains"] = std::move(chains);
            listeners_.push_back(std::move(listener));
        }
    }

    void gatewayRoute(const Route& route, Json& into) {
        const VirtualService* service = mesh_.service(route.target.service);
        Json action = service == nullptr ? Json() : unconditional(*service, route.target.port);
        if (action.is_null())
            return once(*route.object, route.target.field, "It leads to a service whose routes ask for more than the gateway's, or that is not here: the route is left out", "Write the service's routes under the gateway, with the conditions of both");
        carryNames(*route.object, ledger_, true);
        carryService(*service);
        rewrite(route, action);
        into.push_back({{"name", route.object->name}, {"match", envoyMatch(route)}, {"route", std::move(action)}});
        carryEnvoyMatch(route, ledger_);
        ledger_.carried(*route.object, route.target.field, {"virtualService.virtualServiceName", "port"});
        order(route);
    }

    Json unconditional(const VirtualService& service, std::optional<int> port) {
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node)) {
            const Listener* listener = port ? node->listenerAt(*port) : node->listeners.empty() ? nullptr : &node->listeners.front();
            const std::string name = listener == nullptr || listener->mapping.protocol == Protocol::Tcp ? std::string() : cluster(service, *node, *listener, nullptr);
            return name.empty() ? Json() : Json{{"cluster", name}};
        }
        const auto routes = mesh_.routesOf(service.router);
        if (routes.empty()) return {};
        Json clusters = isUnconditional(*routes.front()) ? clustersFor(*routes.front(), service, nullptr, false) : Json();
        return clusters.is_null() ? Json() : Json{{"weighted_clusters", std::move(clusters)}};
    }

    void rewrite(const Route& route, Json& action) {
        const GatewayTarget& target = route.target;
        const Object& object = *route.object;
        const std::string base = route.field + ".action.rewrite";
        if (target.hostRewrite.value_or(true)) action["host_rewrite_literal"] = target.service;
        const bool prefixed = route.match.prefix && *route.match.prefix != "/" && !route.match.path && !route.match.pathRegex;
        if (target.path)
            action["regex_rewrite"] = {{"pattern", {{"regex", "^.*$"}}}, {"substitution", *target.path}};
        else if (target.prefix && !route.match.path && !route.match.pathRegex)
            action["prefix_rewrite"] = *target.prefix;
        else if (target.prefixRewrite.value_or(true) && prefixed)
            action["prefix_rewrite"] = "/";
        if (target.path) ledger_.carried(object, base + ".path.exact");
        if (action.contains("prefix_rewrite") && target.prefix) ledger_.carried(object, base + ".prefix.value");
        const auto told = [&](const std::optional<bool>& value, const std::string& field, bool counts) {
            if (!value) return;
            if (!*value && counts)
                ledger_.carried(object, field);
            else
                once(object, field, "It is what is done without it, or does not count beside the rest", "Nothing");
        };
        told(target.hostRewrite, base + ".hostname.defaultTargetHostname", true);
        told(target.prefixRewrite, base + ".prefix.defaultPrefix", !target.path && !target.prefix && prefixed);
    }

    const MeshView& mesh_;
    Ledger& ledger_;
    const Workload& of_;
    const Object& object_;
    Json listeners_ = Json::array(), clusters_ = Json::array();
    std::set<std::string> names_; // of clusters
    std::set<int> ports_;
    std::set<std::string> told_;
    EnvoyTls tls_;
    bool logTold_ = false;
};

} // namespace

void writeEnvoy(const MeshView& mesh, const Writing& out) {
    if (mesh.mesh() != nullptr) carryNames(*mesh.mesh()->object, out.ledger, true);
    for (const Workload* each : mesh.workloads())
        out.files.push_back({mesh.folder() + (each->isGateway() ? "gateways/" : "nodes/") + fileName(each->object->name) + ".yaml", Bootstrap(mesh, out.ledger, *each).make()});
}

} // namespace gw::mesh::appmesh
