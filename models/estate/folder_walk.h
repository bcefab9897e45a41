// The files below a folder, bounded.
#pragma once

#include "models/estate/estate_reader.h"

#include <filesystem>
#include <vector>

namespace gw::estate {

// Regular files that a reader may know (readers/reading.h), in the order of their paths. Links count where they lead to a file or folder inside
// `folder`; those that lead out of it, and what goes beyond the limits, are problems.
[[nodiscard]] std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder, const ReadLimits& limits,
                                                                std::vector<Error>& problems);

} // namespace gw::estate
