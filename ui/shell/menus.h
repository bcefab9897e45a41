// Menus made from the action table.
#pragma once

#include "ui/shell/action_table.h"

class QMenu;
class QMenuBar;

namespace gw::ui {

// The table's menu names in reading order, with their translated titles.
[[nodiscard]] QString menuTitle(const QString& menu);
[[nodiscard]] QStringList menuNames(const ActionTable& actions);
// Replaces what the menu bar or menu holds.
void fillMenuBar(QMenuBar& bar, const ActionTable& actions);
void fillMenu(QMenu& menu, const ActionTable& actions);

} // namespace gw::ui
