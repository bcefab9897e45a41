// Whom to believe: metadata from a file, from a real HTTP server, from the last good copy, and certificates besides.
#include "models/cloud/qt_http_client.h"
#include "models/sessions/providers/trust_source.h"
#include "saml/dsig/certificate.h"
#include "saml/dsig/signer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/http_certificates.h"
#include "tests/support/http_server.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace gw;
using namespace gw::sessions;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

QByteArray metadata(const CertificateAndKey& key, const QByteArray& attributes = {}, const QByteArray& entityId = "https://idp.example/") {
    QByteArray body = key.certificatePem;
    body.replace("-----BEGIN CERTIFICATE-----", "").replace("-----END CERTIFICATE-----", "");
    return "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"" + entityId + "\" " + attributes +
           "><IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\">"
           "<KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>" + body +
           "</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService "
           "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example/sso\"/></IDPSSODescriptor></EntityDescriptor>";
}

std::string fingerprint(const CertificateAndKey& key) {
    return saml::Certificate::fromPem(key.certificatePem.toStdString())->at(0).fingerprint();
}

} // namespace

class TrustSourceTest : public QObject {
    Q_OBJECT

    const CertificateAndKey first_ = makeCertificate({.commonName = "first"});
    const CertificateAndKey second_ = makeCertificate({.commonName = "second"});
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<HttpServer> server_;
    ServerReply reply_;
    FakeClock clock_;
    std::unique_ptr<cloud::QtHttpClient> http_;
    std::unique_ptr<TrustSource> source_;

