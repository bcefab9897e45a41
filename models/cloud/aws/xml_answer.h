// AWS's XML as the JSON that its command line prints: lists, maps, numbers and truth values as such, IAM's policy documents
// decoded.
#pragma once

#include "saml/base/json.h"

#include <optional>
#include <string_view>

namespace gw::cloud {

// The whole document below its root, which is not named. Nothing: not XML, with a DOCTYPE, too deep, or no object.
[[nodiscard]] std::optional<Json> jsonOfXml(std::string_view xml);

// The same of EC2, which has names of its own: "vpcEndpointSet" are "VpcEndpoints".
[[nodiscard]] Json withNamesOfEc2(const Json& answer);

} // namespace gw::cloud
