// How people come by a role: groups and persons by assignments, whoever a provider sends, whoever a trust policy lets in.
#pragma once

#include "models/estate/reach/strangers.h"

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace gw::estate {

struct Way {
    ReachKind kind = ReachKind::Federated;
    std::string principal; // "group:NAME", the ARN of a provider or of a person's session, "*", …
    std::string group;     // id of the directory's group, or its name
    std::string person;    // user name
    std::string role;      // ARN
    std::vector<Step> steps;
    policy::Decision decision = policy::Decision::Allowed; // or Depends
    std::vector<std::string> dependsOn;
    std::vector<ConditionText> conditions;
    std::vector<Gap> gaps;
    std::optional<std::uint64_t> people;
};

// Borrows the population. Ways are made when they are asked for, and kept.
class Ways {
public:
    Ways(const Population& population, const policy::WorldRules& world);

    [[nodiscard]] const std::vector<Way>& into(const Role& role);
    // ARNs of roles that are assigned to a group (by id or name) or to a person.
    [[nodiscard]] const std::vector<std::string>& assignedTo(std::string_view group) const;
    [[nodiscard]] const std::vector<std::string>& assignedToPerson(std::string_view person) const;
    // The ids and the names of a group by either; the text itself where no directory knows it. Empty: nothing knows it.
    [[nodiscard]] std::set<std::string, std::less<>> groupsCalled(std::string_view text) const;
    // Of a person: ids and names.
    [[nodiscard]] std::set<std::string, std::less<>> groupsOf(std::string_view person) const;
    [[nodiscard]] bool knowsPerson(std::string_view person) const;
    [[nodiscard]] std::string nameOf(const std::string& group) const;

private:
    // What a provider is known to send.
    struct Sent {
        std::set<std::string> recipients, tagKeys;
    };
    [[nodiscard]] std::optional<Outcome> federated(const std::string& provider, const Subject& subject) const;
    void addFederated(const Role& role, std::vector<Way>& into) const;

    const Population& population_;
    const policy::WorldRules& world_;
    std::unordered_map<std::string, std::vector<const Assignment*>> byRole_;
    std::unordered_map<std::string, std::vector<std::string>> byGroup_, byPerson_;
    std::unordered_map<std::string, const DirectoryGroup*> groups_; // by id
    std::unordered_multimap<std::string, const DirectoryGroup*> groupsByName_;
    std::unordered_map<std::string, const Person*> people_;  // by user name
    std::unordered_map<std::string, Sent> sent_;             // by provider
    std::unordered_map<std::string, std::vector<Way>> ways_; // by role
};

} // namespace gw::estate
