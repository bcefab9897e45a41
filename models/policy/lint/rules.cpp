#include "models/policy/lint/rules.h"

#include <array>

namespace gw::policy::lint {

std::span<const Rule* const> allRules() {
    using namespace rules;
    static constexpr std::array<const Rule*, 113> all = {
        &jsonSyntax, &jsonDuplicateKey, &notAnObject, &badVersion, &noStatement, &unknownElement,
        &unknownPrincipalType, &wrongCase, &wrongType, &emptyElement, &missingEffect, &missingAction,
        &missingResource, &missingPrincipal, &bothElements, &badEffect, &badAction, &badResource, &badPrincipal,
        &principalWildcard, &badOperator, &nullIfExists, &elementNotAllowed, &scpPrincipal, &rcpAllow, &rcpPrincipal, &rcpNotAction, &duplicateSid,
        &missingVersion, &emptySid, &badSid, &sizeIdentity, &sizeResource, &sizeScp, &sizeRcp, &sizeSession,
        &sizeTrust, &actionUnknown, &actionServiceUnknown, &arnPartition, &arnServiceCase, &arnRegion, &arnAccount,
        &servicePrincipalFormat, &principalFormat, &conditionKeyFormat, &conditionGlobalKeyUnknown,
        &conditionKeyUnknown, &conditionTagKeyMissing, &conditionType, &conditionStringLikeArn,
        &conditionMissingQualifier, &conditionForAllValues, &conditionNullFalse, &conditionNullTrue,
        &conditionWildcard, &conditionValue, &conditionDate, &conditionBooleans, &conditionPrivateIp,
        &conditionEmpty, &variableBrace, &variableEmpty, &variableOperator, &tagUnsupportedAllow,
        &tagUnsupportedDeny, &redundantAction, &redundantResource, &redundantPrincipal, &redundantStatement,
        &slrStar, &slrStarAction, &slrNotAction, &slrNotResource, &allowNotPrincipal, &resourceService,
        &samlNoAudience, &samlAudienceWildcard, &samlAudienceGlobalOnly, &samlActionMismatch,
        &samlProviderOtherAccount, &samlProviderSyntax, &samlTagSession, &samlSourceIdentity, &samlIdpOnlyGate,
        &samlForAllValues, &samlListKey, &samlTransientSubject, &samlUnknownKey, &samlKeyOutsideTrust, &trustAny,
        &trustAnyConditioned, &trustCrossAccount, &trustDeleted, &trustNotPrincipal, &trustHasResource,
        &trustConfusedDeputy, &trustRedundantSession, &trustNearQuota, &sessNoSourceIdentity, &sessGrantExpired,
        &permAdmin, &permPassRole, &permPassRoleAction, &permPassRoleNotAction, &permPassRoleNotResource,
        &permNotAction, &permPrivesc, &permVariableLiteral, &permDenyAbsent, &meshWildcard, &meshRetired,
        &suppressionExpired};
    return all;
}

std::string_view severityName(Severity severity) {
    static constexpr auto names = std::to_array<std::string_view>({"low", "medium", "high", "critical", "error"});
    return names[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severityOf(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(Severity::Error); ++i)
        if (severityName(static_cast<Severity>(i)) == name) return static_cast<Severity>(i);
    return std::nullopt;
}

} // namespace gw::policy::lint
