#include "models/items/review/can.h"

#include "models/estate/role_access.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <unordered_map>

namespace gw::items {
namespace {

using policy::PolicyRef;

bool allows(const PolicyRef& policy, std::string_view foldedAction) {
    const auto& statements = policy->statements();
    return std::any_of(statements.begin(), statements.end(),
                       [&](const auto& each) { return each.effect() == policy::Effect::Allow && each.coversAction(foldedAction); });
}

bool anyAllows(const std::vector<PolicyRef>& policies, std::string_view foldedAction) {
    return std::any_of(policies.begin(), policies.end(), [&](const PolicyRef& each) { return allows(each, foldedAction); });
}

bool can(const policy::PolicySet& policies, std::string_view foldedAction) {
    if (!anyAllows(policies.identity, foldedAction)) return false;
    if (policies.boundary && !allows(*policies.boundary, foldedAction)) return false;
    return !policies.scp || std::all_of(policies.scp->begin(), policies.scp->end(), [&](const auto& level) { return anyAllows(level, foldedAction); });
}

} // namespace

RowSet rowsThatCan(const estate::Estate& estate, const std::vector<estate::Mapping>& mappings, const std::string& action,
                   const policy::WorldRules& world) {
    const std::string folded = foldedAscii(action);
    estate::RoleAccess access(estate, world);
    std::unordered_map<const estate::Role*, bool> known;
    RowSet rows(mappings.size());
    for (std::size_t row = 0; row < mappings.size(); ++row) {
        const estate::Role* role = mappings[row].found;
        if (role == nullptr) continue;
        const auto [place, fresh] = known.try_emplace(role, false);
        if (fresh) place->second = can(access.of(*role).policies, folded);
        if (place->second) rows.add(row);
    }
    return rows;
}

} // namespace gw::items
