// Who gets which role: roles that are not there, groups that reach too far, duties that must not meet in one person.
#include "models/estate/review/look.h"

#include "models/estate/in_parallel.h"
#include "models/policy/access_diff.h"
#include "models/policy/lint/check.h"

#include <algorithm>
#include <memory>
#include <mutex>

namespace gw::estate::review {
namespace {

std::string groupObject(const std::string& name) {
    return "group:" + name;
}

void checkMissing(const Look& look, Findings& into) {
    std::map<std::string, std::vector<std::string>> names; // by account
    for (const Role& each : look.estate.roles()) names[each.account].push_back(each.arn);
    const auto check = [&](const std::string& role, const std::string& who, const Source& source) {
        if (look.estate.role(role) != nullptr) return;
        const auto principal = policy::Principal::parse(role);
        const auto known = names.find(principal ? principal->account() : std::string());
        if (known == names.end()) return into.needs(rules::mapRoleMissing, "roles");
        into.add(rules::mapRoleMissing, role, placeOf(source), {{"who", who}, {"nearest", nearest(role, known->second)}}, manual(rules::mapRoleMissing.id));
    };
    for (const Assignment& each : look.estate.assignments()) {
        const DirectoryGroup* group = look.ways.group(each.group);
        check(each.role, each.group.empty() ? each.person : group != nullptr && !group->name.empty() ? group->name : each.group, each.source);
    }
    for (const ObservedResponse& each : look.estate.responses())
        for (const auto& [role, provider] : each.roles) check(role, each.nameId, each.source);
    if (look.estate.assignments().empty() && look.estate.responses().empty()) into.needs(rules::mapRoleMissing, "directory");
}

// Of one group its roles.
struct Group {
    const Mapping* first = nullptr;
    std::vector<std::size_t> roles;
};

std::map<std::string, Group> groupsOf(const Look& look) {
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < look.roles.size(); ++i)
        for (const Mapping& way : look.roles[i].ways) {
            if (way.kind != GranteeKind::Group) continue;
            Group& group = groups[way.groupId.empty() ? way.who : way.groupId];
            if (group.first == nullptr || way.role < group.first->role) group.first = &way;
            if (group.roles.empty() || group.roles.back() != i) group.roles.push_back(i);
        }
    // In whatever order the files tell of them.
    const auto& roles = look.estate.roles();
    for (auto& [id, group] : groups)
        std::sort(group.roles.begin(), group.roles.end(),
                  [&](std::size_t a, std::size_t b) { return roles[a].arn < roles[b].arn; });
    return groups;
}

void checkEnvironments(const Look& look, const Group& group, Findings& into) {
    std::vector<std::string> prod, other;
    for (const std::size_t each : group.roles) {
        const Environment environment = look.roles[each].environment;
        if (environment == Environment::Prod) prod.push_back(look.estate.roles()[each].arn);
        if (environment == Environment::Stage || environment == Environment::Dev) other.push_back(look.estate.roles()[each].arn);
    }
    if (prod.empty() || other.empty()) return;
    into.add(rules::mapGroupMixedEnv, groupObject(group.first->who), placeOf(group.first->source),
             {{"seen", prod.front()}, {"other", other.front()}, {"prod_roles[]", listText(prod)}, {"other_roles[]", listText(other)}},
             manual(rules::mapGroupMixedEnv.id));
}

void checkDuties(const Look& look, Findings& into) {
    if (look.settings.duties.empty()) return into.needs(rules::mapDutyConflict, "map");
    if (look.estate.directoryGroups().empty()) return into.needs(rules::mapDutyConflict, "directory");
    std::map<std::string, std::string> names;
    std::set<std::string> gone;
    for (const Person& each : look.estate.people()) {
        names.emplace(each.id, each.userName);
        if (!each.active) gone.insert(each.id);
    }
    for (const Duties& duties : look.settings.duties) {
        const auto membersOf = [&](const std::vector<std::string>& groups) {
            std::map<std::string, const DirectoryGroup*> members;
            for (const std::string& each : groups) {
                const DirectoryGroup* group = look.ways.group(each);
                if (group == nullptr || !group->membersKnown) {
                    into.needs(rules::mapDutyConflict, "directory");
                    continue;
                }
                for (const std::string& member : group->members)
                    if (!gone.contains(member)) members.emplace(member, group);
            }
            return members;
        };
        const auto requesters = membersOf(duties.requesters), approvers = membersOf(duties.approvers);
        for (const auto& [person, group] : requesters) {
            const auto also = approvers.find(person);
            if (also == approvers.end()) continue;
            const auto named = names.find(person);
            into.add(rules::mapDutyConflict, named == names.end() ? person : named->second, placeOf(group->source),
                     {{"duty", duties.name}, {"requests", group->name}, {"approves", also->second->name}}, manual(rules::mapDutyConflict.id));
        }
    }
}

// Whether every action that the first is given may be one that the second is given, by their words: what fails this is no
// subset, and needs no closer look.
class Words {
public:
    explicit Words(const policy::PolicySet& policies) {
        for (const policy::PolicyRef& each : policies.identity)
            for (const policy::StatementText& statement : each->document().statements()) {
                if (statement.effect == policy::Effect::Deny) continue;
                anything_ = anything_ || statement.notAction;
                for (const policy::Text& action : statement.actions) actions_.push_back(foldedAscii(action.text));
            }
    }
    [[nodiscard]] bool empty() const { return actions_.empty(); }
    [[nodiscard]] bool mayLieIn(const Words& other) const {
        if (other.anything_) return true;
        if (anything_) return false;
        return std::all_of(actions_.begin(), actions_.end(), [&](const std::string& each) {
            return std::any_of(other.actions_.begin(), other.actions_.end(), [&](const std::string& wide) {
                return policy::lint::covers(wide, each) || wide.find_first_of("*?") != std::string::npos;
            });
        });
    }

private:
    std::vector<std::string> actions_;
    bool anything_ = false;
};

class Subsets {
public:
    Subsets(const Look& look, std::mutex& mutex, Findings& into) : look_(look), mutex_(mutex), into_(into), access_(look.estate, look.world) {}

