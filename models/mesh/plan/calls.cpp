#include "models/mesh/plan/calls.h"

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

} // namespace gw::mesh
