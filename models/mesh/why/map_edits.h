// Single edits of a map that could let something happen, and the map's text with one made.
#pragma once

#include "models/mesh/why/why.h"

#include <string>
#include <vector>

namespace gw::mesh {

// What is asked for, with its names resolved.
struct Wanted {
    Node who, on;
    std::string role; // ARN that it goes through; empty: as themselves
    std::string roleReference;
    std::string may, path;
};

// Edits of one edge each that would make it speak of what is wanted, the smallest first, and last an edge of its own.
[[nodiscard]] std::vector<MapEdit> editsThatCouldLet(const Map& map, const Compilation& compilation, const Wanted& wanted,
                                                     std::optional<UtcTime> now);
// That takes what is wanted out of a denial.
[[nodiscard]] MapEdit editOfDenial(const Edge& edge, const Wanted& wanted);

// Errors: TomlError.
[[nodiscard]] Result<std::string> withEdit(const std::string& text, const MapEdit& edit);

} // namespace gw::mesh
