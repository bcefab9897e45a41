#include "models/estate/drift.h"

#include "models/estate/drift/sides.h"
#include "models/estate/question_parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_map>

namespace gw::estate {

std::string_view driftDirectionName(DriftDirection direction) {
    return direction == DriftDirection::Gained ? "gained" : "lost";
}

std::string_view driftCauseName(DriftCause cause) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"permissions", "organization", "trust", "resource-policy", "assignment", "membership", "existence"});
    return names[static_cast<std::size_t>(cause)];
}

namespace {

using policy::Decision;

std::set<std::pair<Missing, std::string>> keysOf(const std::vector<Gap>& gaps) {
    std::set<std::pair<Missing, std::string>> keys;
    for (const Gap& each : gaps) keys.emplace(each.what, each.object);
    return keys;
}

class DriftSearch {
public:
    DriftSearch(const Sides& sides, const Progress& progress, std::size_t perObject)
        : sides_(sides), progress_(progress), perObject_(perObject), accounts_(sides) {}

    DriftReport run() {
        const auto done = [&](double part) {
            report_.complete = report_.complete && (!progress_ || progress_(part));
            return !report_.complete;
        };
        if (done(0)) return std::move(report_);
        roles();
        if (done(0.7)) return finish();
        users();
        resources();
        if (done(0.9)) return finish();
        assignments();
        memberships();
        done(1);
        return finish();
    }

private:
    DriftReport finish() {
        const auto order = [](const Drift& a) { return std::tie(a.direction, a.object, a.principal, a.action, a.resource); };
        std::stable_sort(report_.drifts.begin(), report_.drifts.end(),
                         [&](const Drift& a, const Drift& b) { return order(a) < order(b); });
        return std::move(report_);
    }

    void cameOrWent(DriftDirection direction, const Object& object, bool principal) {
        Drift drift;
        drift.direction = direction;
        drift.cause = DriftCause::Existence;
        if (principal) drift.principal = object.arn;
        drift.object = object.arn;
        drift.source = object.source;
        if (principal) sides_.tellPeople(object.arn, drift);
        report_.drifts.push_back(std::move(drift));
        ++report_.changed;
    }

    template <class T>
    void compareAll(const std::vector<T>& before, const std::vector<T>& after, auto find, auto compare, bool principals) {
        for (const T& each : after) {
            if (progress_ && ++steps_ % 4096 == 0 && !progress_(0.05)) {
                report_.complete = false;
                return;
            }
            ++report_.compared;
            const T* const other = find(sides_.before, each);
            if (other == nullptr)
                cameOrWent(DriftDirection::Gained, each, principals);
            else
                compare(*other, each);
        }
        for (const T& each : before)
            if (find(sides_.after, each) == nullptr) cameOrWent(DriftDirection::Lost, each, principals);
    }

