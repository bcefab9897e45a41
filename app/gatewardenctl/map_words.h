// Losses, differences and edges of a map, for people and for programs.
#pragma once

#include "models/mesh/escalation/escalations.h"
#include "models/mesh/prove/proof.h"
#include "saml/base/json_writer.h"

#include <span>
#include <string>
#include <vector>

namespace gw::ctl {

[[nodiscard]] std::vector<std::string> edgeNames(const std::vector<mesh::EdgeId>& edges);

// {"target","edge","what","why","seen","accepted"}
void writeLoss(JsonWriter& json, const mesh::Loss& loss);
// {"from","way","to","through","gains","around"}
void writeEscalation(JsonWriter& json, const mesh::MapEscalation& escalation);
// Why a target cannot hold that, in a few words.
[[nodiscard]] std::string_view lossReason(const mesh::Loss& loss);
// A line each, and how to accept what is not.
[[nodiscard]] std::string lossWords(std::span<const mesh::Loss> losses);

} // namespace gw::ctl
