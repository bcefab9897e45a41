// The sign-in window: what it shows of the address, what goes wrong and the ways on.
#include "tests/support/login_run.h"
#include "ui/login/address_strip.h"
#include "ui/login/login_view.h"
#include "ui/login/notice_bar.h"
#include "ui/login/status_line.h"
#include "ui/login/steps_panel.h"

#include <QDesktopServices>
#include <QPointer>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QWebEnginePage>

#include <csignal>

using namespace gw;
using namespace gw::test;
using ui::AddressTrust;
using ui::LoginError;

namespace {

const QByteArray loginPage = "<title>ready</title><form method=post action=/next><input name=user><input type=password name=password>"
                             "<button>Continue</button></form>";
const QByteArray postingPage = "<body onload='document.forms[0].submit()'><form method=post action='" + awsAcs +
                               "'><input type=hidden name=SAMLResponse value=cmVzcG9uc2U=></form>";

// Stands where the desktop would start another program.
class ForeignHandler : public QObject {
    Q_OBJECT
public:
    int opened = 0;

public Q_SLOTS:
    void open(const QUrl&) { ++opened; }
};

class WindowTest : public QObject {
    Q_OBJECT

private:
    ui::EmbeddedLoginPlugin plugin_;
    std::unique_ptr<WebServer> provider_;

    bool ready(LoginRun& run) {
        return waitUntil([&] { return run.page() != nullptr && run.page()->title() == QLatin1String("ready") && !run.page()->isLoading(); });
    }

private Q_SLOTS:
    void init() {
        provider_ = std::make_unique<WebServer>();
        provider_->on("/login", loginPage);
        provider_->on("/post", postingPage);
    }

    void showsTheHostAndThatThisComputerIsNotEncrypted() {
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login?secret=1"))));
        run.start();
        QVERIFY(ready(run));
        auto& field = run.window()->strip().field();
        QTRY_COMPARE(field.trust(), AddressTrust::Loopback);
        QCOMPARE(field.host(), QStringLiteral("127.0.0.1:%1").arg(provider_->port()));
        QCOMPARE(field.statement(), QStringLiteral("This computer, not encrypted"));
        QVERIFY(!field.toolTip().contains(QLatin1String("secret")));
        QVERIFY(!field.accessibleName().contains(QLatin1String("secret")));
        QTRY_COMPARE(run.window()->status().words(), QStringLiteral("Waiting for you"));
        QCOMPARE(run.window()->steps().stateOf(1), ui::StepState::Current);
        QCOMPARE(run.shown(), QStringLiteral("page"));
    }

