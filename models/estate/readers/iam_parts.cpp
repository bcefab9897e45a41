// IAM's calls whose answers lack a name or an account: get-saml-provider, get-open-id-connect-provider, get-policy-version,
// list-role-policies, get-role-policy, list-attached-role-policies, list-groups-for-user, list-entities-for-policy,
// get-service-last-accessed-details, and the same of users and groups (IAM API Reference).
#include "models/estate/readers/iam_parts.h"

#include "models/estate/readers/described.h"
#include "models/policy/aws_time.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::ValueKind;

class PartReader {
public:
    PartReader(const DumpFile& file, const Node& root, Reading& into) : file_(file), root_(root), into_(into) {}

    [[nodiscard]] Error unnamed() const { return file_.problem(EstateError::Unnamed, root_); }

    template <class T>
    void put(std::vector<PendingIam::Of<T>>& list, T part) {
        list.push_back({file_.id(), file_.account(), std::move(part), unnamed()});
    }

    PendingIam::Principal* principal(IamKind kind, const std::string& name) {
        if (name.empty()) {
            into_.parts.problems.push_back(unnamed());
            return nullptr;
        }
        PendingIam::Principal& found = into_.iam.principals[{kind, file_.account(), name}];
        if (!found.unnamed) found.unnamed = unnamed();
        return &found;
    }

    [[nodiscard]] bool readProviders() {
        if (root_.member("SAMLMetadataDocument")) {
            file_.recognised("get-saml-provider");
            SamlProvider provider;
            provider.source = file_.sourceOf(root_);
            provider.metadata = root_.text("SAMLMetadataDocument");
            provider.id = root_.text("SAMLProviderUUID");
            provider.encryption = root_.text("AssertionEncryptionMode");
            provider.created = root_.text("CreateDate");
            provider.validUntil = root_.text("ValidUntil");
            provider.tags = tagsIn(root_);
            provider.unknown = unknownMembers(root_.value, {"SAMLMetadataDocument", "SAMLProviderUUID", "AssertionEncryptionMode",
                                                            "CreateDate", "ValidUntil", "Tags"});
            put(into_.iam.samlProviders, std::move(provider));
            return true;
        }
        if (root_.member("Url") && root_.member("ClientIDList")) {
            file_.recognised("get-open-id-connect-provider");
            OidcProvider provider;
            provider.source = file_.sourceOf(root_);
            provider.url = root_.text("Url");
            if (const std::size_t scheme = provider.url.find("://"); scheme != std::string::npos) provider.url.erase(0, scheme + 3);
            provider.name = provider.url;
            forEach(root_.member("ClientIDList"), [&](const Node& each) { provider.clientIds.emplace_back(each.value.text()); });
            provider.tags = tagsIn(root_);
            provider.unknown = unknownMembers(root_.value, {"Url", "ClientIDList", "Tags"});
            put(into_.iam.oidcProviders, std::move(provider));
            return true;
        }
        return false;
    }

    [[nodiscard]] bool readVersion() {
        const Node version = root_.member("PolicyVersion");
        const Node document = version.member("Document");
        if (!document) return false;
        file_.recognised("get-policy-version");
        // Only the default version decides anything.
        if (version.member("IsDefaultVersion").value.is(ValueKind::True))
            put(into_.iam.policyVersions, file_.documentOf(document, {}, {}, {}));
        return true;
    }

