// What providers ask or open besides their page: passwords by HTTP and by a proxy, windows, script dialogs, downloads.
#include "tests/support/login_run.h"
#include "ui/login/address_strip.h"
#include "ui/login/auth_prompts.h"
#include "ui/login/notice_bar.h"

#include <QDir>
#include <QLabel>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QNetworkProxy>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineProfile>

using namespace gw;
using namespace gw::test;
using ui::LoginError;

namespace {

class PromptsTest : public QObject {
    Q_OBJECT

private:
    ui::EmbeddedLoginPlugin plugin_;
    std::unique_ptr<WebServer> provider_;

    static bool titled(LoginRun& run, const char* title) {
        return waitUntil([&] { return run.page() != nullptr && run.page()->title() == QLatin1String(title) && !run.page()->isLoading(); });
    }

    static WebResponse wantsPassword(const WebRequest& request, const QByteArray& header, int status, const QByteArray& good) {
        if (request.headers.value(header == "WWW-Authenticate" ? "authorization" : "proxy-authorization") == good)
            return page("<title>inside</title>");
        return {status, "<title>outside</title>", {{header, "Basic realm=\"Staff only\""}, {"Content-Type", "text/html"}}, false};
    }

    static void answer(LoginRun& run, const QString& user, const QString& password) {
        auto* name = run.part<QLineEdit>("login.auth-user");
        name->clear();
        QTest::keyClicks(name, user);
        QTest::keyClicks(run.part<QLineEdit>("login.auth-password"), password);
        run.part("login.auth-submit")->click();
    }

private Q_SLOTS:
    void init() { provider_ = std::make_unique<WebServer>(); }

