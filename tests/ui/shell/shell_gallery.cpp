// Draws a window with sample contents, light and dark, with palette and toasts, into PNGs of the folder given. To be
// looked at, not compared.
#include "tests/support/ui_application.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace gw::ui;

int main(int argc, char** argv) {
    gw::test::fixWorld();
    QApplication application(argc, argv);
    Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        const auto save = [&](QWidget& widget, const QString& name) {
            QTest::qWait(20);
            saved = widget.grab().save(QStringLiteral("%1/shell-%2-%3.png").arg(folder, name, scheme)) && saved;
        };
        ActionTable actions;
        MainWindow window(theme, actions);
        actions.add({QStringLiteral("sessions.lock"),
                     QStringLiteral("Lock"),
                     QStringLiteral("lock"),
                     {},
                     QStringLiteral("Session"),
                     {},
                     [] {},
                     {}});
        actions.add({QStringLiteral("sessions.start"),
                     QStringLiteral("Start a role"),
                     QStringLiteral("add"),
                     QKeySequence(Qt::CTRL | Qt::Key_N),
                     QStringLiteral("Session"),
                     {},
                     [] {},
                     {}});
        actions.add({QStringLiteral("sessions.renew-all"),
                     QStringLiteral("Refresh all sessions"),
                     QStringLiteral("renew"),
                     {},
                     QStringLiteral("Session"),
                     {},
                     [] {},
                     [] {
                         return Availability{false, QStringLiteral("No session is running")};
                     }});
        auto* empty = new EmptyState(
            QStringLiteral("sessions"), QStringLiteral("Hold your first credentials in a minute"),
            QStringLiteral("Practise with an invented company, or connect the provider your company signs in with."));
        empty->addAction(QStringLiteral("Start practising"), QStringLiteral("practice"), ButtonKind::Primary);
        window.addScreen({QStringLiteral("sessions"), QStringLiteral("Sessions"), QStringLiteral("sessions"),
                          QKeySequence(Qt::CTRL | Qt::Key_1), empty});
        for (const char* id : {"requests", "map", "review", "audit", "inspector", "settings"}) {
            QString title = QString::fromLatin1(id);
            title[0] = title[0].toUpper();
            window.addScreen({QString::fromLatin1(id), title, QString::fromLatin1(id), {}, new QWidget});
        }
        window.setSubtitle(QStringLiteral("sessions"), QStringLiteral("4 live"));
        window.setBadge(QStringLiteral("sessions"), 4);
        window.setHeaderActions(QStringLiteral("sessions"), {QStringLiteral("sessions.lock"), QStringLiteral("sessions.start")});
        window.setPerson(QStringLiteral("Ines Halvorsen"), QStringLiteral("Developer, approver"));
        window.setStatus(QStringLiteral("store"), QStringLiteral("postgres"), QStringLiteral("Team store in sync"), false);
        window.setStatus(QStringLiteral("agent"), QStringLiteral("process"), QStringLiteral("Agent serving 3 profiles"), true);
        window.setStatus(QStringLiteral("region"), QStringLiteral("globe"), QStringLiteral("eu-west-1"), true);
        window.setStatus(QStringLiteral("clock"), QStringLiteral("expiry"), QStringLiteral("14:07:19 UTC, clock +0.3 s"), true);
        window.show();
        window.activateWindow();
        QTest::qWait(50);
        save(window, QStringLiteral("plain"));

        window.showBanner({QStringLiteral("practice"), BannerKind::Practice, QStringLiteral("practice"),
                           QStringLiteral("Practice environment."),
                           QStringLiteral("Northwind Robotics is invented; nothing here reaches AWS."),
                           QStringLiteral("Connect a real provider"), [] {}});
        window.showToast({QStringLiteral("started"), ToastKind::Good, QStringLiteral("Session started"),
                          QStringLiteral("payments-readonly until 15:07"), QStringLiteral("Open console"), [] {}});
        window.showToast({QStringLiteral("ends"), ToastKind::Warning, QStringLiteral("fleet-operator ends in 12 minutes"),
                          QStringLiteral("A deploy using it started at 13:48. Renewing needs one sign-in."),
                          QStringLiteral("Renew now"), [] {}});
        window.pushPage(new EmptyState(QStringLiteral("search"), QStringLiteral("No role matches “pamyents”"),
                                       QStringLiteral("The nearest name is payments.")),
                        QStringLiteral("Choose roles"), {});
        save(window, QStringLiteral("notices"));
        window.popPage();
        window.openPalette();
        QTest::keyClicks(window.findChild<QLineEdit*>(QStringLiteral("palette.search")), QStringLiteral("ref"));
        save(window, QStringLiteral("palette-found"));
        window.findChild<QLineEdit*>(QStringLiteral("palette.search"))->clear();
        save(window, QStringLiteral("palette"));
        QTest::keyClick(window.findChild<QLineEdit*>(QStringLiteral("palette.search")), Qt::Key_Escape);
        window.setRailCollapsed(true);
        window.openShortcuts();
        save(window, QStringLiteral("collapsed"));
        save(*window.findChild<QWidget*>(QStringLiteral("shortcuts")), QStringLiteral("shortcuts"));
    }
    return saved ? 0 : 1;
}
