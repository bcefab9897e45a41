// Templates of CloudFormation, states of Terraform and objects of Kubernetes: what they declare, what stays unknown, and that
// no secret comes along.
#include "models/estate/estate_reader.h"
#include "models/estate/question.h"
#include "models/estate/sources/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace gw::estate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string folder = GW_TEST_DATA "/estate/declared/";

std::string contents(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(folder + name, std::ios::binary).rdbuf();
    return text.str();
}

std::shared_ptr<const Estate> read(const std::vector<std::pair<std::string, std::string>>& files) {
    EstateReader reader;
    for (const auto& [path, text] : files) reader.addText(path, text);
    return reader.finish();
}

const Resource* find(const Estate& estate, ResourceKind kind, const std::string& name) {
    const auto& all = estate.resources();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Resource& each) { return each.kind == kind && each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

// What is told besides places that nothing tells, as "code: seen or object".
std::vector<std::string> told(const Estate& estate) {
    std::vector<std::string> all;
    for (const Error& each : estate.problems())
        if (!each.code().is(EstateError::Unnamed)) all.push_back(each.code().id() + ": " + std::string(each.fact("seen").empty() ? each.fact("object") : each.fact("seen")));
    return all;
}

const std::string templatePath = "111122223333/eu-west-1/payments.yaml";

std::shared_ptr<const Estate> payments() {
    return read({{templatePath, contents(templatePath)}});
}

TEST(CloudFormation, RolesComeWithWhatIsDeclaredBesideThem) {
    const auto estate = payments();
    EXPECT_THAT(told(*estate), ElementsAre("estate.malformed: Never → Never"));
    ASSERT_EQ(estate->roles().size(), 1U) << "one is of another stage";
    const Role& role = estate->roles()[0];
    EXPECT_EQ(role.arn, "arn:aws:iam::111122223333:role/team/payments-prod");
    EXPECT_EQ(role.maxSessionSeconds, 7200);
    EXPECT_EQ(role.tags, (Tags{{"env", "prod"}}));
    ASSERT_TRUE(role.trust && role.trust->known);
    EXPECT_THAT(role.trust->text, HasSubstr("arn:aws:iam::111122223333:saml-provider/Okta"));
    EXPECT_THAT(role.policies.attached, ElementsAre("arn:aws:iam::111122223333:policy/reading", "arn:aws:iam::aws:policy/ReadOnlyAccess"));
    ASSERT_EQ(role.policies.inlinePolicies.size(), 3U);
    EXPECT_THAT(role.policies.inlinePolicies[0].text, HasSubstr("arn:aws:sqs:eu-west-1:111122223333:refunds"));
    EXPECT_EQ(role.policies.inlinePolicies[2].name, "beside");
    ASSERT_EQ(estate->samlProviders().size(), 1U);
    EXPECT_EQ(estate->samlProviders()[0].arn, "arn:aws:iam::111122223333:saml-provider/Okta");
    EXPECT_EQ(estate->samlProviders()[0].metadata, "<EntityDescriptor/>");
}

TEST(CloudFormation, WhatHangsOnAnUnknownValueDepends) {
    const auto estate = payments();
    ASSERT_EQ(estate->roles().size(), 1U);
    const PolicyDocument& outside = estate->roles()[0].policies.inlinePolicies[1];
    EXPECT_EQ(outside.name, "outside");
    EXPECT_FALSE(outside.known);
    const auto principal = policy::Principal::parse("arn:aws:iam::111122223333:role/team/payments-prod");
    ASSERT_TRUE(principal);
    const auto question = makeQuestion(*estate, policy::Request{*principal, "s3:GetObject", "arn:aws:s3:::any/thing", "", {}, {}});
    EXPECT_TRUE(std::any_of(question.gaps.begin(), question.gaps.end(), [](const Gap& each) { return each.what == Missing::IdentityPolicies && each.object == "outside"; }));
}

TEST(CloudFormation, PlacesLeadIntoTheTemplate) {
    const auto estate = payments();
    const Role& role = estate->roles()[0];
    EXPECT_EQ(role.source.pointer, "/Resources/Payments");
    EXPECT_EQ(role.trust->source.pointer, "/Resources/Payments/Properties/AssumeRolePolicyDocument");
    std::istringstream lines(contents(templatePath));
    std::string line;
    for (std::uint32_t i = 0; i < role.trust->source.position.line; ++i) std::getline(lines, line);
    EXPECT_THAT(line.substr(role.trust->source.position.column - 1), testing::StartsWith("Version: 2012-10-17"));
}

struct Expected {
    ResourceKind kind;
    const char* name;
    const char* arn;
};

class Resources : public testing::TestWithParam<Expected> {};

TEST_P(Resources, OfATemplate) {
    const auto estate = payments();
    const Resource* found = find(*estate, GetParam().kind, GetParam().name);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->arn, GetParam().arn);
}

