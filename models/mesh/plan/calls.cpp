#include "models/mesh/plan/calls.h"

#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/permission.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/json_fields.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

struct Row {
    StepKind kind;
    StepChange change;
    bool secondGeneration; // of API Gateway
    std::array<std::string_view, 2> calls;
};

constexpr auto rows = std::to_array<Row>({
    {StepKind::TrustPolicy, StepChange::Create, false, {"iam:CreateRole"}},
    {StepKind::TrustPolicy, StepChange::Replace, false, {"iam:UpdateAssumeRolePolicy"}},
    {StepKind::TrustPolicy, StepChange::Remove, false, {"iam:DeleteRole"}},
    {StepKind::InlinePolicy, StepChange::Create, false, {"iam:PutRolePolicy"}},
    {StepKind::InlinePolicy, StepChange::Replace, false, {"iam:PutRolePolicy"}},
    {StepKind::InlinePolicy, StepChange::Remove, false, {"iam:DeleteRolePolicy"}},
    {StepKind::ManagedPolicy, StepChange::Create, false, {"iam:CreatePolicy"}},
    {StepKind::ManagedPolicy, StepChange::Replace, false, {"iam:CreatePolicyVersion"}},
    {StepKind::ManagedPolicy, StepChange::Remove, false, {"iam:DeletePolicy"}},
    {StepKind::Attachment, StepChange::Create, false, {"iam:AttachRolePolicy"}},
    {StepKind::Attachment, StepChange::Remove, false, {"iam:DetachRolePolicy"}},
    {StepKind::ApiPolicy, StepChange::Create, false, {"apigateway:UpdateRestApi"}},
    {StepKind::ApiPolicy, StepChange::Replace, false, {"apigateway:UpdateRestApi"}},
    {StepKind::ApiPolicy, StepChange::Remove, false, {"apigateway:UpdateRestApi"}},
    {StepKind::RouteAuthorization, StepChange::Replace, false, {"apigateway:UpdateMethod"}},
    {StepKind::RouteAuthorization, StepChange::Replace, true, {"apigatewayv2:UpdateRoute"}},
    {StepKind::AuthPolicy, StepChange::Create, false, {"vpc-lattice:PutAuthPolicy"}},
    {StepKind::AuthPolicy, StepChange::Replace, false, {"vpc-lattice:PutAuthPolicy"}},
    {StepKind::AuthPolicy, StepChange::Remove, false, {"vpc-lattice:DeleteAuthPolicy"}},
    {StepKind::FunctionPermission, StepChange::Create, false, {"lambda:AddPermission"}},
    {StepKind::FunctionPermission, StepChange::Replace, false, {"lambda:RemovePermission", "lambda:AddPermission"}},
    {StepKind::FunctionPermission, StepChange::Remove, false, {"lambda:RemovePermission"}},
    {StepKind::Deployment, StepChange::Replace, false, {"apigateway:CreateDeployment"}},
    {StepKind::Deployment, StepChange::Replace, true, {"apigatewayv2:CreateDeployment"}},
    {StepKind::CacheFlush, StepChange::Replace, false, {"apigateway:FlushStageAuthorizersCache"}},
    {StepKind::CacheFlush, StepChange::Replace, true, {"apigatewayv2:ResetAuthorizersCache"}},
});

// IAM keeps so many versions of a policy.
constexpr std::size_t mostVersions = 5;

std::string lastOf(std::string_view arn) {
    return std::string(arn.substr(arn.rfind('/') + 1));
}

