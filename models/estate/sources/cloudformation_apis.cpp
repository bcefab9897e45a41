// APIs of a template: their stages, routes and authorizers, each for itself or in one OpenAPI document.
#include "models/estate/sources/api_body.h"
#include "models/estate/sources/cloudformation_reader.h"

#include <algorithm>

namespace gw::estate {

using Kind = Datum::Kind;

void TemplateReader::stage(const std::string& logicalId, const Datum& resource) {
    const std::string_view type = resource.string("Type");
    const bool own = isServerlessApi(type);
    if (!own && type != "AWS::ApiGateway::Stage" && type != "AWS::ApiGatewayV2::Stage" && type != "AWS::ApiGateway::Deployment") return;
    const Datum properties = values_.resolve(resource["Properties"]);
    const std::string api(own ? std::string_view(logicalId) : properties.string(type == "AWS::ApiGatewayV2::Stage" ? "ApiId" : "RestApiId"));
    std::string name(properties.string("StageName"));
    if (name.empty() && type == "AWS::Serverless::HttpApi") name = "$default";
    if (api.empty() || name.empty()) return;
    auto& stages = stages_[api];
    if (std::find(stages.begin(), stages.end(), name) != stages.end()) return;
    stages.push_back(name);
    Resource& made = declared_.resource(ResourceKind::Stage, apiArn(api) + "/" + name, name, resource);
    made.parent = apiArn(api);
    made.api = api;
    made.stage = name;
    if (!own) made.spec = specOf(properties);
}

void TemplateReader::api(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource) {
    const bool rest = type == "AWS::ApiGateway::RestApi" || type == "AWS::Serverless::Api", socket = properties.string("ProtocolType") == "WEBSOCKET";
    const Datum& body = properties[isServerlessApi(type) ? "DefinitionBody" : "Body"];
    const bool elsewhere = body.kind == Kind::Unknown || properties.find("BodyS3Location") != nullptr || properties.find("DefinitionUri") != nullptr;
    const ApiBody read = apiBodyIn(body, rest);
    Resource& made = declared_.resource(rest ? ResourceKind::RestApi : socket ? ResourceKind::WebSocketApi : ResourceKind::HttpApi, apiArn(logicalId),
                                        values_.nameOf(logicalId), resource);
    made.id = logicalId;
    made.tags = tagsIn(properties["Tags"]);
    const Datum& policy = properties.find("Policy") != nullptr ? properties["Policy"] : read.policy;
    made.policyKnown = !rest || policy.kind != Kind::Null || (!elsewhere && properties["Auth"].find("ResourcePolicy") == nullptr);
    if (rest && policy.kind != Kind::Null) made.policy = declared_.document(policy, made.name, {}, made.arn);
    Datum spec = properties;
    std::erase_if(spec.members, [](const Datum::Member& each) { return each.first == "Body" || each.first == "DefinitionBody" || each.first == "Policy"; });
    made.spec = specOf(std::move(spec));
    for (const ApiBody::Authorizer& each : read.authorizers) authorizer(logicalId, each.name, each.name, each.properties, each.properties);
    for (const ApiBody::Route& each : read.routes) {
        Datum own = each.properties;
        if (!each.isTold && properties["Auth"].find("DefaultAuthorizer") != nullptr) own = withDefault(properties["Auth"], std::move(own));
        route(logicalId, each.method, each.path, own, own);
    }
}

Datum TemplateReader::withDefault(const Datum& auth, Datum route) {
    const Datum& named = auth["DefaultAuthorizer"];
    std::erase_if(route.members, [](const Datum::Member& each) { return each.first == "AuthorizationType"; });
    const Datum& authorizer = auth["Authorizers"][named.string()];
    const char* type = named.string() == "AWS_IAM"                        ? "AWS_IAM"
                       : authorizer.find("UserPoolArn") != nullptr      ? "COGNITO_USER_POOLS"
                       : authorizer.find("JwtConfiguration") != nullptr ? "JWT"
                                                                        : "CUSTOM";
    route.members.emplace_back("AuthorizationType", named.known() ? Datum::of(type) : named);
    if (named.known() && named.string() != "AWS_IAM") route.members.emplace_back("AuthorizerId", named);
    return route;
}

void TemplateReader::authorizer(const std::string& api, const std::string& id, const std::string& name, const Datum& properties, const Datum& at) {
    Resource& made = declared_.resource(ResourceKind::Authorizer, apiArn(api) + "/authorizers/" + id, name, at);
    made.parent = apiArn(api);
    made.api = api;
    Declared::use(made, "authorizerCredentials", properties["AuthorizerCredentials"]);
    Declared::use(made, "authorizerCredentials", properties["AuthorizerCredentialsArn"]);
    made.spec = specOf(properties);
}

void TemplateReader::gateway(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource) {
    if (kind == "ApiGateway::RestApi" || kind == "ApiGatewayV2::Api") {
        api(logicalId, resource.string("Type"), properties, resource);
    } else if (kind == "ApiGateway::Method") {
        const std::string path = pathOf(properties.string("ResourceId"), 0);
        if (!path.empty()) route(std::string(properties.string("RestApiId")), std::string(properties.string("HttpMethod")), path, properties, resource);
    } else if (kind == "ApiGatewayV2::Route") {
        const std::string key(properties.string("RouteKey"));
        const std::size_t blank = key.find(' ');
        route(std::string(properties.string("ApiId")), blank == std::string::npos ? std::string() : key.substr(0, blank),
              blank == std::string::npos ? key : key.substr(blank + 1), properties, resource);
    } else if (kind == "ApiGateway::Authorizer" || kind == "ApiGatewayV2::Authorizer") {
        authorizer(std::string(properties.string(kind == "ApiGateway::Authorizer" ? "RestApiId" : "ApiId")), logicalId, values_.nameOf(logicalId), properties, resource);
    }
}

std::string TemplateReader::pathOf(std::string_view id, std::size_t depth) {
    if (id.ends_with(".RootResourceId")) return "/";
    const Datum& resource = root_["Resources"][id];
    if (resource.string("Type") != "AWS::ApiGateway::Resource" || depth > 64) return {};
    if (const auto known = paths_.find(id); known != paths_.end()) return known->second;
    const Datum properties = values_.resolve(resource["Properties"]);
    const std::string parent = pathOf(properties.string("ParentId"), depth + 1), part(properties.string("PathPart"));
    std::string path = parent.empty() || part.empty() ? std::string() : parent + (parent.ends_with('/') ? "" : "/") + part;
    paths_.emplace(std::string(id), path);
    return path;
}

void TemplateReader::route(const std::string& api, const std::string& method, const std::string& path, const Datum& properties, const Datum& resource) {
    if (api.empty() || path.empty()) return;
    std::vector<std::string> stages = stages_[api];
    if (stages.empty()) stages.emplace_back();
    for (const std::string& stage : stages) {
        const std::string arn = apiArn(api) + "/" + (stage.empty() ? "*" : stage) + "/" + method + path;
        Resource& made = declared_.resource(ResourceKind::Route, arn, method.empty() ? path : method + " " + path, resource);
        made.id = made.api = api;
        made.stage = stage;
        made.method = method;
        made.path = path;
        made.parent = apiArn(api);
        const std::string_view type = properties.string("AuthorizationType");
        const bool untold = properties["AuthorizationType"].kind == Kind::Unknown;
        made.authorization = {untold ? std::string() : type.empty() ? "NONE" : std::string(type), std::string(properties.string("AuthorizerId")), {}, properties["ApiKeyRequired"].kind == Kind::True};
        for (const auto& [none, each] : properties["AuthorizationScopes"].members) made.authorization.scopes.emplace_back(each.string());
        Declared::use(made, "credentials", properties["Integration"]["Credentials"]);
        made.spec = specOf(properties);
    }
}

} // namespace gw::estate
