// One rule of a proxy as a policy of Envoy's RBAC.
#pragma once

#include "models/mesh/envoy/servers.h"
#include "saml/base/json.h"

#include <string>
#include <string_view>

namespace gw::mesh::envoy {

// `permissions` and `principals`.
[[nodiscard]] Json policyOf(const ProxyRule& rule);
// What a pattern matches as RE2's expression for the whole path.
[[nodiscard]] std::string pathRegex(const PathPattern& pattern);
// "*" and "?" as in conditions of the map; everything else as itself. As RE2's expression for the whole text, with `any` for one
// character.
[[nodiscard]] std::string globRegex(std::string_view glob, std::string_view any);

} // namespace gw::mesh::envoy
