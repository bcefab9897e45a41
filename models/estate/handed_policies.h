// Policies that a person gives by hand, beside the files or instead of them.
#pragma once

#include "models/estate/question.h"

#include <vector>

namespace gw::estate {

struct HandedPolicy {
    policy::DocumentKind kind = policy::DocumentKind::Identity; // not of an endpoint or an RCP
    policy::PolicyRef policy;
};

// Adds them to what decides the question: identity, session and service control policies to those that are there (the latter
// as one level below the others), a boundary, a resource's policy and a role's trust policy in place of them. What they tell
// is no gap any more. `alone`: there are no files, so that what is given is all that there is.
void addHanded(Question& question, const std::vector<HandedPolicy>& policies, bool alone);

} // namespace gw::estate
