// Against what was declared, or was there before: access gained and lost, not texts that differ; and permissions that nobody
// uses.
#include "models/estate/drift.h"
#include "models/estate/review/drift_acceptance.h"
#include "models/estate/review/look.h"

#include <algorithm>
#include <map>

namespace gw::estate::review {
namespace {

std::string textOf(const Drift& drift) {
    std::string text = drift.cause == DriftCause::Trust ? drift.principal + " " + drift.action : drift.action + " on " + drift.resource;
    for (const auto& [key, values] : drift.context)
        if (!values.empty()) text += ", " + key + " = " + values.front();
    return text;
}

// What a rule says of one role: one finding, whatever the number of drifts.
struct Told {
    std::vector<const Drift*> counting, accepted;
};

const Role* roleOf(const Estate& estate, const Drift& drift) {
    return estate.role(drift.object);
}

// Who is in which group, and to whom a provider gives what, are for the drift itself to show: people come and go.
bool isOfRules(const Look& look, const Estate& before, const std::set<std::string_view>& accountsBefore, const Drift& drift) {
    if (drift.cause != DriftCause::Trust && drift.cause != DriftCause::Permissions && drift.cause != DriftCause::Existence) return false;
    const Role* now = roleOf(look.estate, drift);
    const Role* role = now != nullptr ? now : roleOf(before, drift);
    if (role == nullptr) return false;
    if (drift.cause != DriftCause::Existence) return true;
    // An account of which the other side tells nothing.
    if (drift.direction == DriftDirection::Lost) return look.accountsWithRoles.contains(role->account);
    return !isServiceLinked(*role) && accountsBefore.contains(role->account);
}

void tell(const Look& look, const Rule& rule, const std::string& object, const Told& told, bool more, Findings& into) {
    const bool allAccepted = told.counting.empty();
    const auto& drifts = allAccepted ? told.accepted : told.counting;
    std::vector<std::string> gained, lost;
    bool exists = false;
    for (const Drift* each : drifts) {
        if (each->cause == DriftCause::Existence)
            exists = true;
        else
            (each->direction == DriftDirection::Gained ? gained : lost).push_back(textOf(*each));
    }
    const Drift& first = *drifts.front();
    std::vector<Fact> evidence;
    if (exists) {
        evidence.push_back({"what", first.direction == DriftDirection::Gained ? "new" : "missing"});
    } else {
        evidence = {{"what", !gained.empty() ? "gained" : "lost"},
                    {"seen", !gained.empty() ? gained.front() : lost.front()},
                    {"gained[]", listText(gained)},
                    {"lost[]", listText(lost)}};
        if (more) evidence.push_back({"more", "true"});
    }
    const Role* role = roleOf(look.estate, first);
    Place place = placeOf(role != nullptr ? role->source : first.source);
    if (first.cause == DriftCause::Trust && role != nullptr && role->trust) place = placeIn(*role->trust, "", {1, 1});
    Finding* found = into.add(rule, object, std::move(place), std::move(evidence), plan(rule.id));
    if (found != nullptr && allAccepted) found->suppressed = Suppressed{first.acceptance->reason, first.acceptance->until};
}

} // namespace

// Services that a role is given and did not use, as Access Advisor tells.
void checkUnused(const Look& look, Findings& into) {
    const Usage& usage = look.estate.usage();
    if (usage.services.empty()) return into.needs(rules::usePermissionUnused, "last_accessed");
    const UtcTime since = look.now - look.settings.limits.unused;
    for (const Role& role : look.estate.roles()) {
        if (!usage.services.contains(role.arn)) {
            if (!isServiceLinked(role)) into.needs(rules::usePermissionUnused, "last_accessed");
            continue;
        }
        const std::vector<std::string> unused = permissionUse(look.estate, role, since).unusedServices;
        if (unused.empty()) continue;
        const auto owner = std::find_if(role.tags.begin(), role.tags.end(), [](const auto& each) { return foldedAscii(each.first) == "owner"; });
        into.add(rules::usePermissionUnused, role.arn, placeOf(role.source),
                 {{"seen", unused.front()}, {"services[]", listText(unused)}, {"window_days", std::to_string(look.settings.limits.unused.count())},
                  {"source", "get-service-last-accessed-details"}, {"owner", owner == role.tags.end() ? "" : owner->second}},
                 edit(rules::usePermissionUnused.id));
    }
}

void checkDrift(const Look& look, Findings& into, const Progress& progress) {
    const Estate* before = look.input.baseline != nullptr ? look.input.baseline : look.estate.declared();
    if (before == nullptr) {
        into.needs(rules::driftTrust, "baseline");
        into.needs(rules::driftPerm, "baseline");
        return;
    }
    DriftBounds bounds;
    bounds.isPart = before == look.estate.declared();
    DriftReport report = driftBetween(*before, look.estate, look.world, progress, bounds);
    acceptDrifts(report.drifts, look.settings, look.now);
    std::set<std::string_view> accounts;
    for (const Role& each : before->roles()) accounts.insert(each.account);
    std::map<std::pair<std::string, std::string>, Told> byRule; // by object and rule
    for (const Drift& each : report.drifts) {
        if (!isOfRules(look, *before, accounts, each)) continue;
        const std::string rule(driftRuleOf(each).id);
        Told& told = byRule[{each.object, rule}];
        (each.isAccepted() ? told.accepted : told.counting).push_back(&each);
        if (each.acceptance && each.acceptance->isOver)
            into.add(rules::suppressionExpired, each.object, placeOf(each.source),
                     {{"seen", rule}, {"until", each.acceptance->until.toRfc3339()}, {"reason", each.acceptance->reason}}, manual(rules::suppressionExpired.id));
    }
    for (const auto& [key, told] : byRule)
        tell(look, key.second == rules::driftTrust.id ? rules::driftTrust : rules::driftPerm, key.first, told, !report.exhaustive, into);
    for (const Gap& each : report.unknown)
        // Of directories the drift itself tells, and no rule.
        if (each.what != Missing::Group && each.what != Missing::Principal &&
            (each.layer == policy::Layer::Trust || each.layer == policy::Layer::Identity ||
             each.layer == policy::Layer::Boundary))
            into.needs(each.layer == policy::Layer::Trust ? rules::driftTrust : rules::driftPerm, "policies");
}

} // namespace gw::estate::review
