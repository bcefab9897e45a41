// A denial as somebody pastes it, made into a question about the map: what API Gateway, Lattice and IAM write, decoded
// authorization messages, events of CloudTrail, and what Envoy and Istio write into access logs.
#pragma once

#include "models/mesh/why/why.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

struct PastedDenial {
    WhyQuestion question;              // what is empty, the text does not tell
    std::vector<EdgeId> named;         // edges of the map whose Sids or policies' names stand in it
    std::string policy;                // of a proxy: the policy that it names; "none": no policy matched
    std::optional<policy::Layer> said; // that AWS names
    bool explicitDeny = false;
};

// Errors: WhyError::NotADenial, Encoded, NamesNothing.
[[nodiscard]] Result<PastedDenial> readPastedDenial(std::string_view text, const Map& map, const estate::Estate* estate);

// Edges of the map that the Sids, statement ids and names of policies in a text name, each once.
[[nodiscard]] std::vector<EdgeId> edgesNamedIn(std::string_view text, const Map& map);

} // namespace gw::mesh
