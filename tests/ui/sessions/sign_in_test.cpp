#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "ui/sessions/sign_in_error.h"
#include "ui/widgets/widgets.h"

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

const sessions::ProviderId northwind("northwind");

} // namespace

// The provider's window: what is told on the way, what is refused in place, and how it ends.
class SignInTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void windowStepsAreTold() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QVERIFY(screens.login.current);
        QCOMPARE(screens.login.current->started, 1);
        QVERIFY(!screens.login.current->request().offscreen);
        QVERIFY(screens.login.current->request().profileFolder.isEmpty());
        screens.capture();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        // Whoever sees "verified" can read by whom.
        auto* verified = screens.part<ui::Text>(QStringLiteral("chooser.verified"));
        QVERIFY(verified);
        QCOMPARE(verified->text(), QStringLiteral("Signature verified by both"));
        for (const char* word : {"xmlsec1", "OpenSSL", "RSA-SHA256"}) QVERIFY2(verified->toolTip().contains(QLatin1String(word)), word);
        // The window closes once there is something to choose.
        QTRY_VERIFY(!screens.login.current);
    }

    void badResponsesAreExplainedInPlace_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("stranger's key") << QStringLiteral("key") << QStringLiteral("signed with a key that is not trusted");
        QTest::newRow("audience") << QStringLiteral("audience") << QStringLiteral("meant for another service");
        QTest::newRow("expired") << QStringLiteral("expired") << QStringLiteral("has expired");
        QTest::newRow("future") << QStringLiteral("future") << QStringLiteral("not valid yet");
        QTest::newRow("no roles") << QStringLiteral("roles") << QStringLiteral("offers no AWS role");
        QTest::newRow("two") << QStringLiteral("two") << QStringLiteral("more than one assertion");
        QTest::newRow("recipient") << QStringLiteral("recipient") << QStringLiteral("another recipient");
        QTest::newRow("encrypted") << QStringLiteral("encrypted") << QStringLiteral("is encrypted");
    }
    void badResponsesAreExplainedInPlace() {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        auto& builder = *screens.builder;
        if (kind == u"audience") builder.audienceRestrictions = {{"urn:other"}};
        if (kind == u"roles") builder.roles.clear();
        if (kind == u"two") builder.assertions = 2;
        if (kind == u"recipient") builder.recipient = "https://signin.evil.example/saml";
        if (kind == u"encrypted") builder.encrypted = true;
        if (kind == u"expired") screens.clock.advance(2h);
        if (kind == u"future") screens.clock.advance(-2h);
        auto captured = builder.captured(kind == u"key" ? test::strangerKey() : test::providerKey());
        Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(std::move(captured)));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QVERIFY2(screens.shownErrors().contains(words), qPrintable(screens.shownErrors()));
        QCOMPARE(screens.http.calls, 0);
        QVERIFY(screens.book.sessions().empty());
        // And on from there.
        screens.clock.set(test::FakeClock().now());
        screens.offer({"payments-readonly", "ledger-support"});
        QVERIFY(screens.click(QStringLiteral("sessions.failure.again")));
        QTRY_VERIFY(screens.login.current);
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("sessions.failure")));
        screens.capture();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void cancelLeavesNothing() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.cancel")));
        QTRY_VERIFY(!screens.login.current);
        QVERIFY(!screens.coordinator->attempt(northwind));
        QCOMPARE(screens.part(QStringLiteral("sessions.provider.northwind.go"))->text(), QStringLiteral("Sign in"));
    }

    void closingTheWindowCancels() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->cancelled();
        QTRY_VERIFY(!screens.coordinator->attempt(northwind));
    }

    void windowLeadsToTheOtherWays() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->pasteWanted();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("paste")));
        QTRY_VERIFY(!screens.login.current);
    }

    void startWithoutAnAssertionFails() {
        Screens screens;
        const auto started = screens.coordinator->start(northwind, {}, [](const auto&) {});
        QVERIFY(!started && started.error().code().is(ui::SignInError::NoUsableAssertion));
    }

    void zoomIsKeptForTheProvider() {
        Screens s;
        QVERIFY(s.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(s.login.current);
        QCOMPARE(s.login.current->request().zoom, 100);
        Q_EMIT s.login.current->zoomChanged(150);
        Q_EMIT s.login.current->cancelled();
        QTRY_VERIFY(!s.login.current);
        QVERIFY(s.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(s.login.current);
        QCOMPARE(s.login.current->request().zoom, 150);
    }

    void keepingCookiesIsWrittenDown() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->keepCookiesChanged(true);
        QVERIFY(screens.providers.find(northwind)->keepCookies);
        screens.coordinator->forgetCookies(northwind);
        QCOMPARE(screens.login.forgotten.size(), std::size_t{1});
    }
};

GW_UI_TEST_MAIN(SignInTest)
#include "sign_in_test.moc"