INSTANTIATE_TEST_SUITE_P(
    CloudFormation, Resources,
    testing::Values(Expected{ResourceKind::Queue, "refunds", "arn:aws:sqs:eu-west-1:111122223333:refunds"},
                    Expected{ResourceKind::Function, "capture", "arn:aws:lambda:eu-west-1:111122223333:function:capture"},
                    Expected{ResourceKind::RestApi, "payments-api", "arn:aws:execute-api:eu-west-1:111122223333:Api"},
                    Expected{ResourceKind::Route, "POST /refunds/{id}", "arn:aws:execute-api:eu-west-1:111122223333:Api/prod/POST/refunds/{id}"},
                    Expected{ResourceKind::Stage, "prod", "arn:aws:execute-api:eu-west-1:111122223333:Api/prod"},
                    Expected{ResourceKind::TaskDefinition, "payments", "arn:aws:ecs:eu-west-1:111122223333:task-definition/payments"},
                    Expected{ResourceKind::Mesh, "shop", "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop"},
                    Expected{ResourceKind::VirtualNode, "payments", "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/payments"},
                    Expected{ResourceKind::LatticeService, "payments", "arn:aws:vpc-lattice:eu-west-1:111122223333:service/payments"}));

TEST(CloudFormation, ResourcesHaveTheirPoliciesRolesAndAuthorization) {
    const auto estate = payments();
    const Resource* queue = find(*estate, ResourceKind::Queue, "refunds");
    ASSERT_TRUE(queue != nullptr && queue->policy);
    EXPECT_THAT(queue->policy->text, HasSubstr("arn:aws:iam::111122223333:role/team/payments-prod"));
    const Resource* function = find(*estate, ResourceKind::Function, "capture");
    ASSERT_TRUE(function->policy);
    EXPECT_THAT(function->policy->text, HasSubstr("apigateway.amazonaws.com"));
    EXPECT_EQ(function->roles, (std::vector<RoleUse>{{"Role", "arn:aws:iam::111122223333:role/team/payments-prod"}}));
    EXPECT_EQ(find(*estate, ResourceKind::Route, "POST /refunds/{id}")->authorization.type, "AWS_IAM");
    const Resource* task = find(*estate, ResourceKind::TaskDefinition, "payments");
    EXPECT_EQ(task->roles, (std::vector<RoleUse>{{"taskRoleArn", "arn:aws:iam::111122223333:role/team/payments-prod"}, {"executionRoleArn", "${ImportValue}"}}));
    const Resource* lattice = find(*estate, ResourceKind::LatticeService, "payments");
    EXPECT_EQ(lattice->authorization.type, "AWS_IAM");
    EXPECT_TRUE(lattice->policy && lattice->policy->known);
    EXPECT_THAT(find(*estate, ResourceKind::VirtualNode, "payments")->spec, HasSubstr(R"("serviceDiscovery":{"awsCloudMap":{"namespaceName":"shop")"));
}

TEST(CloudFormation, BesideTheLiveEstateItIsWhatIsDeclared) {
    const auto estate = read({{templatePath, contents(templatePath)},
                              {"roles.json", R"({"Roles":[{"RoleName":"payments-prod","Path":"/team/","Arn":"arn:aws:iam::111122223333:role/team/payments-prod"}]})"}});
    ASSERT_EQ(estate->roles().size(), 1U);
    EXPECT_FALSE(estate->roles()[0].policies.known);
    ASSERT_NE(estate->declared(), nullptr);
    ASSERT_NE(estate->declared()->role("arn:aws:iam::111122223333:role/team/payments-prod"), nullptr);
    EXPECT_TRUE(estate->declared()->roles()[0].policies.known);
}

TEST(CloudFormation, AnAccountThatNothingTellsIsSaid) {
    const auto alone = read({{"payments.yaml", contents(templatePath)}});
    EXPECT_EQ(std::count_if(alone->problems().begin(), alone->problems().end(), [](const Error& each) { return each.code().is(EstateError::Unnamed); }), 1);
    ASSERT_EQ(alone->roles().size(), 1U);
    EXPECT_TRUE(alone->roles()[0].trust->known) << "what is declared together stays together";
    EXPECT_EQ(alone->roles()[0].arn, "arn:aws:iam::unknown-account:role/team/payments-prod");
    EXPECT_EQ(find(*alone, ResourceKind::Queue, "refunds")->arn, "arn:aws:sqs:unknown-region:unknown-account:refunds");
    EXPECT_NE(alone->samlProvider("arn:aws:iam::unknown-account:saml-provider/Okta"), nullptr);
    EXPECT_THAT(alone->roles()[0].trust->text, HasSubstr("arn:aws:iam::unknown-account:saml-provider/Okta"));
    const auto several = read({{"payments.yaml", contents(templatePath)},
                               {"roles.json", R"({"Roles":[{"RoleName":"a","Arn":"arn:aws:iam::111122223333:role/a"},{"RoleName":"b","Arn":"arn:aws:iam::444455556666:role/b"}]})"}});
    ASSERT_NE(several->declared(), nullptr);
    ASSERT_EQ(several->declared()->roles().size(), 1U);
    EXPECT_EQ(several->declared()->roles()[0].account, "unknown-account") << "it could be of either";
}

