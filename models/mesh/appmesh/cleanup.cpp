#include "models/mesh/appmesh/cleanup.h"

#include "models/estate/mesh_variables.h"
#include "models/estate/readers/described.h"
#include "models/mesh/appmesh/parts.h"
#include "models/policy/source_tree.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace gw::mesh::appmesh {
namespace {

using policy::Value;
using policy::ValueKind;

constexpr std::string_view streaming = "appmesh:StreamAggregatedResources";

// An action, which may hold wildcards, that means nothing but App Mesh: "*" stays what it is.
bool isOfAppMesh(std::string_view action) {
    return foldedAscii(action).starts_with("appmesh:");
}

void actionsIn(Value value, std::vector<std::string>& found) {
    if (value.is(ValueKind::String) && isOfAppMesh(value.text())) found.emplace_back(value.text());
    for (Value each = value.is(ValueKind::Array) ? value.first() : Value(); each; each = each.next())
        if (isOfAppMesh(each.text())) found.emplace_back(each.text());
}

std::string actionsOf(const estate::PolicyDocument& document) {
    const auto tree = policy::SourceTree::parse(document.text);
    if (!tree) return {};
    std::vector<std::string> found;
    const Value statements = tree->root().member("Statement");
    if (statements.is(ValueKind::Object)) actionsIn(statements.member("Action"), found);
    for (Value each = statements.is(ValueKind::Array) ? statements.first() : Value(); each; each = each.next()) actionsIn(each.member("Action"), found);
    std::string text;
    for (const std::string& each : found)
        if (text.find(each) == std::string::npos) text += (text.empty() ? "" : ", ") + each;
    return text;
}

class Plan {
public:
    explicit Plan(const Model& model) : model_(model), parts_(model) {}

    void add(const estate::Estate& estate) {
        for (const estate::Resource& each : estate.resources())
            if (each.kind == estate::ResourceKind::TaskDefinition) task(each);
        for (const estate::Role& each : estate.roles()) identity(each.arn, each.policies, each.source);
        for (const estate::User& each : estate.users()) identity(each.arn, each.policies, each.source);
        for (const estate::Group& each : estate.groups()) identity(each.arn, each.policies, each.source);
        for (const estate::ManagedPolicy& each : estate.managedPolicies())
            if (const std::string actions = actionsOf(each.document); !actions.empty() && !isOfAws(each.arn))
                put(LeftOver::Permission, each.arn, actions, "Write a version of the policy without it, and detach the policy where nothing else is in it", each.source);
        for (const estate::Resource& each : estate.resources())
            if (each.kind == estate::ResourceKind::Namespace && namespaces().contains(each.name))
                put(LeftOver::CloudMap, each.arn, each.name, "Delete the namespace once no service in it is looked up by anybody", each.source);
    }

    void finish() {
        for (const Object& each : model_.objects) {
            const std::string owner(each.body["metadata"].string("meshOwner")), holder(each.body["metadata"].string("resourceOwner"));
            if (!owner.empty() && !holder.empty() && owner != holder)
                put(LeftOver::Share, each.label(), "owner " + owner + ", in use by " + holder, "Delete the resource share of the mesh in RAM in account " + owner + ", or leave it in " + holder, each.source);
        }
        for (const Workload& each : parts_.workloads()) {
            const Discovery& from = each.discovery;
            if (from.kind == Discovery::Kind::CloudMap)
                put(LeftOver::CloudMap, each.object->label(), from.cloudService + "." + from.cloudNamespace, "Deregister its instances and delete the service of Cloud Map once no caller looks it up", each.object->source);
            if (from.kind == Discovery::Kind::Dns)
                put(LeftOver::DnsName, each.object->label(), from.hostname, "Keep the name while callers or the new target use it; remove the record otherwise", each.object->source);
        }
        std::stable_sort(steps.begin(), steps.end(), [](const CleanUpStep& a, const CleanUpStep& b) { return std::tie(a.what, a.object, a.detail) < std::tie(b.what, b.object, b.detail); });
        steps.erase(std::unique(steps.begin(), steps.end(), [](const CleanUpStep& a, const CleanUpStep& b) { return std::tie(a.what, a.object, a.detail) == std::tie(b.what, b.object, b.detail); }), steps.end());
    }

