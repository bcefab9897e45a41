// The rules of the sign-in view that need no engine: addresses, refusals, switches, scripts.
#include "ui/login/address.h"
#include "ui/login/capture_scripts.h"
#include "ui/login/engine_flags.h"
#include "ui/login/engine_refusal.h"
#include "ui/login/login_plugin.h"

#include <QTest>

#include <unistd.h>

using namespace gw::ui;

namespace {

class RulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void safety_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* url, AddressSafety safety) { QTest::newRow(url) << QString::fromLatin1(url) << static_cast<int>(safety); };
        row("https://login.example.com/a?b#c", AddressSafety::Secure);
        row("https://login.example.com:8443/", AddressSafety::Secure);
        row("http://127.0.0.1:8080/", AddressSafety::Loopback);
        row("http://127.8.9.1/", AddressSafety::Loopback);
        row("http://[::1]:8080/", AddressSafety::Loopback);
        row("http://localhost/", AddressSafety::Loopback);
        row("about:blank", AddressSafety::Blank);
        row("http://login.example.com/", AddressSafety::Refused);
        row("http://127.0.0.1.example.com/", AddressSafety::Refused);
        row("http://127.0.0.256/", AddressSafety::Refused);
        row("http://localhost.example.com/", AddressSafety::Refused);
        row("http://10.0.0.1/", AddressSafety::Refused);
        row("about:settings", AddressSafety::Refused);
        row("file:///etc/passwd", AddressSafety::Refused);
        row("data:text/html,x", AddressSafety::Refused);
        row("javascript:alert(1)", AddressSafety::Refused);
        row("chrome://settings", AddressSafety::Refused);
        row("qrc:/x", AddressSafety::Refused);
        row("ftp://127.0.0.1/", AddressSafety::Refused);
        row("ms-appx-web://x", AddressSafety::Refused);
        row("", AddressSafety::Refused);
    }
    void safety() {
        QFETCH(QString, url);
        QFETCH(int, expected);
        QCOMPARE(static_cast<int>(safetyOf(QUrl(url))), expected);
    }

    void whatIsWrittenDownHoldsNoSecrets() {
        QCOMPARE(publicPart(QUrl(QStringLiteral("https://user:pass@login.example.com:8443/sso/saml?SAMLRequest=abc#token=x"))),
                 std::string("https://login.example.com:8443/sso/saml"));
        QCOMPARE(publicPart(QUrl(QStringLiteral("data:text/html,secret"))), std::string("data:"));
        QCOMPARE(publicPart(QUrl(QStringLiteral("mailto:a@b"))), std::string("mailto:"));
        QCOMPARE(hostAndPort(QUrl(QStringLiteral("http://[::1]:80/"))), QStringLiteral("[::1]:80"));
        QCOMPARE(originOf(QUrl(QStringLiteral("https://a.example/x"))), originOf(QUrl(QStringLiteral("https://a.example:443/y"))));
        QVERIFY(originOf(QUrl(QStringLiteral("https://a.example/x"))) != originOf(QUrl(QStringLiteral("http://a.example/x"))));
        // A host in another script is shown in the form that cannot be mistaken for a Latin one.
        QCOMPARE(hostAndPort(QUrl(QStringLiteral("https://аpple.example/"))), QStringLiteral("xn--pple-43d.example"));
    }

    void refusals_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("expected"); // -1 for none
        const auto row = [](const char* url, int expected) { QTest::newRow(url) << QString::fromLatin1(url) << expected; };
        const int engine = static_cast<int>(Refusal::EmbeddedEngine);
        const int device = static_cast<int>(Refusal::DeviceCheck);
        row("https://accounts.google.com/v3/signin/rejected?rrk=46", engine);
        row("https://accounts.google.com/signin/rejected", engine);
        row("https://accounts.google.com/signin/oauth/error?authError=ChNkaXNhbGxvd2VkX3VzZXJhZ2VudA&flow=disallowed_useragent", engine);
        row("https://accounts.google.com/v3/signin/identifier?continue=x", -1);
        row("https://accounts.google.com.evil.test/signin/rejected", -1);
        row("https://device.login.microsoftonline.com/?request=x", device);
        row("https://login.microsoftonline.com/common/DeviceAuthTls/reprocess", device);
        row("https://login.microsoftonline.com/error?code=53000", device);
        row("https://login.microsoftonline.com/error?code=530001", device);
        row("https://login.microsoftonline.com/error?code=50058", -1);
        row("https://login.microsoftonline.com/tenant/saml2?SAMLRequest=53000", -1);
        row("https://notmicrosoftonline.com/error?code=53000", -1);
        row("microsoft-edge:https://login.microsoftonline.com/", device);
        row("com-okta-authenticator:/deviceChallenge?challengeRequest=x", device);
        row("mailto:a@b", -1);
        row("https://northwind.okta.com/app/amazon_aws/x/sso/saml", -1);
    }
    void refusals() {
        QFETCH(QString, url);
        QFETCH(int, expected);
        const auto refusal = refusalOf(QUrl(url));
        QCOMPARE(refusal ? static_cast<int>(*refusal) : -1, expected);
    }

    void switches_data() {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QStringList>("kept");
        const auto row = [](const char* given, const QStringList& kept) { QTest::newRow(given) << QString::fromLatin1(given) << kept; };
        row("", {});
        row("--disable-gpu", {QStringLiteral("--disable-gpu")});
        row("--remote-debugging-port=9222 --disable-gpu", {QStringLiteral("--disable-gpu")});
        row("--no-sandbox --single-process --disable-web-security", {});
        row("--ignore-certificate-errors --ignore-certificate-errors-spki-list=x --user-data-dir=/x", {});
        row("--disable-features=IsolateOrigins --enable-logging --v=1 --log-net-log=/tmp/x --ssl-key-log-file=/tmp/k", {});
        row("\"--host-resolver-rules=MAP a b\" --proxy-pac-url=http://x/p.pac",
            {QStringLiteral("--host-resolver-rules=MAP a b"), QStringLiteral("--proxy-pac-url=http://x/p.pac")});
        row("--disable-gpu-sandbox --disable-gpux", {});
        row("-no-sandbox no-sandbox /no-sandbox", {});
    }
    void switches() {
        QFETCH(QString, given);
        QFETCH(QStringList, kept);
        QCOMPARE(permittedEngineFlags(given), kept);
    }

    void theEnvironmentIsCleanedOnce() {
        qputenv("QTWEBENGINE_REMOTE_DEBUGGING", "9222");
        qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu");
        prepareEngine(true);
        QVERIFY(!qEnvironmentVariableIsSet("QTWEBENGINE_REMOTE_DEBUGGING"));
        const auto flags = qgetenv("QTWEBENGINE_CHROMIUM_FLAGS");
        QVERIFY(!flags.contains("sandbox"));
        QVERIFY(flags.contains("--disable-gpu"));
#if QT_VERSION < QT_VERSION_CHECK(6, 7, 0)
        QVERIFY(flags.contains("preferredColorScheme=0"));
#endif
    }

    void noSignInWithoutTheSandbox() {
        const auto before = qgetenv("QTWEBENGINE_DISABLE_SANDBOX");
        const bool isRoot = ::geteuid() == 0;
        // uid 0 has no sandbox, so it needs the variable that the tests' scripts set; anyone else must not have it.
        isRoot ? qunsetenv("QTWEBENGINE_DISABLE_SANDBOX") : qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
        const auto refused = engineUsable();
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", isRoot ? "1" : "0");
        const auto usable = engineUsable();
        before.isNull() ? qunsetenv("QTWEBENGINE_DISABLE_SANDBOX") : qputenv("QTWEBENGINE_DISABLE_SANDBOX", before);
        QVERIFY(!refused);
        QVERIFY(refused.error().code().is(LoginError::SandboxOff));
        QCOMPARE(std::string(refused.error().fact("reason")), std::string(isRoot ? "root" : "disabled"));
        // Where the kernel gives an ordinary user no namespace, that is said instead of an abort later.
        QVERIFY(usable || usable.error().fact("reason") == "user_namespaces");
        QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts, false);
        const auto unshared = engineUsable();
        QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts, true);
        QVERIFY(!unshared);
        QVERIFY(unshared.error().code().is(LoginError::EngineUnavailable));
    }

    void anAddressCannotBreakOutOfTheScript() {
        const QUrl hostile(QStringLiteral("https://signin.aws.amazon.com/saml?');alert(\"%1%2</script>"));
        const auto script = readScript(hostile, false);
        QVERIFY(!script.contains(QLatin1String("alert(\"")));
        QVERIFY(!script.contains(QLatin1String("</script>")));
        QVERIFY(script.contains(QLatin1String("const formTools")) == false);
        QVERIFY(script.contains(QLatin1String("querySelectorAll")));
    }
};

} // namespace

int main(int argc, char** argv) {
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QCoreApplication application(argc, argv);
    RulesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "rules_test.moc"
