#include "app/composition/quit_guard.h"

#include <QCoreApplication>
#include <QEvent>

namespace gw::app {

QuitGuard::QuitGuard(QCoreApplication& application, const sessions::SessionBook& book, std::chrono::milliseconds patience)
    : application_(application), book_(book) {
    patience_.setSingleShot(true);
    patience_.setInterval(patience);
    connect(&patience_, &QTimer::timeout, this, &QuitGuard::leave);
    connect(&book, &sessions::SessionBook::stored, this, [this] {
        if (patience_.isActive()) leave();
    });
    application.installEventFilter(this);
}

bool QuitGuard::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &application_ || event->type() != QEvent::Quit || leaving_ || !book_.isStoring()) return false;
    if (!patience_.isActive()) patience_.start();
    event->ignore();
    return true;
}

void QuitGuard::leave() {
    patience_.stop();
    leaving_ = true;
    QCoreApplication::quit();
    leaving_ = false;
}

} // namespace gw::app
