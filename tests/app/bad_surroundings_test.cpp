// What can be wrong around the console: the network, the disk, its own configuration, a second start, a computer that
// slept, no keychain. Each is said in words, costs nothing that was there, and does not stop the rest.
#include "models/store/files.h"
#include "tests/app/console_run.h"
#include "tests/app/mounts.h"
#include "tests/support/http_server.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QNetworkProxy>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <csignal>

using namespace gw;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

const std::string developer = "lena.fairweather";

void expectWords(const QString& said, const QStringList& wanted) {
    for (const QString& part : wanted)
        QVERIFY2(said.contains(QRegularExpression(part)), qPrintable(QStringLiteral("`%1` is not in: %2").arg(part, said)));
}

Said ctl(QStringList arguments, const QByteArray& input = {}) {
    return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
}

QString roleIn(const QString& table) {
    return QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).match(table).captured();
}

class BadSurroundingsTest : public QObject {
    Q_OBJECT

public:
    explicit BadSurroundingsTest(const Home& home) : home_(home) {}

private:
    const Home& home_;
    ShiftedClock clock_;
    std::unique_ptr<app::Console> console_;

    void start(bool practice = true) {
        console_.reset();
        console_ = std::make_unique<app::Console>(*qApp, practice, GW_BINARY_DIR "/bin", &clock_);
        const Status started = console_->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().chain().c_str());
        QVERIFY(waitUntil([&] { return console_->window().isVisible() && (!practice || console_->practice() != nullptr); }));
    }

    [[nodiscard]] practice::Practice& practice() { return *console_->practice(); }

    // Signs in and starts the first role under the profile "kept".
    void liveSession() {
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")}, responseFrom(practice(), developer));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        const Said used = ctl({QStringLiteral("use"), roleIn(in.output), QStringLiteral("--profile"), QStringLiteral("kept")});
        QVERIFY2(used.exitCode == 0, qPrintable(used.errors));
    }
    [[nodiscard]] static Said credentials() {
        return run(built("gatewarden-credentials"), {QStringLiteral("--profile=kept"), QStringLiteral("--practice")});
    }
    [[nodiscard]] static bool stillServed() { return credentials().output.contains(QLatin1String("SessionToken")); }

    // A provider of a person's own beside the practice one. Its answers are those of the practice provider.
    [[nodiscard]] static std::string providerToml(const std::string& loginUrl, const std::string& metadataUrl) {
        return "[[provider]]\nid = \"own\"\nname = \"Own\"\nlogin_url = \"" + loginUrl + "\"\nmetadata_url = \"" + metadataUrl +
               "\"\nregions = [\"eu-west-1\"]\n";
    }

    // Fills in the assistant as far as a person would before "Connect".
    void fillAssistant(const char* name) {
        console_->action(QStringLiteral("providers.add"))->trigger();
        QVERIFY(waitUntil([] { return visible(QStringLiteral("assistant.login")) != nullptr; }));
        auto* login = qobject_cast<QLineEdit*>(visible(QStringLiteral("assistant.login")));
        login->setText(QStringLiteral("https://id.northwind.example/realms/staff/protocol/saml/clients/aws"));
        qobject_cast<QLineEdit*>(visible(QStringLiteral("assistant.name")))->setText(QLatin1String(name));
        qobject_cast<QPlainTextEdit*>(visible(QStringLiteral("assistant.metadata")))->setPlainText(QStringLiteral("https://id.northwind.example/metadata"));
    }

