#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include <QRegularExpression>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

const sessions::ProviderId northwind("northwind");

} // namespace

// Renewing a session: unseen where it can be, never without need, and never wider than what it replaces.
class SignInRenewalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void renewalIsUnseenAndReplaces() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "pay", 10min, 2h);
        QVERIFY(screens.click(QStringLiteral("sessions.panel.renew")));
        QVERIFY(screens.login.current && screens.login.current->request().offscreen);
        QVERIFY(screens.coordinator->renewing(id));
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
        const auto* renewed = screens.book.findByProfile(sessions::ProfileName("pay"));
        QVERIFY(renewed && renewed->live(screens.clock.now()) && renewed->id != id);
        QCOMPARE(renewed->asked, std::chrono::seconds(2h));
        QCOMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
        QVERIFY(!screens.coordinator->renewing(id));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void unattendedRenewalNotifiesInsteadOfAWindow() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "pay", 20min);
        screens.book.noteConsumer(id, {"aws", "/usr/bin/aws", 4711, screens.clock.now()});
        screens.pass(6min);
        QVERIFY(screens.login.current && screens.login.current->request().offscreen);
        Q_EMIT screens.login.current->personNeeded();
        QTRY_VERIFY(!screens.login.current);
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("toast.sessions.renewal-needs-person")));
        QVERIFY(!screens.coordinator->renewing(id));
        QVERIFY(screens.click(QStringLiteral("toast.sessions.renewal-needs-person.action")));
        QVERIFY(screens.login.current && !screens.login.current->request().offscreen);
        screens.offer({"payments-readonly", "ledger-support"});
        screens.capture();
        QTRY_COMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
    }

    void unusedSessionsAreNotRenewedByThemselves() {
        Screens screens;
        screens.live("payments-readonly", "pay", 16min);
        screens.pass(2min);
        QVERIFY(!screens.login.current);
        screens.pass(10min);
        QTRY_VERIFY(!screens.window->findChildren<QWidget*>(QRegularExpression(QStringLiteral("^toast\\.sessions\\.near\\."))).isEmpty());
    }

    void renewalUsesAStillGoodAssertion() {
        Screens screens;
        QVERIFY(screens.chooser({"payments-readonly", "ledger-support"}));
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        const auto id = screens.book.sessions().front().id;
        screens.coordinator->renew(id);
        QTRY_COMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
        QCOMPARE(screens.login.opened, 1);
    }

    void renewalKeepsTheSessionPolicy() {
        Screens screens;
        QVERIFY(screens.chooser({"payments-readonly", "ledger-support"}));
        sessions::RoleChoice choice = screens.coordinator->defaultChoice(screens.provider(), test::pair("payments-readonly"));
        choice.sessionPolicy = "{\"Statement\":{}}";
        QVERIFY(screens.coordinator->start(northwind, {choice}, [](const auto&) {}).has_value());
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        const auto first = screens.book.sessions().front();
        QCOMPARE(first.sessionPolicy, choice.sessionPolicy);
        screens.coordinator->renew(first.id);
        QTRY_COMPARE(screens.book.find(first.id)->end, sessions::EndReason::Replaced);
        QCOMPARE(screens.book.findByProfile(first.profile)->sessionPolicy, choice.sessionPolicy);
        screens.book.end(screens.book.findByProfile(first.profile)->id);
        screens.coordinator->startAgain(first);
        QTRY_VERIFY(screens.book.findByProfile(first.profile) && screens.book.findByProfile(first.profile)->live(screens.clock.now()));
        QCOMPARE(screens.book.findByProfile(first.profile)->sessionPolicy, choice.sessionPolicy);
        // Chosen anew, the role is what it is.
        QVERIFY(screens.coordinator->defaultChoice(screens.provider(), first.pair).sessionPolicy.empty());
    }
};

GW_UI_TEST_MAIN(SignInRenewalTest)
#include "sign_in_renewal_test.moc"
