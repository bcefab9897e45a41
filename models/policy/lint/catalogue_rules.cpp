// What the catalogue knows: actions, services, condition keys, and tags; and the form of ARNs and principals.
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/edit_distance.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::policy::lint {
namespace {

bool isDigits(std::string_view text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), isDigit);
}

bool hasWildcard(std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos || text.find("${") != std::string_view::npos;
}

std::string nearest(const ServiceInfo& service, std::string_view name) {
    std::string best;
    std::size_t least = 4;
    for (const auto& [folded, action] : service.actions) {
        if (folded.size() > name.size() + least || name.size() > folded.size() + least) continue;
        const std::size_t apart = editDistance(folded, name);
        if (apart >= least) continue;
        least = apart;
        best = service.prefix + ":" + action.name;
    }
    return best;
}

void checkAction(Check& check, const Text& text) {
    const std::string folded = foldedAscii(text.text);
    const std::size_t colon = folded.find(':');
    if (folded == "*" || colon == std::string::npos || colon == 0 || colon + 1 == folded.size()) return;
    const std::string_view name = std::string_view(folded).substr(colon + 1);
    const ServiceInfo* service = check.catalogue()->service(std::string_view(folded).substr(0, colon));
    if (service == nullptr) return check.add(rules::actionServiceUnknown, text.value, text.text.substr(0, colon));
    if (name == "*") return;
    const bool known = hasWildcard(name) ? std::any_of(service->actions.begin(), service->actions.end(),
                                                       [&](const auto& each) { return covers(name, each.first); })
                                         : service->action(name) != nullptr;
    if (known) return;
    std::vector<Fact> facts;
    if (!hasWildcard(name))
        if (std::string like = nearest(*service, name); !like.empty()) facts.push_back({"expected", std::move(like)});
    check.add(rules::actionUnknown, text.value, text.text, std::move(facts));
}

bool isRegion(std::string_view text) {
    // "eu-central-1", "us-gov-west-1"; words with a digit at the end.
    return std::count(text.begin(), text.end(), '-') >= 2 && text.back() >= '0' && text.back() <= '9' &&
           std::all_of(text.begin(), text.end(), [](char each) { return (each >= 'a' && each <= 'z') || isDigit(each) || each == '-'; });
}

void checkArn(Check& check, const Text& text) {
    const auto parts = ArnParts::split(text.text);
    if (!parts) return;
    static constexpr auto partitions = std::to_array<std::string_view>(
        {"aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"});
    if (!hasWildcard(parts->partition) && !std::binary_search(partitions.begin(), partitions.end(), parts->partition))
        check.add(rules::arnPartition, text.value, text.text);
    if (!hasWildcard(parts->service) && foldedAscii(parts->service) != parts->service) check.add(rules::arnServiceCase, text.value, text.text);
    if (!parts->region.empty() && !hasWildcard(parts->region) && !isRegion(parts->region)) check.add(rules::arnRegion, text.value, text.text);
    // Some services write a word of their own in place of the account, such as "aws".
    const bool digits = std::any_of(parts->account.begin(), parts->account.end(), isDigit);
    if (!parts->account.empty() && !hasWildcard(parts->account) && digits && !isDigits(parts->account, 12))
        check.add(rules::arnAccount, text.value, text.text);
}

bool isServicePrincipal(std::string_view text) {
    const bool letters = std::all_of(text.begin(), text.end(), [](char each) {
        return (each >= 'a' && each <= 'z') || isDigit(each) || each == '-' || each == '.';
    });
    return letters && !text.starts_with('.') &&
           (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") || text.ends_with(".amazon.com") ||
            text.ends_with(".aws.internal") || text.ends_with(".aws.com"));
}

bool isDeletedId(std::string_view text) {
    return text.size() >= 16 && (text.starts_with("AIDA") || text.starts_with("AROA") || text.starts_with("AGPA") || text.starts_with("ANPA"));
}

} // namespace

void checkActions(Check& check) {
    if (check.catalogue() == nullptr) return check.needs(rules::actionUnknown, "catalogue");
    for (const StatementText& statement : check.document.statements())
        for (const Text& each : statement.actions) checkAction(check, each);
}

