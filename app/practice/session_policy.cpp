#include "app/practice/session_policy.h"

#include "saml/base/json.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace gw::practice {

namespace {

constexpr std::string_view syntax = "Syntax errors in policy.";

std::optional<AwsError> malformed(std::string_view message) {
    return AwsError{400, "MalformedPolicyDocument", std::string(message), false};
}

bool onlyKeys(const Json& object, std::initializer_list<std::string_view> known) {
    return std::ranges::all_of(object.items(), [&](const auto& item) {
        return std::ranges::find(known, std::string_view(item.key())) != known.end();
    });
}

// One text or a list of at least one; false where it is anything else or `fits` refuses one.
template <class Fits>
bool texts(const Json& value, Fits fits) {
    if (value.is_string()) return fits(value.get_ref<const std::string&>());
    return value.is_array() && !value.empty() &&
           std::ranges::all_of(value, [&](const Json& each) { return each.is_string() && fits(each.template get_ref<const std::string&>()); });
}

bool isAction(std::string_view action) {
    if (action == "*") return true;
    const auto colon = action.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < action.size();
}

bool isResource(std::string_view resource) {
    return resource == "*" || (resource.starts_with("arn:") && std::ranges::count(resource, ':') >= 5);
}

bool isCondition(const Json& condition) {
    const auto value = [](const Json& each) {
        const auto simple = [](const Json& one) { return one.is_string() || one.is_number() || one.is_boolean(); };
        return simple(each) || (each.is_array() && !each.empty() && std::ranges::all_of(each, simple));
    };
    return condition.is_object() && std::ranges::all_of(condition, [&](const Json& keys) {
               return keys.is_object() && !keys.empty() && std::ranges::all_of(keys, value);
           });
}

std::optional<AwsError> checkStatement(const Json& statement) {
    if (!statement.is_object()) return malformed(syntax);
    if (statement.contains("Principal") || statement.contains("NotPrincipal"))
        return malformed("Policy document should not specify a principal.");
    if (!onlyKeys(statement, {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"})) return malformed(syntax);
    const auto effect = statement.find("Effect");
    if (effect == statement.end() || (*effect != "Allow" && *effect != "Deny")) return malformed(syntax);
    if (const auto sid = statement.find("Sid"); sid != statement.end() && !sid->is_string()) return malformed(syntax);
    struct Part {
        const char* name;
        const char* opposite;
        bool (*fits)(std::string_view);
        std::string_view missing, wrong;
    };
    static constexpr std::array<Part, 2> parts = {
        {{"Action", "NotAction", isAction, "Policy statement must contain actions.",
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
         {"Resource", "NotResource", isResource, "Policy statement must contain resources.",
          "The policy contains a resource that is neither in ARN format nor \"*\"."}}};
    for (const Part& part : parts) {
        const bool plain = statement.contains(part.name);
        if (plain && statement.contains(part.opposite)) return malformed(syntax);
        if (!plain && !statement.contains(part.opposite)) return malformed(part.missing);
        const Json& value = statement.at(plain ? part.name : part.opposite);
        if (!texts(value, [](const std::string&) { return true; })) return malformed(syntax);
        if (!texts(value, part.fits)) return malformed(part.wrong);
    }
    if (const auto condition = statement.find("Condition"); condition != statement.end() && !isCondition(*condition)) return malformed(syntax);
    return std::nullopt;
}

} // namespace

std::optional<AwsError> checkSessionPolicy(std::string_view text) {
    const auto policy = parseJson(text);
    if (!policy || !policy->is_object() || !onlyKeys(*policy, {"Version", "Id", "Statement"})) return malformed(syntax);
    if (const auto version = policy->find("Version"); version != policy->end() && *version != "2012-10-17" && *version != "2008-10-17")
        return malformed(syntax);
    const auto statement = policy->find("Statement");
    if (statement == policy->end()) return malformed(syntax);
    if (statement->is_object()) return checkStatement(*statement);
    if (!statement->is_array() || statement->empty()) return malformed(syntax);
    for (const Json& each : *statement)
        if (auto error = checkStatement(each)) return error;
    return std::nullopt;
}

} // namespace gw::practice
