#include "models/estate/drift/sides.h"

#include <algorithm>
#include <set>

namespace gw::estate {

Holders::Holders(const Estate& estate) {
    for (const DirectoryGroup& each : estate.directoryGroups()) groups_.emplace(each.id, &each);
    std::set<std::string_view> inactive;
    for (const Person& each : estate.people())
        if (!each.active) inactive.insert(each.userName);
    for (const Assignment& each : estate.assignments())
        if (each.person.empty() || !inactive.contains(each.person)) byRole_[each.role].push_back(&each);
}

std::string Holders::nameOf(const std::string& group) const {
    const auto known = groups_.find(group);
    return known == groups_.end() || known->second->name.empty() ? group : known->second->name;
}

std::optional<std::uint64_t> Holders::sizeOf(const std::string& group) const {
    const auto known = groups_.find(group);
    if (known == groups_.end() || !known->second->membersKnown) return std::nullopt;
    return known->second->members.size();
}

void Holders::tell(const std::string& role, Drift& into) const {
    const auto known = byRole_.find(role);
    if (known == byRole_.end()) return;
    std::set<std::string> names, people;
    bool all = true;
    for (const Assignment* each : known->second) {
        if (!each->person.empty()) people.insert("person:" + each->person);
        if (each->group.empty()) continue;
        names.insert(nameOf(each->group));
        const auto group = groups_.find(each->group);
        all = all && group != groups_.end() && group->second->membersKnown;
        if (group != groups_.end()) people.insert(group->second->members.begin(), group->second->members.end());
    }
    into.groups.assign(names.begin(), names.end());
    if (all) into.people = people.size();
}

bool sameText(const PolicyDocument& a, const PolicyDocument& b) {
    return a.known == b.known && a.text == b.text;
}

namespace {

bool sameManaged(const Estate& before, const std::string& a, const Estate& after, const std::string& b) {
    if (a.empty() || b.empty()) return a == b;
    const ManagedPolicy* one = before.managedPolicy(a);
    const ManagedPolicy* other = after.managedPolicy(b);
    if (one == nullptr || other == nullptr) return one == nullptr && other == nullptr && a == b;
    return sameText(one->document, other->document);
}

} // namespace

bool samePolicies(const Estate& before, const IdentityPolicies& a, const Estate& after, const IdentityPolicies& b) {
    if (a.known != b.known || a.inlinePolicies.size() != b.inlinePolicies.size() || a.attached.size() != b.attached.size() ||
        !sameManaged(before, a.boundary, after, b.boundary))
        return false;
    // Their order says nothing.
    std::multiset<std::string_view> one, other;
    for (const PolicyDocument& each : a.inlinePolicies) one.insert(each.text);
    for (const PolicyDocument& each : b.inlinePolicies) other.insert(each.text);
    if (one != other) return false;
    const std::set<std::string_view> attachedThere(b.attached.begin(), b.attached.end());
    return std::all_of(a.attached.begin(), a.attached.end(), [&](const std::string& each) {
        return attachedThere.contains(each) && sameManaged(before, each, after, each);
    });
}

bool AccountSameness::holds(const std::string& account) {
    const auto [known, fresh] = known_.try_emplace(account, true);
    if (!fresh) return known->second;
    std::vector<Gap> gaps;
    const auto one = sides_.before.levelsFor(account, false, gaps);
    const auto other = sides_.after.levelsFor(account, false, gaps);
    const auto texts = [](const std::optional<Estate::Levels>& levels) {
        std::vector<std::multiset<std::string>> all;
        if (!levels) return all;
        for (const auto& level : levels->policies) {
            auto& into = all.emplace_back();
            for (const ControlPolicy* each : level) into.insert(each->document.text);
        }
        return all;
    };
    known->second = one.has_value() == other.has_value() && texts(one) == texts(other);
    return known->second;
}

} // namespace gw::estate
