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

// What every object has besides its own.
struct Object {
    std::string arn, name;
    std::string account; // twelve digits, "aws" for what belongs to AWS, empty where nothing tells
    Source source;
    std::size_t unknownFields = 0; // members of its dump that no reader knows
};

struct Account : Object {};

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
    std::string lastUsed; // as AWS writes it; empty: never, or not told
};

struct User : Object {
    std::string id, path; // "AIDA…"
    IdentityPolicies policies;
    std::vector<std::string> groups; // names
    Tags tags;
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
};

enum class ResourceKind { RestApi, Route, Function, Bucket, Key, Queue, Topic, Secret, Other };
// "rest-api", "route", "function", …: stable, for programs.
[[nodiscard]] std::string_view resourceKindName(ResourceKind kind);

struct Resource : Object {
    ResourceKind kind = ResourceKind::Other;
    std::string id, region;
    // Route: the API that it belongs to, the stage, "POST", "/refunds"; its policy is the API's.
    std::string api, stage, method, path;
    std::optional<PolicyDocument> policy;
    bool policyKnown = false; // with no policy: it has none
};

} // namespace gw::estate
