// One step of reach: what the evaluator says of one request, what that hangs on, and by which statements.
#pragma once

#include "models/estate/lattice_networks.h"
#include "models/estate/reach.h"
#include "models/estate/reach/population.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gw::estate {

// What is known of what is asked about, whoever asks: its policy, the organization's policies that bind it, its account.
struct Subject {
    policy::Target target;
    const AccountLimits* rcps = nullptr; // null: those of the caller's own account, which the ARN leaves open
    std::vector<Gap> gaps;               // of the target's own policy
    const Resource* resource = nullptr;
    // Of a Lattice service. Empty: none is known.
    std::vector<NetworkGate> networks;
    [[nodiscard]] bool hasOpenNetwork() const;
};
// `action` on `resource`, an ARN or "*".
[[nodiscard]] Subject subjectOf(const Population& population, const std::string& action, const std::string& resource);

// The lists of gaps that bear on one request.
struct GapLists {
    std::vector<const std::vector<Gap>*> lists;
    void add(const std::vector<Gap>& list) {
        if (!list.empty()) lists.push_back(&list);
    }
    [[nodiscard]] bool empty() const { return lists.empty(); }
};

// A way on: never denied.
struct Outcome {
    policy::Decision decision = policy::Decision::Allowed; // or Depends
    std::vector<std::string> dependsOn; // keys of the request; empty where only the gaps below are what it hangs on
    std::vector<std::string> policies;     // names of those that allow: of the caller, then of what it reaches
    std::vector<ConditionText> conditions; // of their statements that allow
    GapLists gaps;                         // that could turn it
};

// Nothing where it is denied whatever else is told. A denial by layers of which nothing is known depends, but where only
// the policy of the resource is not known, whoever has no policy of his own is not counted among those that it may name.
[[nodiscard]] std::optional<Outcome> outcomeOf(const policy::Request& request, const policy::PolicySet& policies, GapLists gaps,
                                               const policy::WorldRules& world);

// The outcome behind the networks of the subject; nothing where none of them lets the caller through. `policies` and `gaps` are
// those that made the outcome.
[[nodiscard]] std::optional<Outcome> throughNetworks(const Subject& subject, const policy::Request& request,
                                                     policy::PolicySet policies, const GapLists& gaps, Outcome outcome,
                                                     const policy::WorldRules& world);

// An inhabitant asks. `scratch` asks for the subject; its principal, facts and context become the inhabitant's.
[[nodiscard]] std::optional<Outcome> outcomeFor(const Population& population, policy::ActorId id, const Subject& subject,
                                                policy::Request& scratch, const policy::WorldRules& world);
[[nodiscard]] policy::Request requestFor(const Subject& subject);

// What both say, one after the other.
[[nodiscard]] policy::Decision both(policy::Decision one, policy::Decision other);
void addOnce(std::vector<std::string>& into, const std::vector<std::string>& from);
void addOnce(std::vector<ConditionText>& into, const std::vector<ConditionText>& from);

} // namespace gw::estate
