// What a policy gives, and whether it gives it as was meant.
#include "models/policy/lint/check.h"

#include "models/policy/values.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

bool exactly(const StatementText& statement, std::string_view action) {
    return std::any_of(statement.actions.begin(), statement.actions.end(),
                       [&](const Text& each) { return foldedAscii(each.text) == foldedAscii(action); });
}

// Whether a condition limits the action by this key: not where the key may be missing, nor where it may be anything.
bool isGuarded(const StatementText& statement, std::string_view key) {
    return std::any_of(statement.conditions.begin(), statement.conditions.end(), [&](const ConditionText& condition) {
        const auto op = Operator::parse(condition.op.text);
        return op && !op->ifExists && op->comparison != Comparison::Null && isKey(condition.key.text, key) &&
               std::none_of(condition.values.begin(), condition.values.end(), [](const Text& each) { return each.text.starts_with('*'); });
    });
}

struct ByShape {
    const Rule &star, &starAction, &notAction, &notResource;
};

// An action that must name its resources: "*" beside it, in each way of writing that.
void checkStar(Check& check, const StatementText& statement, std::string_view action, std::string_view guard, const ByShape& by) {
    if (!reaches(statement, action) || isGuarded(statement, guard) || !statement.resources) return;
    const Rule& rule = statement.notResource                ? by.notResource
                       : statement.notAction                ? by.notAction
                       : exactly(statement, action)         ? by.star
                                                            : by.starAction;
    if (statement.notResource) return check.add(rule, statement.value.member("NotResource"));
    for (const Text& each : *statement.resources)
        if (each.text == "*") check.add(rule, each.value, action);
}

void checkAllow(Check& check, const StatementText& statement) {
    const bool everything = statement.resources && !statement.notResource && holdsAny(*statement.resources, "*");
    if (!statement.notAction && everything && statement.conditions.empty() &&
        (holdsAny(statement.actions, "*") || holdsAny(statement.actions, "*:*")))
        check.add(rules::permAdmin, statement.value);
    if (statement.notAction) check.add(rules::permNotAction, statement.value.member("NotAction"), {}, {}, PointAt::Name);
    checkStar(check, statement, "iam:PassRole", "iam:PassedToService",
              {rules::permPassRole, rules::permPassRoleAction, rules::permPassRoleNotAction, rules::permPassRoleNotResource});
    checkStar(check, statement, "iam:CreateServiceLinkedRole", "iam:AWSServiceName",
              {rules::slrStar, rules::slrStarAction, rules::slrNotAction, rules::slrNotResource});
}

void checkExpired(Check& check, const StatementText& statement) {
    for (const ConditionText& condition : statement.conditions) {
        const auto op = Operator::parse(condition.op.text);
        if (!op || (op->comparison != Comparison::DateLessThan && op->comparison != Comparison::DateLessThanEquals)) continue;
        if (!isKey(condition.key.text, "aws:CurrentTime") && !isKey(condition.key.text, "aws:EpochTime")) continue;
        const bool over = !condition.values.empty() && std::all_of(condition.values.begin(), condition.values.end(), [&](const Text& each) {
            const auto date = parseDate(each.text);
            return date && *date <= check.settings.now.unixMilliseconds();
        });
        if (over) check.add(rules::sessGrantExpired, condition.key.value, condition.values.front().text);
    }
}

// A Deny that was meant for whoever has no MFA spares those whose request has no such key: long-term credentials.
void checkAbsent(Check& check, const StatementText& statement) {
    for (const ConditionText& condition : statement.conditions) {
        const auto op = Operator::parse(condition.op.text);
        if (!op || op->ifExists || op->negated || op->comparison == Comparison::Null) continue;
        const bool missing = isKey(condition.key.text, "aws:MultiFactorAuthPresent") && condition.values.size() == 1 &&
                             foldedAscii(condition.values.front().text) == "false";
        const bool old = isKey(condition.key.text, "aws:MultiFactorAuthAge") &&
                         (op->comparison == Comparison::NumericGreaterThan || op->comparison == Comparison::NumericGreaterThanEquals);
        if (missing || old)
            check.add(rules::permDenyAbsent, condition.key.value, condition.key.text, {{"operator", std::string(condition.op.text)}}, PointAt::Name);
    }
}

} // namespace

void checkPermissions(Check& check) {
    const bool gives = check.is({DocumentKind::Identity, DocumentKind::Boundary, DocumentKind::Session});
    for (const StatementText& statement : check.document.statements()) {
        if (statement.effect == Effect::Deny) {
            checkAbsent(check, statement);
            continue;
        }
        checkExpired(check, statement);
        // A boundary and an SCP allow what others give.
        if (gives && check.kind() == DocumentKind::Identity) checkAllow(check, statement);
    }
}

} // namespace gw::policy::lint