    [[nodiscard]] bool readPrincipals() {
        struct Names {
            IamKind kind;
            const char *member, *listInline, *listAttached;
        };
        static constexpr Names kinds[] = {{IamKind::Role, "RoleName", "list-role-policies", "list-attached-role-policies"},
                                          {IamKind::User, "UserName", "list-user-policies", "list-attached-user-policies"},
                                          {IamKind::Group, "GroupName", "list-group-policies", "list-attached-group-policies"}};
        const Node names = root_.member("PolicyNames"), attached = root_.member("AttachedPolicies");
        for (const Names& each : kinds) {
            if (const Node document = root_.member("PolicyDocument"); document && root_.member(each.member)) {
                file_.recognised(each.kind == IamKind::Role   ? "get-role-policy"
                                 : each.kind == IamKind::User ? "get-user-policy"
                                                              : "get-group-policy");
                const std::string owner = root_.text(each.member);
                if (PendingIam::Principal* found = principal(each.kind, owner))
                    found->inlinePolicies.push_back(file_.documentOf(
                        document, (each.kind == IamKind::Group ? owner + "/" : "") + root_.text("PolicyName"), {}, {}));
                return true;
            }
            if (names.value.is(ValueKind::Array) && file_.call() == each.listInline) {
                PendingIam::Principal* found = principal(each.kind, file_.id());
                if (found == nullptr || hasMorePages(root_)) return true;
                found->inlineNames.emplace();
                forEach(names, [&](const Node& one) { found->inlineNames->emplace(one.value.text()); });
                return true;
            }
            if (attached.value.is(ValueKind::Array) && file_.call() == each.listAttached) {
                PendingIam::Principal* found = principal(each.kind, file_.id());
                if (found == nullptr) return true;
                std::vector<std::string> arns;
                forEach(attached, [&](const Node& one) { arns.push_back(one.text("PolicyArn")); });
                if (hasMorePages(root_))
                    found->attachedSome.insert(arns.begin(), arns.end());
                else
                    found->attached = std::move(arns);
                return true;
            }
        }
        if (names.value.is(ValueKind::Array) || attached.value.is(ValueKind::Array)) {
            into_.parts.problems.push_back(unnamed());
            return true;
        }
        return false;
    }

    [[nodiscard]] bool readGroups() {
        const Node groups = root_.member("Groups");
        if (groups.value.is(ValueKind::Array) && file_.call() == "list-groups-for-user") {
            PendingIam::Principal* user = principal(IamKind::User, file_.id());
            if (user == nullptr) return true;
            forEach(groups, [&](const Node& each) { user->groups.insert(each.text("GroupName")); });
            user->allGroups = !hasMorePages(root_);
            return true;
        }
        const Node group = root_.member("Group");
        if (!group.value.is(ValueKind::Object) || !root_.member("Users")) return false;
        forEach(root_.member("Users"), [&](const Node& each) {
            std::string account = accountOfArn(each.text("Arn"));
            PendingIam::Principal& user = into_.iam.principals[{IamKind::User, account, each.text("UserName")}];
            user.groups.insert(group.text("GroupName"));
        });
        return false; // the objects themselves are read elsewhere
    }

    [[nodiscard]] bool readEntities() {
        const Node roles = root_.member("PolicyRoles");
        if (!roles.value.is(ValueKind::Array)) return false;
        file_.recognised("list-entities-for-policy");
        std::vector<IamName> names;
        forEach(roles, [&](const Node& each) { names.push_back({IamKind::Role, file_.account(), each.text("RoleName")}); });
        forEach(root_.member("PolicyUsers"),
                [&](const Node& each) { names.push_back({IamKind::User, file_.account(), each.text("UserName")}); });
        forEach(root_.member("PolicyGroups"),
                [&](const Node& each) { names.push_back({IamKind::Group, file_.account(), each.text("GroupName")}); });
        put(into_.iam.entities, std::move(names));
        return true;
    }

    // Access Advisor. Of a role's own report the entity that was there last is the role.
    [[nodiscard]] bool readLastAccessed() {
        const Node services = root_.member("ServicesLastAccessed");
        if (!services.value.is(ValueKind::Array)) return false;
        file_.recognised("get-service-last-accessed-details");
        std::map<std::string, std::optional<UtcTime>, std::less<>> times;
        std::set<std::string> entities;
        forEach(services, [&](const Node& each) {
            times[each.text("ServiceNamespace")] = policy::timeAsAwsWritesIt(each.text("LastAuthenticated"));
            if (std::string entity = each.text("LastAuthenticatedEntity"); !entity.empty()) entities.insert(std::move(entity));
        });
        if (entities.size() == 1)
            into_.parts.usage.services[*entities.begin()] = std::move(times);
        else
            put(into_.iam.lastAccessed, std::move(times));
        return true;
    }

private:
    const DumpFile& file_;
    const Node& root_;
    Reading& into_;
};

