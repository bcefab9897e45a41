// Dumps of AWS Organizations (its API Reference). Several of them do not name what they belong to: the file's name does.
#include "models/estate/readers/described.h"

#include "models/policy/arn_pattern.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::ValueKind;

constexpr std::string_view scpType = "SERVICE_CONTROL_POLICY", rcpType = "RESOURCE_CONTROL_POLICY";

// The id of a root, unit or account that a text begins with; a type of policy may follow it in a file's name.
std::string targetIn(std::string_view text) {
    if (const std::string account = accountIdIn(text); !account.empty() && text.starts_with(account)) return account;
    const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto run = [&](std::size_t from) {
        while (from < text.size() && word(text[from])) ++from;
        return from;
    };
    if (text.starts_with("r-")) return std::string(text.substr(0, run(2)));
    if (!text.starts_with("ou-")) return {};
    const std::size_t middle = run(3);
    if (middle >= text.size() || text[middle] != '-') return {};
    return std::string(text.substr(0, run(middle + 1)));
}

std::string policyIdIn(std::string_view text) {
    if (!text.starts_with("p-")) return {};
    std::size_t end = 2;
    while (end < text.size() && text[end] != '.' && text[end] != '-') ++end;
    return std::string(text.substr(0, end));
}

class OrganizationReader {
public:
    OrganizationReader(const DumpFile& file, Reading& into) : file_(file), parts_(into.parts), facts_(into.parts.facts) {}

    // "arn:aws:organizations::MANAGEMENT:account/o-…/…"
    void learnFrom(std::string_view arn) {
        const auto arnParts = policy::ArnParts::split(arn);
        if (!arnParts || arnParts->service != "organizations") return;
        std::string_view resource = arnParts->resource;
        const std::size_t slash = resource.find('/');
        if (slash == std::string_view::npos) return;
        resource.remove_prefix(slash + 1);
        if (!resource.starts_with("o-")) return;
        parts_.organization.id = resource.substr(0, resource.find('/'));
        parts_.organization.managementAccount = arnParts->account;
    }

    void account(const Node& node, const std::string& parent) {
        Account account;
        account.account = node.text("Id");
        account.name = node.text("Name");
        account.arn = node.text("Arn");
        account.status = node.text("State").empty() ? node.text("Status") : node.text("State");
        account.source = file_.sourceOf(node);
        account.unknown = unknownMembers(
            node.value, {"Id", "Arn", "Email", "Name", "Status", "State", "JoinedMethod", "JoinedTimestamp", "Paths"});
        if (account.account.empty()) return missing(node, "Id");
        learnFrom(account.arn);
        if (!parent.empty()) facts_.parents[account.account] = parent;
        parts_.accounts.push_back(std::move(account));
    }

    // Of an account, which only the file's name tells.
    void tags(const Node& root) {
        Account account;
        account.account = file_.account();
        account.source = file_.sourceOf(root);
        account.tags = tagsIn(root);
        if (account.account.empty()) return unnamed(root);
        parts_.accounts.push_back(std::move(account));
    }

    void unit(const Node& node, const std::string& parent) {
        OrganizationalUnit unit;
        unit.id = node.text("Id");
        unit.name = node.text("Name");
        unit.arn = node.text("Arn");
        unit.source = file_.sourceOf(node);
        unit.parent = parent;
        unit.unknown = unknownMembers(node.value, {"Id", "Arn", "Name", "PolicyTypes", "Path"});
        if (unit.id.empty()) return missing(node, "Id");
        learnFrom(unit.arn);
        if (!parent.empty()) facts_.parents[unit.id] = parent;
        if (const Node types = node.member("PolicyTypes"); types.value.is(ValueKind::Array)) {
            auto& enabled = facts_.types[unit.id];
            forEach(types, [&](const Node& each) {
                if (each.text("Status") == "ENABLED") enabled.insert(each.text("Type"));
            });
        }
        parts_.units.push_back(std::move(unit));
    }

    // A PolicySummary, with its content or without; its id.
    std::string policy(const Node& summary, const Node& content) {
        ControlPolicy policy;
        policy.id = summary.text("Id");
        policy.name = summary.text("Name");
        policy.arn = summary.text("Arn");
        const std::string type = summary.text("Type");
        policy.resource = type == rcpType;
        policy.source = file_.sourceOf(summary);
        if (policy.id.empty()) {
            missing(summary, "Id");
            return {};
        }
        learnFrom(policy.arn);
        if (type != scpType && type != rcpType) {
            if (!type.empty()) facts_.otherPolicies.insert(policy.id);
            return policy.id;
        }
        policy.document = {policy.name, policy.arn.empty() ? policy.id : policy.arn, {}, {}, policy.source, false, false};
        if (content) policy.document = file_.documentOf(content, policy.name, policy.document.arn, {});
        const std::string id = policy.id;
        parts_.controlPolicies.push_back(std::move(policy));
        return id;
    }