void checkResources(Check& check) {
    for (const StatementText& statement : check.document.statements())
        if (statement.resources)
            for (const Text& each : *statement.resources) checkArn(check, each);
}

void checkPrincipals(Check& check) {
    for (const StatementText& statement : check.document.statements()) {
        if (!statement.principals) continue;
        for (const PrincipalText& each : *statement.principals) {
            const std::string_view text = each.text.text;
            if (text == "*") continue;
            if (each.type == NamedPrincipal::Type::Service && !isServicePrincipal(text))
                check.add(rules::servicePrincipalFormat, each.text.value, text);
            if (each.type != NamedPrincipal::Type::Aws || hasWildcard(text)) continue;
            if (isDeletedId(text))
                check.add(rules::trustDeleted, each.text.value, text);
            else if (!Principal::parse(text))
                check.add(rules::principalFormat, each.text.value, text);
            else
                checkArn(check, each.text);
        }
        if (check.is({DocumentKind::Resource}) && statement.notPrincipal && statement.effect == Effect::Allow)
            check.add(rules::allowNotPrincipal, statement.value.member("NotPrincipal"));
    }
}

void checkConditionKeys(Check& check) {
    if (check.catalogue() == nullptr) return check.needs(rules::conditionKeyUnknown, "catalogue");
    for (const StatementText& statement : check.document.statements()) {
        for (const ConditionText& condition : statement.conditions) {
            const std::string_view key = condition.key.text;
            const std::size_t colon = key.find(':');
            const std::string_view prefix = key.substr(0, colon);
            const auto tell = [&](const Rule& rule) { check.add(rule, condition.key.value, key, {}, PointAt::Name); };
            if (colon == std::string_view::npos || colon == 0 || colon + 1 == key.size()) {
                tell(rules::conditionKeyFormat);
                continue;
            }
            // An OpenID Connect provider's keys begin with its host.
            if (prefix.find('.') != std::string_view::npos || foldedAscii(prefix) == "saml") continue;
            const bool tag = isKey(key, "aws:RequestTag") || isKey(key, "aws:ResourceTag") || isKey(key, "aws:PrincipalTag") ||
                             isKey(key, "aws:RequestTag/") || isKey(key, "aws:ResourceTag/") || isKey(key, "aws:PrincipalTag/");
            if (tag) {
                const std::size_t slash = key.find('/');
                if (slash == std::string_view::npos || slash + 1 == key.size()) tell(rules::conditionTagKeyMissing);
                continue;
            }
            // AWS's own policies use a key that its documentation does not have.
            if (check.catalogue()->anyKey(key) != nullptr || isKey(key, "aws:PrincipalOrgMasterAccountId")) continue;
            tell(foldedAscii(prefix) == "aws" ? rules::conditionGlobalKeyUnknown : rules::conditionKeyUnknown);
        }
    }
}

void checkTags(Check& check) {
    if (check.catalogue() == nullptr || !check.is({DocumentKind::Identity, DocumentKind::Boundary, DocumentKind::Session, DocumentKind::Scp})) return;
    for (const StatementText& statement : check.document.statements()) {
        if (statement.notAction) continue;
        for (const ConditionText& condition : statement.conditions) {
            const auto op = Operator::parse(condition.op.text);
            if (!op || op->ifExists || op->comparison == Comparison::Null || op->negated) continue;
            if (!isKey(condition.key.text, "aws:ResourceTag/")) continue;
            std::set<std::string> services;
            for (const Text& action : statement.actions) {
                const std::string folded = foldedAscii(action.text);
                const ServiceInfo* service = check.catalogue()->service(std::string_view(folded).substr(0, folded.find(':')));
                if (service == nullptr || service->actions.empty()) continue;
                const bool known = std::any_of(service->keys.begin(), service->keys.end(),
                                               [&](const KeyInfo& each) { return each.covers(condition.key.text) && each.name.find("ResourceTag") != std::string::npos; });
                if (!known) services.insert(service->prefix);
            }
            for (const std::string& each : services)
                check.add(statement.effect == Effect::Allow ? rules::tagUnsupportedAllow : rules::tagUnsupportedDeny, condition.key.value, each,
                          {{"key", std::string(condition.key.text)}}, PointAt::Name);
        }
    }
}

} // namespace gw::policy::lint
