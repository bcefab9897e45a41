// Ways from these permissions to all permissions, each asked of the evaluator and not of the text (the ways: Rhino Security
// Labs, "AWS IAM Privilege Escalation").
#include "models/policy/lint/privilege_paths.h"

#include "models/policy/evaluator.h"
#include "models/policy/lint/check.h"

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
    {"iam:PassRole + ec2:RunInstances", {{{"iam:PassRole", role}, {"ec2:RunInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-0"}}}},
    {"iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction",
     {{{"iam:PassRole", role}, {"lambda:CreateFunction", function}, {"lambda:InvokeFunction", function}}}},
    {"lambda:UpdateFunctionCode", {{{"lambda:UpdateFunctionCode", function}}}},
    {"iam:PassRole + cloudformation:CreateStack",
     {{{"iam:PassRole", role}, {"cloudformation:CreateStack", "arn:aws:cloudformation:eu-central-1:111122223333:stack/any-stack-at-all/1"}}}},
    {"iam:PassRole + glue:CreateDevEndpoint",
     {{{"iam:PassRole", role}, {"glue:CreateDevEndpoint", "arn:aws:glue:eu-central-1:111122223333:devEndpoint/any"}}}},
    {"iam:PassRole + ecs:RegisterTaskDefinition + ecs:RunTask",
     {{{"iam:PassRole", role}, {"ecs:RegisterTaskDefinition", all}, {"ecs:RunTask", "arn:aws:ecs:eu-central-1:111122223333:task-definition/any:1"}}}},
    {"iam:PassRole + codebuild:CreateProject + codebuild:StartBuild",
     {{{"iam:PassRole", role}, {"codebuild:CreateProject", "arn:aws:codebuild:eu-central-1:111122223333:project/any"},
       {"codebuild:StartBuild", "arn:aws:codebuild:eu-central-1:111122223333:project/any"}}}},
    {"iam:PassRole + sagemaker:CreateNotebookInstance + sagemaker:CreatePresignedNotebookInstanceUrl",
     {{{"iam:PassRole", role}, {"sagemaker:CreateNotebookInstance", "arn:aws:sagemaker:eu-central-1:111122223333:notebook-instance/any"},
       {"sagemaker:CreatePresignedNotebookInstanceUrl", "arn:aws:sagemaker:eu-central-1:111122223333:notebook-instance/any"}}}},
    {"iam:PassRole + states:CreateStateMachine + states:StartExecution",
     {{{"iam:PassRole", role}, {"states:CreateStateMachine", "arn:aws:states:eu-central-1:111122223333:stateMachine:any"},
       {"states:StartExecution", "arn:aws:states:eu-central-1:111122223333:stateMachine:any"}}}},
};

class Asking {
public:
    explicit Asking(const Check& check) : catalogue_(check.catalogue()) {
        policies_.identity.push_back(std::make_shared<const CompiledPolicy>(check.document, std::string()));
        request_.principal = *Principal::parse("arn:aws:iam::111122223333:user/somebody");
    }

    bool allows(const PrivilegeAsk& ask) {
        if (ask.action.empty()) return true;
        request_.action = ask.action;
        request_.resource = ask.resource;
        RequestView view(request_, {.complete = true, .now = {}, .catalogue = catalogue_});
        return decide(view, policies_).decision == Decision::Allowed;
    }

private:
    const Catalogue* catalogue_;
    PolicySet policies_;
    Request request_;
};

} // namespace

std::span<const PrivilegePath> privilegePaths() {
    return paths;
}

void checkPrivilegePaths(Check& check) {
    if (check.kind() != DocumentKind::Identity) return;
    Asking asking(check);
    // Whoever may do everything needs no way there.
    if (asking.allows({"gatewarden:Anything", all})) return;
    for (const PrivilegePath& path : paths)
        if (std::all_of(path.asks.begin(), path.asks.end(), [&](const PrivilegeAsk& each) { return asking.allows(each); }))
            check.add(rules::permPrivesc, check.document.source().root(), path.name);
}

} // namespace gw::policy::lint
