// What a map means in an estate: names made into ARNs, sets into their members, every edge into who may become what and who may
// do what. Compilers write it down for each enforcer; the proof compares what they wrote with it.
#pragma once

#include "models/mesh/map/map.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gw::estate {
class Estate;
}

namespace gw::mesh {

enum class Target : std::uint8_t { Iam, ApiGateway, Lattice, Lambda, Ecs, AppMesh, ServiceConnect, Envoy, Istio };
// "iam", "apigateway", "lattice", "lambda", "ecs", "appmesh", "service-connect", "envoy", "istio".
[[nodiscard]] std::string_view targetName(Target target);
[[nodiscard]] std::optional<Target> targetOf(std::string_view name);

// Whoever calls.
struct Caller {
    NodeId node; // as the map calls it
    // ARN of a role, "…amazonaws.com", twelve digits, or "*"; empty: nothing that IAM knows.
    std::string principal;
    const Workload* workload = nullptr; // its other identities; null: it has none
    friend bool operator==(const Caller&, const Caller&) = default;
};

// Who may take a role: the trust policy's part of an edge.
struct Admission {
    EdgeId edge;
    Effect effect = Effect::Allow;
    std::string role; // ARN
    NodeId who;
    enum class Kind : std::uint8_t { Saml, WebIdentity, Principal } kind = Kind::Principal;
    std::string principal; // ARN of the provider; or as Caller has it
    std::vector<std::string> audiences; // of WebIdentity
    // Of a claim or a person, besides those of the edge that speak of the sign-in itself.
    std::vector<EdgeCondition> conditions;
    // The directory's group, whose members the provider sends; the trust policy cannot see it. Empty: none.
    std::string group;
    bool tags = false, sourceIdentity = false;
    std::optional<UtcTime> expires;
};

struct ApiAccess {
    enum class Kind : std::uint8_t { Rest, Http, WebSocket } kind = Kind::Rest;
    std::string partition, region, account, api, stage; // stage "*": any
    std::vector<std::string> methods;                   // "GET"; "*": any. Of WebSocket APIs: route keys are paths, this is empty
    std::vector<PathPattern> paths;                     // empty: all
};

struct LatticeAccess {
    std::string service, network; // ARNs; network may be empty
    bool connect = false;         // TCP: vpc-lattice-svcs:Connect, neither methods nor paths
    std::vector<std::string> methods;
    std::vector<PathPattern> paths;
    std::uint16_t port = 0;
};

// By proxies in front of the server: Envoy, Istio, App Mesh.
struct MeshAccess {
    NodeId service, serverNode;         // as the map calls them; the latter may be empty
    const Workload* server = nullptr;   // null: nothing tells who serves it
    std::string virtualNode;            // of App Mesh; may be empty
    std::vector<std::string> methods;   // "*": any
    std::vector<PathPattern> paths;
    std::uint16_t port = 0;
};

struct FunctionAccess {
    std::string function; // ARN, with its qualifier if there is one
    bool url = false;
};

struct TaskAccess {
    std::string definition, cluster; // ARNs, the latter empty: any
    std::vector<std::string> passes; // roles that come with it
};

struct ActionAccess {
    std::vector<std::string> actions;
    std::string resource; // pattern
};

using Access = std::variant<ApiAccess, LatticeAccess, MeshAccess, FunctionAccess, TaskAccess, ActionAccess>;

// Who may do what: one for each caller and each thing that an edge names.
struct Use {
    EdgeId edge;
    Effect effect = Effect::Allow;
    Caller caller;
    // Who takes the caller's role for it; empty: whoever the caller is. No policy of the role can tell one of them from another.
    std::vector<NodeId> through;
    NodeId on;
    Access access;
    std::vector<EdgeCondition> when;
    std::optional<UtcTime> expires;
    // Paths match as IAM's "*" does, which crosses slashes: of a use that a target holds only so.
    bool pathsAsGlobs = false;
    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&access);
    }
};

// Of one that has paths; whatever the use, where it has none. `path` without its query.
[[nodiscard]] bool allowsPath(const std::vector<PathPattern>& paths, bool asGlobs, std::string_view path);
[[nodiscard]] bool allowsMethod(const std::vector<std::string>& methods, std::string_view method);

// Of an edge, by name, for one target.
struct Accepted {
    EdgeId edge;
    Target target = Target::Iam;
    std::string what;
};

// Borrows the map.
struct Intent {
    std::vector<Admission> admissions;
    std::vector<Use> uses;
    std::vector<Accepted> accepted;
    std::vector<Error> problems; // MapError
    [[nodiscard]] bool accepts(const EdgeId& edge, Target target, std::string_view what) const;
};

// Edges that have expired at `now` mean nothing and are told as problems. Without an estate, what only it could tell is
// Unresolved.
[[nodiscard]] Intent resolve(const Map& map, const estate::Estate* estate, std::optional<UtcTime> now);

} // namespace gw::mesh
