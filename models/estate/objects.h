// What an organization has, as far as AWS's answers tell. Identifiers are spelled as AWS spells them.
#pragma once

#include "models/estate/source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gw::estate {

using Tags = std::vector<std::pair<std::string, std::string>>;

// A member of a dump that no reader knows: kept, so that what was read can be written again.
struct UnknownField {
    std::string name, json;
    friend bool operator==(const UnknownField&, const UnknownField&) = default;
};

// What every object has besides its own.
struct Object {
    std::string arn, name;
    std::string account; // twelve digits, "aws" for what belongs to AWS, empty where nothing tells
    Source source;
    std::vector<UnknownField> unknown;
};

struct Account : Object {
    Tags tags;
    std::string status; // "ACTIVE", …; empty: not told
};

struct Organization {
    std::string id; // "o-…"; empty where nothing tells
    std::string managementAccount;
};

// A root or an organizational unit.
struct OrganizationalUnit : Object {
    std::string id, parent; // the latter empty: a root, or not known
};

struct IdentityPolicies {
    std::vector<PolicyDocument> inlinePolicies;
    std::vector<std::string> attached; // ARNs
    std::string boundary;              // ARN; empty: none
    bool known = true;                 // false: nothing was read about them
};

struct Role : Object {
    std::string id;   // "AROA…"
    std::string path; // "/" or "/…/"
    std::optional<PolicyDocument> trust;
    IdentityPolicies policies;
    std::optional<std::int64_t> maxSessionSeconds; // get-account-authorization-details does not tell
    Tags tags;
    std::string description;
    std::string created;        // as AWS writes it; empty: not told
    std::string lastUsed;       // likewise; empty: never within what AWS tracks, or not told
    bool lastUsedKnown = false; // RoleLastUsed was there, if only empty
};

struct User : Object {
    std::string id, path; // "AIDA…"
    IdentityPolicies policies;
    std::vector<std::string> groups; // names
    Tags tags;
    std::string created, passwordLastUsed; // as AWS writes them
};

struct Group : Object {
    std::string id, path;
    IdentityPolicies policies;
};

struct ManagedPolicy : Object {
    PolicyDocument document; // the default version
};

// SCP or RCP.
struct ControlPolicy : Object {
    std::string id; // "p-…"
    bool resource = false;
    PolicyDocument document;
};

struct SamlProvider : Object {
    std::string validUntil; // as AWS writes it
    std::string created;
    std::string metadata;        // XML, as get-saml-provider has it; empty: not told
    std::string id;              // SAMLProviderUUID: the end of its own ACS address; empty: not told
    std::string encryption;      // AssertionEncryptionMode: "Required", "Allowed"; empty: not told
    Tags tags;
};

// Of OpenID Connect.
struct OidcProvider : Object {
    std::string url; // without its scheme, as trust policies name it
    std::vector<std::string> clientIds;
    Tags tags;
};

} // namespace gw::estate
