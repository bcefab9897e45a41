#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "ui/sessions/sign_in_error.h"
#include "ui/widgets/widgets.h"

#include <QPlainTextEdit>

using namespace gw;
using test::Screens;
using Way = ui::SignInCoordinator::Way;

namespace {

const sessions::ProviderId northwind("northwind");

} // namespace

// Ways without the window: a pasted response, the system's browser, and text handed over by the command line.
class SignInPasteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pasteGivesFeedbackAndGoesOn() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::Paste);
        auto* text = screens.part<QPlainTextEdit>(QStringLiteral("paste.text"));
        QVERIFY(text);
        QTRY_VERIFY(text->hasFocus());
        auto* feedback = screens.part<ui::Text>(QStringLiteral("paste.feedback"));
        text->setPlainText(QStringLiteral("no response at all"));
        QVERIFY2(feedback->text().contains(QStringLiteral("No SAML response was found")), qPrintable(feedback->text()));
        QVERIFY(!screens.part(QStringLiteral("paste.use"))->isEnabled());
        text->setPlainText(QStringLiteral("SAMLResponse=") + QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(screens.builder->base64()))) +
                           QStringLiteral("&RelayState="));
        QVERIFY2(feedback->text().contains(QStringLiteral("was found")), qPrintable(feedback->text()));
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("paste")));
    }

    void badPasteStaysOnThePage() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::Paste);
        auto* text = screens.part<QPlainTextEdit>(QStringLiteral("paste.text"));
        text->setPlainText(QString::fromStdString(screens.builder->base64(test::strangerKey())));
        QVERIFY(screens.click(QStringLiteral("paste.use")));
        auto* feedback = screens.part<ui::Text>(QStringLiteral("paste.feedback"));
        QTRY_COMPARE(feedback->text(), QStringLiteral("This response was not accepted."));
        text->setPlainText(QString::fromStdString(screens.builder->base64()));
        QVERIFY(screens.click(QStringLiteral("paste.use")));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void systemBrowserOpensTheLoginPage() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::SystemBrowser);
        QCOMPARE(screens.browser.opened.size(), std::size_t{1});
        QCOMPARE(screens.browser.opened.front().host(), QStringLiteral("sso.northwind-robotics.example"));
        QVERIFY(screens.part<QWidget>(QStringLiteral("paste")));
        QVERIFY(screens.click(QStringLiteral("paste.open-browser")));
        QCOMPARE(screens.browser.opened.size(), std::size_t{2});
    }

    void noBrowserIsSaid() {
        Screens screens;
        screens.browser.works = false;
        screens.coordinator->signIn(northwind, Way::SystemBrowser);
        QVERIFY(screens.coordinator->failed());
        QVERIFY(screens.coordinator->failed()->error()->code().is(ui::SignInError::BrowserNotOpened));
        QVERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
    }

    void textFromTheCommandLineIsAnswered() {
        Screens screens;
        std::optional<Result<aws::Claims>> answer;
        screens.coordinator->acceptText(northwind, screens.builder->base64(), [&](Result<aws::Claims> claims) { answer = std::move(claims); });
        QTRY_VERIFY(answer);
        QVERIFY(*answer);
        QCOMPARE((*answer)->roles.size(), std::size_t{2});
        std::vector<sessions::ExchangeOutcome> outcomes;
        const auto choice = screens.coordinator->defaultChoice(Screens::provider(), (*answer)->roles.front());
        QVERIFY(screens.coordinator->start(northwind, {choice}, [&](const auto& done) { outcomes = done; }));
        QTRY_COMPARE(outcomes.size(), std::size_t{1});
        QVERIFY(outcomes.front().session);
        answer.reset();
        screens.coordinator->acceptText(northwind, screens.builder->base64(), [&](Result<aws::Claims> claims) { answer = std::move(claims); });
        QTRY_VERIFY(answer);
        QVERIFY(!*answer && answer->error().code().is(saml::VerifyError::Replayed));
    }
};

GW_UI_TEST_MAIN(SignInPasteTest)
#include "sign_in_paste_test.moc"