TEST(CloudFormation, OfAnUnknownAccountNothingIsSure) {
    const std::string sending = "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}\n"
                                "  R:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: r\n      Policies:\n"
                                "        - {PolicyName: p, PolicyDocument: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: \"sqs:SendMessage\", Resource: !GetAtt Q.Arn}]}}\n";
    const auto decided = [&](const Estate& estate, const std::string& action) {
        const Question question = makeQuestion(estate, policy::Request{*policy::Principal::parse(estate.roles().at(0).arn), action, find(estate, ResourceKind::Queue, "jobs")->arn, "", {}, {}});
        return conclude(question, {}).decision;
    };
    const auto alone = read({{"a.yaml", sending}});
    EXPECT_EQ(find(*alone, ResourceKind::Queue, "jobs")->arn, "arn:aws:sqs:unknown-region:unknown-account:jobs");
    EXPECT_EQ(decided(*alone, "sqs:SendMessage"), policy::Decision::Depends) << "which policies of an organization bind it, nothing tells";
    EXPECT_EQ(decided(*alone, "sqs:DeleteQueue"), policy::Decision::ImplicitlyDenied);
    // What stands for the region is taken for none.
    const std::string conditional = "AWSTemplateFormatVersion: \"2010-09-09\"\nConditions:\n  There: !Equals [!Ref AWS::Region, eu-west-1]\n  Not: !Not [Condition: There]\nResources:\n"
                                    "  A: {Type: AWS::IAM::Role, Condition: There, Properties: {RoleName: a}}\n  B: {Type: AWS::IAM::Role, Condition: Not, Properties: {RoleName: b}}\n";
    EXPECT_EQ(read({{"a.yaml", conditional}})->roles().size(), 2U);
    EXPECT_EQ(read({{"111122223333/eu-west-1/a.yaml", conditional}})->roles().size(), 1U);
}

std::string exporting(const std::string& outputs) {
    return "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters: {Stage: {Type: String, Default: prod}}\nResources:\n  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}\nOutputs:\n" + outputs;
}

std::string importing(const std::string& value) {
    return "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: r\n      Policies:\n"
           "        - {PolicyName: p, PolicyDocument: {Version: \"2012-10-17\", Statement: [{Effect: Allow, Action: \"sqs:*\", Resource: " + value + "}]}}\n";
}

TEST(CloudFormation, ImportsAreWorkedOutFromWhatOthersExport) {
    const std::string here = "111122223333/eu-west-1/", output = "  Out: {Value: !GetAtt Q.Arn, Export: {Name: !Sub \"${Stage}-queue\"}}\n";
    const auto policyOf = [](const std::shared_ptr<const Estate>& estate) -> const PolicyDocument& {
        return estate->roles().at(0).policies.inlinePolicies.at(0);
    };
    for (const bool first : {true, false}) {
        std::vector<std::pair<std::string, std::string>> files{{here + "b.yaml", importing("!ImportValue prod-queue")}};
        files.insert(first ? files.begin() : files.end(), {here + (first ? "a.yaml" : "c.yaml"), exporting(output)});
        EXPECT_THAT(policyOf(read(files)).text, HasSubstr("arn:aws:sqs:eu-west-1:111122223333:jobs"));
    }
    EXPECT_FALSE(policyOf(read({{here + "b.yaml", importing("!ImportValue prod-queue")}})).known) << "nobody exports it";
    EXPECT_FALSE(policyOf(read({{"444455556666/eu-west-1/a.yaml", exporting(output)}, {here + "b.yaml", importing("!ImportValue prod-queue")}})).known)
        << "another account's";
    EXPECT_FALSE(policyOf(read({{here + "a.yaml", exporting(output)}, {here + "c.yaml", exporting(output)}, {here + "b.yaml", importing("!ImportValue prod-queue")}})).known)
        << "two of them";
    // By way of another template, and in a circle.
    EXPECT_THAT(policyOf(read({{here + "a.yaml", exporting(output)},
                               {here + "c.yaml", exporting("  Again: {Value: !ImportValue prod-queue, Export: {Name: again}}\n")},
                               {here + "b.yaml", importing("!ImportValue again")}}))
                    .text,
                HasSubstr("arn:aws:sqs:eu-west-1:111122223333:jobs"));
    EXPECT_FALSE(policyOf(read({{here + "a.yaml", exporting("  A: {Value: !ImportValue b, Export: {Name: a}}\n")},
                                {here + "c.yaml", exporting("  B: {Value: !ImportValue a, Export: {Name: b}}\n")},
                                {here + "b.yaml", importing("!ImportValue a")}}))
                     .known);
}

