#include "tests/mesh/appmesh/random_mesh.h"

#include "models/mesh/appmesh/shapes.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::mesh::appmesh::testing {
namespace {

class Maker {
    int number(int least, int most) { return std::uniform_int_distribution(least, most)(chance_); }
    template <class List>
    const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(number(0, static_cast<int>(list.size()) - 1))];
    }

public:
    Maker(std::mt19937& chance, bool everything) : chance_(chance), everything_(everything) {}

    RandomMesh make() {
        RandomMesh mesh;
        mesh.name = "mesh-" + plain();
        for (int i = 0; i < number(1, 4); ++i) nodes_.push_back("node-" + std::to_string(i) + "-" + plain());
        for (int i = 0; i < number(1, 3); ++i) services_.push_back("svc" + std::to_string(i) + ".shop.local");
        for (int i = 0; i < number(1, 2); ++i) routers_.push_back("router-" + std::to_string(i));
        const auto add = [&](Kind kind, std::string name, std::string parent = {}) {
            Json spec = object(namesOf(kind).shape);
            mesh.pieces.push_back({kind, std::move(parent), std::move(name), std::move(spec)});
        };
        add(Kind::Mesh, mesh.name);
        add(Kind::VirtualGateway, "edge");
        for (const std::string& each : nodes_) add(Kind::VirtualNode, each);
        for (const std::string& each : routers_) add(Kind::VirtualRouter, each);
        for (const std::string& each : services_) add(Kind::VirtualService, each);
        for (int i = 0; i < number(1, 3); ++i) add(Kind::Route, "route-" + std::to_string(i), pick(routers_));
        for (int i = 0; i < number(1, 2); ++i) add(Kind::GatewayRoute, "way-" + std::to_string(i), "edge");
        return mesh;
    }

private:
    bool now() { return everything_ || number(0, 1) == 1; }

    // Names stand in ARNs.
    std::string plain() {
        static const std::vector<std::string> words = {"orders", "Zürich", "a b", "q\"uote", "under_score", "dot.ted", "-"};
        return pick(words) + std::to_string(number(0, 99));
    }

    std::string word() {
        static const std::vector<std::string> words = {"orders", "payments", "Zürich", "a b", "x/y", "q\"uote", "1", "true", "no", "spiffe://corp/web", "::", "-"};
        return pick(words) + std::to_string(number(0, 99));
    }

    Json object(std::string_view shape) {
        Json made = Json::object();
        const auto members = membersOf(shape);
        if (isUnion(shape)) {
            const Member& one = pick(members);
            made[std::string(one.name)] = value(one);
            return made;
        }
        for (const Member& each : members)
            if (each.required || now()) made[std::string(each.name)] = value(each);
        if (shape == "GatewayRouteSpec") {
            onlyOneOf(made, shape, {"httpRoute", "http2Route", "grpcRoute"});
        } else if (shape == "RouteSpec") {
            onlyOneOf(made, shape, {"httpRoute", "http2Route", "grpcRoute", "tcpRoute"});
        }
        return made;
    }

    void onlyOneOf(Json& made, std::string_view shape, const std::vector<std::string>& names) {
        const std::string kept = pick(names);
        for (const std::string& each : names) made.erase(each);
        made[kept] = value(*memberOf(shape, kept));
    }

    std::string reference(const Member& member) {
        if (member.name == "virtualNode" || member.name == "virtualNodeName") return pick(nodes_);
        if (member.name == "virtualServiceName") return pick(services_);
        if (member.name == "virtualRouterName") return pick(routers_);
        return {};
    }

    Json value(const Member& member) {
        switch (member.form) {
        case Form::Text: {
            std::string text = member.name == "virtualServiceName" || member.name.starts_with("virtual") ? reference(member) : std::string();
            if (text.empty()) text = word();
            return text.substr(0, member.most > 0 ? static_cast<std::size_t>(member.most) : text.size());
        }
        case Form::Word: {
            std::vector<std::string> words;
            std::string_view rest = member.of;
            while (!rest.empty()) {
                words.emplace_back(rest.substr(0, rest.find('|')));
                rest.remove_prefix(std::min(rest.size(), words.back().size() + 1));
            }
            return pick(words);
        }
        case Form::Whole: return number(member.least, member.most > 0 ? member.most : member.least + 9000);
        case Form::Flag: return number(0, 1) == 1;
        case Form::Texts: return list(member, [&] { return Json(word()); });
        case Form::Wholes: return list(member, [&] { return Json(number(1, 65535)); });
        case Form::Object: return object(member.of);
        case Form::Objects: {
            std::set<std::string> keys; // of maps that are lists here
            return list(member, [&] {
                Json one = object(member.of);
                while (one.contains("key") && !keys.insert(one["key"].get<std::string>()).second) one["key"] = word();
                return one;
            });
        }
        }
        return nullptr;
    }

    template <class Make>
    Json list(const Member& member, Make make) {
        Json made = Json::array();
        for (int i = number(1, member.most == 1 ? 1 : 3); i > 0; --i) made.push_back(make());
        return made;
    }

    std::mt19937& chance_;
    bool everything_;
    std::vector<std::string> nodes_, services_, routers_;
};

