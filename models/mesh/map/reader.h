// From a map's text to the map. Every mistake is told with its place, not only the first; what can be read is there all the
// same, so that a drawing can show it.
#pragma once

#include "models/mesh/map/map.h"
#include "models/mesh/toml/document.h"

#include <string_view>
#include <vector>

namespace gw::mesh {

struct Map::Reading {
    Map map;
    std::vector<Error> problems; // MapError, in the text's order
    [[nodiscard]] bool isUsable() const; // none but warnings
};

// Errors: TomlError, where it is no TOML at all.
[[nodiscard]] Result<Map::Reading> readMap(std::string_view text);
[[nodiscard]] Map::Reading readMap(const toml::Document& document);

// The keys that a section of the map may have, in the order in which they are written; empty: there is no such kind.
[[nodiscard]] std::vector<std::string_view> keysOf(std::string_view kind);

// Of several, the one that differs least, where it is near at all; empty otherwise.
[[nodiscard]] std::string_view nearest(std::string_view seen, const std::vector<std::string_view>& among);

} // namespace gw::mesh
