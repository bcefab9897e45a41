#include "app/gatewardenctl/sessions_text.h"

#include "app/gatewardenctl/output.h"
#include "saml/base/json_fields.h"

#include <cstdint>

namespace gw::ctl {
namespace {

std::string duration(std::int64_t seconds) {
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return std::to_string(seconds / 60) + " min";
    return std::to_string(seconds / 3600) + " h " + std::to_string(seconds % 3600 / 60) + " min";
}

std::string account(const Json& object) {
    const std::string alias = textField(object, "alias");
    const std::string id = textField(object, "account");
    return alias.empty() ? id : id + " (" + alias + ")";
}

std::string left(const Json& session) {
    const std::string state = textField(session, "state");
    return state == "live" ? duration(integerField(session, "seconds_left")) + " left" : state;
}

} // namespace

std::string sessionTable(const Json& sessions) {
    std::vector<std::vector<std::string>> rows = {{"SESSION", "PROFILE", "ROLE", "ACCOUNT", "ENV", "REGION", "TIME"}};
    for (const Json& session : sessions)
        rows.push_back({textField(session, "id"), textField(session, "profile"), textField(session, "label"), account(session),
                        textField(session, "environment"), textField(session, "region"), left(session)});
    return columns(rows);
}

std::string roleTable(const Json& roles) {
    std::vector<std::vector<std::string>> rows = {{"", "ROLE", "ACCOUNT", "ENV", "PROVIDER", "ARN"}};
    for (const Json& role : roles) {
        const auto favourite = role.find("favourite");
        const bool starred = favourite != role.end() && favourite->is_boolean() && favourite->get<bool>();
        rows.push_back({starred ? "*" : "", textField(role, "label"), account(role), textField(role, "environment"),
                        textField(role, "provider"), textField(role, "role")});
    }
    return columns(rows);
}

std::string sessionLine(const Json& session) {
    const std::string line = textField(session, "profile") + ": " + textField(session, "label") + " in " + account(session) +
                             ", " + left(session) + ", until " + textField(session, "expiration");
    return columns({{line}});
}

} // namespace gw::ctl
