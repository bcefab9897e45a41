#include "models/estate/review/rules.h"

#include <algorithm>
#include <array>

namespace gw::estate::review {

std::span<const Rule* const> reviewRules() {
    using namespace rules;
    static constexpr std::array<const Rule*, 72> all = {
        // Trust.
        &samlNoAudience, &samlAudienceWildcard, &samlAudienceGlobalOnly, &samlAcsMissing, &samlActionMismatch, &samlProviderMissing,
        &samlProviderOtherAccount, &samlProviderSyntax, &samlTagSession, &samlSourceIdentity, &samlTagUnbounded, &samlIdpOnlyGate,
        &samlForAllValues, &samlListKey, &samlTransientSubject, &samlUnknownKey, &samlKeyOutsideTrust, &trustAny, &trustAnyConditioned,
        &trustCrossAccount, &trustAccountUnknown, &trustDeleted, &trustNotPrincipal, &trustHasResource, &trustConfusedDeputy,
        &trustRedundantSession, &trustNearQuota, &trustEnvCrossing, &trustChainToAdmin,
        // Sessions and sign-in responses.
        &sessMaxTooLong, &sessIdpExceedsRole, &sessChainedOverHour, &sessNameInvalid, &sessNameShared, &sessNoSourceIdentity,
        &sessGrantExpired, &sessGrantUnbounded, &assertRecipient, &assertIssuer, &assertCertificate, &assertTime, &assertRolePair,
        // Providers and mappings.
        &idpCertExpiring, &idpValidUntil, &idpSingleKey, &idpWeakKey, &idpUnused, &idpNotUsedAtAll, &mapRoleMissing, &mapRoleUnmapped,
        &mapGroupMixedEnv, &mapDutyConflict, &mapSubsumed,
        // Permissions and resources.
        &permAdmin, &permPassRole, &permNotAction, &permPrivesc, &permVariableLiteral, &permDenyAbsent, &meshWildcard, &meshRetired,
        &latticeInactive, &latticeNoPolicy, &apiAuthNone, &apiPrincipalWithoutIam, &ecsSameRole, &lambdaRoleShared,
        // Use, reviews and drift.
        &useRoleStale, &usePermissionUnused, &reviewOverdue, &driftTrust, &driftPerm};
    return all;
}

const Rule* ruleOf(std::string_view id) {
    const auto find = [id](std::span<const Rule* const> rules) {
        const auto known = std::find_if(rules.begin(), rules.end(), [&](const Rule* each) { return each->id == id; });
        return known == rules.end() ? nullptr : *known;
    };
    const Rule* own = find(reviewRules());
    return own != nullptr ? own : find(policy::lint::allRules());
}

} // namespace gw::estate::review
