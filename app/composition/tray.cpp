#include "app/composition/tray.h"

namespace gw::app {

Tray::Tray(ui::ActionTable& actions, const QIcon& icon, std::function<void()> raise, QObject* parent) : QObject(parent) {
    icon_.setIcon(icon);
    icon_.setToolTip(tr("Gatewarden"));
    menu_.addAction(tr("Open Gatewarden"), this, raise);
    menu_.addSeparator();
    for (const char* const id : {"sessions.sign-in", "sessions.end-all", "app.quit"})
        if (QAction* action = actions.action(QLatin1String(id))) menu_.addAction(action);
    icon_.setContextMenu(&menu_);
    connect(&icon_, &QSystemTrayIcon::activated, this, [raise](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger) raise();
    });
}

void Tray::setWanted(bool wanted) {
    icon_.setVisible(wanted && QSystemTrayIcon::isSystemTrayAvailable());
}

} // namespace gw::app
