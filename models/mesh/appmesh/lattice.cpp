// VPC Lattice, as input of its command line: a service network for the mesh, a service with listeners and rules for each
// virtual service, a target group for each listener of a node, and auth policies that name the callers' roles. What AWS names
// when it makes it stands in "${…}", by the file that makes it. (VPC Lattice API Reference; quotas of its User Guide.)
#include "models/mesh/appmesh/compilers.h"

#include <algorithm>
#include <set>

namespace gw::mesh::appmesh {
namespace {

constexpr std::size_t mostPolicy = 10'240; // octets of an auth policy
constexpr std::size_t mostHeaders = 5;     // of a rule
constexpr int lastPriority = 2'000;

constexpr std::string_view fillRole = "Name the task's role as a further principal of the auth policy in policies/, once you know it: no task definition in the input has this part in APPMESH_RESOURCE_ARN";

bool isDomain(std::string_view name) {
    return name.size() >= 3 && name.size() <= 255 && name.find('.') != std::string_view::npos && name.front() != '.' && name.back() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

class Lattice {
public:
    Lattice(const MeshView& mesh, const Writing& out) : mesh_(mesh), out_(out), ledger_(out.ledger) {}

    void write() {
        network_ = plainName(mesh_.name(), 63);
        if (mesh_.mesh() != nullptr) carryNames(*mesh_.mesh()->object, ledger_, true);
        for (const VirtualService* each : mesh_.services())
            for (const Destination& one : mesh_.destinationsOf(*each)) {
                auto& list = servicesAt_[one.listener];
                if (list.empty() || list.back() != each) list.push_back(each);
            }
        put("service-network.json", {{"name", network_}, {"authType", "AWS_IAM"}});
        for (const Workload* each : mesh_.workloads()) each->isGateway() ? gateway(*each) : targetGroups(*each);
        for (const VirtualRouter* each : mesh_.routers()) carryNames(*each->object, ledger_, false);
        for (const VirtualService* each : mesh_.services()) service(*each);
        Json statements = Json::array();
        for (const auto& [role, none] : roles_)
            statements.push_back({{"Sid", "gw" + std::to_string(statements.size())}, {"Effect", "Allow"}, {"Principal", {{"AWS", role}}}, {"Action", "vpc-lattice-svcs:*"}, {"Resource", "*"}});
        policy("service-network", "${service-network.json}", std::move(statements), mesh_.mesh() != nullptr ? mesh_.mesh()->object : nullptr);
    }

private:
    void put(const std::string& name, const Json& content) { out_.files.push_back({mesh_.folder() + name, jsonText(content)}); }

    // Nobody is let in by a policy without an Allow; AWS wants a statement all the same.
    void policy(const std::string& name, const std::string& resource, Json statements, const Object* owner) {
        if (statements.empty()) statements.push_back({{"Sid", "gwNobody"}, {"Effect", "Deny"}, {"Principal", "*"}, {"Action", "*"}, {"Resource", "*"}});
        std::string text = Json{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
        if (text.size() > mostPolicy) {
            if (owner != nullptr)
                ledger_.lost(*owner, "spec", "Its auth policy would be longer than VPC Lattice takes (" + std::to_string(text.size()) + " of " + std::to_string(mostPolicy) + " octets), so it denies everybody",
                             "Name the callers by a tag of their roles (aws:PrincipalTag) in policies/" + name + ".json");
            text = R"({"Version":"2012-10-17","Statement":[{"Sid":"gwNobody","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]})";
        }
        put("policies/" + name + ".json", {{"resourceIdentifier", resource}, {"policy", text}});
    }

    void gateway(const Workload& gateway) {
        carryNames(*gateway.object, ledger_, false);
        for (const Route* each : mesh_.routesOfGateway(gateway.object->name)) {
            carryNames(*each->object, ledger_, false);
            ledger_.lost(*each->object, each->field, "VPC Lattice has no gateway: nobody outside the VPC reaches " + each->target.service + " any more",
                         "Put an Application Load Balancer or API Gateway before the service, and allow the role that signs its requests in the auth policy");
        }
    }

