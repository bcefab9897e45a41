#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "ui/sessions/session_card.h"
#include "ui/sessions/session_list.h"
#include "ui/widgets/widgets.h"

#include <QMenu>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

QString card(const sessions::SessionId& id, const char* part = "") {
    return QStringLiteral("sessions.card.") + QString::fromStdString(id.value()) + QLatin1String(part);
}

} // namespace

class SessionsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstRunOffersTwoWays() {
        Screens screens(false);
        QVERIFY(screens.click(QStringLiteral("sessions.first-run.practice")));
        QCOMPARE(screens.practiceStarted, 1);
        QVERIFY(screens.click(QStringLiteral("sessions.first-run.connect")));
        QVERIFY(screens.part<QWidget>(QStringLiteral("assistant")));
        QVERIFY(!screens.actions.action(QStringLiteral("sessions.sign-in"))->isEnabled());
    }

    void narrowCardsKeepTheRole_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1280") << QSize(1280, 760);
        QTest::newRow("1000") << QSize(1000, 700);
        QTest::newRow("800") << QSize(800, 560);
    }
    void narrowCardsKeepTheRole() {
        QFETCH(QSize, size);
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 50min, 1h);
        screens.window->resize(size);
        const auto* role = screens.part<QWidget>(QStringLiteral("sessions.card.") + QString::fromStdString(id.value()) + QStringLiteral(".role"));
        QVERIFY(role);
        QTRY_VERIFY(role->width() >= role->sizeHint().width());
    }

    void theFocusComesBackToTheProviderThatFailed() {
        Screens screens;
        auto* go = screens.part(QStringLiteral("sessions.provider.northwind.go"));
        go->setFocus();
        QTest::keyClick(go, Qt::Key_Space);
        Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(screens.builder->captured(test::strangerKey())));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")) != nullptr);
        QTRY_COMPARE(screens.window->focusWidget(), static_cast<QWidget*>(go));
        screens.part(QStringLiteral("sessions.failure.dismiss"))->setFocus();
        QTest::keyClick(screens.window->focusWidget(), Qt::Key_Space);
        QTRY_COMPARE(screens.window->focusWidget(), static_cast<QWidget*>(go));
    }

    void countdownGoesThroughItsStates_data() {
        QTest::addColumn<int>("left");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("ends");
        QTest::newRow("plenty") << 3134 << QStringLiteral("52:14") << QStringLiteral("Ends ");
        QTest::newRow("hours") << 12770 << QStringLiteral("3:32:50") << QStringLiteral("Ends ");
        QTest::newRow("soon") << 761 << QStringLiteral("12:41") << QStringLiteral("Ends soon, ");
        QTest::newRow("near") << 248 << QStringLiteral("4:08") << QStringLiteral("Ends ");
        QTest::newRow("last") << 42 << QStringLiteral("0:42") << QStringLiteral("Ends now");
    }
    void countdownGoesThroughItsStates() {
        QFETCH(int, left);
        QFETCH(QString, time);
        QFETCH(QString, ends);
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", std::chrono::seconds(left), 4h);
        QCOMPARE(screens.part<ui::Text>(card(id, ".left"))->text(), time);
        QVERIFY2(screens.part<ui::Text>(card(id, ".ends"))->text().startsWith(ends), qPrintable(screens.part<ui::Text>(card(id, ".ends"))->text()));
    }

    // A tick changes texts; no widget is made or lost.
    void ticksKeepTheWidgets() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.live("fleet-operator", "fleet", 20min, 1h, "444455556666");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        auto* widget = screens.part<ui::SessionCard>(card(id));
        const auto before = screens.page->findChildren<QWidget*>();
        for (int i = 0; i < 5; ++i) screens.pass(1s);
        QCOMPARE(screens.part<ui::SessionCard>(card(id)), widget);
        QCOMPARE(screens.page->findChildren<QWidget*>(), before);
        QCOMPARE(screens.part<ui::Text>(card(id, ".left"))->text(), QStringLiteral("29:55"));
    }

    void sessionExpiresAndStartsAgain() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 90s);
        screens.pass(91s);
        QTRY_VERIFY(!screens.part<QWidget>(card(id)));
        const QString again = QStringLiteral("sessions.ended.") + QString::fromStdString(id.value()) + QStringLiteral(".start");
        QTRY_VERIFY(screens.part(again));
        screens.offer({"payments-readonly", "ledger-support"});
        QVERIFY(screens.click(again));
        screens.capture();
        // Its own role again, without the chooser, under its old profile.
        QTRY_VERIFY(screens.book.findByProfile(sessions::ProfileName("nwr-pay-prod")) &&
                    screens.book.findByProfile(sessions::ProfileName("nwr-pay-prod"))->live(screens.clock.now()));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
        QTRY_VERIFY(!screens.part(again));
    }

    void endingTakesTwoSteps() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.page->select(id);
        auto* shown = screens.part<ui::SessionCard>(card(id));
        QTRY_VERIFY(shown->hasFocus());
        QTest::keyClick(shown, Qt::Key_Delete);
        auto* confirm = screens.part(card(id, ".end.confirm"));
        QVERIFY(confirm && confirm->hasFocus());
        QTest::keyClick(confirm, Qt::Key_Escape);
        QVERIFY(!screens.part(card(id, ".end.confirm")));
        QVERIFY(screens.book.find(id)->live(screens.clock.now()));
        QTest::keyClick(shown, Qt::Key_Delete);
        QTest::keyClick(screens.part(card(id, ".end.confirm")), Qt::Key_Delete);
        QVERIFY(!screens.book.find(id)->live(screens.clock.now()));
        QTRY_VERIFY(!screens.part<QWidget>(card(id)));
    }

    void panelEndsToo() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 30min);
        QVERIFY(screens.click(QStringLiteral("sessions.panel.end")));
        QVERIFY(screens.book.find(id)->live(screens.clock.now()));
        QVERIFY(screens.click(QStringLiteral("sessions.panel.end.confirm")));
        QVERIFY(!screens.book.find(id)->live(screens.clock.now()));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("sessions.panel")));
    }

    void arrowsMoveAndThePanelFollows() {
        Screens screens;
        screens.live("payments-readonly", "pay", 30min);
        const auto second = screens.live("fleet-operator", "fleet", 50min, 1h, "444455556666");
        auto* list = screens.part<ui::SessionList>(QStringLiteral("sessions.live"));
        screens.page->select(screens.page->selected());
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("sessions.panel.role"))->text(), QStringLiteral("payments-readonly"));
        QTest::keyClick(list->card(screens.page->selected()), Qt::Key_Down);
        QCOMPARE(screens.page->selected(), second);
        QVERIFY(list->card(second)->hasFocus());
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("sessions.panel.role"))->text(), QStringLiteral("fleet-operator"));
        QTest::keyClick(list->card(second), Qt::Key_Home);
        QVERIFY(screens.page->selected() != second);
    }

    void contextMenuOffersTheSame() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "pay", 30min);
        auto* shown = screens.part<ui::SessionCard>(card(id));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(10, 10), shown->mapToGlobal(QPoint(10, 10)));
        QCoreApplication::sendEvent(shown, &event);
        QTRY_VERIFY(screens.page->findChild<QMenu*>());
        QStringList names;
        for (const QAction* action : screens.page->findChild<QMenu*>()->actions())
            if (!action->isSeparator()) names << action->objectName();
        for (const char* name : {"sessions.menu.renew", "sessions.menu.copy-env", "sessions.menu.end"}) QVERIFY(names.contains(QLatin1String(name)));
        screens.page->findChild<QMenu*>()->close();
    }

    void favouritesStartAtOnce() {
        Screens screens;
        screens.memory.noteSignIn(sessions::ProviderId("northwind"), {test::pair("telemetry-analyst"), test::pair("payments-readonly")});
        screens.memory.setFavourite(test::pair("telemetry-analyst").role, true);
        const QString name = QStringLiteral("sessions.favourite.111122223333.telemetry-analyst");
        QTRY_VERIFY(screens.part(name));
        screens.offer({"telemetry-analyst", "payments-readonly"});
        QVERIFY(screens.click(name));
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        QTRY_VERIFY(!screens.part(name));
    }

    void badgeAndActionsFollow() {
        Screens screens;
        QVERIFY(!screens.actions.action(QStringLiteral("sessions.end-all"))->isEnabled());
        screens.live("payments-readonly", "pay", 30min);
        QVERIFY(screens.actions.action(QStringLiteral("sessions.end-all"))->isEnabled());
        QVERIFY(screens.actions.action(QStringLiteral("sessions.renew"))->isEnabled());
        screens.actions.action(QStringLiteral("sessions.end-all"))->trigger();
        QVERIFY(!screens.book.sessions().front().live(screens.clock.now()));
        QVERIFY(!screens.actions.action(QStringLiteral("sessions.end-all"))->isEnabled());
    }

    void removedProviderCanComeBack() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.more")));
        QTRY_VERIFY(screens.window->findChild<QMenu*>() != nullptr);
        auto* remove = screens.window->findChild<QAction*>(QStringLiteral("sessions.provider.northwind.remove"));
        QVERIFY(remove);
        remove->trigger();
        QVERIFY(screens.providers.providers().empty());
        QVERIFY(screens.click(QStringLiteral("toast.providers.removed.action")));
        QCOMPARE(screens.providers.providers().size(), std::size_t{1});
    }

    void partsHaveNames() {
        Screens screens;
        screens.live("payments-readonly", "pay", 30min);
        screens.live("fleet-operator", "fleet", 10min, 1h, "444455556666");
        const auto over = screens.live("partner-reader", "partner", 30min, 1h, "666677778888");
        screens.book.end(over);
        QCOMPARE(test::accessibilityProblems(screens.page).join(u'\n'), QString());
    }
};

GW_UI_TEST_MAIN(SessionsPageTest)
#include "sessions_page_test.moc"