// "/desk/" of "arn:aws:iam::111122223333:role/desk/operator"
std::string pathOf(std::string_view arn, std::string_view type) {
    const std::size_t begin = arn.find(type);
    return begin == std::string_view::npos ? "/" : std::string(arn.substr(begin + type.size() - 1, arn.rfind('/') + 1 - begin - type.size() + 1));
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

ApiCall iam(std::string_view operation, Parameters parameters) {
    return {"iam", operation, CallMethod::Post, "/", std::move(parameters), Json::object()};
}

ApiCall rest(std::string_view service, std::string_view operation, CallMethod method, std::string path, Json body = Json::object()) {
    return {service, operation, method, std::move(path), {}, std::move(body)};
}

std::string apiPath(const Step& step) {
    return (isSecondGeneration(step) ? "/v2/apis/" : "/restapis/") + percentEncoded(lastOf(step.object));
}

std::string_view apiService(const Step& step) {
    return isSecondGeneration(step) ? "apigatewayv2" : "apigateway";
}

std::string stagePath(const Step& step) {
    return apiPath(step) + "/stages/" + percentEncoded(step.name);
}

std::string routePath(const Step& step) {
    if (isSecondGeneration(step)) return apiPath(step) + "/routes/" + percentEncoded(step.id);
    return apiPath(step) + "/resources/" + percentEncoded(step.id) + "/methods/" + percentEncoded(step.name.substr(0, step.name.find(' ')));
}

std::string authPolicyPath(const Step& step) {
    return "/authpolicy/" + percentEncoded(lastOf(step.object));
}

// A function's name, and the alias or version that its ARN ends with.
std::pair<std::string, std::string> functionOf(const Step& step) {
    const auto arn = policy::ArnParts::split(step.object);
    std::string_view name = arn ? arn->resource : std::string_view(step.object);
    if (name.starts_with("function:")) name.remove_prefix(9);
    const std::size_t colon = std::min(name.find(':'), name.size());
    return {std::string(name.substr(0, colon)), colon < name.size() ? std::string(name.substr(colon + 1)) : std::string()};
}

ApiCall functionCall(const Step& step, std::string_view operation, CallMethod method, const std::string& below = {}) {
    const auto [name, qualifier] = functionOf(step);
    ApiCall call = rest("lambda", operation, method, "/2015-03-31/functions/" + percentEncoded(name) + "/policy" + below);
    if (!qualifier.empty()) call.parameters.emplace_back("Qualifier", qualifier);
    return call;
}

std::string textOf(const Json& json) {
    return json.is_string() ? json.get<std::string>() : json.is_object() ? compactJson(json) : std::string();
}

const Json* memberOf(const Json& json, const char* name) {
    const auto found = json.is_object() ? json.find(name) : json.end();
    return found == json.end() ? nullptr : &*found;
}

std::string policyText(const Json& json, const char* member) {
    const Json* const value = memberOf(json, member);
    return value == nullptr ? std::string() : textOf(*value);
}

std::vector<const Json*> listIn(const Read& answer, const char* member) {
    std::vector<const Json*> all;
    const Json* const list = answer ? memberOf(*answer, member) : nullptr;
    if (list != nullptr && list->is_array())
        for (const Json& each : *list) all.push_back(&each);
    return all;
}

bool isTrue(const Json& json, const char* member) {
    const Json* const value = memberOf(json, member);
    return value != nullptr && (*value == Json(true) || *value == Json("true"));
}

Json patchOf(std::initializer_list<std::pair<const char*, std::string>> values) {
    Json operations = Json::array();
    for (const auto& [path, value] : values) operations.push_back(Json{{"op", "replace"}, {"path", path}, {"value", value}});
    return Json{{"patchOperations", std::move(operations)}};
}

std::string authorizationIn(const Json& json, bool secondGeneration) {
    std::vector<std::string> scopes;
    const Json* const list = memberOf(json, secondGeneration ? "AuthorizationScopes" : "authorizationScopes");
    if (list != nullptr && list->is_array())
        for (const Json& each : *list) scopes.push_back(textOf(each));
    const std::string type = textField(json, secondGeneration ? "AuthorizationType" : "authorizationType");
    return routeAuthorizationText(type.empty() ? "NONE" : type, textField(json, secondGeneration ? "AuthorizerId" : "authorizerId"), scopes);
}

std::vector<ApiCall> trustCalls(const Step& step) {
    const std::string name = lastOf(step.object);
    if (step.change == StepChange::Create)
        return {iam("CreateRole", {{"RoleName", name}, {"Path", pathOf(step.object, ":role/")}, {"AssumeRolePolicyDocument", step.after}})};
    if (step.change == StepChange::Remove) return {iam("DeleteRole", {{"RoleName", name}})};
    return {iam("UpdateAssumeRolePolicy", {{"RoleName", name}, {"PolicyDocument", step.after}})};
}

std::vector<ApiCall> managedCalls(const Step& step, const Found& found) {
    std::vector<ApiCall> calls;
    const auto dropVersion = [&](const std::string& version) {
        calls.push_back(iam("DeletePolicyVersion", {{"PolicyArn", step.name}, {"VersionId", version}}));
    };
    if (step.change == StepChange::Create)
        return {iam("CreatePolicy", {{"PolicyName", lastOf(step.name)}, {"Path", pathOf(step.name, ":policy/")}, {"PolicyDocument", step.after}})};
    if (step.change == StepChange::Remove) {
        for (const std::string& each : found.versions) dropVersion(each);
        calls.push_back(iam("DeletePolicy", {{"PolicyArn", step.name}}));
        return calls;
    }
    if (found.versions.size() + 1 >= mostVersions) dropVersion(found.versions.front());
    calls.push_back(iam("CreatePolicyVersion", {{"PolicyArn", step.name}, {"PolicyDocument", step.after}, {"SetAsDefault", "true"}}));
    return calls;
}

std::vector<ApiCall> routeCalls(const Step& step) {
    const auto json = parseJson(step.after);
    if (!json || !json->is_object()) return {};
    const std::string type = textField(*json, "authorizationType"), authorizer = textField(*json, "authorizerId");
    if (isSecondGeneration(step)) {
        Json body{{"authorizationType", type}};
        if (!authorizer.empty()) body["authorizerId"] = authorizer;
        if (const Json* const scopes = memberOf(*json, "authorizationScopes")) body["authorizationScopes"] = *scopes;
        return {rest(apiService(step), "UpdateRoute", CallMethod::Patch, routePath(step), std::move(body))};
    }
    Json body = patchOf({{"/authorizationType", type}});
    if (!authorizer.empty()) body["patchOperations"].push_back(Json{{"op", "replace"}, {"path", "/authorizerId"}, {"value", authorizer}});
    if (const Json* const scopes = memberOf(*json, "authorizationScopes"))
        for (const Json& each : *scopes) body["patchOperations"].push_back(Json{{"op", "add"}, {"path", "/authorizationScopes"}, {"value", textOf(each)}});
    return {rest(apiService(step), "UpdateMethod", CallMethod::Patch, routePath(step), std::move(body))};
}

// Once something was removed, the revision is another: the statement's id, which can be there only once, is what holds then.
std::vector<ApiCall> permissionCalls(const Step& step, const Found& found) {
    std::vector<ApiCall> calls;
    if (!found.text.empty()) {
        ApiCall remove = functionCall(step, "RemovePermission", CallMethod::Delete, "/" + percentEncoded(step.name));
        if (!found.revision.empty()) remove.parameters.emplace_back("RevisionId", found.revision);
        calls.push_back(std::move(remove));
    }
    const auto statement = step.after.empty() ? std::nullopt : std::optional(parseJson(step.after));
    if (!statement || !*statement) return calls;
    auto permission = permissionOf(**statement);
    if (!permission) return calls;
    ApiCall add = functionCall(step, "AddPermission", CallMethod::Post);
    add.body = std::move(*permission);
    if (calls.empty() && !found.revision.empty()) add.body["RevisionId"] = found.revision;
    calls.push_back(std::move(add));
    return calls;
}

// Back to one that is there still, or a new one.
std::vector<ApiCall> deploymentCalls(const Step& step, std::string_view mark) {
    const bool second = isSecondGeneration(step);
    if (!step.after.empty())
        return {rest(apiService(step), "UpdateStage", CallMethod::Patch, stagePath(step),
                     second ? Json{{"deploymentId", step.after}} : patchOf({{"/deploymentId", step.after}}))};
    return {rest(apiService(step), "CreateDeployment", CallMethod::Post, apiPath(step) + "/deployments",
                 Json{{"stageName", step.name}, {"description", std::string(mark)}})};
}

} // namespace