std::string capitalised(const std::string& name) {
    static const std::map<std::string, std::string> others = {{"tls", "TLS"}, {"awsCloudMap", "AWSCloudMap"}, {"dns", "DNS"},   {"acm", "ACM"}, {"sds", "SDS"},
                                                              {"http", "HTTP"}, {"http2", "HTTP2"},           {"grpc", "GRPC"}, {"tcp", "TCP"}};
    if (const auto found = others.find(name); found != others.end()) return found->second;
    std::string made = name;
    made[0] = static_cast<char>(std::toupper(made[0]));
    return made;
}

// Templates write numbers as text, too.
Json templated(const Json& value, std::mt19937& chance) {
    if (value.is_array() || value.is_object()) {
        Json made = value.is_array() ? Json::array() : Json::object();
        for (const auto& [name, each] : value.items()) {
            if (value.is_array())
                made.push_back(templated(each, chance));
            else
                made[capitalised(name)] = templated(each, chance);
        }
        return made;
    }
    if (value.is_number() && chance() % 3 == 0) return value.dump();
    if (value.is_boolean() && chance() % 3 == 0) return value.get<bool>() ? "true" : "false";
    return value;
}

std::string snake(const std::string& name) {
    static const std::map<std::string, std::string> singular = {{"listeners", "listener"},         {"backends", "backend"},
                                                                {"weightedTargets", "weighted_target"}, {"headers", "header"},
                                                                {"queryParameters", "query_parameter"}};
    if (const auto found = singular.find(name); found != singular.end()) return found->second;
    std::string made;
    for (const char c : name) {
        if (std::isupper(static_cast<unsigned char>(c))) made += '_';
        made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return made;
}

// As a state has it: a list of one for every object, null for what was not set.
Json blockOf(const Json& value, std::string_view shape) {
    Json made = Json::object();
    for (const Member& each : membersOf(shape)) {
        const std::string name(each.name);
        const auto found = value.find(name);
        Json& into = made[snake(name)];
        if (found == value.end()) {
            into = each.form == Form::Object || each.form == Form::Objects ? Json::array() : Json();
        } else if (each.of == "AwsCloudMapInstanceAttribute") {
            into = Json::object();
            for (const Json& pair : *found) into[pair["key"].get<std::string>()] = pair["value"];
        } else if (each.form == Form::Object) {
            into = Json::array({blockOf(*found, each.of)});
        } else if (each.form == Form::Objects) {
            into = Json::array();
            for (const Json& one : *found) into.push_back(blockOf(one, each.of));
        } else {
            into = *found;
        }
    }
    return made;
}

// As the controller has it; every object has the name that it has in App Mesh.
Json manifested(const Json& value, const std::string& within) {
    if (value.is_array()) {
        Json made = Json::array();
        for (const Json& each : value) made.push_back(manifested(each, within));
        return made;
    }
    if (!value.is_object()) return value;
    Json made = Json::object();
    for (const auto& [name, each] : value.items()) {
        const auto ref = [&](const char* member, const char* kind) {
            made[member] = {{"name", "k8s-" + std::string(kind) + "-" + each.get<std::string>()}};
        };
        if (name == "virtualServiceName")
            ref("virtualServiceRef", "VirtualService");
        else if (name == "virtualNodeName" || (name == "virtualNode" && within == "weightedTargets"))
            ref("virtualNodeRef", "VirtualNode");
        else if (name == "virtualRouterName")
            ref("virtualRouterRef", "VirtualRouter");
        else if (name == "certificateArn")
            made["certificateARN"] = each;
        else if (name == "certificateAuthorityArns")
            made["certificateAuthorityARNs"] = each;
        else
            made[name] = manifested(each, name);
    }
    return made;
}

std::string kindName(Kind kind) {
    return capitalised(std::string(namesOf(kind).member));
}

} // namespace

RandomMesh randomMesh(std::mt19937& chance, bool everything) {
    return Maker(chance, everything).make();
}

