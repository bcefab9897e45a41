// The window's own actions, the menus over all of them, and what the palette finds.
#include "ui/shell/main_window_private.h"

#include "ui/shell/menus.h"
#include "ui/shell/palette_actions.h"

#include <QMenuBar>

namespace gw::ui {

void MainWindow::Private::addActions() {
    actions.add({QStringLiteral("shell.palette"),
                 tr("Find or run"),
                 QStringLiteral("search"),
                 QKeySequence(Qt::CTRL | Qt::Key_K),
                 QStringLiteral("View"),
                 tr("command palette"),
                 [this] { window.openPalette(); },
                 {}});
    actions.add({QStringLiteral("shell.rail"),
                 tr("Narrow or widen the rail"),
                 QStringLiteral("columns"),
                 QKeySequence(Qt::CTRL | Qt::Key_B),
                 QStringLiteral("View"),
                 tr("navigation sidebar collapse"),
                 [this] { window.setRailCollapsed(!railCollapsed); },
                 {}});
    actions.add({QStringLiteral("shell.next-pane"),
                 tr("Go to the next part of the window"),
                 QStringLiteral("chevron-right"),
                 QKeySequence(Qt::Key_F6),
                 QStringLiteral("View"),
                 tr("pane focus"),
                 [this] { cycle(1); },
                 {}});
    actions.add({QStringLiteral("shell.previous-pane"),
                 tr("Go to the part before"),
                 QStringLiteral("chevron-left"),
                 QKeySequence(Qt::SHIFT | Qt::Key_F6),
                 QStringLiteral("View"),
                 tr("pane focus"),
                 [this] { cycle(-1); },
                 {}});
    actions.add({QStringLiteral("shell.menu-bar"),
                 tr("Show or hide the menu bar"),
                 QStringLiteral("menu"),
                 QKeySequence(Qt::Key_F10),
                 QStringLiteral("View"),
                 QString(),
                 [this] {
                     QMenuBar* bar = window.menuBar();
                     if (bar->isVisible()) return bar->hide();
                     fillMenuBar(*bar, actions);
                     bar->show();
                     bar->setFocus(Qt::MenuBarFocusReason);
                     bar->setActiveAction(bar->actions().first());
                 },
                 {}});
    actions.add({QStringLiteral("shell.shortcuts"),
                 tr("Keyboard shortcuts"),
                 QStringLiteral("keyboard"),
                 QKeySequence(Qt::CTRL | Qt::Key_Slash),
                 QStringLiteral("Help"),
                 tr("keys hotkeys"),
                 [this] { window.openShortcuts(); },
                 {}});
}

// Shortcuts work through the window's own list of actions, since menus are filled only when they open.
void MainWindow::Private::adopt() {
    const std::size_t known = adopted;
    for (; adopted < actions.specs().size(); ++adopted) window.addAction(actions.action(actions.specs()[adopted].id));
    if (adopted != known && window.menuBar()->isVisible()) fillMenuBar(*window.menuBar(), actions);
}

void MainWindow::Private::openMenu(QWidget* anchor) {
    if (!menu) {
        menu = new QMenu(&window);
        menu->setObjectName(QStringLiteral("shell.menu"));
    }
    actions.refresh();
    fillMenu(*menu, actions);
    menu->popup(anchor->mapToGlobal(QPoint(0, anchor->height() + space::s1)));
}

std::vector<PaletteItem> MainWindow::Private::paletteItems() const {
    std::vector<PaletteItem> items = actionItems(actions);
    for (const PaletteSource& source : sources) {
        for (PaletteItem& item : source()) items.push_back(std::move(item));
    }
    return items;
}

} // namespace gw::ui
