// Leaving waits until the secret store has answered: a session that was ended just before must not be there again at the
// next start. Every way out ends in a quit event of the application, which this holds back, for a moment at most.
#pragma once

#include "models/sessions/session_book.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QCoreApplication;

namespace gw::app {

class QuitGuard final : public QObject {
    Q_OBJECT
public:
    // A store that asks the person for a password may never answer: after `patience` it is left.
    QuitGuard(QCoreApplication& application, const sessions::SessionBook& book,
              std::chrono::milliseconds patience = std::chrono::seconds(2));

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void leave();

    QCoreApplication& application_;
    const sessions::SessionBook& book_;
    QTimer patience_;
    bool leaving_ = false;
};

} // namespace gw::app