TEST(CloudFormation, CirclesAreSeenInWhatLoopsMake) {
    const auto estate = read({{"111122223333/eu-west-1/a.yaml",
                               "AWSTemplateFormatVersion: \"2010-09-09\"\nTransform: AWS::LanguageExtensions\nResources:\n"
                               "  Fn::ForEach::Roles:\n    - Name\n    - [A, B]\n    - Role${Name}: {Type: AWS::IAM::Role, DependsOn: [RoleA, RoleB]}\n"}});
    EXPECT_THAT(told(*estate), testing::Contains("estate.malformed: RoleA → RoleA"));
    EXPECT_THAT(told(*estate), testing::Contains("estate.malformed: RoleA → RoleB → RoleA"));
}

const std::string openApi = R"(
        openapi: 3.0.1
        x-amazon-apigateway-policy: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "*"}]}
        components:
          securitySchemes:
            people: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: [arn]}}
            signed: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
            lambda: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {type: token, authorizerUri: uri, authorizerCredentials: "arn:aws:iam::111122223333:role/authorizer"}}
            tokens: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt, jwtConfiguration: {issuer: "https://x", audience: [a]}}}
            key: {type: apiKey, name: x-api-key, in: header}
        security: [{signed: []}]
        paths:
          /open: {get: {}}
          /empty: {get: {security: []}}
          /signed: {post: {security: [{signed: []}]}}
          /auth: {put: {x-amazon-apigateway-auth: {type: aws_iam}, x-amazon-apigateway-integration: {credentials: "arn:aws:iam::111122223333:role/caller"}}}
          /people: {get: {security: [{people: [read, write]}]}}
          /lambda: {x-amazon-apigateway-any-method: {security: [{lambda: []}]}}
          /tokens: {get: {security: [{tokens: []}]}}
          /key: {get: {security: [{key: []}]}}
          /told: {get: {security: !ImportValue security}, parameters: []}
)";

std::string apiTemplate(const std::string& type, const std::string& member, const std::string& more = {}) {
    return "AWSTemplateFormatVersion: \"2010-09-09\"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: " + type + "\n    Properties:\n" + more + "      " + member + ":" + openApi;
}

// "GET /open NONE", with the authorizer behind it, scopes and "key".
std::vector<std::string> routesOf(const Estate& estate) {
    std::vector<std::string> all;
    for (const Resource& each : estate.resources()) {
        if (each.kind != ResourceKind::Route) continue;
        std::string text = each.name + " " + each.authorization.type;
        if (!each.authorization.authorizer.empty()) text += " " + each.authorization.authorizer;
        for (const std::string& scope : each.authorization.scopes) text += " " + scope;
        if (each.authorization.apiKeyRequired) text += " key";
        for (const RoleUse& use : each.roles) text += " " + use.slot + " " + use.arn;
        all.push_back(std::move(text));
    }
    return all;
}

TEST(CloudFormation, RoutesOfAnOpenApiDocument) {
    const auto rest = read({{"111122223333/eu-west-1/a.yaml", apiTemplate("AWS::ApiGateway::RestApi", "Body")}});
    EXPECT_THAT(told(*rest), ElementsAre());
    EXPECT_THAT(routesOf(*rest), ElementsAre("GET /open NONE", "GET /empty NONE", "POST /signed AWS_IAM", "PUT /auth AWS_IAM credentials arn:aws:iam::111122223333:role/caller",
                                             "GET /people COGNITO_USER_POOLS people read write", "ANY /lambda CUSTOM lambda", "GET /tokens JWT tokens", "GET /key NONE key", "GET /told "));
    const Resource* api = find(*rest, ResourceKind::RestApi, "Api");
    ASSERT_NE(api, nullptr);
    ASSERT_TRUE(api->policy && api->policyKnown);
    EXPECT_THAT(api->policy->text, HasSubstr("execute-api:Invoke"));
    EXPECT_EQ(api->spec.find("/open"), std::string::npos);
    const Resource* authorizer = find(*rest, ResourceKind::Authorizer, "lambda");
    ASSERT_NE(authorizer, nullptr);
    EXPECT_EQ(authorizer->roles, (std::vector<RoleUse>{{"authorizerCredentials", "arn:aws:iam::111122223333:role/authorizer"}}));
    // Whether security of the whole document counts in an HTTP API is not told.
    const auto http = read({{"111122223333/eu-west-1/a.yaml", apiTemplate("AWS::ApiGatewayV2::Api", "Body")}});
    EXPECT_EQ(routesOf(*http).at(0), "GET /open ");
    EXPECT_EQ(routesOf(*http).at(1), "GET /empty NONE");
}

