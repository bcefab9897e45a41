// What changed between two estates, as access and not as text: who can do what he could not, and the other way round. Each is
// a witness that the evaluator answers differently on the two sides.
#pragma once

#include "models/estate/reach.h"
#include "models/policy/access_diff.h"
#include "models/policy/catalogue.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::estate {

enum class DriftDirection { Gained, Lost };
// "gained", "lost".
[[nodiscard]] std::string_view driftDirectionName(DriftDirection direction);

enum class DriftCause {
    Permissions,    // policies or boundary of a role or user, or of a group that he is in
    Organization,   // policies of the organization that bind its account
    Trust,          // who may take on a role
    ResourcePolicy, // whom a resource lets in
    Assignment,     // to whom a provider gives a role
    Membership,     // who is in a group that has roles
    Existence       // a role, user or resource that was not there, or is not any more
};
// "permissions", "organization", "trust", "resource-policy", "assignment", "membership", "existence".
[[nodiscard]] std::string_view driftCauseName(DriftCause cause);

// What the organisation accepts for a while, and why.
struct DriftAcceptance {
    std::string reason;
    UtcTime until;
    bool isOver = false; // its end is past: the drift counts again
};

struct Drift {
    DriftDirection direction = DriftDirection::Gained;
    DriftCause cause = DriftCause::Permissions;
    std::string principal; // who: an ARN, a service, "group:NAME", "person:USERNAME", "*"; empty: a resource that came or went
    std::string object;    // whose documents changed: ARN of a role, user or resource, "group:NAME"
    // The witness; empty where there is none to give: of assignments, memberships, and what came or went.
    std::string action, resource;
    std::vector<std::pair<std::string, std::vector<std::string>>> context; // with which the two sides differ
    policy::Decision before = policy::Decision::ImplicitlyDenied, after = policy::Decision::ImplicitlyDenied;
    std::vector<std::string> groups;     // who come by it: of a role, those that it is assigned to
    std::optional<std::uint64_t> people; // how many that are; nothing: not known
    Source source;                       // of the object, on the side that has more
    std::optional<DriftAcceptance> acceptance; // review/drift_acceptance.h puts it there

    [[nodiscard]] bool isAccepted() const { return acceptance && !acceptance->isOver; }
};

struct DriftReport {
    std::vector<Drift> drifts;             // gained before lost, then by object, principal, action, resource
    std::size_t compared = 0, changed = 0; // principals and resources; those whose documents are not the same text
    std::vector<Gap> unknown;              // what only one side tells, so that it could not be compared
    bool exhaustive = true;                // false: there may be more than these
    bool complete = true;                  // false: it was stopped

    // Of those that nobody accepts.
    [[nodiscard]] std::size_t count(DriftDirection direction) const;
};

struct DriftBounds {
    std::size_t perObject = 20; // witnesses of each direction for a role or user
    // The baseline declares only a part, as templates and states do: what it does not have is not new, roles are known by their
    // names whatever their paths, and the organization's policies are left aside.
    bool isPart = false;
};

// `baseline` is what it should be, `live` what it is.
[[nodiscard]] DriftReport driftBetween(const Estate& baseline, const Estate& live, const policy::WorldRules& world,
                                       const Progress& progress = {}, DriftBounds bounds = {});

} // namespace gw::estate