    void asksForAPasswordInTheWindow() {
        const auto good = QByteArray("Basic " + QByteArray("ines:right").toBase64());
        provider_->on("/login", [&](const WebRequest& request) { return wantsPassword(request, "WWW-Authenticate", 401, good); });
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("credentials"); }));
        // Declined before it was shown: nothing waits inside the engine meanwhile.
        QCOMPARE(provider_->countOf("/login"), 1);
        auto* title = run.window()->findChild<ui::CredentialsPrompt*>()->findChild<QLabel*>();
        QVERIFY(title->text().contains(QStringLiteral("127.0.0.1:%1").arg(provider_->port())));
        answer(run, QStringLiteral("ines"), QStringLiteral("wrong"));
        QVERIFY(waitUntil([&] { return provider_->countOf("/login") >= 3 && run.shown() == QLatin1String("credentials"); }));
        answer(run, QStringLiteral("ines"), QStringLiteral("right"));
        QVERIFY(titled(run, "inside"));
        QCOMPARE(run.shown(), QStringLiteral("page"));
        QVERIFY(run.errors.empty());
        // The engine remembers it from here on.
        const int before = provider_->countOf("/login");
        run.part("login.reload")->click();
        QVERIFY(waitUntil([&] { return provider_->countOf("/login") == before + 1; }));
        QVERIFY(titled(run, "inside"));
    }

    void aDeclinedPasswordLeavesTheServersOwnPage() {
        provider_->on("/login", [](const WebRequest& request) { return wantsPassword(request, "WWW-Authenticate", 401, "never"); });
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("credentials"); }));
        run.part("login.auth-cancel")->click();
        QCOMPARE(run.shown(), QStringLiteral("page"));
        QVERIFY(titled(run, "outside"));
    }

    void aPictureMayNotAsk() {
        WebServer other;
        other.on("/picture", [](const WebRequest& request) { return wantsPassword(request, "WWW-Authenticate", 401, "never"); });
        provider_->on("/login", "<title>inside</title><img src='" + other.url(QStringLiteral("/picture")).toEncoded() + "'>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(titled(run, "inside"));
        QVERIFY(waitUntil([&] { return other.countOf("/picture") == 1; }));
        QCOMPARE(run.shown(), QStringLiteral("page"));
    }

    void aProxyMayAsk() {
        WebServer proxy;
        const auto good = QByteArray("Basic " + QByteArray("ines:right").toBase64());
        bool letIn = false;
        proxy.on("login.example.test:443", [&](const WebRequest& request) {
            letIn = letIn || request.headers.value("proxy-authorization") == good;
            return wantsPassword(request, "Proxy-Authenticate", 407, "never");
        });
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port()));
        const auto direct = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::NoProxy)); });
        LoginRun run(plugin_, loginRequest(QUrl(QStringLiteral("https://login.example.test/"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("credentials"); }));
        QVERIFY(run.errors.empty());
        answer(run, QStringLiteral("ines"), QStringLiteral("right"));
        QVERIFY(waitUntil([&] { return letIn && run.shown() == QLatin1String("credentials"); }));
        run.part("login.auth-cancel")->click();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY2(run.errors.front().code().is(LoginError::ProxyNeedsPassword), run.errors.front().chain().c_str());
        QCOMPARE(run.shown(), QStringLiteral("error"));
        QVERIFY(run.part("login.try-again") != nullptr);
    }

    void windowsOpenInThisOne() {
        provider_->on("/login", "<title>opener</title><script>addEventListener('message',e=>{document.title='got '+e.data});"
                                "window.open('/popup','second','width=300,height=200')</script>");
        provider_->on("/popup", "<title>popup</title>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.browser().pages().size() == 2; }));
        QVERIFY(titled(run, "popup"));
        QTRY_VERIFY(run.part("login.close-popup") != nullptr);
        QCOMPARE(QApplication::topLevelWidgets().size(), qsizetype{1});
        // The bond between the two stays: providers hand the result over by it.
        run.script(QStringLiteral("opener.postMessage('the result','*');window.close()"));
        QVERIFY(waitUntil([&] { return run.browser().pages().size() == 1; }));
        QVERIFY(titled(run, "got the result"));
        QTRY_VERIFY(run.part("login.close-popup") == nullptr);

        run.script(QStringLiteral("window.open('/popup','third')"));
        QVERIFY(waitUntil([&] { return run.browser().pages().size() == 2; }));
        QVERIFY(titled(run, "popup"));
        QTRY_VERIFY(run.part("login.close-popup") != nullptr);
        run.part("login.close-popup")->click();
        QVERIFY(waitUntil([&] { return run.browser().pages().size() == 1; }));
    }

    void aPopupMayPostTheResponse() {
        provider_->on("/login", "<script>window.open('/popup')</script>");
        provider_->on("/popup", "<body onload='document.forms[0].submit()'><form method=post action='" + awsAcs +
                                    "'><input type=hidden name=SAMLResponse value=cG9wdXA=></form>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
        QVERIFY(run.responses.front()->base64.equals("cG9wdXA="));
        QCOMPARE(run.browser().pages().size(), std::size_t{1});
    }

    void windowsWithoutEndAreRefused() {
        provider_->on("/login", "<title>opener</title><script>for(let i=0;i<40;++i)window.open('about:blank')</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.browser().pages().size() > 1; }));
        QVERIFY(waitUntil([&] { return run.browser().mainPage()->title() == QLatin1String("opener") && !run.browser().mainPage()->isLoading(); }));
        QVERIFY(run.browser().pages().size() <= 6);
    }

    void scriptDialogsDoNotHoldTheWindow() {
        provider_->on("/login", "<title>opener</title><script>alert('Your session is about to end');</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(titled(run, "opener"));
        QTRY_VERIFY(run.window()->notices().isVisible());
        QCOMPARE(run.window()->notices().text(), QStringLiteral("Your session is about to end"));
        QVERIFY(QApplication::activeModalWidget() == nullptr);

        run.script(QStringLiteral("document.title=String(confirm('End the other session?'))"));
        QVERIFY(titled(run, "false"));
        QTRY_VERIFY(run.part("login.confirm-yes") != nullptr);
        run.part("login.confirm-yes")->click();
        run.script(QStringLiteral("document.title=String(confirm('End the other session?'))"));
        QVERIFY(titled(run, "true"));
        run.script(QStringLiteral("document.title=String(prompt('Your name?','x'))"));
        QVERIFY(titled(run, "null"));
    }

    void downloadsAreRefused() {
        const QTemporaryDir downloads;
        provider_->on("/login", "<title>opener</title>");
        provider_->on("/file", [](const WebRequest&) {
            return WebResponse{200, "MZ", {{"Content-Type", "application/octet-stream"}, {"Content-Disposition", "attachment; filename=setup.exe"}}, false};
        });
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(titled(run, "opener"));
        run.browser().profile().engine().setDownloadPath(downloads.path());
        run.script(QStringLiteral("location.href='/file'"));
        QTRY_VERIFY(run.window()->notices().isVisible());
        QVERIFY(run.window()->notices().text().contains(QLatin1String("download")));
        QVERIFY(QDir(downloads.path()).isEmpty());
        QVERIFY(run.errors.empty());
        QCOMPARE(run.shown(), QStringLiteral("page"));
    }

    void permissionsAreDenied() {
        provider_->on("/login", "<title>opener</title><script>navigator.geolocation.getCurrentPosition(()=>{document.title='told'},e=>{document.title='denied '+e.code});"
                                "</script>");
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(titled(run, "denied 1"));
    }
};

} // namespace

GW_WEB_TEST_MAIN(PromptsTest)
#include "prompts_test.moc"