// The one ARN among objects of this name; empty where there is none, or more than one.
template <class T>
std::string arnOf(const std::vector<T>& list, const std::string& name, const std::string& account) {
    std::string found;
    for (const T& each : list) {
        if (each.name != name || (!account.empty() && each.account != account) || each.arn == found) continue;
        if (!found.empty()) return {};
        found = each.arn;
    }
    return found;
}

// Many parts belong to many objects: looked up by name once.
template <class T>
std::multimap<std::string, T*, std::less<>> byName(std::vector<T>& list) {
    std::multimap<std::string, T*, std::less<>> names;
    for (T& each : list) names.emplace(each.name, &each);
    return names;
}

template <class T>
bool attachTo(std::multimap<std::string, T*, std::less<>>& objects, const IamName& name, PendingIam::Principal& part,
              bool needsGroups, std::string_view owner) {
    std::vector<T*> rows;
    bool ambiguous = false, single = false;
    for (auto [each, end] = objects.equal_range(name.name); each != end; ++each) {
        if (!name.account.empty() && each->second->account != name.account) continue;
        ambiguous = ambiguous || (!rows.empty() && rows[0]->arn != each->second->arn);
        rows.push_back(each->second);
    }
    if (rows.empty() || ambiguous) return false;
    T* row = rows[0];
    for (T* each : rows) {
        if (each->policies.known) return true; // get-account-authorization-details tells all of it at once
        const bool own = each->source.file != nullptr && each->source.file->call == owner;
        if (own) row = each;
        single = single || own;
    }
    const auto has = [&](const std::string& inlineName) {
        return std::any_of(part.inlinePolicies.begin(), part.inlinePolicies.end(), [&](const PolicyDocument& each) {
            return each.name == inlineName || each.name == name.name + "/" + inlineName;
        });
    };
    // Only the call for one of them tells whether it has a boundary.
    row->policies.known = single && part.inlineNames && part.attached &&
                          std::all_of(part.inlineNames->begin(), part.inlineNames->end(), has) && (!needsGroups || part.allGroups);
    for (PolicyDocument& each : part.inlinePolicies) {
        each.owner = row->arn;
        row->policies.inlinePolicies.push_back(std::move(each));
    }
    std::set<std::string> attached = std::move(part.attachedSome);
    if (part.attached) attached.insert(part.attached->begin(), part.attached->end());
    row->policies.attached.insert(row->policies.attached.end(), attached.begin(), attached.end());
    if constexpr (requires { row->groups; })
        if (row->groups.empty()) row->groups.assign(part.groups.begin(), part.groups.end());
    return true;
}

void attachSamlProviders(Reading& reading) {
    auto& providers = reading.parts.samlProviders;
    for (auto& each : reading.iam.samlProviders) {
        SamlProvider& part = each.part;
        part.name = each.id;
        part.arn = each.id.empty() ? std::string() : arnOf(providers, each.id, each.account);
        if (part.arn.empty() && !each.id.empty() && !each.account.empty())
            part.arn = "arn:aws:iam::" + each.account + ":saml-provider/" + each.id;
        // Without a name: the one that was made and expires at the same second.
        std::set<std::string> same;
        for (const SamlProvider& known : providers)
            if (part.arn.empty() && !part.created.empty() && known.created == part.created && known.validUntil == part.validUntil &&
                (each.account.empty() || known.account == each.account))
                same.insert(known.arn);
        if (same.size() == 1) part.arn = *same.begin();
        if (part.arn.empty()) {
            reading.parts.problems.push_back(std::move(each.unnamed));
            continue;
        }
        part.account = accountOfArn(part.arn);
        part.name = part.arn.substr(part.arn.rfind('/') + 1);
        providers.push_back(std::move(part));
    }
}

