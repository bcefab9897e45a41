// One answer of every call that is read, and what the estate knows by it.
#include "models/estate/estate_reader.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gw::estate {
namespace {

struct Dump {
    std::string path, text;
};

std::shared_ptr<const Estate> read(const std::vector<Dump>& dumps) {
    EstateReader reader;
    for (const Dump& each : dumps) reader.addText("111122223333/eu-west-1/" + each.path, each.text);
    return reader.finish();
}

const Resource* find(const Estate& estate, const std::string& arn) {
    for (const Resource& each : estate.resources())
        if (each.arn == arn) return &each;
    return nullptr;
}

std::string arnsOf(const Estate& estate) {
    std::string list;
    for (const Resource& each : estate.resources()) list += each.arn + "\n";
    return list;
}

struct Case {
    std::string path, text, arn;
    ResourceKind kind;
    std::string name, parent;
    std::vector<RoleUse> roles = {};
};

class Services : public testing::TestWithParam<Case> {};

TEST_P(Services, AreReadWithTheirKindNameParentAndRoles) {
    const Case& given = GetParam();
    const auto estate = read({{given.path, given.text}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    const Resource* found = find(*estate, given.arn);
    ASSERT_NE(found, nullptr) << arnsOf(*estate);
    EXPECT_EQ(found->kind, given.kind) << resourceKindName(found->kind);
    EXPECT_EQ(found->name, given.name);
    EXPECT_EQ(found->parent, given.parent);
    EXPECT_EQ(found->roles, given.roles);
    EXPECT_EQ(found->account, "111122223333");
    EXPECT_EQ(found->region, "eu-west-1");
    EXPECT_FALSE(found->source.pointer.empty() && found->source.file == nullptr);
}

std::string a(const char* service, const std::string& rest) {
    return std::string("arn:aws:") + service + ":eu-west-1:111122223333:" + rest;
}

std::string role(const char* name) {
    return std::string("arn:aws:iam::111122223333:role/") + name;
}

std::string meshPart(const char* member, const char* nameMember, const std::string& arn) {
    return std::string("{\"") + member + "\":{\"meshName\":\"m\",\"" + nameMember + "\":\"n\",\"metadata\":{\"arn\":\"" + arn +
           "\",\"version\":1},\"spec\":{},\"status\":{\"status\":\"ACTIVE\"}}}";
}

INSTANTIATE_TEST_SUITE_P(
    AwsReaders, Services,
    testing::Values(
        Case{"a.json", R"({"Functions":[{"FunctionName":"f","FunctionArn":")" + a("lambda", "function:f") + R"(","Role":")" + role("r") + "\"}]}",
             a("lambda", "function:f"), ResourceKind::Function, "f", "", {{"Role", role("r")}}},
        Case{"a.json", R"({"Configuration":{"FunctionArn":")" + a("lambda", "function:f") + R"("},"Code":{"Location":"https://presigned"},"Tags":{"team":"x"}})",
             a("lambda", "function:f"), ResourceKind::Function, "f", ""},
        Case{"a.json", R"({"FunctionName":"f","FunctionArn":")" + a("lambda", "function:f") + "\"}", a("lambda", "function:f"), ResourceKind::Function, "f", ""},
        Case{"a.json", R"({"Aliases":[{"AliasArn":")" + a("lambda", "function:f:live") + R"(","Name":"live","FunctionVersion":"3"}]})",
             a("lambda", "function:f:live"), ResourceKind::FunctionAlias, "f:live", a("lambda", "function:f")},
        Case{"a.json", R"({"EventSourceMappings":[{"UUID":"u","EventSourceMappingArn":")" + a("lambda", "event-source-mapping:u") + R"(","FunctionArn":")" + a("lambda", "function:f") + "\"}]}",
             a("lambda", "event-source-mapping:u"), ResourceKind::Other, "u", a("lambda", "function:f")},
        Case{"a.json", R"({"clusterArns":[")" + a("ecs", "cluster/c") + "\"]}", a("ecs", "cluster/c"), ResourceKind::Cluster, "c", ""},
        Case{"a.json", R"({"clusters":[{"clusterArn":")" + a("ecs", "cluster/c") + R"(","serviceConnectDefaults":{"namespace":"ns"}}],"failures":[]})",
             a("ecs", "cluster/c"), ResourceKind::Cluster, "c", ""},
        Case{"a.json", R"({"services":[{"serviceArn":")" + a("ecs", "service/c/s") + R"(","deployments":[{"serviceConnectConfiguration":{"services":[{"tls":{"roleArn":")" + role("tls") + "\"}}]}}]}]}",
             a("ecs", "service/c/s"), ResourceKind::Service, "s", a("ecs", "cluster/c"), {{"deployments.serviceConnectConfiguration.services.tls.roleArn", role("tls")}}},
        Case{"a.json", R"({"taskDefinition":{"taskDefinitionArn":")" + a("ecs", "task-definition/t:3") + R"(","taskRoleArn":")" + role("t") + R"(","executionRoleArn":")" + role("e") +
                 R"(","containerDefinitions":[{"name":"app","environment":[{"name":"ASSUME","value":")" + role("other") + "\"}]}]}}",
             a("ecs", "task-definition/t:3"), ResourceKind::TaskDefinition, "t:3", "", {{"taskRoleArn", role("t")}, {"executionRoleArn", role("e")}}},
        Case{"a.json", R"({"cluster":{"name":"k","arn":")" + a("eks", "cluster/k") + R"(","roleArn":")" + role("k") + R"(","identity":{"oidc":{"issuer":"https://i"}}}})",
             a("eks", "cluster/k"), ResourceKind::Cluster, "k", "", {{"roleArn", role("k")}}},
        Case{"a.json", R"({"association":{"clusterName":"k","namespace":"ns","serviceAccount":"sa","roleArn":")" + role("p") + R"(","associationArn":")" + a("eks", "podidentityassociation/k/a-1") + "\"}}",
             a("eks", "podidentityassociation/k/a-1"), ResourceKind::WorkloadIdentity, "ns/sa", a("eks", "cluster/k"), {{"roleArn", role("p")}}},
        Case{"a.json", R"({"mesh":{"meshName":"m","metadata":{"arn":")" + a("appmesh", "mesh/m") + R"("},"spec":{},"status":{}}})", a("appmesh", "mesh/m"), ResourceKind::Mesh, "m", ""},
        Case{"a.json", meshPart("virtualNode", "virtualNodeName", a("appmesh", "mesh/m/virtualNode/n")), a("appmesh", "mesh/m/virtualNode/n"), ResourceKind::VirtualNode, "n", a("appmesh", "mesh/m")},
        Case{"a.json", meshPart("virtualService", "virtualServiceName", a("appmesh", "mesh/m/virtualService/n")), a("appmesh", "mesh/m/virtualService/n"), ResourceKind::VirtualService, "n", a("appmesh", "mesh/m")},
        Case{"a.json", meshPart("virtualRouter", "virtualRouterName", a("appmesh", "mesh/m/virtualRouter/n")), a("appmesh", "mesh/m/virtualRouter/n"), ResourceKind::VirtualRouter, "n", a("appmesh", "mesh/m")},
        Case{"a.json", meshPart("route", "routeName", a("appmesh", "mesh/m/virtualRouter/r/route/n")), a("appmesh", "mesh/m/virtualRouter/r/route/n"), ResourceKind::MeshRoute, "n", a("appmesh", "mesh/m/virtualRouter/r")},
        Case{"a.json", meshPart("virtualGateway", "virtualGatewayName", a("appmesh", "mesh/m/virtualGateway/n")), a("appmesh", "mesh/m/virtualGateway/n"), ResourceKind::VirtualGateway, "n", a("appmesh", "mesh/m")},
        Case{"a.json", meshPart("gatewayRoute", "gatewayRouteName", a("appmesh", "mesh/m/virtualGateway/g/gatewayRoute/n")), a("appmesh", "mesh/m/virtualGateway/g/gatewayRoute/n"), ResourceKind::GatewayRoute, "n", a("appmesh", "mesh/m/virtualGateway/g")},
        Case{"a.json", R"({"virtualNodes":[{"arn":")" + a("appmesh", "mesh/m/virtualNode/n") + R"(","meshName":"m"}]})", a("appmesh", "mesh/m/virtualNode/n"), ResourceKind::VirtualNode, "n", a("appmesh", "mesh/m")},
        Case{"a.json", R"({"items":[{"id":"svc-1","name":"pay","arn":")" + a("vpc-lattice", "service/svc-1") + "\"}]}", a("vpc-lattice", "service/svc-1"), ResourceKind::LatticeService, "pay", ""},
        Case{"a.json", R"({"id":"sn-1","name":"net","arn":")" + a("vpc-lattice", "servicenetwork/sn-1") + R"(","authType":"AWS_IAM"})", a("vpc-lattice", "servicenetwork/sn-1"), ResourceKind::ServiceNetwork, "net", ""},
        Case{"a.json", R"({"id":"listener-1","name":"https","arn":")" + a("vpc-lattice", "service/svc-1/listener/listener-1") + "\"}", a("vpc-lattice", "service/svc-1/listener/listener-1"), ResourceKind::LatticeListener, "https", a("vpc-lattice", "service/svc-1")},
        Case{"a.json", R"({"id":"rule-1","name":"refunds","arn":")" + a("vpc-lattice", "service/svc-1/listener/listener-1/rule/rule-1") + "\"}", a("vpc-lattice", "service/svc-1/listener/listener-1/rule/rule-1"), ResourceKind::LatticeRule, "refunds", a("vpc-lattice", "service/svc-1/listener/listener-1")},
        Case{"a.json", R"({"id":"tg-1","name":"tg","arn":")" + a("vpc-lattice", "targetgroup/tg-1") + R"(","config":{}})", a("vpc-lattice", "targetgroup/tg-1"), ResourceKind::TargetGroup, "tg", ""},
        Case{"a.json", R"({"items":[{"id":"snsa-1","arn":")" + a("vpc-lattice", "servicenetworkserviceassociation/snsa-1") + R"(","serviceName":"pay","serviceNetworkArn":")" + a("vpc-lattice", "servicenetwork/sn-1") + "\"}]}",
             a("vpc-lattice", "servicenetworkserviceassociation/snsa-1"), ResourceKind::NetworkAssociation, "pay", a("vpc-lattice", "servicenetwork/sn-1")},
        Case{"a.json", R"({"Namespaces":[{"Id":"ns-1","Name":"internal","Arn":")" + a("servicediscovery", "namespace/ns-1") + "\"}]}", a("servicediscovery", "namespace/ns-1"), ResourceKind::Namespace, "internal", ""},
        Case{"a.json", R"({"UserPool":{"Id":"eu-west-1_x","Name":"people","Arn":")" + a("cognito-idp", "userpool/eu-west-1_x") + "\"}}", a("cognito-idp", "userpool/eu-west-1_x"), ResourceKind::UserPool, "people", ""},
        Case{"a.json", R"({"UserPools":[{"Id":"eu-west-1_x","Name":"people"}]})", a("cognito-idp", "userpool/eu-west-1_x"), ResourceKind::UserPool, "people", ""},
        Case{"a.json", R"({"SecretList":[{"ARN":")" + a("secretsmanager", "secret:db-AbCdEf") + R"(","Name":"db","RotationEnabled":true}]})", a("secretsmanager", "secret:db-AbCdEf"), ResourceKind::Secret, "db", ""},
        Case{"a.json", R"({"VpcEndpoints":[{"VpcEndpointId":"vpce-1","OwnerId":"111122223333","ServiceName":"com.amazonaws.eu-west-1.execute-api","PolicyDocument":"{}"}]})",
             a("ec2", "vpc-endpoint/vpce-1"), ResourceKind::VpcEndpoint, "vpce-1", ""}));

