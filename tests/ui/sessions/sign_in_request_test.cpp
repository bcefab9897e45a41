#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "models/store/files.h"
#include "saml/inspect/inspect_input.h"
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

// Providers that are asked on AWS's behalf: an answer belongs to the request it was given for.
class SignInRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
        QTRY_VERIFY2(screens.shownErrors().contains(QStringLiteral("belongs to another sign-in")), qPrintable(screens.shownErrors()));
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
};

GW_UI_TEST_MAIN(SignInRequestTest)
#include "sign_in_request_test.moc"
