// What can go wrong while a person signs in in the console's own window: the real plugin with the real engine, over
// providers that cannot be reached, are not safe, hide behind a proxy, break off or go away.
#include "tests/app/console_run.h"
#include "tests/support/http_server.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineView>

#include <csignal>

using namespace gw;
using namespace gw::test;

namespace {

const sessions::ProviderId practiceId("practice"), own("own");
const std::string developer = "lena.fairweather";

void expectWords(const QString& said, const QStringList& wanted) {
    for (const QString& part : wanted)
        QVERIFY2(said.contains(QRegularExpression(part)), qPrintable(QStringLiteral("`%1` is not in: %2").arg(part, said)));
}

class SignInWindowTest : public QObject {
    Q_OBJECT

public:
    explicit SignInWindowTest(const Home& home) : home_(home) {}

private:
    const Home& home_;
    std::unique_ptr<app::Console> console_;
    std::string config_;

    // The console reads the file again as it is saved.
    void configure(const std::string& loginUrl) {
        config_ = "[[provider]]\nid = \"own\"\nname = \"Own\"\nlogin_url = \"" + loginUrl + "\"\nmetadata_url = \"" +
                  console_->practice()->provider().metadataUrl + "\"\nregions = [\"eu-west-1\"]\n";
        home_.writeConfig(true, config_);
        QVERIFY(waitUntil([&] {
            const auto* provider = console_->providers().find(own);
            return provider != nullptr && provider->loginUrl == loginUrl;
        }));
    }

    [[nodiscard]] static QWidget* window() { return visible(QStringLiteral("login.window")); }
    [[nodiscard]] static QWebEngineView* view() { return window() == nullptr ? nullptr : window()->findChild<QWebEngineView*>(); }

    // The window says what is wrong, and the person can try again there.
    void windowSays(const QStringList& wanted) {
        QVERIFY(waitUntil([&] { return words(window()).contains(QRegularExpression(wanted.first())); }));
        expectWords(words(window()), wanted);
    }
    void nothingIsLost() {
        const Said credentials = run(built("gatewarden-credentials"), {QStringLiteral("--profile=kept"), QStringLiteral("--practice")});
        QVERIFY2(credentials.output.contains(QLatin1String("SessionToken")), qPrintable(credentials.errors));
        QCOMPARE(home_.readConfig(true), config_);
    }

    [[nodiscard]] bool pageReady() {
        return waitUntil([] {
            return view() != nullptr && view()->title().contains(QLatin1String("Northwind")) && !view()->page()->isLoading();
        });
    }
    void signInInThePage() {
        view()->page()->runJavaScript(QStringLiteral("document.querySelector('[name=username]').value='lena.fairweather';"
                                                     "document.querySelector('[name=password]').value='practice-lena';"
                                                     "document.querySelector('form').submit()"));
    }
    void rolesCome(const sessions::ProviderId& provider) {
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser.list")) != nullptr; }));
        console_->coordinator().cancel(provider);
        QVERIFY(waitUntil([] { return visible(QStringLiteral("chooser.list")) == nullptr && window() == nullptr; }));
    }

private Q_SLOTS:
    void cleanup() {
        for (const auto& provider : {practiceId, own}) console_->coordinator().cancel(provider);
        QVERIFY(waitUntil([] { return window() == nullptr; }));
    }

