// What a use is called in IAM: actions and resources.
#pragma once

#include "models/mesh/compile/iam_conditions.h"
#include "models/mesh/compile/statement.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// "arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH" for each method and path.
[[nodiscard]] std::vector<std::string> resourcesOf(const ApiAccess& access);
// "SERVICE-ARN/PATH" for each path.
[[nodiscard]] std::vector<std::string> resourcesOf(const LatticeAccess& access);

// The statements that let the use happen, one or two, without principals; `place` says in what kind of policy.
[[nodiscard]] std::vector<PolicyStatement> statementsFor(const Use& use, ConditionPlace place);

// The same in a policy of what is called, with the caller as principal; appended.
void addStatementsOfResource(const Use& use, ConditionPlace place, std::string_view partition, std::vector<PolicyStatement>& into);
// All of a policy that has become too large for its target.
void loseForSize(Compilation& into, Target target, const std::vector<EdgeId>& edges, std::size_t size, std::size_t quota);

// What policies of IAM cannot say of it.
[[nodiscard]] std::vector<Unheld> unheldInPolicies(const Use& use, ConditionPlace place);

// The account that an ARN of a role or another thing names; empty where it names none.
[[nodiscard]] std::string_view accountOf(std::string_view arn);
// "aws" where it is no ARN.
[[nodiscard]] std::string_view partitionOf(std::string_view arn);
// A role of that account, whose own policies are enough there.
[[nodiscard]] bool isOwnRole(const Caller& caller, std::string_view account);
// As a Principal element has the caller: its type and its text.
struct PrincipalWord {
    std::string type, text;
};
[[nodiscard]] PrincipalWord principalWord(std::string_view principal, std::string_view partition);

} // namespace gw::mesh
