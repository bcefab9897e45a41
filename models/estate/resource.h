// What is reached, and what runs: APIs and their routes, functions, tasks, the parts of meshes, and whatever else has a policy
// or a role.
#pragma once

#include "models/estate/objects.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// Routes are those of REST, HTTP and WebSocket APIs; which, tells the API.
enum class ResourceKind {
    RestApi,
    HttpApi,
    WebSocketApi,
    Route,
    Authorizer,
    Stage,
    Deployment,
    DomainName,
    Function,
    FunctionAlias,
    Cluster,
    Service,
    TaskDefinition,
    Mesh,
    VirtualNode,
    VirtualService,
    VirtualRouter,
    MeshRoute,
    VirtualGateway,
    GatewayRoute,
    ServiceNetwork,
    LatticeService,
    LatticeListener,
    LatticeRule,
    TargetGroup,
    NetworkAssociation, // of a Lattice service or a VPC with a service network
    Namespace,          // of Cloud Map, which Service Connect uses
    WorkloadIdentity,   // a Kubernetes service account with a role: IRSA or EKS Pod Identity
    UserPool,
    Bucket,
    Key,
    Queue,
    Topic,
    Secret,
    VpcEndpoint,
    Other
};
// "rest-api", "route", "function", "task-definition", "mesh-route", …: stable, for programs.
[[nodiscard]] std::string_view resourceKindName(ResourceKind kind);

// A place in which a resource names a role: "taskRoleArn", "executionRoleArn", "Role", "credentials", ….
struct RoleUse {
    std::string slot, arn;
    friend bool operator==(const RoleUse&, const RoleUse&) = default;
};

// Who may call a route: API Gateway's authorizationType, Lattice's authType, or a function URL's AuthType.
struct Authorization {
    std::string type;       // "NONE", "AWS_IAM", "CUSTOM", "JWT", "COGNITO_USER_POOLS"; empty: not told
    std::string authorizer; // its id; empty: none
    std::vector<std::string> scopes;
    bool apiKeyRequired = false;
    friend bool operator==(const Authorization&, const Authorization&) = default;
};

struct Resource : Object {
    ResourceKind kind = ResourceKind::Other;
    std::string id, region;
    // ARN or id of what it belongs to: the API of a stage, the mesh of a node, the cluster of a service.
    std::string parent;
    // Route: the API's id, the stage (empty: of an API without any), "POST", "/refunds"; its policy is the API's. Of a
    // WebSocket API the method is empty and the path its route key.
    std::string api, stage, method, path;
    Authorization authorization; // of a route, of a function's URL, and of what Lattice has
    std::vector<RoleUse> roles;
    std::optional<PolicyDocument> policy;
    bool policyKnown = false; // with no policy: it has none
    Tags tags;
    // The object as its call gives it, compact JSON, without what may be a secret: values of environment variables, of stage
    // variables, and the like. Empty: only its policy or its name was read.
    std::string spec;
};

} // namespace gw::estate