TEST(AwsReaders, PutARestApiTogether) {
    const auto estate = read({{"get-rest-apis.json", R"({"items":[{"id":"api1","name":"payments","policy":"{\\\"Statement\\\":[]}"}]})"},
                              {"get-resources-api1.json", R"({"items":[{"id":"r1","path":"/refunds","resourceMethods":{"POST":{"authorizationType":"CUSTOM","authorizerId":"au1",
                                  "apiKeyRequired":true,"authorizationScopes":["pay"],"methodIntegration":{"credentials":")" + role("i") + R"("}},"GET":{}}}]})"},
                              {"get-stages-api1.json", R"({"item":[{"stageName":"prod","variables":{"KEY":"s3cr3t"}}]})"},
                              {"get-authorizers-api1.json", R"({"items":[{"id":"au1","name":"tokens","type":"TOKEN","authorizerCredentials":")" + role("au") + "\"}]}"},
                              {"get-deployments-api1.json", R"({"items":[{"id":"d1","createdDate":"2026-01-01"}]})"},
                              {"get-domain-names.json", R"({"items":[{"domainName":"api.example.com"}]})"},
                              {"get-base-path-mappings-api.example.com.json", R"({"items":[{"basePath":"v1","restApiId":"api1","stage":"prod"}]})"}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    const Resource* route = find(*estate, a("execute-api", "api1/prod/POST/refunds"));
    ASSERT_NE(route, nullptr) << arnsOf(*estate);
    EXPECT_EQ(route->authorization, (Authorization{"CUSTOM", "au1", {"pay"}, true}));
    EXPECT_EQ(route->roles, (std::vector<RoleUse>{{"methodIntegration.credentials", role("i")}}));
    EXPECT_EQ(route->parent, a("execute-api", "api1"));
    EXPECT_EQ(find(*estate, a("execute-api", "api1/prod/GET/refunds"))->authorization.type, "");
    const Resource* stage = find(*estate, "arn:aws:apigateway:eu-west-1::/restapis/api1/stages/prod");
    ASSERT_NE(stage, nullptr);
    EXPECT_EQ(stage->spec.find("s3cr3t"), std::string::npos);
    EXPECT_NE(find(*estate, "arn:aws:apigateway:eu-west-1::/restapis/api1/authorizers/au1"), nullptr);
    EXPECT_NE(find(*estate, "arn:aws:apigateway:eu-west-1::/restapis/api1/deployments/d1"), nullptr);
    const Resource* domain = find(*estate, "arn:aws:apigateway:eu-west-1::/domainnames/api.example.com");
    ASSERT_NE(domain, nullptr);
    EXPECT_NE(domain->spec.find(R"("mappings":[{"basePath":"v1","restApiId":"api1","stage":"prod"}])"), std::string::npos) << domain->spec;
}

