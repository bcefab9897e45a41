// get-account-authorization-details, list-roles, get-role, list-saml-providers (IAM API Reference).
#include "models/estate/readers/reading.h"

#include "models/policy/arn_pattern.h"

namespace gw::estate {
namespace {

using policy::Value;
using policy::ValueKind;

std::string accountOf(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts ? std::string(parts->account) : std::string();
}

// The resource part's last component.
std::string lastOf(std::string_view arn) {
    return std::string(arn.substr(arn.rfind('/') + 1));
}

Tags tagsOf(const Node& object) {
    Tags tags;
    forEach(object.member("Tags"), [&](const Node& each) {
        if (std::string key = each.text("Key"); !key.empty()) tags.emplace_back(std::move(key), each.text("Value"));
    });
    return tags;
}

class IamReader {
public:
    IamReader(const DumpFile& file, Reading& into) : file_(file), into_(into) {}

    // False, and a problem, where the object names no ARN.
    bool common(const Node& node, std::string_view nameField, Object& object) {
        object.arn = node.text("Arn");
        object.name = node.text(nameField);
        object.account = accountOf(object.arn);
        object.source = file_.sourceOf(node);
        if (!object.arn.empty()) {
            if (object.name.empty()) object.name = lastOf(object.arn);
            return true;
        }
        into_.parts.problems.push_back(file_.problem(EstateError::WrongType, node).with("expected", "Arn"));
        return false;
    }

    void identityPolicies(const Node& node, std::string_view inlineField, const std::string& owner, const std::string& prefix,
                          IdentityPolicies& policies) {
        const Node list = node.member(inlineField);
        forEach(list, [&](const Node& each) {
            const Node document = each.member("PolicyDocument");
            if (document) {
                policies.inlinePolicies.push_back(file_.documentOf(document, prefix + each.text("PolicyName"), {}, owner));
                return;
            }
            into_.parts.problems.push_back(file_.problem(EstateError::WrongType, each).with("expected", "PolicyDocument"));
        });
        const Node attached = node.member("AttachedManagedPolicies");
        forEach(attached, [&](const Node& each) {
            if (std::string arn = each.text("PolicyArn"); !arn.empty()) policies.attached.push_back(std::move(arn));
        });
        policies.boundary = node.member("PermissionsBoundary").text("PermissionsBoundaryArn");
    }

    void role(const Node& node, bool withPolicies) {
        Role role;
        if (!common(node, "RoleName", role)) return;
        role.id = node.text("RoleId");
        role.path = node.text("Path");
        role.tags = tagsOf(node);
        role.lastUsed = node.member("RoleLastUsed").text("LastUsedDate");
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

    void user(const Node& node) {
        User user;
        if (!common(node, "UserName", user)) return;
        user.id = node.text("UserId");
        user.path = node.text("Path");
        user.tags = tagsOf(node);
        forEach(node.member("GroupList"), [&](const Node& each) { user.groups.emplace_back(each.value.text()); });
        identityPolicies(node, "UserPolicyList", user.arn, {}, user.policies);
        user.unknown =
            unknownMembers(node.value, {"Path", "UserName", "UserId", "Arn", "CreateDate", "UserPolicyList", "GroupList",
                                        "AttachedManagedPolicies", "PermissionsBoundary", "Tags", "PasswordLastUsed"});
        into_.parts.users.push_back(std::move(user));
    }

    void group(const Node& node) {
        Group group;
        if (!common(node, "GroupName", group)) return;
        group.id = node.text("GroupId");
        group.path = node.text("Path");
        identityPolicies(node, "GroupPolicyList", group.arn, group.name + "/", group.policies);
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
        provider.unknown = unknownMembers(node.value, {"Arn", "ValidUntil", "CreateDate"});
        into_.parts.samlProviders.push_back(std::move(provider));
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
        forEach(root.member("UserDetailList"), [&](const Node& each) { reader.user(each); });
        forEach(root.member("GroupDetailList"), [&](const Node& each) { reader.group(each); });
        forEach(root.member("RoleDetailList"), [&](const Node& each) { reader.role(each, true); });
        forEach(policies, [&](const Node& each) { reader.managedPolicy(each); });
        return true;
    }
    if (const Node roles = root.member("Roles"); roles.value.is(ValueKind::Array)) {
        file.recognised("list-roles");
        forEach(roles, [&](const Node& each) { reader.role(each, false); });
        return true;
    }
    if (const Node role = root.member("Role"); role.value.is(ValueKind::Object)) {
        file.recognised("get-role");
        reader.role(role, false);
        return true;
    }
    if (const Node providers = root.member("SAMLProviderList"); providers.value.is(ValueKind::Array)) {
        file.recognised("list-saml-providers");
        forEach(providers, [&](const Node& each) { reader.samlProvider(each); });
        return true;
    }
    return false;
}

} // namespace gw::estate
