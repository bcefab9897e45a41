// The rules of the linter. Identifiers are part of the command line's contract and are never renamed. Several rules that
// tell the same thing apart only by Access Analyzer's code share an identifier.
#pragma once

#include "models/policy/lint/rule.h"

#include <span>

namespace gw::policy::lint {

namespace rules {

inline constexpr Rule jsonSyntax{"json-syntax", Severity::Error,
                         "RFC 8259", "JSON_SYNTAX_ERROR"};
inline constexpr Rule jsonDuplicateKey{"json-duplicate-key", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "JSON_SYNTAX_ERROR"};
inline constexpr Rule notAnObject{"policy-not-an-object", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "JSON_SYNTAX_ERROR"};
inline constexpr Rule badVersion{"policy-bad-version", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Version", "INVALID_VERSION"};
inline constexpr Rule noStatement{"policy-no-statement", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Statement", "MISSING_STATEMENT"};
inline constexpr Rule unknownElement{"policy-unknown-element", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "INVALID_POLICY_ELEMENT"};
inline constexpr Rule unknownPrincipalType{"policy-unknown-principal-type", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "INVALID_PRINCIPAL_KEY"};
inline constexpr Rule wrongCase{"policy-wrong-case", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "INVALID_POLICY_ELEMENT"};
inline constexpr Rule wrongType{"policy-wrong-type", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "DATA_TYPE_MISMATCH"};
inline constexpr Rule emptyElement{"policy-empty-element", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", ""};
inline constexpr Rule missingEffect{"policy-missing-effect", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Effect", "MISSING_EFFECT"};
inline constexpr Rule missingAction{"policy-missing-action", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Action", "MISSING_ACTION"};
inline constexpr Rule missingResource{"policy-missing-resource", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Resource", "MISSING_RESOURCE"};
inline constexpr Rule missingPrincipal{"policy-missing-principal", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "MISSING_PRINCIPAL"};
inline constexpr Rule bothElements{"policy-both-elements", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "UNSUPPORTED_ELEMENT_COMBINATION"};
inline constexpr Rule badEffect{"policy-bad-effect", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Effect", "INVALID_EFFECT"};
inline constexpr Rule badAction{"policy-bad-action", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Action", "INVALID_ACTION"};
inline constexpr Rule badResource{"policy-bad-resource", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Resource", "INVALID_ARN_PREFIX"};
inline constexpr Rule badPrincipal{"policy-bad-principal", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "INVALID_PRINCIPAL_FORMAT"};
inline constexpr Rule principalWildcard{"policy-principal-wildcard", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"};
inline constexpr Rule badOperator{"policy-bad-operator", Severity::Error,
                         "IAM User Guide: Condition operators", "INVALID_CONDITION_OPERATOR"};
inline constexpr Rule nullIfExists{"policy-null-if-exists", Severity::Error,
                         "IAM User Guide: Condition operators, Null", "NULL_WITH_IF_EXISTS"};
inline constexpr Rule elementNotAllowed{"policy-element-not-allowed", Severity::Error,
                         "IAM User Guide: Grammar of the IAM JSON policy language", "INVALID_POLICY_ELEMENT"};
inline constexpr Rule scpPrincipal{"policy-scp-principal", Severity::Error,
                         "AWS Organizations User Guide: SCP syntax", "SCP_SYNTAX_ERROR_PRINCIPAL"};
inline constexpr Rule rcpAllow{"policy-rcp-allow", Severity::Error,
                         "AWS Organizations User Guide: RCP syntax", ""};
inline constexpr Rule rcpPrincipal{"policy-rcp-principal", Severity::Error,
                         "AWS Organizations User Guide: RCP syntax", ""};
inline constexpr Rule rcpNotAction{"policy-rcp-notaction", Severity::Error,
                         "AWS Organizations User Guide: RCP syntax", ""};
inline constexpr Rule duplicateSid{"policy-duplicate-sid", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Sid", "UNIQUE_SIDS_REQUIRED"};
inline constexpr Rule missingVersion{"policy-missing-version", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Version", "MISSING_VERSION"};
inline constexpr Rule emptySid{"policy-empty-sid", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Sid", "EMPTY_SID_VALUE"};
inline constexpr Rule badSid{"policy-bad-sid", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Sid", "UNSUPPORTED_SID"};
inline constexpr Rule sizeIdentity{"policy-size-identity", Severity::Medium,
                         "IAM User Guide: IAM and AWS STS quotas", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"};
inline constexpr Rule sizeResource{"policy-size-resource", Severity::Medium,
                         "IAM User Guide: IAM and AWS STS quotas", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"};
inline constexpr Rule sizeScp{"policy-size-scp", Severity::Error,
                         "AWS Organizations User Guide: Quotas", "POLICY_SIZE_EXCEEDS_SCP_QUOTA"};
inline constexpr Rule sizeRcp{"policy-size-rcp", Severity::Error,
                         "AWS Organizations User Guide: Quotas", "POLICY_SIZE_EXCEEDS_RCP_QUOTA"};
inline constexpr Rule sizeSession{"policy-size-session", Severity::Error,
                         "AWS STS API: AssumeRoleWithSAML, Policy", ""};
inline constexpr Rule sizeTrust{"policy-size-trust", Severity::Error,
                         "IAM User Guide: IAM and AWS STS quotas", ""};
inline constexpr Rule actionUnknown{"action-unknown", Severity::Error,
                         "Service Authorization Reference", "INVALID_ACTION"};
inline constexpr Rule actionServiceUnknown{"action-service-unknown", Severity::Error,
                         "Service Authorization Reference", "INVALID_SERVICE_IN_ACTION"};
inline constexpr Rule arnPartition{"arn-partition", Severity::Error,
                         "IAM User Guide: Identify AWS resources with ARNs", "INVALID_PARTITION"};
inline constexpr Rule arnServiceCase{"arn-service-case", Severity::Error,
                         "IAM User Guide: Identify AWS resources with ARNs", "INVALID_ARN_SERVICE_CASE"};
inline constexpr Rule arnRegion{"arn-region", Severity::Error,
                         "IAM User Guide: Identify AWS resources with ARNs", "INVALID_ARN_REGION"};
inline constexpr Rule arnAccount{"arn-account", Severity::Error,
                         "IAM User Guide: Identify AWS resources with ARNs", "INVALID_ARN_ACCOUNT"};
inline constexpr Rule servicePrincipalFormat{"principal-service-format", Severity::Error,
                         "IAM User Guide: AWS service principals", "INVALID_SERVICE_PRINCIPAL_FORMAT"};
inline constexpr Rule principalFormat{"principal-format", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "INVALID_PRINCIPAL_FORMAT"};
inline constexpr Rule conditionKeyFormat{"condition-key-format", Severity::Error,
                         "IAM User Guide: IAM JSON policy elements: Condition", "INVALID_CONDITION_KEY_FORMAT"};
inline constexpr Rule conditionGlobalKeyUnknown{"condition-global-key-unknown", Severity::Error,
                         "IAM User Guide: AWS global condition context keys", "INVALID_GLOBAL_CONDITION_KEY"};
inline constexpr Rule conditionKeyUnknown{"condition-key-unknown", Severity::Error,
                         "Service Authorization Reference", "INVALID_SERVICE_CONDITION_KEY"};
inline constexpr Rule conditionTagKeyMissing{"condition-tag-key-missing", Severity::Error,
                         "IAM User Guide: AWS global condition context keys", "MISSING_TAG_KEY_IN_CONDITION"};
inline constexpr Rule conditionType{"condition-type-mismatch", Severity::Medium,
                         "IAM User Guide: Condition operators", "TYPE_MISMATCH"};
inline constexpr Rule conditionStringLikeArn{"condition-string-like-arn", Severity::Medium,
                         "IAM User Guide: Condition operators, ARN", "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"};
inline constexpr Rule conditionMissingQualifier{"condition-missing-qualifier", Severity::Error,
                         "IAM User Guide: Multivalued context keys", "MISSING_QUALIFIER"};
inline constexpr Rule conditionForAllValues{"condition-forallvalues-single", Severity::Medium,
                         "IAM User Guide: Single-valued vs. multivalued context keys", "FORALLVALUES_WITH_SINGLE_VALUED_KEY"};
inline constexpr Rule conditionNullFalse{"condition-equals-null-false", Severity::Low,
                         "IAM User Guide: Condition operators, Null", "EQUIVALENT_TO_NULL_FALSE"};
inline constexpr Rule conditionNullTrue{"condition-equals-null-true", Severity::Low,
                         "IAM User Guide: Condition operators, Null", "EQUIVALENT_TO_NULL_TRUE"};
inline constexpr Rule conditionWildcard{"condition-wildcard-without-like", Severity::Medium,
                         "IAM User Guide: Condition operators, String", "WILDCARD_WITHOUT_LIKE_OPERATOR"};
inline constexpr Rule conditionValue{"condition-value", Severity::Error,
                         "IAM User Guide: Condition operators", "INVALID_CONDITION_DATA_TYPE"};
inline constexpr Rule conditionDate{"condition-date", Severity::Error,
                         "IAM User Guide: Condition operators, Date", "INVALID_DATE_VALUE"};
inline constexpr Rule conditionBooleans{"condition-multiple-boolean", Severity::Error,
                         "IAM User Guide: Condition operators, Boolean", "INVALID_CONDITION_MULTIPLE_BOOLEAN"};
inline constexpr Rule conditionPrivateIp{"condition-private-ip", Severity::Medium,
                         "IAM User Guide: AWS global condition context keys, aws:SourceIp", "PRIVATE_IP_ADDRESS"};
inline constexpr Rule conditionEmpty{"condition-empty", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Condition", "EMPTY_ARRAY_CONDITION"};
inline constexpr Rule variableBrace{"variable-missing-brace", Severity::Error,
                         "IAM User Guide: Variables and tags", "MISSING_BRACE_IN_VARIABLE"};
inline constexpr Rule variableEmpty{"variable-empty", Severity::Error,
                         "IAM User Guide: Variables and tags", "EMPTY_VARIABLE"};
inline constexpr Rule variableOperator{"variable-operator", Severity::Error,
                         "IAM User Guide: Variables and tags", "INVALID_VARIABLE_FOR_OPERATOR"};
inline constexpr Rule tagUnsupportedAllow{"condition-tag-unsupported-allow", Severity::Low,
                         "Service Authorization Reference", "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"};
inline constexpr Rule tagUnsupportedDeny{"condition-tag-unsupported-deny", Severity::Medium,
                         "Service Authorization Reference", "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"};
inline constexpr Rule redundantAction{"redundant-action", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Action", "REDUNDANT_ACTION"};
inline constexpr Rule redundantResource{"redundant-resource", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Resource", "REDUNDANT_RESOURCE"};
inline constexpr Rule redundantPrincipal{"redundant-principal", Severity::Low,
                         "IAM User Guide: AWS JSON policy elements: Principal", "REDUNDANT_PRINCIPAL"};
inline constexpr Rule redundantStatement{"redundant-statement", Severity::Low,
                         "IAM User Guide: IAM JSON policy elements: Statement", "REDUNDANT_STATEMENT"};
inline constexpr Rule slrStar{"perm-slr-star", Severity::Medium,
                         "IAM User Guide: Service-linked role permissions", "CREATE_SLR_WITH_STAR_IN_RESOURCE"};
inline constexpr Rule slrStarAction{"perm-slr-star", Severity::Medium,
                         "IAM User Guide: Service-linked role permissions", "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE"};
inline constexpr Rule slrNotAction{"perm-slr-star", Severity::Medium,
                         "IAM User Guide: Service-linked role permissions", "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"};
inline constexpr Rule slrNotResource{"perm-slr-star", Severity::Medium,
                         "IAM User Guide: Service-linked role permissions", "CREATE_SLR_WITH_NOT_RESOURCE"};
inline constexpr Rule allowNotPrincipal{"resource-allow-notprincipal", Severity::High,
                         "IAM User Guide: AWS JSON policy elements: NotPrincipal", "ALLOW_WITH_NOT_PRINCIPAL"};
inline constexpr Rule resourceService{"resource-service-confused-deputy", Severity::Medium,
                         "IAM User Guide: The confused deputy problem", "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"};
inline constexpr Rule samlNoAudience{"trust-saml-no-audience", Severity::High,
                         "IAM User Guide: Create a role for SAML 2.0 federation", ""};
inline constexpr Rule samlAudienceWildcard{"trust-saml-audience-wildcard", Severity::High,
                         "IAM User Guide: Create a role for SAML 2.0 federation", ""};
inline constexpr Rule samlAudienceGlobalOnly{"trust-saml-audience-global-only", Severity::Low,
                         "IAM User Guide: Create a role for SAML 2.0 federation", ""};
inline constexpr Rule samlActionMismatch{"trust-saml-action-mismatch", Severity::Error,
                         "AWS STS API: AssumeRoleWithSAML", "MISMATCHED_ACTION_FOR_PRINCIPAL"};
inline constexpr Rule samlProviderOtherAccount{"trust-saml-provider-other-account", Severity::Error,
                         "AWS STS API: AssumeRoleWithSAML", ""};
inline constexpr Rule samlProviderSyntax{"trust-saml-provider-syntax", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: Principal", "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY"};
inline constexpr Rule samlTagSession{"trust-saml-tagsession-missing", Severity::High,
                         "IAM User Guide: Troubleshoot SAML federation", "MISSING_ACTION_FOR_CONDITION_KEY"};
inline constexpr Rule samlSourceIdentity{"trust-saml-setsourceidentity-missing", Severity::High,
                         "IAM User Guide: Troubleshoot SAML federation", "MISSING_ACTION_FOR_CONDITION_KEY"};
inline constexpr Rule samlIdpOnlyGate{"trust-saml-idp-only-gate", Severity::Medium,
                         "IAM User Guide: About SAML 2.0-based federation", ""};
inline constexpr Rule samlForAllValues{"trust-saml-forallvalues-allow", Severity::High,
                         "IAM User Guide: Single-valued vs. multivalued context keys", "FORALLVALUES_WITH_SINGLE_VALUED_KEY"};
inline constexpr Rule samlListKey{"trust-saml-list-key-no-setop", Severity::Error,
                         "IAM User Guide: Multivalued context keys", "MISSING_QUALIFIER"};
inline constexpr Rule samlTransientSubject{"trust-saml-transient-subject", Severity::Medium,
                         "IAM User Guide: About SAML 2.0-based federation", ""};
inline constexpr Rule samlUnknownKey{"trust-saml-unknown-key", Severity::Error,
                         "IAM User Guide: Available keys for SAML-based AWS STS federation", "INVALID_SERVICE_CONDITION_KEY"};
inline constexpr Rule samlKeyOutsideTrust{"perm-saml-key-outside-trust", Severity::High,
                         "IAM User Guide: Configure SAML assertions for the authentication response", ""};
inline constexpr Rule trustAny{"trust-principal-any", Severity::Critical,
                         "IAM User Guide: AWS JSON policy elements: Principal", ""};
inline constexpr Rule trustAnyConditioned{"trust-principal-any-conditioned", Severity::Medium,
                         "IAM User Guide: AWS JSON policy elements: Principal", ""};
inline constexpr Rule trustCrossAccount{"trust-xaccount-no-externalid-mfa", Severity::Medium,
                         "IAM User Guide: Access to AWS accounts owned by third parties", ""};
inline constexpr Rule trustDeleted{"trust-principal-deleted", Severity::Medium,
                         "IAM User Guide: AWS JSON policy elements: Principal", ""};
inline constexpr Rule trustNotPrincipal{"trust-notprincipal", Severity::Error,
                         "IAM User Guide: AWS JSON policy elements: NotPrincipal", "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL"};
inline constexpr Rule trustHasResource{"trust-has-resource", Severity::Error,
                         "IAM User Guide: Roles terms and concepts", "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"};
inline constexpr Rule trustConfusedDeputy{"trust-service-confused-deputy", Severity::Medium,
                         "IAM User Guide: The confused deputy problem", "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL"};
inline constexpr Rule trustRedundantSession{"trust-redundant-session", Severity::Low,
                         "IAM User Guide: AWS JSON policy elements: Principal", "REDUNDANT_PRINCIPAL"};
inline constexpr Rule trustNearQuota{"trust-near-quota", Severity::Low,
                         "IAM User Guide: IAM and AWS STS quotas", ""};
inline constexpr Rule sessNoSourceIdentity{"sess-no-source-identity", Severity::Low,
                         "IAM User Guide: Monitor and control actions taken with assumed roles", ""};
inline constexpr Rule sessGrantExpired{"sess-grant-expired", Severity::High,
                         "IAM User Guide: Condition operators, Date", ""};
inline constexpr Rule permAdmin{"perm-admin", Severity::Critical,
                         "IAM User Guide: Security best practices, least privilege", ""};
inline constexpr Rule permPassRole{"perm-passrole-star", Severity::High,
                         "IAM User Guide: Grant permissions to pass a role", "PASS_ROLE_WITH_STAR_IN_RESOURCE"};
inline constexpr Rule permPassRoleAction{"perm-passrole-star", Severity::High,
                         "IAM User Guide: Grant permissions to pass a role", "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"};
inline constexpr Rule permPassRoleNotAction{"perm-passrole-star", Severity::High,
                         "IAM User Guide: Grant permissions to pass a role", "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"};
inline constexpr Rule permPassRoleNotResource{"perm-passrole-star", Severity::High,
                         "IAM User Guide: Grant permissions to pass a role", "PASS_ROLE_WITH_NOT_RESOURCE"};
inline constexpr Rule permNotAction{"perm-notaction-allow", Severity::Medium,
                         "IAM User Guide: IAM JSON policy elements: NotAction", ""};
inline constexpr Rule permPrivesc{"perm-privesc", Severity::High,
                         "IAM User Guide: Security best practices, least privilege", ""};
inline constexpr Rule permVariableLiteral{"perm-variable-literal", Severity::High,
                         "IAM User Guide: Variables and tags", "VARIABLE_UNSUPPORTED_IN_VERSION"};
inline constexpr Rule permDenyAbsent{"perm-deny-absent-key", Severity::Medium,
                         "IAM User Guide: AWS global condition context keys, aws:MultiFactorAuthPresent", ""};
inline constexpr Rule meshWildcard{"mesh-sar-wildcard", Severity::Medium,
                         "AWS App Mesh User Guide: Envoy proxy authorization", ""};
inline constexpr Rule meshRetired{"mesh-appmesh-retired", Severity::High,
                         "AWS App Mesh User Guide: End of support", ""};
inline constexpr Rule suppressionExpired{"suppression-expired", Severity::Low,
                         "gatewardenctl: iam lint", ""};

} // namespace rules

// Every rule above.
[[nodiscard]] std::span<const Rule* const> allRules();

} // namespace gw::policy::lint
