// Calls whose answers name each resource by its ARN: Lambda, ECS, EKS, App Mesh, VPC Lattice, Cloud Map, Cognito, Secrets
// Manager, KMS, VPC endpoints (their API References; the names of members are those of the command line).
#include "models/estate/readers/described.h"

#include "models/policy/arn_pattern.h"

#include <array>

namespace gw::estate {
namespace {

using policy::ValueKind;

enum class Form { List, Object, Arns };

struct Row {
    std::string_view call, root;
    Form form;
    std::string_view arn;        // member that holds the ARN; of App Mesh below "metadata"
    std::string_view name = {};  // member that holds the name, where the ARN does not
    std::string_view told = {};  // a member that tells this answer from others with the same root
};

constexpr auto rows = std::to_array<Row>({
    {"list-functions", "Functions", Form::List, "FunctionArn"},
    {"get-function", "Configuration", Form::Object, "FunctionArn"},
    {"list-aliases", "Aliases", Form::List, "AliasArn"},
    {"list-function-url-configs", "FunctionUrlConfigs", Form::List, "FunctionArn"},
    {"list-event-source-mappings", "EventSourceMappings", Form::List, "EventSourceMappingArn"},
    {"list-clusters", "clusterArns", Form::Arns, ""},
    {"describe-clusters", "clusters", Form::List, "clusterArn"},
    {"list-services", "serviceArns", Form::Arns, ""},
    {"describe-services", "services", Form::List, "serviceArn"},
    {"list-task-definitions", "taskDefinitionArns", Form::Arns, ""},
    {"describe-task-definition", "taskDefinition", Form::Object, "taskDefinitionArn"},
    {"describe-cluster", "cluster", Form::Object, "arn"},
    {"list-pod-identity-associations", "associations", Form::List, "associationArn"},
    {"describe-pod-identity-association", "association", Form::Object, "associationArn"},
    {"list-meshes", "meshes", Form::List, "arn"},
    {"describe-mesh", "mesh", Form::Object, "metadata"},
    {"list-virtual-nodes", "virtualNodes", Form::List, "arn"},
    {"describe-virtual-node", "virtualNode", Form::Object, "metadata"},
    {"list-virtual-services", "virtualServices", Form::List, "arn"},
    {"describe-virtual-service", "virtualService", Form::Object, "metadata"},
    {"list-virtual-routers", "virtualRouters", Form::List, "arn"},
    {"describe-virtual-router", "virtualRouter", Form::Object, "metadata"},
    {"list-routes", "routes", Form::List, "arn"},
    {"describe-route", "route", Form::Object, "metadata"},
    {"list-virtual-gateways", "virtualGateways", Form::List, "arn"},
    {"describe-virtual-gateway", "virtualGateway", Form::Object, "metadata"},
    {"list-gateway-routes", "gatewayRoutes", Form::List, "arn"},
    {"describe-gateway-route", "gatewayRoute", Form::Object, "metadata"},
    {"list-namespaces", "Namespaces", Form::List, "Arn", "Name"},
    {"get-namespace", "Namespace", Form::Object, "Arn", "Name"},
    {"list-services", "Services", Form::List, "Arn", "Name", "Arn"},
    {"get-service", "Service", Form::Object, "Arn", "Name", "Arn"},
    {"describe-user-pool", "UserPool", Form::Object, "Arn", "Name"},
    {"list-secrets", "SecretList", Form::List, "ARN", "Name"},
    {"list-keys", "Keys", Form::List, "KeyArn", {}, "KeyArn"},
    {"describe-key", "KeyMetadata", Form::Object, "Arn"},
    {"list-instance-profiles", "InstanceProfiles", Form::List, "Arn", "InstanceProfileName"},
});

class ServiceReader {
public:
    ServiceReader(const DumpFile& file, Reading& into) : file_(file), into_(into) {}

    void wrong(const Node& node, std::string_view expected) {
        into_.parts.problems.push_back(file_.problem(EstateError::WrongType, node).with("expected", std::string(expected)));
    }

    void add(const Node& node, std::string_view arn, std::string_view nameMember, const Node& root) {
        auto resource = describedResource(file_, node, arn);
        if (!resource) return wrong(node, "ARN");
        if (std::string name = nameMember.empty() ? std::string() : node.text(nameMember); !name.empty())
            resource->name = std::move(name);
        if (resource->tags.empty()) resource->tags = tagsIn(root);
        finish(node, *resource);
        into_.parts.resources.push_back(std::move(*resource));
    }

