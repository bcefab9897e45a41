// Which policies of the organization bind an account (AWS Organizations User Guide, "SCP evaluation": every level from the
// root down must allow).
#include "models/estate/estate_index.h"

#include <algorithm>

namespace gw::estate {
namespace {

constexpr std::size_t maxLevels = 16; // five levels of units are allowed

struct Path {
    std::vector<std::string> targets; // from the root, or from where nothing is known any more
    bool complete = false;
};

Path pathTo(const OrganizationFacts& facts, std::string_view account) {
    Path path;
    std::string at(account);
    while (path.targets.size() < maxLevels) {
        path.targets.push_back(at);
        if (at.starts_with("r-")) {
            path.complete = true;
            break;
        }
        const auto parent = facts.parents.find(at);
        if (parent == facts.parents.end()) break;
        at = parent->second;
    }
    std::reverse(path.targets.begin(), path.targets.end());
    return path;
}

} // namespace

std::optional<Estate::Levels> Estate::levelsFor(std::string_view account, bool resourceControl, std::vector<Gap>& gaps) const {
    const OrganizationFacts& facts = parts_->facts;
    if (account == parts_->organization.managementAccount && !account.empty()) return std::nullopt;
    const policy::Layer layer = resourceControl ? policy::Layer::Rcp : policy::Layer::Scp;
    const auto missing = [&](std::string object) {
        gaps.push_back({resourceControl ? Missing::Rcp : Missing::Scp, std::move(object), layer, std::nullopt});
    };
    const Path path = pathTo(facts, account);
    if (path.complete) {
        const auto types = facts.types.find(path.targets.front());
        const char* type = resourceControl ? "RESOURCE_CONTROL_POLICY" : "SERVICE_CONTROL_POLICY";
        if (types != facts.types.end() && !types->second.contains(type)) return std::nullopt;
    } else {
        missing(path.targets.front());
    }
    // All that there are, and to what each of them is attached.
    bool allListed = resourceControl ? facts.rcpsListed : facts.scpsListed;
    for (const ControlPolicy& each : parts_->controlPolicies)
        allListed = allListed && (each.resource != resourceControl || facts.targetsListed.contains(each.id));
    Levels levels;
    for (const std::string& target : path.targets) {
        const auto found = facts.attachments.find(target);
        const bool listed =
            found != facts.attachments.end() && (resourceControl ? found->second.rcpListed : found->second.scpListed);
        const bool known = listed || allListed;
        if (!known && (path.complete || target != path.targets.front())) missing(target);
        std::vector<const ControlPolicy*> policies;
        if (found != facts.attachments.end()) {
            for (const std::string& id : found->second.policies) {
                const auto policy = index_->controlPolicies.find(id);
                if (policy == index_->controlPolicies.end()) {
                    // Attached, and nothing else is told of it.
                    if (!facts.otherPolicies.contains(id)) missing(id);
                    continue;
                }
                const ControlPolicy& one = parts_->controlPolicies[policy->second];
                if (one.resource == resourceControl) policies.push_back(&one);
            }
        }
        if (policies.empty() && !known) continue;
        levels.policies.push_back(std::move(policies));
        levels.targets.push_back(target);
    }
    if (levels.policies.empty()) return std::nullopt;
    return levels;
}

std::string Estate::pathOf(std::string_view account) const {
    const Path path = pathTo(parts_->facts, account);
    if (!path.complete || parts_->organization.id.empty()) return {};
    std::string text = parts_->organization.id + "/";
    for (std::size_t i = 0; i + 1 < path.targets.size(); ++i) text += path.targets[i] + "/";
    return text;
}

std::string Estate::targetName(std::string_view id) const {
    if (const Account* found = account(id); found != nullptr && !found->name.empty()) return found->name;
    const auto unit = index_->units.find(std::string(id));
    if (unit == index_->units.end() || parts_->units[unit->second].name.empty()) return std::string(id);
    return parts_->units[unit->second].name;
}

} // namespace gw::estate
