// Fn::ForEach written out (CloudFormation User Guide, "Fn::ForEach"): for every value of its collection the members of its
// body, with "${Name}" and "&{Name}" in keys and texts, and {"Ref": "Name"}, replaced by it.
#pragma once

#include "models/estate/sources/template_values.h"

#include <string>
#include <vector>

namespace gw::estate {

// Loops in the conditions, resources and outputs, within each other, too. A loop whose collection nothing tells, or that would make more than any
// stack may have, stays out; its key ("Fn::ForEach::Roles") is returned.
[[nodiscard]] std::vector<std::string> writeOutLoops(Datum& root, const TemplatePlace& place);

} // namespace gw::estate
