// Ways from these permissions to all permissions, each asked of the evaluator and not of the text (the ways: Rhino Security
// Labs, "AWS IAM Privilege Escalation").
#include "models/policy/lint/privilege_paths.h"

#include "models/policy/lint/check.h"
#include "models/policy/lint/guards.h"
#include "models/policy/unknown_place.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

// Resources that only a grant to all of the kind reaches.
constexpr std::string_view role = "arn:aws:iam::111122223333:role/any-role-at-all", user = "arn:aws:iam::111122223333:user/anyone-at-all",
                           group = "arn:aws:iam::111122223333:group/any-group-at-all", policyArn = "arn:aws:iam::111122223333:policy/any-policy-at-all",
                           function = "arn:aws:lambda:eu-central-1:111122223333:function:any-function-at-all", all = "*";

constexpr PrivilegePath paths[] = {
    {"iam:CreatePolicyVersion", {{{"iam:CreatePolicyVersion", policyArn}}}},
    {"iam:SetDefaultPolicyVersion", {{{"iam:SetDefaultPolicyVersion", policyArn}}}},
    {"iam:CreateAccessKey", {{{"iam:CreateAccessKey", user}}}},
    {"iam:CreateLoginProfile", {{{"iam:CreateLoginProfile", user}}}},
    {"iam:UpdateLoginProfile", {{{"iam:UpdateLoginProfile", user}}}},
    {"iam:AttachUserPolicy", {{{"iam:AttachUserPolicy", user}}}},
    {"iam:AttachGroupPolicy", {{{"iam:AttachGroupPolicy", group}}}},
    {"iam:AttachRolePolicy", {{{"iam:AttachRolePolicy", role}}}},
    {"iam:PutUserPolicy", {{{"iam:PutUserPolicy", user}}}},
    {"iam:PutGroupPolicy", {{{"iam:PutGroupPolicy", group}}}},
    {"iam:PutRolePolicy", {{{"iam:PutRolePolicy", role}}}},
    {"iam:AddUserToGroup", {{{"iam:AddUserToGroup", group}}}},
    {"iam:UpdateAssumeRolePolicy", {{{"iam:UpdateAssumeRolePolicy", role}}}},
    {"iam:PassRole + ec2:RunInstances",
     {{{"iam:PassRole", role}, {"ec2:RunInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-0"}}},
     "ec2.amazonaws.com"},
    {"iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction",
     {{{"iam:PassRole", role}, {"lambda:CreateFunction", function}, {"lambda:InvokeFunction", function}}},
     "lambda.amazonaws.com"},
    {"lambda:UpdateFunctionCode", {{{"lambda:UpdateFunctionCode", function}}}},
    {"iam:PassRole + cloudformation:CreateStack",
     {{{"iam:PassRole", role},
       {"cloudformation:CreateStack", "arn:aws:cloudformation:eu-central-1:111122223333:stack/any-stack-at-all/1"}}},
     "cloudformation.amazonaws.com"},
    {"iam:PassRole + glue:CreateDevEndpoint",
     {{{"iam:PassRole", role}, {"glue:CreateDevEndpoint", "arn:aws:glue:eu-central-1:111122223333:devEndpoint/any"}}},
     "glue.amazonaws.com"},
    {"iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask",
     {{{"iam:PassRole", role},
       {"ecs:RegisterTaskDefinition", all},
       {"ecs:RunTask", "arn:aws:ecs:eu-central-1:111122223333:task-definition/any:1"}}},
     "ecs-tasks.amazonaws.com"},
    {"iam:PassRole + codebuild:CreateProject + codebuild:StartBuild",
     {{{"iam:PassRole", role},
       {"codebuild:CreateProject", "arn:aws:codebuild:eu-central-1:111122223333:project/any"},
       {"codebuild:StartBuild", "arn:aws:codebuild:eu-central-1:111122223333:project/any"}}},
     "codebuild.amazonaws.com"},
    {"iam:PassRole + sagemaker:CreateNotebookInstance + sagemaker:CreatePresignedNotebookInstanceUrl",
     {{{"iam:PassRole", role},
       {"sagemaker:CreateNotebookInstance", "arn:aws:sagemaker:eu-central-1:111122223333:notebook-instance/any"},
       {"sagemaker:CreatePresignedNotebookInstanceUrl", "arn:aws:sagemaker:eu-central-1:111122223333:notebook-instance/any"}}},
     "sagemaker.amazonaws.com"},
    {"iam:PassRole + states:CreateStateMachine + states:StartExecution",
     {{{"iam:PassRole", role},
       {"states:CreateStateMachine", "arn:aws:states:eu-central-1:111122223333:stateMachine:any"},
       {"states:StartExecution", "arn:aws:states:eu-central-1:111122223333:stateMachine:any"}}},
     "states.amazonaws.com"},
};

constexpr PrivilegeAsk administrator[] = {
    {"gatewarden:Anything", all}, {"iam:AttachRolePolicy", role}, {"iam:CreatePolicyVersion", policyArn}, {"iam:PassRole", role}};

// By one statement alone, or by the whole document where none is given.
bool allows(Witnesses& witnesses, const PrivilegeAsk& ask, const std::size_t* statement) {
    if (ask.action.empty()) return true;
    static const Principal somebody = *Principal::parse("arn:aws:iam::111122223333:user/somebody");
    const Witnesses::Asked asked{somebody, ask.action, std::string(ask.resource)};
    const ValuesOf values = inAnyCircumstances();
    return (statement ? witnesses.find(*statement, asked, values) : witnesses.find(asked, values)).has_value();
}

} // namespace

std::span<const PrivilegePath> privilegePaths() {
    return paths;
}

std::span<const PrivilegeAsk> administratorAsks() {
    return administrator;
}

std::string inAccount(std::string_view resource, std::string_view account) {
    std::string own(resource);
    const std::size_t at = own.find(privilegeAccount);
    if (at != std::string::npos && (account.size() == 12 || account == unknownAccount)) own.replace(at, account.size(), account);
    return own;
}

bool isAdministrator(Witnesses& witnesses, std::optional<std::size_t> statement) {
    const std::size_t* only = statement ? &*statement : nullptr;
    return std::all_of(std::begin(administrator), std::end(administrator),
                       [&](const PrivilegeAsk& each) { return allows(witnesses, each, only); });
}

void checkPrivilegePaths(Check& check) {
    if (check.kind() != DocumentKind::Identity) return;
    Witnesses& witnesses = check.witnesses();
    // Whoever may do everything needs no way there.
    if (isAdministrator(witnesses, std::nullopt)) return;
    for (const PrivilegePath& path : paths)
        if (std::all_of(path.asks.begin(), path.asks.end(),
                        [&](const PrivilegeAsk& each) { return allows(witnesses, each, nullptr); }))
            check.add(rules::permPrivesc, check.document.source().root(), path.name);
}

} // namespace gw::policy::lint