bool isSecondGeneration(const Step& step) {
    return step.object.find(":/apis/") != std::string::npos;
}

std::vector<std::string_view> callNames(const Step& step) {
    std::vector<std::string_view> names;
    for (const Row& each : rows)
        if (each.kind == step.kind && each.change == step.change && each.secondGeneration == isSecondGeneration(step))
            for (const std::string_view call : each.calls)
                if (!call.empty()) names.push_back(call);
    return names;
}

std::optional<ApiCall> nextRead(const Step& step, std::span<const Read> answers) {
    const std::string name = lastOf(step.object);
    const bool first = answers.empty();
    switch (step.kind) {
    case StepKind::TrustPolicy:
        if (first) return iam("GetRole", {{"RoleName", name}});
        break;
    case StepKind::InlinePolicy:
        if (first) return iam("GetRolePolicy", {{"RoleName", name}, {"PolicyName", step.name}});
        break;
    case StepKind::ManagedPolicy:
        if (first) return iam("ListPolicyVersions", {{"PolicyArn", step.name}});
        if (answers.size() == 1)
            for (const Json* each : listIn(answers.front(), "Versions"))
                if (isTrue(*each, "IsDefaultVersion"))
                    return iam("GetPolicyVersion", {{"PolicyArn", step.name}, {"VersionId", textField(*each, "VersionId")}});
        break;
    case StepKind::Attachment: {
        if (first) return iam("ListAttachedRolePolicies", {{"RoleName", name}});
        const std::string marker = answers.back() ? textField(*answers.back(), "Marker") : std::string();
        if (!marker.empty()) return iam("ListAttachedRolePolicies", {{"RoleName", name}, {"Marker", marker}});
        break;
    }
    case StepKind::ApiPolicy:
        if (first) return rest("apigateway", "GetRestApi", CallMethod::Get, apiPath(step));
        break;
    case StepKind::RouteAuthorization:
        if (first) return rest(apiService(step), isSecondGeneration(step) ? "GetRoute" : "GetMethod", CallMethod::Get, routePath(step));
        break;
    case StepKind::AuthPolicy:
        if (first) return rest("vpc-lattice", "GetAuthPolicy", CallMethod::Get, authPolicyPath(step));
        break;
    case StepKind::FunctionPermission:
        if (first) return functionCall(step, "GetPolicy", CallMethod::Get);
        break;
    case StepKind::Deployment: {
        if (first) return rest(apiService(step), "GetStage", CallMethod::Get, stagePath(step));
        const std::string deployment = foundIn(step, answers.first(1)).text;
        if (answers.size() == 1 && !deployment.empty())
            return rest(apiService(step), "GetDeployment", CallMethod::Get, apiPath(step) + "/deployments/" + percentEncoded(deployment));
        break;
    }
    case StepKind::CacheFlush: break;
    }
    return std::nullopt;
}

