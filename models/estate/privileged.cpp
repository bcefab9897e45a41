#include "models/estate/privileged.h"

#include "models/estate/role_access.h"
#include "models/policy/lint/witness.h"

#include <algorithm>
#include <set>

namespace gw::estate {

Privileged::Privileged(const Estate& estate, const policy::WorldRules& world) : estate_(estate), world_(world) {}
Privileged::~Privileged() = default;

RoleAccess& Privileged::others() {
    if (others_ == nullptr) others_ = std::make_unique<RoleAccess>(estate_, world_);
    return *others_;
}

const std::vector<const Role*>& Privileged::rolesOf(const std::string& account) {
    if (all_.empty())
        for (const Role& each : estate_.roles()) all_[each.account].push_back(&each);
    return all_[account];
}

const std::vector<std::string>& Privileged::roles(const std::string& account) {
    const auto [known, fresh] = roles_.try_emplace(account);
    if (!fresh) return known->second;
    for (const Role* each : rolesOf(account)) {
        others().of(*each);
        if (others().isAdministrator()) known->second.push_back(each->arn);
    }
    return known->second;
}

template <class Identity, class Look>
const std::vector<std::string>& Privileged::administrators(ByAccount<std::vector<std::string>>& known, const std::string& account,
                                                           const std::vector<Identity>& all, Look look) {
    const auto [found, fresh] = known.try_emplace(account);
    if (!fresh) return found->second;
    for (const Identity& each : all) {
        if (each.account != account) continue;
        look(each);
        if (others().isAdministrator()) found->second.push_back(each.arn);
    }
    return found->second;
}

const std::vector<std::string>& Privileged::users(const std::string& account) {
    return administrators(users_, account, estate_.users(), [this](const User& each) { others().of(each); });
}

const std::vector<std::string>& Privileged::groups(const std::string& account) {
    return administrators(groups_, account, estate_.groups(), [this](const Group& each) { others().ofMember(each); });
}

const std::vector<std::string>& Privileged::functions(const std::string& account) {
    const auto [known, fresh] = functions_.try_emplace(account);
    if (!fresh) return known->second;
    const std::vector<std::string>& administrators = roles(account);
    for (const Resource& each : estate_.resources())
        if (each.kind == ResourceKind::Function && each.account == account &&
            std::any_of(each.roles.begin(), each.roles.end(), [&](const RoleUse& use) {
                return std::find(administrators.begin(), administrators.end(), use.arn) != administrators.end();
            }))
            known->second.push_back(each.arn);
    return known->second;
}

const std::vector<std::string>& Privileged::passed(const std::string& account, std::string_view service) {
    const auto [known, fresh] = passed_.try_emplace(account);
    if (!fresh) return known->second[service];
    for (const Role* role : rolesOf(account)) {
        if (!role->trust || !role->trust->known) continue;
        std::set<std::string_view> services;
        for (const policy::lint::PrivilegePath& path : policy::lint::privilegePaths())
            if (!path.service.empty() && role->trust->text.find(path.service) != std::string::npos) services.insert(path.service);
        if (services.empty()) continue;
        others().of(*role);
        if (!others().isAdministrator()) continue;
        const auto trust = others().pool().get(*role->trust, policy::DocumentKind::Trust);
        if (!trust) continue;
        policy::lint::Witnesses witnesses((*trust)->document(), world_.catalogue, world_.now.value_or(UtcTime()));
        for (const std::string_view each : services)
            if (witnesses.find({*policy::Principal::parse(each), "sts:AssumeRole", role->arn})) known->second[each].push_back(role->arn);
    }
    return known->second[service];
}

} // namespace gw::estate
