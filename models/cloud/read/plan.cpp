#include "models/cloud/read/plan.h"

#include "models/cloud/aws/signature.h"
#include "saml/base/json_fields.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace gw::cloud {
namespace {

using Scope = PlannedCall::Scope;
constexpr auto onlyForCalls = PlannedCall::Kept::ForCallsOnly;

constexpr std::string_view marker = "Marker=Marker", nextMarker = "Marker=NextMarker", nextToken = "NextToken=NextToken",
                           lowerToken = "nextToken=nextToken", position = "position=position";

constexpr auto calls = std::to_array<PlannedCall>({
    // IAM. One call tells most of it; where that is refused, the calls for each object do.
    {.service = "iam", .call = "get-account-authorization-details", .action = "iam:GetAccountAuthorizationDetails",
     .scope = Scope::Account, .parameters = "MaxItems=1000", .page = marker,
     .lists = "UserDetailList GroupDetailList RoleDetailList Policies"},
    {.service = "iam", .call = "list-roles", .action = "iam:ListRoles", .scope = Scope::Account, .parameters = "MaxItems=1000",
     .page = marker, .lists = "Roles"},
    {.service = "iam", .call = "list-saml-providers", .action = "iam:ListSAMLProviders", .scope = Scope::Account, .lists = "SAMLProviderList"},
    {.service = "iam", .call = "get-saml-provider", .action = "iam:GetSAMLProvider", .scope = Scope::Account,
     .parameters = "SAMLProviderArn={0}", .after = "list-saml-providers SAMLProviderList[] Arn", .file = "{0}"},
    {.service = "iam", .call = "list-open-id-connect-providers", .action = "iam:ListOpenIDConnectProviders", .scope = Scope::Account,
     .lists = "OpenIDConnectProviderList"},
    {.service = "iam", .call = "get-open-id-connect-provider", .action = "iam:GetOpenIDConnectProvider", .scope = Scope::Account,
     .parameters = "OpenIDConnectProviderArn={0}", .after = "list-open-id-connect-providers OpenIDConnectProviderList[] Arn"},
    {.service = "iam", .call = "list-account-aliases", .action = "iam:ListAccountAliases", .scope = Scope::Account, .lists = "AccountAliases"},
    {.service = "iam", .call = "get-role", .action = "iam:GetRole", .scope = Scope::Account, .parameters = "RoleName={0}",
     .after = "list-roles Roles[] RoleName", .fallback = true},
    {.service = "iam", .call = "list-role-policies", .action = "iam:ListRolePolicies", .scope = Scope::Account,
     .parameters = "RoleName={0}", .page = marker, .lists = "PolicyNames", .after = "list-roles Roles[] RoleName", .fallback = true},
    {.service = "iam", .call = "get-role-policy", .action = "iam:GetRolePolicy", .scope = Scope::Account,
     .parameters = "RoleName={0} PolicyName={1}", .after = "list-role-policies PolicyNames[] ^0 .", .fallback = true},
    {.service = "iam", .call = "list-attached-role-policies", .action = "iam:ListAttachedRolePolicies", .scope = Scope::Account,
     .parameters = "RoleName={0}", .page = marker, .lists = "AttachedPolicies", .after = "list-roles Roles[] RoleName", .fallback = true},
    {.service = "iam", .call = "list-users", .action = "iam:ListUsers", .scope = Scope::Account, .parameters = "MaxItems=1000",
     .page = marker, .lists = "Users", .fallback = true},
    {.service = "iam", .call = "get-user", .action = "iam:GetUser", .scope = Scope::Account, .parameters = "UserName={0}",
     .after = "list-users Users[] UserName", .fallback = true},
    {.service = "iam", .call = "list-user-policies", .action = "iam:ListUserPolicies", .scope = Scope::Account,
     .parameters = "UserName={0}", .page = marker, .lists = "PolicyNames", .after = "list-users Users[] UserName", .fallback = true},
    {.service = "iam", .call = "get-user-policy", .action = "iam:GetUserPolicy", .scope = Scope::Account,
     .parameters = "UserName={0} PolicyName={1}", .after = "list-user-policies PolicyNames[] ^0 .", .fallback = true},
    {.service = "iam", .call = "list-attached-user-policies", .action = "iam:ListAttachedUserPolicies", .scope = Scope::Account,
     .parameters = "UserName={0}", .page = marker, .lists = "AttachedPolicies", .after = "list-users Users[] UserName", .fallback = true},
    {.service = "iam", .call = "list-groups-for-user", .action = "iam:ListGroupsForUser", .scope = Scope::Account,
     .parameters = "UserName={0}", .page = marker, .lists = "Groups", .after = "list-users Users[] UserName", .fallback = true},
    {.service = "iam", .call = "list-groups", .action = "iam:ListGroups", .scope = Scope::Account, .parameters = "MaxItems=1000",
     .page = marker, .lists = "Groups", .fallback = true},
    {.service = "iam", .call = "get-group", .action = "iam:GetGroup", .scope = Scope::Account, .parameters = "GroupName={0}",
     .page = marker, .lists = "Users", .after = "list-groups Groups[] GroupName", .fallback = true},
    {.service = "iam", .call = "list-group-policies", .action = "iam:ListGroupPolicies", .scope = Scope::Account,
     .parameters = "GroupName={0}", .page = marker, .lists = "PolicyNames", .after = "list-groups Groups[] GroupName", .fallback = true},
    {.service = "iam", .call = "get-group-policy", .action = "iam:GetGroupPolicy", .scope = Scope::Account,
     .parameters = "GroupName={0} PolicyName={1}", .after = "list-group-policies PolicyNames[] ^0 .", .fallback = true},
    {.service = "iam", .call = "list-attached-group-policies", .action = "iam:ListAttachedGroupPolicies", .scope = Scope::Account,
     .parameters = "GroupName={0}", .page = marker, .lists = "AttachedPolicies", .after = "list-groups Groups[] GroupName", .fallback = true},
    {.service = "iam", .call = "list-policies", .action = "iam:ListPolicies", .scope = Scope::Account,
     .parameters = "OnlyAttached=true MaxItems=1000", .page = marker, .lists = "Policies", .fallback = true},
    {.service = "iam", .call = "get-policy-version", .action = "iam:GetPolicyVersion", .scope = Scope::Account,
     .parameters = "PolicyArn={0} VersionId={1}", .after = "list-policies Policies[] Arn DefaultVersionId", .file = "{0}", .fallback = true},

    // Organizations: the management account's, or a delegated administrator's.
    {.service = "organizations", .call = "describe-organization", .action = "organizations:DescribeOrganization", .scope = Scope::Account},
    {.service = "organizations", .call = "list-roots", .action = "organizations:ListRoots", .scope = Scope::Organization,
     .page = nextToken, .lists = "Roots"},
    {.service = "organizations", .call = "list-accounts", .action = "organizations:ListAccounts", .scope = Scope::Organization,
     .page = nextToken, .lists = "Accounts"},
    {.service = "organizations", .call = "list-tags-for-resource", .action = "organizations:ListTagsForResource",
     .scope = Scope::Organization, .parameters = "ResourceId={0}", .page = nextToken, .lists = "Tags", .after = "list-accounts Accounts[] Id"},
    {.service = "organizations", .call = "list-organizational-units-for-parent", .action = "organizations:ListOrganizationalUnitsForParent",
     .scope = Scope::Organization, .parameters = "ParentId={0}", .page = nextToken, .lists = "OrganizationalUnits",
     .after = "list-roots Roots[] Id"},
    {.service = "organizations", .call = "list-organizational-units-for-parent", .action = "organizations:ListOrganizationalUnitsForParent",
     .scope = Scope::Organization, .parameters = "ParentId={0}", .page = nextToken, .lists = "OrganizationalUnits",
     .after = "list-organizational-units-for-parent OrganizationalUnits[] Id"},
    {.service = "organizations", .call = "list-accounts-for-parent", .action = "organizations:ListAccountsForParent",
     .scope = Scope::Organization, .parameters = "ParentId={0}", .page = nextToken, .lists = "Accounts", .after = "list-roots Roots[] Id"},
    {.service = "organizations", .call = "list-accounts-for-parent", .action = "organizations:ListAccountsForParent",
     .scope = Scope::Organization, .parameters = "ParentId={0}", .page = nextToken, .lists = "Accounts",
     .after = "list-organizational-units-for-parent OrganizationalUnits[] Id"},
    {.service = "organizations", .call = "list-policies", .action = "organizations:ListPolicies", .scope = Scope::Organization,
     .parameters = "Filter=SERVICE_CONTROL_POLICY", .page = nextToken, .lists = "Policies", .file = "SERVICE_CONTROL_POLICY"},
    {.service = "organizations", .call = "list-policies", .action = "organizations:ListPolicies", .scope = Scope::Organization,
     .parameters = "Filter=RESOURCE_CONTROL_POLICY", .page = nextToken, .lists = "Policies", .file = "RESOURCE_CONTROL_POLICY"},
    {.service = "organizations", .call = "describe-policy", .action = "organizations:DescribePolicy", .scope = Scope::Organization,
     .parameters = "PolicyId={0}", .after = "list-policies Policies[] Id"},
    {.service = "organizations", .call = "list-targets-for-policy", .action = "organizations:ListTargetsForPolicy",
     .scope = Scope::Organization, .parameters = "PolicyId={0}", .page = nextToken, .lists = "Targets", .after = "list-policies Policies[] Id"},

    // API Gateway. Its actions are named after the methods of HTTP.
    {.service = "apigateway", .call = "get-rest-apis", .action = "apigateway:GET", .path = "/restapis", .parameters = "limit=500",
     .page = position, .lists = "items"},
    {.service = "apigateway", .call = "get-resources", .action = "apigateway:GET", .path = "/restapis/{0}/resources",
     .parameters = "embed=methods limit=500", .page = position, .lists = "items", .after = "get-rest-apis items[] id"},
    {.service = "apigateway", .call = "get-stages", .action = "apigateway:GET", .path = "/restapis/{0}/stages",
     .after = "get-rest-apis items[] id"},
    {.service = "apigateway", .call = "get-authorizers", .action = "apigateway:GET", .path = "/restapis/{0}/authorizers",
     .parameters = "limit=500", .page = position, .lists = "items", .after = "get-rest-apis items[] id"},
    {.service = "apigateway", .call = "get-deployments", .action = "apigateway:GET", .path = "/restapis/{0}/deployments",
     .parameters = "limit=500", .page = position, .lists = "items", .after = "get-rest-apis items[] id"},
    {.service = "apigateway", .call = "get-domain-names", .action = "apigateway:GET", .path = "/domainnames", .parameters = "limit=500",
     .page = position, .lists = "items"},
    {.service = "apigateway", .call = "get-base-path-mappings", .action = "apigateway:GET", .path = "/domainnames/{0}/basepathmappings",
     .parameters = "limit=500", .page = position, .lists = "items", .after = "get-domain-names items[] domainName"},
    {.service = "apigatewayv2", .call = "get-apis", .action = "apigateway:GET", .path = "/v2/apis", .page = "nextToken=NextToken",
     .lists = "Items"},
    {.service = "apigatewayv2", .call = "get-routes", .action = "apigateway:GET", .path = "/v2/apis/{0}/routes",
     .page = "nextToken=NextToken", .lists = "Items", .after = "get-apis Items[] ApiId"},
    {.service = "apigatewayv2", .call = "get-integrations", .action = "apigateway:GET", .path = "/v2/apis/{0}/integrations",
     .page = "nextToken=NextToken", .lists = "Items", .after = "get-apis Items[] ApiId"},
    {.service = "apigatewayv2", .call = "get-authorizers", .action = "apigateway:GET", .path = "/v2/apis/{0}/authorizers",
     .page = "nextToken=NextToken", .lists = "Items", .after = "get-apis Items[] ApiId"},
    {.service = "apigatewayv2", .call = "get-stages", .action = "apigateway:GET", .path = "/v2/apis/{0}/stages",
     .page = "nextToken=NextToken", .lists = "Items", .after = "get-apis Items[] ApiId"},
    {.service = "apigatewayv2", .call = "get-deployments", .action = "apigateway:GET", .path = "/v2/apis/{0}/deployments",
     .page = "nextToken=NextToken", .lists = "Items", .after = "get-apis Items[] ApiId"},
    {.service = "apigatewayv2", .call = "get-api-mappings", .action = "apigateway:GET", .path = "/v2/domainnames/{0}/apimappings",
     .page = "nextToken=NextToken", .lists = "Items", .after = "apigateway:get-domain-names items[] domainName"},

    {.service = "lambda", .call = "list-functions", .action = "lambda:ListFunctions", .path = "/2015-03-31/functions/",
     .page = nextMarker, .lists = "Functions"},
    {.service = "lambda", .call = "get-policy", .action = "lambda:GetPolicy", .path = "/2015-03-31/functions/{0}/policy",
     .after = "list-functions Functions[] FunctionName"},
    {.service = "lambda", .call = "list-aliases", .action = "lambda:ListAliases", .path = "/2015-03-31/functions/{0}/aliases",
     .page = nextMarker, .lists = "Aliases", .after = "list-functions Functions[] FunctionName"},
    {.service = "lambda", .call = "list-function-url-configs", .action = "lambda:ListFunctionUrlConfigs",
     .path = "/2021-10-31/functions/{0}/urls", .page = nextMarker, .lists = "FunctionUrlConfigs",
     .after = "list-functions Functions[] FunctionName"},
    {.service = "lambda", .call = "list-event-source-mappings", .action = "lambda:ListEventSourceMappings",
     .path = "/2015-03-31/event-source-mappings/", .page = nextMarker, .lists = "EventSourceMappings"},

    {.service = "ecs", .call = "list-clusters", .action = "ecs:ListClusters", .parameters = "maxResults=100", .page = lowerToken,
     .lists = "clusterArns"},
    {.service = "ecs", .call = "describe-clusters", .action = "ecs:DescribeClusters",
     .parameters = "clusters[]={0..} include[]=TAGS|CONFIGURATIONS|SETTINGS", .lists = "clusters", .after = "list-clusters clusterArns[] .",
     .batch = 100},
    {.service = "ecs", .call = "list-services", .action = "ecs:ListServices", .parameters = "cluster={0} maxResults=100",
     .page = lowerToken, .lists = "serviceArns", .after = "list-clusters clusterArns[] ."},
    {.service = "ecs", .call = "describe-services", .action = "ecs:DescribeServices",
     .parameters = "cluster={0} services[]={1..} include[]=TAGS", .lists = "services", .after = "list-services serviceArns[] ^0 .",
     .batch = 10},
    {.service = "ecs", .call = "list-task-definition-families", .action = "ecs:ListTaskDefinitionFamilies",
     .parameters = "status=ACTIVE maxResults=100", .page = lowerToken, .lists = "families", .kept = onlyForCalls},
    // The newest of each family, and those that services run.
    {.service = "ecs", .call = "describe-task-definition", .action = "ecs:DescribeTaskDefinition",
     .parameters = "taskDefinition={0} include[]=TAGS", .after = "list-task-definition-families families[] ."},
    {.service = "ecs", .call = "describe-task-definition", .action = "ecs:DescribeTaskDefinition",
     .parameters = "taskDefinition={0} include[]=TAGS", .after = "describe-services services[] taskDefinition"},

    {.service = "eks", .call = "list-clusters", .action = "eks:ListClusters", .path = "/clusters", .page = lowerToken, .lists = "clusters",
     .kept = onlyForCalls},
    {.service = "eks", .call = "describe-cluster", .action = "eks:DescribeCluster", .path = "/clusters/{0}", .after = "list-clusters clusters[] ."},
    {.service = "eks", .call = "list-pod-identity-associations", .action = "eks:ListPodIdentityAssociations",
     .path = "/clusters/{0}/pod-identity-associations", .page = lowerToken, .lists = "associations", .after = "list-clusters clusters[] ."},
    {.service = "eks", .call = "describe-pod-identity-association", .action = "eks:DescribePodIdentityAssociation",
     .path = "/clusters/{0}/pod-identity-associations/{1}", .after = "list-pod-identity-associations associations[] ^0 associationId"},

    {.service = "appmesh", .call = "list-meshes", .action = "appmesh:ListMeshes", .path = "/v20190125/meshes", .parameters = "limit=100",
     .page = lowerToken, .lists = "meshes"},
    {.service = "appmesh", .call = "describe-mesh", .action = "appmesh:DescribeMesh", .path = "/v20190125/meshes/{0}",
     .parameters = "meshOwner={1}", .after = "list-meshes meshes[] meshName meshOwner"},
    {.service = "appmesh", .call = "list-virtual-nodes", .action = "appmesh:ListVirtualNodes", .path = "/v20190125/meshes/{0}/virtualNodes",
     .parameters = "meshOwner={1} limit=100", .page = lowerToken, .lists = "virtualNodes", .after = "list-meshes meshes[] meshName meshOwner"},
    {.service = "appmesh", .call = "describe-virtual-node", .action = "appmesh:DescribeVirtualNode",
     .path = "/v20190125/meshes/{0}/virtualNodes/{2}", .parameters = "meshOwner={1}",
     .after = "list-virtual-nodes virtualNodes[] ^0 ^1 virtualNodeName"},
    {.service = "appmesh", .call = "list-virtual-services", .action = "appmesh:ListVirtualServices",
     .path = "/v20190125/meshes/{0}/virtualServices", .parameters = "meshOwner={1} limit=100", .page = lowerToken,
     .lists = "virtualServices", .after = "list-meshes meshes[] meshName meshOwner"},
    {.service = "appmesh", .call = "describe-virtual-service", .action = "appmesh:DescribeVirtualService",
     .path = "/v20190125/meshes/{0}/virtualServices/{2}", .parameters = "meshOwner={1}",
     .after = "list-virtual-services virtualServices[] ^0 ^1 virtualServiceName"},
    {.service = "appmesh", .call = "list-virtual-routers", .action = "appmesh:ListVirtualRouters",
     .path = "/v20190125/meshes/{0}/virtualRouters", .parameters = "meshOwner={1} limit=100", .page = lowerToken,
     .lists = "virtualRouters", .after = "list-meshes meshes[] meshName meshOwner"},
    {.service = "appmesh", .call = "describe-virtual-router", .action = "appmesh:DescribeVirtualRouter",
     .path = "/v20190125/meshes/{0}/virtualRouters/{2}", .parameters = "meshOwner={1}",
     .after = "list-virtual-routers virtualRouters[] ^0 ^1 virtualRouterName"},
    {.service = "appmesh", .call = "list-routes", .action = "appmesh:ListRoutes", .path = "/v20190125/meshes/{0}/virtualRouter/{2}/routes",
     .parameters = "meshOwner={1} limit=100", .page = lowerToken, .lists = "routes",
     .after = "list-virtual-routers virtualRouters[] ^0 ^1 virtualRouterName"},
    {.service = "appmesh", .call = "describe-route", .action = "appmesh:DescribeRoute",
     .path = "/v20190125/meshes/{0}/virtualRouter/{2}/routes/{3}", .parameters = "meshOwner={1}",
     .after = "list-routes routes[] ^0 ^1 ^2 routeName"},
    {.service = "appmesh", .call = "list-virtual-gateways", .action = "appmesh:ListVirtualGateways",
     .path = "/v20190125/meshes/{0}/virtualGateways", .parameters = "meshOwner={1} limit=100", .page = lowerToken,
     .lists = "virtualGateways", .after = "list-meshes meshes[] meshName meshOwner"},
    {.service = "appmesh", .call = "describe-virtual-gateway", .action = "appmesh:DescribeVirtualGateway",
     .path = "/v20190125/meshes/{0}/virtualGateways/{2}", .parameters = "meshOwner={1}",
     .after = "list-virtual-gateways virtualGateways[] ^0 ^1 virtualGatewayName"},
    {.service = "appmesh", .call = "list-gateway-routes", .action = "appmesh:ListGatewayRoutes",
     .path = "/v20190125/meshes/{0}/virtualGateway/{2}/gatewayRoutes", .parameters = "meshOwner={1} limit=100", .page = lowerToken,
     .lists = "gatewayRoutes", .after = "list-virtual-gateways virtualGateways[] ^0 ^1 virtualGatewayName"},
    {.service = "appmesh", .call = "describe-gateway-route", .action = "appmesh:DescribeGatewayRoute",
     .path = "/v20190125/meshes/{0}/virtualGateway/{2}/gatewayRoutes/{3}", .parameters = "meshOwner={1}",
     .after = "list-gateway-routes gatewayRoutes[] ^0 ^1 ^2 gatewayRouteName"},

    {.service = "vpc-lattice", .call = "list-service-networks", .action = "vpc-lattice:ListServiceNetworks", .path = "/servicenetworks",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items"},
    {.service = "vpc-lattice", .call = "get-service-network", .action = "vpc-lattice:GetServiceNetwork", .path = "/servicenetworks/{0}",
     .after = "list-service-networks items[] id"},
    {.service = "vpc-lattice", .call = "get-auth-policy", .action = "vpc-lattice:GetAuthPolicy", .path = "/authpolicy/{0}",
     .after = "list-service-networks items[] id"},
    {.service = "vpc-lattice", .call = "list-service-network-service-associations",
     .action = "vpc-lattice:ListServiceNetworkServiceAssociations", .path = "/servicenetworkserviceassociations",
     .parameters = "serviceNetworkIdentifier={0} maxResults=100", .page = lowerToken, .lists = "items",
     .after = "list-service-networks items[] id"},
    {.service = "vpc-lattice", .call = "list-service-network-vpc-associations", .action = "vpc-lattice:ListServiceNetworkVpcAssociations",
     .path = "/servicenetworkvpcassociations", .parameters = "serviceNetworkIdentifier={0} maxResults=100", .page = lowerToken,
     .lists = "items", .after = "list-service-networks items[] id"},
    {.service = "vpc-lattice", .call = "list-services", .action = "vpc-lattice:ListServices", .path = "/services",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items"},
    {.service = "vpc-lattice", .call = "get-service", .action = "vpc-lattice:GetService", .path = "/services/{0}",
     .after = "list-services items[] id"},
    {.service = "vpc-lattice", .call = "get-auth-policy", .action = "vpc-lattice:GetAuthPolicy", .path = "/authpolicy/{0}",
     .after = "list-services items[] id"},
    {.service = "vpc-lattice", .call = "list-listeners", .action = "vpc-lattice:ListListeners", .path = "/services/{0}/listeners",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items", .after = "list-services items[] id"},
    {.service = "vpc-lattice", .call = "get-listener", .action = "vpc-lattice:GetListener", .path = "/services/{0}/listeners/{1}",
     .after = "list-listeners items[] ^0 id"},
    {.service = "vpc-lattice", .call = "list-rules", .action = "vpc-lattice:ListRules", .path = "/services/{0}/listeners/{1}/rules",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items", .after = "list-listeners items[] ^0 id"},
    {.service = "vpc-lattice", .call = "get-rule", .action = "vpc-lattice:GetRule", .path = "/services/{0}/listeners/{1}/rules/{2}",
     .after = "list-rules items[] ^0 ^1 id"},
    {.service = "vpc-lattice", .call = "list-target-groups", .action = "vpc-lattice:ListTargetGroups", .path = "/targetgroups",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items"},
    {.service = "vpc-lattice", .call = "get-target-group", .action = "vpc-lattice:GetTargetGroup", .path = "/targetgroups/{0}",
     .after = "list-target-groups items[] id"},
    {.service = "vpc-lattice", .call = "list-targets", .action = "vpc-lattice:ListTargets", .path = "POST /targetgroups/{0}/listtargets",
     .parameters = "maxResults=100", .page = lowerToken, .lists = "items", .after = "list-target-groups items[] id"},

    {.service = "servicediscovery", .call = "list-namespaces", .action = "servicediscovery:ListNamespaces", .parameters = "MaxResults=100",
     .page = nextToken, .lists = "Namespaces"},
    {.service = "servicediscovery", .call = "list-services", .action = "servicediscovery:ListServices", .parameters = "MaxResults=100",
     .page = nextToken, .lists = "Services"},
    {.service = "cognito-idp", .call = "list-user-pools", .action = "cognito-idp:ListUserPools", .parameters = "MaxResults=60",
     .page = nextToken, .lists = "UserPools"},
    {.service = "cognito-idp", .call = "describe-user-pool", .action = "cognito-idp:DescribeUserPool", .parameters = "UserPoolId={0}",
     .after = "list-user-pools UserPools[] Id"},
    {.service = "secretsmanager", .call = "list-secrets", .action = "secretsmanager:ListSecrets", .parameters = "MaxResults=100",
     .page = nextToken, .lists = "SecretList"},
    {.service = "secretsmanager", .call = "get-resource-policy", .action = "secretsmanager:GetResourcePolicy", .parameters = "SecretId={0}",
     .after = "list-secrets SecretList[] ARN"},
    {.service = "kms", .call = "list-keys", .action = "kms:ListKeys", .parameters = "Limit=1000", .page = nextMarker, .lists = "Keys"},
    {.service = "kms", .call = "get-key-policy", .action = "kms:GetKeyPolicy", .parameters = "KeyId={0} PolicyName=default",
     .after = "list-keys Keys[] KeyId"},
    {.service = "sqs", .call = "list-queues", .action = "sqs:ListQueues", .parameters = "MaxResults=1000", .page = nextToken,
     .lists = "QueueUrls", .kept = onlyForCalls},
    {.service = "sqs", .call = "get-queue-attributes", .action = "sqs:GetQueueAttributes",
     .parameters = "QueueUrl={0} AttributeNames[]=All", .after = "list-queues QueueUrls[] ."},
    {.service = "sns", .call = "list-topics", .action = "sns:ListTopics", .page = nextToken, .lists = "Topics", .kept = onlyForCalls},
    {.service = "sns", .call = "get-topic-attributes", .action = "sns:GetTopicAttributes", .parameters = "TopicArn={0}",
     .after = "list-topics Topics[] TopicArn"},
});

// The next word of a text, which it is taken from.
std::string_view takeWord(std::string_view& text) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

std::string filled(std::string_view text, const Arguments& arguments, std::string_view account, bool inPath) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const std::size_t close = text.find('}');
        const std::string_view name = text.substr(1, close - 1);
        std::size_t index = 0;
        std::from_chars(name.data(), name.data() + name.size(), index);
        const std::string value = name == "account" ? std::string(account) : index < arguments.size() ? arguments[index] : std::string();
        out += inPath ? percentEncoded(value) : value;
        text.remove_prefix(close + 1);
    }
    return out;
}

// "ListRoles": what the action is called, except where several calls share one.
std::string operationOf(const PlannedCall& planned) {
    if (planned.service != "apigateway" && planned.service != "apigatewayv2")
        return std::string(planned.action.substr(planned.action.find(':') + 1));
    std::string name;
    bool first = true;
    for (const char c : planned.call) {
        if (c != '-') name += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        first = c == '-';
    }
    return name;
}

std::vector<std::string> listOf(std::string_view value, const Arguments& arguments) {
    if (value.starts_with('{') && value.ends_with("..}")) {
        std::size_t from = 0;
        std::from_chars(value.data() + 1, value.data() + value.size(), from);
        return {arguments.begin() + static_cast<std::ptrdiff_t>(std::min(from, arguments.size())), arguments.end()};
    }
    std::vector<std::string> list;
    while (!value.empty()) {
        const std::size_t bar = std::min(value.find('|'), value.size());
        list.emplace_back(value.substr(0, bar));
        value.remove_prefix(std::min(bar + 1, value.size()));
    }
    return list;
}

void addParameter(AwsCall& call, std::string_view word, const Arguments& arguments, std::string_view account) {
    const std::size_t equals = word.find('=');
    std::string_view name = word.substr(0, equals), value = word.substr(equals + 1);
    const bool json = call.service->protocol == AwsProtocol::Json;
    if (name.ends_with("[]")) {
        name.remove_suffix(2);
        const auto list = listOf(value, arguments);
        if (json)
            call.body[std::string(name)] = list;
        else
            for (std::size_t i = 0; i < list.size(); ++i)
                call.parameters.emplace_back(std::string(name) + ".member." + std::to_string(i + 1), list[i]);
        return;
    }
    std::string text = filled(value, arguments, account, false);
    if (!json) return call.parameters.emplace_back(name, std::move(text)), void();
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed == std::errc() && end == value.data() + value.size())
        call.body[std::string(name)] = number;
    else
        call.body[std::string(name)] = std::move(text);
}

// What may stand in a file's name as it is.
bool isPlain(std::string_view text) {
    return !text.empty() && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+=,@") ==
                                std::string_view::npos;
}

std::string lastName(std::string_view text) {
    return std::string(text.substr(text.find_last_of("/:") + 1));
}

std::string plainOf(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return !isPlain(std::string_view(&c, 1)); }, '-');
    return text;
}

std::string suffixFor(const PlannedCall& planned, const Arguments& arguments) {
    constexpr std::size_t longest = 120;
    if (planned.file == "{0}") return plainOf(lastName(arguments.empty() ? std::string_view() : arguments[0]).substr(0, longest));
    if (!planned.file.empty()) return std::string(planned.file);
    std::string name, all;
    bool plain = true;
    for (const std::string& each : arguments) {
        plain = plain && isPlain(each);
        name += (name.empty() ? "" : "-") + lastName(each);
        all += each + '\n';
    }
    if (plain && name.size() <= longest) return name;
    // The digest tells apart what became alike.
    return plainOf(name.substr(0, longest / 2)) + "-" + sha256Hex(all).substr(0, 8);
}

} // namespace

