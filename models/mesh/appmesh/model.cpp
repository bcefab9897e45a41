#include "models/mesh/appmesh/model.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace gw::mesh::appmesh {
namespace {

auto keyOf(const Object& object) {
    return std::tie(object.account, object.region, object.mesh, object.kind, object.parent, object.name);
}

} // namespace

const KindNames& namesOf(Kind kind) {
    static constexpr auto names = std::to_array<KindNames>({
        {"mesh", "describe-mesh", "meshName", "MeshSpec"},
        {"virtualGateway", "describe-virtual-gateway", "virtualGatewayName", "VirtualGatewaySpec"},
        {"gatewayRoute", "describe-gateway-route", "gatewayRouteName", "GatewayRouteSpec"},
        {"virtualService", "describe-virtual-service", "virtualServiceName", "VirtualServiceSpec"},
        {"virtualRouter", "describe-virtual-router", "virtualRouterName", "VirtualRouterSpec"},
        {"route", "describe-route", "routeName", "RouteSpec"},
        {"virtualNode", "describe-virtual-node", "virtualNodeName", "VirtualNodeSpec"},
    });
    static_assert(names.size() == static_cast<std::size_t>(Kind::VirtualNode) + 1);
    return names[static_cast<std::size_t>(kind)];
}

std::string Object::path() const {
    std::string made = "mesh/" + mesh;
    if (kind == Kind::Mesh) return made;
    if (kind == Kind::Route) made += "/virtualRouter/" + parent;
    if (kind == Kind::GatewayRoute) made += "/virtualGateway/" + parent;
    return made + "/" + std::string(namesOf(kind).member) + "/" + name;
}

std::string Object::label() const {
    const std::string_view arn = body["metadata"].string("arn");
    return arn.empty() ? path() : std::string(arn);
}

bool operator<(const Object& a, const Object& b) {
    return keyOf(a) < keyOf(b);
}

std::string_view troubleName(Trouble trouble) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"not_described", "wrong_type", "out_of_range", "lacks", "several", "unresolved", "dangling", "no_mesh"});
    static_assert(names.size() == static_cast<std::size_t>(Trouble::NoMesh) + 1);
    return names[static_cast<std::size_t>(trouble)];
}

const Object* Model::find(const Object& sibling, Kind kind, std::string_view name, std::string_view parent) const {
    Object wanted;
    wanted.kind = kind;
    wanted.account = sibling.account;
    wanted.region = sibling.region;
    wanted.mesh = sibling.mesh;
    wanted.parent = parent;
    wanted.name = name;
    const auto found = std::lower_bound(objects.begin(), objects.end(), wanted);
    return found != objects.end() && keyOf(*found) == keyOf(wanted) ? &*found : nullptr;
}

} // namespace gw::mesh::appmesh
