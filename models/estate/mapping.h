// Who gets which role through which provider, and what that is worth: the rows of the review.
#pragma once

#include "models/estate/estate.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

enum class GranteeKind {
    Group,       // of a directory, by an assignment
    Person,      // by an assignment of their own, or a saved response
    Claim,       // whoever's response holds what the trust policy asks for: "saml:sub = …"
    Provider,    // whoever that provider sends: nothing but it stands in between
    WebIdentity, // of an OIDC provider, or a Kubernetes service account
    Account,     // a principal of an account: the account itself, a role or a user
    Service,     // of AWS
    Anyone
};
// "group", "person", "claim", "provider", "web-identity", "account", "service", "anyone".
[[nodiscard]] std::string_view granteeKindName(GranteeKind kind);

enum class Environment { Unknown, Prod, Stage, Dev, Shared };
// "", "prod", "stage", "dev", "shared".
[[nodiscard]] std::string_view environmentName(Environment environment);
// By a tag ("env", "environment", "stage"), else by the name of the object, else by that of its account.
[[nodiscard]] Environment environmentOf(const Estate& estate, const Object& object, const Tags& tags);

// How much a role may do, from the least on.
enum class Privilege {
    Unknown, // its policies were not read
    None,
    Read,
    Write,
    Escalating, // may make itself an administrator
    Admin
};
// "unknown", "none", "read", "write", "escalating", "admin".
[[nodiscard]] std::string_view privilegeName(Privilege privilege);

// What a role reaches, by kinds: how many of the estate's resources, and how many services at all.
struct ReachCounts {
    std::uint32_t services = 0, routes = 0, meshServices = 0, tasks = 0, functions = 0, roles = 0, other = 0;
    std::uint32_t depends = 0; // of all those, how many only under conditions
    bool complete = true;      // false: the estate does not tell all of it
};

struct Mapping {
    GranteeKind kind = GranteeKind::Group;
    std::string who;      // "Support-Tier2", "saml:edupersonaffiliation = staff", an ARN
    std::string groupId;  // of a DirectoryGroup that was read; empty: none
    std::string provider; // ARN; empty where none stands in between
    std::string role;     // ARN, as written where no such role is in the estate
    const Role* found = nullptr;
    std::optional<std::uint64_t> people; // nothing: not known
    std::vector<std::string> conditions; // keys that the trust policy tests for this way in
    Environment environment = Environment::Unknown;
    Privilege privilege = Privilege::Unknown;
    ReachCounts reach;
    Source source; // of the assignment, or the statement of the trust policy
};

// Progress between 0 and 1; false from it stops: then what is there so far is returned.
using Progress = std::function<bool(double)>;

// Every way into every role, in the order of role and grantee; a role that nobody gets has none. Roles that AWS links to its
// services are left out.
[[nodiscard]] std::vector<Mapping> mappingsOf(const Estate& estate, const policy::WorldRules& world, const Progress& progress = {});

} // namespace gw::estate
