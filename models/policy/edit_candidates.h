// Edits that may turn an answer; nothing here is tried yet.
#pragma once

#include "models/policy/edits.h"

#include <vector>

namespace gw::policy {

[[nodiscard]] std::vector<Edit> editCandidates(const Request& request, const PolicySet& policies, const Explanation& explanation);

// Makes the edit in a document; a pointer that leads nowhere changes nothing.
void applyPointer(Json& document, const Edit& edit);

} // namespace gw::policy
