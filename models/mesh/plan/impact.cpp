#include "models/mesh/plan/impact.h"

#include <algorithm>
#include <map>
#include <set>

namespace gw::mesh {
namespace {

using estate::review::Finding;

std::pair<std::string, std::string> keyOf(const Finding& finding) {
    return {std::string(finding.rule->id), finding.object};
}

std::optional<std::size_t> peopleIn(const estate::Estate& estate, const estate::DriftReport& report, estate::DriftDirection direction) {
    std::set<std::string> people;
    bool known = false;
    for (const estate::Drift& each : report.drifts) {
        if (each.direction != direction) continue;
        known = known || each.people.has_value();
        for (std::string& person : peopleBehind(estate, each)) people.insert(std::move(person));
    }
    if (!known && people.empty()) return std::nullopt;
    return people.size();
}

} // namespace

std::vector<std::string> peopleBehind(const estate::Estate& estate, const estate::Drift& drift) {
    std::vector<std::string> people;
    const auto addGroup = [&](const std::string& group) {
        for (const estate::DirectoryGroup& each : estate.directoryGroups())
            if (each.id == group || each.name == group) people.insert(people.end(), each.members.begin(), each.members.end());
    };
    for (const std::string& group : drift.groups) addGroup(group);
    for (const estate::Assignment& each : estate.assignments()) {
        if (each.role != drift.principal || each.person.empty()) continue;
        const auto found = std::find_if(estate.people().begin(), estate.people().end(), [&](const estate::Person& one) { return one.userName == each.person; });
        people.push_back(found == estate.people().end() ? each.person : found->id);
    }
    return people;
}

Impact impactOf(const estate::review::Input& input, std::span<const Step> steps, const estate::Progress& progress) {
    Impact impact;
    const auto part = [&](double from, double to) -> estate::Progress {
        if (!progress) return {};
        return [&progress, from, to](double share) { return progress(from + (to - from) * share); };
    };
    const estate::Estate after = estateAfter(*input.estate, steps);
    impact.drift = estate::driftBetween(*input.estate, after, {false, input.now, input.catalogue}, part(0, 0.4));
    impact.peopleGaining = peopleIn(after, impact.drift, estate::DriftDirection::Gained);
    impact.peopleLosing = peopleIn(*input.estate, impact.drift, estate::DriftDirection::Lost);
    const estate::review::Review before = estate::review::review(input, part(0.4, 0.7));
    estate::review::Input next = input;
    next.estate = &after;
    estate::review::Review then = estate::review::review(next, part(0.7, 1));
    impact.complete = impact.drift.complete && before.complete && then.complete;
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    for (const Finding& each : before.findings)
        if (!each.suppressed) ++known[keyOf(each)];
    for (Finding& each : then.findings) {
        if (each.suppressed) continue;
        if (std::size_t& left = known[keyOf(each)]; left > 0)
            --left;
        else
            impact.newFindings.push_back(std::move(each));
    }
    for (const auto& [key, left] : known) impact.findingsGone += left;
    return impact;
}

} // namespace gw::mesh