    void listPolicies(const Node& list) {
        const bool forTarget = file_.call() == "list-policies-for-target";
        const std::string target = forTarget ? targetIn(file_.suffix()) : std::string();
        if (forTarget && target.empty()) return unnamed(list);
        if (!forTarget) file_.recognised("list-policies");
        const bool complete = file_.isWhole() && !hasMorePages(file_.root());
        bool scp = file_.suffix().find("SERVICE") != std::string::npos || file_.suffix().ends_with("scp");
        bool rcp = file_.suffix().find("RESOURCE") != std::string::npos || file_.suffix().ends_with("rcp");
        forEach(list, [&](const Node& each) {
            const std::string id = policy(each, {});
            scp = scp || each.text("Type") == scpType;
            rcp = rcp || each.text("Type") == rcpType;
            if (forTarget && !id.empty()) facts_.attachments[target].policies.insert(id);
        });
        scp = scp && complete;
        rcp = rcp && complete;
        if (forTarget) {
            Attachments& attachments = facts_.attachments[target];
            attachments.scpListed = attachments.scpListed || scp;
            attachments.rcpListed = attachments.rcpListed || rcp;
        } else {
            facts_.scpsListed = facts_.scpsListed || scp;
            facts_.rcpsListed = facts_.rcpsListed || rcp;
        }
    }

    void targets(const Node& list) {
        const std::string id = policyIdIn(file_.suffix());
        if (id.empty()) return unnamed(list);
        forEach(list, [&](const Node& each) {
            const std::string target = each.text("TargetId");
            learnFrom(each.text("Arn"));
            if (!target.empty()) facts_.attachments[target].policies.insert(id);
        });
        if (file_.isWhole() && !hasMorePages(file_.root())) facts_.targetsListed.insert(id);
    }

    void parents(const Node& list) {
        const std::string child = targetIn(file_.suffix());
        if (child.empty()) return unnamed(list);
        forEach(list, [&](const Node& each) { facts_.parents[child] = each.text("Id"); });
    }

    void children(const Node& list) {
        const std::string parent = targetIn(file_.suffix());
        if (parent.empty()) return unnamed(list);
        forEach(list, [&](const Node& each) { facts_.parents[each.text("Id")] = parent; });
    }

    void accounts(const Node& list) {
        const bool forParent = file_.call() == "list-accounts-for-parent";
        const std::string parent = forParent ? targetIn(file_.suffix()) : std::string();
        if (forParent && parent.empty()) unnamed(list);
        if (!forParent) file_.recognised("list-accounts");
        forEach(list, [&](const Node& each) { account(each, parent); });
    }

    void units(const Node& list) {
        file_.recognised("list-organizational-units-for-parent");
        const std::string parent = targetIn(file_.suffix());
        if (parent.empty()) unnamed(list);
        forEach(list, [&](const Node& each) { unit(each, parent); });
    }

private:
    void missing(const Node& at, std::string_view field) {
        parts_.problems.push_back(file_.problem(EstateError::WrongType, at).with("expected", std::string(field)));
    }
    void unnamed(const Node& at) { parts_.problems.push_back(file_.problem(EstateError::Unnamed, at)); }

    const DumpFile& file_;
    EstateParts& parts_;
    OrganizationFacts& facts_;
};

} // namespace

bool readOrganizations(const DumpFile& file, const Node& root, Reading& into) {
    OrganizationReader reader(file, into);
    if (const Node policy = root.member("Policy"); policy.member("PolicySummary")) {
        file.recognised("describe-policy");
        (void)reader.policy(policy.member("PolicySummary"), policy.member("Content"));
        return true;
    }
    if (const Node policies = root.member("Policies"); policies.value.is(ValueKind::Array)) {
        const std::string_view first = policies.value.first().member("Id").text();
        const bool empty = policies.value.size() == 0 && file.call().starts_with("list-policies");
        if (!empty && !first.starts_with("p-")) return false;
        reader.listPolicies(policies);
        return true;
    }
    if (const Node targets = root.member("Targets"); targets.value.is(ValueKind::Array)) {
        file.recognised("list-targets-for-policy");
        reader.targets(targets);
        return true;
    }
    if (const Node parents = root.member("Parents"); parents.value.is(ValueKind::Array)) {
        file.recognised("list-parents");
        reader.parents(parents);
        return true;
    }
    if (const Node children = root.member("Children"); children.value.is(ValueKind::Array)) {
        file.recognised("list-children");
        reader.children(children);
        return true;
    }
    if (const Node accounts = root.member("Accounts"); accounts.value.is(ValueKind::Array)) {
        reader.accounts(accounts);
        return true;
    }
    if (const Node account = root.member("Account"); account.value.is(ValueKind::Object) && account.member("Id")) {
        file.recognised("describe-account");
        reader.account(account, {});
        return true;
    }
    if (file.call() == "list-tags-for-resource" && root.member("Tags")) {
        reader.tags(root);
        return true;
    }
    if (const Node units = root.member("OrganizationalUnits"); units.value.is(ValueKind::Array)) {
        reader.units(units);
        return true;
    }
    if (const Node roots = root.member("Roots"); roots.value.is(ValueKind::Array)) {
        file.recognised("list-roots");
        forEach(roots, [&](const Node& each) { reader.unit(each, {}); });
        return true;
    }
    if (const Node organization = root.member("Organization"); organization.member("Id")) {
        file.recognised("describe-organization");
        into.parts.organization.id = organization.text("Id");
        const std::string management = organization.text("MasterAccountId");
        if (!management.empty()) into.parts.organization.managementAccount = management;
        return true;
    }
    return false;
}

} // namespace gw::estate
