// Renewals off screen: they pass while the provider's session lives, and say so when a person is needed.
#include "tests/support/login_run.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineProfile>

using namespace gw;
using namespace gw::test;
using ui::LoginError;

namespace {

const QByteArray question = "<title>ready</title><form method=post action=/enter><input name=user><input type=password name=password></form>";
const QByteArray posting = "<body onload='document.forms[0].submit()'><form method=post action='" + awsAcs +
                           "'><input type=hidden name=SAMLResponse value=cmVzcG9uc2U=></form>";

class RenewalTest : public QObject {
    Q_OBJECT

private:
    ui::EmbeddedLoginPlugin plugin_;
    std::unique_ptr<WebServer> provider_;

    [[nodiscard]] ui::LoginRequest offscreen(const QString& path = QStringLiteral("/login")) const {
        auto request = loginRequest(provider_->url(path));
        request.offscreen = true;
        return request;
    }
    void signInOnce(const ui::LoginRequest& request) {
        LoginRun run(plugin_, request);
        run.start();
        QVERIFY(waitUntil([&] { return run.page() && run.page()->title() == QLatin1String("ready") && !run.page()->isLoading(); }));
        run.script(QStringLiteral("document.forms[0].submit()"));
        QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
    }

private Q_SLOTS:
    void init() {
        plugin_.forget({});
        provider_ = std::make_unique<WebServer>();
        // As a provider does: a question without its cookie, the response with it.
        provider_->on("/login", [](const WebRequest& request) { return page(request.headers.value("cookie").contains("sso=1") ? posting : question); });
        provider_->on("/enter", [](const WebRequest&) {
            auto answer = page(posting);
            answer.headers.emplaceBack("Set-Cookie", "sso=1; Path=/; HttpOnly");
            return answer;
        });
    }

    void passesWhileTheProvidersSessionLives() {
        signInOnce(loginRequest(provider_->url(QStringLiteral("/login"))));
        LoginRun run(plugin_, offscreen());
        run.start();
        QVERIFY(run.session().window() == nullptr);
        QVERIFY(waitUntil([&] { return !run.responses.empty() || run.personNeeded > 0; }));
        QCOMPARE(run.responses.size(), std::size_t{1});
        QCOMPARE(run.personNeeded, 0);
        QVERIFY(QApplication::topLevelWidgets().isEmpty());
    }

    void theNextWindowStartsWithoutTheOldSession() {
        signInOnce(loginRequest(provider_->url(QStringLiteral("/login"))));
        LoginRun run(plugin_, loginRequest(provider_->url(QStringLiteral("/login"))));
        run.start();
        QVERIFY(waitUntil([&] { return run.page()->title() == QLatin1String("ready"); }));
        QVERIFY(run.responses.empty());
    }

    void forgettingEndsIt() {
        signInOnce(loginRequest(provider_->url(QStringLiteral("/login"))));
        plugin_.forget({});
        LoginRun run(plugin_, offscreen());
        run.start();
        QVERIFY(waitUntil([&] { return run.personNeeded > 0; }));
        QVERIFY(run.responses.empty());
    }

    void aQuestionNeedsAPerson() {
        LoginRun run(plugin_, offscreen());
        QElapsedTimer timer;
        timer.start();
        run.start();
        QVERIFY(waitUntil([&] { return run.personNeeded > 0; }));
        QVERIFY2(timer.elapsed() < 2500, "a visible field is noticed before patience ends");
        QCOMPARE(run.personNeeded, 1);
        QVERIFY(run.errors.empty());
        QVERIFY(QApplication::topLevelWidgets().isEmpty());
    }

    void aPageThatStaysNeedsAPerson() {
        provider_->on("/login", "<p>Approve the sign-in on your telephone.</p><input type=hidden name=x><input style='display:none'>");
        LoginRun run(plugin_, offscreen());
        QElapsedTimer timer;
        timer.start();
        run.start();
        QVERIFY(waitUntil([&] { return run.personNeeded > 0; }));
        // Three seconds, by a timer that may be a twentieth early.
        QVERIFY(timer.elapsed() >= 2800);
        QVERIFY(timer.elapsed() < 6000);
    }

    void aSlowChainIsNotInterrupted() {
        provider_->on("/login", "<script>setTimeout(()=>{location.href='/second'},700)</script><p>One moment");
        provider_->on("/second", "<script>setTimeout(()=>{location.href='/third'},700)</script><p>Another moment");
        provider_->on("/third", posting);
        LoginRun run(plugin_, offscreen());
        run.start();
        QVERIFY(waitUntil([&] { return !run.responses.empty() || run.personNeeded > 0; }));
        QCOMPARE(run.responses.size(), std::size_t{1});
    }

    void aPasswordByHttpNeedsAPerson() {
        provider_->on("/login", [](const WebRequest&) { return WebResponse{401, "no", {{"WWW-Authenticate", "Basic realm=x"}}, false}; });
        LoginRun run(plugin_, offscreen());
        run.start();
        QVERIFY(waitUntil([&] { return run.personNeeded > 0; }));
        QVERIFY(run.errors.empty());
    }

    void anErrorIsTold() {
        const auto url = provider_->url(QStringLiteral("/login"));
        provider_->goAway();
        auto request = loginRequest(url);
        request.offscreen = true;
        LoginRun run(plugin_, request);
        run.start();
        QVERIFY(waitUntil([&] { return !run.errors.empty(); }));
        QVERIFY(run.errors.front().code().is(LoginError::ProviderUnreachable));
        QCOMPARE(run.personNeeded, 0);
    }

    void aKeptProfileLivesInItsFolderUntilForgotten() {
        const QTemporaryDir base;
        const auto folder = base.filePath(QStringLiteral("northwind"));
        provider_->on("/enter", [](const WebRequest&) {
            auto answer = page(posting);
            answer.headers.emplaceBack("Set-Cookie", "sso=1; Path=/; Max-Age=3600");
            return answer;
        });
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        request.profileFolder = folder;
        signInOnce(request);
        const QFileInfo info(folder);
        QVERIFY(info.isDir());
        QCOMPARE(info.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::ExeGroup | QFileDevice::ExeOther), QFileDevice::Permissions());
        {
            LoginRun run(plugin_, request);
            run.start();
            QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
        }
        plugin_.forget(folder);
        QTRY_VERIFY(!QFileInfo::exists(folder));
        LoginRun run(plugin_, request);
        run.start();
        QVERIFY(waitUntil([&] { return run.page()->title() == QLatin1String("ready"); }));
        QVERIFY(run.responses.empty());
        run.end();
        plugin_.forget(folder);
        QTest::qWait(1500);
        QVERIFY(!QFileInfo::exists(folder));
    }

    void nothingOfAPrivateWindowReachesTheDisk() {
        auto request = loginRequest(provider_->url(QStringLiteral("/login")));
        LoginRun run(plugin_, request);
        run.start();
        QVERIFY(run.browser().profile().engine().isOffTheRecord());
        QCOMPARE(run.browser().profile().engine().persistentCookiesPolicy(), QWebEngineProfile::NoPersistentCookies);
        QCOMPARE(run.browser().profile().engine().httpCacheType(), QWebEngineProfile::MemoryHttpCache);
    }
};

} // namespace

GW_WEB_TEST_MAIN(RenewalTest)
#include "renewal_test.moc"