TEST(CloudFormation, RoutesOfAServerlessApi) {
    const auto estate = read({{"111122223333/eu-west-1/a.yaml", apiTemplate("AWS::Serverless::Api", "DefinitionBody", "      StageName: live\n      Auth: {DefaultAuthorizer: AWS_IAM}\n")}});
    const auto routes = routesOf(*estate);
    ASSERT_EQ(routes.size(), 9U);
    EXPECT_EQ(routes[0], "GET /open AWS_IAM");
    EXPECT_EQ(routes[1], "GET /empty NONE");
    EXPECT_EQ(find(*estate, ResourceKind::Route, "GET /open")->arn, "arn:aws:execute-api:eu-west-1:111122223333:Api/live/GET/open");
    const auto elsewhere = read({{"111122223333/eu-west-1/a.yaml", "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Api: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: {Bucket: b, Key: k}}}\n"}});
    EXPECT_FALSE(find(*elsewhere, ResourceKind::RestApi, "Api")->policyKnown) << "it may be in the document";
}

TEST(Terraform, StatesGiveTheirRolesAndResources) {
    const auto estate = read({{"terraform.tfstate", contents("terraform.tfstate")}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    EXPECT_EQ(estate->files().at(0)->call, "terraform");
    const Role* role = estate->role("arn:aws:iam::111122223333:role/team/payments-prod");
    ASSERT_NE(role, nullptr);
    EXPECT_EQ(role->id, "AROAPAY");
    EXPECT_EQ(role->maxSessionSeconds, 7200);
    EXPECT_EQ(role->policies.boundary, "arn:aws:iam::111122223333:policy/limit");
    EXPECT_THAT(role->policies.attached, ElementsAre("arn:aws:iam::111122223333:policy/reading", "arn:aws:iam::aws:policy/ReadOnlyAccess"));
    std::vector<std::string> names;
    for (const PolicyDocument& each : role->policies.inlinePolicies) names.push_back(each.name);
    EXPECT_THAT(names, testing::UnorderedElementsAre("send", "listed")) << "each once";
    const Role* elsewhere = estate->role("111122223333", "elsewhere");
    ASSERT_NE(elsewhere, nullptr);
    EXPECT_FALSE(elsewhere->policies.known);
    const Role* seen = estate->role("111122223333", "seen");
    ASSERT_NE(seen, nullptr) << "what was looked up is there";
    EXPECT_FALSE(seen->policies.known);
    EXPECT_EQ(estate->samlProviders().at(0).validUntil, "2027-01-01T00:00:00Z");
    EXPECT_TRUE(find(*estate, ResourceKind::Queue, "refunds")->policy.has_value());
    EXPECT_EQ(find(*estate, ResourceKind::Route, "POST /refunds")->arn, "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/POST/refunds");
    EXPECT_EQ(find(*estate, ResourceKind::Route, "POST /refunds")->authorization.type, "AWS_IAM");
    EXPECT_TRUE(find(*estate, ResourceKind::Function, "capture")->policy.has_value());
    EXPECT_EQ(find(*estate, ResourceKind::VirtualNode, "payments")->spec,
              R"({"virtualNodeName":"payments","meshName":"shop","spec":{"backends":[{"virtualService":{"virtualServiceName":"orders.shop.local"}}],)"
              R"("listeners":[{"portMapping":{"port":8080,"protocol":"http"}}],"serviceDiscovery":{"dns":{"hostname":"payments.shop.local"}}},)"
              R"("metadata":{"arn":"arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/payments"}})");
}

TEST(Terraform, WhatAPlanDoesNotKnowYetIsNotKnown) {
    const auto estate = read({{"plan-111122223333-eu-west-1.json", R"({"format_version":"1.2","terraform_version":"1.9.5","planned_values":{"root_module":{"child_modules":[
        {"resources":[{"mode":"managed","type":"aws_iam_role","name":"r","index":0,"values":{"name":"later","path":"/"}}]}]}}})"}});
    const Role* role = estate->role("arn:aws:iam::111122223333:role/later");
    ASSERT_NE(role, nullptr);
    ASSERT_TRUE(role->trust);
    EXPECT_FALSE(role->trust->known);
}

