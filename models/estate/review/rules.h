// The rules of a review. Those that one document alone can break are the linter's (models/policy/lint/rules.h); these need
// more than one. Identifiers are part of the command line's contract and are never renamed.
#pragma once

#include "models/policy/lint/rules.h"

#include <optional>
#include <span>
#include <string_view>

namespace gw::estate::review {

using policy::lint::Rule;
using policy::lint::Severity;

namespace rules {

using namespace policy::lint::rules;

inline constexpr Rule samlAcsMissing{"trust-saml-audience-acs-missing", Severity::Error,
                                     "IAM User Guide: Configure SAML assertions, encrypted assertions", ""};
inline constexpr Rule samlProviderMissing{"trust-saml-provider-missing", Severity::Error, "AWS STS API: AssumeRoleWithSAML", ""};
inline constexpr Rule samlTagUnbounded{"trust-saml-tagsession-unbounded", Severity::Medium,
                                       "IAM User Guide: Pass session tags in AWS STS", ""};
inline constexpr Rule trustAccountUnknown{"trust-xaccount-unknown", Severity::High,
                                          "IAM Access Analyzer: Resource types for external access", ""};
inline constexpr Rule trustEnvCrossing{"trust-env-crossing", Severity::High,
                                       "AWS Well-Architected: SEC01-BP01 Separate workloads using accounts", ""};
inline constexpr Rule trustChainToAdmin{"trust-chain-to-admin", Severity::High,
                                        "IAM User Guide: Roles terms and concepts, role chaining", ""};
inline constexpr Rule sessMaxTooLong{"sess-max-too-long", Severity::Medium,
                                     "IAM User Guide: Update the maximum session duration for a role", ""};
inline constexpr Rule sessIdpExceedsRole{"sess-idp-exceeds-role", Severity::Error, "AWS STS API: AssumeRoleWithSAML, DurationSeconds",
                                         ""};
inline constexpr Rule sessChainedOverHour{"sess-chained-over-1h", Severity::Error,
                                          "IAM User Guide: Roles terms and concepts, role chaining", ""};
inline constexpr Rule sessNameInvalid{"sess-name-invalid", Severity::Error,
                                      "IAM User Guide: Configure SAML assertions, RoleSessionName", ""};
inline constexpr Rule sessNameShared{"sess-name-shared", Severity::Medium,
                                     "IAM User Guide: Logging IAM and AWS STS API calls with AWS CloudTrail", ""};
inline constexpr Rule sessGrantUnbounded{"sess-grant-unbounded", Severity::Medium,
                                         "IAM User Guide: Security best practices, temporary credentials", ""};
inline constexpr Rule assertRecipient{"assert-recipient-mismatch", Severity::Error, "SAML Profiles 4.1.4.2, Recipient", ""};
inline constexpr Rule assertIssuer{"assert-issuer-mismatch", Severity::Error, "SAML Profiles 4.1.4.2, Issuer", ""};
inline constexpr Rule assertCertificate{"assert-signature-cert-unknown", Severity::Error,
                                        "AWS STS API: AssumeRoleWithSAML, InvalidIdentityToken", ""};
inline constexpr Rule assertTime{"assert-time-window", Severity::Error, "SAML Core 2.5.1.2", ""};
inline constexpr Rule assertRolePair{"assert-role-pair-malformed", Severity::Error,
                                     "IAM User Guide: Configure SAML assertions, Role attribute", ""};
inline constexpr Rule idpCertExpiring{"idp-cert-expiring", Severity::High, "IAM User Guide: Create a SAML identity provider", ""};
inline constexpr Rule idpValidUntil{"idp-metadata-validuntil", Severity::High, "IAM API: GetSAMLProvider, ValidUntil", ""};
inline constexpr Rule idpSingleKey{"idp-single-key", Severity::Low, "IAM User Guide: Create a SAML identity provider", ""};
inline constexpr Rule idpWeakKey{"idp-weak-key", Severity::Medium, "NIST SP 800-131A", ""};
inline constexpr Rule idpUnused{"idp-unused", Severity::Low, "IAM User Guide: Create a SAML identity provider", ""};
inline constexpr Rule idpNotUsedAtAll{"idp-not-used-at-all", Severity::Low,
                                      "IAM User Guide: Security best practices, federation for human users", ""};
inline constexpr Rule mapRoleMissing{"map-role-missing", Severity::Error, "AWS STS API: AssumeRoleWithSAML", ""};
inline constexpr Rule mapRoleUnmapped{"map-role-unmapped", Severity::Medium,
                                      "IAM User Guide: Security best practices, remove unused roles", ""};
inline constexpr Rule mapGroupMixedEnv{"map-group-mixed-env", Severity::High,
                                       "AWS Well-Architected: SEC01-BP01 Separate workloads using accounts", ""};
inline constexpr Rule mapDutyConflict{"map-sod-conflict", Severity::High, "NIST SP 800-53 AC-5", ""};
inline constexpr Rule mapSubsumed{"map-subsumed", Severity::Low, "IAM User Guide: Security best practices, least privilege", ""};
inline constexpr Rule latticeInactive{"lattice-policy-inactive", Severity::High, "Amazon VPC Lattice User Guide: Auth policies", ""};
inline constexpr Rule latticeNoPolicy{"lattice-no-policy", Severity::High, "Amazon VPC Lattice User Guide: Auth policies", ""};
inline constexpr Rule apiAuthNone{"api-auth-none", Severity::High,
                                  "API Gateway Developer Guide: How resource policies affect authorization workflow", ""};
inline constexpr Rule apiPrincipalWithoutIam{"api-rp-principal-without-iam", Severity::Error,
                                             "API Gateway Developer Guide: Create and attach a resource policy", ""};
inline constexpr Rule ecsSameRole{"ecs-task-exec-role-same", Severity::Medium, "Amazon ECS Developer Guide: Task execution IAM role",
                                  ""};
inline constexpr Rule lambdaRoleShared{"lambda-role-shared", Severity::Low, "AWS Lambda Developer Guide: Execution role", ""};
inline constexpr Rule useRoleStale{"use-role-stale", Severity::Medium,
                                   "IAM User Guide: Security best practices, remove unused roles", ""};
inline constexpr Rule usePermissionUnused{"use-permission-unused", Severity::Low,
                                          "IAM User Guide: Refine permissions using last accessed information", ""};
inline constexpr Rule reviewOverdue{"review-overdue", Severity::Medium, "NIST SP 800-53 AC-2(j)", ""};
inline constexpr Rule driftTrust{"drift-trust", Severity::High, "IAM Access Analyzer: CheckNoNewAccess", ""};
inline constexpr Rule driftPerm{"drift-perm", Severity::Medium, "IAM Access Analyzer: CheckNoNewAccess", ""};

} // namespace rules

// The rules that a review holds an estate to, each identifier once, in the order of the families.
[[nodiscard]] std::span<const Rule* const> reviewRules();
// One of those, or a rule of the linter; null where there is none of this name.
[[nodiscard]] const Rule* ruleOf(std::string_view id);

} // namespace gw::estate::review
