#include "models/mesh/plan/canonical.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/document.h"
#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using Sorted = nlohmann::json; // keeps members by name

std::string scalarText(const Json& value) {
    return value.is_string() ? value.get<std::string>() : compactJson(value);
}

template <class Change>
Sorted listOf(const Json& value, Change change) {
    std::vector<std::string> texts;
    if (value.is_array())
        for (const Json& each : value) texts.push_back(change(scalarText(each)));
    else
        texts.push_back(change(scalarText(value)));
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

std::string asIs(std::string text) {
    return text;
}

std::string lower(const std::string& text) {
    return foldedAscii(text);
}

// "arn:aws:iam::111122223333:root" is the account.
std::string principalText(std::string text) {
    if (const auto arn = policy::ArnParts::split(text); arn && arn->service == "iam" && arn->resource == "root") return std::string(arn->account);
    return text;
}

Sorted principalOf(const Json& value) {
    if (!value.is_object()) return Sorted{{"AWS", listOf(value, principalText)}};
    Sorted out = Sorted::object();
    for (const auto& [type, names] : value.items()) out[type] = listOf(names, principalText);
    return out;
}

Sorted conditionOf(const Json& value) {
    Sorted out = Sorted::object();
    if (!value.is_object()) return out;
    for (const auto& [written, keys] : value.items()) {
        const std::string op = written == "ArnEquals" ? "ArnLike" : written;
        if (!keys.is_object()) continue;
        for (const auto& [key, values] : keys.items()) {
            Sorted& tests = out[op];
            const std::string folded = lower(key);
            // Both tests must hold where one key is written twice.
            tests[tests.contains(folded) ? written + key : folded] = listOf(values, asIs);
        }
    }
    return out;
}

} // namespace

std::string compactJson(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string PolicyParts::version() const {
    const std::string told = textField(members, "Version");
    return told.empty() ? "2008-10-17" : told;
}

std::optional<PolicyParts> policyParts(std::string_view text) {
    const auto source = policy::Document::readSource(std::string(text));
    if (!source) return std::nullopt;
    auto json = parseJson(source->text());
    if (!json || !json->is_object()) return std::nullopt;
    PolicyParts parts;
    for (auto& [name, value] : json->items()) {
        if (name != "Statement") {
            parts.members[name] = std::move(value);
            continue;
        }
        if (value.is_object()) {
            parts.statements.push_back(std::move(value));
            continue;
        }
        if (!value.is_array()) return std::nullopt;
        for (Json& each : value) {
            if (!each.is_object()) return std::nullopt;
            parts.statements.push_back(std::move(each));
        }
    }
    return parts;
}

std::string sidIn(const Json& statement) {
    return textField(statement, "Sid");
}

std::string canonicalStatement(const Json& statement, bool withSid) {
    Sorted out = Sorted::object();
    for (const auto& [name, value] : statement.items()) {
        if (name == "Sid") {
            if (withSid) out[name] = scalarText(value);
        } else if (name == "Action" || name == "NotAction") {
            out[name] = listOf(value, lower);
        } else if (name == "Principal" || name == "NotPrincipal") {
            out[name] = principalOf(value);
        } else if (name == "Condition") {
            if (Sorted condition = conditionOf(value); !condition.empty()) out[name] = std::move(condition);
        } else {
            out[name] = name == "Effect" ? Sorted(scalarText(value)) : listOf(value, asIs);
        }
    }
    return out.dump(-1, ' ', false, Sorted::error_handler_t::replace);
}

std::string canonicalPolicy(std::string_view text) {
    const auto parts = policyParts(text);
    if (!parts) return std::string(text);
    std::vector<std::string> statements;
    for (const Json& each : parts->statements) statements.push_back(canonicalStatement(each, true));
    std::sort(statements.begin(), statements.end());
    std::string out = parts->version();
    for (const std::string& each : statements) out += '\n' + each;
    return out;
}

} // namespace gw::mesh
