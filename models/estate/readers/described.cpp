#include "models/estate/readers/described.h"

#include "models/policy/arn_pattern.h"

#include <array>

namespace gw::estate {
namespace {

using policy::ArnParts;

// The kind of a resource by the words in its ARN, from the first to the last name: "mesh/NAME/virtualRouter/NAME/route/NAME"
// (Service Authorization Reference, "Resource types").
struct Shape {
    std::string_view service, words;
    ResourceKind kind;
};

constexpr auto shapes = std::to_array<Shape>({
    {"appmesh", "mesh", ResourceKind::Mesh},
    {"appmesh", "mesh/virtualNode", ResourceKind::VirtualNode},
    {"appmesh", "mesh/virtualService", ResourceKind::VirtualService},
    {"appmesh", "mesh/virtualRouter", ResourceKind::VirtualRouter},
    {"appmesh", "mesh/virtualRouter/route", ResourceKind::MeshRoute},
    {"appmesh", "mesh/virtualGateway", ResourceKind::VirtualGateway},
    {"appmesh", "mesh/virtualGateway/gatewayRoute", ResourceKind::GatewayRoute},
    {"vpc-lattice", "servicenetwork", ResourceKind::ServiceNetwork},
    {"vpc-lattice", "service", ResourceKind::LatticeService},
    {"vpc-lattice", "service/listener", ResourceKind::LatticeListener},
    {"vpc-lattice", "service/listener/rule", ResourceKind::LatticeRule},
    {"vpc-lattice", "targetgroup", ResourceKind::TargetGroup},
    {"vpc-lattice", "servicenetworkserviceassociation", ResourceKind::NetworkAssociation},
    {"vpc-lattice", "servicenetworkvpcassociation", ResourceKind::NetworkAssociation},
    {"ecs", "cluster", ResourceKind::Cluster},
    {"ecs", "service", ResourceKind::Service},
    {"ecs", "task-definition", ResourceKind::TaskDefinition},
    {"eks", "cluster", ResourceKind::Cluster},
    {"eks", "podidentityassociation", ResourceKind::WorkloadIdentity},
    {"servicediscovery", "namespace", ResourceKind::Namespace},
    {"cognito-idp", "userpool", ResourceKind::UserPool},
    {"ec2", "vpc-endpoint", ResourceKind::VpcEndpoint},
    {"kms", "key", ResourceKind::Key},
    {"apigateway", "domainnames", ResourceKind::DomainName},
});

// Services whose ARNs have no such words.
ResourceKind kindOfService(std::string_view service) {
    if (service == "s3") return ResourceKind::Bucket;
    if (service == "sqs") return ResourceKind::Queue;
    if (service == "sns") return ResourceKind::Topic;
    return ResourceKind::Other;
}

// "mesh/m/virtualNode/n": its words, its last name, and how long the part before the last word is.
struct Words {
    std::string words;
    std::string_view name;
    std::size_t parent = 0;
};

Words wordsOf(std::string_view resource) {
    Words found;
    std::size_t at = resource.starts_with('/') ? 1 : 0; // as API Gateway's do
    while (at < resource.size()) {
        const std::size_t slash = std::min(resource.find('/', at), resource.size());
        const std::string_view word = resource.substr(at, slash - at);
        found.words += (found.words.empty() ? "" : "/") + std::string(word);
        if (slash == resource.size()) break;
        const std::size_t end = std::min(resource.find('/', slash + 1), resource.size());
        found.name = resource.substr(slash + 1, end - slash - 1);
        found.parent = at < 2 ? 0 : at - 1;
        at = end + 1;
    }
    return found;
}

void name(Resource& resource, const ArnParts& parts, std::string_view arn) {
    const std::string before(arn.substr(0, arn.size() - parts.resource.size()));
    if (parts.service == "lambda" && parts.resource.starts_with("function:")) {
        const std::size_t qualifier = parts.resource.find(':', 9);
        const std::string_view function = parts.resource.substr(0, qualifier);
        resource.kind = ResourceKind::Function;
        resource.id = resource.name = function.substr(9);
        if (qualifier == std::string_view::npos) return;
        resource.kind = ResourceKind::FunctionAlias;
        resource.parent = before + std::string(function);
        resource.id = parts.resource.substr(qualifier + 1);
        resource.name = parts.resource.substr(9);
        return;
    }
    if (parts.service == "secretsmanager" && parts.resource.starts_with("secret:")) {
        resource.kind = ResourceKind::Secret;
        resource.id = resource.name = parts.resource.substr(7);
        return;
    }
    // "service/CLUSTER/NAME", of old "service/NAME".
    if (const std::size_t slash = parts.resource.rfind('/');
        (parts.service == "ecs" && parts.resource.starts_with("service/")) ||
        (parts.service == "eks" && parts.resource.starts_with("podidentityassociation/"))) {
        resource.kind = parts.service == "ecs" ? ResourceKind::Service : ResourceKind::WorkloadIdentity;
        resource.id = resource.name = parts.resource.substr(slash + 1);
        const std::size_t first = parts.resource.find('/');
        if (slash > first)
            resource.parent = before + "cluster/" + std::string(parts.resource.substr(first + 1, slash - first - 1));
        return;
    }
    const Words words = wordsOf(parts.resource);
    resource.kind = kindOfService(parts.service);
    // Some write the ARN of a mesh without the word before its name; no other kind of App Mesh can be meant by that.
    if (parts.service == "appmesh" && words.words == parts.resource) resource.kind = ResourceKind::Mesh;
    for (const Shape& each : shapes)
        if (each.service == parts.service && each.words == words.words) resource.kind = each.kind;
    resource.id = resource.name = words.name.empty() ? parts.resource.substr(parts.resource.find_last_of("/:") + 1) : words.name;
    if (words.parent > 0) resource.parent = before + std::string(parts.resource.substr(0, words.parent));
}

} // namespace

std::string accountOfArn(std::string_view arn) {
    const auto parts = ArnParts::split(arn);
    return parts ? std::string(parts->account) : std::string();
}

std::string_view partitionOf(std::string_view region) {
    return region.starts_with("cn-") ? "aws-cn" : region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

std::optional<Resource> resourceOf(std::string_view arn) {
    const auto parts = ArnParts::split(arn);
    if (!parts) return std::nullopt;
    Resource resource;
    resource.arn = arn;
    resource.account = parts->account;
    resource.region = parts->region;
    name(resource, *parts, arn);
    return resource;
}

void describe(const DumpFile& file, const Node& node, Resource& resource) {
    resource.source = file.sourceOf(node);
    resource.tags = tagsIn(node);
    resource.roles = rolesIn(node);
    resource.spec = specOf(file, node);
}

std::optional<Resource> describedResource(const DumpFile& file, const Node& node, std::string_view arn) {
    auto resource = resourceOf(arn);
    if (resource) describe(file, node, *resource);
    return resource;
}

} // namespace gw::estate
