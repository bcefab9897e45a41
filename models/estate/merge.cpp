#include "models/estate/readers/reading.h"

#include <unordered_map>

namespace gw::estate {
namespace {

bool isNewer(const Source& a, const Source& b) {
    if (a.file == nullptr || b.file == nullptr) return a.file != nullptr;
    // Without times, what was read later.
    return !a.file->modified || !b.file->modified || *a.file->modified >= *b.file->modified;
}

bool sameText(const std::optional<PolicyDocument>& a, const std::optional<PolicyDocument>& b) {
    return a.has_value() == b.has_value() && (!a || a->text == b->text);
}

bool same(const IdentityPolicies& a, const IdentityPolicies& b) {
    if (a.attached != b.attached || a.boundary != b.boundary || a.inlinePolicies.size() != b.inlinePolicies.size()) return false;
    for (std::size_t i = 0; i < a.inlinePolicies.size(); ++i)
        if (a.inlinePolicies[i].name != b.inlinePolicies[i].name || a.inlinePolicies[i].text != b.inlinePolicies[i].text)
            return false;
    return true;
}

template <class T>
void take(T& into, T& from) {
    if (into == T()) into = std::move(from);
}

// Each takes what `into`, the newer, lacks; and says whether the two contradict each other.
bool join(Account& into, Account& from) {
    take(into.name, from.name);
    take(into.arn, from.arn);
    return false;
}
bool join(OrganizationalUnit& into, OrganizationalUnit& from) {
    take(into.name, from.name);
    take(into.parent, from.parent);
    return false;
}
bool join(Role& into, Role& from) {
    const bool bothKnown = into.policies.known && from.policies.known;
    const bool differ =
        (bothKnown && !same(into.policies, from.policies)) ||
        (into.trust && from.trust && into.trust->quoted == from.trust->quoted && into.trust->text != from.trust->text);
    if (!into.policies.known && from.policies.known) into.policies = std::move(from.policies);
    if (!into.trust) into.trust = std::move(from.trust);
    if (!into.maxSessionSeconds) into.maxSessionSeconds = from.maxSessionSeconds;
    take(into.tags, from.tags);
    take(into.lastUsed, from.lastUsed);
    return differ;
}
bool join(User& into, User& from) {
    return !same(into.policies, from.policies) || into.groups != from.groups;
}
bool join(Group& into, Group& from) {
    return !same(into.policies, from.policies);
}
bool join(ManagedPolicy& into, ManagedPolicy& from) {
    const bool differ = into.document.known && from.document.known && into.document.text != from.document.text;
    if (!into.document.known) into.document = std::move(from.document);
    return differ;
}
bool join(ControlPolicy& into, ControlPolicy& from) {
    const bool differ = into.document.known && from.document.known && into.document.text != from.document.text &&
                        from.document.source.file != nullptr;
    take(into.name, from.name);
    take(into.arn, from.arn);
    if (!into.document.known) into.document = std::move(from.document);
    return differ;
}
bool join(SamlProvider& into, SamlProvider& from) {
    take(into.validUntil, from.validUntil);
    return false;
}
bool join(Resource& into, Resource& from) {
    const bool differ = into.policyKnown && from.policyKnown && !sameText(into.policy, from.policy);
    if (!into.policyKnown && from.policyKnown) {
        into.policy = std::move(from.policy);
        into.policyKnown = true;
    }
    return differ;
}

template <class T, class Key>
void mergeList(std::vector<T>& list, Key key, std::vector<Error>& problems) {
    std::unordered_map<std::string, std::size_t> places;
    std::vector<T> kept;
    kept.reserve(list.size());
    for (T& each : list) {
        const auto [place, fresh] = places.emplace(key(each), kept.size());
        if (fresh) {
            kept.push_back(std::move(each));
            continue;
        }
        T& known = kept[place->second];
        const bool newer = isNewer(each.source, known.source);
        T older = newer ? std::move(known) : std::move(each);
        if (newer) known = std::move(each);
        const Source other = older.source;
        if (!join(known, older) || other.file == nullptr || known.source.file == nullptr) continue;
        problems.push_back(Error(EstateError::Conflict)
                               .with("file", other.file->path)
                               .with("pointer", other.pointer)
                               .with("line", std::to_string(other.position.line))
                               .with("column", std::to_string(other.position.column))
                               .with("object", place->first)
                               .with("expected", known.source.file->path));
    }
    list = std::move(kept);
}

} // namespace

void mergeSame(EstateParts& parts) {
    const auto byArn = [](const Object& each) { return each.arn; };
    mergeList(
        parts.accounts, [](const Account& each) { return each.account; }, parts.problems);
    mergeList(
        parts.units, [](const OrganizationalUnit& each) { return each.id; }, parts.problems);
    mergeList(parts.roles, byArn, parts.problems);
    mergeList(parts.users, byArn, parts.problems);
    mergeList(parts.groups, byArn, parts.problems);
    mergeList(parts.managedPolicies, byArn, parts.problems);
    mergeList(
        parts.controlPolicies, [](const ControlPolicy& each) { return each.id; }, parts.problems);
    mergeList(parts.samlProviders, byArn, parts.problems);
    mergeList(parts.resources, byArn, parts.problems);
    // Accounts of which only the roles and resources are known.
    std::set<std::string, std::less<>> known;
    for (const Account& each : parts.accounts) known.insert(each.account);
    const auto add = [&](const Object& each) {
        if (each.account.size() != 12 || !known.insert(each.account).second) return;
        Account account;
        account.account = each.account;
        account.source = each.source;
        parts.accounts.push_back(std::move(account));
    };
    for (const Role& each : parts.roles) add(each);
    for (const User& each : parts.users) add(each);
    for (const Resource& each : parts.resources) add(each);
}

} // namespace gw::estate
