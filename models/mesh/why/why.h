// Why somebody can or cannot reach something: the ways between the two, what each layer on the way says, the edge that lets
// it or stops it, and the smallest edit of the map that would let it.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/compile/compilation.h"
#include "models/mesh/escalation/escalations.h"
#include "models/policy/answer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// Facts: "seen", "near" (the nearest that there is), "expected"; "of".
#define GW_WHY_ERRORS(X)                                                                                                         \
    X(UnknownWho, "unknown_who")                                                                                                 \
    X(UnknownThing, "unknown_thing")                                                                                             \
    X(Several, "several")                                                                                                        \
    X(BadPath, "bad_path")                                                                                                       \
    X(NotAsked, "not_asked")                                                                                                     \
    X(NotADenial, "not_a_denial")                                                                                                \
    X(Encoded, "encoded")                                                                                                        \
    X(NamesNothing, "names_nothing")                                                                                             \
    X(NeedsMethod, "needs_method")                                                                                               \
    X(NeedsPath, "needs_path")
// Several: a set, or a name that more than one thing has; NotAsked: what is asked for is nothing that one can do there;
// NamesNothing: a denial that says neither who nor what, such as {"message":"Forbidden"}; NeedsMethod, NeedsPath: the thing is a
// route or a service ("of"), and the answer hangs on the method or path.
GW_ERROR_ENUM(WhyError, "why", GW_WHY_ERRORS);

struct WhyQuestion {
    std::string who;         // id or word of the map ("group:Payments-Ops"), a name, an ARN, a SPIFFE id
    std::string may;         // method, verb or action, as an edge has it
    std::string on;          // id or word of the map, a name, an ARN
    std::string path;        // of routes and services; may be empty where the thing has one path only
    policy::Context context; // that is known of the request
};

enum class WhyLayer : std::uint8_t {
    Assignment, // the groups that the provider gives a role
    Trust,
    Identity,
    Boundary,
    Scp,
    Rcp,
    Session,
    Endpoint,
    Resource,           // of an API, a function, a Lattice service, a bucket, …
    Network,            // of a Lattice service network
    RouteAuthorization, // whether the route asks who calls
    Envoy,
    Istio
};
// "assignment", "trust", "identity", …
[[nodiscard]] std::string_view whyLayerName(WhyLayer layer);

enum class WhyVoice : std::uint8_t { Silent, Allows, Denies, Depends };
// "silent", "allows", "denies", "depends".
[[nodiscard]] std::string_view whyVoiceName(WhyVoice voice);

struct LayerSays {
    WhyLayer layer = WhyLayer::Identity;
    bool compiled = true; // by the map; false: as the estate has it
    WhyVoice voice = WhyVoice::Silent;
    bool stops = false;
    std::vector<EdgeId> edges;     // that its statements name
    std::string document;          // file of the artefact, or the policy's name in the estate
    std::string statement;         // Sid or name of a policy; of routes what they ask for
    std::vector<std::string> lost; // "path-template": what of an edge about this it could not hold
};

// One request on the way.
struct Hop {
    std::string principal, action, resource;
    // By edges of the map, in policies as a plan of it leaves them: beside what others wrote there.
    policy::Decision decision = policy::Decision::ImplicitlyDenied;
    bool edgeless = false; // denied only because what lets it is no edge's
    std::vector<LayerSays> layers;
    std::vector<std::string> dependsOn;    // keys that were not told
    std::optional<policy::Decision> today; // by the policies that the estate has; nothing: it does not tell
};

struct WayStep {
    NodeKind kind = NodeKind::Group;
    std::string id, name; // as the map calls it, or its ARN where the map has it not; what people call it
};

struct Way {
    std::vector<WayStep> steps;
    std::vector<Hop> hops; // taking roles first, then what is asked for
    policy::Decision decision = policy::Decision::ImplicitlyDenied;
    std::optional<policy::Decision> today;
    bool admitted = true; // false: the map lets them take none of the roles on this way
};

struct MapEdit {
    enum class Kind : std::uint8_t { AddWho, AddMay, AddPath, AddOn, Renew, Accept, NewEdge, NarrowDenial, RemoveDenial };
    Kind kind = Kind::NewEdge;
    EdgeId edge;
    std::string key, value; // what is added to, or taken out of, which key; of NewEdge the edge's text
};
[[nodiscard]] std::string_view mapEditName(MapEdit::Kind kind); // "add_who", …

// Tried before it is offered.
struct MapFix {
    std::vector<MapEdit> edits;
    policy::Decision result = policy::Decision::Allowed; // or Depends
};

struct Why {
    WayStep who, on;
    std::string may, path;
    policy::Decision decision = policy::Decision::ImplicitlyDenied;
    std::optional<policy::Decision> today; // of the way that the estate lets, else of the best
    std::vector<Way> ways;           // the best first
    std::vector<EdgeId> lets, stops; // of the best way
    std::vector<MapFix> fixes;       // of a denial: the smallest first
    std::vector<MapEscalation> around; // of a denial: by which a role that they have reaches it all the same
    std::vector<estate::Gap> unknown;
};
inline constexpr std::size_t mostWays = 8;

// `text` is the map's, without fatal mistakes. Errors: WhyError; MapError where the question is none that an edge could state;
// TomlError.
[[nodiscard]] Result<Why> why(std::string_view text, const estate::Estate* estate, std::optional<UtcTime> now,
                              const WhyQuestion& question);

} // namespace gw::mesh
