// What a person can do in the Inspector: rows of the action table, for menus, palette and shortcuts.
#pragma once

#include "ui/inspector/inspector_page.h"

namespace gw::ui {

// The page must outlive the table's use of it.
void addInspectorActions(const InspectorContext& context, InspectorPage& page);

} // namespace gw::ui