    static std::string groupName(const Workload& node, const Listener& listener) {
        return plainName(node.object->name + "-" + std::to_string(listener.mapping.port), 128);
    }
    static std::string groupReference(const Workload& node, const Listener& listener) { return "${target-groups/" + groupName(node, listener) + ".json}"; }
    static bool isPossible(const Listener& listener) {
        return listener.mapping.port > 0 && (listener.mapping.protocol == Protocol::Http || listener.mapping.protocol == Protocol::Http2 || listener.mapping.protocol == Protocol::Grpc);
    }

    void targetGroups(const Workload& node) {
        carryNames(*node.object, ledger_, false);
        Json tasks = Json::array();
        for (const Listener& each : node.listeners) {
            if (!isPossible(each)) {
                ledger_.lost(*node.object, each.field, "VPC Lattice carries no plain TCP between services", "Use a Network Load Balancer, or a resource configuration of VPC Lattice");
                continue;
            }
            ledger_.carried(*node.object, each.mapping.field, {"port", "protocol"});
            const bool secured = each.tls && each.tls->mode == TlsMode::Strict;
            Json config = {{"port", each.mapping.port},
                           {"protocol", secured ? "HTTPS" : "HTTP"},
                           {"protocolVersion", each.mapping.protocol == Protocol::Http ? "HTTP1" : each.mapping.protocol == Protocol::Http2 ? "HTTP2" : "GRPC"},
                           {"vpcIdentifier", "${vpc}"}};
            if (each.health) config["healthCheck"] = health(node, each);
            put("target-groups/" + groupName(node, each) + ".json", {{"name", groupName(node, each)}, {"type", "IP"}, {"config", std::move(config)}});
            tasks.push_back({{"roleArn", "${ECS infrastructure role}"}, {"targetGroupArn", groupReference(node, each)}, {"portName", std::string(protocolName(each.mapping.protocol)) + "-" + std::to_string(each.mapping.port)}});
            if (each.tls) {
                ledger_.lost(*node.object, each.tls->field + ".mode",
                             secured ? "Envoy served TLS for the task; VPC Lattice calls the task itself by HTTPS, and fails until it serves TLS" : "VPC Lattice calls the task without TLS",
                             secured ? "Let the task serve TLS on that port, or make the target group HTTP where the VPC's own encryption does" : "Nothing, or make the target group HTTPS once the task serves TLS");
                names(node, each);
            }
        }
        if (tasks.empty()) return;
        carryNames(*node.object, ledger_, true);
        put("ecs/" + fileName(node.object->name) + ".json", {{"vpcLatticeConfigurations", std::move(tasks)}});
    }

    // What becomes of the list of those who may call: certificates become roles.
    void names(const Workload& node, const Listener& listener) {
        if (!listener.tls->validation || !listener.tls->validation->names) return;
        const Validation& validation = *listener.tls->validation;
        for (std::size_t i = 0; i < validation.names->size(); ++i) {
            const std::string& name = (*validation.names)[i];
            const bool once = std::find(validation.names->begin(), validation.names->begin() + static_cast<std::ptrdiff_t>(i), name) == validation.names->begin() + static_cast<std::ptrdiff_t>(i);
            bool allowed = false;
            for (const VirtualService* each : servicesAt_[&listener]) {
                for (const Caller& caller : mesh_.callersOf(each->object->name))
                    allowed = allowed || (!caller.workload->isGateway() && identityOf(clientTlsOf(*caller.workload, caller.backend)) == name && roleOf(*caller.workload) != nullptr && admits(*each, caller));
            }
            if (allowed && once && listener.tls->mode == TlsMode::Strict)
                ledger_.carried(*node.object, sanField(validation, i));
            else
                ledger_.lost(*node.object, sanField(validation, i), "VPC Lattice knows callers by their role, and nothing here tells the role of who has this name and calls this service: it is not let in",
                             "Find out whose certificate it is, and allow its role in the auth policy of the service");
        }
    }

    const std::string* roleOf(const Workload& workload) const {
        const TaskRoles::Task* task = out_.roles.of(*workload.object);
        return task != nullptr && task->roles.size() == 1 ? &task->roles.front() : nullptr;
    }

    bool admits(const VirtualService& service, const Caller& caller) const {
        const auto destinations = mesh_.destinationsOf(service);
        return !destinations.empty() && std::all_of(destinations.begin(), destinations.end(), [&](const Destination& each) {
            return isAdmitted(admission(clientTlsOf(*caller.workload, caller.backend), *each.listener));
        });
    }

