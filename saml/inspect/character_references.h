// Character references and the five entities that XML itself defines.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::inspect {

// The character of "#38", "#x26" or "amp"; nothing for any other name.
[[nodiscard]] std::optional<std::uint32_t> referencedCharacter(std::string_view name);

} // namespace gw::inspect
