// The smallest single edits that turn an answer, each tried before it is offered.
#pragma once

#include "models/policy/explanation.h"
#include "saml/base/json.h"

#include <optional>
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
    AddStatement,  // to a policy that is there; one that denies just what was asked, where that was allowed
    AddPolicy,     // where there is none in that layer, or none that is the principal's own
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

// Whether it adds what denies.
[[nodiscard]] bool addsDenial(const Edit& edit);

// An edit that is made in many sets of policies: its document is made ready once.
class MadeEdit {
public:
    // Errors: of Document::parse.
    [[nodiscard]] static Result<MadeEdit> of(const Edit& edit);
    // Wherever its target is attached; the same set where it is not. AddPolicy: attached to whoever has this set.
    [[nodiscard]] PolicySet in(PolicySet policies) const;

private:
    Edit edit_;
    std::optional<PolicyRef> policy_; // nothing: the target goes
    bool changes_ = true;             // false: of TellContext, and of an edit without a target
};

// The policies with an edit made, wherever its target is attached. Errors: of Document::parse.
[[nodiscard]] Result<PolicySet> withEdit(const PolicySet& policies, const Edit& edit);

} // namespace gw::policy
