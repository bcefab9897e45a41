// Resources and conditions of a template that hang on each other in a circle, which CloudFormation refuses (User Guide,
// "Circular dependency"): nothing that is worked out from them can be relied on.
#pragma once

#include "models/estate/sources/datum.h"

#include <string>
#include <vector>

namespace gw::estate {

struct TemplateCircle {
    std::vector<std::string> names; // logical ids in the order of the circle
    policy::Position position;      // of the first of them
};

// One for each group of names that lead into each other; in the order of the template. Linear in the template's size.
[[nodiscard]] std::vector<TemplateCircle> circlesIn(const Datum& root);

} // namespace gw::estate
