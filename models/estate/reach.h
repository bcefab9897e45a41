// Reach over a whole estate, both ways: who can do something to a resource, and what somebody can do. People come in by
// groups, claims and providers; each way in is a path.
#pragma once

#include "models/estate/mapping.h"
#include "models/policy/evaluator.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

enum class StepKind { Group, Claim, Provider, Assume, Session, Policy };
// "group", "claim", "provider", "assume", "session", "policy": part of the command line's contract.
[[nodiscard]] std::string_view stepKindName(StepKind kind);

struct Step {
    StepKind kind = StepKind::Policy;
    std::string id; // a group's name, a claim's key and value, an ARN, a policy's name
};

struct ConditionText {
    std::string key, op;
    std::vector<std::string> values;
    friend bool operator==(const ConditionText&, const ConditionText&) = default;
};

enum class ReachKind { Role, User, Group, Federated, Service, Anyone };
// "role", "user", "group", "federated", "service", "anyone".
[[nodiscard]] std::string_view reachKindName(ReachKind kind);

struct WhoCan {
    std::string principal; // ARN, or "group:NAME"
    ReachKind kind = ReachKind::Role;
    std::vector<Step> path;
    policy::Decision decision = policy::Decision::Allowed; // or Depends
    std::vector<std::string> dependsOn;
    std::vector<ConditionText> conditions; // of the statements that allow, along the whole path
    std::optional<std::uint64_t> people;   // whom a group or claim stands for
};

struct WhatCan {
    std::string action, resource;
    policy::Decision decision = policy::Decision::Allowed; // or Depends
    std::vector<std::string> dependsOn;
    std::vector<Step> path;
};

struct ReachSummary {
    std::size_t checked = 0, allowed = 0, depends = 0;
    std::vector<Gap> unknown; // what the estate does not tell, each once
};

// From whom: "group:NAME", "person:USERNAME", "role:ARN", "user:ARN", or an ARN of a role, of its session, or of a user. A
// group is one of a directory, by name or id, or one of IAM, which stands for its users.
struct From {
    enum class Kind { Group, Person, Role, User } kind = Kind::Role;
    std::string name;
    [[nodiscard]] static std::optional<From> parse(std::string_view text);
};

// Made ready once for many questions; keeps answers until the estate goes. Borrows the estate. Not for two threads at once.
class Reach {
public:
    Reach(const Estate& estate, policy::WorldRules world);
    ~Reach();
    Reach(Reach&&) noexcept;

    struct Who {
        // Groups first, then providers and persons, roles, users, services, anyone. Of a principal one row for each role that
        // people come in by; of a role or user just one, with the shortest chain of roles where it has no way of its own.
        std::vector<WhoCan> rows;
        ReachSummary summary;
        bool known = true; // false: the estate has no such group, person, role or user to ask `from`
    };
    // What a resource that people name may mean: an ARN is itself, and "POST /refunds" each such route of the estate.
    [[nodiscard]] std::vector<std::string> resourcesCalled(std::string_view text) const;
    // `resource` an ARN or "*". Of a route with "{id}" in it, whoever can send it whatever stands there.
    [[nodiscard]] Who whoCan(const std::string& action, const std::string& resource, const std::optional<From>& from = std::nullopt,
                             const Progress& progress = {});

    struct What {
        std::vector<WhatCan> rows; // by resource, then by action
        ReachSummary summary;
        bool known = true; // false: the estate has no such group, person, role or user
    };
    // `action` empty: all that the catalogue knows for each resource, and what has no resource but "*"; patterns with wildcards
    // count. Without a catalogue, the actions that policies spell out. One row for each action and resource, with the best way.
    [[nodiscard]] What whatCan(const From& from, const std::string& action = {}, const Progress& progress = {});

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gw::estate
