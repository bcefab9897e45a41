// What the estate does not tell. An answer that hangs on it is no answer: it depends.
#pragma once

#include "models/policy/evaluator.h"
#include "saml/base/error.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::estate {

enum class Missing {
    Principal,        // the role or user is not in the estate, and with it all of its policies
    IdentityPolicies, // it is, and what it may do was not read (list-roles alone)
    ManagedPolicy,    // attached, and its document is not there
    Boundary,         // set, and its document is not there
    Group,            // the user is a member, and the group is not there
    Scp,              // service control policies of an account, or of one level above it
    Rcp,              // resource control policies, likewise
    ResourcePolicy,   // of a resource that is not in the estate, or was read without its policy
    TrustPolicy,
    SessionPolicy,   // AWS says that one decided; no dump can hold it
    EndpointPolicy,  // AWS says that one decided; not read
    NetworkPolicy,   // of a VPC Lattice service network: AWS says that one decided; which it is, no dump tells
    ResourceAccount, // some of its digits are masked, and more than one account fits, or none
    Malformed,       // a document that AWS would not have stored either: see the cause
};

// "identity_policies", …: stable, for programs.
[[nodiscard]] std::string_view missingName(Missing missing);

struct Gap {
    Missing what = Missing::Principal;
    std::string object; // ARN, account or id of what is not known
    policy::Layer layer = policy::Layer::Identity;
    std::optional<Error> cause; // of Malformed, with the facts "file", "pointer", "line", "column"
};

} // namespace gw::estate
