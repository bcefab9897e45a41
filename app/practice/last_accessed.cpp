#include "app/practice/last_accessed.h"

#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <set>

namespace gw::practice {
namespace {

// "s3" of "s3:GetObject"; "*" of what names none.
void addServices(const Json& document, std::set<std::string>& into) {
    const Json& statements = document.value("Statement", Json::array());
    for (const Json& each : statements.is_array() ? statements : Json::array({statements})) {
        if (textField(each, "Effect") != "Allow") continue;
        const Json& actions = each.value("Action", Json("*"));
        for (const Json& action : actions.is_array() ? actions : Json::array({actions}))
            if (action.is_string()) into.insert(foldedAscii(action.get<std::string>().substr(0, action.get<std::string>().find(':'))));
    }
}

void addPolicies(const Json& role, const Json& details, std::set<std::string>& into) {
    for (const Json& each : role.value("RolePolicyList", Json::array())) addServices(each.value("PolicyDocument", Json::object()), into);
    for (const Json& each : role.value("AttachedManagedPolicies", Json::array()))
        for (const Json& policy : details.value("Policies", Json::array()))
            if (textField(policy, "Arn") == textField(each, "PolicyArn"))
                for (const Json& version : policy.value("PolicyVersionList", Json::array()))
                    if (version.value("IsDefaultVersion", false)) addServices(version.value("Document", Json::object()), into);
}

} // namespace

std::optional<Json> lastAccessedBy(std::string_view roleArn, const std::string& dump) {
    const auto details = parseJson(dump);
    if (!details || !details->is_object()) return std::nullopt;
    const Json roles = details->value("RoleDetailList", Json::array());
    const auto role = std::find_if(roles.begin(), roles.end(), [&](const Json& each) { return textField(each, "Arn") == roleArn; });
    if (role == roles.end()) return std::nullopt;
    std::set<std::string> services;
    addPolicies(*role, *details, services);
    // Whoever may do everything is told of everything that anybody there has to do with.
    if (services.erase("*") > 0)
        for (const Json& each : roles) addPolicies(each, *details, services);
    services.erase("*");
    const Json used = role->value("RoleLastUsed", Json::object());
    const std::string date = textField(used, "LastUsedDate");
    Json list = Json::array();
    for (const std::string& service : services) {
        Json one = {{"ServiceName", service}, {"ServiceNamespace", service}, {"TotalAuthenticatedEntities", date.empty() ? 0 : 1}};
        if (!date.empty()) {
            one["LastAuthenticated"] = date;
            one["LastAuthenticatedEntity"] = roleArn;
            one["LastAuthenticatedRegion"] = textField(used, "Region");
        }
        list.push_back(std::move(one));
    }
    return Json{{"JobStatus", "COMPLETED"}, {"JobType", "SERVICE_LEVEL"}, {"ServicesLastAccessed", std::move(list)}, {"IsTruncated", false}};
}

} // namespace gw::practice
