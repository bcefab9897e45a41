// What a sidecar of App Mesh was told (Envoy, admin interface, /config_dump): which mesh and node it is, whom it listens to and
// calls, and its RBAC filters. For those who have nothing else left of their mesh: what a call of AWS tells counts for more.
// Envoy shows its secrets there, too; they are not looked at.
#include "models/estate/sources/envoy_mesh.h"
#include "models/estate/sources/source_readers.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/json.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::estate {
namespace {

// A listener with more filters than this is no sidecar's.
constexpr std::size_t mostFilters = 10'000;

// As the bootstrap of App Mesh's agent names it: "mesh/M/virtualNode/N" or "mesh/M/virtualGateway/G", alone or ending an ARN
// (App Mesh User Guide, "Envoy configuration variables": APPMESH_RESOURCE_ARN).
struct MeshNode {
    std::string mesh, step, name;
    [[nodiscard]] bool isGateway() const { return step == "virtualGateway"; }
    [[nodiscard]] std::string path() const { return "mesh/" + mesh + "/" + step + "/" + name; }
};

std::optional<MeshNode> meshNodeIn(std::string_view id) {
    const std::size_t start = id.find("mesh/");
    if (start == std::string_view::npos || (start > 0 && id[start - 1] != ':')) return std::nullopt;
    id.remove_prefix(start + 5);
    for (const std::string_view step : {"virtualNode", "virtualGateway"}) {
        const std::string between = "/" + std::string(step) + "/";
        const std::size_t at = id.find(between);
        if (at == std::string_view::npos || at == 0 || at + between.size() == id.size()) continue;
        return MeshNode{std::string(id.substr(0, at)), std::string(step), std::string(id.substr(at + between.size()))};
    }
    return std::nullopt;
}

class ConfigDump {
public:
    ConfigDump(const DumpFile& file, const Node& root, Reading& into) : file_(file), root_(root), into_(into) {}

    [[nodiscard]] bool read() {
        bool known = false;
        forEach(root_.member("configs"), [&](const Node& each) {
            const std::string type = each.text("@type");
            known = known || type.starts_with("type.googleapis.com/envoy.admin.");
            if (type.ends_with("BootstrapConfigDump")) readBootstrap(each.member("bootstrap").member("node"));
            if (type.ends_with("ClustersConfigDump")) readClusters(each);
            if (type.ends_with("ListenersConfigDump")) readListeners(each);
            if (type.ends_with("RoutesConfigDump"))
                for (const char* list : {"static_route_configs", "dynamic_route_configs"})
                    forEach(each.member(list), [&](const Node& one) { readRoutes(one.member("route_config")); });
        });
        if (!known) return false;
        file_.recognised("envoy-config-dump");
        if (node_)
            addMesh();
        else if (filters_.empty())
            into_.parts.problems.push_back(file_.problem(EstateError::Unnamed, root_).with("object", "mesh"));
        for (std::size_t i = 0; i < filters_.size(); ++i) addFilter(i);
        return true;
    }

private:
    struct Filter {
        std::string listener, name;
        Node config;
    };

    void readBootstrap(const Node& node) {
        const std::string id = node.text("id");
        node_ = meshNodeIn(id);
        if (!node_) node_ = meshNodeIn(node.text("cluster"));
        if (const auto arn = policy::ArnParts::split(id)) place_ = {std::string(arn->account), std::string(arn->region)};
        if (place_.region.empty()) place_.region = regionIn(node.member("locality").text("region"));
        // "eu-west-1a"
        if (std::string zone = node.member("locality").text("zone"); place_.region.empty() && !zone.empty()) {
            zone.pop_back();
            place_.region = regionIn(zone);
        }
        if (place_.account.empty()) place_.account = file_.account();
        if (place_.region.empty()) place_.region = file_.region();
    }

    void readClusters(const Node& dump) {
        for (const char* list : {"static_clusters", "dynamic_active_clusters"})
            forEach(dump.member(list), [&](const Node& each) { clusters_.push_back(each.member("cluster")); });
    }

    void readListeners(const Node& dump) {
        forEach(dump.member("dynamic_listeners"),
                [&](const Node& each) { readListener(each.text("name"), each.member("active_state").member("listener")); });
        forEach(dump.member("static_listeners"),
                [&](const Node& each) { readListener(each.member("listener").text("name"), each.member("listener")); });
    }

    void readListener(const std::string& name, const Node& listener) {
        forEach(listener.member("filter_chains"), [&](const Node& chain) {
            if (name.starts_with("lds_ingress")) chains_.push_back(chain);
            forEach(chain.member("filters"), [&](const Node& filter) {
                const Node config = filter.member("typed_config");
                readRoutes(config.member("route_config"));
                readFilter(name, filter, config);
                forEach(config.member("http_filters"),
                        [&](const Node& each) { readFilter(name, each, each.member("typed_config")); });
            });
        });
    }

