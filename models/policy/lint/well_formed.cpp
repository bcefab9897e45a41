// Faults of form: what the reader of documents refuses, and what IAM takes but nobody means.
#include "models/policy/lint/check.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>

namespace gw::policy::lint {
namespace {

const Rule& ruleOf(const Error& problem, DocumentKind kind) {
    const std::string_view seen = problem.fact("seen"), expected = problem.fact("expected"), pointer = problem.fact("pointer");
    switch (problem.code().as<DocumentError>().value_or(DocumentError::WrongType)) {
    case DocumentError::NotAnObject:
        return rules::notAnObject;
    case DocumentError::BadVersion:
        return rules::badVersion;
    case DocumentError::NoStatement:
        return rules::noStatement;
    case DocumentError::UnknownElement:
        return pointer.find("Principal/") != std::string_view::npos ? rules::unknownPrincipalType : rules::unknownElement;
    case DocumentError::WrongCase:
        return rules::wrongCase;
    case DocumentError::WrongType:
        return rules::wrongType;
    case DocumentError::EmptyElement:
        return rules::emptyElement;
    case DocumentError::MissingElement:
        return expected == "Effect"      ? rules::missingEffect
               : expected == "Action"    ? rules::missingAction
               : expected == "Principal" ? rules::missingPrincipal
                                         : rules::missingResource;
    case DocumentError::BothElements:
        return rules::bothElements;
    case DocumentError::BadEffect:
        return rules::badEffect;
    case DocumentError::BadAction:
        return rules::badAction;
    case DocumentError::BadResource:
        return rules::badResource;
    case DocumentError::BadPrincipal:
        return seen.find_first_of("*?") != std::string_view::npos ? rules::principalWildcard : rules::badPrincipal;
    case DocumentError::BadOperator: {
        const std::string folded = foldedAscii(seen);
        return folded.starts_with("null") && folded.ends_with("ifexists") ? rules::nullIfExists : rules::badOperator;
    }
    case DocumentError::NotForThisKind:
        if (kind == DocumentKind::Trust) return seen == "NotPrincipal" ? rules::trustNotPrincipal : rules::trustHasResource;
        return kind == DocumentKind::Scp ? rules::scpPrincipal : rules::elementNotAllowed;
    case DocumentError::DuplicateSid:
        break;
    }
    return rules::duplicateSid;
}

// The value that a pointer made by this source leads to.
Value follow(const SourceTree& source, std::string_view pointer) {
    Value at = source.root();
    while (!pointer.empty() && at) {
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        Value next;
        std::size_t index = 0;
        for (Value each = at.first(); each; each = each.next(), ++index) {
            std::string name = std::to_string(index);
            if (at.is(ValueKind::Object)) {
                name.clear();
                for (const char letter : each.name()) name += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
            }
            if (name != token) continue;
            next = each;
            break;
        }
        at = next;
    }
    return at ? at : source.root();
}

bool isSid(std::string_view sid) {
    return std::all_of(sid.begin(), sid.end(), isAlphanumeric);
}

bool isAll(const StatementText& statement) {
    return !statement.notAction && !statement.notResource && !statement.notPrincipal && statement.conditions.empty() &&
           holdsAny(statement.actions, "*") && statement.resources && holdsAny(*statement.resources, "*");
}

// What customers write only takes away, from everybody: RCPFullAWSAccess alone allows.
void checkResourceControl(Check& check) {
    const auto& statements = check.document.statements();
    for (const StatementText& statement : statements) {
        if (statement.effect == Effect::Allow && (statements.size() > 1 || !isAll(statement)))
            check.add(rules::rcpAllow, statement.value.member("Effect"), "Allow");
        if (statement.notAction) check.add(rules::rcpNotAction, statement.value.member("NotAction"), "NotAction", {}, PointAt::Name);
        if (statement.notPrincipal)
            check.add(rules::rcpPrincipal, statement.value.member("NotPrincipal"), "NotPrincipal", {}, PointAt::Name);
        else if (statement.principals)
            for (const PrincipalText& each : *statement.principals)
                if (each.text.text != "*") check.add(rules::rcpPrincipal, each.text.value, each.text.text);
    }
}

} // namespace

void addProblems(Check& check, const std::vector<Error>& problems) {
    for (const Error& problem : problems) {
        std::vector<Fact> facts;
        if (!problem.fact("expected").empty()) facts.push_back({"expected", std::string(problem.fact("expected"))});
        const bool byName = problem.code().is(DocumentError::UnknownElement) || problem.code().is(DocumentError::WrongCase) ||
                            problem.code().is(DocumentError::BadOperator);
        check.add(ruleOf(problem, check.kind()), follow(check.document.source(), problem.fact("pointer")), problem.fact("seen"), std::move(facts),
                  byName ? PointAt::Name : PointAt::Value);
    }
}

void checkElements(Check& check) {
    if (check.kind() == DocumentKind::Rcp) checkResourceControl(check);
    if (!check.document.source().root().member("Version")) check.add(rules::missingVersion, check.document.source().root());
    for (const StatementText& statement : check.document.statements()) {
        if (!statement.sid) continue;
        if (statement.sid->text.empty())
            check.add(rules::emptySid, statement.sid->value);
        else if (check.isOfPrincipal() && !isSid(statement.sid->text))
            check.add(rules::badSid, statement.sid->value, statement.sid->text);
    }
}

// IAM User Guide, "IAM and AWS STS quotas": white space does not count.
void checkSize(Check& check) {
    const std::string& text = check.document.source().text();
    const auto counted = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char each) {
        return each != ' ' && each != '\t' && each != '\n' && each != '\r' && (static_cast<unsigned char>(each) & 0xC0U) != 0x80U;
    }));
    const auto tell = [&](const Rule& rule, std::size_t most) {
        if (counted > most)
            check.add(rule, check.document.source().root(), {}, {{"size", std::to_string(counted)}, {"expected", std::to_string(most)}});
    };
    static constexpr std::size_t trustDefault = 2'048, trustRaised = 4'096;
    switch (check.kind()) {
    case DocumentKind::Identity:
        return tell(rules::sizeIdentity, 10'240);
    case DocumentKind::Boundary:
        return tell(rules::sizeIdentity, 6'144);
    case DocumentKind::Session:
        return tell(rules::sizeSession, 2'048);
    case DocumentKind::Scp:
        return tell(rules::sizeScp, 5'120);
    case DocumentKind::Rcp:
        return tell(rules::sizeRcp, 5'120);
    case DocumentKind::Trust:
        if (counted > trustRaised) return tell(rules::sizeTrust, trustRaised);
        return tell(rules::trustNearQuota, trustDefault * check.settings.quotaPercent / 100);
    case DocumentKind::Resource:
    case DocumentKind::Endpoint:
        return tell(rules::sizeResource, 20'480);
    }
}

} // namespace gw::policy::lint