    void service(const VirtualService& service) {
        const Object& object = *service.object;
        const std::string name = plainName(object.name, 40), file = "services/" + name + ".json";
        carryNames(object, ledger_, true);
        if (!service.node.empty()) ledger_.carried(object, "spec.provider.virtualNode.virtualNodeName");
        if (!service.router.empty()) ledger_.carried(object, "spec.provider.virtualRouter.virtualRouterName");
        Json made = {{"name", name}, {"authType", "AWS_IAM"}};
        if (isDomain(object.name))
            made["customDomainName"] = object.name;
        else
            ledger_.lost(object, "virtualServiceName", "It is no name that VPC Lattice could have as a domain; the service is " + name + ", and callers use the domain that VPC Lattice makes",
                         "Give the service a custom domain, or change the callers");
        put(file, made);
        put("associations/" + name + ".json", {{"serviceIdentifier", "${" + file + "}"}, {"serviceNetworkIdentifier", "${service-network.json}"}});
        const bool provided = service.node.empty() ? mesh_.router(service.router) != nullptr : mesh_.node(service.node) != nullptr;
        if (!provided) ledger_.needed(object, "spec.provider", "Nothing here is its provider, so the service has no listeners", "Add what provides it to the input");
        for (const PortMapping* each : mesh_.portsOf(service)) listener(service, name, *each);
        Json statements = Json::array();
        for (const Caller& each : mesh_.callersOf(object.name)) statement(service, each, statements);
        policy(name, "${" + file + "}", std::move(statements), &object);
    }

    void statement(const VirtualService& service, const Caller& caller, Json& statements) {
        if (caller.workload->isGateway()) return; // said at its route
        const Object& object = *caller.workload->object;
        const std::string field = caller.backend->field + ".virtualService.virtualServiceName";
        const TaskRoles::Task* task = out_.roles.of(object);
        const std::string* role = roleOf(*caller.workload);
        if (!admits(service, caller)) {
            ledger_.lost(object, field, "It is not let in to " + service.object->name + ": nothing here shows that all of its listeners take the caller's certificate",
                         "Where the caller may call, allow its role in policies/" + plainName(service.object->name, 40) + ".json");
        } else if (role == nullptr) {
            ledger_.lost(object, field, "It is not let in to " + service.object->name + ": nothing here tells which role it runs with",
                         task != nullptr && task->roles.size() > 1 ? "Its task definitions name several roles; allow the one that counts in the auth policy" : std::string(fillRole));
        } else {
            ledger_.carried(object, field);
            carryNames(object, ledger_, true);
            if (const ClientTls* tls = clientTlsOf(*caller.workload, caller.backend); !identityOf(tls).empty() && namesDecide(service)) ledger_.carried(object, tls->certificate->field + ".secretName");
            roles_.emplace(*role, 0);
            statements.push_back({{"Sid", "gw" + sidOf(object.name)}, {"Effect", "Allow"}, {"Principal", {{"AWS", *role}}}, {"Action", "vpc-lattice-svcs:Invoke"}, {"Resource", "*"}});
        }
    }

    bool namesDecide(const VirtualService& service) const {
        const auto destinations = mesh_.destinationsOf(service);
        return std::any_of(destinations.begin(), destinations.end(),
                           [](const Destination& each) { return asksForCertificate(*each.listener) && each.listener->tls->validation->names; });
    }

    // Letters and digits only.
    static std::string sidOf(const std::string& name) {
        std::string made;
        for (const char c : plainName(name + ".", 40))
            if (c != '-') made += c;
        return made;
    }

