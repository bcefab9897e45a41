#include "models/sessions/outputs/outputs.h"

#include <algorithm>

namespace gw::sessions {
namespace {

constexpr std::size_t maxProfileName = 64;

bool alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Lower-case letters and digits, a dash for each run of anything else.
std::string slug(std::string_view text) {
    std::string name;
    for (const char c : text) {
        if (alphanumeric(c))
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (!name.empty() && name.back() == '-') name.pop_back();
    return name;
}

std::string baseName(const Session& session) {
    std::string account = slug(session.accountAlias);
    if (account.empty()) account = session.pair.role.account().value();
    const std::string role = slug(session.pair.role.name());
    if (account.empty() || role == account || role.starts_with(account + "-")) return role;
    if (role.empty()) return account;
    // nwr-prod-payments with payments-readonly: the word both share is said once.
    const std::string last = account.substr(account.rfind('-') + 1);
    return role.starts_with(last + "-") ? account + role.substr(last.size()) : account + "-" + role;
}

} // namespace

bool isProfileName(std::string_view text) {
    static constexpr std::string_view others = "_.@+:/=-";
    if (text.empty() || text.size() > maxProfileName || !alphanumeric(text.front())) return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return alphanumeric(c) || others.find(c) != std::string_view::npos; });
}

ProfileName suggestProfile(const Session& session, const std::vector<ProfileName>& taken) {
    // Room for a number behind it.
    std::string base = baseName(session).substr(0, maxProfileName - 4);
    while (!base.empty() && base.back() == '-') base.pop_back();
    if (base.empty()) base = "session";
    std::string name = base;
    for (int n = 2; std::find(taken.begin(), taken.end(), ProfileName(name)) != taken.end(); ++n) name = base + "-" + std::to_string(n);
    return ProfileName(name);
}

} // namespace gw::sessions
