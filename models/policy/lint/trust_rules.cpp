// Whom a role or a resource trusts.
#include "models/policy/lint/check.h"

#include "models/policy/lint/guards.h"
#include "models/policy/lint/privilege_paths.h"

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

bool isEveryone(const PrincipalText& principal) {
    return principal.text.text == "*" && (principal.type == NamedPrincipal::Type::Everyone || principal.type == NamedPrincipal::Type::Aws);
}

// Keys that decide beside the statement's: those of denials that are not about it alone are left out of the words.
std::string conditionKeys(const Document& document, const StatementText& statement) {
    std::vector<std::string_view> keys;
    const auto add = [&](const StatementText& one) {
        for (const ConditionText& each : one.conditions)
            if (std::find(keys.begin(), keys.end(), each.key.text) == keys.end()) keys.push_back(each.key.text);
    };
    add(statement);
    for (const StatementText& each : document.statements())
        if (each.effect == Effect::Deny && (reaches(each, "sts:AssumeRole") || reaches(each, "sts:AssumeRoleWithSAML")))
            add(each);
    std::string text;
    for (const std::string_view each : keys) text += (text.empty() ? "" : ", ") + std::string(each);
    return text;
}

class Trust {
public:
    explicit Trust(Check& check) : check_(check), witnesses_(check.witnesses()) {}

    void checkStatement(const StatementText& statement) {
        for (const PrincipalText& each : *statement.principals) {
            if (isEveryone(each)) checkEveryone(statement, each);
            if (each.type == NamedPrincipal::Type::Service) checkService(statement, each);
            if (each.type == NamedPrincipal::Type::Aws) checkOtherAccount(statement, each);
        }
    }

    // NotPrincipal is refused; where it stands all the same, it lets in everybody else.
    void checkAllButSome(const StatementText& statement) {
        if (const auto found = strangerFor(statement, ofStranger(witnesses_)))
            check_.add(rules::trustAny, statement.value.member("NotPrincipal"), "*", {witnessFact(*found)});
    }

private:
    std::optional<Request> strangerFor(const StatementText& statement, const ValuesOf& values) {
        const std::string role = anyRole(check_.settings.account);
        for (const Principal& each : strangers(witnesses_))
            if (auto found = witnesses_.find(statement.index, {each, "sts:AssumeRole", role}, values)) return found;
        // Whom a provider vouches for counts among everybody.
        const std::string account(check_.settings.account.empty() ? privilegeAccount : check_.settings.account);
        const std::pair<std::string, std::string_view> vouched[] = {
            {"arn:aws:iam::" + account + ":saml-provider/" + witnesses_.unlikely(), "sts:AssumeRoleWithSAML"},
            {"accounts.google.com", "sts:AssumeRoleWithWebIdentity"}};
        for (const auto& [caller, action] : vouched)
            if (auto found = witnesses_.find(statement.index, {*Principal::parse(caller), action, role}, values)) return found;
        return std::nullopt;
    }

    void checkEveryone(const StatementText& statement, const PrincipalText& principal) {
        const std::string_view text = principal.text.text;
        if (const auto found = strangerFor(statement, ofStranger(witnesses_)))
            return check_.add(rules::trustAny, principal.text.value, text, {witnessFact(*found)});
        // Somebody of any account, for whom more holds than for everybody.
        auto found = strangerFor(statement, {});
        if (!found) found = insiderFor(statement);
        if (found)
            check_.add(rules::trustAnyConditioned, principal.text.value, text,
                       {{"keys", conditionKeys(check_.document, statement)}, witnessFact(*found)});
    }

    // Of the accounts that the conditions name.
    std::optional<Request> insiderFor(const StatementText& statement) {
        std::vector<std::string> callers;
        for (const std::string_view each : valuesOn(check_.document, "aws:PrincipalAccount"))
            callers.push_back("arn:aws:iam::" + std::string(each) + ":role/anyone-at-all");
        for (const std::string_view each : valuesOn(check_.document, "aws:PrincipalArn")) {
            std::string arn;
            for (const char letter : each) arn += letter == '*' ? std::string("any") : std::string(1, letter);
            callers.push_back(std::move(arn));
        }
        callers.push_back(
            "arn:aws:iam::" + std::string(check_.settings.account.empty() ? privilegeAccount : check_.settings.account) +
            ":role/anyone-at-all");
        for (const std::string& each : callers) {
            const auto caller = Principal::parse(each);
            if (!caller) continue;
            if (auto found = witnesses_.find(statement.index, {*caller, "sts:AssumeRole", anyRole(check_.settings.account)}))
                return found;
        }
        return std::nullopt;
    }

    void checkService(const StatementText& statement, const PrincipalText& principal) {
        if (!tellsSource(principal.text.text)) return;
        const auto caller = Principal::parse(principal.text.text);
        if (!caller) return;
        if (const auto found = witnesses_.find(statement.index, {*caller, "sts:AssumeRole", anyRole(check_.settings.account)},
                                               forAnotherAccount(witnesses_)))
            check_.add(rules::trustConfusedDeputy, principal.text.value, principal.text.text, {witnessFact(*found)});
    }

