// What a map is compiled to: one text for every policy, configuration and setting of an enforcer, with the edges that are in
// it, and what could not be held.
#pragma once

#include "models/mesh/intent/intent.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

enum class ArtefactKind : std::uint8_t {
    TrustPolicy,        // of a role; IAM JSON
    InlinePolicy,       // of a role; IAM JSON
    ManagedPolicy,      // to be attached to a role; IAM JSON
    Assignments,        // groups that the provider must give a role: JSON, for whoever runs the directory
    ApiPolicy,          // of a REST API; IAM JSON
    RouteAuthorization, // of an API: which routes must ask for IAM; JSON
    AuthPolicy,         // of a Lattice service or network; IAM JSON
    FunctionPolicy,     // statements of a function's policy, as AddPermission takes them; JSON
    EnvoyRbac,          // HTTP filters of the server's listener; YAML
    IstioPolicies      // AuthorizationPolicy and PeerAuthentication of a workload; YAML
};
[[nodiscard]] std::string_view artefactKindName(ArtefactKind kind);

struct Artefact {
    Target target = Target::Iam;
    ArtefactKind kind = ArtefactKind::TrustPolicy;
    std::string object; // ARN or id of what it belongs to: role, API, service, function; of Envoy the server's node id, of Istio its service account
    std::string name;   // of a policy, where there can be several
    std::string text;
    std::vector<EdgeId> edges; // that are in it, each once, in the map's order
    friend bool operator==(const Artefact&, const Artefact&) = default;
};
// "iam/111122223333/payments-operator/trust.json": relative, of plain characters only, a different one for each artefact of a
// compilation.
[[nodiscard]] std::string fileOf(const Artefact& artefact);

// What a target cannot hold of an edge. Where the map does not accept it, nothing of the edge is in that target.
struct Loss {
    Target target = Target::Iam;
    EdgeId edge;
    // "path-template", "mfa", "source-ip", "source-vpc", "header", "query", "jwt", "key", "expires", "time", "method", "path", "stage",
    // "caller", "who", "no-identity", "claim", "quota", …: the name to accept it by.
    std::string what;
    std::string seen;      // what of it: the path, the key
    bool accepted = false; // compiled without it, by the map's own word
    friend bool operator==(const Loss&, const Loss&) = default;
};

struct Compilation {
    std::vector<Artefact> artefacts;
    std::vector<Loss> losses;
};

// In the order of the targets, then of the map. Deterministic.
[[nodiscard]] Compilation compile(const Intent& intent, std::span<const Target> targets);

// One function for each target; each appends.
void compileIam(const Intent& intent, Compilation& into);
void compileApiGateway(const Intent& intent, Compilation& into);
void compileLattice(const Intent& intent, Compilation& into);
void compileLambda(const Intent& intent, Compilation& into);
void compileEnvoy(const Intent& intent, Compilation& into);
void compileIstio(const Intent& intent, Compilation& into);

// The use as a target may hold it: what the map accepts to lose there is taken away (conditions dropped, path templates as
// wide as "*" of IAM, …). Nothing where the map accepts that it is left out ("leave-out"), or where something that the target
// cannot hold is not accepted; then, and wherever something is dropped, `losses` is told (may be null).
// `cannot` says what the target cannot hold of this use, as Loss names it.
struct Unheld {
    std::string what, seen;
};
[[nodiscard]] std::optional<Use> heldUse(const Intent& intent, const Use& use, Target target, std::span<const Unheld> cannot,
                                         std::vector<Loss>* losses);

// Whether the callers' own policies have a say there, so that what the map accepts of them counts, too.
[[nodiscard]] bool asksIdentity(Target target);

// The use at its widest: with everything taken away that the map accepts to lose there.
[[nodiscard]] Use widestUse(const Intent& intent, const Use& use, Target target);

// "gw" and the edge's id, "gwE17", for Sids, policy names and statement ids; of a second and further statement of an edge in one
// policy "gwE17Part2".
[[nodiscard]] std::string sidOf(const EdgeId& edge, std::size_t part = 1);
[[nodiscard]] std::string sidOf(std::span<const EdgeId> edges, std::size_t part = 1);
// The edges that such a text names; empty for any other text.
[[nodiscard]] std::vector<EdgeId> edgesOfSid(std::string_view sid);

} // namespace gw::mesh