    void readFilter(const std::string& listener, const Node& filter, const Node& config) {
        if (config.text("@type").find(".rbac.v3.RBAC") != std::string::npos && filters_.size() < mostFilters)
            filters_.push_back({listener, filter.text("name"), config});
    }

    [[nodiscard]] std::string arn(const std::string& path) const {
        return "arn:" + place_.partition() + ":appmesh:" + place_.region + ":" + place_.account + ":" + path;
    }

    Resource& add(ResourceKind kind, std::string id, std::string name, const Node& at) {
        Resource& made = pendingIn(into_).sidecars.emplace_back();
        made.kind = kind;
        made.arn = std::move(id);
        made.id = name;
        made.name = std::move(name);
        made.account = place_.account;
        made.region = place_.region;
        made.source = file_.sourceOf(at);
        return made;
    }

    // Routes to the virtual services that it calls: "rds_egress_http_8080", and a virtual host for each of them.
    void readRoutes(const Node& config) {
        if (!config.text("name").starts_with("rds_egress")) return;
        forEach(config.member("virtual_hosts"), [&](const Node& host) {
            std::string name;
            forEach(host.member("domains"), [&](const Node& each) {
                const std::string_view domain = each.value.text();
                if (name.empty() && !domain.empty() && domain.find('*') == std::string_view::npos) name = domain.substr(0, domain.find(':'));
            });
            if (!name.empty() && services_.size() < mostFilters) services_.emplace_back(name, host);
        });
    }

    void addMesh() {
        const std::string mesh = arn("mesh/" + node_->mesh);
        Json listeners = Json::array(), backends = Json::array();
        std::map<std::string, Json> nodes;  // others, by name: their listeners and where they are
        std::map<std::string, Json> policy; // how their TLS is checked, by node
        for (const Node& cluster : clusters_) {
            const std::string name = cluster.text("name");
            if (const auto own = meshCluster(name, "ingress", node_->mesh); own && own->node == node_->name) listeners.push_back(listenerOf(*own));
            const auto other = meshCluster(name, "egress", node_->mesh);
            if (!other) continue;
            Json& spec = nodes[other->node];
            spec["listeners"].push_back({{"portMapping", {{"port", other->port}, {"protocol", other->protocol}}}});
            if (const std::string host = hostIn(cluster); !host.empty()) spec["serviceDiscovery"] = {{"dns", {{"hostname", host}}}};
            if (Json tls = meshTls(cluster.member("transport_socket")); !tls.is_null()) policy[other->node] = {{"tls", std::move(tls)}};
        }
        std::set<std::string> called;
        for (const auto& [name, host] : services_)
            if (called.insert(name).second) backends.push_back(addService(name, host, policy));
        // Without its routes the nodes are all that it tells of what it calls.
        for (const auto& [name, spec] : nodes)
            if (services_.empty()) backends.push_back(backendOf(name, name, policy));
        Json spec = Json::object();
        if (!listeners.empty()) spec["listeners"] = std::move(listeners);
        if (!backends.empty() && !node_->isGateway()) spec["backends"] = std::move(backends);
        const ResourceKind kind = node_->isGateway() ? ResourceKind::VirtualGateway : ResourceKind::VirtualNode;
        // What it says of itself counts for more than what others say of it.
        auto& all = pendingIn(into_).sidecars;
        addPart(kind, node_->path(), node_->name, {{node_->isGateway() ? "virtualGatewayName" : "virtualNodeName", node_->name}}, std::move(spec));
        std::rotate(all.begin(), all.end() - 1, all.end());
        add(ResourceKind::Mesh, mesh, node_->mesh, root_);
        for (auto& [name, other] : nodes) addPart(ResourceKind::VirtualNode, "mesh/" + node_->mesh + "/virtualNode/" + name, name, {{"virtualNodeName", name}}, std::move(other));
    }

