#include "models/estate/review/drift_acceptance.h"

#include "saml/base/ascii.h"

namespace gw::estate::review {

const Rule& driftRuleOf(const Drift& drift) {
    switch (drift.cause) {
    case DriftCause::Trust:
    case DriftCause::Assignment:
    case DriftCause::Membership:
        return rules::driftTrust;
    case DriftCause::Existence:
        return drift.direction == DriftDirection::Gained && !drift.principal.empty() ? rules::driftTrust : rules::driftPerm;
    case DriftCause::Permissions:
    case DriftCause::Organization:
    case DriftCause::ResourcePolicy:
        break;
    }
    return rules::driftPerm;
}

bool isMeant(const AcceptedFinding& accepted, const Drift& drift) {
    return accepted.rule == driftRuleOf(drift).id && isAcceptedText(accepted.object, drift.object) &&
           (accepted.change.empty() || accepted.change == driftDirectionName(drift.direction)) &&
           isAcceptedText(accepted.principal, drift.principal) && isAcceptedText(foldedAscii(accepted.action), foldedAscii(drift.action)) &&
           isAcceptedText(accepted.resource, drift.resource) &&
           (accepted.file.empty() || (drift.source.file && drift.source.file->path.ends_with(accepted.file)));
}

AcceptedFinding acceptanceOf(const Drift& drift, std::string reason, UtcTime until) {
    AcceptedFinding accepted;
    accepted.rule = driftRuleOf(drift).id;
    accepted.object = drift.object;
    accepted.change = driftDirectionName(drift.direction);
    accepted.principal = drift.principal;
    accepted.action = drift.action;
    accepted.resource = drift.resource;
    accepted.reason = std::move(reason);
    accepted.until = until;
    return accepted;
}

void acceptDrifts(std::vector<Drift>& drifts, const Settings& settings, UtcTime now) {
    for (Drift& drift : drifts) {
        drift.acceptance.reset();
        for (const AcceptedFinding& each : settings.accepted) {
            const bool over = each.until < now;
            if (drift.isAccepted() || (over && drift.acceptance) || !isMeant(each, drift)) continue;
            drift.acceptance = DriftAcceptance{each.reason, each.until, over};
        }
    }
}

} // namespace gw::estate::review