Files asDescribed(const RandomMesh& mesh, const std::string& account) {
    Files files;
    for (std::size_t i = 0; i < mesh.pieces.size(); ++i) {
        const Piece& each = mesh.pieces[i];
        const KindNames& names = namesOf(each.kind);
        std::string path = "mesh/" + mesh.name;
        if (each.kind == Kind::Route) path += "/virtualRouter/" + each.parent;
        if (each.kind == Kind::GatewayRoute) path += "/virtualGateway/" + each.parent;
        if (each.kind != Kind::Mesh) path += "/" + std::string(names.member) + "/" + each.name;
        Json body = {{"meshName", mesh.name},
                     {"metadata",
                      {{"arn", "arn:aws:appmesh:eu-west-1:" + account + ":" + path},
                       {"createdAt", "2024-05-01T10:00:00.123000+00:00"},
                       {"lastUpdatedAt", 1714557600.25},
                       {"meshOwner", account},
                       {"resourceOwner", account},
                       {"uid", "0f0f0f0f-0000-0000-0000-000000000000"},
                       {"version", 3}}},
                     {"spec", each.spec},
                     {"status", {{"status", "ACTIVE"}}}};
        if (each.kind != Kind::Mesh) body[std::string(names.nameKey)] = each.name;
        if (each.kind == Kind::Route) body["virtualRouterName"] = each.parent;
        if (each.kind == Kind::GatewayRoute) body["virtualGatewayName"] = each.parent;
        files.emplace_back("piece-" + std::to_string(i) + ".json", Json({{std::string(names.member), body}}).dump());
    }
    return files;
}

Files asTemplate(const RandomMesh& mesh) {
    std::mt19937 chance(7);
    Json resources = Json::object();
    int number = 0;
    for (const Piece& each : mesh.pieces) {
        Json properties = {{kindName(each.kind) + "Name", each.name}, {"Spec", templated(each.spec, chance)}};
        if (each.kind != Kind::Mesh) properties["MeshName"] = {{"Fn::GetAtt", {"Resource0", "MeshName"}}};
        if (each.kind == Kind::Route) properties["VirtualRouterName"] = {{"Fn::Sub", each.parent}};
        if (each.kind == Kind::GatewayRoute) properties["VirtualGatewayName"] = each.parent;
        resources["Resource" + std::to_string(number++)] = {{"Type", "AWS::AppMesh::" + kindName(each.kind)}, {"Properties", properties}};
    }
    return {{"template.json", Json({{"AWSTemplateFormatVersion", "2010-09-09"}, {"Resources", resources}}).dump()}};
}

Files asState(const RandomMesh& mesh) {
    Json resources = Json::array();
    for (const Piece& each : mesh.pieces) {
        Json attributes = {{"name", each.name}, {"spec", Json::array({blockOf(each.spec, namesOf(each.kind).shape)})}};
        if (each.kind != Kind::Mesh) attributes["mesh_name"] = mesh.name;
        if (each.kind == Kind::Route) attributes["virtual_router_name"] = each.parent;
        if (each.kind == Kind::GatewayRoute) attributes["virtual_gateway_name"] = each.parent;
        resources.push_back({{"mode", "managed"},
                             {"type", "aws_appmesh_" + snake(std::string(namesOf(each.kind).member))},
                             {"name", "x" + std::to_string(resources.size())},
                             {"instances", Json::array({{{"attributes", attributes}}})}});
    }
    return {{"terraform.tfstate", Json({{"version", 4}, {"terraform_version", "1.9.5"}, {"resources", resources}}).dump()}};
}

Files asManifests(const RandomMesh& mesh) {
    Files files;
    const auto ref = [](Kind kind, const std::string& name) { return Json{{"name", "k8s-" + kindName(kind) + "-" + name}}; };
    std::map<std::string, Json> routes; // by router
    for (const Piece& each : mesh.pieces)
        if (each.kind == Kind::Route) {
            Json route = {{"name", each.name}};
            const Json spec = manifested(each.spec, "routes");
            for (const auto& [name, value] : spec.items()) route[name] = value;
            routes.try_emplace(each.parent, Json::array()).first->second.push_back(route);
        }
    for (const Piece& each : mesh.pieces) {
        if (each.kind == Kind::Route) continue;
        Json spec = {{"awsName", each.name}, {"podSelector", {{"matchLabels", {{"app", each.name}}}}}};
        if (each.kind == Kind::Mesh) spec.erase("podSelector");
        const Json own = manifested(each.spec, "spec");
        for (const auto& [name, value] : own.items()) spec[each.kind == Kind::Mesh && name == "serviceDiscovery" ? "meshServiceDiscovery" : name] = value;
        if (each.kind != Kind::Mesh) spec["meshRef"] = ref(Kind::Mesh, mesh.name);
        if (each.kind == Kind::GatewayRoute) spec["virtualGatewayRef"] = ref(Kind::VirtualGateway, each.parent);
        if (each.kind == Kind::VirtualRouter && routes.contains(each.name)) spec["routes"] = routes[each.name];
        const Json object = {{"apiVersion", "appmesh.k8s.aws/v1beta2"},
                             {"kind", kindName(each.kind)},
                             {"metadata", {{"name", "k8s-" + kindName(each.kind) + "-" + each.name}, {"namespace", "shop"}}},
                             {"spec", spec}};
        files.emplace_back("object-" + std::to_string(files.size()) + ".yaml", "---\n" + object.dump() + "\n");
    }
    return files;
}

} // namespace gw::mesh::appmesh::testing
