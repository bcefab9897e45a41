#include "models/mesh/appmesh/controller.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gw::mesh::appmesh {
namespace {

using estate::Datum;

// What only the controller knows.
constexpr auto ownMembers = std::to_array<std::string_view>({"awsName", "podSelector", "namespaceSelector", "meshRef", "meshOwner",
                                                             "virtualGatewayRef", "gatewayRouteSelector", "routes"});

std::optional<Kind> kindOf(std::string_view name) {
    static constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({{"Mesh", Kind::Mesh},
                                                                                    {"VirtualGateway", Kind::VirtualGateway},
                                                                                    {"GatewayRoute", Kind::GatewayRoute},
                                                                                    {"VirtualService", Kind::VirtualService},
                                                                                    {"VirtualRouter", Kind::VirtualRouter},
                                                                                    {"VirtualNode", Kind::VirtualNode}});
    for (const auto& [each, kind] : kinds)
        if (each == name) return kind;
    return std::nullopt;
}

std::string spaceOf(const Datum& object) {
    const std::string_view space = object["metadata"].string("namespace");
    return space.empty() ? "default" : std::string(space);
}

struct Reference {
    std::string_view ref, arn, plain;
    Kind kind;
};
constexpr auto references = std::to_array<Reference>({{"virtualServiceRef", "virtualServiceARN", "virtualServiceName", Kind::VirtualService},
                                                      {"virtualRouterRef", "virtualRouterARN", "virtualRouterName", Kind::VirtualRouter},
                                                      {"virtualNodeRef", "virtualNodeARN", "virtualNodeName", Kind::VirtualNode}});

Datum member(const Datum& at, std::string text) {
    return at.placed(Datum::of(std::move(text)));
}

} // namespace

bool ControllerReader::isController(const Datum& object) {
    return object.string("apiVersion").starts_with("appmesh.k8s.aws/");
}

void ControllerReader::add(const estate::Resource& resource, Datum object) {
    const auto kind = kindOf(object.string("kind"));
    if (!kind) return;
    const std::string space = *kind == Kind::Mesh ? std::string() : spaceOf(object), name(object["metadata"].string("name"));
    std::string given(object["spec"].string("awsName"));
    if (given.empty()) given = nameOf(*kind, space, name);
    if (*kind == Kind::Mesh) meshes_.push_back(given);
    names_.emplace(std::tuple(*kind, space, name), std::move(given));
    waiting_.push_back({&resource, std::move(object)});
}

std::string ControllerReader::nameOf(Kind kind, std::string_view space, std::string_view name) const {
    if (const auto known = names_.find(std::tuple(kind, std::string(space), std::string(name))); known != names_.end()) return known->second;
    // App Mesh controller, "awsName": what it is called where it has no name of its own.
    if (kind == Kind::Mesh) return std::string(name);
    return std::string(name) + (kind == Kind::VirtualService ? "." : "_") + std::string(space);
}

std::string ControllerReader::named(Kind kind, const Datum& reference, std::string_view space) const {
    if (kind == Kind::Mesh) return nameOf(kind, "", reference.string("name"));
    const std::string_view other = reference.string("namespace");
    return nameOf(kind, other.empty() ? space : other, reference.string("name"));
}

Datum ControllerReader::converted(const Datum& value, std::string_view within, std::string_view space) const {
    Datum made = value.placed({});
    made.kind = value.kind;
    made.text = value.text;
    for (const auto& [name, each] : value.members) {
        if (each.is(Datum::Kind::Null)) continue;
        const auto* found = std::find_if(references.begin(), references.end(), [&](const Reference& one) { return one.ref == name || one.arn == name; });
        if (found != references.end()) {
            // A weighted target names its node without more words.
            const std::string plain(within == "weightedTargets" ? namesOf(found->kind).member : found->plain);
            made.members.emplace_back(plain, member(each, name == found->ref ? named(found->kind, each, space)
                                                                             : std::string(each.string().substr(each.string().rfind('/') + 1))));
            continue;
        }
        std::string plain = name;
        if (plain == "certificateARN") plain = "certificateArn";
        if (plain == "certificateAuthorityARNs") plain = "certificateAuthorityArns";
        if (plain == "meshServiceDiscovery") plain = "serviceDiscovery";
        made.members.emplace_back(std::move(plain), converted(each, value.is(Datum::Kind::Array) ? within : std::string_view(name), space));
    }
    return made;
}