std::span<const PlannedCall> readPlan() {
    return calls;
}

AwsCall callFor(const PlannedCall& planned, const Arguments& arguments, std::string_view account, std::string_view page) {
    AwsCall call;
    call.service = awsService(planned.service);
    call.operation = operationOf(planned);
    std::string_view path = planned.path;
    if (path.starts_with("POST ")) {
        call.post = true;
        path.remove_prefix(5);
    }
    if (!path.empty()) call.path = filled(path, arguments, account, true);
    for (std::string_view rest = planned.parameters, word = takeWord(rest); !word.empty(); word = takeWord(rest))
        addParameter(call, word, arguments, account);
    if (page.empty()) return call;
    const std::string name(planned.page.substr(0, planned.page.find('=')));
    if (call.service->protocol == AwsProtocol::Json)
        call.body[name] = page;
    else
        call.parameters.emplace_back(name, page);
    return call;
}

bool follows(const PlannedCall& child, const PlannedCall& parent) {
    std::string_view rest = child.after;
    std::string_view name = takeWord(rest);
    const std::size_t colon = name.find(':');
    const std::string_view service = colon == std::string_view::npos ? child.service : name.substr(0, colon);
    if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return !name.empty() && service == parent.service && name == parent.call;
}

std::vector<Arguments> argumentsAfter(const PlannedCall& child, const Json& answer, const Arguments& ofParent) {
    std::vector<Arguments> all;
    std::string_view rest = child.after;
    takeWord(rest);
    std::string_view list = takeWord(rest);
    list.remove_suffix(2); // "[]"
    std::vector<std::string_view> names;
    for (std::string_view word = takeWord(rest); !word.empty(); word = takeWord(rest)) names.push_back(word);
    const auto found = answer.find(std::string(list));
    if (found == answer.end() || !found->is_array()) return all;
    for (const Json& each : *found) {
        Arguments arguments;
        for (const std::string_view name : names) {
            std::string text;
            if (name.starts_with('^')) {
                const auto index = static_cast<std::size_t>(name[1] - '0');
                if (index < ofParent.size()) text = ofParent[index];
            } else if (name == ".") {
                if (each.is_string()) text = each.get<std::string>();
            } else if (each.is_object()) {
                text = textField(each, std::string(name).c_str());
            }
            if (text.empty()) break;
            arguments.push_back(std::move(text));
        }
        if (arguments.size() != names.size()) continue;
        const std::size_t shared = names.size() - 1;
        if (child.batch > 1 && !all.empty() && all.back().size() < shared + child.batch)
            all.back().push_back(std::move(arguments.back()));
        else
            all.push_back(std::move(arguments));
    }
    return all;
}

