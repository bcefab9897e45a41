// What a person can do on the Explain screen, for menus, palette and keys.
#pragma once

#include "ui/explain/explain_page.h"

namespace gw::ui {

void addExplainActions(const ExplainContext& context, ExplainPage& page);

} // namespace gw::ui
