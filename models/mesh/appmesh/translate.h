// From App Mesh to what comes after it. What the target cannot hold is in the loss report, field by field: every value of the
// source is either in an artefact or in a row of it. No artefact lets a caller in whom the source kept out; where the source's
// access cannot be told, it is denied and a row says so.
#pragma once

#include "models/mesh/appmesh/describe.h"
#include "models/mesh/appmesh/model.h"
#include "models/mesh/appmesh/task_roles.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::appmesh {

enum class Target : std::uint8_t { Lattice, ServiceConnect, Istio, Envoy };
// "lattice", "service-connect", "istio", "envoy"; nothing for any other word.
[[nodiscard]] std::optional<Target> targetOf(std::string_view name);

struct LossRow {
    std::string object; // its ARN, or its path where nothing told the ARN
    std::string field;  // "spec.listeners[0].tls.mode"
    std::string value;  // JSON, as it was written; "null" where the source has nothing there
    std::string happens, action;
};

struct Translation {
    std::vector<TextFile> files;
    std::vector<LossRow> losses; // objects in the model's order, fields in that of their object
};

[[nodiscard]] Translation translationTo(const Model& model, const TaskRoles& roles, Target target);

// A list of {"object","field","value","what_happens","what_to_do"}.
[[nodiscard]] std::string lossJson(const std::vector<LossRow>& losses);

} // namespace gw::mesh::appmesh
