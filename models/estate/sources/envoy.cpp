// What a sidecar of App Mesh was told (Envoy, admin interface, /config_dump): which mesh and node it is, whom it listens to and
// calls, and its RBAC filters. For those who have nothing else left of their mesh: what a call of AWS tells counts for more.
// Envoy shows its secrets there, too; they are not looked at.
#include "models/estate/sources/source_readers.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/json.h"

#include <algorithm>
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

// The node in "cds_egress_MESH_NODE_http_8080". Names may hold underscores; the mesh's is known.
std::string egressOf(std::string_view cluster, std::string_view mesh) {
    const std::string start = "cds_egress_" + std::string(mesh) + "_";
    if (!cluster.starts_with(start)) return {};
    cluster.remove_prefix(start.size());
    for (int part = 0; part < 2; ++part) {
        const std::size_t cut = cluster.rfind('_');
        if (cut == std::string_view::npos) return {};
        cluster = cluster.substr(0, cut);
    }
    return std::string(cluster);
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
        if (place_.region.empty()) place_.region = regionIn(node.member("locality").text("zone"));
        if (place_.account.empty()) place_.account = file_.account();
        if (place_.region.empty()) place_.region = file_.region();
    }

    void readClusters(const Node& dump) {
        for (const char* list : {"static_clusters", "dynamic_active_clusters"})
            forEach(dump.member(list), [&](const Node& each) { clusters_.push_back(each.member("cluster").text("name")); });
    }

    void readListeners(const Node& dump) {
        forEach(dump.member("dynamic_listeners"),
                [&](const Node& each) { readListener(each.text("name"), each.member("active_state").member("listener")); });
        forEach(dump.member("static_listeners"),
                [&](const Node& each) { readListener(each.member("listener").text("name"), each.member("listener")); });
    }

    void readListener(const std::string& name, const Node& listener) {
        const Node port = listener.member("address").member("socket_address").member("port_value");
        // Egress listens on the proxy's own port, which is nobody's to call.
        if (name.starts_with("lds_ingress") && port.value.is(policy::ValueKind::Number)) ports_.push_back(jsonOf(port.value));
        forEach(listener.member("filter_chains"), [&](const Node& chain) {
            forEach(chain.member("filters"), [&](const Node& filter) {
                const Node config = filter.member("typed_config");
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

    void addMesh() {
        const std::string mesh = arn("mesh/" + node_->mesh);
        add(ResourceKind::Mesh, mesh, node_->mesh, root_);
        Json spec = Json::object();
        for (const std::string& port : ports_) spec["listeners"].push_back({{"portMapping", {{"port", Json::parse(port, nullptr, false)}}}});
        std::set<std::string> called;
        for (const std::string& each : clusters_)
            if (std::string node = egressOf(each, node_->mesh); !node.empty() && called.insert(node).second && !node_->isGateway())
                spec["backends"].push_back({{"virtualService", {{"virtualServiceName", node}}}});
        Resource& made = add(node_->isGateway() ? ResourceKind::VirtualGateway : ResourceKind::VirtualNode, arn(node_->path()), node_->name, root_);
        made.parent = mesh;
        made.spec = Json({{"meshName", node_->mesh}, {node_->isGateway() ? "virtualGatewayName" : "virtualNodeName", node_->name}, {"spec", spec}})
                        .dump(-1, ' ', false, Json::error_handler_t::replace);
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
    std::vector<std::string> clusters_, ports_; // of ports: as JSON
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
