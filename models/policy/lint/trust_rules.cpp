// Whom a role or a resource trusts.
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <array>

namespace gw::policy::lint {
namespace {

// Services that tell on whose behalf they assume a role, so that a condition on it holds (the pages "Cross-service confused
// deputy prevention" of each). EC2 and Lambda, for instance, do not.
bool tellsSource(std::string_view service) {
    static constexpr auto known = std::to_array<std::string_view>(
        {"airflow", "amplify", "appsync", "autoscaling", "backup", "batchoperations.s3", "bedrock", "cloudtrail", "codebuild", "codepipeline", "comprehend", "config",
         "datasync", "delivery.logs", "ecs-tasks", "events", "firehose", "glue", "imagebuilder", "iot", "kendra", "kinesisanalytics", "lex", "lexv2",
         "logs", "monitoring.rds", "personalize", "pipes", "rekognition", "s3", "sagemaker", "scheduler", "ses", "ssm", "states", "transcribe", "transfer",
         "translate", "vpc-flow-logs"});
    const std::size_t end = service.find(".amazonaws.com");
    return end != std::string_view::npos && std::binary_search(known.begin(), known.end(), service.substr(0, end));
}

// Services that call a resource for many customers.
bool callsForOthers(std::string_view service) {
    static constexpr auto known = std::to_array<std::string_view>(
        {"apigateway", "cloudfront", "cloudtrail", "config", "cognito-idp", "events", "iot", "lex", "logs", "s3", "scheduler", "ses", "sns", "states"});
    const std::size_t end = service.find(".amazonaws.com");
    return end != std::string_view::npos && std::binary_search(known.begin(), known.end(), service.substr(0, end));
}

bool namesSource(const StatementText& statement) {
    return hasKey(statement, {"aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "sts:ExternalId", "aws:PrincipalOrgID"});
}

bool isEveryone(const PrincipalText& principal) {
    return principal.text.text == "*" && (principal.type == NamedPrincipal::Type::Everyone || principal.type == NamedPrincipal::Type::Aws);
}

std::string conditionKeys(const StatementText& statement) {
    std::string keys;
    for (const ConditionText& each : statement.conditions) keys += (keys.empty() ? "" : ", ") + std::string(each.key.text);
    return keys;
}

void checkStatement(Check& check, const StatementText& statement) {
    const std::string& account = check.settings.account;
    const bool confirmed = hasKey(statement, {"sts:ExternalId", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:PrincipalOrgID",
                                              "aws:PrincipalOrgPaths"});
    for (const PrincipalText& each : *statement.principals) {
        const std::string_view text = each.text.text;
        if (isEveryone(each)) {
            if (statement.conditions.empty())
                check.add(rules::trustAny, each.text.value, text);
            else
                check.add(rules::trustAnyConditioned, each.text.value, text, {{"keys", conditionKeys(statement)}});
        }
        if (each.type == NamedPrincipal::Type::Service && tellsSource(text) && !namesSource(statement))
            check.add(rules::trustConfusedDeputy, each.text.value, text);
        if (each.type != NamedPrincipal::Type::Aws) continue;
        const auto principal = Principal::parse(text);
        if (!principal || principal->account().empty()) continue;
        if (account.empty() || confirmed || principal->account() == account) continue;
        check.add(rules::trustCrossAccount, each.text.value, text, {{"account", principal->account()}});
    }
}

// The role and its sessions: who trusts the one trusts the others.
void checkSessions(Check& check, const StatementText& statement) {
    for (const PrincipalText& session : *statement.principals) {
        const auto one = Principal::parse(session.text.text);
        if (!one || one->kind() != PrincipalKind::RoleSession) continue;
        for (const PrincipalText& role : *statement.principals) {
            const auto other = Principal::parse(role.text.text);
            if (other && other->kind() == PrincipalKind::Role && other->account() == one->account() && other->name() == one->name())
                check.add(rules::trustRedundantSession, session.text.value, session.text.text, {{"by", std::string(role.text.text)}});
        }
    }
}

} // namespace

void checkTrust(Check& check) {
    bool accounts = false;
    for (const StatementText& statement : check.document.statements()) {
        if (!statement.principals || statement.notPrincipal || statement.effect == Effect::Deny) continue;
        if (check.is({DocumentKind::Trust})) {
            checkStatement(check, statement);
            checkSessions(check, statement);
            accounts = accounts || std::any_of(statement.principals->begin(), statement.principals->end(), [](const PrincipalText& each) {
                           return each.type == NamedPrincipal::Type::Aws && each.text.text != "*";
                       });
        } else if (check.is({DocumentKind::Resource})) {
            for (const PrincipalText& each : *statement.principals)
                if (each.type == NamedPrincipal::Type::Service && callsForOthers(each.text.text) && !namesSource(statement))
                    check.add(rules::resourceService, each.text.value, each.text.text);
        }
    }
    if (!accounts) return;
    if (check.settings.account.empty()) check.needs(rules::trustCrossAccount, "account");
    check.needs("trust-xaccount-unknown", "estate");
}

} // namespace gw::policy::lint
