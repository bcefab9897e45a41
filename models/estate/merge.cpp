#include "models/estate/readers/described.h"

#include <algorithm>
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
    const bool lacking = [&] {
        if constexpr (requires { into.empty(); })
            return into.empty();
        else
            return into == T();
    }();
    if (lacking) into = std::move(from);
}

// Each takes what `into`, the newer, lacks; and says whether the two contradict each other.
void joinCommon(Object& into, Object& from) {
    take(into.name, from.name);
    take(into.account, from.account);
    for (UnknownField& each : from.unknown)
        if (std::none_of(into.unknown.begin(), into.unknown.end(), [&](const UnknownField& one) { return one.name == each.name; }))
            into.unknown.push_back(std::move(each));
}

// What is not known of one is taken from the other; where both are known they must agree.
bool joinPolicies(IdentityPolicies& into, IdentityPolicies& from) {
    const bool differ = into.known && from.known && !same(into, from);
    if (!into.known && from.known) {
        into = std::move(from);
    } else if (!into.known) {
        take(into.inlinePolicies, from.inlinePolicies);
        take(into.attached, from.attached);
        take(into.boundary, from.boundary);
    }
    return differ;
}

bool join(Account& into, Account& from) {
    joinCommon(into, from);
    take(into.arn, from.arn);
    take(into.status, from.status);
    take(into.tags, from.tags);
    return false;
}
bool join(OrganizationalUnit& into, OrganizationalUnit& from) {
    joinCommon(into, from);
    take(into.parent, from.parent);
    return false;
}
bool join(Role& into, Role& from) {
    const bool differ = into.trust && from.trust && into.trust->quoted == from.trust->quoted && into.trust->text != from.trust->text;
    joinCommon(into, from);
    take(into.id, from.id);
    take(into.path, from.path);
    if (!into.trust) into.trust = std::move(from.trust);
    if (!into.maxSessionSeconds) into.maxSessionSeconds = from.maxSessionSeconds;
    take(into.tags, from.tags);
    take(into.description, from.description);
    take(into.created, from.created);
    take(into.lastUsed, from.lastUsed);
    into.lastUsedKnown = into.lastUsedKnown || from.lastUsedKnown;
    return joinPolicies(into.policies, from.policies) || differ;
}
bool join(User& into, User& from) {
    const bool differ = into.policies.known && from.policies.known && into.groups != from.groups;
    joinCommon(into, from);
    take(into.id, from.id);
    take(into.path, from.path);
    take(into.groups, from.groups);
    take(into.tags, from.tags);
    take(into.created, from.created);
    take(into.passwordLastUsed, from.passwordLastUsed);
    return joinPolicies(into.policies, from.policies) || differ;
}
bool join(Group& into, Group& from) {
    joinCommon(into, from);
    take(into.id, from.id);
    take(into.path, from.path);
    return joinPolicies(into.policies, from.policies);
}
bool joinDocuments(PolicyDocument& into, PolicyDocument& from) {
    const bool differ = into.known && from.known && into.text != from.text && from.source.file != nullptr;
    if (!into.known) into = std::move(from);
    return differ;
}
bool join(ManagedPolicy& into, ManagedPolicy& from) {
    joinCommon(into, from);
    return joinDocuments(into.document, from.document);
}
bool join(ControlPolicy& into, ControlPolicy& from) {
    joinCommon(into, from);
    take(into.arn, from.arn);
    return joinDocuments(into.document, from.document);
}
bool join(SamlProvider& into, SamlProvider& from) {
    const bool differ = !into.metadata.empty() && !from.metadata.empty() && into.metadata != from.metadata;
    joinCommon(into, from);
    take(into.validUntil, from.validUntil);
    take(into.created, from.created);
    take(into.metadata, from.metadata);
    take(into.id, from.id);
    take(into.encryption, from.encryption);
    take(into.tags, from.tags);
    return differ;
}
bool join(OidcProvider& into, OidcProvider& from) {
    joinCommon(into, from);
    take(into.url, from.url);
    take(into.clientIds, from.clientIds);
    take(into.tags, from.tags);
    return false;
}
bool join(Resource& into, Resource& from) {
    // Lists and descriptions of one thing hold different members; two answers of one call should not.
    const bool sameCall = into.source.file != nullptr && from.source.file != nullptr &&
                          into.source.file->call == from.source.file->call;
    const bool differ = (into.policyKnown && from.policyKnown && !sameText(into.policy, from.policy)) ||
                        (sameCall && !into.spec.empty() && !from.spec.empty() && into.spec != from.spec);
    if (into.name.empty() || into.name == into.id) into.name = std::move(from.name);
    if (into.name.empty()) into.name = into.id;
    joinCommon(into, from);
    if (into.kind == ResourceKind::Other) into.kind = from.kind;
    for (auto member : {&Resource::id, &Resource::region, &Resource::parent, &Resource::api, &Resource::stage, &Resource::method,
                        &Resource::path})
        take(into.*member, from.*member);
    take(into.authorization, from.authorization);
    for (RoleUse& each : from.roles)
        if (std::find(into.roles.begin(), into.roles.end(), each) == into.roles.end()) into.roles.push_back(std::move(each));
    if (!into.policyKnown && from.policyKnown) {
        into.policy = std::move(from.policy);
        into.policyKnown = true;
    }
    take(into.tags, from.tags);
    into.spec = joinSpecs(std::move(into.spec), from.spec);
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
    mergeList(parts.oidcProviders, byArn, parts.problems);
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
