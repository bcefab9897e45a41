// The smallest single edits that turn an answer, each tried before it is offered.
#pragma once

#include "models/policy/explanation.h"
#include "saml/base/json.h"

#include <string>
#include <vector>

namespace gw::policy {

enum class EditKind {
    TellContext,   // the request's circumstances, no policy
    ExtendActions, // one statement covers the action too
    ExtendResources,
    ExtendPrincipals,
    ExtendCondition, // one value more in one condition
    DropCondition,
    AddStatement,  // to a policy that is there
    AddPolicy,     // where there is none in that layer
    NarrowActions, // one statement no longer covers the action
    RemoveStatement,
};

struct Edit {
    EditKind kind = EditKind::AddStatement;
    Layer layer = Layer::Identity;
    PolicyRef target;                    // what is changed; null for TellContext and AddPolicy
    std::string policy;                  // its name
    std::string pointer;                 // in the policy's document: what is changed, or where something is added
    Json before, after;                  // the value at the pointer; null where there is none
    Additions context;                   // of TellContext
    Decision result = Decision::Allowed; // what the evaluator says with the edit
    // Whether it grants or takes more than what was asked about: such edits come last.
    bool wide = false;
};

// Turns a denial into Allowed, and Allowed into a denial; the smallest first, at most `limit`. Of each layer the statements
// that came nearest are looked at; `exhaustive` tells whether that were all, so that nothing found means that there is none.
[[nodiscard]] std::vector<Edit> smallestEdits(const Request& request, const WorldRules& world, const PolicySet& policies,
                                              const Explanation& explanation, std::size_t limit = 8, bool* exhaustive = nullptr);

// The policies with an edit made, wherever its target is attached. Errors: of Document::parse.
[[nodiscard]] Result<PolicySet> withEdit(const PolicySet& policies, const Edit& edit);

} // namespace gw::policy
