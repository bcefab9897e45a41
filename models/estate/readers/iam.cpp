// IAM's calls whose answers name their objects by ARN (IAM API Reference); the others: iam_parts.cpp.
#include "models/estate/readers/described.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::Value;
using policy::ValueKind;

// The resource part's last component.
std::string lastOf(std::string_view arn) {
    return std::string(arn.substr(arn.rfind('/') + 1));
}

class IamReader {
public:
    IamReader(const DumpFile& file, Reading& into) : file_(file), into_(into) {}

    // False, and a problem, where the object names no ARN.
    bool common(const Node& node, std::string_view nameField, Object& object) {
        object.arn = node.text("Arn");
        object.name = node.text(nameField);
        object.account = accountOfArn(object.arn);
        object.source = file_.sourceOf(node);
        if (!object.arn.empty()) {
            if (object.name.empty()) object.name = lastOf(object.arn);
            return true;
        }
        into_.parts.problems.push_back(file_.problem(EstateError::WrongType, node).with("expected", "Arn"));
        return false;
    }

    // Calls `read` with each element; a problem where it is there and no list.
    template <class Read>
    void list(const Node& node, std::string_view field, Read read) {
        const Node found = node.member(field);
        if (found && !found.value.is(ValueKind::Array))
            into_.parts.problems.push_back(file_.problem(EstateError::WrongType, found).with("seen", std::string(field)));
        forEach(found, read);
    }

    void identityPolicies(const Node& node, std::string_view inlineField, const std::string& owner, const std::string& prefix,
                          IdentityPolicies& policies) {
        list(node, inlineField, [&](const Node& each) {
            const Node document = each.member("PolicyDocument");
            if (document) {
                policies.inlinePolicies.push_back(file_.documentOf(document, prefix + each.text("PolicyName"), {}, owner));
                return;
            }
            into_.parts.problems.push_back(file_.problem(EstateError::WrongType, each).with("expected", "PolicyDocument"));
        });
        list(node, "AttachedManagedPolicies", [&](const Node& each) {
            if (std::string arn = each.text("PolicyArn"); !arn.empty()) policies.attached.push_back(std::move(arn));
        });
        policies.boundary = node.member("PermissionsBoundary").text("PermissionsBoundaryArn");
    }

    void role(const Node& node, bool withPolicies) {
        Role role;
        if (!common(node, "RoleName", role)) return;
        role.id = node.text("RoleId");
        role.path = node.text("Path");
        role.tags = tagsIn(node);
        role.description = node.text("Description");
        role.created = node.text("CreateDate");
        if (const Node used = node.member("RoleLastUsed")) {
            role.lastUsedKnown = true;
            role.lastUsed = used.text("LastUsedDate");
        }
        if (const Node trust = node.member("AssumeRolePolicyDocument"))
            role.trust = file_.documentOf(trust, role.name, {}, role.arn);
        if (const Node seconds = node.member("MaxSessionDuration"); seconds.value.is(ValueKind::Number))
            role.maxSessionSeconds = std::strtoll(std::string(seconds.value.text()).c_str(), nullptr, 10);
        identityPolicies(node, "RolePolicyList", role.arn, {}, role.policies);
        role.policies.known = withPolicies;
        role.unknown =
            unknownMembers(node.value, {"Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument",
                                        "InstanceProfileList", "RolePolicyList", "AttachedManagedPolicies", "PermissionsBoundary",
                                        "Tags", "RoleLastUsed", "Description", "MaxSessionDuration"});
        into_.parts.roles.push_back(std::move(role));
    }

    void user(const Node& node, bool withPolicies) {
        User user;
        if (!common(node, "UserName", user)) return;
        user.id = node.text("UserId");
        user.path = node.text("Path");
        user.tags = tagsIn(node);
        forEach(node.member("GroupList"), [&](const Node& each) { user.groups.emplace_back(each.value.text()); });
        user.created = node.text("CreateDate");
        user.passwordLastUsed = node.text("PasswordLastUsed");
        identityPolicies(node, "UserPolicyList", user.arn, {}, user.policies);
        user.policies.known = withPolicies;
        user.unknown =
            unknownMembers(node.value, {"Path", "UserName", "UserId", "Arn", "CreateDate", "UserPolicyList", "GroupList",
                                        "AttachedManagedPolicies", "PermissionsBoundary", "Tags", "PasswordLastUsed"});
        into_.parts.users.push_back(std::move(user));
    }

    void group(const Node& node, bool withPolicies) {
        Group group;
        if (!common(node, "GroupName", group)) return;
        group.id = node.text("GroupId");
        group.path = node.text("Path");
        identityPolicies(node, "GroupPolicyList", group.arn, group.name + "/", group.policies);
        group.policies.known = withPolicies;
        group.unknown = unknownMembers(
            node.value, {"Path", "GroupName", "GroupId", "Arn", "CreateDate", "GroupPolicyList", "AttachedManagedPolicies"});
        into_.parts.groups.push_back(std::move(group));
    }

