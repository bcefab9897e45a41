#include "app/gatewardenctl/sessions_text.h"

#include "app/gatewardenctl/output.h"

#include <cstdint>

namespace gw::ctl {
namespace {

std::string text(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string duration(std::int64_t seconds) {
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return std::to_string(seconds / 60) + " min";
    return std::to_string(seconds / 3600) + " h " + std::to_string(seconds % 3600 / 60) + " min";
}

std::string account(const Json& object) {
    const std::string alias = text(object, "alias");
    const std::string id = text(object, "account");
    return alias.empty() ? id : id + " (" + alias + ")";
}

std::string left(const Json& session) {
    const std::string state = text(session, "state");
    return state == "live" ? duration(number(session, "seconds_left")) + " left" : state;
}

} // namespace

std::string sessionTable(const Json& sessions) {
    std::vector<std::vector<std::string>> rows = {{"SESSION", "PROFILE", "ROLE", "ACCOUNT", "ENV", "REGION", "TIME"}};
    for (const Json& session : sessions)
        rows.push_back({text(session, "id"), text(session, "profile"), text(session, "label"), account(session), text(session, "environment"),
                        text(session, "region"), left(session)});
    return columns(rows);
}

std::string roleTable(const Json& roles) {
    std::vector<std::vector<std::string>> rows = {{"", "ROLE", "ACCOUNT", "ENV", "PROVIDER", "ARN"}};
    for (const Json& role : roles) {
        const auto favourite = role.find("favourite");
        const bool starred = favourite != role.end() && favourite->is_boolean() && favourite->get<bool>();
        rows.push_back({starred ? "*" : "", text(role, "label"), account(role), text(role, "environment"), text(role, "provider"), text(role, "role")});
    }
    return columns(rows);
}

std::string sessionLine(const Json& session) {
    const std::string line = text(session, "profile") + ": " + text(session, "label") + " in " + account(session) + ", " + left(session) +
                             ", until " + text(session, "expiration");
    return columns({{line}});
}

} // namespace gw::ctl
