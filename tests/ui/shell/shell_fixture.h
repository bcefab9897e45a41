// A window with three actions and two screens, shown and active.
#pragma once

#include "tests/support/ui_application.h"
#include "ui/shell/main_window.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace gw::test {

using namespace gw::ui;

inline Toast toast(const QString& id, std::function<void()> action = {}) {
    return {id,
            ToastKind::Good,
            QStringLiteral("Session started"),
            QStringLiteral("payments-readonly until 15:07"),
            action ? QStringLiteral("Open console") : QString(),
            action};
}

inline Banner banner(const QString& id, BannerKind kind) {
    return {id, kind, QStringLiteral("info"), id, QStringLiteral("text"), QStringLiteral("Why"), {}};
}

struct ShellFixture {
    ShellFixture() : window(Theme::of(nullptr), actions) {
        const auto count = [this](const QString& id) { return [this, id] { ++ran[id]; }; };
        actions.add({QStringLiteral("test.lock"),
                     QStringLiteral("Lock"),
                     QStringLiteral("lock"),
                     {},
                     QStringLiteral("Session"),
                     {},
                     count(QStringLiteral("test.lock")),
                     {}});
        actions.add({QStringLiteral("test.start"),
                     QStringLiteral("Start a role"),
                     QStringLiteral("add"),
                     QKeySequence(Qt::CTRL | Qt::Key_N),
                     QStringLiteral("Session"),
                     QStringLiteral("login"),
                     count(QStringLiteral("test.start")),
                     {}});
        actions.add({QStringLiteral("test.renew"),
                     QStringLiteral("Renew all sessions"),
                     QStringLiteral("renew"),
                     QKeySequence(Qt::CTRL | Qt::Key_R),
                     QStringLiteral("Session"),
                     {},
                     count(QStringLiteral("test.renew")),
                     [this] {
                         return Availability{sessions > 0, QStringLiteral("No session is running")};
                     }});
        auto* page = new QWidget;
        auto* column = new QVBoxLayout(page);
        first = new QLineEdit(page);
        first->setObjectName(QStringLiteral("test.first"));
        first->setAccessibleName(QStringLiteral("First"));
        column->addWidget(first);
        window.addScreen({QStringLiteral("sessions"), QStringLiteral("Sessions"), QStringLiteral("sessions"),
                          QKeySequence(Qt::CTRL | Qt::Key_1), page});
        window.addScreen({QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"),
                          QKeySequence(Qt::CTRL | Qt::Key_Comma), new QWidget});
        window.setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("test.lock"), QStringLiteral("test.start")});
        window.setSubtitle(QStringLiteral("sessions"), QStringLiteral("4 live"));
        window.resize(1280, 800);
        window.show();
        active = QTest::qWaitForWindowActive(&window);
    }
    template <class T>
    T* find(const char* name) {
        return window.findChild<T*>(QString::fromLatin1(name));
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* focused = QApplication::focusWidget();
        QTest::keyClick(focused != nullptr ? focused : &window, Qt::Key(key), modifiers);
    }
    QLineEdit* openPalette() {
        key(Qt::Key_K, Qt::ControlModifier);
        return find<QLineEdit>("palette.search");
    }

    ActionTable actions;
    MainWindow window;
    QLineEdit* first = nullptr;
    QHash<QString, int> ran;
    int sessions = 0;
    bool active = false;
};

} // namespace gw::test
