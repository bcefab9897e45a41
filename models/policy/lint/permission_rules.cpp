// What a policy gives, and whether it gives it as was meant.
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/clock_key.h"
#include "models/policy/condition.h"
#include "models/policy/lint/guards.h"
#include "models/policy/lint/privilege_paths.h"
#include "models/policy/values.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

bool exactly(const StatementText& statement, std::string_view action) {
    return std::any_of(statement.actions.begin(), statement.actions.end(),
                       [&](const Text& each) { return foldedAscii(each.text) == foldedAscii(action); });
}

struct ByShape {
    const Rule &star, &starAction, &notAction, &notResource;
};

// Whoever has the document's policy, and asks with the key as nobody limited it.
std::optional<Request> anyOf(Check& check, const StatementText& statement, std::string_view action, const std::string& resource,
                             std::string_view guard) {
    Witnesses& witnesses = check.witnesses();
    const auto parts = ArnParts::split(resource);
    const auto caller = Principal::parse("arn:aws:iam::" + std::string(parts->account) + ":user/anyone-at-all");
    return witnesses.find(statement.index, {*caller, action, resource},
                          withoutNamed(guard, witnesses.unlikely() + ".amazonaws.com"));
}

// An action that must name its resources, on all of its kind: in each way of writing that. `path`: in which no resource of the
// kind is known.
void checkStar(Check& check, const StatementText& statement, std::string_view action, std::string_view path,
               std::string_view guard, const ByShape& by) {
    if (!statement.resources || !reaches(statement, action)) return;
    const Rule& rule = statement.notResource        ? by.notResource
                       : statement.notAction        ? by.notAction
                       : exactly(statement, action) ? by.star
                                                    : by.starAction;
    std::vector<std::string> accounts{check.settings.account.empty() ? std::string(privilegeAccount) : check.settings.account};
    for (const Text& each : *statement.resources)
        if (const auto parts = ArnParts::split(each.text);
            parts && check.settings.account.empty() && parts->account.size() == 12 && accounts.size() < 8)
            accounts.emplace_back(parts->account);
    for (const std::string& account : accounts) {
        const std::string resource = "arn:aws:iam::" + account + ":role/" + std::string(path);
        const auto found = anyOf(check, statement, action, resource, guard);
        if (!found) continue;
        if (statement.notResource) return check.add(rule, statement.value.member("NotResource"), {}, {witnessFact(*found)});
        for (const Text& each : *statement.resources)
            if (covers(each.text, resource)) check.add(rule, each.value, action, {witnessFact(*found)});
        return;
    }
}

void checkAllow(Check& check, const StatementText& statement) {
    if (statement.notAction) check.add(rules::permNotAction, statement.value.member("NotAction"), {}, {}, PointAt::Name);
    checkStar(check, statement, "iam:PassRole", "any-role-at-all", "iam:PassedToService",
              {rules::permPassRole, rules::permPassRoleAction, rules::permPassRoleNotAction, rules::permPassRoleNotResource});
    checkStar(check, statement, "iam:CreateServiceLinkedRole", "aws-service-role/any.amazonaws.com/AWSServiceRoleForAny",
              "iam:AWSServiceName", {rules::slrStar, rules::slrStarAction, rules::slrNotAction, rules::slrNotResource});
}

// Whether the conditions on the clock hold at this time; nothing where there are none.
std::optional<bool> holdsAt(const StatementText& statement, UtcTime time) {
    Context context;
    context.set("aws:CurrentTime", time.toRfc3339());
    context.set("aws:EpochTime", std::to_string(time.unixSeconds()));
    const Scope scope(context, {}, true);
    std::optional<bool> all;
    for (const ConditionText& each : statement.conditions) {
        const auto op = Operator::parse(each.op.text);
        if (!isClock(Key(each.key.text)) || !op || op->comparison == Comparison::Null) continue;
        std::vector<std::string_view> values;
        for (const Text& value : each.values) values.push_back(value.text);
        all = all.value_or(true) && Condition(*op, each.key.text, values, false).holds(scope) == Truth::True;
    }
    return all;
}

