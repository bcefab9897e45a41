#include "models/estate/reach.h"

#include "models/estate/reach/routes.h"
#include "models/estate/reach/what.h"

#include <algorithm>
#include <array>
#include <list>
#include <set>

namespace gw::estate {

using policy::Decision;

std::string_view stepKindName(StepKind kind) {
    static constexpr auto names = std::to_array<std::string_view>({"group", "claim", "provider", "assume", "session", "policy"});
    return names[static_cast<std::size_t>(kind)];
}

std::string_view reachKindName(ReachKind kind) {
    static constexpr auto names = std::to_array<std::string_view>({"role", "user", "group", "federated", "service", "anyone"});
    return names[static_cast<std::size_t>(kind)];
}

std::optional<From> From::parse(std::string_view text) {
    const auto after = [&](std::string_view prefix) { return std::string(text.substr(prefix.size())); };
    const auto made = [](Kind kind, std::string name) {
        return name.empty() ? std::nullopt : std::optional<From>({kind, std::move(name)});
    };
    if (text.starts_with("group:")) return made(Kind::Group, after("group:"));
    if (text.starts_with("person:")) return made(Kind::Person, after("person:"));
    std::string arn = text.starts_with("role:") ? after("role:") : text.starts_with("user:") ? after("user:") : std::string(text);
    const auto principal = policy::Principal::parse(arn);
    if (!principal) return std::nullopt;
    switch (principal->kind()) {
    case policy::PrincipalKind::Role:
    case policy::PrincipalKind::RoleSession:
        return made(Kind::Role, std::move(arn));
    case policy::PrincipalKind::User:
        return made(Kind::User, std::move(arn));
    default:
        return std::nullopt;
    }
}

struct Reach::State {
    State(const Estate& estate, policy::WorldRules rules)
        : world(std::move(rules)), population(estate), chains(population, world), ways(population, world),
          subjects(population, world.catalogue) {}

    [[nodiscard]] const WhoAnswer& who(const std::string& action, const std::string& resource, const Progress& progress);
    [[nodiscard]] const Role* roleOf(const From& from) const;
    [[nodiscard]] bool knows(const From& from) const;
    [[nodiscard]] bool isFrom(const WhoRow& row, const From& from) const;
    [[nodiscard]] std::vector<Beginning> beginningsOf(const From& from, GapSet& unknown);
    [[nodiscard]] bool isInGroup(const User& user, const std::string& group) const {
        return std::find(user.groups.begin(), user.groups.end(), group) != user.groups.end();
    }