    void checkOtherAccount(const StatementText& statement, const PrincipalText& principal) {
        const std::string& account = check_.settings.account;
        const auto named = Principal::parse(principal.text.text);
        if (!named || named->account().empty() || account.empty() || named->account() == account) return;
        const auto caller = callerOf(*named);
        if (!caller) return;
        if (const auto found =
                witnesses_.find(statement.index, {*caller, "sts:AssumeRole", anyRole(account)}, withoutConfirmation(witnesses_)))
            check_.add(rules::trustCrossAccount, principal.text.value, principal.text.text,
                       {{"account", named->account()}, witnessFact(*found)});
    }

    Check& check_;
    Witnesses& witnesses_;
};

// Whether what the narrow statement asks for is all asked for by the wide one, by their words.
bool asksNoMore(const StatementText& wide, const StatementText& narrow) {
    return std::all_of(wide.conditions.begin(), wide.conditions.end(), [&](const ConditionText& each) {
        return std::any_of(narrow.conditions.begin(), narrow.conditions.end(), [&](const ConditionText& other) {
            return foldedAscii(each.op.text) == foldedAscii(other.op.text) && isKey(other.key.text, each.key.text) &&
                   std::equal(each.values.begin(), each.values.end(), other.values.begin(), other.values.end(),
                              [](const Text& a, const Text& b) { return a.text == b.text; });
        });
    });
}

bool coversActions(const StatementText& wide, const StatementText& narrow) {
    if (wide.notAction || narrow.notAction) return false;
    return std::all_of(narrow.actions.begin(), narrow.actions.end(), [&](const Text& each) {
        return std::any_of(wide.actions.begin(), wide.actions.end(),
                           [&](const Text& other) { return matchesAction(other.text, each.text); });
    });
}

// The role and its sessions: who trusts the one trusts the others.
void checkSessions(Check& check, const StatementText& statement) {
    for (const PrincipalText& session : *statement.principals) {
        const auto one = Principal::parse(session.text.text);
        if (!one || one->kind() != PrincipalKind::RoleSession) continue;
        for (const StatementText& wide : check.document.statements()) {
            if (wide.effect == Effect::Deny || wide.notPrincipal || !wide.principals) continue;
            if (wide.index != statement.index && (!coversActions(wide, statement) || !asksNoMore(wide, statement))) continue;
            for (const PrincipalText& role : *wide.principals) {
                const auto other = Principal::parse(role.text.text);
                if (other && other->kind() == PrincipalKind::Role && other->account() == one->account() &&
                    other->name() == one->name())
                    check.add(rules::trustRedundantSession, session.text.value, session.text.text,
                              {{"by", std::string(role.text.text)}});
            }
        }
    }
}

// Whether a service may call the resource for an account that nobody named.
void checkCaller(Check& check, const StatementText& statement, const PrincipalText& principal) {
    const auto caller = Principal::parse(principal.text.text);
    if (!caller) return;
    const auto filled = [](std::string_view pattern) {
        std::string text;
        for (const char each : pattern) text += each == '*' || each == '?' ? 'x' : each;
        return text;
    };
    const std::string action =
        statement.notAction || statement.actions.empty() ? std::string("x:Other") : filled(statement.actions.front().text);
    const std::string resource = statement.notResource || !statement.resources || statement.resources->empty()
                                     ? std::string("*")
                                     : filled(statement.resources->front().text);
    Witnesses& witnesses = check.witnesses();
    if (const auto found = witnesses.find(statement.index, {*caller, action, resource}, forAnotherAccount(witnesses)))
        check.add(rules::resourceService, principal.text.value, principal.text.text, {witnessFact(*found)});
}

} // namespace

void checkTrust(Check& check) {
    if (!check.is({DocumentKind::Trust, DocumentKind::Resource})) return;
    bool accounts = false;
    Trust trust(check);
    for (const StatementText& statement : check.document.statements()) {
        if (!statement.principals || statement.effect == Effect::Deny) continue;
        if (check.is({DocumentKind::Resource})) {
            if (statement.notPrincipal) continue;
            for (const PrincipalText& each : *statement.principals)
                if (each.type == NamedPrincipal::Type::Service && callsForOthers(each.text.text))
                    checkCaller(check, statement, each);
            continue;
        }
        if (statement.notPrincipal) {
            trust.checkAllButSome(statement);
            continue;
        }
        trust.checkStatement(statement);
        checkSessions(check, statement);
        accounts =
            accounts || std::any_of(statement.principals->begin(), statement.principals->end(), [](const PrincipalText& each) {
                return each.type == NamedPrincipal::Type::Aws && each.text.text != "*";
            });
    }
    if (!accounts) return;
    if (check.settings.account.empty()) check.needs(rules::trustCrossAccount, "account");
    check.needs("trust-xaccount-unknown", "estate");
}

} // namespace gw::policy::lint