// The times that the statement's clock tells apart, a second to either side of each.
std::vector<UtcTime> timesOf(const StatementText& statement) {
    constexpr std::size_t most = 64;
    std::vector<UtcTime> times;
    for (const ConditionText& each : statement.conditions) {
        if (!isClock(Key(each.key.text))) continue;
        for (const Text& value : each.values) {
            const auto date = parseDate(value.text);
            for (const std::int64_t around : {-1, 0, 1})
                if (date && times.size() < most) times.push_back(UtcTime::fromUnixSeconds(*date / 1'000 + around));
        }
    }
    return times;
}

// Whether the statement's clock let it apply once and never will again.
bool isOver(const StatementText& statement, UtcTime now) {
    const auto current = holdsAt(statement, now);
    if (!current || *current) return false;
    bool before = false;
    for (const UtcTime each : timesOf(statement)) {
        if (!*holdsAt(statement, each)) continue;
        if (each > now) return false;
        before = true;
    }
    return before;
}

// The same for a denial of everything from a time on.
bool isEnd(const StatementText& denial, UtcTime now) {
    if (denial.conditions.empty() || !std::all_of(denial.conditions.begin(), denial.conditions.end(),
                                                  [](const ConditionText& each) { return isClock(Key(each.key.text)); }))
        return false;
    if (!holdsAt(denial, now).value_or(false)) return false;
    bool before = false;
    for (const UtcTime each : timesOf(denial)) {
        const bool denies = *holdsAt(denial, each);
        if (each > now && !denies) return false;
        before = before || !denies;
    }
    return before;
}

const ConditionText& clockOf(const StatementText& statement) {
    return *std::find_if(statement.conditions.begin(), statement.conditions.end(),
                         [](const ConditionText& each) { return isClock(Key(each.key.text)); });
}

void checkExpired(Check& check, const StatementText& statement) {
    const UtcTime now = check.settings.now;
    const bool over = statement.effect == Effect::Allow ? isOver(statement, now) : isEnd(statement, now);
    if (!over) return;
    // A denial ends what is allowed beside it.
    if (statement.effect == Effect::Deny) {
        const auto& all = check.document.statements();
        const auto ends = [&](const StatementText& each) {
            if (each.effect == Effect::Deny || each.notAction || each.notResource || !each.resources || !statement.resources)
                return false;
            const bool actions =
                !statement.notAction && std::all_of(each.actions.begin(), each.actions.end(), [&](const Text& action) {
                    return std::any_of(statement.actions.begin(), statement.actions.end(),
                                       [&](const Text& wide) { return matchesAction(wide.text, action.text); });
                });
            return actions && !statement.notResource &&
                   std::all_of(each.resources->begin(), each.resources->end(), [&](const Text& resource) {
                       return std::any_of(statement.resources->begin(), statement.resources->end(),
                                          [&](const Text& wide) { return covers(wide.text, resource.text); });
                   });
        };
        if (std::none_of(all.begin(), all.end(), ends)) return;
    }
    const ConditionText& clock = clockOf(statement);
    check.add(rules::sessGrantExpired, clock.key.value, clock.values.empty() ? std::string_view() : clock.values.front().text);
}

// Whether the other denials stop whoever has no second factor from what this one is about: then it misses nobody.
bool isCaughtOtherwise(const Document& document, const StatementText& denial, std::string_view key) {
    return std::any_of(document.statements().begin(), document.statements().end(), [&](const StatementText& other) {
        if (other.effect == Effect::Allow || other.index == denial.index || other.notAction != denial.notAction ||
            other.notResource || denial.notResource)
            return false;
        const auto coversAll = [](const std::vector<Text>& wide, const std::vector<Text>& narrow, const auto& covers) {
            return std::all_of(narrow.begin(), narrow.end(), [&](const Text& each) {
                return std::any_of(wide.begin(), wide.end(), [&](const Text& one) { return covers(one.text, each.text); });
            });
        };
        // Of lists of what is left out, the shorter one denies more.
        const bool actions = denial.notAction ? coversAll(denial.actions, other.actions, matchesAction)
                                              : coversAll(other.actions, denial.actions, matchesAction);
        const bool resources = !other.resources || (denial.resources && coversAll(*other.resources, *denial.resources, covers));
        if (!actions || !resources) return false;
        return std::all_of(other.conditions.begin(), other.conditions.end(), [&](const ConditionText& each) {
            const auto op = Operator::parse(each.op.text);
            if (!op) return false;
            if (isKey(each.key.text, key)) {
                static const Context nothing;
                std::vector<std::string_view> values;
                for (const Text& value : each.values) values.push_back(value.text);
                return Condition(*op, each.key.text, values, false).holds(Scope(nothing, {}, true)) == Truth::True;
            }
            return std::any_of(denial.conditions.begin(), denial.conditions.end(), [&](const ConditionText& same) {
                return foldedAscii(same.op.text) == foldedAscii(each.op.text) && isKey(same.key.text, each.key.text) &&
                       std::equal(same.values.begin(), same.values.end(), each.values.begin(), each.values.end(),
                                  [](const Text& a, const Text& b) { return a.text == b.text; });
            });
        });
    });
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
        if ((!missing && !old) || isCaughtOtherwise(check.document, statement, condition.key.text)) continue;
        check.add(rules::permDenyAbsent, condition.key.value, condition.key.text, {{"operator", std::string(condition.op.text)}},
                  PointAt::Name);
    }
}

// Everything on everything, by one statement or by several together, less what is denied.
void checkAdmin(Check& check) {
    const auto& all = check.document.statements();
    const auto admits = [&](std::optional<std::size_t> statement) { return isAdministrator(check.witnesses(), statement); };
    const bool any = std::any_of(all.begin(), all.end(), [](const StatementText& each) {
        return each.effect == Effect::Allow && reaches(each, administratorAsks().front().action);
    });
    if (!any || !admits(std::nullopt)) return;
    for (const StatementText& each : all)
        if (each.effect == Effect::Allow && admits(each.index)) return check.add(rules::permAdmin, each.value);
    check.add(rules::permAdmin, check.document.source().root());
}

} // namespace

void checkPermissions(Check& check) {
    for (const StatementText& statement : check.document.statements()) {
        if (statement.effect == Effect::Deny) {
            checkAbsent(check, statement);
            checkExpired(check, statement);
            continue;
        }
        checkExpired(check, statement);
        // A boundary and an SCP allow what others give.
        if (check.kind() == DocumentKind::Identity) checkAllow(check, statement);
    }
    if (check.kind() == DocumentKind::Identity && !check.settings.brief) checkAdmin(check);
}

} // namespace gw::policy::lint
