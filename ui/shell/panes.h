// F6: from one part of the window to the next.
#pragma once

#include <QList>

class QWidget;

namespace gw::ui {

// The panes below `page` in reading order: those that ask for it, else the page itself.
[[nodiscard]] QList<QWidget*> panesOf(QWidget* page, const char* property);
// What Tab stops at below `part`, in the order that it has now.
[[nodiscard]] QList<QWidget*> tabStopsOf(QWidget* part);
// Puts the focus into the pane after (1) or before (-1) the one that has it.
void cyclePanes(const QList<QWidget*>& panes, int step);

} // namespace gw::ui
