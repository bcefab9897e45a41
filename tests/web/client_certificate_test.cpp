// A provider that lets in only who shows a certificate, with the real engine: the server's own certificate is trusted by
// an authority in the engine's database, so that nothing but the choice stands between.
#include "tests/support/http_certificates.h"
#include "tests/support/login_run.h"

#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineClientCertificateStore>
#include <QWebEngineProfile>

using namespace gw;
using namespace gw::test;

namespace {

bool run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

class ClientCertificateTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir home_;
    CertificateAndKey authority_ = makeCertificate({"Test authority", {}, true});
    ui::EmbeddedLoginPlugin plugin_;
    std::unique_ptr<WebServer> provider_;

    [[nodiscard]] static QSslKey keyOf(const CertificateAndKey& pair) { return QSslKey(pair.keyPem, QSsl::Ec); }

    void giveCertificates(LoginRun& run) {
        for (const char* name : {"Ines Varga", "Jonas Lindqvist"}) {
            const CertificateAndKey pair = makeCertificate({name, {}}, &authority_);
            run.page()->profile()->clientCertificateStore()->add(QSslCertificate(pair.certificatePem), keyOf(pair));
        }
    }
    [[nodiscard]] static QString titleOf(LoginRun& run) { return run.page() == nullptr ? QString() : run.page()->title(); }

    // At a page without TLS first, since the certificates belong to a profile that is there by then.
    void openProvider(LoginRun& run, WebServer& start) {
        run.start();
        QVERIFY(waitUntil([&] { return titleOf(run) == QLatin1String("start"); }));
        giveCertificates(run);
        start.on("/go",
                 [this](const WebRequest&) { return redirect(302, provider_->url(QStringLiteral("/login")).toEncoded()); });
        run.script(QStringLiteral("location.href='/go'"));
        QVERIFY(waitUntil([&] { return run.shown() == QLatin1String("certificate"); }));
    }

private Q_SLOTS:
    void initTestCase() {
        // Where the engine looks for authorities on Linux.
        qputenv("HOME", home_.path().toLocal8Bit());
        const QString database = home_.filePath(QStringLiteral(".pki/nssdb"));
        QVERIFY(QDir().mkpath(database));
        QFile file(home_.filePath(QStringLiteral("authority.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(authority_.certificatePem) > 0);
        file.close();
        const QString store = QStringLiteral("sql:") + database;
        QVERIFY(run(QStringLiteral("certutil"),
                    {QStringLiteral("-N"), QStringLiteral("-d"), store, QStringLiteral("--empty-password")}));
        QVERIFY(run(QStringLiteral("certutil"),
                    {QStringLiteral("-A"), QStringLiteral("-d"), store, QStringLiteral("-t"), QStringLiteral("C,,"),
                     QStringLiteral("-n"), QStringLiteral("test"), QStringLiteral("-i"), file.fileName()}));
    }

    void init() {
        const CertificateAndKey server = makeCertificate({}, &authority_);
        auto tls = QSslConfiguration::defaultConfiguration();
        tls.setPrivateKey(keyOf(server));
        tls.setLocalCertificate(QSslCertificate(server.certificatePem));
        tls.setCaCertificates({QSslCertificate(authority_.certificatePem)});
        tls.setPeerVerifyMode(QSslSocket::QueryPeer);
        provider_ = std::make_unique<WebServer>(tls);
        provider_->on("/login", [](const WebRequest& request) {
            return page("<title>" + (request.person.isEmpty() ? QByteArray("nobody") : request.person.toUtf8()) + "</title>");
        });
    }

    void theChosenOneIsShown() {
        WebServer start;
        start.on("/login", "<title>start</title>");
        LoginRun run(plugin_, loginRequest(start.url(QStringLiteral("/login"))));
        openProvider(run, start);
        auto* list = run.part<QListWidget>("login.certificates");
        QVERIFY(list != nullptr);
        QCOMPARE(list->count(), 2);
        // Nothing was asked of the provider meanwhile.
        QCOMPARE(provider_->countOf("/login"), 0);
        const auto found = list->findItems(QStringLiteral("Jonas Lindqvist"), Qt::MatchStartsWith);
        QCOMPARE(found.size(), 1);
        QVERIFY(found.front()->text().contains(QStringLiteral("issued by Test authority")));
        list->setCurrentItem(found.front());
        run.part("login.certificate-use")->click();
        QVERIFY(waitUntil([&] { return titleOf(run) == QLatin1String("Jonas Lindqvist"); }));
        QVERIFY(run.errors.empty());
    }

    void withoutOneTheProviderDecides() {
        WebServer start;
        start.on("/login", "<title>start</title>");
        LoginRun run(plugin_, loginRequest(start.url(QStringLiteral("/login"))));
        openProvider(run, start);
        run.part("login.certificate-none")->click();
        QVERIFY(waitUntil([&] { return titleOf(run) == QLatin1String("nobody"); }));
        QVERIFY(run.errors.empty());
    }
};

} // namespace

GW_WEB_TEST_MAIN(ClientCertificateTest)
#include "client_certificate_test.moc"
