// Conditions: an operator against its key's type, its values, and what they come to.
#include "models/policy/lint/check.h"

#include "models/policy/values.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

bool isIn(std::string_view address, std::string_view network) {
    const auto one = Network::parse(address), wide = Network::parse(network);
    return one && wide && wide->holds(*one);
}

bool isPrivate(std::string_view address) {
    return isIn(address, "10.0.0.0/8") || isIn(address, "172.16.0.0/12") || isIn(address, "192.168.0.0/16") || isIn(address, "fc00::/7");
}

bool fits(Comparison comparison, KeyType type) {
    switch (type) {
    case KeyType::String:
        return isString(comparison) || comparison == Comparison::ArnLike;
    case KeyType::Arn:
        return isString(comparison) || comparison == Comparison::ArnLike;
    case KeyType::Bool:
        return comparison == Comparison::Bool;
    case KeyType::Numeric:
        return isNumeric(comparison);
    case KeyType::Date:
        // aws:EpochTime is both.
        return isDate(comparison) || isNumeric(comparison);
    case KeyType::IpAddress:
        return comparison == Comparison::IpAddress;
    case KeyType::Binary:
        return comparison == Comparison::BinaryEquals || isString(comparison);
    }
    return true;
}

std::string_view nameOf(KeyType type) {
    switch (type) {
    case KeyType::String:
        return "String";
    case KeyType::Arn:
        return "Arn";
    case KeyType::Bool:
        return "Bool";
    case KeyType::Numeric:
        return "Numeric";
    case KeyType::Date:
        return "Date";
    case KeyType::IpAddress:
        return "IpAddress";
    case KeyType::Binary:
        break;
    }
    return "Binary";
}

bool isWritten(Comparison comparison, std::string_view value) {
    if (value.find("${") != std::string_view::npos) return true;
    if (isNumeric(comparison)) return Decimal::parse(value).has_value();
    if (isDate(comparison)) return parseDate(value).has_value();
    if (comparison == Comparison::Bool || comparison == Comparison::Null) return parseBool(value).has_value();
    return comparison != Comparison::IpAddress || Network::parse(value).has_value();
}

bool takesVariables(Comparison comparison) {
    return isString(comparison) || comparison == Comparison::ArnLike || comparison == Comparison::Bool;
}

// The variables of a text: a brace that is not closed, and nothing between them.
void checkVariables(Check& check, const Text& text) {
    for (std::size_t at = text.text.find("${"); at != std::string_view::npos; at = text.text.find("${", at + 2)) {
        const std::size_t close = text.text.find('}', at);
        if (close == std::string_view::npos) return check.add(rules::variableBrace, text.value, text.text);
        if (text.text.substr(at + 2, close - at - 2).find_first_not_of(' ') == std::string_view::npos)
            check.add(rules::variableEmpty, text.value, text.text);
    }
}

void checkType(Check& check, const StatementText& statement, const ConditionText& condition, const Operator& op, const KeyInfo& info) {
    const bool saml = isKey(condition.key.text, "saml:");
    const auto tell = [&](const Rule& rule, std::vector<Fact> facts = {}) {
        facts.push_back({"operator", std::string(condition.op.text)});
        check.add(rule, condition.key.value, condition.key.text, std::move(facts), PointAt::Name);
    };
    if (op.comparison == Comparison::Null) return;
    // One event has one detail type, whatever public data says of the key.
    const bool list = info.list && !isKey(condition.key.text, "events:detail-type");
    if (list && op.quantifier == Quantifier::None && !saml) tell(rules::conditionMissingQualifier);
    if (!info.list && op.quantifier == Quantifier::ForAllValues && statement.effect == Effect::Allow && !saml) tell(rules::conditionForAllValues);
    if (!fits(op.comparison, info.type)) return tell(rules::conditionType, {{"expected", std::string(nameOf(info.type))}});
    // Public data has some ARNs as strings.
    const bool arn = info.type == KeyType::Arn || (info.type == KeyType::String && info.folded.ends_with("arn"));
    if (arn && op.comparison == Comparison::StringLike) tell(rules::conditionStringLikeArn);
}

void checkValues(Check& check, const ConditionText& condition, const Operator& op) {
    if (condition.values.empty()) return check.add(rules::conditionEmpty, condition.key.value, condition.key.text);
    if (op.comparison == Comparison::Bool && condition.values.size() > 1)
        check.add(rules::conditionBooleans, condition.key.value, condition.key.text);
    for (const Text& value : condition.values) {
        if (!isWritten(op.comparison, value.text))
            check.add(isDate(op.comparison) ? rules::conditionDate : rules::conditionValue, value.value, value.text,
                      {{"operator", std::string(condition.op.text)}});
        const bool variable = check.document.hasVariables() && value.text.find("${") != std::string_view::npos;
        if (variable && !takesVariables(op.comparison)) check.add(rules::variableOperator, value.value, value.text);
        if (variable && takesVariables(op.comparison)) checkVariables(check, value);
        const bool any = value.text == "*" && (op.comparison == Comparison::StringLike || op.comparison == Comparison::ArnLike);
        if (any && !op.ifExists)
            check.add(op.negated ? rules::conditionNullTrue : rules::conditionNullFalse, value.value, condition.key.text,
                      {{"operator", std::string(condition.op.text)}});
        const bool equals = op.comparison == Comparison::StringEquals || op.comparison == Comparison::StringEqualsIgnoreCase;
        if (equals && value.text.find("${") == std::string_view::npos && value.text.find_first_of("*?") != std::string_view::npos)
            check.add(rules::conditionWildcard, value.value, value.text, {{"operator", std::string(condition.op.text)}});
        if (op.comparison == Comparison::IpAddress && isKey(condition.key.text, "aws:SourceIp") && isPrivate(value.text))
            check.add(rules::conditionPrivateIp, value.value, value.text);
    }
}

} // namespace

void checkConditionValues(Check& check) {
    const bool variables = check.document.hasVariables();
    const auto literal = [&](const Text& text) {
        if (!variables && text.text.find("${") != std::string_view::npos) check.add(rules::permVariableLiteral, text.value, text.text);
    };
    for (const StatementText& statement : check.document.statements()) {
        if (statement.resources) {
            for (const Text& each : *statement.resources) {
                literal(each);
                if (variables) checkVariables(check, each);
            }
        }
        for (const ConditionText& condition : statement.conditions) {
            for (const Text& each : condition.values) literal(each);
            const auto op = Operator::parse(condition.op.text);
            if (!op) continue;
            checkValues(check, condition, *op);
            if (check.catalogue() == nullptr) continue;
            if (const KeyInfo* info = check.catalogue()->anyKey(condition.key.text)) checkType(check, statement, condition, *op, *info);
        }
    }
}

} // namespace gw::policy::lint