    void row(const Row& row, const Node& value, const Node& root) {
        const auto one = [&](const Node& each) {
            if (row.form == Form::Arns) return add(each, each.value.text(), {}, {});
            if (row.arn == "metadata")
                part(each, root);
            else
                add(each, each.text(row.arn), row.name, root);
        };
        row.form == Form::Object ? one(value) : forEach(value, one);
    }

    // What is written out of a template has no "metadata"; where it is, its folder tells.
    void part(const Node& node, const Node& root) {
        if (const std::string told = node.member("metadata").text("arn"); !told.empty() || !node.member("meshName")) return add(node, told, {}, root);
        if (file_.account().empty() || file_.region().empty()) into_.parts.problems.push_back(file_.problem(EstateError::Unnamed, node));
        add(node, arn("appmesh", file_.region(), file_.account(), meshPath(node)), {}, root);
    }

    static std::string meshPath(const Node& node) {
        std::string path = "mesh/" + node.text("meshName");
        struct Step {
            std::string_view member, word;
        };
        static constexpr auto steps = std::to_array<Step>({{"virtualNodeName", "virtualNode"},
                                                           {"virtualServiceName", "virtualService"},
                                                           {"virtualRouterName", "virtualRouter"},
                                                           {"routeName", "route"},
                                                           {"virtualGatewayName", "virtualGateway"},
                                                           {"gatewayRouteName", "gatewayRoute"}});
        for (const auto& [member, word] : steps)
            if (node.member(member)) path += "/" + std::string(word) + "/" + node.text(member);
        return path;
    }

    // Lattice's answers are the object itself, or "items" of them.
    void lattice(const Node& node) { add(node, node.text("arn"), node.text("name").empty() ? "serviceName" : "name", {}); }

    void userPool(const Node& node) {
        const std::string id = node.text("Id"), region = id.substr(0, id.find('_'));
        if (id.empty() || file_.account().empty())
            return into_.parts.problems.push_back(file_.problem(EstateError::Unnamed, node));
        add(node, arn("cognito-idp", region, file_.account(), "userpool/" + id), "Name", {});
    }

    void vpcEndpoint(const Node& node) {
        const std::string id = node.text("VpcEndpointId");
        std::string region = node.text("ServiceRegion");
        if (region.empty()) region = file_.region();
        if (region.empty()) region = regionIn(node.text("ServiceName"));
        std::string owner = node.text("OwnerId");
        if (owner.empty()) owner = file_.account();
        if (id.empty()) return wrong(node, "VpcEndpointId");
        auto endpoint = describedResource(file_, node, arn("ec2", region, owner, "vpc-endpoint/" + id));
        endpoint->policyKnown = true;
        if (const Node policy = node.member("PolicyDocument"); policy && policy.value.text() != "")
            endpoint->policy = file_.documentOf(policy, id, {}, endpoint->arn);
        into_.parts.resources.push_back(std::move(*endpoint));
    }

private:
    static std::string arn(std::string_view service, std::string_view region, std::string_view account, const std::string& rest) {
        return "arn:" + std::string(partitionOf(region)) + ":" + std::string(service) + ":" + std::string(region) + ":" +
               std::string(account) + ":" + rest;
    }

    static void finish(const Node& node, Resource& resource) {
        switch (resource.kind) {
        case ResourceKind::Function:
        case ResourceKind::FunctionAlias:
            resource.authorization.type = node.text("AuthType");
            break;
        case ResourceKind::ServiceNetwork:
        case ResourceKind::LatticeService:
            resource.authorization.type = node.text("authType");
            break;
        case ResourceKind::WorkloadIdentity:
            resource.name = node.text("namespace") + "/" + node.text("serviceAccount");
            break;
        case ResourceKind::NetworkAssociation:
            resource.parent = node.text("serviceNetworkArn");
            break;
        case ResourceKind::Other:
            if (std::string function = node.text("FunctionArn"); !function.empty()) resource.parent = std::move(function);
            break;
        default:
            break;
        }
    }

