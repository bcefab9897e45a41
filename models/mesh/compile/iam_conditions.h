// An edge's conditions in IAM's words.
#pragma once

#include "models/mesh/compile/compilation.h"
#include "models/mesh/compile/statement.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gw::mesh {

// Where a condition is written: some keys exist only there.
enum class ConditionPlace { Identity, Api, Lattice, Trust, Other };

// What of a use cannot be said in a policy there.
[[nodiscard]] std::vector<Unheld> unheldConditions(const std::vector<EdgeCondition>& conditions, ConditionPlace place);

// All of what is there must be sayable. Several tests of the same key and operator become what both let pass.
[[nodiscard]] std::vector<PolicyStatement::Test> testsFor(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires,
                                                          ConditionPlace place);
void addTest(std::vector<PolicyStatement::Test>& tests, PolicyStatement::Test test);

// Keys that hold several values in one request (IAM User Guide, "Multivalued context keys"): SAML attributes but for a few,
// aws:TagKeys, ….
[[nodiscard]] bool isListKey(std::string_view key);

} // namespace gw::mesh
