#include "models/estate/unused.h"

#include "models/policy/aws_time.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

std::string serviceOf(std::string_view action) {
    return foldedAscii(action.substr(0, action.find(':')));
}

void newest(std::optional<UtcTime>& into, const std::optional<UtcTime>& time) {
    if (time && (!into || *into < *time)) into = time;
}

const std::map<std::string, std::optional<UtcTime>, std::less<>>* advisorOf(const Estate& estate, const Role& role) {
    const auto known = estate.usage().services.find(role.arn);
    return known == estate.usage().services.end() ? nullptr : &known->second;
}

const PrincipalUse* eventsOf(const Estate& estate, const Role& role) {
    const auto known = estate.usage().principals.find(role.arn);
    return known == estate.usage().principals.end() ? nullptr : &known->second;
}

std::vector<const PolicyDocument*> documentsOf(const Estate& estate, const Role& role) {
    std::vector<const PolicyDocument*> all;
    for (const PolicyDocument& each : role.policies.inlinePolicies) all.push_back(&each);
    for (const std::string& each : role.policies.attached)
        if (const ManagedPolicy* managed = estate.managedPolicy(each)) all.push_back(&managed->document);
    return all;
}

} // namespace

std::string_view evidenceSourceName(EvidenceSource source) {
    static constexpr auto names = std::to_array<std::string_view>({"role-last-used", "access-advisor", "cloudtrail"});
    return names[static_cast<std::size_t>(source)];
}

RoleActivities::RoleActivities(const Estate& estate) : estate_(estate) {
    for (const RecordedSignIn& each : estate.usage().signIns) {
        if (each.failed) continue;
        const auto [known, fresh] = signedIn_.try_emplace(each.role, each.at);
        if (!fresh) known->second = std::max(known->second, each.at);
    }
}

RoleActivity activityOf(const Estate& estate, const Role& role) {
    return RoleActivities(estate).of(role);
}

RoleActivity RoleActivities::of(const Role& role) const {
    RoleActivity use;
    use.created = policy::timeAsAwsWritesIt(role.created);
    if (role.lastUsedKnown || !role.lastUsed.empty()) {
        use.evidence.push_back({EvidenceSource::RoleLastUsed, std::nullopt, std::nullopt});
        newest(use.last, policy::timeAsAwsWritesIt(role.lastUsed));
    }
    if (const auto* services = advisorOf(estate_, role)) {
        use.evidence.push_back({EvidenceSource::AccessAdvisor, std::nullopt, std::nullopt});
        for (const auto& [service, time] : *services) newest(use.last, time);
    }
    const Usage& usage = estate_.usage();
    if (const PrincipalUse* events = eventsOf(estate_, role)) newest(use.last, events->last);
    if (const auto known = signedIn_.find(role.arn); known != signedIn_.end()) newest(use.last, known->second);
    // Events that do not speak of it tell only that it was not used within them.
    if (usage.events > 0) use.evidence.push_back({EvidenceSource::CloudTrail, usage.from, usage.until});
    return use;
}

PermissionUse permissionUse(const Estate& estate, const Role& role, std::optional<UtcTime> since) {
    PermissionUse use;
    std::set<std::string> granted, used;
    for (const PolicyDocument* document : documentsOf(estate, role)) {
        const auto policy =
            document->known ? estate.compiled(*document, policy::DocumentKind::Identity) : fail(EstateError::Malformed);
        if (!policy) continue;
        for (const policy::StatementText& statement : (*policy)->document().statements()) {
            if (statement.effect == policy::Effect::Deny) continue;
            if (statement.notAction) granted.insert("*");
            for (const policy::Text& each : statement.actions) {
                if (statement.notAction) continue;
                const std::string service = serviceOf(each.text);
                granted.insert(service.find_first_of("*?") == std::string::npos ? service : "*");
            }
        }
    }
    if (const PrincipalUse* events = eventsOf(estate, role))
        for (const auto& [action, one] : events->actions) {
            if (since && one.last < *since) continue;
            used.insert(serviceOf(action));
            if (one.times > one.denied) use.usedActions.push_back(action);
        }
    const auto* services = advisorOf(estate, role);
    if (services != nullptr) {
        use.evidence.push_back({EvidenceSource::AccessAdvisor, std::nullopt, std::nullopt});
        for (const auto& [service, time] : *services)
            if (time && (!since || *since <= *time)) used.insert(foldedAscii(service));
    }
    if (estate.usage().events > 0)
        use.evidence.push_back({EvidenceSource::CloudTrail, estate.usage().from, estate.usage().until});
    use.granted.assign(granted.begin(), granted.end());
    use.usedServices.assign(used.begin(), used.end());
    for (const std::string& each : granted) {
        if (each == "*" || used.contains(each)) continue;
        // Access Advisor sees every service; events only prove use, unless they are all that there is.
        const bool listed = services != nullptr && services->find(each) != services->end();
        if (listed || (services == nullptr && eventsOf(estate, role) != nullptr)) use.unusedServices.push_back(each);
    }
    return use;
}

} // namespace gw::estate
