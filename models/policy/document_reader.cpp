#include "models/policy/document_reader.h"

#include "models/policy/action_name.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/context.h"
#include "models/policy/operator.h"

#include <algorithm>
#include <set>

namespace gw::policy {
namespace {

constexpr std::size_t maxSeen = 200;
// A document with more faults than this is not a policy; the rest would say nothing new.
constexpr std::size_t maxProblems = 1'000;

bool isPrincipalPolicy(DocumentKind kind) {
    return kind == DocumentKind::Identity || kind == DocumentKind::Session || kind == DocumentKind::Boundary ||
           kind == DocumentKind::Scp;
}

} // namespace

void DocumentReader::problem(DocumentError code, Value at, std::string_view seen, std::string_view expected) {
    if (problems_.size() >= maxProblems) return;
    const std::uint32_t offset =
        at.nameSpan().end != 0 && code != DocumentError::WrongType ? at.nameSpan().begin : at.span().begin;
    const Position position = source_.positionOf(offset);
    Error error(code);
    error.with("pointer", source_.pointerTo(at))
        .with("line", std::to_string(position.line))
        .with("column", std::to_string(position.column));
    if (!seen.empty()) error.with("seen", std::string(seen.substr(0, maxSeen)));
    if (!expected.empty()) error.with("expected", std::string(expected));
    problems_.push_back(std::move(error));
}

std::string_view DocumentReader::element(Value member, std::initializer_list<std::string_view> known) {
    for (const std::string_view name : known)
        if (member.name() == name) return name;
    const std::string folded = foldedAscii(member.name());
    for (const std::string_view name : known) {
        if (foldedAscii(name) != folded) continue;
        problem(DocumentError::WrongCase, member, member.name(), name);
        return {};
    }
    problem(DocumentError::UnknownElement, member, member.name());
    return {};
}

void DocumentReader::read(Document& document) {
    document.kind_ = kind_;
    document.version_ = "2008-10-17";
    const Value root = source_.root();
    if (!root.is(ValueKind::Object)) return problem(DocumentError::NotAnObject, root);
    Value statements;
    for (Value member = root.first(); member; member = member.next()) {
        const std::string_view name = element(member, {"Version", "Id", "Statement"});
        if (name == "Statement") statements = member;
        if (name != "Version" && name != "Id") continue;
        if (!member.is(ValueKind::String))
            problem(DocumentError::WrongType, member, member.text(), "string");
        else if (name == "Id")
            document.id_ = member.text();
        else if (member.text() != "2012-10-17" && member.text() != "2008-10-17")
            problem(DocumentError::BadVersion, member, member.text(), "2012-10-17");
        else
            document.version_ = member.text();
    }
    document.variables_ = document.version_ == "2012-10-17";
    if (!statements) {
        if (problems_.empty()) problem(DocumentError::NoStatement, root);
        return;
    }
    const auto add = [&](Value value) {
        StatementText& statement = document.statements_.emplace_back();
        statement.index = document.statements_.size() - 1;
        statement.value = value;
        if (value.is(ValueKind::Object))
            readStatement(value, statement);
        else
            problem(DocumentError::WrongType, value, value.text(), "object");
    };
    if (statements.is(ValueKind::Array)) {
        document.statements_.reserve(statements.size());
        for (Value each = statements.first(); each; each = each.next()) add(each);
        if (document.statements_.empty()) problem(DocumentError::EmptyElement, statements, "Statement");
    } else {
        add(statements);
    }
    checkSids(document);
}

void DocumentReader::readStatement(Value value, StatementText& statement) {
    bool effect = false, action = false;
    for (Value member = value.first(); member; member = member.next()) {
        const std::string_view name = element(member, {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
                                                       "Resource", "NotResource", "Condition"});
        if (name == "Sid") {
            if (member.is(ValueKind::String))
                statement.sid = Text{member.text(), member};
            else
                problem(DocumentError::WrongType, member, member.text(), "string");
        } else if (name == "Effect") {
            effect = true;
            readEffect(member, statement);
        } else if (name == "Action" || name == "NotAction") {
            if (action) problem(DocumentError::BothElements, member, "Action and NotAction");
            action = true;
            statement.notAction = name == "NotAction";
            readActions(member, statement);
        } else if (name == "Resource" || name == "NotResource") {
            if (statement.resources) problem(DocumentError::BothElements, member, "Resource and NotResource");
            statement.notResource = name == "NotResource";
            readResources(member, statement);
        } else if (name == "Principal" || name == "NotPrincipal") {
            if (statement.principals) problem(DocumentError::BothElements, member, "Principal and NotPrincipal");
            statement.notPrincipal = name == "NotPrincipal";
            readPrincipals(member, statement);
        } else if (name == "Condition") {
            readConditions(member, statement);
        }
    }
    if (!effect) problem(DocumentError::MissingElement, value, {}, "Effect");
    if (!action) problem(DocumentError::MissingElement, value, {}, "Action");
    checkStatement(statement);
}

void DocumentReader::checkStatement(const StatementText& statement) {
    if (isPrincipalPolicy(kind_)) {
        if (statement.principals)
            problem(DocumentError::NotForThisKind, statement.value, statement.notPrincipal ? "NotPrincipal" : "Principal");
    } else if (!statement.principals) {
        problem(DocumentError::MissingElement, statement.value, {}, "Principal");
    }
    if (kind_ == DocumentKind::Trust) {
        if (statement.resources)
            problem(DocumentError::NotForThisKind, statement.value, statement.notResource ? "NotResource" : "Resource");
        if (statement.notPrincipal) problem(DocumentError::NotForThisKind, statement.value, "NotPrincipal");
    } else if (!statement.resources) {
        problem(DocumentError::MissingElement, statement.value, {}, "Resource");
    }
}

void DocumentReader::checkSids(const Document& document) {
    std::set<std::string_view> seen;
    for (const StatementText& statement : document.statements())
        if (statement.sid && !statement.sid->text.empty() && !seen.insert(statement.sid->text).second)
            problem(DocumentError::DuplicateSid, statement.sid->value, statement.sid->text);
}

void DocumentReader::readEffect(Value value, StatementText& statement) {
    if (!value.is(ValueKind::String)) return problem(DocumentError::WrongType, value, value.text(), "string");
    if (value.text() == "Deny")
        statement.effect = Effect::Deny;
    else if (value.text() != "Allow")
        problem(DocumentError::BadEffect, value, value.text(), "Allow or Deny");
}

std::vector<Text> DocumentReader::readStrings(Value value, bool scalars) {
    std::vector<Text> texts;
    const auto add = [&](Value each) {
        const bool scalar = scalars && (each.is(ValueKind::True) || each.is(ValueKind::False) || each.is(ValueKind::Number));
        if (each.is(ValueKind::String) || scalar)
            texts.push_back({each.text(), each});
        else
            problem(DocumentError::WrongType, each, each.text(), "string");
    };
    if (!value.is(ValueKind::Array)) {
        add(value);
        return texts;
    }
    texts.reserve(value.size());
    for (Value each = value.first(); each; each = each.next()) add(each);
    return texts;
}

void DocumentReader::readActions(Value value, StatementText& statement) {
    statement.actions = readStrings(value, false);
    if (value.is(ValueKind::Array) && value.size() == 0) problem(DocumentError::EmptyElement, value, value.name());
    for (const Text& each : statement.actions)
        if (!isActionPattern(each.text)) problem(DocumentError::BadAction, each.value, each.text, "service:Action");
}

void DocumentReader::readResources(Value value, StatementText& statement) {
    statement.resources = readStrings(value, false);
    if (value.is(ValueKind::Array) && value.size() == 0) problem(DocumentError::EmptyElement, value, value.name());
    const bool organization = kind_ == DocumentKind::Scp || kind_ == DocumentKind::Rcp;
    for (const Text& each : *statement.resources) {
        if (each.text == "*" || each.text.substr(0, 2) == "${") continue;
        if (kind_ == DocumentKind::Resource && each.text.substr(0, 13) == "execute-api:/") continue;
        const bool complete = ArnParts::split(each.text).has_value();
        const bool shortened = kind_ == DocumentKind::Scp && each.text.ends_with('*');
        if (each.text.substr(0, 4) != "arn:" || (organization && !complete && !shortened))
            problem(DocumentError::BadResource, each.value, each.text, "arn:");
    }
}

void DocumentReader::readPrincipals(Value value, StatementText& statement) {
    auto& principals = statement.principals.emplace();
    if (value.is(ValueKind::String)) {
        if (value.text() == "*")
            principals.push_back({NamedPrincipal::Type::Everyone, {value.text(), value}});
        else
            problem(DocumentError::BadPrincipal, value, value.text(), "*");
        return;
    }
    if (!value.is(ValueKind::Object)) return problem(DocumentError::WrongType, value, value.text(), "object");
    for (Value member = value.first(); member; member = member.next()) {
        const std::string_view name = element(member, {"AWS", "Service", "Federated", "CanonicalUser"});
        if (name.empty()) continue;
        const auto type = name == "AWS"         ? NamedPrincipal::Type::Aws
                          : name == "Service"   ? NamedPrincipal::Type::Service
                          : name == "Federated" ? NamedPrincipal::Type::Federated
                                                : NamedPrincipal::Type::CanonicalUser;
        if (member.is(ValueKind::Array) && member.size() == 0) problem(DocumentError::EmptyElement, member, name);
        for (const Text& each : readStrings(member, false)) {
            const std::size_t wildcard = each.text.find_first_of("*?");
            if (wildcard != std::string_view::npos && each.text != "*")
                problem(DocumentError::BadPrincipal, each.value, each.text);
            principals.push_back({type, each});
        }
    }
    if (value.size() == 0) problem(DocumentError::EmptyElement, value, value.name());
}

void DocumentReader::readConditions(Value value, StatementText& statement) {
    if (!value.is(ValueKind::Object)) return problem(DocumentError::WrongType, value, value.text(), "object");
    for (Value op = value.first(); op; op = op.next()) {
        if (!Operator::parse(op.name())) problem(DocumentError::BadOperator, op, op.name());
        if (!op.is(ValueKind::Object)) {
            problem(DocumentError::WrongType, op, op.text(), "object");
            continue;
        }
        for (Value key = op.first(); key; key = key.next())
            statement.conditions.push_back({{op.name(), op}, {key.name(), key}, readStrings(key, true)});
    }
}

} // namespace gw::policy