    Provider provider() const {
        Provider result;
        result.id = ProviderId("p");
        result.loginUrl = "https://idp.example/launch";
        result.metadataUrl = server_->url("/metadata");
        return result;
    }
    Result<Trust> load(const Provider& from) {
        auto future = source_->load(from);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000)) qFatal("the trust never came");
        return future.takeResult();
    }
    static std::vector<std::string> keysOf(const Trust& trust) {
        std::vector<std::string> keys;
        for (const saml::Certificate& key : trust.provider.signingKeys) keys.push_back(key.fingerprint());
        return keys;
    }
    [[nodiscard]] QString cacheFolder() const { return folder_->filePath(QStringLiteral("cache")); }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        clock_.set(SystemClock().now());
        reply_ = ServerReply::http(200, metadata(first_), {"ETag: \"v1\"", "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT"});
        server_ = std::make_unique<HttpServer>([this](const ServerRequest&) { return reply_; });
        http_ = std::make_unique<cloud::QtHttpClient>();
        source_ = std::make_unique<TrustSource>(*http_, clock_, cacheFolder().toStdString());
    }

    void readsAUrlOnceADay() {
        const auto trust = load(provider());
        QVERIFY2(trust, trust ? "" : trust.error().chain().c_str());
        QCOMPARE(trust->provider.entityId, std::string("https://idp.example/"));
        QCOMPARE(keysOf(*trust), std::vector{fingerprint(first_)});
        QCOMPARE(trust->singleSignOn.size(), std::size_t{1});
        QCOMPARE(trust->metadataFrom, std::optional(clock_.now()));
        QVERIFY(!trust->refreshProblem);

        const UtcTime readAt = UtcTime::fromUnixSeconds(clock_.now().unixSeconds());
        clock_.advance(23h);
        const auto again = load(provider());
        QVERIFY(again);
        QCOMPARE(server_->requests().size(), 1);
        QCOMPARE(again->metadataFrom, std::optional(readAt));
        QCOMPARE(keysOf(*again), keysOf(*trust));

        clock_.advance(2h);
        reply_ = ServerReply::http(200, metadata(second_));
        const auto renewed = load(provider());
        QVERIFY(renewed);
        QCOMPARE(server_->requests().size(), 2);
        QCOMPARE(server_->requests()[1].headers.value("if-none-match"), QByteArray("\"v1\""));
        QCOMPARE(server_->requests()[1].headers.value("if-modified-since"), QByteArray("Mon, 23 Nov 2026 08:00:00 GMT"));
        QCOMPARE(keysOf(*renewed), std::vector{fingerprint(second_)});
    }

    void notModifiedIsAsGoodAsNew() {
        QVERIFY(load(provider()));
        clock_.advance(25h);
        reply_ = ServerReply::http(304, "");
        const auto trust = load(provider());
        QVERIFY(trust);
        QVERIFY(!trust->refreshProblem);
        QCOMPARE(trust->metadataFrom, std::optional(clock_.now()));
        clock_.advance(23h);
        QVERIFY(load(provider()));
        QCOMPARE(server_->requests().size(), 2);
        clock_.advance(2h);
        QVERIFY(load(provider()));
        QCOMPARE(server_->requests()[2].headers.value("if-none-match"), QByteArray("\"v1\""));
    }

    void theLastGoodCopyHelpsOut_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("problem");
        QTest::newRow("server error") << ServerReply::http(503, "").bytes << "trust.metadata_not_readable";
        QTest::newRow("redirect") << ServerReply::http(302, "").bytes << "trust.metadata_not_readable";
        QTest::newRow("gone") << QByteArray() << "trust.metadata_not_readable";
        QTest::newRow("login page") << ServerReply::http(200, "<html><body>Sign in</body></html>").bytes << "trust.metadata_not_usable";
        QTest::newRow("not XML") << ServerReply::http(200, "hello").bytes << "trust.metadata_not_usable";
        QTest::newRow("no key") << ServerReply::http(200, "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>").bytes << "trust.metadata_not_usable";
        QTest::newRow("expired") << ServerReply::http(200, metadata(second_, "validUntil=\"2020-01-01T00:00:00Z\"")).bytes << "trust.metadata_not_usable";
    }
    void theLastGoodCopyHelpsOut() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, problem);
        QVERIFY(load(provider()));
        clock_.advance(48h);
        reply_ = ServerReply{answer, true, false};
        const auto trust = load(provider());
        QVERIFY2(trust, trust ? "" : trust.error().chain().c_str());
        QCOMPARE(keysOf(*trust), std::vector{fingerprint(first_)});
        QVERIFY(trust->refreshProblem.has_value());
        QCOMPARE(QString::fromStdString(trust->refreshProblem->code().id()), problem);
        QCOMPARE(trust->refreshProblem->fact("url"), server_->url("/metadata"));

        // The bad answer did not take the good copy's place, and is asked for again.
        reply_ = ServerReply::http(200, metadata(second_));
        QCOMPARE(keysOf(*load(provider())), std::vector{fingerprint(second_)});
    }

    void withoutACopyItFails_data() { theLastGoodCopyHelpsOut_data(); }
    void withoutACopyItFails() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, problem);
        reply_ = ServerReply{answer, true, false};
        const auto trust = load(provider());
        QVERIFY(!trust);
        QCOMPARE(QString::fromStdString(trust.error().code().id()), problem);
        QVERIFY(QDir(cacheFolder()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void aCopyPastItsOwnLimitIsNotUsed() {
        const auto until = QByteArray::fromStdString((clock_.now() + 30h).toRfc3339());
        reply_ = ServerReply::http(200, metadata(first_, "validUntil=\"" + until + "\""));
        const auto fresh = load(provider());
        QVERIFY(fresh);
        QVERIFY(fresh->validUntil.has_value());
        reply_ = ServerReply::http(503, "");
        clock_.advance(29h);
        QVERIFY(load(provider()));
        clock_.advance(2h);
        const auto late = load(provider());
        QVERIFY(!late && late.error().code().is(TrustError::MetadataNotReadable));
    }

    void aCopyFromTheFutureIsReadAnew() {
        clock_.advance(240h);
        QVERIFY(load(provider()));
        clock_.advance(-240h);
        QVERIFY(load(provider()));
        QCOMPARE(server_->requests().size(), 2);
    }

    void damagedCopiesAreIgnored_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no head") << QByteArray("<xml/>");
        QTest::newRow("other JSON") << QByteArray("[1]\n<xml/>");
        QTest::newRow("half") << QByteArray("{\"url\":\"");
    }
    void damagedCopiesAreIgnored() {
        QFETCH(QByteArray, content);
        QVERIFY(load(provider()));
        const QStringList files = QDir(cacheFolder()).entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QFile file(cacheFolder() + QLatin1Char('/') + files[0]);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
        file.close();
        const auto trust = load(provider());
        QVERIFY(trust && !trust->refreshProblem);
        QCOMPARE(server_->requests().size(), 2);
    }

    void aFolderThatCannotBeWrittenIsOnlyMentioned() {
        QFile(cacheFolder()).open(QIODevice::WriteOnly);
        const auto trust = load(provider());
        QVERIFY(trust);
        QVERIFY(trust->refreshProblem && trust->refreshProblem->code().is(TrustError::NotKept));
        QCOMPARE(keysOf(*trust), std::vector{fingerprint(first_)});
    }

    void readsAFile() {
        Provider from = provider();
        from.metadataUrl.clear();
        from.metadataFile = folder_->filePath(QStringLiteral("metadata.xml")).toStdString();
        const auto absent = load(from);
        QVERIFY(!absent && absent.error().code().is(TrustError::MetadataNotReadable));
        QCOMPARE(absent.error().fact("path"), from.metadataFile);
        QFile file(QString::fromStdString(from.metadataFile));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(metadata(second_));
        file.close();
        const auto trust = load(from);
        QVERIFY(trust);
        QCOMPARE(keysOf(*trust), std::vector{fingerprint(second_)});
        QCOMPARE(server_->requests().size(), 0);
    }

    void certificatesCountBesidesMetadataAndAlone() {
        Provider from = provider();
        from.certificatesPem = {second_.certificatePem.toStdString(), first_.certificatePem.toStdString()};
        const auto both = load(from);
        QVERIFY(both);
        QCOMPARE(keysOf(*both), (std::vector{fingerprint(first_), fingerprint(second_)}));

        from.metadataUrl.clear();
        from.entityId = "urn:expected";
        const auto alone = load(from);
        QVERIFY(alone);
        QCOMPARE(keysOf(*alone), (std::vector{fingerprint(second_), fingerprint(first_)}));
        QCOMPARE(alone->provider.entityId, std::string("urn:expected"));
        QVERIFY(!alone->metadataFrom);

        from.certificatesPem = {"nonsense"};
        const auto broken = load(from);
        QVERIFY(!broken && broken.error().code().is(TrustError::BadCertificate));
        from.certificatesPem.clear();
        const auto nothing = load(from);
        QVERIFY(!nothing && nothing.error().code().is(TrustError::NothingToTrust));
    }

    void decryptionKeysComeFromTheirFiles() {
        const QString path = folder_->filePath(QStringLiteral("decrypt.pem"));
        const auto write = [&](const QByteArray& content, QFile::Permissions mode) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
            file.close();
            QVERIFY(file.setPermissions(mode));
        };
        const auto mine = QFile::ReadOwner | QFile::WriteOwner;
        reply_ = ServerReply::http(200, metadata(first_));
        Provider from = provider();
        from.legacyEncryption = true;
        from.decryptionKeyFiles = {path.toStdString()};
        // The provider can be trusted all the same.
        const auto cause = [&] {
            const auto trust = load(from);
            if (!trust || trust->provider.signingKeys.empty() || trust->keyProblems.size() != 1) return std::string();
            const Error& problem = trust->keyProblems.front();
            if (!problem.code().is(TrustError::BadDecryptionKey) || problem.fact("path") != path.toStdString()) return std::string("another");
            return trust->decryptionKeys.empty() ? problem.cause()->code().id() : std::string("a key");
        };
        QCOMPARE(cause(), std::string("file.not_found"));
        write(second_.keyPem, mine | QFile::ReadOther);
        QCOMPARE(cause(), std::string("file.not_private"));
        write(first_.certificatePem, mine);
        QCOMPARE(cause(), std::string("decryption_key.not_pem"));
        const auto made = saml::SigningKey::generateRsa(2048, "decrypt", clock_.now(), 10);
        QVERIFY(made.has_value());
        write(QByteArray::fromStdString(std::string(made->privateKeyPem.reveal())), mine);
        const auto trust = load(from);
        QVERIFY2(trust.has_value(), trust ? "" : trust.error().chain().c_str());
        QCOMPARE(trust->decryptionKeys.size(), std::size_t{1});
        QVERIFY(trust->keyProblems.empty() && trust->provider.legacyEncryption);
        // One that is not there does not keep the next one away.
        from.decryptionKeyFiles = {path.toStdString() + ".gone", path.toStdString()};
        const auto mixed = load(from);
        QVERIFY(mixed && mixed->decryptionKeys.size() == 1 && mixed->keyProblems.size() == 1);
        QCOMPARE(mixed->keyProblems.front().fact("path"), path.toStdString() + ".gone");
        from.decryptionKeyFiles.clear();
        from.legacyEncryption = false;
        const auto without = load(from);
        QVERIFY(without && without->decryptionKeys.empty() && !without->provider.legacyEncryption);
    }

    void rejectionsForWantOfAKeyNameTheKeys() {
        using saml::VerifyError;
        const auto gone = [](const std::string& path) { return readDecryptionKey(path).error(); };
        const std::vector<Error> problems{gone("/nowhere/a.pem"), gone("/nowhere/b.pem")};
        for (const auto code : {VerifyError::EncryptedAssertion, VerifyError::DecryptionFailed}) {
            const Error named = withKeyProblems(Error(code), problems);
            QVERIFY(named.code().is(TrustError::NeededDecryptionKey));
            QCOMPARE(named.fact("path"), std::string("/nowhere/a.pem, /nowhere/b.pem"));
            QCOMPARE(named.cause()->code().id(), std::string("file.not_found"));
            QVERIFY(withKeyProblems(Error(code), {}).code().is(code));
        }
        QVERIFY(withKeyProblems(Error(VerifyError::NotSigned), problems).code().is(VerifyError::NotSigned));
    }

    void theConfiguredEntityMustBeThere() {
        Provider from = provider();
        from.entityId = "https://another.example/";
        const auto trust = load(from);
        QVERIFY(!trust && trust.error().code().is(TrustError::MetadataNotUsable));
        QVERIFY(trust.error().cause() && trust.error().cause()->code().is(saml::MetadataError::NoIdentityProvider));
    }

    void goingAwayInTheMiddle() {
        reply_ = ServerReply::silence();
        auto future = source_->load(provider());
        QTRY_COMPARE(server_->requests().size(), 1);
        source_.reset();
        http_.reset();
        QTRY_VERIFY(future.isFinished());
    }
};

QTEST_GUILESS_MAIN(TrustSourceTest)
#include "trust_source_test.moc"
