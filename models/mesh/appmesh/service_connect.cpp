// ECS Service Connect: for each virtual node what its ECS service has as serviceConnectConfiguration, and the named ports of
// its task definition. Service Connect asks no caller who it is and leads every task of its namespace to every other; where
// that would let in more than the mesh did, the configuration is written switched off ("enabled": false), and a row says why.
// (Amazon ECS API Reference, "ServiceConnectConfiguration".)
#include "models/mesh/appmesh/compilers.h"

#include <algorithm>
#include <set>

namespace gw::mesh::appmesh {
namespace {

class ServiceConnect {
public:
    ServiceConnect(const MeshView& mesh, const Writing& out) : mesh_(mesh), out_(out), ledger_(out.ledger) {}

    void write() {
        if (mesh_.mesh() != nullptr) carryNames(*mesh_.mesh()->object, ledger_, true);
        for (const VirtualRouter* each : mesh_.routers()) carryNames(*each->object, ledger_, false);
        for (const VirtualService* each : mesh_.services()) assign(*each);
        for (const Workload* each : mesh_.workloads()) each->isGateway() ? gateway(*each) : node(*each);
    }

private:
    struct Alias {
        const VirtualService* service = nullptr;
        int port = 0;
    };

    static std::string portName(const Listener& listener) { return std::string(protocolName(listener.mapping.protocol)) + "-" + std::to_string(listener.mapping.port); }

    // A name leads to one ECS service: of several nodes, to that with the greatest weight of the route that is tried last.
    void assign(const VirtualService& service) {
        const Object& object = *service.object;
        carryNames(object, ledger_, true);
        if (!service.node.empty()) ledger_.carried(object, "spec.provider.virtualNode.virtualNodeName");
        if (!service.router.empty()) ledger_.carried(object, "spec.provider.virtualRouter.virtualRouterName");
        Destination to;
        if (const Workload* provider = service.node.empty() ? nullptr : mesh_.node(service.node); provider != nullptr && !provider->listeners.empty()) {
            for (const Listener& each : provider->listeners) aliases_[&each].push_back({&service, each.mapping.port});
            return;
        }
        const auto routes = mesh_.routesOf(service.router);
        for (const Route* route : routes) {
            carryNames(*route->object, ledger_, false);
            const bool last = route == routes.back();
            const WeightedTarget* most = nullptr;
            for (const WeightedTarget& each : route->targets)
                if (last && mesh_.destinationOf(each).listener != nullptr && (most == nullptr || each.weight > most->weight)) most = &each;
            for (const WeightedTarget& each : route->targets) {
                if (&each == most) {
                    to = mesh_.destinationOf(each);
                    ledger_.carried(*route->object, each.field, {"virtualNode"});
                    if (each.port) ledger_.carried(*route->object, each.field + ".port");
                    ledger_.lost(*route->object, each.field + ".weight", "A name leads to one service of ECS: all requests go to " + each.node, "Use a blue/green deployment of ECS to move requests step by step");
                } else {
                    ledger_.lost(*route->object, each.field, "A name leads to one service of ECS: nothing goes here any more", "Use a blue/green deployment of ECS, or a name of its own for this node");
                }
            }
        }
        const auto ports = mesh_.portsOf(service);
        if (to.listener == nullptr) return ledger_.needed(object, "spec.provider", "It leads to no node with a listener, so nobody can call it", "Add what provides it to the input");
        const VirtualRouter* router = mesh_.router(service.router);
        for (const PortMapping* each : ports) {
            aliases_[to.listener].push_back({&service, each->port});
            if (router != nullptr && !router->listeners.empty()) ledger_.carried(*router->object, each->field + ".port");
        }
    }

    void gateway(const Workload& gateway) {
        carryNames(*gateway.object, ledger_, false);
        for (const Route* each : mesh_.routesOfGateway(gateway.object->name)) {
            carryNames(*each->object, ledger_, false);
            ledger_.lost(*each->object, each->field, "Service Connect has no gateway: nobody outside the namespace reaches " + each->target.service + " any more", "Put an Application Load Balancer before the service");
        }
    }

