// Which calls of AWS's APIs a step is made of (API Reference of each service).
#pragma once

#include "models/mesh/plan/plan.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

// "iam:PutRolePolicy", "apigateway:UpdateRestApi", …: service and operation, in their order.
[[nodiscard]] std::vector<std::string_view> callNames(const Step& step);

// Whether the object is an API of the second generation: HTTP or WebSocket.
[[nodiscard]] bool isSecondGeneration(const Step& step);

} // namespace gw::mesh
