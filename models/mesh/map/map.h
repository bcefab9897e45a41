// The map: who may reach what, through which role, as one text says it. What is read here is what was written, references by
// their names; what they mean in an estate is intent/intent.h.
#pragma once

#include "models/mesh/map/path_pattern.h"
#include "saml/base/result.h"
#include "saml/base/strong.h"
#include "saml/base/utc_time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace gw::mesh {

// Facts: "line" and "column" from 1; "key", "seen", "expected", "near" (the nearest valid spelling), "edge", "other".
#define GW_MAP_ERRORS(X)                                                                                                         \
    X(NoVersion, "no_version")                                                                                                   \
    X(NewerVersion, "newer_version")                                                                                             \
    X(UnknownKind, "unknown_kind")                                                                                               \
    X(UnknownKey, "unknown_key")                                                                                                 \
    X(MissingKey, "missing_key")                                                                                                 \
    X(WrongType, "wrong_type")                                                                                                   \
    X(BadValue, "bad_value")                                                                                                     \
    X(BadId, "bad_id")                                                                                                           \
    X(DuplicateId, "duplicate_id")                                                                                               \
    X(UnknownReference, "unknown_reference")                                                                                     \
    X(WrongReference, "wrong_reference")                                                                                         \
    X(Cycle, "cycle")                                                                                                            \
    X(Conflict, "conflict")                                                                                                      \
    X(NotInEstate, "not_in_estate")                                                                                              \
    X(Unresolved, "unresolved")                                                                                                  \
    X(Expired, "expired")                                                                                                        \
    X(Repeated, "repeated")                                                                                                      \
    X(NothingAccepted, "nothing_accepted")
// WrongReference: something of that name is there, of a kind that cannot stand in this place; Conflict: one edge allows what
// another denies; NotInEstate: named by the map and not in the estate; Unresolved: what is named does not tell its ARN, and
// neither does the estate; Repeated: two edges say the same; NothingAccepted: an `accept` that no target asks for.
GW_ERROR_ENUM(MapError, "map", GW_MAP_ERRORS);

// Whether a map with this problem can be compiled all the same.
[[nodiscard]] bool isWarning(MapError error);

using NodeId = StrongString<struct NodeIdTag>;
// Letters and digits, so that it can travel in a Sid; without "gw" in it, which separates ids there, and without "Part" and
// digits at its end.
using EdgeId = StrongString<struct EdgeIdTag>;

// Lines and columns from 1; `section` of the document that the map was read from.
struct MapPlace {
    std::size_t section = 0;
    std::uint32_t line = 1, column = 1;
};

enum class NodeKind : std::uint8_t {
    Group,
    Claim,
    Provider,
    Person,
    Role,
    Workload,
    Service, // of AWS: "ecs-tasks.amazonaws.com"
    Account,
    Anyone,
    Route,
    MeshService,
    Function,
    Task,
    Arn,
    Set
};
// "group", "claim", "provider", "person", "role", "workload", "service", "account", "anyone", "route", "mesh-service",
// "function", "task", "arn", "set".
[[nodiscard]] std::string_view nodeKindName(NodeKind kind);
[[nodiscard]] std::optional<NodeKind> nodeKindOf(std::string_view name);

// Of a directory, as its provider sends it.
struct Group {
    std::string name;
    std::vector<NodeId> members; // other groups
};

// Whoever's assertion or token holds one of the values: "saml:edupersonaffiliation", "accounts.example:groups".
struct Claim {
    std::string key;
    std::vector<std::string> values;
};

// SAML or OpenID Connect, by what the ARN says.
struct Provider {
    std::string arn;
    std::vector<std::string> audiences; // of OpenID Connect: client ids
};

struct Person {
    std::string name;
};

struct Role {
    std::string arn;
    std::vector<NodeId> providers; // that people come through
    // What their sessions may carry: "sts:TagSession", "sts:SetSourceIdentity" besides the assertion itself.
    bool tags = false, sourceIdentity = false;
};

// The identities of what runs: the same workload is a role to IAM, a SPIFFE id or a name in a certificate to Envoy, and a
// service account to Kubernetes.
struct Workload {
    std::string role;           // ARN; empty: none
    std::string spiffe;         // "spiffe://…"; empty: none
    std::vector<std::string> names; // DNS names of its certificate
    std::string serviceAccount; // "namespace/name"; empty: none
    std::string runsOn;         // "ecs", "lambda", "ec2": who takes the role for it; empty: not the map's business
};

