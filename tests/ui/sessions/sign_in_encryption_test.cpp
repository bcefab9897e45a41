#include "tests/support/saml_encryption.h"
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "models/store/files.h"

using namespace gw;
using test::Screens;

namespace {

const sessions::ProviderId northwind("northwind");

} // namespace

// Encrypted answers: the key that opens them, what is not opened, and keys that others can read.
class SignInEncryptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void encryptedAnswersAreOpenedByTheConfiguredKey_data() {
        QTest::addColumn<bool>("key");
        QTest::addColumn<bool>("old");
        QTest::addColumn<bool>("optIn");
        QTest::addColumn<QString>("words");
        QTest::newRow("no key") << false << false << false << QStringLiteral("is encrypted");
        QTest::newRow("key") << true << false << false << QString();
        QTest::newRow("AES-CBC") << true << true << false << QStringLiteral("encrypted in a way that is not accepted");
        QTest::newRow("AES-CBC, opted in") << true << true << true << QString();
    }
    void encryptedAnswersAreOpenedByTheConfiguredKey() {
        QFETCH(bool, key);
        QFETCH(bool, old);
        QFETCH(bool, optIn);
        QFETCH(QString, words);
        Screens screens;
        sessions::Provider provider = Screens::provider();
        provider.legacyEncryption = optIn;
        if (key) {
            const auto file = std::filesystem::path(screens.folder.path().toStdString()) / "decrypt.pem";
            QVERIFY(store::writeFileAtomically(file, test::recipientKey().privateKeyPem.reveal()).has_value());
            provider.decryptionKeyFiles = {file.string()};
        }
        QVERIFY(screens.providers.save(provider).has_value());
        screens.builder->sign = test::Sign::Assertion;
        test::EncryptionShape shape;
        if (old) shape.data = saml::algorithm::aes256Cbc;
        const std::string xml = test::withEncryptedAssertion(screens.builder->xml(), shape);
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(test::capture(xml, screens.clock.now())));
        if (words.isEmpty()) {
            QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
            QVERIFY(screens.coordinator->attempt(northwind)->signIn()->assertion());
            return;
        }
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QTRY_VERIFY2(screens.shownErrors().contains(words), qPrintable(screens.shownErrors()));
    }

    void aKeyThatOthersCanReadIsNotUsed_data() {
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<bool>("another");
        QTest::newRow("not needed") << false << false;
        QTest::newRow("needed") << true << false;
        QTest::newRow("another opens it") << true << true;
    }
    void aKeyThatOthersCanReadIsNotUsed() {
        QFETCH(bool, encrypted);
        QFETCH(bool, another);
        Screens screens;
        sessions::Provider provider = Screens::provider();
        const auto write = [&](const QString& name) {
            const QString file = screens.folder.filePath(name);
            provider.decryptionKeyFiles.push_back(file.toStdString());
            return store::writeFileAtomically(file.toStdString(), test::recipientKey().privateKeyPem.reveal()).has_value() ? file : QString();
        };
        const QString open = write(QStringLiteral("open.pem"));
        QVERIFY(QFile::setPermissions(open, QFile::ReadOwner | QFile::ReadGroup));
        if (another) QVERIFY(!write(QStringLiteral("private.pem")).isEmpty());
        QVERIFY(screens.providers.save(provider).has_value());
        screens.builder->sign = test::Sign::Assertion;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        // On the card, whatever the answer will be.
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.provider.northwind.key")));
        const QString said = screens.part<QWidget>(QStringLiteral("sessions.provider.northwind.key"))->toolTip();
        QVERIFY2(said.contains(open) && said.contains(QStringLiteral("chmod 600")), qPrintable(said));

        const std::string xml = encrypted ? test::withEncryptedAssertion(screens.builder->xml()) : screens.builder->xml();
        Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(test::capture(xml, screens.clock.now())));
        if (!encrypted || another) {
            QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
            QVERIFY(screens.coordinator->attempt(northwind)->signIn()->assertion());
            return;
        }
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QVERIFY(screens.coordinator->failed()->error()->code().is(sessions::TrustError::NeededDecryptionKey));
        QTRY_VERIFY2(screens.shownErrors().contains(QStringLiteral("chmod 600")), qPrintable(screens.shownErrors()));
        QVERIFY2(screens.shownErrors().contains(open), qPrintable(screens.shownErrors()));
    }
};

GW_UI_TEST_MAIN(SignInEncryptionTest)
#include "sign_in_encryption_test.moc"
