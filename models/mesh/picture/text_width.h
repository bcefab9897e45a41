// How wide a text will be, near enough for places and ellipses: whoever draws the picture chooses the font.
#pragma once

#include <string>
#include <string_view>

namespace gw::mesh {

// In the widest of the look's fonts.
[[nodiscard]] double textWidth(std::string_view text, int size, bool strong);
// With an ellipsis where it is wider: paths and ARNs in their middle, others at their end.
[[nodiscard]] std::string elided(std::string_view text, int size, bool strong, double room);

} // namespace gw::mesh