TEST(Terraform, WhatWasLookedUpIsKnownAsFarAsItWasTold) {
    const auto data = [](const std::string& type, const std::string& name, const std::string& attributes) {
        return R"({"mode":"data","type":")" + type + R"(","name":")" + name + R"(","instances":[{"attributes":)" + attributes + "}]}";
    };
    const std::string start = R"({"version":4,"terraform_version":"1.9.5","resources":[)";
    const auto estate = read({{"a.tfstate", start + data("aws_caller_identity", "me", R"({"account_id":"111122223333","arn":"arn:aws:sts::111122223333:assumed-role/ci/x"})") + "," +
                                                data("aws_region", "here", R"({"name":"eu-west-1"})") + "," +
                                                data("aws_iam_policy", "ro", R"({"arn":"arn:aws:iam::aws:policy/ReadOnlyAccess","name":"ReadOnlyAccess","policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})") + "," +
                                                data("aws_iam_role", "seen", R"({"arn":"arn:aws:iam::111122223333:role/team/seen","name":"seen","path":"/team/","max_session_duration":7200,"assume_role_policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})") + "," +
                                                data("aws_iam_roles", "all", R"({"arns":["arn:aws:iam::111122223333:role/team/seen","arn:aws:iam::111122223333:role/other"]})") + "," +
                                                data("aws_iam_policy_document", "text", R"({"json":"{}"})") + "," +
                                                data("aws_s3_bucket", "logs", R"({"arn":"arn:aws:s3:::logs","bucket":"logs"})") + "," +
                                                data("aws_lambda_function", "f", R"({"arn":"arn:aws:lambda:eu-west-1:111122223333:function:f","function_name":"f","role":"arn:aws:iam::111122223333:role/team/seen","environment":[{"variables":{"T":"not-to-be-kept"}}]})") + "," +
                                                data("aws_iam_role", "declared", R"({"arn":"arn:aws:iam::111122223333:role/declared","name":"declared","max_session_duration":3600})") + "," +
                                                data("aws_lambda_invocation", "call", R"({"function_name":"f","result":"not-to-be-kept"})") +
                                                R"(,{"mode":"managed","type":"aws_iam_role","name":"declared","instances":[{"attributes":{"arn":"arn:aws:iam::111122223333:role/declared","name":"declared","max_session_duration":7200,"assume_role_policy":"{}"}}]},)"
                                                R"({"mode":"managed","type":"aws_sqs_queue","name":"q","instances":[{"attributes":{"name":"jobs"}}]}]})"}});
    EXPECT_THAT(told(*estate), ElementsAre("estate.not_recognised: data.aws_lambda_invocation.call"));
    const Role* seen = estate->role("111122223333", "seen");
    ASSERT_NE(seen, nullptr);
    EXPECT_EQ(seen->arn, "arn:aws:iam::111122223333:role/team/seen");
    EXPECT_EQ(seen->maxSessionSeconds, 7200);
    EXPECT_TRUE(seen->trust && seen->trust->known);
    EXPECT_FALSE(seen->policies.known) << "a look-up does not tell them";
    EXPECT_NE(estate->role("111122223333", "other"), nullptr);
    EXPECT_EQ(estate->role("111122223333", "declared")->maxSessionSeconds, 7200) << "what is declared wins";
    EXPECT_TRUE(estate->role("111122223333", "declared")->policies.known);
    EXPECT_FALSE(find(*estate, ResourceKind::Bucket, "logs")->policyKnown);
    EXPECT_EQ(find(*estate, ResourceKind::Function, "f")->roles.size(), 1U);
    EXPECT_FALSE(find(*estate, ResourceKind::Function, "f")->policyKnown);
    ASSERT_NE(estate->managedPolicy("arn:aws:iam::aws:policy/ReadOnlyAccess"), nullptr);
    EXPECT_EQ(estate->managedPolicy("arn:aws:iam::aws:policy/ReadOnlyAccess")->account, "aws");
    EXPECT_EQ(find(*estate, ResourceKind::Queue, "jobs")->arn, "arn:aws:sqs:eu-west-1:111122223333:jobs") << "who and where was looked up, too";
}

