#include "models/mesh/import_back/atoms.h"

#include "models/mesh/plan/canonical.h"
#include "models/mesh/text/json_texts.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <charconv>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;
using Test = PolicyStatement::Test;

constexpr std::string_view header = "vpc-lattice-svcs:requestheader/", query = "vpc-lattice-svcs:requestquerystring/";

// One test in the map's words; false where it has none.
bool take(const Test& test, Terms& into) {
    const std::string key = foldedAscii(test.key);
    // The map's own keys of `when` have no colon.
    if (test.values.empty() || key.find(':') == std::string::npos) return false;
    const auto is = [&](std::string_view op, std::string_view name) { return test.op == op && key == name; };
    const std::string& first = test.values.front();
    if (is("Bool", "aws:multifactorauthpresent") && first == "true") {
        into.when.push_back({Kind::Mfa, {}, {}});
    } else if (is("IpAddress", "aws:sourceip")) {
        into.when.push_back({Kind::SourceIp, {}, test.values});
    } else if (is("StringEquals", "aws:sourcevpc") || is("StringEquals", "vpc-lattice-svcs:sourcevpc")) {
        into.when.push_back({Kind::SourceVpc, {}, test.values});
    } else if (is("DateLessThan", "aws:currenttime")) {
        const auto time = UtcTime::parse(first);
        if (!time) return false;
        into.expires = *time;
    } else if (is("DateGreaterThanEquals", "aws:currenttime")) {
        into.when.push_back({Kind::After, {}, test.values});
    } else if (is("StringEquals", "vpc-lattice-svcs:requestmethod")) {
        into.methods = test.values;
    } else if (is("NumericEquals", "vpc-lattice-svcs:port")) {
        return std::from_chars(first.data(), first.data() + first.size(), into.port).ec == std::errc();
    } else if (key.starts_with(header)) {
        into.when.push_back({Kind::Header, test.key.substr(header.size()), test.values});
    } else if (key.starts_with(query)) {
        into.when.push_back({Kind::Query, test.key.substr(query.size()), test.values});
    } else if (is("StringEquals", "lambda:functionurlauthtype")) {
        into.urlAuth = true;
    } else if (is("Bool", "lambda:invokedviafunctionurl")) {
        into.viaUrl = true;
    } else if (is("ArnEquals", "ecs:cluster")) {
        into.cluster = first;
    } else if (is("StringEquals", "iam:passedtoservice") && first == "ecs-tasks.amazonaws.com") {
        into.passed = true;
    } else {
        into.when.push_back({Kind::Key, test.key, test.values});
    }
    return true;
}

// As the compilers would write it.
Tests rewritten(const Terms& terms, ConditionPlace place) {
    Tests tests = testsFor(terms.when, terms.expires, place);
    if (!terms.methods.empty()) addTest(tests, {"StringEquals", "vpc-lattice-svcs:RequestMethod", terms.methods});
    if (terms.port != 0) addTest(tests, {"NumericEquals", "vpc-lattice-svcs:Port", {std::to_string(terms.port)}});
    if (terms.urlAuth) addTest(tests, {"StringEquals", "lambda:FunctionUrlAuthType", {"AWS_IAM"}});
    if (terms.viaUrl) addTest(tests, {"Bool", "lambda:InvokedViaFunctionUrl", {"true"}});
    if (!terms.cluster.empty()) addTest(tests, {"ArnEquals", "ecs:cluster", {terms.cluster}});
    if (terms.passed) addTest(tests, {"StringEquals", "iam:PassedToService", {"ecs-tasks.amazonaws.com"}});
    return tests;
}

// Dates stay dates: a key of IAM is tested as a text.
std::optional<std::vector<EdgeCondition>> plainOf(const Tests& tests, const Terms& terms, ConditionPlace place) {
    std::vector<EdgeCondition> plain;
    for (const Test& test : tests) {
        if (foldedAscii(test.key) == "aws:currenttime") continue;
        plain.push_back({Kind::Key, test.key, test.values});
    }
    for (const EdgeCondition& each : terms.when)
        if (each.kind == Kind::After) plain.push_back(each);
    if (textOf(testsFor(plain, terms.expires, place)) != textOf(tests)) return std::nullopt;
    return plain;
}

std::string principalText(std::string text) {
    if (const auto arn = policy::ArnParts::split(text); arn && arn->service == "iam" && arn->resource == "root")
        return std::string(arn->account);
    return text;
}

std::vector<std::string> principalsOf(const Json& statement) {
    const Json principal = statement.value("Principal", Json());
    std::vector<std::string> all = textsIn(principal);
    if (principal.is_object())
        for (const auto& [type, named] : principal.items())
            for (std::string& each : textsIn(named)) all.push_back(principalText(std::move(each)));
    return all;
}

} // namespace

std::string Terms::key(bool special) const {
    std::string text;
    const auto add = [&](std::string_view part) { text.append(part).push_back('\n'); };
    std::vector<std::string> conditions;
    for (const EdgeCondition& each : when) {
        std::vector<std::string> values = each.values;
        std::sort(values.begin(), values.end());
        std::string one = std::to_string(static_cast<int>(each.kind)) + foldedAscii(each.name);
        for (const std::string& value : values) one += '\t' + value;
        conditions.push_back(std::move(one));
    }
    std::sort(conditions.begin(), conditions.end());
    for (const std::string& each : conditions) add(each);
    add(expires ? expires->toRfc3339() : "");
    if (!special) return text;
    std::vector<std::string> sorted = methods;
    std::sort(sorted.begin(), sorted.end());
    for (const std::string& each : sorted) add(each);
    add(std::to_string(port) + ' ' + cluster);
    text += std::string(passed ? "p" : "") + (urlAuth ? "u" : "") + (viaUrl ? "v" : "");
    return text;
}