    void principal(const Object& before, const Object& after, DriftCause cause) {
        ++report_.changed;
        Question one, other;
        auto who = policy::Principal::parse(after.arn);
        if (!who) return;
        one.request.principal = other.request.principal = *who;
        addPrincipalPolicies(sides_.before, one);
        addPrincipalPolicies(sides_.after, other);
        // What only one side knows is no change of access.
        const auto here = keysOf(one.gaps), there = keysOf(other.gaps);
        if (here != there) {
            for (const auto& gaps : {one.gaps, other.gaps})
                for (const Gap& each : gaps) {
                    const std::pair key(each.what, each.object);
                    if (here.contains(key) != there.contains(key) && told_.insert(key).second) report_.unknown.push_back(each);
                }
            return;
        }
        const policy::DiffBounds bounds{.trials = 200'000, .changes = 4 * perObject_};
        const policy::AccessDiff diff = policy::compareAccess(one.policies, other.policies, *who, sides_.world.catalogue, bounds);
        report_.exhaustive = report_.exhaustive && diff.exhaustive;
        const auto add = [&](const std::vector<policy::AccessChange>& changes, DriftDirection direction) {
            std::set<std::string> actions;
            std::size_t told = 0;
            for (const policy::AccessChange& each : changes) {
                // A resource that no policy names says less than one that is named, or than all of them.
                const bool known = !actions.insert(each.request.action).second;
                if (known && each.request.resource.ends_with(":other/other")) continue;
                if (told == perObject_) {
                    report_.exhaustive = false;
                    break;
                }
                ++told;
                Drift drift;
                drift.direction = direction;
                drift.cause = cause;
                drift.principal = drift.object = after.arn;
                drift.action = each.request.action;
                drift.resource = each.request.resource;
                drift.before = each.before;
                drift.after = each.after;
                for (const auto& entry : each.request.context.entries())
                    if (entry.value) drift.context.emplace_back(entry.key.written(), entry.value->values);
                drift.source = direction == DriftDirection::Gained ? after.source : before.source;
                sides_.tellPeople(after.arn, drift);
                report_.drifts.push_back(std::move(drift));
            }
        };
        add(diff.gained, DriftDirection::Gained);
        add(diff.lost, DriftDirection::Lost);
    }

    void roles() {
        compareAll(
            sides_.before.roles(), sides_.after.roles(), [](const Estate& in, const Role& each) { return in.role(each.arn); },
            [&](const Role& a, const Role& b) {
                const bool policies = samePolicies(sides_.before, a.policies, sides_.after, b.policies);
                const bool trust = a.trust.has_value() == b.trust.has_value() && (!a.trust || sameText(*a.trust, *b.trust));
                if (!policies || !accounts_.holds(b.account))
                    principal(a, b, policies ? DriftCause::Organization : DriftCause::Permissions);
                if (trust) return;
                if (policies) ++report_.changed;
                if (a.trust && b.trust)
                    compareTrust(sides_, a, b, report_);
                else
                    report_.unknown.push_back({Missing::TrustPolicy, b.arn, policy::Layer::Trust, std::nullopt});
            },
            true);
    }

    // Of the groups of a user, too.
    [[nodiscard]] bool sameGroups(const User& a, const User& b) const {
        if (std::set<std::string>(a.groups.begin(), a.groups.end()) != std::set<std::string>(b.groups.begin(), b.groups.end()))
            return false;
        return std::all_of(a.groups.begin(), a.groups.end(), [&](const std::string& each) {
            const Group* one = sides_.before.group(a.account, each);
            const Group* other = sides_.after.group(b.account, each);
            if (one == nullptr || other == nullptr) return one == other;
            return samePolicies(sides_.before, one->policies, sides_.after, other->policies);
        });
    }

    void users() {
        compareAll(
            sides_.before.users(), sides_.after.users(),
            [](const Estate& in, const User& each) {
                const User* found = in.user(each.account, each.name);
                return found != nullptr && found->arn == each.arn ? found : nullptr;
            },
            [&](const User& a, const User& b) {
                const bool policies = samePolicies(sides_.before, a.policies, sides_.after, b.policies) && sameGroups(a, b);
                if (!policies || !accounts_.holds(b.account))
                    principal(a, b, policies ? DriftCause::Organization : DriftCause::Permissions);
            },
            true);
    }

    void resources() {
        std::unordered_map<std::string_view, const Resource*> one, other;
        for (const Resource& each : sides_.before.resources()) one.emplace(each.arn, &each);
        for (const Resource& each : sides_.after.resources()) other.emplace(each.arn, &each);
        compareAll(
            sides_.before.resources(), sides_.after.resources(),
            [&](const Estate& in, const Resource& each) -> const Resource* {
                const auto& index = &in == &sides_.before ? one : other;
                const auto found = index.find(each.arn);
                return found == index.end() ? nullptr : found->second;
            },
            [&](const Resource& a, const Resource& b) {
                const bool same = a.policy.has_value() == b.policy.has_value() && (!a.policy || sameText(*a.policy, *b.policy));
                if (a.policyKnown != b.policyKnown) {
                    report_.unknown.push_back({Missing::ResourcePolicy, b.arn, policy::Layer::Resource, std::nullopt});
                } else if (!same) {
                    ++report_.changed;
                    compareResource(sides_, a, b, report_);
                }
            },
            false);
    }

    void assignments() {
        using Key = std::tuple<std::string, std::string, std::string>; // who, role, provider
        const auto all = [](const Estate& in, const Holders& holders) {
            std::map<Key, const Assignment*> keys;
            for (const Assignment& each : in.assignments())
                keys.emplace(Key{each.group.empty() ? "person:" + each.person : "group:" + holders.nameOf(each.group), each.role,
                                 each.provider},
                             &each);
            return keys;
        };
        const auto one = all(sides_.before, sides_.holdersBefore), other = all(sides_.after, sides_.holdersAfter);
        const auto add = [&](const auto& has, const auto& lacks, DriftDirection direction, const Holders& holders) {
            for (const auto& [key, assignment] : has) {
                if (lacks.contains(key)) continue;
                Drift drift;
                drift.direction = direction;
                drift.cause = DriftCause::Assignment;
                drift.principal = std::get<0>(key);
                drift.object = drift.resource = std::get<1>(key);
                drift.action = "sts:AssumeRoleWithSAML";
                drift.source = assignment->source;
                if (!assignment->group.empty()) {
                    drift.groups = {holders.nameOf(assignment->group)};
                    drift.people = holders.sizeOf(assignment->group);
                } else {
                    drift.people = 1;
                }
                report_.drifts.push_back(std::move(drift));
            }
        };
        add(other, one, DriftDirection::Gained, sides_.holdersAfter);
        add(one, other, DriftDirection::Lost, sides_.holdersBefore);
    }

    void memberships() {
        std::unordered_map<std::string_view, const DirectoryGroup*> before;
        std::set<std::string_view> assigned;
        for (const Estate* side : {&sides_.before, &sides_.after})
            for (const Assignment& each : side->assignments()) assigned.insert(each.group);
        for (const DirectoryGroup& each : sides_.before.directoryGroups()) before.emplace(each.id, &each);
        std::unordered_map<std::string_view, std::string_view> names;
        for (const Estate* side : {&sides_.after, &sides_.before})
            for (const Person& each : side->people()) names.emplace(each.id, each.userName);
        const auto add = [&](const DirectoryGroup& has, const DirectoryGroup& lacks, DriftDirection direction) {
            const std::set<std::string_view> known(lacks.members.begin(), lacks.members.end());
            for (const std::string& each : has.members) {
                if (known.contains(each)) continue;
                Drift drift;
                drift.direction = direction;
                drift.cause = DriftCause::Membership;
                const auto name = names.find(each);
                drift.principal = "person:" + (name == names.end() ? each : std::string(name->second));
                drift.object = "group:" + has.name;
                drift.groups = {has.name};
                drift.people = 1;
                drift.source = has.source;
                report_.drifts.push_back(std::move(drift));
            }
        };
        for (const DirectoryGroup& each : sides_.after.directoryGroups()) {
            const auto other = before.find(each.id);
            if (other == before.end() || !each.membersKnown || !other->second->membersKnown) continue;
            if (each.members == other->second->members || (!assigned.contains(each.id) && !assigned.contains(each.name)))
                continue;
            add(each, *other->second, DriftDirection::Gained);
            add(*other->second, each, DriftDirection::Lost);
        }
    }

    const Sides& sides_;
    const Progress& progress_;
    std::size_t perObject_;
    AccountSameness accounts_;
    std::set<std::pair<Missing, std::string>> told_;
    std::size_t steps_ = 0;
    DriftReport report_;
};

} // namespace

DriftReport driftBetween(const Estate& baseline, const Estate& live, const policy::WorldRules& world, const Progress& progress,
                         std::size_t perObject) {
    const Sides sides(baseline, live, world);
    return DriftSearch(sides, progress, perObject).run();
}

} // namespace gw::estate