TEST(Terraform, OfAPlanWhatItLookedUpStandsBeside) {
    const auto estate = read({{"plan.json", R"({"format_version":"1.2","terraform_version":"1.9.5",
        "prior_state":{"values":{"root_module":{"resources":[{"mode":"data","type":"aws_iam_role","name":"seen","values":{"arn":"arn:aws:iam::111122223333:role/seen","name":"seen"}},
            {"mode":"managed","type":"aws_iam_role","name":"gone","values":{"arn":"arn:aws:iam::111122223333:role/gone","name":"gone"}}]}}},
        "planned_values":{"root_module":{"resources":[{"mode":"managed","type":"aws_iam_role","name":"r","values":{"name":"later","path":"/"}}]}}})"}});
    EXPECT_NE(estate->role("111122223333", "seen"), nullptr);
    EXPECT_NE(estate->role("111122223333", "later"), nullptr);
    EXPECT_EQ(estate->role("111122223333", "gone"), nullptr);
}

class Secrets : public testing::TestWithParam<const char*> {};

TEST_P(Secrets, StayWhereTheyAre) {
    const auto estate = read({{GetParam(), contents(GetParam())}});
    ASSERT_FALSE(estate->resources().empty());
    const auto holds = [](const std::string& text) { return text.find("not-to-be-kept") != std::string::npos; };
    for (const Resource& each : estate->resources()) {
        EXPECT_FALSE(holds(each.spec)) << each.arn;
        if (each.policy) {
            EXPECT_FALSE(holds(each.policy->text)) << each.arn;
        }
        for (const auto& [key, value] : each.tags) EXPECT_FALSE(holds(value));
    }
    for (const Error& each : estate->problems()) EXPECT_FALSE(holds(each.chain()));
}

INSTANTIATE_TEST_SUITE_P(Declared, Secrets, testing::Values("111122223333/eu-west-1/payments.yaml", "terraform.tfstate"));

TEST(Kubernetes, MeshesIstioAndServiceAccounts) {
    const auto estate = read({{"111122223333/eu-west-1/mesh.yaml", contents("mesh.yaml")}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    EXPECT_EQ(find(*estate, ResourceKind::VirtualNode, "payments_shop")->arn, "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualNode/payments_shop");
    EXPECT_EQ(find(*estate, ResourceKind::MeshRoute, "main")->parent, "arn:aws:appmesh:eu-west-1:111122223333:mesh/shop/virtualRouter/payments_shop");
    EXPECT_THAT(find(*estate, ResourceKind::Other, "payments")->spec, HasSubstr("cluster.local/ns/shop/sa/orders"));
    EXPECT_EQ(find(*estate, ResourceKind::WorkloadIdentity, "payments")->roles, (std::vector<RoleUse>{{"eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/payments"}}));
}

struct BadYaml {
    const char* name;
    std::string text;
    YamlError code;
};

class BadYamls : public testing::TestWithParam<BadYaml> {};

TEST_P(BadYamls, AreRefusedAndToldWithTheirPlace) {
    const YamlFile file = readYaml(GetParam().text);
    ASSERT_TRUE(file.problem.has_value());
    EXPECT_TRUE(file.problem->code().is(GetParam().code)) << file.problem->chain();
    const auto estate = read({{"bad.yaml", GetParam().text}});
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Malformed));
    EXPECT_NE(estate->problems()[0].fact("line"), "");
}

std::string bomb() {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string last = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
        for (int j = 0; j < 8; ++j) text += ", " + last;
        text += "]\n";
    }
    return text;
}

INSTANTIATE_TEST_SUITE_P(Declared, BadYamls,
                         testing::Values(BadYaml{"cut", "Resources:\n  A: {Type: 'AWS::IAM::Role\n", YamlError::NotYaml},
                                         BadYaml{"deep", "a: " + std::string(100, '[') + std::string(100, ']'), YamlError::TooDeep},
                                         BadYaml{"bomb", bomb(), YamlError::TooLarge}, BadYaml{"twice", "a: 1\nb: 2\na: 3\n", YamlError::DuplicateKey},
                                         BadYaml{"alias", "a: *nobody\n", YamlError::UnknownAlias}),
                         [](const auto& test) { return test.param.name; });

const std::string trustText = R"(AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: []})";

TEST(CloudFormation, CirclesAreTold) {
    const std::pair<std::string, std::vector<std::string>> cases[] = {
        {"  A: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref B}}\n  B: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref A}}\n",
         {"estate.malformed: A → B → A"}},
        {"  A: {Type: AWS::IAM::Role, Properties: {Description: !GetAtt A.Arn}}\n", {"estate.malformed: A → A"}},
        {"  A: {Type: AWS::IAM::Role, DependsOn: [B]}\n  B: {Type: AWS::IAM::Role, Properties: {Description: !Sub \"x ${ C.Arn }\"}}\n"
         "  C: {Type: AWS::IAM::Role, DependsOn: A}\n",
         {"estate.malformed: A → B → C → A"}},
        {"  A: {Type: AWS::IAM::Role, Properties: {Description: !Sub \"x ${!A}\"}}\n", {}},
        {"  A: {Type: AWS::IAM::Role, DependsOn: B}\n  B: {Type: AWS::IAM::Role}\n  C: {Type: AWS::IAM::Role, DependsOn: [A, B]}\n", {}},
        {"  A: {Type: AWS::IAM::Role, Condition: P}\nConditions:\n  P: !Not [{Condition: Q}]\n  Q: !And [{Condition: P}, {Condition: P}]\n",
         {"estate.malformed: P → Q → P"}}};
    for (const auto& [text, expected] : cases) {
        const auto estate = read({{"111122223333/eu-west-1/a.yaml", "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n" + text}});
        EXPECT_EQ(told(*estate), expected) << text;
    }
}