struct ServicePrincipal {
    std::string name;
};

struct AccountPrincipal {
    std::string id;
};

struct Anyone {};

// REST, HTTP and WebSocket APIs. `path` may be a pattern.
struct Route {
    std::string api, stage;
    std::string account, region; // empty: the estate tells
    std::vector<PathPattern> paths; // empty: all
};

// A service that others call, and where it can be called: one of the three at least.
struct MeshService {
    std::string lattice, network; // ARNs of VPC Lattice: the service, and the service network
    std::string virtualNode;      // ARN of App Mesh
    NodeId workload;              // which serves it, behind Envoy or in Istio; empty: none
    std::uint16_t port = 0;       // 0: all
};

struct Function {
    std::string arn; // with its qualifier, if there is one
    bool url = false; // called through its URL, not its API
};

struct Task {
    std::string arn;     // of the task definition; its revision may be "*"
    std::string cluster; // ARN; empty: any
    std::vector<std::string> passes; // ARNs of roles that come with it; empty: the estate tells
};

struct ArnNode {
    std::string pattern;
};

struct Set {
    std::vector<NodeId> members;
};

using NodeBody = std::variant<Group, Claim, Provider, Person, Role, Workload, ServicePrincipal, AccountPrincipal, Anyone, Route,
                              MeshService, Function, Task, ArnNode, Set>;

struct Node {
    NodeId id;
    NodeBody body;
    bool written = true; // false: named in place, "group:Payments-Ops"
    std::string note;
    MapPlace place;
    [[nodiscard]] NodeKind kind() const { return static_cast<NodeKind>(body.index()); }
    template <class T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&body);
    }
};

enum class Effect : std::uint8_t { Allow, Deny };

// One condition of an edge. Which key, and which values one of which must be there.
struct EdgeCondition {
    enum class Kind : std::uint8_t {
        Key,       // of IAM: "aws:PrincipalTag/team"
        Mfa,       // `mfa = true`
        SourceIp,  // `source_ip`, blocks of addresses
        SourceVpc, // `source_vpc`
        After,     // `after`, a time from which on
        Before,    // `before`, a time until which
        Header,    // `header.NAME`
        Query,     // `query.NAME`
        JwtClaim   // `jwt.NAME`
    };
    Kind kind = Kind::Key;
    std::string name; // of Key, Header, Query and JwtClaim
    std::vector<std::string> values;
    friend bool operator==(const EdgeCondition&, const EdgeCondition&) = default;
};

// What a target cannot hold and may be compiled all the same, by name: "apigateway: path-template".
struct Acceptance {
    std::string target, what;
    MapPlace place;
};

struct Edge {
    EdgeId id;
    Effect effect = Effect::Allow;
    std::vector<NodeId> who;
    std::optional<NodeId> through; // nothing: `who` are workloads, roles and the like, which call as themselves
    // Methods ("GET", "*"), verbs ("invoke", "connect", "run", "assume"), or actions of IAM ("s3:GetObject").
    std::vector<std::string> may;
    std::vector<NodeId> on;
    std::vector<PathPattern> paths; // within what `on` names; empty: all of it
    std::vector<EdgeCondition> when;
    std::string owner, reason;
    std::optional<UtcTime> expires; // a date alone means its beginning, UTC
    std::vector<Acceptance> accept;
    MapPlace place;
};

// Immutable; safe from any thread. Nodes named in place are nodes like the others, with their text as id.
class Map {
public:
    static constexpr int version = 1;

    struct Reading; // reader.h
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }
    // Null where there is none.
    [[nodiscard]] const Node* node(const NodeId& id) const;
    [[nodiscard]] const Edge* edge(const EdgeId& id) const;
    // Those that a set or group stands for, members of members too, each once; the node itself where it is neither.
    [[nodiscard]] std::vector<const Node*> members(const NodeId& id) const;

private:
    friend class MapReader;
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    std::unordered_map<NodeId, std::size_t> nodeAt_;
    std::unordered_map<EdgeId, std::size_t> edgeAt_;
};

} // namespace gw::mesh