    void managedPolicy(const Node& node) {
        ManagedPolicy policy;
        if (!common(node, "PolicyName", policy)) return;
        policy.document = {policy.name, policy.arn, {}, {}, policy.source, false, false};
        const std::string wanted = node.text("DefaultVersionId");
        forEach(node.member("PolicyVersionList"), [&](const Node& each) {
            const bool isDefault = each.member("IsDefaultVersion").value.is(ValueKind::True) ||
                                   (!wanted.empty() && each.text("VersionId") == wanted);
            const Node document = each.member("Document");
            if (isDefault && document) policy.document = file_.documentOf(document, policy.name, policy.arn, {});
        });
        policy.unknown =
            unknownMembers(node.value, {"PolicyName", "PolicyId", "Arn", "Path", "DefaultVersionId", "AttachmentCount",
                                        "PermissionsBoundaryUsageCount", "IsAttachable", "CreateDate", "UpdateDate",
                                        "PolicyVersionList", "Description", "Tags"});
        into_.parts.managedPolicies.push_back(std::move(policy));
    }

    void samlProvider(const Node& node) {
        SamlProvider provider;
        if (!common(node, "Name", provider)) return;
        provider.validUntil = node.text("ValidUntil");
        provider.created = node.text("CreateDate");
        provider.unknown = unknownMembers(node.value, {"Arn", "ValidUntil", "CreateDate"});
        into_.parts.samlProviders.push_back(std::move(provider));
    }

    void oidcProvider(const Node& node) {
        OidcProvider provider;
        if (!common(node, "Url", provider)) return;
        // "arn:aws:iam::ACCOUNT:oidc-provider/URL", the URL with paths of its own.
        provider.url = provider.name = provider.arn.substr(std::min(provider.arn.find('/'), provider.arn.size() - 1) + 1);
        provider.unknown = unknownMembers(node.value, {"Arn"});
        into_.parts.oidcProviders.push_back(std::move(provider));
    }

    void alias(const Node& list) {
        if (file_.account().empty() || list.value.first().text().empty()) return;
        Account account;
        account.account = file_.account();
        account.name = list.value.first().text();
        account.source = file_.sourceOf(list);
        into_.parts.accounts.push_back(std::move(account));
    }

private:
    const DumpFile& file_;
    Reading& into_;
};

} // namespace

bool readIam(const DumpFile& file, const Node& root, Reading& into) {
    IamReader reader(file, into);
    const Node policies = root.member("Policies");
    const bool details = root.member("RoleDetailList") || root.member("UserDetailList") || root.member("GroupDetailList") ||
                         (policies && policies.value.first().member("PolicyVersionList"));
    if (details) {
        file.recognised("get-account-authorization-details");
        reader.list(root, "UserDetailList", [&](const Node& each) { reader.user(each, true); });
        reader.list(root, "GroupDetailList", [&](const Node& each) { reader.group(each, true); });
        reader.list(root, "RoleDetailList", [&](const Node& each) { reader.role(each, true); });
        reader.list(root, "Policies", [&](const Node& each) { reader.managedPolicy(each); });
        return true;
    }
    // A list of objects, or one.
    const auto each = [&](std::string_view listCall, std::string_view list, std::string_view oneCall, std::string_view one, auto read) {
        if (const Node found = root.member(list); found.value.is(ValueKind::Array)) {
            file.recognised(listCall);
            forEach(found, read);
            return true;
        }
        const Node found = one.empty() ? Node() : root.member(one);
        if (!found.value.is(ValueKind::Object)) return false;
        file.recognised(oneCall);
        read(found);
        return true;
    };
    if (each("list-roles", "Roles", "get-role", "Role", [&](const Node& node) { reader.role(node, false); })) return true;
    if (const Node group = root.member("Group"); group.value.is(ValueKind::Object)) {
        file.recognised("get-group");
        reader.group(group, false);
        forEach(root.member("Users"), [&](const Node& node) { reader.user(node, false); });
        return true;
    }
    if (each("list-users", "Users", "get-user", "User", [&](const Node& node) { reader.user(node, false); })) return true;
    if (each("list-groups", "Groups", {}, {}, [&](const Node& node) { reader.group(node, false); })) return true;
    if (each("list-saml-providers", "SAMLProviderList", {}, {}, [&](const Node& node) { reader.samlProvider(node); })) return true;
    if (each("list-open-id-connect-providers", "OpenIDConnectProviderList", {}, {},
             [&](const Node& node) { reader.oidcProvider(node); }))
        return true;
    const Node policy = root.member("Policy");
    if (policies.value.first().member("PolicyId") || policy.member("PolicyId"))
        return each("list-policies", "Policies", "get-policy", "Policy", [&](const Node& node) { reader.managedPolicy(node); });
    if (const Node aliases = root.member("AccountAliases"); aliases.value.is(ValueKind::Array)) {
        file.recognised("list-account-aliases");
        reader.alias(aliases);
        return true;
    }
    return false;
}

} // namespace gw::estate
