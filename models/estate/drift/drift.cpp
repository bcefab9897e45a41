#include "models/estate/drift.h"

#include "models/estate/drift/sides.h"
#include "models/estate/drift/words.h"
#include "models/estate/question_parts.h"
#include "models/estate/reach/routes.h"
#include "models/policy/answer.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <array>
#include <map>
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

std::size_t DriftReport::count(DriftDirection direction) const {
    return static_cast<std::size_t>(std::count_if(
        drifts.begin(), drifts.end(), [&](const Drift& each) { return each.direction == direction && !each.isAccepted(); }));
}

namespace {

using policy::Decision;

// Estates are told how far it is after so many objects.
constexpr std::size_t toldEvery = 64;

std::set<std::pair<Missing, std::string>> keysOf(const std::vector<Gap>& gaps) {
    std::set<std::pair<Missing, std::string>> keys;
    for (const Gap& each : gaps) keys.emplace(each.what, each.object);
    return keys;
}

class DriftSearch {
public:
    DriftSearch(const Sides& sides, const Progress& progress, DriftBounds bounds)
        : sides_(sides), progress_(progress), bounds_(bounds), accounts_(sides) {}

    DriftReport run() {
        const auto done = [&](double part) {
            report_.complete = report_.complete && (!progress_ || progress_(part));
            return !report_.complete;
        };
        if (done(0)) return std::move(report_);
        from_ = 0, to_ = 0.7;
        roles();
        if (done(0.7)) return finish();
        from_ = 0.7, to_ = 0.8;
        users();
        if (done(0.8)) return finish();
        from_ = 0.8, to_ = 0.9;
        resources();
        if (done(0.9)) return finish();
        if (!bounds_.isPart) {
            assignments();
            memberships();
        }
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
        std::size_t step = 0;
        for (const T& each : after) {
            const double part = from_ + (to_ - from_) * static_cast<double>(step) / static_cast<double>(after.size());
            if (step++ % toldEvery == 0 && progress_ && !progress_(part)) {
                report_.complete = false;
                return;
            }
            const T* const other = find(sides_.before, each);
            if (other == nullptr && bounds_.isPart) continue;
            ++report_.compared;
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
        if (bounds_.isPart)
            for (Question* each : {&one, &other}) {
                each->policies.scp.reset();
                each->policies.rcp.reset();
                std::erase_if(each->gaps, [](const Gap& gap) { return gap.layer == policy::Layer::Scp || gap.layer == policy::Layer::Rcp; });
            }
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
        const policy::DiffBounds most{.trials = 200'000, .changes = 4 * bounds_.perObject};
        const policy::AccessDiff diff = policy::compareAccess(one.policies, other.policies, *who, sides_.world.catalogue, most);
        report_.exhaustive = report_.exhaustive && diff.exhaustive;
        const auto add = [&](const std::vector<policy::AccessChange>& changes, DriftDirection direction) {
            std::set<std::pair<std::string, std::string>> told; // action and resource
            std::set<std::string> actions, real; // seen; those of which the organization's own resources are told
            for (const policy::AccessChange& each : changes) {
                if (real.contains(each.request.action)) continue;
                // A resource that no policy names says less than one that is named, or than all of them.
                const bool known = !actions.insert(each.request.action).second;
                if (known && each.request.resource.ends_with(":other/other")) continue;
                std::vector<std::string> resources = resourcesLike(each, direction, one, other);
                if (resources.empty())
                    resources.push_back(resourceOf(each, sides_.world, one, other));
                else
                    real.insert(each.request.action);
                for (const std::string& resource : resources) {
                    std::string action = actionOf(each, sides_.world.catalogue, one, other);
                    if (!told.emplace(foldedAscii(action), resource).second) continue;
                    if (told.size() > bounds_.perObject) {
                        report_.exhaustive = false;
                        return;
                    }
                    Drift drift;
                    drift.direction = direction;
                    drift.cause = cause;
                    drift.principal = drift.object = after.arn;
                    drift.action = std::move(action);
                    drift.resource = resource;
                    drift.before = each.before;
                    drift.after = each.after;
                    for (const auto& entry : each.request.context.entries())
                        if (entry.value) drift.context.emplace_back(entry.key.written(), entry.value->values);
                    drift.source = direction == DriftDirection::Gained ? after.source : before.source;
                    sides_.tellPeople(after.arn, drift);
                    report_.drifts.push_back(std::move(drift));
                }
            }
        };
        add(diff.gained, DriftDirection::Gained);
        add(diff.lost, DriftDirection::Lost);
    }

    // What the organization has of what a witness stands for, such as its routes, where that changes in the same way: the
    // witness itself may be an example that nobody has.
    [[nodiscard]] std::vector<std::string> resourcesLike(const policy::AccessChange& change, DriftDirection direction, const Question& one,
                                                         const Question& other) {
        constexpr std::size_t mostAsked = 200;
        std::vector<std::string> real;
        const auto parts = policy::ArnParts::split(change.request.resource);
        if (!parts) return real;
        const auto& known = resourcesOf(direction == DriftDirection::Gained ? sides_.after : sides_.before, std::string(parts->service));
        if (known.size() > mostAsked) return real;
        policy::WorldRules closed = sides_.world;
        closed.complete = true;
        for (const std::string& each : known) {
            policy::Request request = change.request;
            request.resource = each;
            const auto is = [&](const Question& side, policy::Decision decision) {
                return policy::answer(request, closed, side.policies).decision == decision;
            };
            if (is(one, change.before) && is(other, change.after)) real.push_back(each);
        }
        return real;
    }

    [[nodiscard]] const std::vector<std::string>& resourcesOf(const Estate& estate, const std::string& service) {
        auto& byService = resources_[&estate];
        if (byService.empty())
            for (const Resource& each : estate.resources())
                if (const auto parts = policy::ArnParts::split(each.arn)) byService[std::string(parts->service)].push_back(requestedArn(each.arn));
        return byService[service];
    }

    void roles() {
        compareAll(
            sides_.before.roles(), sides_.after.roles(),
            [this](const Estate& in, const Role& each) {
                const Role* found = in.role(each.arn);
                return found == nullptr && bounds_.isPart ? in.role(each.account, each.name) : found;
            },
            [&](const Role& a, const Role& b) {
                const bool policies = samePolicies(sides_.before, a.policies, sides_.after, b.policies);
                const bool trust = a.trust.has_value() == b.trust.has_value() && (!a.trust || sameText(*a.trust, *b.trust));
                if (!policies || !sameOrganization(b.account))
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

    [[nodiscard]] bool sameOrganization(const std::string& account) { return bounds_.isPart || accounts_.holds(account); }

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
                if (!policies || !sameOrganization(b.account))
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
            std::set<std::string_view> inactive;
            for (const Person& each : in.people())
                if (!each.active) inactive.insert(each.userName);
            for (const Assignment& each : in.assignments())
                if (each.person.empty() || !inactive.contains(each.person))
                    keys.emplace(Key{each.group.empty() ? "person:" + each.person : "group:" + holders.nameOf(each.group),
                                     each.role, each.provider},
                                 &each);
            return keys;
        };
        const auto one = all(sides_.before, sides_.holdersBefore), other = all(sides_.after, sides_.holdersAfter);
        const auto isSilent = [](const Estate& in) {
            return in.assignments().empty() && in.directoryGroups().empty() && in.people().empty();
        };
        const auto add = [&](const auto& has, const auto& lacks, DriftDirection direction, const Holders& holders) {
            // A side that tells of no directory says of nobody that he has nothing.
            const bool silent = isSilent(direction == DriftDirection::Gained ? sides_.before : sides_.after);
            for (const auto& [key, assignment] : has) {
                if (lacks.contains(key)) continue;
                if (silent) {
                    const bool group = !assignment->group.empty();
                    Gap gap{group ? Missing::Group : Missing::Principal,
                            group ? holders.nameOf(assignment->group) : assignment->person, policy::Layer::Trust, std::nullopt};
                    if (told_.emplace(gap.what, gap.object).second) report_.unknown.push_back(std::move(gap));
                    continue;
                }
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
    DriftBounds bounds_;
    double from_ = 0, to_ = 1; // of the progress, of what is compared now
    AccountSameness accounts_;
    std::set<std::pair<Missing, std::string>> told_;
    std::map<const Estate*, std::map<std::string, std::vector<std::string>>> resources_; // by service, as requests name them
    DriftReport report_;
};

} // namespace

DriftReport driftBetween(const Estate& baseline, const Estate& live, const policy::WorldRules& world, const Progress& progress,
                         DriftBounds bounds) {
    const Sides sides(baseline, live, world);
    return DriftSearch(sides, progress, bounds).run();
}

} // namespace gw::estate
