// Which headers and keys of a document may stand together (TOML 1.0, "Table", "Array of Tables", "Keys").
#pragma once

#include "models/mesh/toml/section.h"

#include <cstddef>
#include <span>

namespace gw::mesh::toml {

// The first thing that is defined twice, or that leads through what is no table; with its place in the section's own text.
struct StructureFault {
    std::size_t section = 0;
    std::uint32_t at = 0; // octet
    TomlError code = TomlError::DuplicateKey;
    std::string seen; // the key
};
[[nodiscard]] std::optional<StructureFault> structureFault(std::span<const Section> sections);

} // namespace gw::mesh::toml
