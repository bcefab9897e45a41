// Estates that the tests of plans begin with.
#pragma once

#include "models/estate/estate_parts.h"
#include "models/mesh/plan/plan.h"
#include "tests/mesh/map_support.h"

#include <string>
#include <string_view>

namespace gw::mesh::test {

// Roles "zero", "one" and "w0-task" of 111122223333 and "two" of 444455556666 with foreign trust; REST APIs aaaa and bbbb with
// stages prod and live; Lattice services svc-0 and svc-1 and network sn-1; functions f0 and f1:live. What generated maps speak of.
[[nodiscard]] estate::EstateParts foundations();
[[nodiscard]] estate::PolicyDocument document(std::string text, std::string name = {});

// Sections of a map for some of them, without an edge: roles "one", "two" and "fresh", which is not there, route "orders", Lattice
// service "svc" and function "f0".
extern const std::string_view things;

// A trust policy, permissions and a resource policy that no map made.
extern const std::string foreignTrust, foreignPermissions, foreignFunctionPolicy, foreignAuthPolicy;

// The map, what it is compiled to, and the plan for an estate.
[[nodiscard]] Plan planOf(const Compiled& compiled, const estate::Estate& estate, bool removesLeftovers = false);
// "create inline-policy arn:… gatewarden" a line.
[[nodiscard]] std::string written(const std::vector<Step>& steps);
[[nodiscard]] const Step* stepOf(const Plan& plan, StepKind kind, std::string_view object = {});

} // namespace gw::mesh::test
