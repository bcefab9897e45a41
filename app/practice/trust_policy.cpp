#include "app/practice/trust_policy.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace gw::practice {

namespace {

constexpr std::array<std::string_view, 3> knownActions{"sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"};

tl::unexpected<Error> bad(std::string detail, std::string where) {
    return fail(Error(PracticeError::BadOrganisation, std::move(detail)).with("where", std::move(where)));
}

Status onlyKeys(const Json& object, std::initializer_list<std::string_view> allowed, const std::string& where) {
    if (!object.is_object()) return bad("not an object", where);
    for (const auto& item : object.items()) {
        if (std::ranges::find(allowed, std::string_view(item.key())) == allowed.end())
            return bad("an element that is not evaluated here", where + '/' + item.key());
    }
    return {};
}

Result<std::vector<std::string>> strings(const Json& object, const std::string& key, const std::string& where) {
    const std::string here = where + '/' + key;
    const auto found = object.find(key);
    if (found == object.end()) return bad("a missing element", here);
    std::vector<std::string> out;
    if (found->is_string()) {
        out.push_back(found->get<std::string>());
    } else if (found->is_array() && !found->empty()) {
        for (const Json& value : *found) {
            if (!value.is_string()) return bad("not a string", here);
            out.push_back(value.get<std::string>());
        }
    } else {
        return bad("not a string or a list of strings", here);
    }
    if (std::ranges::any_of(out, [](const std::string& value) { return value.find_first_of("*?$") != std::string::npos; }))
        return bad("a wildcard or variable", here);
    return out;
}

bool contains(const std::vector<std::string>& values, std::string_view value) {
    return std::ranges::find(values, value) != values.end();
}

} // namespace

Result<TrustPolicy> TrustPolicy::parse(const Json& document) {
    GW_CHECK(onlyKeys(document, {"Version", "Statement"}, ""));
    if (document.value("Version", Json()) != "2012-10-17") return bad("not the current policy language", "/Version");
    const auto statements = document.find("Statement");
    if (statements == document.end() || !statements->is_array() || statements->empty())
        return bad("not a list of statements", "/Statement");
    TrustPolicy policy;
    for (std::size_t i = 0; i < statements->size(); ++i) {
        GW_TRY(auto statement, parseStatement((*statements)[i], "/Statement/" + std::to_string(i)));
        policy.statements_.push_back(std::move(statement));
    }
    return policy;
}

Result<TrustPolicy::Statement> TrustPolicy::parseStatement(const Json& statement, const std::string& where) {
    GW_CHECK(onlyKeys(statement, {"Sid", "Effect", "Principal", "Action", "Condition"}, where));
    if (statement.value("Effect", Json()) != "Allow") return bad("not an Allow", where + "/Effect");
    const Json principal = statement.value("Principal", Json());
    GW_CHECK(onlyKeys(principal, {"Federated"}, where + "/Principal"));
    Statement out;
    GW_TRY(out.federated, strings(principal, "Federated", where + "/Principal"));
    GW_TRY(out.actions, strings(statement, "Action", where));
    for (const std::string& action : out.actions) {
        if (std::ranges::find(knownActions, std::string_view(action)) == knownActions.end())
            return bad("an action that no SAML sign-in uses", where + "/Action");
    }
    if (const auto condition = statement.find("Condition"); condition != statement.end()) {
        GW_TRY(out.audiences, parseAudiences(*condition, where + "/Condition"));
    }
    return out;
}

Result<std::vector<std::string>> TrustPolicy::parseAudiences(const Json& condition, const std::string& where) {
    GW_CHECK(onlyKeys(condition, {"StringEquals"}, where));
    const Json test = condition.value("StringEquals", Json());
    GW_CHECK(onlyKeys(test, {"SAML:aud"}, where + "/StringEquals"));
    return strings(test, "SAML:aud", where + "/StringEquals");
}

bool TrustPolicy::allows(std::string_view action, std::string_view federated, std::string_view audience) const {
    return std::ranges::any_of(statements_, [&](const Statement& statement) {
        return contains(statement.actions, action) && contains(statement.federated, federated) &&
               (statement.audiences.empty() || contains(statement.audiences, audience));
    });
}

} // namespace gw::practice
