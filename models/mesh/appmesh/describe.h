// The objects as `aws appmesh describe-…` prints them: one file each, its name told by what it is.
#pragma once

#include "models/mesh/appmesh/model.h"
#include "models/mesh/text/text_file.h"

#include <string>
#include <vector>

namespace gw::mesh::appmesh {

using mesh::TextFile;

// "ACCOUNT/REGION/MESH/describe-virtual-node-NAME.json"; of a route, in a folder of its router.
[[nodiscard]] std::vector<TextFile> describeFiles(const Model& model);
// Indented, with a line feed at the end; numbers as they were written.
[[nodiscard]] std::string prettyJson(const estate::Datum& value);
// A name as one part of a path: what is no letter, digit, "-", "_" or "." is written as "%2F" is.
[[nodiscard]] std::string fileName(std::string_view name);

} // namespace gw::mesh::appmesh