std::string addPage(const PlannedCall& planned, Json& whole, Json page) {
    const std::string token(planned.page.substr(std::min(planned.page.find('=') + 1, planned.page.size())));
    std::string next = token.empty() ? std::string() : textField(page, token.c_str());
    if (!token.empty()) page.erase(token);
    if (page.contains("IsTruncated")) page["IsTruncated"] = false;
    if (page.contains("Truncated")) page["Truncated"] = false;
    const bool first = whole.is_null();
    if (first) whole = std::move(page);
    for (std::string_view rest = planned.lists, word = takeWord(rest); !word.empty(); word = takeWord(rest)) {
        // Some services leave an empty list out; the answer is told by it.
        Json& list = whole[std::string(word)];
        if (!list.is_array()) list = Json::array();
        if (first) continue;
        const auto more = page.find(std::string(word));
        if (more == page.end() || !more->is_array()) continue;
        for (Json& each : *more) list.push_back(std::move(each));
    }
    return next;
}

std::size_t objectsIn(const PlannedCall& planned, const Json& answer) {
    if (planned.lists.empty()) return 1;
    std::size_t count = 0;
    for (std::string_view rest = planned.lists, word = takeWord(rest); !word.empty(); word = takeWord(rest))
        if (const auto list = answer.find(std::string(word)); list != answer.end() && list->is_array()) count += list->size();
    return count;
}

std::string fileFor(const PlannedCall& planned, const Arguments& arguments, std::string_view account, std::string_view region) {
    std::string path = planned.scope == Scope::Organization ? std::string("organizations") : std::string(account);
    if (planned.scope == Scope::Region) path.append("/").append(region);
    if (planned.scope != Scope::Organization) path.append("/").append(planned.service);
    path.append("/").append(planned.call);
    if (const std::string suffix = suffixFor(planned, arguments); !suffix.empty()) path.append("-").append(suffix);
    return path + (planned.kept == onlyForCalls ? ".names" : ".json");
}

std::vector<std::string> readActions() {
    std::set<std::string> actions;
    for (const PlannedCall& each : calls) actions.emplace(each.action);
    return {actions.begin(), actions.end()};
}

std::string readPolicy() {
    const Json policy = {{"Version", "2012-10-17"},
                         {"Statement", Json::array({{{"Sid", "ReadTheEstate"}, {"Effect", "Allow"}, {"Action", readActions()}, {"Resource", "*"}}})}};
    return policy.dump(2) + "\n";
}

} // namespace gw::cloud
