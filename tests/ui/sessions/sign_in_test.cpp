#include "tests/support/saml_encryption.h"
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "models/store/files.h"
#include "saml/inspect/inspect_input.h"
#include "ui/sessions/paste_page.h"
#include "ui/sessions/sign_in_error.h"
#include "ui/widgets/widgets.h"

#include <QClipboard>
#include <QPlainTextEdit>
#include <QRegularExpression>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;
using Way = ui::SignInCoordinator::Way;

namespace {

const sessions::ProviderId northwind("northwind");

QString shownErrors(Screens& screens) {
    QStringList words;
    auto* failure = screens.part<QWidget>(QStringLiteral("sessions.failure"));
    if (!failure) return {};
    for (const auto* label : failure->findChildren<QLabel*>()) words << label->text();
    return words.join(u'\n');
}

const std::string loginPage = Screens::provider().loginUrl;
const std::string service = "https://idp.example/sso";

// The provider takes requests on AWS's behalf.
void askEachTime(Screens& screens) {
    const auto file = std::filesystem::path(screens.folder.path().toStdString()) / "metadata.xml";
    if (!store::writeFileAtomically(file, test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}, service)))
        qFatal("the metadata could not be written");
    sessions::Provider provider = Screens::provider();
    provider.certificatesPem.clear();
    provider.metadataFile = file.string();
    provider.requestsSignIn = true;
    if (!screens.providers.save(provider)) qFatal("the provider could not be saved");
}

// The ID of the AuthnRequest in an address, as the provider reads it; empty where there is none.
std::string requestIn(const std::string& address) {
    const auto messages = inspect::findMessages(address);
    if (!messages || messages->front().kind != inspect::MessageKind::AuthnRequest) return {};
    static const QRegularExpression id(QStringLiteral(" ID=\"([^\"]+)\""));
    return id.match(QString::fromStdString(std::string(messages->front().xml.reveal()))).captured(1).toStdString();
}

void answer(Screens& screens, const std::optional<std::string>& request) {
    screens.builder->inResponseTo = screens.builder->confirmationInResponseTo = request;
}

} // namespace

class SignInTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void windowStepsAreTold() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QVERIFY(screens.login.current);
        QCOMPARE(screens.login.current->started, 1);
        QVERIFY(!screens.login.current->request().offscreen);
        QVERIFY(screens.login.current->request().profileFolder.isEmpty());
        screens.capture();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        // Whoever sees "verified" can read by whom.
        auto* verified = screens.part<ui::Text>(QStringLiteral("chooser.verified"));
        QVERIFY(verified);
        QCOMPARE(verified->text(), QStringLiteral("Signature verified by both"));
        for (const char* word : {"xmlsec1", "OpenSSL", "RSA-SHA256"}) QVERIFY2(verified->toolTip().contains(QLatin1String(word)), word);
        // The window closes once there is something to choose.
        QTRY_VERIFY(!screens.login.current);
    }

    void badResponsesAreExplainedInPlace_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("stranger's key") << QStringLiteral("key") << QStringLiteral("signed with a key that is not trusted");
        QTest::newRow("audience") << QStringLiteral("audience") << QStringLiteral("meant for another service");
        QTest::newRow("expired") << QStringLiteral("expired") << QStringLiteral("has expired");
        QTest::newRow("future") << QStringLiteral("future") << QStringLiteral("not valid yet");
        QTest::newRow("no roles") << QStringLiteral("roles") << QStringLiteral("offers no AWS role");
        QTest::newRow("two") << QStringLiteral("two") << QStringLiteral("more than one assertion");
        QTest::newRow("recipient") << QStringLiteral("recipient") << QStringLiteral("another recipient");
        QTest::newRow("encrypted") << QStringLiteral("encrypted") << QStringLiteral("is encrypted");
    }
    void badResponsesAreExplainedInPlace() {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        auto& builder = *screens.builder;
        if (kind == u"audience") builder.audienceRestrictions = {{"urn:other"}};
        if (kind == u"roles") builder.roles.clear();
        if (kind == u"two") builder.assertions = 2;
        if (kind == u"recipient") builder.recipient = "https://signin.evil.example/saml";
        if (kind == u"encrypted") builder.encrypted = true;
        if (kind == u"expired") screens.clock.advance(2h);
        if (kind == u"future") screens.clock.advance(-2h);
        auto captured = builder.captured(kind == u"key" ? test::strangerKey() : test::providerKey());
        Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(std::move(captured)));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QVERIFY2(shownErrors(screens).contains(words), qPrintable(shownErrors(screens)));
        QCOMPARE(screens.http.calls, 0);
        QVERIFY(screens.book.sessions().empty());
        // And on from there.
        screens.clock.set(test::FakeClock().now());
        screens.offer({"payments-readonly", "ledger-support"});
        QVERIFY(screens.click(QStringLiteral("sessions.failure.again")));
        QTRY_VERIFY(screens.login.current);
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("sessions.failure")));
        screens.capture();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void cancelLeavesNothing() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.cancel")));
        QTRY_VERIFY(!screens.login.current);
        QVERIFY(!screens.coordinator->attempt(northwind));
        QCOMPARE(screens.part(QStringLiteral("sessions.provider.northwind.go"))->text(), QStringLiteral("Sign in"));
    }

    void closingTheWindowCancels() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->cancelled();
        QTRY_VERIFY(!screens.coordinator->attempt(northwind));
    }

    void pasteGivesFeedbackAndGoesOn() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::Paste);
        auto* text = screens.part<QPlainTextEdit>(QStringLiteral("paste.text"));
        QVERIFY(text);
        QTRY_VERIFY(text->hasFocus());
        auto* feedback = screens.part<ui::Text>(QStringLiteral("paste.feedback"));
        text->setPlainText(QStringLiteral("no response at all"));
        QVERIFY2(feedback->text().contains(QStringLiteral("No SAML response was found")), qPrintable(feedback->text()));
        QVERIFY(!screens.part(QStringLiteral("paste.use"))->isEnabled());
        text->setPlainText(QStringLiteral("SAMLResponse=") + QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(screens.builder->base64()))) +
                           QStringLiteral("&RelayState="));
        QVERIFY2(feedback->text().contains(QStringLiteral("was found")), qPrintable(feedback->text()));
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("paste")));
    }

    void badPasteStaysOnThePage() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::Paste);
        auto* text = screens.part<QPlainTextEdit>(QStringLiteral("paste.text"));
        text->setPlainText(QString::fromStdString(screens.builder->base64(test::strangerKey())));
        QVERIFY(screens.click(QStringLiteral("paste.use")));
        auto* feedback = screens.part<ui::Text>(QStringLiteral("paste.feedback"));
        QTRY_COMPARE(feedback->text(), QStringLiteral("This response was not accepted."));
        text->setPlainText(QString::fromStdString(screens.builder->base64()));
        QVERIFY(screens.click(QStringLiteral("paste.use")));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void systemBrowserOpensTheLoginPage() {
        Screens screens;
        screens.coordinator->signIn(northwind, Way::SystemBrowser);
        QCOMPARE(screens.browser.opened.size(), std::size_t{1});
        QCOMPARE(screens.browser.opened.front().host(), QStringLiteral("sso.northwind-robotics.example"));
        QVERIFY(screens.part<QWidget>(QStringLiteral("paste")));
        QVERIFY(screens.click(QStringLiteral("paste.open-browser")));
        QCOMPARE(screens.browser.opened.size(), std::size_t{2});
    }

    void requestsAreAnsweredByTheirOwnAnswerOnly_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"own", "foreign", "none", "response only", "earlier"}) QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void requestsAreAnsweredByTheirOwnAnswerOnly() {
        QFETCH(QString, kind);
        Screens screens;
        askEachTime(screens);
        std::string earlier;
        for (int i = 0; i < 2; ++i) {
            QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
            QTRY_VERIFY(screens.login.current);
            const std::string address = screens.login.current->request().provider.loginUrl;
            QVERIFY2(address.starts_with(service + "?SAMLRequest="), address.c_str());
            if (i == 1) break;
            earlier = requestIn(address);
            QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.cancel")));
            QTRY_VERIFY(!screens.login.current);
        }
        const std::string request = requestIn(screens.login.current->request().provider.loginUrl);
        QVERIFY(!request.empty() && request != earlier);
        answer(screens, request);
        if (kind == u"foreign") answer(screens, "_of-somebody-else");
        if (kind == u"none") answer(screens, std::nullopt);
        if (kind == u"earlier") answer(screens, earlier);
        if (kind == u"response only") screens.builder->confirmationInResponseTo = std::nullopt;
        screens.capture();
        if (kind == u"own") {
            QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
            return;
        }
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QTRY_VERIFY2(shownErrors(screens).contains(QStringLiteral("belongs to another sign-in")), qPrintable(shownErrors(screens)));
        QVERIFY(screens.coordinator->failed()->error()->code().is(saml::VerifyError::WrongInResponseTo));
        QCOMPARE(screens.http.calls, 0);
        QVERIFY(screens.book.sessions().empty());
    }

    void aRenewalIsAskedForToo() {
        Screens screens;
        askEachTime(screens);
        screens.live("payments-readonly", "pay", 10min, 2h);
        QVERIFY(screens.click(QStringLiteral("sessions.panel.renew")));
        QTRY_VERIFY(screens.login.current);
        QVERIFY(screens.login.current->request().offscreen);
        answer(screens, requestIn(screens.login.current->request().provider.loginUrl));
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
    }

    // What the browser was sent to is what a pasted answer must answer, also at the second try.
    void aPastedAnswerBelongsToTheBrowsersRequest() {
        Screens screens;
        askEachTime(screens);
        screens.coordinator->signIn(northwind, Way::SystemBrowser);
        QTRY_COMPARE(screens.browser.opened.size(), std::size_t{1});
        const std::string request = requestIn(screens.browser.opened.front().toString(QUrl::FullyEncoded).toStdString());
        QVERIFY(!request.empty());
        auto* text = screens.part<QPlainTextEdit>(QStringLiteral("paste.text"));
        QVERIFY(text);
        auto* feedback = screens.part<ui::Text>(QStringLiteral("paste.feedback"));
        for (int i = 0; i < 2; ++i) {
            answer(screens, i == 0 ? std::optional<std::string>("_of-somebody-else") : std::nullopt);
            text->setPlainText(QString::fromStdString(screens.builder->base64()));
            QVERIFY(screens.click(QStringLiteral("paste.use")));
            QTRY_COMPARE(feedback->text(), QStringLiteral("This response was not accepted."));
            QVERIFY(screens.coordinator->failed()->error()->code().is(saml::VerifyError::WrongInResponseTo));
        }
        QVERIFY(screens.click(QStringLiteral("paste.copy-address")));
        QCOMPARE(requestIn(QGuiApplication::clipboard()->text().toStdString()), request);
        answer(screens, request);
        text->setPlainText(QString::fromStdString(screens.builder->base64()));
        QVERIFY(screens.click(QStringLiteral("paste.use")));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void whoIsNotAskedOpensItsLoginPage() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QVERIFY(screens.login.current);
        QCOMPARE(screens.login.current->request().provider.loginUrl, loginPage);
        answer(screens, "_set-by-the-provider-all-the-same");
        screens.capture();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void metadataThatCannotBeHadEndsTheWait() {
        Screens screens;
        askEachTime(screens);
        sessions::Provider provider = *screens.providers.find(northwind);
        provider.metadataFile += ".gone";
        QVERIFY(screens.providers.save(provider).has_value());
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
        QVERIFY(!screens.login.current);
        QVERIFY(screens.coordinator->failed()->error()->code().is(sessions::TrustError::MetadataNotReadable));
    }

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
        QTRY_VERIFY2(shownErrors(screens).contains(words), qPrintable(shownErrors(screens)));
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
        QTRY_VERIFY2(shownErrors(screens).contains(QStringLiteral("chmod 600")), qPrintable(shownErrors(screens)));
        QVERIFY2(shownErrors(screens).contains(open), qPrintable(shownErrors(screens)));
    }

    void noBrowserIsSaid() {
        Screens screens;
        screens.browser.works = false;
        screens.coordinator->signIn(northwind, Way::SystemBrowser);
        QVERIFY(screens.coordinator->failed());
        QVERIFY(screens.coordinator->failed()->error()->code().is(ui::SignInError::BrowserNotOpened));
        QVERIFY(screens.part<QWidget>(QStringLiteral("sessions.failure")));
    }

    void windowLeadsToTheOtherWays() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->pasteWanted();
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("paste")));
        QTRY_VERIFY(!screens.login.current);
    }

    void renewalIsUnseenAndReplaces() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "pay", 10min, 2h);
        QVERIFY(screens.click(QStringLiteral("sessions.panel.renew")));
        QVERIFY(screens.login.current && screens.login.current->request().offscreen);
        QVERIFY(screens.coordinator->renewing(id));
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
        const auto* renewed = screens.book.findByProfile(sessions::ProfileName("pay"));
        QVERIFY(renewed && renewed->live(screens.clock.now()) && renewed->id != id);
        QCOMPARE(renewed->asked, std::chrono::seconds(2h));
        QCOMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
        QVERIFY(!screens.coordinator->renewing(id));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void unattendedRenewalNotifiesInsteadOfAWindow() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "pay", 20min);
        screens.book.noteConsumer(id, {"aws", "/usr/bin/aws", 4711, screens.clock.now()});
        screens.pass(6min);
        QVERIFY(screens.login.current && screens.login.current->request().offscreen);
        Q_EMIT screens.login.current->personNeeded();
        QTRY_VERIFY(!screens.login.current);
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("toast.sessions.renewal-needs-person")));
        QVERIFY(!screens.coordinator->renewing(id));
        QVERIFY(screens.click(QStringLiteral("toast.sessions.renewal-needs-person.action")));
        QVERIFY(screens.login.current && !screens.login.current->request().offscreen);
        screens.offer({"payments-readonly", "ledger-support"});
        screens.capture();
        QTRY_COMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
    }

    void unusedSessionsAreNotRenewedByThemselves() {
        Screens screens;
        screens.live("payments-readonly", "pay", 16min);
        screens.pass(2min);
        QVERIFY(!screens.login.current);
        screens.pass(10min);
        QTRY_VERIFY(!screens.window->findChildren<QWidget*>(QRegularExpression(QStringLiteral("^toast\\.sessions\\.near\\."))).isEmpty());
    }

    void renewalUsesAStillGoodAssertion() {
        Screens screens;
        QVERIFY(screens.chooser({"payments-readonly", "ledger-support"}));
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        const auto id = screens.book.sessions().front().id;
        screens.coordinator->renew(id);
        QTRY_COMPARE(screens.book.find(id)->end, sessions::EndReason::Replaced);
        QCOMPARE(screens.login.opened, 1);
    }

    // What narrows a session must not be lost on the way to the next one.
    void renewalKeepsTheSessionPolicy() {
        Screens screens;
        QVERIFY(screens.chooser({"payments-readonly", "ledger-support"}));
        sessions::RoleChoice choice = screens.coordinator->defaultChoice(screens.provider(), test::pair("payments-readonly"));
        choice.sessionPolicy = "{\"Statement\":{}}";
        QVERIFY(screens.coordinator->start(northwind, {choice}, [](const auto&) {}).has_value());
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        const auto first = screens.book.sessions().front();
        QCOMPARE(first.sessionPolicy, choice.sessionPolicy);
        screens.coordinator->renew(first.id);
        QTRY_COMPARE(screens.book.find(first.id)->end, sessions::EndReason::Replaced);
        QCOMPARE(screens.book.findByProfile(first.profile)->sessionPolicy, choice.sessionPolicy);
        screens.book.end(screens.book.findByProfile(first.profile)->id);
        screens.coordinator->startAgain(first);
        QTRY_VERIFY(screens.book.findByProfile(first.profile) && screens.book.findByProfile(first.profile)->live(screens.clock.now()));
        QCOMPARE(screens.book.findByProfile(first.profile)->sessionPolicy, choice.sessionPolicy);
        // Chosen anew, the role is what it is.
        QVERIFY(screens.coordinator->defaultChoice(screens.provider(), first.pair).sessionPolicy.empty());
    }

    void textFromTheCommandLineIsAnswered() {
        Screens screens;
        std::optional<Result<aws::Claims>> answer;
        screens.coordinator->acceptText(northwind, screens.builder->base64(), [&](Result<aws::Claims> claims) { answer = std::move(claims); });
        QTRY_VERIFY(answer);
        QVERIFY(*answer);
        QCOMPARE((*answer)->roles.size(), std::size_t{2});
        std::vector<sessions::ExchangeOutcome> outcomes;
        const auto choice = screens.coordinator->defaultChoice(Screens::provider(), (*answer)->roles.front());
        QVERIFY(screens.coordinator->start(northwind, {choice}, [&](const auto& done) { outcomes = done; }));
        QTRY_COMPARE(outcomes.size(), std::size_t{1});
        QVERIFY(outcomes.front().session);
        answer.reset();
        screens.coordinator->acceptText(northwind, screens.builder->base64(), [&](Result<aws::Claims> claims) { answer = std::move(claims); });
        QTRY_VERIFY(answer);
        QVERIFY(!*answer && answer->error().code().is(saml::VerifyError::Replayed));
    }

    void startWithoutAnAssertionFails() {
        Screens screens;
        const auto started = screens.coordinator->start(northwind, {}, [](const auto&) {});
        QVERIFY(!started && started.error().code().is(ui::SignInError::NoUsableAssertion));
    }

    void zoomIsKeptForTheProvider() {
        Screens s;
        QVERIFY(s.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(s.login.current);
        QCOMPARE(s.login.current->request().zoom, 100);
        Q_EMIT s.login.current->zoomChanged(150);
        Q_EMIT s.login.current->cancelled();
        QTRY_VERIFY(!s.login.current);
        QVERIFY(s.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(s.login.current);
        QCOMPARE(s.login.current->request().zoom, 150);
    }

    void keepingCookiesIsWrittenDown() {
        Screens screens;
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        Q_EMIT screens.login.current->keepCookiesChanged(true);
        QVERIFY(screens.providers.find(northwind)->keepCookies);
        screens.coordinator->forgetCookies(northwind);
        QCOMPARE(screens.login.forgotten.size(), std::size_t{1});
    }
};

GW_UI_TEST_MAIN(SignInTest)
#include "sign_in_test.moc"
