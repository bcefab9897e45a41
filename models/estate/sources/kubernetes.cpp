#include "models/estate/sources/kubernetes.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

struct MeshKind {
    std::string_view kind, step;
    ResourceKind made;
};
constexpr auto meshKinds = std::to_array<MeshKind>({{"VirtualNode", "virtualNode", ResourceKind::VirtualNode},
                                                    {"VirtualService", "virtualService", ResourceKind::VirtualService},
                                                    {"VirtualRouter", "virtualRouter", ResourceKind::VirtualRouter},
                                                    {"VirtualGateway", "virtualGateway", ResourceKind::VirtualGateway},
                                                    {"GatewayRoute", "gatewayRoute", ResourceKind::GatewayRoute}});

std::string nameOf(const Datum& root) {
    // The controller makes "NAME_NAMESPACE" of what has no name of its own, and of a service what DNS calls it.
    if (!root["spec"].string("awsName").empty()) return std::string(root["spec"].string("awsName"));
    const std::string name(root["metadata"].string("name")), space(root["metadata"].string("namespace"));
    return space.empty() ? name : name + (root.string("kind") == "VirtualService" ? "." : "_") + space;
}

void mesh(const Datum& root, std::string_view kind, Declared& into) {
    const Datum& spec = root["spec"];
    if (kind == "Mesh") {
        const std::string name(spec.string("awsName").empty() ? root["metadata"].string("name") : spec.string("awsName"));
        into.resource(ResourceKind::Mesh, into.arn("appmesh", "mesh/" + name), name, root).spec = jsonOf(root);
        return;
    }
    const auto* found = std::find_if(meshKinds.begin(), meshKinds.end(), [&](const MeshKind& each) { return each.kind == kind; });
    if (found == meshKinds.end()) return;
    const std::string meshName(spec["meshRef"].string("name").empty() ? "${mesh}" : spec["meshRef"].string("name"));
    const std::string base = "mesh/" + meshName, name = nameOf(root);
    std::string path = base + "/" + std::string(found->step) + "/" + name;
    if (kind == "GatewayRoute") path = base + "/virtualGateway/" + std::string(spec["virtualGatewayRef"].string("name").empty() ? "${gateway}" : spec["virtualGatewayRef"].string("name")) + "/gatewayRoute/" + name;
    Resource& made = into.resource(found->made, into.arn("appmesh", path), name, root);
    made.parent = into.arn("appmesh", base);
    made.spec = jsonOf(root);
    // A router has its routes in itself.
    const std::string router = made.arn;
    if (kind != "VirtualRouter") return;
    for (const auto& [none, route] : spec["routes"].members) {
        const std::string routeName(route.string("name"));
        if (routeName.empty()) continue;
        Resource& one = into.resource(ResourceKind::MeshRoute, router + "/route/" + routeName, routeName, route);
        one.parent = router;
        one.spec = jsonOf(route);
    }
}

bool isIstio(std::string_view kind) {
    static constexpr auto kinds = std::to_array<std::string_view>(
        {"AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "VirtualService", "ServiceEntry", "DestinationRule", "Gateway", "Sidecar"});
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

} // namespace

bool isKubernetes(const Datum& root) {
    return !root.string("apiVersion").empty() && !root.string("kind").empty();
}

bool readKubernetes(const Datum& root, Declared& into) {
    const std::string_view version = root.string("apiVersion"), kind = root.string("kind");
    const Datum& metadata = root["metadata"];
    const std::string space(metadata.string("namespace").empty() ? "default" : metadata.string("namespace")), name(metadata.string("name"));
    if (kind == "List" || kind.ends_with("List")) {
        bool any = false;
        for (const auto& [none, each] : root["items"].members)
            if (each["items"].kind == Kind::Null) any = readKubernetes(each, into) || any;
        return any;
    }
    if (name.empty()) return false;
    if (version.starts_with("appmesh.k8s.aws/")) {
        mesh(root, kind, into);
        return true;
    }
    const bool istio = version.find(".istio.io/") != std::string_view::npos && isIstio(kind);
    if (istio || version.starts_with("application-networking.k8s.aws/")) {
        Resource& made = into.resource(ResourceKind::Other, std::string(kind) + "/" + space + "/" + name, name, root);
        made.id = std::string(kind) + "/" + space + "/" + name;
        made.parent = space;
        made.spec = jsonOf(root);
        return true;
    }
    if (kind == "ServiceAccount") {
        const Datum& role = metadata["annotations"]["eks.amazonaws.com/role-arn"];
        if (role.string().empty()) return true;
        Resource& made = into.resource(ResourceKind::WorkloadIdentity, "system:serviceaccount:" + space + ":" + name, name, root);
        made.id = made.arn;
        made.parent = space;
        Declared::use(made, "eks.amazonaws.com/role-arn", role);
        made.spec = jsonOf(root);
        return true;
    }
    return false;
}

} // namespace gw::estate
