#include "models/estate/review/unmatched.h"

#include "models/estate/review/drift_acceptance.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

bool isOfDrift(const AcceptedFinding& accepted) {
    return accepted.rule == rules::driftTrust.id || accepted.rule == rules::driftPerm.id;
}

template <class IsMatched>
std::vector<const AcceptedFinding*> unmatched(const Settings& settings, IsMatched isMatched) {
    std::vector<const AcceptedFinding*> left;
    for (const AcceptedFinding& each : settings.accepted)
        if (!isMatched(each)) left.push_back(&each);
    return left;
}

} // namespace

bool isMeant(const AcceptedFinding& accepted, const Finding& finding) {
    return accepted.rule == finding.rule->id && !isOfDrift(accepted) && finding.place.file.ends_with(accepted.file) &&
           isAcceptedText(accepted.object, finding.object);
}

std::vector<const AcceptedFinding*> unmatchedIn(const Settings& settings, const Review& review) {
    return unmatched(settings, [&](const AcceptedFinding& accepted) {
        return isOfDrift(accepted) ||
               std::any_of(review.notChecked.begin(), review.notChecked.end(), [&](const NotChecked& each) { return each.rule == accepted.rule; }) ||
               std::any_of(review.findings.begin(), review.findings.end(), [&](const Finding& each) { return isMeant(accepted, each); });
    });
}

std::vector<const AcceptedFinding*> unmatchedIn(const Settings& settings, const std::vector<Drift>& drifts) {
    return unmatched(settings, [&](const AcceptedFinding& accepted) {
        return !isOfDrift(accepted) || std::any_of(drifts.begin(), drifts.end(), [&](const Drift& each) { return isMeant(accepted, each); });
    });
}

} // namespace gw::estate::review
