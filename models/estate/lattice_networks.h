// The service networks by which calls reach a VPC Lattice service. A call goes through one of them, and its policy must allow
// it as the service's own does (Amazon VPC Lattice User Guide, "Control access to VPC Lattice services using auth policies").
#pragma once

#include "models/estate/estate.h"
#include "models/estate/gap.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::estate {

struct NetworkGate {
    std::string network;                     // ARN, or its id where the association names it so
    bool open = false;                       // its auth type is NONE: policies of it are not looked at
    std::optional<policy::PolicyRef> policy; // where it is not open and there is none, nobody gets through
    std::vector<Gap> gaps;
};

// Those that an association of the estate names for the service, once each; empty: none is known.
[[nodiscard]] std::vector<NetworkGate> networksOf(const Estate& estate, const Resource& service);

} // namespace gw::estate
