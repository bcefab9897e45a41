// AWS's XML as the JSON that its command line prints: lists, maps, numbers and truth values as such, policy documents decoded.
#pragma once

#include "saml/base/json.h"

#include <optional>
#include <string_view>

namespace gw::cloud {

// The whole document below its root, which is not named. Nothing: not XML, with a DOCTYPE, too deep, or no object.
[[nodiscard]] std::optional<Json> jsonOfXml(std::string_view xml);

} // namespace gw::cloud
