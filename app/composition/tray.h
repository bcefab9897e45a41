// The tray icon, where the desktop has a tray and the person wants the console to go on without its window.
#pragma once

#include "ui/shell/action_table.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <functional>

namespace gw::app {

class Tray : public QObject {
    Q_OBJECT
public:
    Tray(ui::ActionTable& actions, const QIcon& icon, std::function<void()> raise, QObject* parent = nullptr);

    // Shown only where a tray exists.
    void setWanted(bool wanted);
    [[nodiscard]] bool shown() const { return icon_.isVisible(); }

private:
    QMenu menu_;
    QSystemTrayIcon icon_;
};

} // namespace gw::app