void attachOidcProviders(Reading& reading) {
    auto& providers = reading.parts.oidcProviders;
    for (auto& each : reading.iam.oidcProviders) {
        OidcProvider& part = each.part;
        part.arn = arnOf(providers, part.url, each.account);
        if (part.arn.empty() && !each.account.empty()) part.arn = "arn:aws:iam::" + each.account + ":oidc-provider/" + part.url;
        if (part.arn.empty()) {
            reading.parts.problems.push_back(std::move(each.unnamed));
            continue;
        }
        part.account = accountOfArn(part.arn);
        providers.push_back(std::move(part));
    }
}

void attachVersions(Reading& reading) {
    auto& policies = reading.parts.managedPolicies;
    for (auto& each : reading.iam.policyVersions) {
        std::string name = each.id;
        // "NAME-v3"
        if (const std::size_t dash = name.rfind("-v"); dash != std::string::npos && dash + 2 < name.size() &&
                                                       name.find_first_not_of("0123456789", dash + 2) == std::string::npos &&
                                                       arnOf(policies, name, each.account).empty())
            name.resize(dash);
        std::string arn = arnOf(policies, name, each.account);
        if (arn.empty()) arn = arnOf(policies, name, "aws");
        if (arn.empty()) {
            reading.parts.problems.push_back(std::move(each.unnamed));
            continue;
        }
        ManagedPolicy policy;
        policy.arn = arn;
        policy.name = name;
        policy.account = accountOfArn(arn);
        policy.source = each.part.source;
        policy.document = std::move(each.part);
        policy.document.name = name;
        policy.document.arn = arn;
        policies.push_back(std::move(policy));
    }
}

void attachLastAccessed(Reading& reading) {
    for (auto& each : reading.iam.lastAccessed) {
        std::string arn = arnOf(reading.parts.roles, each.id, each.account);
        if (arn.empty()) arn = arnOf(reading.parts.users, each.id, each.account);
        if (arn.empty())
            reading.parts.problems.push_back(std::move(each.unnamed));
        else
            reading.parts.usage.services[arn] = std::move(each.part);
    }
}

} // namespace

bool readIamParts(const DumpFile& file, const Node& root, Reading& into) {
    PartReader reader(file, root, into);
    return reader.readProviders() || reader.readVersion() || reader.readPrincipals() || reader.readGroups() ||
           reader.readEntities() || reader.readLastAccessed();
}

void attachIamParts(Reading& reading) {
    attachSamlProviders(reading);
    attachOidcProviders(reading);
    attachVersions(reading);
    attachLastAccessed(reading);
    for (auto& each : reading.iam.entities) {
        std::string arn = arnOf(reading.parts.managedPolicies, each.id, each.account);
        if (arn.empty()) arn = arnOf(reading.parts.managedPolicies, each.id, "aws");
        if (arn.empty()) {
            reading.parts.problems.push_back(std::move(each.unnamed));
            continue;
        }
        for (const IamName& name : each.part) reading.iam.principals[name].attachedSome.insert(arn);
    }
    if (!reading.iam.principals.empty()) {
        auto roles = byName(reading.parts.roles);
        auto users = byName(reading.parts.users);
        auto groups = byName(reading.parts.groups);
        for (auto& [name, part] : reading.iam.principals) {
            const bool found = name.kind == IamKind::Role   ? attachTo(roles, name, part, false, "get-role")
                               : name.kind == IamKind::User ? attachTo(users, name, part, true, "get-user")
                                                            : attachTo(groups, name, part, false, "get-group");
            if (!found && part.unnamed) reading.parts.problems.push_back(std::move(*part.unnamed));
        }
    }
    reading.iam = {};
}

} // namespace gw::estate