TEST(AwsReaders, PutHttpAndWebSocketApisTogether) {
    const auto estate = read({{"get-apis.json", R"({"Items":[{"ApiId":"h1","Name":"orders","ProtocolType":"HTTP"},{"ApiId":"w1","Name":"chat","ProtocolType":"WEBSOCKET"}]})"},
                              {"get-routes-h1.json", R"({"Items":[{"RouteId":"r","RouteKey":"POST /orders","AuthorizationType":"JWT","AuthorizerId":"j","Target":"integrations/i1"}]})"},
                              {"get-integrations-h1.json", R"({"Items":[{"IntegrationId":"i1","CredentialsArn":")" + role("i") + R"(","RequestParameters":{"append:header.x-api-key":"abc"}}]})"},
                              {"get-authorizers-h1.json", R"({"Items":[{"AuthorizerId":"j","Name":"jwt","AuthorizerType":"JWT","JwtConfiguration":{"Issuer":"https://i","Audience":["a"]}}]})"},
                              {"get-stages-h1.json", R"({"Items":[{"StageName":"$default"}]})"},
                              {"get-routes-w1.json", R"({"Items":[{"RouteId":"r","RouteKey":"$connect","AuthorizationType":"AWS_IAM"}]})"},
                              {"get-routes-x1.json", R"({"Items":[{"RouteId":"r","RouteKey":"GET /","AuthorizationType":"NONE"}]})"}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    const Resource* route = find(*estate, a("execute-api", "h1/$default/POST/orders"));
    ASSERT_NE(route, nullptr) << arnsOf(*estate);
    EXPECT_EQ(route->authorization.type, "JWT");
    EXPECT_EQ(route->roles, (std::vector<RoleUse>{{"CredentialsArn", role("i")}}));
    EXPECT_EQ(route->spec.find("abc"), std::string::npos) << route->spec;
    EXPECT_NE(find(*estate, a("execute-api", "w1/*/$connect")), nullptr);
    const Resource* unlisted = find(*estate, a("execute-api", "x1"));
    ASSERT_NE(unlisted, nullptr) << "an API whose routes are there exists";
    EXPECT_EQ(unlisted->kind, ResourceKind::HttpApi);
    EXPECT_EQ(estate->resourceFor(a("execute-api", "w1/prod/$connect"))->kind, ResourceKind::WebSocketApi);
}

TEST(AwsReaders, NoValueOfAVariableIsKept) {
    const auto estate = read({{"a.json", R"({"Functions":[{"FunctionArn":")" + a("lambda", "function:f") + R"(","Environment":{"Variables":{"DB":"hunter2"}}}]})"},
                              {"b.json", R"({"taskDefinition":{"taskDefinitionArn":")" + a("ecs", "task-definition/t:1") +
                                   R"(","containerDefinitions":[{"environment":[{"name":"DB","value":"hunter2"}],"logConfiguration":{"options":{"splunk-token":"hunter2","mode":"x"}}}]}})"},
                              {"c.json", R"({"ARN":")" + a("secretsmanager", "secret:s-AbCdEf") + R"(","Name":"s","SecretString":"hunter2","SecretBinary":"hunter2"})"},
                              {"d.json", R"({"Configuration":{"FunctionArn":")" + a("lambda", "function:g") + R"("},"Code":{"Location":"https://hunter2"}})"}});
    EXPECT_EQ(estate->resources().size(), 4U);
    for (const Resource& each : estate->resources()) EXPECT_EQ(each.spec.find("hunter2"), std::string::npos) << each.spec;
    EXPECT_NE(find(*estate, a("ecs", "task-definition/t:1"))->spec.find(R"({"name":"DB"})"), std::string::npos);
}

TEST(AwsReaders, WhatAnswersDoNotNameIsNamedByTheFile) {
    const auto estate = read({{"list-services.json", R"({"items":[{"id":"svc-1","name":"pay","arn":")" + a("vpc-lattice", "service/svc-1") + "\"}]}"},
                              {"get-auth-policy-svc-1.json", R"({"policy":"{\"Statement\":[]}","state":"Active"})"},
                              {"get-auth-policy-sn-2.json", R"({"state":"Inactive"})"},
                              {"get-saml-provider-okta.json", R"({"SAMLMetadataDocument":"<EntityDescriptor/>","SAMLProviderUUID":"SAMLSPX","AssertionEncryptionMode":"Required","ValidUntil":"2027-01-01T00:00:00Z"})"},
                              {"get-open-id-connect-provider-x.json", R"({"Url":"https://token.example.com/a","ClientIDList":["sts.amazonaws.com"]})"},
                              {"list-policies.json", R"({"Policies":[{"PolicyName":"pay","PolicyId":"ANPA1","Arn":"arn:aws:iam::111122223333:policy/team/pay"}]})"},
                              {"get-policy-version-pay-v3.json", R"({"PolicyVersion":{"Document":{"Statement":[]},"VersionId":"v3","IsDefaultVersion":true}})"},
                              {"get-role-cap.json", R"({"Role":{"RoleName":"cap","Arn":"arn:aws:iam::111122223333:role/team/cap","RoleLastUsed":{}}})"},
                              {"list-role-policies-cap.json", R"({"PolicyNames":["inline"]})"},
                              {"get-role-policy-cap-inline.json", R"({"RoleName":"cap","PolicyName":"inline","PolicyDocument":{"Statement":[]}})"},
                              {"list-attached-role-policies-cap.json", R"({"AttachedPolicies":[{"PolicyName":"pay","PolicyArn":"arn:aws:iam::111122223333:policy/team/pay"}]})"},
                              {"get-service-last-accessed-details-cap.json", R"({"JobStatus":"COMPLETED","ServicesLastAccessed":[{"ServiceNamespace":"s3"},{"ServiceNamespace":"sqs","LastAuthenticated":"2026-10-01T00:00:00Z"}]})"}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    ASSERT_NE(find(*estate, a("vpc-lattice", "service/svc-1")), nullptr);
    EXPECT_TRUE(find(*estate, a("vpc-lattice", "service/svc-1"))->policy);
    const Resource* network = find(*estate, a("vpc-lattice", "servicenetwork/sn-2"));
    ASSERT_NE(network, nullptr);
    EXPECT_TRUE(network->policyKnown && !network->policy);
    const SamlProvider* provider = estate->samlProvider("arn:aws:iam::111122223333:saml-provider/okta");
    ASSERT_NE(provider, nullptr);
    EXPECT_EQ(provider->encryption, "Required");
    EXPECT_EQ(provider->metadata, "<EntityDescriptor/>");
    ASSERT_EQ(estate->oidcProviders().size(), 1U);
    EXPECT_EQ(estate->oidcProviders()[0].arn, "arn:aws:iam::111122223333:oidc-provider/token.example.com/a");
    EXPECT_TRUE(estate->managedPolicy("arn:aws:iam::111122223333:policy/team/pay")->document.known);
    const Role* capture = estate->role("111122223333", "cap");
    ASSERT_NE(capture, nullptr);
    EXPECT_TRUE(capture->policies.known);
    EXPECT_TRUE(capture->lastUsedKnown);
    ASSERT_EQ(capture->policies.inlinePolicies.size(), 1U);
    EXPECT_EQ(capture->policies.inlinePolicies[0].owner, capture->arn);
    EXPECT_EQ(capture->policies.attached.size(), 1U);
    EXPECT_EQ(estate->usage().services.at(capture->arn).size(), 2U);
}

TEST(AwsReaders, APartialListOfPoliciesStaysPartial) {
    const auto estate = read({{"list-roles.json", R"({"Roles":[{"RoleName":"cap","Arn":"arn:aws:iam::111122223333:role/cap"}]})"},
                              {"list-role-policies-cap.json", R"({"PolicyNames":[]})"},
                              {"list-attached-role-policies-cap.json", R"({"AttachedPolicies":[]})"}});
    EXPECT_FALSE(estate->role("111122223333", "cap")->policies.known) << "list-roles does not tell of boundaries";
}

TEST(AwsReaders, TheSameResourceTwiceIsOneRow) {
    const std::string routes = R"({"items":[{"id":"r","path":"/","resourceMethods":{"GET":{"authorizationType":"NONE"}}}]})";
    const auto estate = read({{"get-resources-a1.json", routes}, {"copy/get-resources-a1.json", routes},
                              {"l.json", R"({"meshes":[{"arn":")" + a("appmesh", "mesh/m") + R"(","meshName":"m","version":2}]})"},
                              {"d.json", R"({"mesh":{"meshName":"m","metadata":{"arn":")" + a("appmesh", "mesh/m") + R"("},"spec":{"egressFilter":{"type":"DROP_ALL"}},"status":{}}})"}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    EXPECT_EQ(std::count_if(estate->resources().begin(), estate->resources().end(), [](const Resource& each) { return each.kind == ResourceKind::Route; }), 1);
    EXPECT_NE(find(*estate, a("appmesh", "mesh/m"))->spec.find("DROP_ALL"), std::string::npos);
}

TEST(AwsReaders, TwoAnswersOfOneCallThatDifferAreTold) {
    const auto mesh = [](const char* filter) { return R"({"mesh":{"meshName":"m","metadata":{"arn":")" + a("appmesh", "mesh/m") + R"("},"spec":{"egressFilter":{"type":")" + filter + "\"}}}}"; };
    EstateReader reader;
    reader.addText("new/describe-mesh.json", mesh("DROP_ALL"), UtcTime::fromUnixSeconds(2000));
    reader.addText("old/describe-mesh.json", mesh("ALLOW_ALL"), UtcTime::fromUnixSeconds(1000));
    const auto estate = reader.finish();
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Conflict));
    EXPECT_EQ(estate->problems()[0].fact("file"), "old/describe-mesh.json");
    EXPECT_NE(estate->resources()[0].spec.find("DROP_ALL"), std::string::npos);
}

} // namespace
} // namespace gw::estate