std::string Atom::key() const {
    return std::string(deny ? "deny" : "allow") + '\n' + principal + '\n' + foldedAscii(action) + '\n' + resource + '\n' +
           terms.key();
}

Tests testsIn(const Json& statement) {
    Tests tests;
    const Json conditions = statement.value("Condition", Json::object());
    if (!conditions.is_object()) return tests;
    for (const auto& [op, keys] : conditions.items()) {
        if (!keys.is_object()) continue;
        for (const auto& [key, values] : keys.items()) {
            Test test{op, key, {}};
            for (const Json& each : values.is_array() ? values : Json::array({values}))
                test.values.push_back(each.is_string() ? each.get<std::string>() : compactJson(each));
            tests.push_back(std::move(test));
        }
    }
    return tests;
}

bool hasVariable(std::string_view text) {
    return text.find("${") != std::string_view::npos;
}

std::string_view unsayable(const Json& statement) {
    const auto conditions = statement.find("Condition");
    if (conditions == statement.end()) return {};
    const auto isObject = [](const Json& each) { return each.is_object(); };
    if (!conditions->is_object() || !std::all_of(conditions->begin(), conditions->end(), isObject)) return "condition";
    const Tests tests = testsIn(statement);
    if (std::any_of(tests.begin(), tests.end(), [](const Test& test) { return test.values.empty(); })) return "never";
    const bool variable = std::any_of(tests.begin(), tests.end(), [](const Test& test) {
        return std::any_of(test.values.begin(), test.values.end(), hasVariable);
    });
    return variable ? "variable" : std::string_view();
}

std::string conditionIn(const Json& statement) {
    return compactJson(statement.value("Condition", Json::object()));
}

std::string textOf(const Tests& tests) {
    std::vector<std::string> all;
    for (const Test& test : tests) {
        std::vector<std::string> values = test.values;
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
        std::string one = (test.op == "ArnEquals" ? "ArnLike" : test.op) + '\t' + foldedAscii(test.key);
        for (const std::string& value : values) one += '\t' + value;
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end());
    std::string text;
    for (const std::string& each : all) text += each + '\n';
    return text;
}

std::optional<Terms> termsOf(const Tests& tests, ConditionPlace place) {
    Terms terms;
    for (const Test& test : tests)
        if (!take(test, terms)) return std::nullopt;
    if (textOf(rewritten(terms, place)) != textOf(tests)) return std::nullopt;
    return terms;
}

std::vector<Atom> atomsOf(const Artefact& artefact, std::vector<Unsaid>& unsaid) {
    std::vector<Atom> atoms;
    const auto parts = policyParts(artefact.text);
    if (!parts) {
        unsaid.push_back({artefact.object, {}, "unreadable", artefact.name});
        return atoms;
    }
    const auto textsOf = [](const Json& statement, const char* member) { return textsIn(statement.value(member, Json())); };
    const bool identity = artefact.kind == ArtefactKind::InlinePolicy || artefact.kind == ArtefactKind::ManagedPolicy;
    for (const Json& statement : parts->statements) {
        const std::string sid = sidIn(statement), effect = textField(statement, "Effect");
        const bool deny = effect == "Deny";
        const auto cannot = [&](std::string_view what, std::string seen) {
            unsaid.push_back({artefact.object, sid, std::string(what), std::move(seen), deny});
        };
        if (!deny && effect != "Allow") {
            cannot("unreadable", effect);
            continue;
        }
        bool whole = true;
        for (const auto& [member, what] :
             {std::pair("NotAction", "not-action"), {"NotResource", "not-resource"}, {"NotPrincipal", "not-principal"}})
            if (statement.contains(member)) {
                cannot(what, compactJson(statement[member]));
                whole = false;
            }
        if (!whole) continue;
        const std::vector<std::string> actions = textsOf(statement, "Action"), resources = textsOf(statement, "Resource");
        const bool lattice = std::any_of(actions.begin(), actions.end(), [](const std::string& each) {
            return foldedAscii(each).starts_with("vpc-lattice-svcs:");
        });
        const ConditionPlace place = lattice    ? ConditionPlace::Lattice
                                     : identity ? ConditionPlace::Identity
                                                : ConditionPlace::Other;
        const Tests tests = testsIn(statement);
        const std::string_view why = unsayable(statement);
        const auto terms = termsOf(tests, place);
        if (!why.empty() || !terms) {
            cannot(why.empty() ? "condition" : why, conditionIn(statement));
            continue;
        }
        const auto plain = plainOf(tests, *terms, place);
        const std::vector<EdgeId> edges = edgesOfSid(sid);
        std::vector<std::string> principals = identity ? std::vector<std::string>{std::string()} : principalsOf(statement);
        if (principals.empty() || actions.empty() || resources.empty())
            cannot("unreadable", principals.empty() ? "Principal" : actions.empty() ? "Action" : "Resource");
        for (const std::string& resource : resources) {
            if (hasVariable(resource)) {
                cannot("variable", resource);
                continue;
            }
            for (const std::string& principal : principals)
                for (const std::string& action : actions)
                    atoms.push_back({deny, principal, action, resource, *terms, plain, sid,
                                     edges.empty() ? EdgeId() : edges.front(), false});
        }
    }
    return atoms;
}

} // namespace gw::mesh
