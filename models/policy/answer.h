// The full answer to a request: the decision, whether it hangs on keys that were not told and which, the statements that
// decide, and AWS's own wording of a denial.
#pragma once

#include "models/policy/evaluator.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gw::policy {

struct StatementRef {
    PolicyRef policy;
    Layer layer = Layer::Identity;
    std::size_t statement = 0;
    Truth applies = Truth::True;
    [[nodiscard]] const CompiledStatement& get() const { return policy->statements()[statement]; }
};

// What would have to be told, as the additions to the request's context.
using Additions = std::vector<Context::Entry>;

struct Witness {
    Additions allowed; // with these the request is allowed
    Additions denied;  // with these it is not; as near to the other as could be found
};

struct Answer {
    Decision decision = Decision::ImplicitlyDenied;
    LayerSet blockedBy;
    std::string action;                 // in lower case; another than asked for where a call needs several
    std::vector<std::string> dependsOn; // keys, as the policies write them
    std::optional<Witness> witness;     // of Depends
    // False where there were too many combinations to try: then Depends may be too cautious, and never too sure.
    bool exhaustive = true;
    std::vector<StatementRef> decisive;
    std::vector<std::string> derived; // keys that followed from the request and were used
};

[[nodiscard]] Answer answer(const Request& request, const WorldRules& world, const PolicySet& policies);

// Every policy with its layer, in the order of Layer.
[[nodiscard]] std::vector<std::pair<Layer, PolicyRef>> layered(const PolicySet& policies, bool trust);

// "User: … is not authorized to perform: … on resource: … because no identity-based policy allows the … action", as AWS
// writes it (IAM User Guide, "Troubleshoot access denied error messages"); empty unless denied.
[[nodiscard]] std::string awsMessage(const Request& request, const Answer& answer);
// "identity-based policy", …
[[nodiscard]] std::string_view awsLayerName(Layer layer);

} // namespace gw::policy