private Q_SLOTS:
    void initTestCase() { home_.writeConfig(true, "# kept as it is\n"); }
    void cleanup() {
        console_.reset();
        home_.writeConfig(true, "# kept as it is\n");
    }

    void aProviderThatCannotBeReached_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("nobody listens") << QStringLiteral("refused") << QStringList{QStringLiteral("metadata could not be had"),
                                        QStringLiteral("127\\.0\\.0\\.1 refused the connection"), QStringLiteral("Try again in a minute")};
        QTest::newRow("TLS error") << QStringLiteral("tls") << QStringList{QStringLiteral("metadata could not be had"),
                                   QStringLiteral("connection to 127\\.0\\.0\\.1 is not safe"), QStringLiteral("Nothing was sent"),
                                   QStringLiteral("root certificate must be among the system's")};
        QTest::newRow("the proxy demands a password") << QStringLiteral("proxy") << QStringList{QStringLiteral("metadata could not be had"),
                                                      QStringLiteral("proxy asks for a password"), QStringLiteral("Set the proxy with name and password")};
        QTest::newRow("it breaks off") << QStringLiteral("lost") << QStringList{QStringLiteral("metadata could not be had"),
                                       QStringLiteral("connection to 127\\.0\\.0\\.1 broke off"), QStringLiteral("Try again")};
        QTest::newRow("it is a login page") << QStringLiteral("html") << QStringList{QStringLiteral("metadata cannot be used"),
                                            QStringLiteral("not XML|not SAML metadata"), QStringLiteral("Open the address in a browser|federation metadata")};
    }

    void aProviderThatCannotBeReached() {
        QFETCH(QString, how);
        QFETCH(QStringList, said);
        std::optional<CertificateAndKey> tls;
        if (how == QLatin1String("tls")) tls = makeCertificate({});
        HttpServer server(
            [&](const ServerRequest& request) {
                if (request.method == "CONNECT")
                    return ServerReply::http(407, "no", {"Proxy-Authenticate: Basic realm=\"Northwind\""});
                if (how == QLatin1String("lost")) return ServerReply{"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<md", true, false};
                return ServerReply::http(200, "<html><body>Please sign in", {"Content-Type: text/html"});
            },
            tls);
        std::string metadata = server.url("/metadata");
        if (how == QLatin1String("refused")) server.close();
        const auto direct = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::NoProxy)); });
        if (how == QLatin1String("proxy")) {
            QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), server.serverPort()));
            metadata = "https://idp.example.test/metadata";
        }
        const std::string config = providerToml("https://idp.example.test/login", metadata);
        home_.writeConfig(true, config);
        start();
        liveSession();

        const Said refused = ctl({QStringLiteral("login"), QStringLiteral("own"), QStringLiteral("--paste")}, responseFrom(practice(), developer));
        QCOMPARE(refused.exitCode, 1);
        expectWords(refused.errors, {said.first()});
        QVERIFY(waitUntil([&] { return words(visible(QStringLiteral("sessions.failure"))).contains(QRegularExpression(said.last())); }));
        expectWords(words(visible(QStringLiteral("sessions.failure"))), said);
        QVERIFY(visible(QStringLiteral("sessions.failure.again")) != nullptr);
        QVERIFY(stillServed());
        QCOMPARE(home_.readConfig(true), config);
        // The other provider works as before.
        QCOMPARE(ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")}, responseFrom(practice(), developer)).exitCode, 0);
    }

    void awsBehindAProxyThatDemandsAPassword() {
        HttpServer proxy([](const ServerRequest&) { return ServerReply::http(407, "no", {"Proxy-Authenticate: Basic realm=\"Northwind\""}); });
        const auto direct = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::NoProxy)); });
        start();
        liveSession();
        // The same answers at a provider whose roles are of the real AWS.
        home_.writeConfig(true, providerToml(practice().provider().loginUrl, practice().provider().metadataUrl));
        QVERIFY(waitUntil([] { return visible(QStringLiteral("sessions.provider.own.go")) != nullptr; }));
        console_->coordinator().cancel(sessions::ProviderId("practice"));
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("own"), QStringLiteral("--paste")}, responseFrom(practice(), developer));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
        const Said said = ctl({QStringLiteral("use"), roleIn(in.output), QStringLiteral("--profile"), QStringLiteral("other")});
        QCOMPARE(said.exitCode, 1);
        expectWords(said.errors, {QStringLiteral("AWS could not be reached"), QStringLiteral("proxy")});
        QVERIFY(!proxy.requests().isEmpty());
        QCOMPARE(proxy.requests().front().target, QByteArray("sts.eu-west-1.amazonaws.com:443"));
        QVERIFY(!proxy.requests().front().headers.contains("proxy-authorization"));
        QVERIFY(stillServed());
    }

    void aFolderThatCannotBeWritten_data() {
        QTest::addColumn<bool>("full");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("read-only home") << false << QStringList{QStringLiteral("configuration could not be written"), QStringLiteral("read-only"),
                                                                QStringLiteral("config.toml"), QStringLiteral("old one is still there")};
        QTest::newRow("full disk") << true << QStringList{QStringLiteral("configuration could not be written"), QStringLiteral("disk is full"),
                                                          QStringLiteral("config.toml"), QStringLiteral("old one is still there")};
    }

    void aFolderThatCannotBeWritten() {
        QFETCH(bool, full);
        QFETCH(QStringList, said);
        if (!canMount()) QSKIP("SKIPPED: this user may not mount, not even in a namespace of its own");
        start();
        liveSession();
        console_.reset();

        Mount config(home_.config(true).parent_path()), data(home_.path("data") / "gatewarden-practice");
        const std::string before = "# a long file\n" + std::string(9000, '#') + "\n";
        home_.writeConfig(true, before);
        start();
        liveSession();
        for (Mount* mount : {&config, &data}) full ? mount->fill() : mount->setReadOnly(true);

        // What a person typed stays until it could be saved.
        fillAssistant("Northwind staff");
        click(visible(QStringLiteral("assistant.save")));
        expectWords(words(visible(QStringLiteral("assistant"))), said);
        QCOMPARE(home_.readConfig(true), before);
        QCOMPARE(qobject_cast<QLineEdit*>(visible(QStringLiteral("assistant.name")))->text(), QStringLiteral("Northwind staff"));
        QVERIFY(stillServed());

        // A sign-in works, and what it cannot remember is said.
        liveSession();
        QVERIFY(waitUntil([] { return visible(QStringLiteral("toast.memory.not-kept")) != nullptr; }));
        expectWords(words(visible(QStringLiteral("toast.memory.not-kept"))),
                    {QStringLiteral("not kept"), full ? QStringLiteral("disk is full") : QStringLiteral("read-only")});

        for (Mount* mount : {&config, &data}) full ? mount->empty() : mount->setReadOnly(false);
        click(visible(QStringLiteral("assistant.save")));
        QVERIFY(waitUntil([] { return visible(QStringLiteral("assistant")) == nullptr; }));
        const std::string after = home_.readConfig(true);
        QVERIFY2(after.starts_with(before) && after.find("northwind-staff") != std::string::npos, after.c_str() + std::min(after.size(), before.size()));
        QVERIFY(stillServed());
        console_.reset();
    }

    // The program starts in a home where nothing can be written at all, and a person can still practise and use a role.
    void aHomeThatIsReadOnlyFromTheStart() {
        if (!canMount()) QSKIP("SKIPPED: this user may not mount, not even in a namespace of its own");
        std::vector<std::unique_ptr<Mount>> mounts;
        for (const char* const name : {"config", "data", "cache", "state"}) mounts.push_back(std::make_unique<Mount>(home_.path(name)));
        for (const auto& mount : mounts) mount->setReadOnly(true);
        start();
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));
        liveSession();
        QVERIFY(stillServed());
        console_.reset();
    }

    void aMistakeInTheConfiguration() {
        const std::string wrong = "# mine\n[[provider]]\nid = \"own\"\nname = \"Own\nlogin_url = 3\n";
        home_.writeConfig(true, wrong);
        start();
        expectWords(words(visible(QStringLiteral("banner"))), {QStringLiteral("mistake in line 4, column \\d+"), QStringLiteral("config.toml")});
        liveSession();
        // Nothing may be written over what a person is about to correct.
        fillAssistant("Northwind staff");
        click(visible(QStringLiteral("assistant.save")));
        expectWords(words(visible(QStringLiteral("assistant"))), {QStringLiteral("line 4")});
        QCOMPARE(home_.readConfig(true), wrong);
        click(visible(QStringLiteral("assistant.cancel")));

        // It is read again as it is saved; the banner also has a button for that.
        QVERIFY(visible(QStringLiteral("banner.link")) != nullptr);
        home_.writeConfig(true, providerToml("https://idp.example.test/login", "https://idp.example.test/metadata"));
        QVERIFY(waitUntil([] { return visible(QStringLiteral("sessions.provider.own.go")) != nullptr; }));
        QVERIFY(!words(visible(QStringLiteral("banner"))).contains(QLatin1String("mistake")));
        QVERIFY(stillServed());
    }

    void aSecondStartBringsTheFirstForward() {
        start();
        liveSession();
        console_->window().hide();
        const Said second = run(built("gatewarden"), {QStringLiteral("--practice")});
        QVERIFY2(second.exitCode == 0, qPrintable(second.errors));
        QCOMPARE(second.output + second.errors, QString());
        QVERIFY(console_->window().isVisible());
        QVERIFY(stillServed());
    }

    void twoStartsInTheSameMoment() {
        console_.reset();
        QProcess first, second;
        for (QProcess* process : {&first, &second}) process->start(built("gatewarden"), {QStringLiteral("--practice")});
        QVERIFY(waitUntil([&] { return first.state() == QProcess::NotRunning || second.state() == QProcess::NotRunning; }, 30'000));
        QProcess& ended = first.state() == QProcess::NotRunning ? first : second;
        QProcess& runs = &ended == &first ? second : first;
        QVERIFY2(ended.exitStatus() == QProcess::NormalExit && ended.exitCode() == 0, ended.readAllStandardError().constData());
        QCOMPARE(runs.state(), QProcess::Running);
        QVERIFY(ctl({QStringLiteral("sessions")}).exitCode == 0);
        runs.terminate();
        QVERIFY(waitUntil([&] { return runs.state() == QProcess::NotRunning; }, 30'000));
        QCOMPARE(runs.exitCode(), 0);
    }

    void theComputerSlept() {
        start();
        liveSession();
        const std::string id = console_->book().sessions().front().id.value();
        const QString card = QStringLiteral("sessions.card.") + QString::fromStdString(id);
        QVERIFY(waitUntil([&] { return visible(card) != nullptr; }));

        // Longer than the assertion, shorter than the session: no timer ran meanwhile, and none may be believed.
        clock_.sleep(20min);
        QVERIFY(stillServed());
        const Said late = ctl({QStringLiteral("use"), roleIn(ctl({QStringLiteral("roles")}).output), QStringLiteral("--profile=late")});
        QCOMPARE(late.exitCode, 1);
        expectWords(late.errors, {QStringLiteral("[Ss]ign in")});
        QVERIFY(waitUntil([&] { return words(visible(card)).contains(QRegularExpression(QStringLiteral("\\b3\\d:|\\b4\\d:|[34]\\d min"))); }));

        // Longer than the session: no tool gets it from the first moment on, and the window says so within a second.
        clock_.sleep(12h);
        const Said over = credentials();
        QCOMPARE(over.exitCode, 1);
        QCOMPARE(over.output, QString());
        expectWords(over.errors, {QStringLiteral("session has expired"), QStringLiteral("start the role again")});
        QVERIFY(waitUntil([&] { return visible(card) == nullptr; }, 3'000));
        liveSession();
        QVERIFY(stillServed());
    }

    void withoutAKeychainItSaysSo() {
        start(false);
        QVERIFY(waitUntil([] { return words(visible(QStringLiteral("banner"))).contains(QLatin1String("gone when Gatewarden quits")); }));
        QVERIFY(waitUntil([] { return words(visible(QStringLiteral("status.secrets"))).contains(QLatin1String("in memory only")); }));
        const Said said = run(built("gatewardenctl"), {QStringLiteral("sessions"), QStringLiteral("--format=json")});
        QVERIFY2(said.exitCode == 0, qPrintable(said.errors));
        expectWords(said.output, {QStringLiteral("\"outlives_process\":false")});
        click(visible(QStringLiteral("banner.link")));
        QVERIFY(waitUntil([] { return visible(QStringLiteral("banner")) == nullptr; }));
    }
};

} // namespace

int main(int argc, char** argv) {
    inOwnMountNamespace(argv);
    return runConsoleTest(argc, argv, [](const Home& home) { return std::make_unique<BadSurroundingsTest>(home); });
}

#include "bad_surroundings_test.moc"