    void aRefusedCertificateEndsIt() {
        WebServer encrypted(WebServer::Transport::SelfSigned);
        encrypted.on("/login", loginPage);
        LoginRun run(plugin_, loginRequest(encrypted.url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY2(run.errors.front().code().is(LoginError::CertificateRefused), run.errors.front().chain().c_str());
        QCOMPARE(std::string(run.errors.front().fact("subject")), std::string("Self-made test authority"));
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QCOMPARE(run.window()->strip().field().trust(), AddressTrust::Untrusted);
        // Nothing in the window may lead on to that page.
        QVERIFY(run.part("login.error-system-browser") == nullptr);
        QVERIFY(run.part("login.try-again") != nullptr);
        run.part("login.try-again")->click();
        QVERIFY(waitUntil([&] { return run.errors.size() >= 2; }));
        QVERIFY(run.errors.at(1).code().is(LoginError::CertificateRefused));
        QCOMPARE(run.window()->strip().field().trust(), AddressTrust::Untrusted);
        QVERIFY(encrypted.requests().isEmpty());
    }

    void aPictureWithABadCertificateDoesNot() {
        WebServer encrypted(WebServer::Transport::SelfSigned);
        // Another host than the page's.
        const auto picture = QStringLiteral("https://localhost:%1/picture").arg(encrypted.port()).toUtf8();
        provider_->on("/login", "<title>ready</title><img src='" + picture + "'>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        QCOMPARE(run.shown(), QStringLiteral("page"));
        QVERIFY(run.errors.empty());
        QVERIFY(encrypted.requests().isEmpty());
    }

    void plainHttpIsNotOpened_data() {
        QTest::addColumn<QString>("address");
        QTest::newRow("http") << QStringLiteral("http://login.example.test/");
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd");
        QTest::newRow("data") << QStringLiteral("data:text/html,hello");
        QTest::newRow("nothing") << QString();
        QTest::newRow("loopback in front of another host") << QStringLiteral("http://127.0.0.1.example.test/");
    }

    void plainHttpIsNotOpened() {
        QFETCH(QString, address);
        LoginRun run(plugin_, loginRequest(QUrl(address)));
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY(run.errors.front().code().is(LoginError::UnsafeAddress));
        QCOMPARE(run.window()->strip().field().trust(), AddressTrust::Unencrypted);
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QVERIFY(run.part("login.try-again") == nullptr);
        QVERIFY(run.part("login.error-system-browser") == nullptr);
    }

    void aPageMovingToPlainHttpIsStopped() {
        provider_->on("/login", "<script>location.href='http://login.example.test/next?token=abc'</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY(run.errors.front().code().is(LoginError::UnsafeAddress));
        QCOMPARE(std::string(run.errors.front().fact("url")), std::string("http://login.example.test/next"));
        QCOMPARE(run.window()->strip().field().trust(), AddressTrust::Unencrypted);
    }

    void otherProgramsAreNotCalled_data() {
        QTest::addColumn<QByteArray>("way");
        QTest::newRow("by script") << QByteArray("setTimeout(()=>{location.href='mailto:a@b'},50)");
        QTest::newRow("by a window") << QByteArray("setTimeout(()=>{window.open('mailto:a@b')},50)");
        QTest::newRow("by a link") << QByteArray("setTimeout(()=>{const a=document.createElement('a');a.href='mailto:a@b';a.click()},50)");
    }

    void otherProgramsAreNotCalled() {
        QFETCH(QByteArray, way);
        ForeignHandler mail;
        QDesktopServices::setUrlHandler(QStringLiteral("mailto"), &mail, "open");
        const auto unset = qScopeGuard([] { QDesktopServices::unsetUrlHandler(QStringLiteral("mailto")); });
        provider_->on("/login", "<title>ready</title><body><script>" + way + "</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        QVERIFY(waitUntil([&] { return run.window()->notices().isVisible(); }));
        QVERIFY(run.window()->notices().text().contains(QLatin1String("mailto:")));
        QVERIFY(!run.window()->notices().text().contains(QLatin1String("a@b")));
        QCOMPARE(mail.opened, 0);
        QVERIFY(run.errors.empty());
    }

    void anUnreachableProviderCanBeTriedAgain() {
        auto gone = std::make_unique<WebServer>();
        const auto url = gone->url(QStringLiteral("/login"));
        gone->goAway();
        LoginRun run(plugin_, loginRequest(url));
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY2(run.errors.front().code().is(LoginError::ProviderUnreachable), run.errors.front().chain().c_str());
        QCOMPARE(std::string(run.errors.front().fact("reason")), std::string("connection refused"));
        QCOMPARE(std::string(run.errors.front().fact("host")), std::string("127.0.0.1"));
        QCOMPARE(run.shown(), QStringLiteral("error"));
        for (const auto* name : {"login.try-again", "login.error-system-browser", "login.error-paste"}) QVERIFY2(run.part(name) != nullptr, name);
        run.part("login.error-system-browser")->click();
        QTRY_COMPARE(run.systemBrowserWanted, 1);
        run.part("login.error-paste")->click();
        QTRY_COMPARE(run.pasteWanted, 1);
        run.part("login.try-again")->click();
        QVERIFY(waitUntil([&] { return run.errors.size() == 2; }));
    }

    void theServerGoesInMidLogin() {
        provider_->on("/next", postingPage);
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        provider_->goAway();
        run.script(QStringLiteral("document.forms[0].submit()"));
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY2(run.errors.front().code().is(LoginError::ProviderUnreachable), run.errors.front().chain().c_str());
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QVERIFY(run.responses.empty());
    }

    void theRendererIsKilledInMidLogin() {
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        const auto pid = run.page()->renderProcessPid();
        QVERIFY(pid > 1);
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGKILL), 0);
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY2(run.errors.front().code().is(LoginError::EngineDied), run.errors.front().chain().c_str());
        QCOMPARE(run.shown(), QStringLiteral("error"));
        provider_->on("/login", postingPage);
        run.part("login.try-again")->click();
        QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
        QCOMPARE(run.shown(), QStringLiteral("captured"));
    }

    void aRefusedNavigationToAwsIsNoError() {
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/post"))));
        run.start();
        QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
        QVERIFY(run.errors.empty());
        QVERIFY(run.responses.front()->base64.equals("cmVzcG9uc2U="));
        QCOMPARE(run.shown(), QStringLiteral("captured"));
        auto& steps = run.window()->steps();
        QCOMPARE(steps.stateOf(2), ui::StepState::Done);
        QCOMPARE(steps.stateOf(3), ui::StepState::Current);
        QTRY_COMPARE(run.page()->url(), QUrl(QStringLiteral("about:blank")));
        run.session().showStep(3, QStringLiteral("Four roles"));
        QCOMPARE(steps.stateOf(3), ui::StepState::Done);
        QCOMPARE(steps.stateOf(4), ui::StepState::Current);
        run.session().showStep(4, QStringLiteral("The assertion has expired"));
        QCOMPARE(steps.stateOf(3), ui::StepState::Failed);
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QVERIFY(run.part("login.try-again") != nullptr);
        run.part("login.try-again")->click();
        QVERIFY(waitUntil([&] { return run.responses.size() == 2; }));
        QVERIFY(run.errors.empty());
    }

    void aLostCaptureSaysSo() {
        provider_->on("/login", "<script>fetch('" + awsAcs + "',{method:'POST',mode:'no-cors',body:'SAMLResponse=abcd'})</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
        QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
#else
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY(run.errors.front().code().is(LoginError::CaptureLost));
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QVERIFY(run.part("login.error-paste") != nullptr);
#endif
    }

    void aDeviceCheckIsRecognised() {
        provider_->on("/login", "<title>ready</title><script>setTimeout(()=>{location.href='com-okta-authenticator:/deviceChallenge?challengeRequest=x'},30)</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY(run.errors.front().code().is(LoginError::EmbeddedViewRefused));
        QCOMPARE(std::string(run.errors.front().fact("reason")), std::string("device_check"));
        // The page stays, since it may offer another way by itself.
        QCOMPARE(run.shown(), QStringLiteral("page"));
        QVERIFY(run.part("login.refusal-system-browser") != nullptr);
        run.part("login.refusal-system-browser")->click();
        QTRY_COMPARE(run.systemBrowserWanted, 1);
    }

    void zoomReloadBackAndFind() {
        provider_->on("/login", "<title>ready</title>needle needle<a href=/second style='position:fixed;inset:0'>second</a>");
        provider_->on("/second", "<title>second</title>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        auto* window = run.window();
        // Without a window manager nobody else gives the window the keyboard.
        window->activateWindow();
        QVERIFY(waitUntil([&] { return window->isActiveWindow(); }));
        QTest::keyClick(window, Qt::Key_Plus, Qt::ControlModifier);
        QTRY_COMPARE(run.page()->zoomFactor(), 1.1);
        QTest::keyClick(window, Qt::Key_Minus, Qt::ControlModifier);
        QTest::keyClick(window, Qt::Key_Minus, Qt::ControlModifier);
        QTRY_COMPARE(run.page()->zoomFactor(), 0.9);
        QTest::keyClick(window, Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(run.page()->zoomFactor(), 1.0);
        const int before = provider_->countOf("/login");
        QTest::keyClick(window, Qt::Key_F5);
        QVERIFY(waitUntil([&] { return provider_->countOf("/login") == before + 1; }));
        QVERIFY(ready(run));
        QTest::keyClick(window, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(run.part<QLineEdit>("login.find") != nullptr);
        QTest::keyClicks(run.part<QLineEdit>("login.find"), QStringLiteral("needle"));
        QTest::keyClick(run.part<QLineEdit>("login.find"), Qt::Key_Escape);
        QTRY_VERIFY(run.part<QLineEdit>("login.find") == nullptr);
        QVERIFY(window->isVisible());
        // By a real click: the engine goes back only over pages that a person used.
        auto* view = window->findChild<ui::LoginView*>();
        QTest::mouseClick(view->focusProxy(), Qt::LeftButton, {}, QPoint(200, 200));
        QVERIFY(waitUntil([&] { return run.page()->title() == QLatin1String("second") && !run.page()->isLoading(); }));
        QTRY_VERIFY(run.part("login.back")->isEnabled());
        QTest::keyClick(window, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(ready(run));
    }

    void beginsWithTheProvidersZoom() {
        provider_->on("/login", "<title>ready</title>");
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        request.zoom = 125;
        LoginRun run(plugin_, request);
        QSignalSpy told(&run.session(), &ui::LoginSession::zoomChanged);
        run.start();
        QVERIFY(ready(run));
        QTRY_COMPARE(run.page()->zoomFactor(), 1.25);
        QCOMPARE(run.part("login.zoom-reset")->text(), QStringLiteral("125 %"));
        QVERIFY(told.isEmpty());
        run.part("login.zoom-in")->click();
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(told.first().first().toInt(), 150);
        run.part("login.zoom-reset")->click();
        QTRY_COMPARE(told.size(), 2);
        QCOMPARE(told.last().first().toInt(), 100);
    }

    void tellsWhatThePersonWants() {
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        run.part("login.system-browser")->click();
        QTRY_COMPARE(run.systemBrowserWanted, 1);
        run.part("login.paste")->click();
        QTRY_COMPARE(run.pasteWanted, 1);
        run.part("login.keep-cookies")->click();
        QTRY_COMPARE(run.keepCookies.size(), std::size_t{1});
        QVERIFY(run.keepCookies.front());
        run.window()->close();
        QTRY_COMPARE(run.cancelled, 1);
    }

    void maySessionsEndInTheirOwnSignals() {
        auto session = plugin_.open(loginRequest(provider_->url(QStringLiteral("/post"))), theme(), nullptr);
        const QPointer<QObject> alive(session.get());
        connect(session.get(), &ui::LoginSession::captured, this, [&] { session.reset(); });
        session->start();
        QVERIFY(waitUntil([&] { return alive.isNull(); }));
        auto other = plugin_.open(loginRequest(provider_->url(QStringLiteral("/login"))), theme(), nullptr);
        connect(other.get(), &ui::LoginSession::pasteWanted, this, [&] { other.reset(); });
        other->start();
        other->window()->findChild<QAbstractButton*>(QStringLiteral("login.paste"))->click();
        QVERIFY(waitUntil([&] { return other == nullptr; }));
    }

    void theParentMayGoFirst() {
        auto parent = std::make_unique<QWidget>();
        auto session = plugin_.open(loginRequest(provider_->url(QStringLiteral("/login"))), theme(), parent.get());
        session->start();
        QVERIFY(waitUntil([&] { return provider_->countOf("/login") > 0; }));
        parent.reset();
        QVERIFY(session->window() == nullptr);
        session.reset();
    }

    void theUserAgentIsTheEnginesOwnUnlessConfigured() {
        QByteArray seen;
        provider_->on("/login", [&](const WebRequest& request) {
            seen = request.headers.value("user-agent");
            return page(loginPage);
        });
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(ready(run));
        QVERIFY2(seen.contains("QtWebEngine/" QT_VERSION_STR), seen.constData());
        run.end();
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        request.provider.userAgent = "Configured/1";
        LoginRun other(plugin_, request);
        other.start();
        QVERIFY(ready(other));
        QCOMPARE(seen, QByteArray("Configured/1"));
    }
};

} // namespace

GW_WEB_TEST_MAIN(WindowTest)
#include "window_test.moc"