Found foundIn(const Step& step, std::span<const Read> answers) {
    Found found;
    if (answers.empty() || !answers.front()) return found;
    const Json& answer = *answers.front();
    switch (step.kind) {
    case StepKind::TrustPolicy:
        if (const Json* const role = memberOf(answer, "Role")) found.text = policyText(*role, "AssumeRolePolicyDocument");
        break;
    case StepKind::InlinePolicy: found.text = policyText(answer, "PolicyDocument"); break;
    case StepKind::ManagedPolicy:
        for (const Json* each : listIn(answers.front(), "Versions"))
            if (!isTrue(*each, "IsDefaultVersion")) found.versions.insert(found.versions.begin(), textField(*each, "VersionId"));
        if (answers.size() > 1 && answers[1])
            if (const Json* const version = memberOf(*answers[1], "PolicyVersion")) found.text = policyText(*version, "Document");
        break;
    case StepKind::Attachment:
        for (const Read& page : answers)
            for (const Json* each : listIn(page, "AttachedPolicies"))
                if (textField(*each, "PolicyArn") == step.name) found.text = step.name;
        break;
    case StepKind::ApiPolicy: found.text = policyText(answer, "policy"); break;
    case StepKind::RouteAuthorization: found.text = authorizationIn(answer, isSecondGeneration(step)); break;
    case StepKind::AuthPolicy:
        found.text = policyText(answer, "policy");
        found.inactive = !found.text.empty() && textField(answer, "state") == "Inactive";
        break;
    case StepKind::FunctionPermission: {
        found.revision = textField(answer, "RevisionId");
        if (const auto parts = policyParts(policyText(answer, "Policy")))
            for (const Json& each : parts->statements)
                if (sidIn(each) == step.name) found.text = compactJson(each);
        break;
    }
    case StepKind::Deployment:
        found.text = textField(answer, isSecondGeneration(step) ? "DeploymentId" : "deploymentId");
        if (answers.size() > 1 && answers[1]) found.mark = textField(*answers[1], isSecondGeneration(step) ? "Description" : "description");
        break;
    case StepKind::CacheFlush: break;
    }
    return found;
}

std::vector<ApiCall> changeCalls(const Step& step, const Found& found, std::string_view mark) {
    const std::string name = lastOf(step.object);
    switch (step.kind) {
    case StepKind::TrustPolicy: return trustCalls(step);
    case StepKind::InlinePolicy:
        if (step.after.empty()) return {iam("DeleteRolePolicy", {{"RoleName", name}, {"PolicyName", step.name}})};
        return {iam("PutRolePolicy", {{"RoleName", name}, {"PolicyName", step.name}, {"PolicyDocument", step.after}})};
    case StepKind::ManagedPolicy: return managedCalls(step, found);
    case StepKind::Attachment:
        return {iam(step.after.empty() ? "DetachRolePolicy" : "AttachRolePolicy", {{"RoleName", name}, {"PolicyArn", step.name}})};
    case StepKind::ApiPolicy: return {rest("apigateway", "UpdateRestApi", CallMethod::Patch, apiPath(step), patchOf({{"/policy", step.after}}))};
    case StepKind::RouteAuthorization: return routeCalls(step);
    case StepKind::AuthPolicy:
        if (step.after.empty()) return {rest("vpc-lattice", "DeleteAuthPolicy", CallMethod::Delete, authPolicyPath(step))};
        return {rest("vpc-lattice", "PutAuthPolicy", CallMethod::Put, authPolicyPath(step), Json{{"policy", step.after}})};
    case StepKind::FunctionPermission: return permissionCalls(step, found);
    case StepKind::Deployment: return deploymentCalls(step, mark);
    case StepKind::CacheFlush:
        return {rest(apiService(step), isSecondGeneration(step) ? "ResetAuthorizersCache" : "FlushStageAuthorizersCache", CallMethod::Delete,
                     stagePath(step) + "/cache/authorizers")};
    }
    return {};
}

} // namespace gw::mesh