    void listener(const VirtualService& service, const std::string& name, const PortMapping& port) {
        const std::string listenerName = name.substr(0, 34) + "-" + std::to_string(port.port), file = "listeners/" + listenerName + ".json";
        const auto destinations = mesh_.destinationsOf(service);
        const bool secured = port.protocol != Protocol::Http || std::any_of(destinations.begin(), destinations.end(), [](const Destination& each) { return each.listener->tls && each.listener->tls->mode == TlsMode::Strict; });
        Json made = {{"serviceIdentifier", "${services/" + name + ".json}"},
                     {"name", listenerName},
                     {"port", port.port},
                     {"protocol", secured ? "HTTPS" : "HTTP"},
                     {"defaultAction", {{"fixedResponse", {{"statusCode", 404}}}}}};
        if (const Workload* node = service.node.empty() ? nullptr : mesh_.node(service.node))
            if (const Listener* at = node->listenerAt(port.port); at != nullptr && isPossible(*at))
                made["defaultAction"] = {{"forward", {{"targetGroups", Json::array({{{"targetGroupIdentifier", groupReference(*node, *at)}, {"weight", 100}}})}}}};
        if (port.protocol == Protocol::Tcp) return;
        put(file, made);
        if (service.router.empty()) return;
        if (const VirtualRouter* router = mesh_.router(service.router); router != nullptr && !router->listeners.empty()) {
            ledger_.carried(*router->object, port.field + ".port");
            ledger_.lost(*router->object, port.field + ".protocol", "A listener of VPC Lattice speaks HTTP, or HTTPS with HTTP/2 in it: this one is " + std::string(secured ? "HTTPS" : "HTTP"), "Nothing, where callers follow the listener");
        }
        std::set<int> taken;
        int next = 1'002;
        for (const Route* each : mesh_.routesOf(service.router)) {
            if (each->match.port && *each->match.port != port.port) continue;
            int priority = each->priority ? static_cast<int>(std::clamp<std::int64_t>(*each->priority, 0, 1'000)) + 1 : next++;
            if (taken.contains(priority)) {
                while (taken.contains(priority) && priority < lastPriority) ++priority;
                ledger_.lost(*each->object, "spec.priority", "Another route of the router has the same; VPC Lattice wants them different, so this rule has " + std::to_string(priority), "Look which of them is to count first");
            }
            taken.insert(priority);
            rule(*each, name, file, priority);
        }
    }

    void rule(const Route& route, const std::string& service, const std::string& listener, int priority) {
        const Object& object = *route.object;
        carryNames(object, ledger_, false);
        if (route.protocol == Protocol::Tcp) return ledger_.lost(object, route.field, "VPC Lattice carries no plain TCP between services: the route is left out", "Use a Network Load Balancer, or a resource configuration of VPC Lattice");
        Json match = Json::object();
        std::string why, where;
        if (!conditions(route, match, why, where))
            return ledger_.lost(object, where, why + "; the rule is left out, so that nobody is led elsewhere than before", "Route by a path, a method or at most five exact or prefix headers, or let the program decide");
        Json groups = Json::array();
        for (const WeightedTarget& each : route.targets) {
            const Destination to = mesh_.destinationOf(each);
            if (to.listener == nullptr || !isPossible(*to.listener)) {
                ledger_.lost(object, each.field, "There is no target group for it, and requests go to the others", "Add the node, or its listener, to the input");
                continue;
            }
            groups.push_back({{"targetGroupIdentifier", groupReference(*to.node, *to.listener)}, {"weight", each.weight}});
            ledger_.carried(object, each.field, {"virtualNode", "weight"});
            if (each.port) ledger_.carried(object, each.field + ".port");
        }
        if (groups.empty()) return;
        carryNames(object, ledger_, true);
        ledger_.carried(object, "spec.priority");
        const std::string name = plainName(object.name, 63);
        put("rules/" + service + "/" + listener.substr(listener.rfind('-') + 1, listener.rfind('.') - listener.rfind('-') - 1) + "/" + fileName(object.name) + ".json",
            {{"serviceIdentifier", "${services/" + service + ".json}"}, {"listenerIdentifier", "${" + listener + "}"}, {"name", name}, {"priority", priority}, {"match", {{"httpMatch", match}}}, {"action", {{"forward", {{"targetGroups", std::move(groups)}}}}}});
        const Match& from = route.match;
        const auto carry = [&](bool there, std::string_view member) {
            if (there) ledger_.carried(object, fieldOf(from.field, member));
        };
        carry(from.prefix.has_value(), "prefix");
        carry(from.path.has_value(), "path.exact");
        carry(from.method.has_value(), "method");
        carry(from.grpcService.has_value(), "serviceName");
        carry(from.grpcMethod.has_value(), "methodName");
        carry(from.port.has_value(), "port");
        for (const ValueMatch& each : from.headers) ledger_.carried(object, each.field, {"name", "match.exact", "match.prefix"});
        if (from.scheme) ledger_.lost(object, fieldOf(from.field, "scheme"), "VPC Lattice does not look at the scheme; the listener's protocol decides", "Nothing, where the listener has that protocol alone");
    }

    static bool conditions(const Route& route, Json& into, std::string& why, std::string& where) {
        const Match& from = route.match;
        const auto refuse = [&](std::string words, std::string field) {
            why = std::move(words);
            where = std::move(field);
            return false;
        };
        if (from.pathRegex) return refuse("VPC Lattice matches no path by a regular expression", fieldOf(from.field, "path"));
        if (!from.query.empty()) return refuse("VPC Lattice does not look at the query", fieldOf(from.field, "queryParameters"));
        if (from.headers.size() > mostHeaders) return refuse("VPC Lattice looks at five headers", from.headers.front().field.substr(0, from.headers.front().field.rfind('[')));
        if (from.scheme && *from.scheme == "https" && route.protocol == Protocol::Http) return refuse("VPC Lattice does not look at the scheme", fieldOf(from.field, "scheme"));
        Json headers = Json::array();
        for (const ValueMatch& each : from.headers) {
            const bool exact = each.how == ValueMatch::How::Exact, prefix = each.how == ValueMatch::How::Prefix;
            if (each.invert || (!exact && !prefix)) return refuse("VPC Lattice matches headers by an exact value or a prefix", each.field);
            headers.push_back({{"name", each.name}, {"caseSensitive", true}, {"match", {{exact ? "exact" : "prefix", each.value}}}});
        }
        if (from.method) into["method"] = *from.method;
        std::string exact = from.path.value_or(""), prefix = from.prefix.value_or("/");
        if (route.protocol == Protocol::Grpc) {
            if (from.grpcService && from.grpcMethod) exact = "/" + *from.grpcService + "/" + *from.grpcMethod;
            if (from.grpcService) prefix = "/" + *from.grpcService + "/";
            if (from.grpcMethod && !from.grpcService) return refuse("VPC Lattice knows a method of gRPC by its service alone", fieldOf(from.field, "methodName"));
        }
        into["pathMatch"] = {{"caseSensitive", true}, {"match", exact.empty() ? Json{{"prefix", prefix}} : Json{{"exact", exact}}}};
        if (!headers.empty()) into["headerMatches"] = std::move(headers);
        return true;
    }

    Json health(const Workload& node, const Listener& listener) {
        const HealthCheck& from = *listener.health;
        const Object& object = *node.object;
        Json made = {{"enabled", true}};
        const auto seconds = [&](std::string_view member, std::string_view key, std::int64_t millis, std::int64_t least, std::int64_t most) {
            const std::int64_t rounded = std::clamp((millis + 999) / 1000, least, most);
            made[std::string(key)] = rounded;
            const std::string field = fieldOf(from.field, member);
            if (rounded * 1000 == millis)
                ledger_.carried(object, field);
            else
                ledger_.lost(object, field, "VPC Lattice has whole seconds from " + std::to_string(least) + " to " + std::to_string(most) + ": it is " + std::to_string(rounded) + " s", "Nothing, where that does");
        };
        seconds("intervalMillis", "healthCheckIntervalSeconds", from.intervalMillis, 5, 300);
        seconds("timeoutMillis", "healthCheckTimeoutSeconds", from.timeoutMillis, 1, 120);
        made["healthyThresholdCount"] = from.healthy;
        made["unhealthyThresholdCount"] = from.unhealthy;
        ledger_.carried(object, from.field, {"healthyThreshold", "unhealthyThreshold"});
        if (!from.path.empty()) made["path"] = from.path;
        if (from.port) made["port"] = *from.port;
        ledger_.carried(object, from.field, {"path", "port"});
        if (from.protocol == Protocol::Http || from.protocol == Protocol::Http2) {
            made["protocol"] = "HTTP";
            made["protocolVersion"] = from.protocol == Protocol::Http ? "HTTP1" : "HTTP2";
            ledger_.carried(object, from.field + ".protocol");
        } else {
            made["enabled"] = false;
            ledger_.lost(object, from.field + ".protocol", "VPC Lattice checks health by HTTP alone: the check is off", "Let the task answer a path by HTTP, and switch the check on");
        }
        return made;
    }

    const MeshView& mesh_;
    const Writing& out_;
    Ledger& ledger_;
    std::string network_;
    std::map<const Listener*, std::vector<const VirtualService*>> servicesAt_; // those that lead there
    std::map<std::string, int> roles_;
};

} // namespace

void writeLattice(const MeshView& mesh, const Writing& out) {
    Lattice(mesh, out).write();
}

} // namespace gw::mesh::appmesh
