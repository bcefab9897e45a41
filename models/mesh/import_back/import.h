// A map out of what an estate has: by the ids of edges where policies have them, by what statements say otherwise. Of a map that
// is there already only what differs is edited; comments, order and everything else in it stay.
#pragma once

#include "models/estate/gap.h"
#include "models/mesh/import_back/imported.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {
class Estate;
}

namespace gw::mesh {

struct MapImport {
    std::string text;
    std::vector<Unsaid> unsaid;       // what the map cannot say of the estate, and therefore does not
    std::vector<estate::Gap> unknown; // what the estate does not tell
    // Edges: in the text as they were, edited, new, and taken out because nothing of them is there.
    std::size_t kept = 0, changed = 0, added = 0, removed = 0;
};

// From nothing. The text is a map that can be read and compiled: what the map's own rules refuse is unsaid. Errors: TomlError,
// where it would be larger than a map may be.
[[nodiscard]] Result<MapImport> importMap(const estate::Estate& estate);
// Errors: of readMap; MapError, the first of those that make the map unusable. Edges that no policy of AWS's holds (of proxies)
// are kept as they are. The result can be compiled, too.
[[nodiscard]] Result<MapImport> importInto(std::string_view map, const estate::Estate& estate, std::optional<UtcTime> now);

} // namespace gw::mesh