    // Why a listener cannot be published without letting in more than before; empty where it can.
    std::string reason(const Workload& node, const Listener& listener, std::string& field) {
        if (asksForCertificate(listener)) {
            field = listener.tls->field + ".validation";
            return "Service Connect asks callers for no certificate, so everybody in the namespace would be let in";
        }
        if (listener.tls && listener.tls->mode == TlsMode::Strict) {
            field = listener.tls->field + ".mode";
            return "Service Connect would take requests without TLS as long as services[].tls is not set";
        }
        if (mesh_.allowAll()) return {};
        for (const Alias& alias : aliases_[&listener]) {
            std::set<const Workload*> allowed{&node};
            for (const Caller& each : mesh_.callersOf(alias.service->object->name)) allowed.insert(each.workload);
            for (const Workload* each : mesh_.workloads())
                if (!each->isGateway() && !allowed.contains(each)) {
                    field = fieldOf(listener.field, "portMapping");
                    return "Everybody in the namespace could call " + alias.service->object->name + ", and the mesh (egress DROP_ALL) led only those there who have it as a backend; " + each->object->name + " does not";
                }
        }
        return {};
    }

    void node(const Workload& node) {
        const Object& object = *node.object;
        carryNames(object, ledger_, true);
        Json services = Json::array(), ports = Json::array();
        bool enabled = true;
        for (const Listener& each : node.listeners) {
            if (each.mapping.port == 0) continue;
            ledger_.carried(object, each.mapping.field, {"port", "protocol"});
            Json port = {{"name", portName(each)}, {"containerPort", each.mapping.port}, {"protocol", "tcp"}};
            if (each.mapping.protocol != Protocol::Tcp && each.mapping.protocol != Protocol::Unknown) port["appProtocol"] = std::string(protocolName(each.mapping.protocol));
            ports.push_back(std::move(port));
            if (!aliases_.contains(&each)) continue;
            Json names = Json::array();
            for (const Alias& alias : aliases_[&each]) names.push_back({{"port", alias.port}, {"dnsName", alias.service->object->name}});
            Json service = {{"portName", portName(each)}, {"discoveryName", plainName(object.name + "-" + std::to_string(each.mapping.port), 64)}, {"clientAliases", std::move(names)}};
            if (each.timeouts) timeouts(object, each, service);
            services.push_back(std::move(service));
            std::string field;
            if (const std::string why = reason(node, each, field); !why.empty()) {
                enabled = false;
                ledger_.lost(object, field, why + "; the configuration of " + object.name + " is written switched off", "Keep the others out by security groups, then set \"enabled\" to true");
            }
        }
        for (const Backend& each : node.backends)
            ledger_.lost(object, each.field, "Service Connect has no list of what a task may call: it reaches everything in the namespace that is switched on", "Limit it by security groups");
        Json configuration = {{"enabled", enabled}, {"namespace", plainName(mesh_.name(), 64)}, {"services", std::move(services)}};
        if (node.log) {
            configuration["accessLogConfiguration"] = {{"format", node.log->json.empty() ? "TEXT" : "JSON"}};
            ledger_.lost(object, node.log->field, "Service Connect writes its log to the container's, in a format of its own", "Set logConfiguration where the log is to go elsewhere");
        }
        put("services/" + fileName(object.name) + ".json", {{"serviceConnectConfiguration", std::move(configuration)}});
        if (!ports.empty()) put("task-definitions/" + fileName(object.name) + ".json", {{"containerDefinitions", Json::array({{{"portMappings", std::move(ports)}}})}});
    }

    void timeouts(const Object& object, const Listener& listener, Json& service) {
        const auto seconds = [&](const std::optional<Duration>& from, std::string_view key) {
            if (!from) return;
            const std::int64_t rounded = (from->millis + 999) / 1000;
            service["timeout"][std::string(key)] = rounded;
            if (rounded * 1000 == from->millis)
                ledger_.carried(object, from->field, {"value", "unit"});
            else
                ledger_.lost(object, from->field, "Service Connect has whole seconds: it is " + std::to_string(rounded) + " s", "Nothing, where that does");
        };
        seconds(listener.timeouts->idle, "idleTimeoutSeconds");
        if (listener.mapping.protocol != Protocol::Tcp) seconds(listener.timeouts->perRequest, "perRequestTimeoutSeconds");
    }

    void put(const std::string& name, const Json& content) { out_.files.push_back({mesh_.folder() + name, jsonText(content)}); }

    const MeshView& mesh_;
    const Writing& out_;
    Ledger& ledger_;
    std::map<const Listener*, std::vector<Alias>> aliases_;
};

} // namespace

void writeServiceConnect(const MeshView& mesh, const Writing& out) {
    ServiceConnect(mesh, out).write();
}

} // namespace gw::mesh::appmesh