    const DumpFile& file_;
    Reading& into_;
};

bool isLattice(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts && parts->service == "vpc-lattice";
}

bool readRow(const DumpFile& file, const Node& root, ServiceReader& reader) {
    for (const Row& each : rows) {
        const Node value = root.member(each.root);
        if (!value.value.is(each.form == Form::Object ? ValueKind::Object : ValueKind::Array)) continue;
        const policy::Value first = each.form == Form::Object ? value.value : value.value.first();
        if (each.form == Form::Arns && first && policy::ArnParts::split(first.text()) == std::nullopt) continue;
        const bool mesh = each.arn == "metadata" && first.member("meshName");
        if (each.form != Form::Arns && first && !mesh && !first.member(each.told.empty() ? each.arn : each.told)) continue;
        file.recognised(each.call);
        reader.row(each, value, root);
        return true;
    }
    return false;
}

bool readLattice(const DumpFile& file, const Node& root, Reading& into, ServiceReader& reader) {
    if (isLattice(root.text("arn"))) {
        file.recognised("get-service");
        reader.lattice(root);
        return true;
    }
    const Node items = root.member("items");
    if (items.value.is(ValueKind::Array) && isLattice(items.value.first().member("arn").text())) {
        file.recognised("list-services");
        forEach(items, [&](const Node& each) { reader.lattice(each); });
        return true;
    }
    const bool targets = file.call() == "list-targets" && items.value.is(ValueKind::Array);
    const Node policy = root.member("policy");
    const bool auth = file.call() == "get-auth-policy" || (policy.value.is(ValueKind::String) && root.member("state"));
    if (!targets && !auth) return false;
    file.recognised("get-auth-policy");
    PendingPart part;
    part.service = "vpc-lattice";
    part.id = file.id();
    part.account = file.account();
    part.region = file.region();
    part.unnamed = file.problem(EstateError::Unnamed, root);
    part.part.source = file.sourceOf(root);
    if (targets) {
        part.part.spec = R"({"targets":)" + specOf(file, items) + "}";
    } else {
        part.part.policyKnown = true;
        if (policy && !policy.value.text().empty()) part.part.policy = file.documentOf(policy, part.id, {}, {});
        if (const Node state = root.member("state")) part.part.spec = R"({"authPolicyState":)" + jsonOf(state.value) + "}";
    }
    into.waiting.push_back(std::move(part));
    return true;
}

} // namespace

bool readServices(const DumpFile& file, const Node& root, Reading& into) {
    ServiceReader reader(file, into);
    if (readRow(file, root, reader) || readLattice(file, root, into, reader)) return true;
    if (const Node pools = root.member("UserPools"); pools.value.is(ValueKind::Array)) {
        file.recognised("list-user-pools");
        forEach(pools, [&](const Node& each) { reader.userPool(each); });
        return true;
    }
    if (const Node endpoints = root.member("VpcEndpoints"); endpoints.value.is(ValueKind::Array)) {
        file.recognised("describe-vpc-endpoints");
        forEach(endpoints, [&](const Node& each) { reader.vpcEndpoint(each); });
        return true;
    }
    if (root.member("FunctionUrl")) {
        file.recognised("get-function-url-config");
        reader.add(root, root.text("FunctionArn"), {}, {});
        return true;
    }
    if (root.member("FunctionArn") && root.member("FunctionName")) {
        file.recognised("get-function-configuration");
        reader.add(root, root.text("FunctionArn"), {}, {});
        return true;
    }
    if (root.member("AliasArn")) {
        file.recognised("list-aliases");
        reader.add(root, root.text("AliasArn"), {}, {});
        return true;
    }
    // Of a value that somebody saved, only that the secret exists: no reader copies the members that hold it.
    if (root.member("ARN") && root.member("Name") && !root.member("ResourcePolicy") && file.call() != "get-resource-policy") {
        file.recognised("describe-secret");
        reader.add(root, root.text("ARN"), "Name", {});
        return true;
    }
    return false;
}

void attachPending(Reading& reading) {
    if (reading.waiting.empty()) return;
    std::map<std::string, std::set<std::string>, std::less<>> arns; // by "service/id"
    for (const Resource& each : reading.parts.resources)
        if (const auto parts = policy::ArnParts::split(each.arn))
            arns[std::string(parts->service) + "/" + each.id].insert(each.arn);
    for (PendingPart& each : reading.waiting) {
        std::string arn;
        if (const auto found = arns.find(each.service + "/" + each.id); found != arns.end() && found->second.size() == 1)
            arn = *found->second.begin();
        else if (each.service == "vpc-lattice" && !each.account.empty() && !each.region.empty() &&
                 (each.id.starts_with("svc-") || each.id.starts_with("sn-")))
            arn = "arn:" + std::string(partitionOf(each.region)) + ":vpc-lattice:" + each.region + ":" + each.account +
                  (each.id.starts_with("svc-") ? ":service/" : ":servicenetwork/") + each.id;
        auto resource = each.id.empty() ? std::nullopt : resourceOf(arn);
        if (!resource) {
            reading.parts.problems.push_back(std::move(*each.unnamed));
            continue;
        }
        resource->source = std::move(each.part.source);
        resource->policy = std::move(each.part.policy);
        resource->policyKnown = each.part.policyKnown;
        resource->spec = std::move(each.part.spec);
        if (resource->policy) resource->policy->owner = resource->arn;
        reading.parts.resources.push_back(std::move(*resource));
    }
    reading.waiting.clear();
}

} // namespace gw::estate
