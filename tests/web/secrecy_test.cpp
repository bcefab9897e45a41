// No secret of a sign-in reaches a log: neither Qt's logging nor what the engine's processes write to standard error.
#include "tests/support/login_run.h"

#include <QLineEdit>
#include <QLoggingCategory>
#include <QTemporaryFile>
#include <QTest>
#include <QUrl>

#include <cstdio>
#include <unistd.h>

using namespace gw;
using namespace gw::test;

namespace {

class SecrecyTest : public QObject {
    Q_OBJECT

private:
    QTemporaryFile written_;
    int standardError_ = -1;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(written_.open());
        standardError_ = ::dup(STDERR_FILENO);
        QVERIFY(::dup2(written_.handle(), STDERR_FILENO) >= 0);
        QLoggingCategory::setFilterRules(QStringLiteral("*.debug=true"));
        rememberMessages();
    }

    void aWholeSignInLeavesNothingBehind() {
        const auto payload = randomPayload();
        const QByteArray password = "correct-horse-9471";
        const QByteArray basicPassword = "basic-battery-2280";
        const QByteArray token = "query-token-5512";
        WebServer provider;
        provider.on("/login", [&](const WebRequest& request) {
            if (!request.headers.contains("authorization"))
                return WebResponse{401, "no", {{"WWW-Authenticate", "Basic realm=x"}}, false};
            return page("<title>ready</title><script>console.error('" + token + "')</script><form method=post action='/next?t=" + token +
                        "'><input name=user><input type=password name=password></form>");
        });
        provider.on("/next", [&](const WebRequest&) {
            return page("<script>console.log('" + payload.left(40) + "');fetch('https://signin.aws.amazon.com/saml?x=" + token +
                        "',{mode:'no-cors'}).catch(e=>console.log(e))</script><body onload='document.forms[0].submit()'><form method=post action='" +
                        awsAcs + "'><input type=hidden name=SAMLResponse value='" + payload + "'><input type=hidden name=RelayState value='" + token + "'></form>");
        });
        {
            ui::EmbeddedLoginPlugin plugin;
            LoginRun run(plugin, loginRequest(provider.url(QStringLiteral("/login?t=") + QString::fromLatin1(token))));
            run.start();
            QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("credentials"); }));
            QTest::keyClicks(run.part<QLineEdit>("login.auth-user"), QStringLiteral("ines"));
            QTest::keyClicks(run.part<QLineEdit>("login.auth-password"), QString::fromLatin1(basicPassword));
            run.part("login.auth-submit")->click();
            QVERIFY(waitUntil([&] { return run.page()->title() == QLatin1String("ready") && !run.page()->isLoading(); }));
            run.script(QStringLiteral("document.forms[0].password.value='%1';document.forms[0].submit()").arg(QString::fromLatin1(password)));
            QVERIFY(waitUntil([&] { return !run.responses.empty(); }));
            QVERIFY(run.responses.front()->base64.equals(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size()))));
            QCOMPARE(provider.requests().last().body, QByteArray("user=&password=" + password));
            // An error with an address in it, which is written down by whoever logs errors.
            LoginRun broken(plugin, loginRequest(QUrl(QStringLiteral("http://login.example.test/?t=") + QString::fromLatin1(token))));
            broken.start();
            QVERIFY(waitUntil([&] { return !broken.errors.empty(); }));
            qWarning("%s", broken.errors.front().chain().c_str());
            for (const auto& fact : broken.errors.front().facts()) qWarning("%s", fact.value.c_str());
        }
        (void)::dprintf(STDERR_FILENO, "this line reached standard error\n");
        QTest::qWait(200);
        ::fsync(STDERR_FILENO);
        QFile file(written_.fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto all = file.readAll() + loggedMessages().join(QLatin1Char('\n')).toUtf8();
        // Both really listen.
        QVERIFY(all.contains("login.unsafe_address"));
        QVERIFY(all.contains("this line reached standard error"));
        for (const auto& secret : {payload.left(40), payload.mid(20000, 40), password, basicPassword, token,
                                   QByteArray("ines:" + basicPassword).toBase64()})
            QVERIFY2(!all.contains(secret), secret.constData());
    }

    void cleanupTestCase() { ::dup2(standardError_, STDERR_FILENO); }
};

} // namespace

GW_WEB_TEST_MAIN(SecrecyTest)
#include "secrecy_test.moc"