    policy::WorldRules world;
    Population population;
    Chains chains;
    Ways ways;
    Subjects subjects;
    static constexpr std::size_t kept = 32;
    std::list<std::pair<std::pair<std::string, std::string>, WhoAnswer>> answers; // the newest first
};

const WhoAnswer& Reach::State::who(const std::string& action, const std::string& resource, const Progress& progress) {
    const std::pair key(foldedAscii(action), resource);
    for (auto each = answers.begin(); each != answers.end(); ++each)
        if (each->first == key) {
            answers.splice(answers.begin(), answers, each);
            return answers.front().second;
        }
    // What was not finished is not kept for others.
    if (!answers.empty() && !answers.front().second.complete) answers.pop_front();
    answers.emplace_front(key, whoCanAll(population, world, chains, ways, action, resource, progress));
    if (!answers.front().second.complete) answers.front().first = {};
    if (answers.size() > kept) answers.pop_back();
    return answers.front().second;
}

const Role* Reach::State::roleOf(const From& from) const {
    const Estate& estate = population.estate();
    const auto principal = policy::Principal::parse(from.name);
    if (!principal) return nullptr;
    if (const Role* exact = estate.role(from.name)) return exact;
    return principal->kind() == policy::PrincipalKind::RoleSession ? estate.role(principal->account(), principal->name())
                                                                   : nullptr;
}

bool Reach::State::knows(const From& from) const {
    const auto& users = population.estate().users();
    switch (from.kind) {
    case From::Kind::Role:
        return roleOf(from) != nullptr;
    case From::Kind::User:
        return population.find(from.name).has_value();
    case From::Kind::Group: {
        const auto& groups = population.estate().groups();
        return !ways.groupsCalled(from.name).empty() ||
               std::any_of(groups.begin(), groups.end(), [&](const Group& each) { return each.name == from.name; });
    }
    case From::Kind::Person:
        return ways.knowsPerson(from.name) ||
               std::any_of(users.begin(), users.end(), [&](const User& each) { return each.name == from.name; });
    }
    return false;
}

bool Reach::State::isFrom(const WhoRow& row, const From& from) const {
    switch (from.kind) {
    case From::Kind::Role:
        if (const Role* role = roleOf(from)) return row.row.principal == role->arn;
        return row.row.principal == from.name;
    case From::Kind::User:
        return row.row.principal == from.name;
    case From::Kind::Group: {
        const auto groups = ways.groupsCalled(from.name);
        if (!groups.empty()) return !row.group.empty() && groups.contains(row.group);
        return row.user != nullptr && isInGroup(*row.user, from.name);
    }
    case From::Kind::Person:
        if (row.person == from.name && !row.person.empty()) return true;
        if (row.user != nullptr) return row.user->name == from.name;
        return !row.group.empty() && ways.groupsOf(from.name).contains(row.group);
    }
    return false;
}

std::vector<Beginning> Reach::State::beginningsOf(const From& from, GapSet& unknown) {
    std::vector<Beginning> all;
    const Estate& estate = population.estate();
    const auto add = [&](std::string_view arn) {
        if (const auto id = population.find(arn)) all.push_back({*id, Decision::Allowed, {}, {}});
    };
    const auto addWays = [&](const std::vector<std::string>& roles, auto fits) {
        for (const std::string& arn : roles) {
            const Role* role = estate.role(arn);
            const auto id = population.find(arn);
            if (role == nullptr || !id) {
                unknown.add({Missing::Principal, arn, policy::Layer::Identity, std::nullopt});
                continue;
            }
            for (const Way& way : ways.into(*role)) {
                if (!fits(way)) continue;
                unknown.add(way.gaps);
                all.push_back({*id, way.decision, way.dependsOn, way.steps});
            }
        }
    };
    const auto addGroups = [&](const std::set<std::string, std::less<>>& groups) {
        for (const std::string& group : groups)
            addWays(ways.assignedTo(group), [&](const Way& way) { return way.group == group; });
    };
    switch (from.kind) {
    case From::Kind::Role:
        if (const Role* role = roleOf(from)) add(role->arn);
        break;
    case From::Kind::User:
        add(from.name);
        break;
    case From::Kind::Group: {
        const auto groups = ways.groupsCalled(from.name);
        addGroups(groups);
        if (groups.empty())
            for (const User& each : estate.users())
                if (isInGroup(each, from.name)) add(each.arn);
        break;
    }
    case From::Kind::Person:
        addGroups(ways.groupsOf(from.name));
        addWays(ways.assignedToPerson(from.name), [&](const Way& way) { return way.person == from.name; });
        for (const User& each : estate.users())
            if (each.name == from.name) add(each.arn);
    }
    return all;
}

Reach::Reach(const Estate& estate, policy::WorldRules world) : state_(std::make_unique<State>(estate, std::move(world))) {}
Reach::~Reach() = default;
Reach::Reach(Reach&&) noexcept = default;

std::vector<std::string> Reach::resourcesCalled(std::string_view text) const {
    if (text.empty()) return {};
    if (text == "*" || text.starts_with("arn:")) return {std::string(text)};
    std::vector<std::string> arns;
    for (const Resource* each : routesCalled(state_->population.estate(), text)) arns.push_back(each->arn);
    return arns;
}

Reach::Who Reach::whoCan(const std::string& action, const std::string& resource, const std::optional<From>& from,
                         const Progress& progress) {
    const WhoAnswer& all = state_->who(action, resource, progress);
    Who who;
    who.summary.checked = all.checked;
    who.summary.unknown = all.unknown;
    who.known = !from || state_->knows(*from);
    if (!from) who.rows.reserve(all.rows.size());
    for (const WhoRow& each : all.rows) {
        if (from && !state_->isFrom(each, *from)) continue;
        who.rows.push_back(each.row);
        ++(each.row.decision == Decision::Allowed ? who.summary.allowed : who.summary.depends);
    }
    if (!who.known) who.summary.unknown.push_back({Missing::Principal, from->name, policy::Layer::Identity, std::nullopt});
    return who;
}

Reach::What Reach::whatCan(const From& from, const std::string& action, const Progress& progress) {
    What what;
    what.known = state_->knows(from);
    GapSet unknown;
    if (!what.known) unknown.add({Missing::Principal, from.name, policy::Layer::Identity, std::nullopt});
    const auto beginnings = state_->beginningsOf(from, unknown);
    WhatAnswer answer =
        whatCanAll(state_->population, state_->world, state_->chains, state_->subjects, beginnings, action, unknown, progress);
    what.rows = std::move(answer.rows);
    what.summary.checked = answer.checked;
    for (const WhatCan& each : what.rows) ++(each.decision == Decision::Allowed ? what.summary.allowed : what.summary.depends);
    what.summary.unknown = unknown.take();
    return what;
}

} // namespace gw::estate