    void operator()(const Group& group) {
        constexpr std::size_t mostRoles = 40, mostPairs = 200;
        constexpr policy::DiffBounds bounds{.trials = 4'000, .changes = 1};
        struct One {
            std::size_t role;
            policy::Reach reach;
            Words words;
        };
        std::vector<One> all;
        for (const std::size_t each : group.roles) {
            if (all.size() == mostRoles) break;
            const Role& role = look_.estate.roles()[each];
            if (look_.roles[each].privilege <= Privilege::None) continue;
            Question& question = access_.of(role);
            if (!question.gaps.empty() && std::any_of(question.gaps.begin(), question.gaps.end(), [](const Gap& gap) { return gap.layer == policy::Layer::Identity; }))
                continue;
            policy::Reach reach{question.request.principal, question.policies, question.request.facts};
            // Both are bound by the same ones.
            reach.policies.scp.reset();
            Words words(reach.policies);
            if (!words.empty()) all.push_back({each, std::move(reach), std::move(words)});
        }
        std::size_t pairs = 0;
        std::set<std::size_t> dropped;
        for (const One& narrow : all) {
            for (const One& wide : all) {
                if (narrow.role == wide.role || dropped.contains(wide.role)) continue;
                const Role &one = look_.estate.roles()[narrow.role], &other = look_.estate.roles()[wide.role];
                if (one.account != other.account || !narrow.words.mayLieIn(wide.words) || ++pairs > mostPairs) continue;
                const policy::SubsetAnswer answer = policy::isSubset(narrow.reach, wide.reach, look_.world.catalogue, bounds);
                if (!answer.holds() || !answer.exhaustive) continue;
                dropped.insert(narrow.role);
                const std::scoped_lock lock(mutex_);
                into_.add(rules::mapSubsumed, one.arn, placeOf(group.first->source),
                          {{"by", other.arn}, {"group", group.first->who}, {"tried", std::to_string(answer.tried)}},
                          plan(rules::mapSubsumed.id, {{"group", group.first->who}, {"role", one.arn}}));
                break;
            }
        }
    }

private:
    const Look& look_;
    std::mutex& mutex_;
    Findings& into_;
    RoleAccess access_;
};

} // namespace

void checkMappings(Look& look, Findings& into) {
    checkMissing(look, into);
    checkDuties(look, into);
    const auto groups = groupsOf(look);
    if (!look.assignmentsKnown) {
        into.needs(rules::mapRoleUnmapped, "directory");
    } else {
        for (std::size_t i = 0; i < look.roles.size(); ++i) {
            const auto& ways = look.roles[i].ways;
            const bool saml = std::any_of(ways.begin(), ways.end(), [](const Mapping& each) {
                return each.kind == GranteeKind::Provider || each.kind == GranteeKind::Claim;
            });
            const bool mapped = std::any_of(ways.begin(), ways.end(), [](const Mapping& each) { return each.kind <= GranteeKind::Person; });
            const Role& role = look.estate.roles()[i];
            if (saml && !mapped)
                into.add(rules::mapRoleUnmapped, role.arn, placeOf(role.trust->source), {{"seen", ways.front().provider}}, plan(rules::mapRoleUnmapped.id));
        }
    }
    if (groups.empty()) {
        into.needs(rules::mapGroupMixedEnv, "directory");
        into.needs(rules::mapSubsumed, "directory");
        return;
    }
    std::vector<const Group*> list;
    for (const auto& [id, group] : groups) {
        checkEnvironments(look, group, into);
        if (group.roles.size() > 1) list.push_back(&group);
    }
    std::mutex mutex;
    inParallel(list.size(), {}, 0, 1, [&] {
        return [&, subsets = std::make_shared<Subsets>(look, mutex, into)](std::size_t i) { (*subsets)(*list[i]); };
    });
}

} // namespace gw::estate::review