    std::vector<CleanUpStep> steps;

private:
    void put(LeftOver what, std::string object, std::string detail, std::string action, const estate::Source& source) {
        steps.push_back({what, std::move(object), std::move(detail), std::move(action), source});
    }

    static bool isOfAws(std::string_view arn) { return estate::accountOfArn(arn) == "aws"; }

    void identity(const std::string& arn, const estate::IdentityPolicies& policies, const estate::Source& source) {
        for (const std::string& each : policies.attached)
            if (isOfAws(each) && each.find("AppMesh") != std::string::npos) put(LeftOver::Attachment, arn, each, "Detach it; " + std::string(streaming) + " lets it do nothing any more", source);
        for (const estate::PolicyDocument& each : policies.inlinePolicies)
            if (const std::string actions = actionsOf(each); !actions.empty()) put(LeftOver::Permission, arn, each.name + ": " + actions, "Take it out of the policy, and delete the policy where nothing else is in it", each.source);
    }

    void task(const estate::Resource& resource) {
        const auto tree = policy::SourceTree::parse(resource.spec);
        if (!tree) return;
        const Value proxy = tree->root().member("proxyConfiguration");
        if (foldedAscii(proxy.member("type").text()) == "appmesh")
            put(LeftOver::Proxy, resource.arn, "proxyConfiguration of container " + std::string(proxy.member("containerName").text()),
                "Register a revision without proxyConfiguration and without the dependsOn on that container, and update the services that use it", resource.source);
        estate::forEachMeshVariable(tree->root(), [&](Value container, std::string_view name, std::string_view value) {
            std::string detail = "container " + std::string(container.member("name").text()) + ", " + std::string(name);
            if (!value.empty()) detail += "=" + std::string(value);
            put(LeftOver::Proxy, resource.arn, std::move(detail), "Register a revision without that container, or with an Envoy that has a bootstrap of its own", resource.source);
        });
    }

    const std::set<std::string, std::less<>>& namespaces() {
        if (namespaces_.empty())
            for (const Workload& each : parts_.workloads())
                if (!each.discovery.cloudNamespace.empty()) namespaces_.insert(each.discovery.cloudNamespace);
        return namespaces_;
    }

    const Model& model_;
    Parts parts_;
    std::set<std::string, std::less<>> namespaces_;
};

} // namespace

std::string_view leftOverName(LeftOver what) {
    static constexpr auto names = std::to_array<std::string_view>({"proxy", "permission", "attachment", "share", "cloud_map", "dns_name"});
    static_assert(names.size() == static_cast<std::size_t>(LeftOver::DnsName) + 1);
    return names[static_cast<std::size_t>(what)];
}

std::vector<CleanUpStep> cleanUp(const estate::Estate& estate, const Model& model) {
    Plan plan(model);
    plan.add(estate);
    if (const estate::Estate* declared = estate.declared()) plan.add(*declared);
    plan.finish();
    return std::move(plan.steps);
}

std::vector<std::string> notSeen(const estate::Estate& estate) {
    std::vector<std::string> missing;
    const auto has = [&](estate::ResourceKind kind) {
        const auto in = [&](const estate::Estate& one) { return std::any_of(one.resources().begin(), one.resources().end(), [&](const estate::Resource& each) { return each.kind == kind; }); };
        return in(estate) || (estate.declared() != nullptr && in(*estate.declared()));
    };
    const bool roles = !estate.roles().empty() || (estate.declared() != nullptr && !estate.declared()->roles().empty());
    if (!roles) missing.emplace_back("roles and their policies (get-account-authorization-details)");
    if (!has(estate::ResourceKind::TaskDefinition)) missing.emplace_back("task definitions (describe-task-definition)");
    if (!has(estate::ResourceKind::Namespace)) missing.emplace_back("namespaces of Cloud Map (servicediscovery list-namespaces)");
    return missing;
}

} // namespace gw::mesh::appmesh
