#include "models/mesh/compile/iam_conditions.h"

#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;
using Test = PolicyStatement::Test;

bool hasWildcard(const std::vector<std::string>& values) {
    return std::any_of(values.begin(), values.end(), [](const std::string& value) { return value.find_first_of("*?") != std::string::npos; });
}

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> among) {
    return std::find(among.begin(), among.end(), key) != among.end();
}

// The operator that a key of IAM is tested with.
std::string operatorFor(std::string_view written, const std::vector<std::string>& values) {
    const std::string key = foldedAscii(written);
    if (isOneOf(key, {"aws:securetransport", "aws:multifactorauthpresent", "aws:viaawsservice", "aws:principalisawsservice"})) return "Bool";
    if (isOneOf(key, {"aws:sourceip", "aws:vpcsourceip"})) return "IpAddress";
    if (isOneOf(key, {"aws:principalarn", "aws:sourcearn"})) return "ArnLike";
    const std::string plain = hasWildcard(values) ? "StringLike" : "StringEquals";
    return isListKey(key) ? "ForAnyValue:" + plain : plain;
}

Test testFor(const EdgeCondition& condition, ConditionPlace place) {
    switch (condition.kind) {
    case Kind::Key: return {operatorFor(condition.name, condition.values), condition.name, condition.values};
    case Kind::Mfa: return {"Bool", "aws:MultiFactorAuthPresent", {"true"}};
    case Kind::SourceIp: return {"IpAddress", "aws:SourceIp", condition.values};
    case Kind::SourceVpc:
        return {"StringEquals", place == ConditionPlace::Lattice ? "vpc-lattice-svcs:SourceVpc" : "aws:SourceVpc", condition.values};
    case Kind::After: return {"DateGreaterThanEquals", "aws:CurrentTime", condition.values};
    case Kind::Before: return {"DateLessThan", "aws:CurrentTime", condition.values};
    case Kind::Header: return {hasWildcard(condition.values) ? "StringLike" : "StringEquals", "vpc-lattice-svcs:RequestHeader/" + condition.name, condition.values};
    case Kind::Query:
        return {hasWildcard(condition.values) ? "ForAnyValue:StringLike" : "ForAnyValue:StringEquals",
                "vpc-lattice-svcs:RequestQueryString/" + condition.name, condition.values};
    case Kind::JwtClaim: break;
    }
    return {};
}

} // namespace

bool isListKey(std::string_view key) {
    const std::string folded = foldedAscii(key);
    if (isOneOf(folded, {"aws:tagkeys", "aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:principalservicenameslist"}))
        return true;
    if (folded.ends_with(":groups") || folded.ends_with(":amr")) return true;
    // IAM and STS condition context keys, "SAML federation": these hold one value, every other attribute a list.
    if (!folded.starts_with("saml:")) return false;
    return !isOneOf(folded, {"saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "saml:namequalifier", "saml:doc"});
}

std::vector<Unheld> unheldConditions(const std::vector<EdgeCondition>& conditions, ConditionPlace place) {
    std::vector<Unheld> unheld;
    for (const EdgeCondition& condition : conditions) {
        if (condition.kind == Kind::JwtClaim) unheld.push_back({"jwt", condition.name});
        if (place == ConditionPlace::Lattice) continue;
        if (condition.kind == Kind::Header) unheld.push_back({"header", condition.name});
        if (condition.kind == Kind::Query) unheld.push_back({"query", condition.name});
    }
    return unheld;
}

void addTest(std::vector<Test>& tests, Test test) {
    const auto at = std::lower_bound(tests.begin(), tests.end(), test, [](const Test& a, const Test& b) {
        return std::tie(a.op, a.key) < std::tie(b.op, b.key);
    });
    if (at == tests.end() || at->op != test.op || at->key != test.key) {
        tests.insert(at, std::move(test));
        return;
    }
    // Both must hold, and one list means "any of these".
    if (test.op == "DateLessThan")
        at->values = {std::min(at->values.front(), test.values.front())};
    else if (test.op == "DateGreaterThanEquals")
        at->values = {std::max(at->values.front(), test.values.front())};
    else
        std::erase_if(at->values, [&](const std::string& value) {
            return std::find(test.values.begin(), test.values.end(), value) == test.values.end();
        });
    // A value that no request has: nothing passes both.
    if (at->values.empty()) at->values = {"gatewarden:never"};
}

std::vector<Test> testsFor(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires, ConditionPlace place) {
    std::vector<Test> tests;
    for (const EdgeCondition& condition : conditions) addTest(tests, testFor(condition, place));
    if (expires) addTest(tests, {"DateLessThan", "aws:CurrentTime", {expires->toRfc3339()}});
    return tests;
}

} // namespace gw::mesh