    void addPart(ResourceKind kind, const std::string& path, const std::string& name, Json names, Json spec) {
        Json body = {{"meshName", node_->mesh}};
        for (const auto& [member, value] : names.items()) body[member] = value;
        body["spec"] = std::move(spec);
        Resource& made = add(kind, arn(path), name, root_);
        made.parent = arn(path.substr(0, path.rfind('/', path.rfind('/') - 1)));
        made.spec = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    static Json backendOf(const std::string& service, const std::string& node, const std::map<std::string, Json>& policy) {
        Json made = {{"virtualService", {{"virtualServiceName", service}}}};
        if (const auto found = policy.find(node); found != policy.end()) made["virtualService"]["clientPolicy"] = found->second;
        return made;
    }

    // The service, with a router of its name where it leads to more than one place; gives how the caller has it as a backend.
    Json addService(const std::string& name, const Node& host, const std::map<std::string, Json>& policy) {
        Json routes = Json::array();
        std::string protocol = "http", first;
        int port = 0;
        forEach(host.member("routes"), [&](const Node& route) {
            forEach(route.member("route").member("weighted_clusters").member("clusters"), [&](const Node& each) { noteCluster(each.text("name"), first, protocol, port); });
            noteCluster(route.member("route").text("cluster"), first, protocol, port);
            if (Json spec = meshRoute(route, protocol, node_->mesh); !spec.is_null()) routes.push_back(std::move(spec));
        });
        const std::string base = "mesh/" + node_->mesh;
        Json provider = Json::object();
        const bool plain = routes.size() == 1 && routes[0].begin().value()["action"]["weightedTargets"].size() == 1 && routes[0].begin().value()["match"] == Json({{"prefix", "/"}});
        if (plain) {
            provider["provider"] = {{"virtualNode", {{"virtualNodeName", first}}}};
        } else if (!routes.empty()) {
            provider["provider"] = {{"virtualRouter", {{"virtualRouterName", name}}}};
            addPart(ResourceKind::VirtualRouter, base + "/virtualRouter/" + name, name, {{"virtualRouterName", name}},
                    {{"listeners", Json::array({{{"portMapping", {{"port", port}, {"protocol", protocol}}}}})}});
            // They are tried in their order.
            for (std::size_t i = 0; i < std::min<std::size_t>(routes.size(), 1'000); ++i) {
                const std::string route = "route-" + std::to_string(i + 1);
                Json spec = {{"priority", i + 1}};
                spec.update(routes[i]);
                addPart(ResourceKind::MeshRoute, base + "/virtualRouter/" + name + "/route/" + route, route, {{"virtualRouterName", name}, {"routeName", route}}, std::move(spec));
            }
        }
        addPart(ResourceKind::VirtualService, base + "/virtualService/" + name, name, {{"virtualServiceName", name}}, std::move(provider));
        return backendOf(name, first, policy);
    }

    void noteCluster(const std::string& cluster, std::string& first, std::string& protocol, int& port) const {
        const auto known = meshCluster(cluster, "egress", node_->mesh);
        if (!known || !first.empty()) return;
        first = known->node;
        protocol = known->protocol;
        port = known->port;
    }

    Json listenerOf(const EnvoyCluster& own) const {
        Json made = {{"portMapping", {{"port", own.port}, {"protocol", own.protocol}}}};
        Json tls;
        bool plain = false, asked = false;
        for (const Node& chain : chains_) {
            const Node port = chain.member("filter_chain_match").member("destination_port");
            if (port && jsonOf(port.value) != std::to_string(own.port)) continue;
            if (Json found = meshTls(chain.member("transport_socket")); found.is_null())
                plain = true;
            else
                tls = std::move(found), asked = chain.member("transport_socket").member("typed_config").member("require_client_certificate").value.is(policy::ValueKind::True);
        }
        if (tls.is_null()) return made;
        if (!asked) tls.erase("validation");
        made["tls"] = {{"mode", plain ? "PERMISSIVE" : "STRICT"}};
        made["tls"].update(tls);
        return made;
    }

    static std::string hostIn(const Node& cluster) {
        std::string host;
        forEach(cluster.member("load_assignment").member("endpoints"), [&](const Node& group) {
            forEach(group.member("lb_endpoints"), [&](const Node& each) {
                if (host.empty()) host = each.member("endpoint").member("address").member("socket_address").text("address");
            });
        });
        return cluster.text("type").ends_with("_DNS") ? host : std::string();
    }

    void addFilter(std::size_t index) {
        const Filter& each = filters_[index];
        const std::string owner = node_ ? arn(node_->path()) : file_.path();
        Resource& made = add(ResourceKind::Other, owner + "/rbac/" + std::to_string(index + 1), each.listener + " " + each.name, each.config);
        if (node_) made.parent = owner;
        made.spec = jsonOf(each.config.value);
    }

    const DumpFile& file_;
    const Node& root_;
    Reading& into_;
    std::optional<MeshNode> node_;
    TemplatePlace place_;
    std::vector<Node> clusters_, chains_;                // of the latter those of ingress
    std::vector<std::pair<std::string, Node>> services_; // virtual hosts by what they are called
    std::vector<Filter> filters_;
};

} // namespace

bool readEnvoy(const DumpFile& file, const Node& root, Reading& into) {
    return root.member("configs").value.is(policy::ValueKind::Array) && ConfigDump(file, root, into).read();
}

void finishEnvoy(Reading& reading) {
    std::set<std::string, std::less<>> known;
    for (const Resource& each : reading.parts.resources) known.insert(each.arn);
    for (Resource& each : pendingIn(reading).sidecars)
        if (known.insert(each.arn).second) reading.parts.resources.push_back(std::move(each));
    pendingIn(reading).sidecars.clear();
}

} // namespace gw::estate
