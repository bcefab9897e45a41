// The action table as the palette lists it.
#pragma once

#include "ui/shell/palette_search.h"

namespace gw::ui {

// The screens' own actions first, then going elsewhere, then the window's; the palette itself is left out.
[[nodiscard]] std::vector<PaletteItem> actionItems(const ActionTable& actions);

} // namespace gw::ui