TEST(CloudFormation, LoopsAreWrittenOut) {
    const std::string start = "AWSTemplateFormatVersion: \"2010-09-09\"\nTransform: AWS::LanguageExtensions\nParameters:\n"
                              "  Teams: {Type: CommaDelimitedList, Default: \"payments, orders\"}\n  Open: {Type: CommaDelimitedList}\nResources:\n";
    const auto loop = [&](const std::string& collection) {
        return start + "  Fn::ForEach::Roles:\n    - Team\n    - " + collection + "\n    - Role${Team}:\n        Type: AWS::IAM::Role\n        Properties: {RoleName: !Sub \"${Team}-x\", Description: !Ref Team, " +
               trustText + "}\n";
    };
    for (const std::string collection : {"[payments, orders]", "!Ref Teams"}) {
        const auto estate = read({{"111122223333/eu-west-1/a.yaml", loop(collection)}});
        EXPECT_TRUE(told(*estate).empty()) << told(*estate).front();
        ASSERT_EQ(estate->roles().size(), 2U) << collection;
        EXPECT_EQ(estate->roles()[0].arn, "arn:aws:iam::111122223333:role/payments-x");
        EXPECT_EQ(estate->roles()[1].description, "orders");
    }
    const auto open = read({{"111122223333/eu-west-1/a.yaml", loop("!Ref Open")}});
    EXPECT_THAT(told(*open), ElementsAre("estate.not_recognised: Fn::ForEach::Roles"));
}

TEST(Terraform, UnknownVersionsAreTold) {
    const auto state = [](const std::string& version) {
        return R"({"version":)" + version + R"(,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]})";
    };
    EXPECT_TRUE(told(*read({{"111122223333/eu-west-1/a.tfstate", state("4")}})).empty());
    for (const std::string version : {"3", "9"}) {
        const auto estate = read({{"111122223333/eu-west-1/a.tfstate", state(version)}});
        EXPECT_THAT(told(*estate), ElementsAre("estate.not_recognised: " + version));
        EXPECT_EQ(estate->problems()[0].fact("expected"), "4");
    }
    EXPECT_THAT(told(*read({{"a.json", R"({"format_version":"2.0","terraform_version":"9","values":{"root_module":{}}})"}})),
                ElementsAre("estate.not_recognised: 2.0"));
}

TEST(Declared, OfWhatProgramsGetOnlyTheirNodeIsKept) {
    const auto estate = read({{"111122223333/eu-west-1/a.yaml",
                               "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: t\n      ContainerDefinitions:\n"
                               "        - Name: envoy\n          Environment:\n            - {Name: APPMESH_RESOURCE_ARN, Value: \"arn:aws:appmesh:eu-west-1:111122223333:mesh/m/virtualNode/n\"}\n"
                               "            - {Name: TOKEN, Value: not-to-be-kept}\n"
                               "        - Name: other\n          Environment: [{Name: APPMESH_RESOURCE_ARN, Value: not-to-be-kept}]\n"}});
    const Resource* task = find(*estate, ResourceKind::TaskDefinition, "t");
    ASSERT_NE(task, nullptr);
    EXPECT_THAT(task->spec, HasSubstr(R"({"name":"APPMESH_RESOURCE_ARN","value":"arn:aws:appmesh:eu-west-1:111122223333:mesh/m/virtualNode/n"})"));
    EXPECT_THAT(task->spec, HasSubstr(R"({"name":"TOKEN"})"));
    EXPECT_EQ(task->spec.find("not-to-be-kept"), std::string::npos);
}

TEST(Declared, NamesThatPeopleGaveAreKept) {
    const auto estate = read({{"111122223333/eu-west-1/a.yaml",
                               "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n"
                               "      FunctionName: f\n      Environment: {Variables: {SECRET_Name: x, TableARN: y}}\n"}});
    const Resource* function = find(*estate, ResourceKind::Function, "f");
    ASSERT_NE(function, nullptr);
    EXPECT_THAT(function->spec, HasSubstr("SECRET_Name"));
    EXPECT_THAT(function->spec, HasSubstr("TableARN"));
}

} // namespace
} // namespace gw::estate
