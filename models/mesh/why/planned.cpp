#include "models/mesh/why/planned.h"

#include "models/mesh/compile/compilation.h"
#include "models/mesh/plan/statements.h"

#include <algorithm>

namespace gw::mesh {
namespace {

policy::PolicyRef mergedWith(const policy::PolicyRef& there, std::string_view wanted) {
    const Merging merging = mergePolicies(there->document().source().text(), wanted);
    if (!merging.merged || merging.merged->text.empty()) return nullptr;
    auto policy = policy::CompiledPolicy::parse(merging.merged->text, there->document().kind(), there->name());
    return policy ? std::move(*policy) : nullptr;
}

} // namespace

bool isOfAnEdge(const policy::CompiledStatement& statement) {
    return statement.sid() && !edgesOfSid(*statement.sid()).empty();
}

policy::PolicyRef withoutEdges(const policy::PolicyRef& there) {
    const auto& statements = there->statements();
    return std::any_of(statements.begin(), statements.end(), isOfAnEdge) ? mergedWith(there, {}) : there;
}

policy::PolicyRef besideOthers(const policy::PolicyRef& there, const policy::PolicyRef& mine) {
    return mergedWith(there, mine->document().source().text());
}

} // namespace gw::mesh