void ControllerReader::convert(const Waiting& one, std::vector<Object>& objects, std::vector<Problem>& problems) const {
    const Datum& spec = one.object["spec"];
    const std::string space = spaceOf(one.object);
    Object made;
    made.kind = *kindOf(one.object.string("kind"));
    made.account = one.resource->account;
    made.region = one.resource->region;
    made.source = one.resource->source;
    made.name = nameOf(made.kind, made.kind == Kind::Mesh ? std::string() : space, one.object["metadata"].string("name"));
    made.mesh = made.name;
    made.pods = spec["podSelector"];
    if (made.kind != Kind::Mesh) {
        // The controller's webhook writes the reference; a manifest that never met it has none.
        if (!spec["meshRef"].string("name").empty())
            made.mesh = named(Kind::Mesh, spec["meshRef"], space);
        else
            made.mesh = meshes_.size() == 1 ? meshes_.front() : std::string("${mesh}");
        if (spec["meshRef"].string("name").empty() && meshes_.size() != 1)
            problems.push_back({Trouble::NoMesh, made.path(), "spec.meshRef", {}, {}, made.source});
    }
    if (made.kind == Kind::GatewayRoute) {
        made.parent = spec["virtualGatewayRef"].string("name").empty() ? std::string("${gateway}") : named(Kind::VirtualGateway, spec["virtualGatewayRef"], space);
        if (spec["virtualGatewayRef"].string("name").empty()) problems.push_back({Trouble::Lacks, made.path(), "spec.virtualGatewayRef", {}, {}, made.source});
    }
    Datum own = converted(spec, "spec", space);
    own.kind = Datum::Kind::Object;
    std::erase_if(own.members, [](const Datum::Member& each) { return std::find(ownMembers.begin(), ownMembers.end(), each.first) != ownMembers.end(); });
    const auto body = [](const Object& of, Datum specification) {
        Datum root;
        root.kind = Datum::Kind::Object;
        root.members.emplace_back("meshName", Datum::of(of.mesh));
        if (of.kind == Kind::Route) root.members.emplace_back("virtualRouterName", Datum::of(of.parent));
        if (of.kind == Kind::GatewayRoute) root.members.emplace_back("virtualGatewayName", Datum::of(of.parent));
        if (of.kind != Kind::Mesh) root.members.emplace_back(std::string(namesOf(of.kind).nameKey), Datum::of(of.name));
        root.members.emplace_back("spec", std::move(specification));
        return root;
    };
    made.body = body(made, std::move(own));
    const Object router = made;
    objects.push_back(std::move(made));
    if (router.kind != Kind::VirtualRouter) return;
    for (const auto& [none, each] : spec["routes"].members) {
        Object route = router;
        route.kind = Kind::Route;
        route.parent = router.name;
        route.name = each.string("name");
        route.pods = {};
        Datum specification = converted(each, "routes", space);
        std::erase_if(specification.members, [](const Datum::Member& one_) { return one_.first == "name"; });
        route.body = body(route, std::move(specification));
        if (route.name.empty()) problems.push_back({Trouble::Lacks, router.path(), "spec.routes", {}, "name", router.source});
        objects.push_back(std::move(route));
    }
}

void ControllerReader::finish(std::vector<Object>& objects, std::vector<Problem>& problems) {
    for (const Waiting& each : waiting_) convert(each, objects, problems);
    waiting_.clear();
}

} // namespace gw::mesh::appmesh
