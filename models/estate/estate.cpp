#include "models/estate/estate.h"

#include "models/estate/api_kinds.h"
#include "models/estate/estate_index.h"
#include "models/policy/arn_pattern.h"

#include <set>
#include <string_view>

namespace gw::estate {
namespace {

// Names of roles and users are unique in an account, whatever their case (IAM User Guide, "IAM and AWS STS quotas").
std::string nameKey(std::string_view account, std::string_view name) {
    return std::string(account) + "/" + foldedAscii(name);
}

template <class Index>
auto find(const auto& list, const Index& index, std::string_view key) -> decltype(list.data()) {
    const auto found = index.find(std::string(key));
    return found == index.end() ? nullptr : &list[found->second];
}

std::string escapedToken(std::string_view name) {
    std::string token;
    for (const char each : name) token += each == '~' ? "~0" : each == '/' ? "~1" : std::string(1, each);
    return token;
}

std::string arnWithoutPlace(std::string_view id) {
    return "api:" + std::string(id);
}

// Who cannot sign in any more is nobody's member; of the person the groups are kept.
void leaveOutInactive(EstateParts& parts) {
    std::set<std::string_view> inactive;
    for (const Person& each : parts.people)
        if (!each.active) inactive.insert(each.id);
    if (inactive.empty()) return;
    for (DirectoryGroup& each : parts.directoryGroups)
        std::erase_if(each.members, [&](const std::string& member) { return inactive.contains(member); });
}

} // namespace

Estate::Estate(EstateParts parts) : parts_(std::make_unique<EstateParts>(std::move(parts))), index_(std::make_unique<Index>()) {
    leaveOutInactive(*parts_);
    const auto fill = [](const auto& list, auto& index, auto key) {
        index.reserve(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) index.emplace(key(list[i]), i);
    };
    const auto byArn = [](const Object& each) { return each.arn; };
    const auto byName = [](const Object& each) { return nameKey(each.account, each.name); };
    fill(parts_->accounts, index_->accounts, [](const Account& each) { return each.account; });
    fill(parts_->units, index_->units, [](const OrganizationalUnit& each) { return each.id; });
    fill(parts_->roles, index_->rolesByArn, byArn);
    fill(parts_->roles, index_->rolesByName, byName);
    fill(parts_->users, index_->users, byName);
    fill(parts_->groups, index_->groups, byName);
    fill(parts_->managedPolicies, index_->managedPolicies, byArn);
    fill(parts_->controlPolicies, index_->controlPolicies, [](const ControlPolicy& each) { return each.id; });
    fill(parts_->samlProviders, index_->samlProviders, byArn);
    fill(parts_->resources, index_->resources, byArn);
    for (std::size_t i = 0; i < parts_->resources.size(); ++i)
        if (isApi(parts_->resources[i].kind))
            index_->resources.emplace(arnWithoutPlace(parts_->resources[i].id), i);
}

Estate::~Estate() = default;
Estate::Estate(Estate&&) noexcept = default;
Estate& Estate::operator=(Estate&&) noexcept = default;

const EstateParts& partsOf(const Estate& estate) {
    return *estate.parts_;
}

const std::vector<Account>& Estate::accounts() const {
    return parts_->accounts;
}
const std::vector<OrganizationalUnit>& Estate::units() const {
    return parts_->units;
}
const std::vector<Role>& Estate::roles() const {
    return parts_->roles;
}
const std::vector<User>& Estate::users() const {
    return parts_->users;
}
const std::vector<Group>& Estate::groups() const {
    return parts_->groups;
}
const std::vector<ManagedPolicy>& Estate::managedPolicies() const {
    return parts_->managedPolicies;
}
const std::vector<ControlPolicy>& Estate::controlPolicies() const {
    return parts_->controlPolicies;
}
const std::vector<SamlProvider>& Estate::samlProviders() const {
    return parts_->samlProviders;
}
const std::vector<OidcProvider>& Estate::oidcProviders() const {
    return parts_->oidcProviders;
}
const std::vector<Resource>& Estate::resources() const {
    return parts_->resources;
}
const std::vector<Person>& Estate::people() const {
    return parts_->people;
}
const std::vector<DirectoryGroup>& Estate::directoryGroups() const {
    return parts_->directoryGroups;
}
const std::vector<Assignment>& Estate::assignments() const {
    return parts_->assignments;
}
const std::vector<ObservedResponse>& Estate::responses() const {
    return parts_->responses;
}
const Usage& Estate::usage() const {
    return parts_->usage;
}
const Estate* Estate::declared() const {
    return parts_->declared.get();
}
const Organization& Estate::organization() const {
    return parts_->organization;
}
const std::vector<std::shared_ptr<const SourceFile>>& Estate::files() const {
    return parts_->files;
}
const std::vector<Error>& Estate::problems() const {
    return parts_->problems;
}

const Account* Estate::account(std::string_view id) const {
    return find(parts_->accounts, index_->accounts, id);
}
const Role* Estate::role(std::string_view arn) const {
    return find(parts_->roles, index_->rolesByArn, arn);
}
const Role* Estate::role(std::string_view account, std::string_view name) const {
    return find(parts_->roles, index_->rolesByName, nameKey(account, name));
}
const User* Estate::user(std::string_view account, std::string_view name) const {
    return find(parts_->users, index_->users, nameKey(account, name));
}
const Group* Estate::group(std::string_view account, std::string_view name) const {
    return find(parts_->groups, index_->groups, nameKey(account, name));
}
const ManagedPolicy* Estate::managedPolicy(std::string_view arn) const {
    return find(parts_->managedPolicies, index_->managedPolicies, arn);
}
const SamlProvider* Estate::samlProvider(std::string_view arn) const {
    return find(parts_->samlProviders, index_->samlProviders, arn);
}

const Resource* Estate::resourceFor(std::string_view arn) const {
    const auto parts = policy::ArnParts::split(arn);
    if (!parts) return nullptr;
    if (parts->service == "execute-api") {
        // APIs are listed without account and region, which only the name of the file may have told.
        const std::string_view id = parts->resource.substr(0, parts->resource.find('/'));
        const Resource* api = find(parts_->resources, index_->resources, arnWithoutPlace(id));
        const bool elsewhere = api != nullptr && ((!api->account.empty() && api->account != parts->account) ||
                                                  (!api->region.empty() && api->region != parts->region));
        return elsewhere ? nullptr : api;
    }
    std::string_view resource = parts->resource;
    if (parts->service == "s3")
        resource = resource.substr(0, resource.find('/'));
    else if (parts->service == "lambda" && resource.starts_with("function:"))
        resource = resource.substr(0, resource.find(':', 9));
    const std::string owner = std::string(arn.substr(0, arn.size() - parts->resource.size())) + std::string(resource);
    return find(parts_->resources, index_->resources, owner);
}

Result<policy::PolicyRef> Estate::compiled(const PolicyDocument& document, policy::DocumentKind kind) const {
    const Index::Compiled key{&document, kind};
    {
        const std::scoped_lock lock(index_->mutex);
        if (const auto known = index_->compiled.find(key); known != index_->compiled.end()) return known->second;
    }
    auto policy = policy::CompiledPolicy::parse(document.text, kind, document.id());
    const std::scoped_lock lock(index_->mutex);
    const auto [kept, fresh] = index_->compiled.emplace(key, std::move(policy));
    if (fresh && kept->second) index_->origins.emplace(kept->second->get(), &document);
    return kept->second;
}

const PolicyDocument* Estate::documentOf(const policy::CompiledPolicy& policy) const {
    const std::scoped_lock lock(index_->mutex);
    const auto found = index_->origins.find(&policy);
    return found == index_->origins.end() ? nullptr : found->second;
}

std::optional<Place> Estate::placeOf(const policy::CompiledPolicy& policy, policy::Value value) const {
    const PolicyDocument* document = documentOf(policy);
    if (document == nullptr || document->source.file == nullptr) return std::nullopt;
    const policy::SourceTree& tree = policy.document().source();
    return placeIn(*document, tree.pointerTo(value), tree.positionOf(value.span().begin));
}

std::optional<Place> Estate::placeOf(const policy::CompiledPolicy& policy, std::string_view pointer) const {
    policy::Value at = policy.document().source().root();
    while (pointer.size() > 1) {
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        policy::Value next;
        std::size_t index = 0;
        for (policy::Value each = at.first(); each && !next; each = each.next(), ++index) {
            const bool list = at.is(policy::ValueKind::Array);
            if (list ? std::to_string(index) == token : escapedToken(each.name()) == token) next = each;
        }
        if (!next) break;
        at = next;
    }
    return placeOf(policy, at);
}

} // namespace gw::estate
