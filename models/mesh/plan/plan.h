// What has to change for an estate to hold what a map is compiled to: one step for each object that differs, in the order in
// which they are to be taken.
//
// What is the map's is found by the edge ids in Sids and statement ids; nothing else is touched: statements of others stay where
// they are, beside the map's, and are counted in the step. A statement that says what the map wants without its id becomes the
// map's. What was not seen is not changed, and told.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/plan/statements.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mesh {

enum class StepKind : std::uint8_t {
    TrustPolicy,        // to create one is to create the role
    InlinePolicy,       // of a role
    ManagedPolicy,      // a new default version, where it is replaced
    Attachment,         // of a managed policy to a role
    ApiPolicy,          // of a REST API
    RouteAuthorization, // of one route of an API
    AuthPolicy,         // of a Lattice service or network
    FunctionPermission, // one statement of a function's policy
    Deployment,         // of an API's stage, so that what was changed counts
    CacheFlush          // of what a stage's authorizers answered
};
// "trust-policy", "inline-policy", "managed-policy", "attachment", "api-policy", "route-authorization", "auth-policy",
// "function-permission", "deployment", "cache-flush".
[[nodiscard]] std::string_view stepKindName(StepKind kind);
[[nodiscard]] std::optional<StepKind> stepKindOf(std::string_view name);

enum class StepChange : std::uint8_t { Create, Replace, Remove };
// "create", "replace", "remove".
[[nodiscard]] std::string_view stepChangeName(StepChange change);
[[nodiscard]] std::optional<StepChange> stepChangeOf(std::string_view name);

enum class Risk : std::uint8_t { Low, Medium, High };
// "low", "medium", "high".
[[nodiscard]] std::string_view riskName(Risk risk);
[[nodiscard]] std::optional<Risk> riskOf(std::string_view name);

// What to look at in a step.
enum class StepNote : std::uint8_t {
    OpensToAnyone,      // "opens-to-anyone": a statement for everybody, or a route that asks for nothing
    LetsIn,             // "lets-in": more may take the role
    Grants,             // "grants"
    DropsDenial,        // "drops-denial"
    TakesAway,          // "takes-away"
    Renames,            // "renames": statements that were there become the map's by their Sid; access stays
    KeepsForeign,       // "keeps-foreign": statements that are not the map's stay
    ReplacesAuthorizer, // "replaces-authorizer": whoever came with a token cannot any more
    FirstPolicy,        // "first-policy": an API's first; routes that do not ask for IAM then need a statement of it, too
    Inactive,           // "inactive": VPC Lattice does not look at it, since the authType is not AWS_IAM
    AboveDefaultQuota,  // "above-default-quota": a raised quota is needed
    Publishes           // "publishes": whatever else of the API was changed and not deployed comes into force, too
};
[[nodiscard]] std::string_view stepNoteName(StepNote note);
[[nodiscard]] std::optional<StepNote> stepNoteOf(std::string_view name);

struct Step {
    StepKind kind = StepKind::TrustPolicy;
    StepChange change = StepChange::Create;
    Target target = Target::Iam;
    // ARN of the role, Lattice object or function; of an API "arn:aws:apigateway:REGION::/restapis/ID" or "…/apis/ID".
    std::string object;
    std::string account, region; // where it is; IAM has no region
    // Of policies their name, of managed policies and attachments the ARN; "POST /refunds"; a stage; a statement id.
    std::string name;
    std::string id; // of a route: its own in an HTTP or WebSocket API, its resource's in a REST API
    // What is there and what will be: a policy or statement as compact JSON, a route's authorization (routeAuthorizationText), an
    // attached policy's ARN, of a deployment the one that counts now. Empty: nothing.
    std::string before, after;
    std::string seen; // digest of what is there, by its meaning
    std::vector<EdgeId> edges;
    std::size_t size = 0, quota = 0; // octets as AWS counts them, of all that the quota is for; 0: none applies
    std::size_t foreign = 0;         // statements of others in it
    Risk risk = Risk::Low;
    std::vector<StepNote> notes;
    [[nodiscard]] bool has(StepNote note) const;
};

// Of a route: {"authorizationType", "authorizerId"?, "authorizationScopes"?}.
[[nodiscard]] std::string routeAuthorizationText(std::string_view type, std::string_view authorizer, const std::vector<std::string>& scopes);

// Digest of what a step finds or leaves; `text` as Step::before has it.
[[nodiscard]] std::string seenDigest(StepKind kind, std::string_view text);
// Whether both mean the same there.
[[nodiscard]] bool isSame(StepKind kind, std::string_view a, std::string_view b);

// What cannot be changed by the APIs that apply uses: who runs it does.
struct ByHand {
    Target target = Target::Iam;
    ArtefactKind kind = ArtefactKind::Assignments;
    std::string object;
    std::vector<EdgeId> edges;
    // Of Assignments, those that the estate's directory does not have; all of them where it has none. Group, then provider.
    std::vector<std::pair<std::string, std::string>> missing;
};

// What the map wants and no step does.
struct Unplanned {
    enum class Why : std::uint8_t {
        NotInEstate,  // "not-in-estate"
        NotSeen,      // "not-seen": it is there, and what it holds was not read
        Unreadable,   // "unreadable": what it holds is no policy
        Version,      // "version": an older version of the policy language, with variables of others' statements
        Quota,        // "quota": `seen` of `quota`
        Contradiction, // "contradiction": a route that somebody calls with, and somebody without a signature
        Inexpressible // "inexpressible": a statement that AddPermission cannot make
    } why = Why::NotInEstate;
    StepKind kind = StepKind::TrustPolicy;
    Target target = Target::Iam;
    std::string object, name;
    std::vector<EdgeId> edges; // that are concerned; of Quota those to split
    std::size_t size = 0, quota = 0;
};
[[nodiscard]] std::string_view unplannedWhyName(Unplanned::Why why);

// Statements with edge ids where the map names nothing: of another map, or left over.
struct Leftover {
    StepKind kind = StepKind::InlinePolicy;
    std::string object, name;
    std::vector<EdgeId> edges;
};

struct Plan {
    std::vector<Step> steps; // in the order of execution
    std::vector<ByHand> byHand;
    std::vector<Unplanned> unplanned;
    std::vector<Leftover> leftovers;
    [[nodiscard]] bool changes() const { return !steps.empty() || !unplanned.empty(); }
};

struct PlanInput {
    const Map& map;
    const Compilation& compilation;
    const estate::Estate& estate;
    std::span<const Target> targets; // that were compiled
    bool removesLeftovers = false;   // they become steps
};
// Order: what must exist first, then what grants, what does both, what narrows, then one deployment for each stage, then caches.
[[nodiscard]] Plan planFor(const PlanInput& input);

// The estate as it is once the steps are taken. Copies what it is made of.
[[nodiscard]] estate::Estate estateAfter(const estate::Estate& before, std::span<const Step> steps);

} // namespace gw::mesh
