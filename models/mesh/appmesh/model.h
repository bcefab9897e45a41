// What there was of App Mesh: the seven kinds of objects, each with everything that was read of it. The service ended on
// 2026-09-30; nothing here calls it. Immutable once made, safe from any thread.
#pragma once

#include "models/estate/resource.h"
#include "models/estate/sources/datum.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::appmesh {

inline constexpr std::string_view endOfService = "2026-09-30";

enum class Kind : std::uint8_t { Mesh, VirtualGateway, GatewayRoute, VirtualService, VirtualRouter, Route, VirtualNode };

struct KindNames {
    std::string_view member;  // "virtualNode": of the answer of its describe call, and in ARNs
    std::string_view call;    // "describe-virtual-node"
    std::string_view nameKey; // "virtualNodeName"
    std::string_view shape;   // of its "spec": "VirtualNodeSpec"
};
[[nodiscard]] const KindNames& namesOf(Kind kind);

struct Object {
    Kind kind = Kind::Mesh;
    std::string account, region;    // of its mesh
    std::string mesh, parent, name; // parent: the router of a route, the gateway of a gateway route
    // As its describe call gives it, below the one member of the answer: names, "spec", and of a describe call "metadata"
    // and "status", too. Numbers are as they were written, members that nobody knows are kept.
    estate::Datum body;
    estate::Tags tags;
    estate::Datum pods; // of the controller's objects the selector of pods; Null otherwise
    estate::Source source;

    [[nodiscard]] const estate::Datum& spec() const { return body["spec"]; }
    // "mesh/shop/virtualRouter/orders/route/all"
    [[nodiscard]] std::string path() const;
    // Its ARN where AWS told it, else its path.
    [[nodiscard]] std::string label() const;
    friend bool operator<(const Object& a, const Object& b);
};

// What is wrong with what was read; the rest is there all the same.
enum class Trouble : std::uint8_t {
    NotDescribed, // only a list names it: nothing is known of it
    WrongType,    // a value of another kind than the interface has there
    OutOfRange,   // a number, text or word that App Mesh would not have taken
    Lacks,        // a member that must be there
    Several,      // more than one of those that exclude each other
    Unresolved,   // a template's value that nothing in the input tells
    Dangling,     // it names an object that is not in the input
    NoMesh        // nothing tells which mesh it belongs to
};
[[nodiscard]] std::string_view troubleName(Trouble trouble); // "not_described", …

struct Problem {
    Trouble trouble = Trouble::WrongType;
    std::string object; // label
    std::string field;  // "spec.listeners[0].portMapping.port"; empty: the object itself
    std::string seen, expected;
    estate::Source source;
};

struct Model {
    std::vector<Object> objects; // by account, region, mesh, kind, parent and name
    std::vector<Problem> problems;

    // Null where there is none.
    [[nodiscard]] const Object* find(const Object& sibling, Kind kind, std::string_view name, std::string_view parent = {}) const;
};

} // namespace gw::mesh::appmesh