    void initTestCase() {
        console_ = std::make_unique<app::Console>(*qApp, true, GW_BINARY_DIR "/bin");
        const Status started = console_->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().chain().c_str());
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));
        const auto ctl = [](QStringList arguments, const QByteArray& input = {}) {
            return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
        };
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")}, responseFrom(*console_->practice(), developer));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        const QString role = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).match(in.output).captured();
        QVERIFY(ctl({QStringLiteral("use"), role, QStringLiteral("--profile=kept")}).exitCode == 0);
        console_->coordinator().cancel(practiceId);
        configure("https://idp.example.test/");
    }

    void aProviderThatCannotBeShown_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("nobody listens") << QStringLiteral("refused")
            << QStringList{QStringLiteral("127\\.0\\.0\\.1 cannot be reached"), QStringLiteral("No password was sent anywhere"), QStringLiteral("VPN")};
        QTest::newRow("TLS error") << QStringLiteral("tls")
            << QStringList{QStringLiteral("certificate of .* is not trusted"), QStringLiteral("was not opened"), QStringLiteral("root certificate")};
        QTest::newRow("it breaks off") << QStringLiteral("lost")
            << QStringList{QStringLiteral("127\\.0\\.0\\.1 cannot be reached"), QStringLiteral("No password was sent anywhere")};
    }

    void aProviderThatCannotBeShown() {
        QFETCH(QString, how);
        QFETCH(QStringList, said);
        std::optional<CertificateAndKey> tls;
        if (how == QLatin1String("tls")) tls = makeCertificate({});
        HttpServer server([](const ServerRequest&) { return ServerReply{{}, true, false}; }, tls);
        configure(server.url("/login"));
        if (how == QLatin1String("refused")) server.close();
        console_->coordinator().signIn(own);
        windowSays(said);
        QVERIFY(visible(QStringLiteral("login.try-again")) != nullptr);
        if (how == QLatin1String("tls")) QVERIFY(server.requests().isEmpty());
        nothingIsLost();
        // The same window goes on once the provider is there: here it leads to the practice provider's page.
        if (how == QLatin1String("lost")) {
            const QByteArray there = QByteArray::fromStdString(console_->practice()->provider().loginUrl);
            server.setHandler([there](const ServerRequest&) { return ServerReply::http(302, "", {"Location: " + there}); });
            click(visible(QStringLiteral("login.try-again")));
            QVERIFY(pageReady());
            signInInThePage();
            rolesCome(own);
        } else {
            console_->coordinator().cancel(own);
        }
        QVERIFY(waitUntil([] { return window() == nullptr; }));
    }

    void aProxyThatDemandsAPassword() {
        int asked = 0, answered = 0;
        HttpServer proxy([&](const ServerRequest& request) {
            ++(request.headers.contains("proxy-authorization") ? answered : asked);
            return ServerReply::http(407, "no", {"Proxy-Authenticate: Basic realm=\"Northwind\""});
        });
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
        const auto direct = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::NoProxy)); });
        configure("https://idp.example.test/login");
        console_->coordinator().signIn(own);
        windowSays({QStringLiteral("proxy .*asks for a name and a password"), QStringLiteral("no provider can be reached")});
        auto* name = qobject_cast<QLineEdit*>(visible(QStringLiteral("login.auth-user")));
        QVERIFY(name != nullptr);
        name->setText(QStringLiteral("lena"));
        qobject_cast<QLineEdit*>(visible(QStringLiteral("login.auth-password")))->setText(QStringLiteral("wrong"));
        click(visible(QStringLiteral("login.auth-submit")));
        windowSays({QStringLiteral("name or the password was not accepted")});
        QVERIFY(asked > 0 && answered > 0);
        // The name is kept, the password is not.
        QCOMPARE(qobject_cast<QLineEdit*>(visible(QStringLiteral("login.auth-user")))->text(), QStringLiteral("lena"));
        QCOMPARE(qobject_cast<QLineEdit*>(visible(QStringLiteral("login.auth-password")))->text(), QString());
        click(visible(QStringLiteral("login.auth-cancel")));
        windowSays({QStringLiteral("proxy asks for a password"), QStringLiteral("system's network settings")});
        QVERIFY(visible(QStringLiteral("login.try-again")) != nullptr);
        nothingIsLost();
        console_->coordinator().cancel(own);
        QVERIFY(waitUntil([] { return window() == nullptr; }));
    }

    void theEngineIsKilledInMidLogin() {
        console_->coordinator().signIn(practiceId);
        QVERIFY(pageReady());
        const auto pid = view()->page()->renderProcessPid();
        QVERIFY(pid > 1);
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGKILL), 0);
        windowSays({QStringLiteral("login page stopped working"), QStringLiteral("Nothing was captured and no session was changed"),
                    QStringLiteral("Load the page again")});
        nothingIsLost();
        click(visible(QStringLiteral("login.try-again")));
        QVERIFY(pageReady());
        signInInThePage();
        rolesCome(practiceId);
        nothingIsLost();
    }

    // The page was there, the person types, and then the network is gone. It comes back.
    void theNetworkGoesInMidLogin() {
        bool gone = false;
        const QByteArray there = QByteArray::fromStdString(console_->practice()->provider().loginUrl);
        HttpServer server([&](const ServerRequest& request) {
            if (gone) return ServerReply{{}, true, false};
            if (request.target == "/next") return ServerReply::http(302, "", {"Location: " + there});
            return ServerReply::http(200, "<title>Northwind of one's own</title><form method=post action=/next><input name=user></form>",
                                     {"Content-Type: text/html"});
        });
        configure(server.url("/login"));
        console_->coordinator().signIn(own);
        QVERIFY(pageReady());
        gone = true;
        view()->page()->runJavaScript(QStringLiteral("document.forms[0].submit()"));
        windowSays({QStringLiteral("127\\.0\\.0\\.1 cannot be reached"), QStringLiteral("did not load")});
        nothingIsLost();
        gone = false;
        const qsizetype before = server.requests().size();
        QSignalSpy loaded(view()->page(), &QWebEnginePage::loadFinished);
        click(visible(QStringLiteral("login.try-again")));
        // From the login page on, as the provider may have forgotten what it began.
        QVERIFY(waitUntil([&] { return server.requests().size() > before && !loaded.isEmpty() && loaded.last().first().toBool(); }));
        QCOMPARE(server.requests().last().target, QByteArray("/login"));
        view()->page()->runJavaScript(QStringLiteral("document.forms[0].submit()"));
        QVERIFY2(waitUntil([&] { return view()->url().port() != server.serverPort() && view()->url().host() == QLatin1String("127.0.0.1"); }),
                 qPrintable(view()->url().toString() + u' ' + view()->title()));
        QVERIFY(pageReady());
        signInInThePage();
        rolesCome(own);
        nothingIsLost();
    }

    void cleanupTestCase() { console_.reset(); }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home& home) { return std::make_unique<SignInWindowTest>(home); });
}

#include "sign_in_window_test.moc"
