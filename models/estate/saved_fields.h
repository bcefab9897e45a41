// Which members a saved object has: one list for writing and reading. An archive is called with a name and a member, and
// leaves out what has its initial value.
#pragma once

#include "models/estate/estate_parts.h"

namespace gw::estate {

template <class A>
void fields(A& a, Account& o) {
    a("tags", o.tags);
    a("status", o.status);
}
template <class A>
void fields(A& a, OrganizationalUnit& o) {
    a("id", o.id);
    a("parent", o.parent);
}
template <class A>
void fields(A& a, IdentityPolicies& o) {
    a("inline", o.inlinePolicies);
    a("attached", o.attached);
    a("boundary", o.boundary);
    a.unless("known", o.known, true);
}
template <class A>
void fields(A& a, Role& o) {
    a("id", o.id);
    a("path", o.path);
    a("trust", o.trust);
    a("policies", o.policies);
    a("maxSessionSeconds", o.maxSessionSeconds);
    a("tags", o.tags);
    a("description", o.description);
    a("created", o.created);
    a("lastUsed", o.lastUsed);
    a("lastUsedKnown", o.lastUsedKnown);
}
template <class A>
void fields(A& a, User& o) {
    a("id", o.id);
    a("path", o.path);
    a("policies", o.policies);
    a("groups", o.groups);
    a("tags", o.tags);
    a("created", o.created);
    a("passwordLastUsed", o.passwordLastUsed);
}
template <class A>
void fields(A& a, Group& o) {
    a("id", o.id);
    a("path", o.path);
    a("policies", o.policies);
}
template <class A>
void fields(A& a, ManagedPolicy& o) {
    a("document", o.document);
}
template <class A>
void fields(A& a, ControlPolicy& o) {
    a("id", o.id);
    a("resource", o.resource);
    a("document", o.document);
}
template <class A>
void fields(A& a, SamlProvider& o) {
    a("validUntil", o.validUntil);
    a("created", o.created);
    a("metadata", o.metadata);
    a("id", o.id);
    a("encryption", o.encryption);
    a("tags", o.tags);
}
template <class A>
void fields(A& a, OidcProvider& o) {
    a("url", o.url);
    a("clientIds", o.clientIds);
    a("tags", o.tags);
}
template <class A>
void fields(A& a, RoleUse& o) {
    a("slot", o.slot);
    a("arn", o.arn);
}
template <class A>
void fields(A& a, Authorization& o) {
    a("type", o.type);
    a("authorizer", o.authorizer);
    a("scopes", o.scopes);
    a("apiKeyRequired", o.apiKeyRequired);
}
template <class A>
void fields(A& a, Resource& o) {
    a("kind", o.kind);
    a("id", o.id);
    a("region", o.region);
    a("parent", o.parent);
    a("api", o.api);
    a("stage", o.stage);
    a("method", o.method);
    a("path", o.path);
    a("authorization", o.authorization);
    a("roles", o.roles);
    a("policy", o.policy);
    a("policyKnown", o.policyKnown);
    a("tags", o.tags);
    a.json("spec", o.spec);
}
template <class A>
void fields(A& a, Person& o) {
    a("id", o.id);
    a("userName", o.userName);
    a("displayName", o.displayName);
    a("groups", o.groups);
    a.unless("active", o.active, true);
    a("source", o.source);
}
template <class A>
void fields(A& a, DirectoryGroup& o) {
    a("id", o.id);
    a("name", o.name);
    a("members", o.members);
    a.unless("membersKnown", o.membersKnown, true);
    a("source", o.source);
}
template <class A>
void fields(A& a, Assignment& o) {
    a("group", o.group);
    a("person", o.person);
    a("role", o.role);
    a("provider", o.provider);
    a("origin", o.origin);
    a("source", o.source);
}
template <class A>
void fields(A& a, ObservedResponse& o) {
    a("issuer", o.issuer);
    a("nameId", o.nameId);
    a("sessionName", o.sessionName);
    a("sourceIdentity", o.sourceIdentity);
    a("recipient", o.recipient);
    a("audiences", o.audiences);
    a("roles", o.roles);
    a("malformedRoles", o.malformedRoles);
    a("tags", o.tags);
    a("transitiveTags", o.transitiveTags);
    a("groups", o.groups);
    a("roleAttributeName", o.roleAttributeName);
    a("sessionSeconds", o.sessionSeconds);
    a("issued", o.issued);
    a("notBefore", o.notBefore);
    a("notOnOrAfter", o.notOnOrAfter);
    a("certificate", o.certificate);
    a("subjectConfirmations", o.subjectConfirmations);
    a("isSigned", o.isSigned);
    a("source", o.source);
}
template <class A>
void fields(A& a, ActionUse& o) {
    a("last", o.last);
    a("times", o.times);
    a("denied", o.denied);
    a("resources", o.resources);
}
template <class A>
void fields(A& a, PrincipalUse& o) {
    a("actions", o.actions);
    a("last", o.last);
}
template <class A>
void fields(A& a, RecordedSignIn& o) {
    a("role", o.role);
    a("provider", o.provider);
    a("sessionName", o.sessionName);
    a("subject", o.subject);
    a("subjectType", o.subjectType);
    a("issuer", o.issuer);
    a("audience", o.audience);
    a("sourceIdentity", o.sourceIdentity);
    a("seconds", o.seconds);
    a("at", o.at);
    a("failed", o.failed);
    a("source", o.source);
}
template <class A>
void fields(A& a, RecordedChain& o) {
    a("from", o.from);
    a("to", o.to);
    a("seconds", o.seconds);
    a("at", o.at);
    a("source", o.source);
}
template <class A>
void fields(A& a, Usage& o) {
    a("from", o.from);
    a("until", o.until);
    a("principals", o.principals);
    a("signIns", o.signIns);
    a("chains", o.chains);
    a("services", o.services);
    a("events", o.events);
}
template <class A>
void fields(A& a, Organization& o) {
    a("id", o.id);
    a("managementAccount", o.managementAccount);
}
template <class A>
void fields(A& a, Attachments& o) {
    a("policies", o.policies);
    a("scpListed", o.scpListed);
    a("rcpListed", o.rcpListed);
}
template <class A>
void fields(A& a, OrganizationFacts& o) {
    a("parents", o.parents);
    a("attachments", o.attachments);
    a("targetsListed", o.targetsListed);
    a("otherPolicies", o.otherPolicies);
    a("scpsListed", o.scpsListed);
    a("rcpsListed", o.rcpsListed);
    a("types", o.types);
}

// The lists of an estate, with the name of their lines.
template <class A>
void lists(A& a, EstateParts& parts) {
    a.list("account", parts.accounts);
    a.list("unit", parts.units);
    a.list("provider", parts.samlProviders);
    a.list("oidcProvider", parts.oidcProviders);
    a.list("role", parts.roles);
    a.list("user", parts.users);
    a.list("group", parts.groups);
    a.list("policy", parts.managedPolicies);
    a.list("controlPolicy", parts.controlPolicies);
    a.list("resource", parts.resources);
    a.list("person", parts.people);
    a.list("directoryGroup", parts.directoryGroups);
    a.list("assignment", parts.assignments);
    a.list("response", parts.responses);
}

} // namespace gw::estate
