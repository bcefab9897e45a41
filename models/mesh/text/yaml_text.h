// A JSON value as YAML in block style, as people write configurations. Whatever reads YAML 1.1 or 1.2 reads the same value.
#pragma once

#include "saml/base/json.h"

#include <string>
#include <vector>

namespace gw::mesh {

// Texts are quoted wherever a reader could take them for something else. Ends in a line break.
[[nodiscard]] std::string yamlOf(const Json& value);
// With "---" between them.
[[nodiscard]] std::string yamlDocuments(const std::vector<Json>& documents);

} // namespace gw::mesh
