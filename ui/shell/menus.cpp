#include "ui/shell/menus.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace gw::ui {
namespace {

constexpr const char* known[] = {QT_TRANSLATE_NOOP("gw::ui::Menus", "File"), QT_TRANSLATE_NOOP("gw::ui::Menus", "Edit"),
                                 QT_TRANSLATE_NOOP("gw::ui::Menus", "Session"), QT_TRANSLATE_NOOP("gw::ui::Menus", "View"),
                                 QT_TRANSLATE_NOOP("gw::ui::Menus", "Help")};

void fillOne(QMenu& menu, const QString& name, const ActionTable& actions) {
    menu.setObjectName(QStringLiteral("menu.") + name.toLower());
    menu.setToolTipsVisible(true);
    for (const ActionSpec& spec : actions.specs()) {
        if (spec.menu == name) menu.addAction(actions.action(spec.id));
    }
}

} // namespace

namespace {

// Later: the menu to go may be the one whose action is running.
void dropMenus(const QList<QAction*>& held) {
    for (const QAction* action : held) {
        if (QMenu* menu = action->menu()) menu->deleteLater();
    }
}

} // namespace

QString menuTitle(const QString& menu) {
    return QCoreApplication::translate("gw::ui::Menus", menu.toUtf8().constData());
}

QStringList menuNames(const ActionTable& actions) {
    QStringList used;
    for (const ActionSpec& spec : actions.specs()) {
        if (!spec.menu.isEmpty() && !used.contains(spec.menu)) used.append(spec.menu);
    }
    QStringList ordered;
    for (const char* name : known) {
        const QString menu = QString::fromLatin1(name);
        if (used.removeOne(menu)) ordered.append(menu);
    }
    // Help stays last, as people expect it.
    const bool help = !ordered.isEmpty() && ordered.last() == QLatin1String("Help");
    for (const QString& menu : used) ordered.insert(ordered.size() - (help ? 1 : 0), menu);
    return ordered;
}

void fillMenuBar(QMenuBar& bar, const ActionTable& actions) {
    dropMenus(bar.actions());
    bar.clear();
    for (const QString& name : menuNames(actions)) fillOne(*bar.addMenu(menuTitle(name)), name, actions);
}

void fillMenu(QMenu& menu, const ActionTable& actions) {
    dropMenus(menu.actions());
    menu.clear();
    for (const QString& name : menuNames(actions)) fillOne(*menu.addMenu(menuTitle(name)), name, actions);
}

} // namespace gw::ui
