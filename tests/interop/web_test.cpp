// People sign in at SimpleSAMLphp and Keycloak in the real sign-in window, by the keyboard; what is captured there must be
// accepted by the verifier under the provider's own metadata and carry the person's roles.
#include "models/items/role_search.h"
#include "saml/aws/claims.h"
#include "saml/metadata/entity_descriptor.h"
#include "tests/interop/captured_case.h"
#include "tests/interop/peer_process.h"
#include "tests/interop/provider_page.h"
#include "ui/login/login_plugin.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QFile>
#include <QPluginLoader>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QWebEngineView>

#include <set>

using namespace gw;
using namespace gw::interop;
using saml::VerifyError;

namespace {

using Captured = std::shared_ptr<saml::CapturedResponse>;

UtcTime now() { return UtcTime(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())); }

// One sign-in: its window and how it ended.
struct SignIn {
    std::unique_ptr<ui::LoginSession> session;
    Captured captured;
    std::vector<Error> errors;
    bool personNeeded = false;

    [[nodiscard]] QWebEngineView* view() const {
        QWidget* window = session->window();
        return window == nullptr ? nullptr : window->findChild<QWebEngineView*>();
    }
};

} // namespace

class WebTest : public QObject {
    Q_OBJECT

public:
    ui::Theme* theme = nullptr;

private:
    std::unique_ptr<PeerProcess> simplesamlphp_, keycloak_;
    ui::LoginPlugin* plugin_ = nullptr;

    [[nodiscard]] PeerProcess& peer(const QString& name) const { return name == QLatin1String("keycloak") ? *keycloak_ : *simplesamlphp_; }

    std::unique_ptr<SignIn> open(const QString& name, const QString& loginUrlKey = QStringLiteral("LOGIN_URL"), bool offscreen = false) {
        ui::LoginRequest request;
        request.provider.id = sessions::ProviderId(name.toStdString());
        request.provider.name = name.toStdString();
        request.provider.loginUrl = peer(name).value(loginUrlKey).toStdString();
        request.offscreen = offscreen;
        auto made = std::make_unique<SignIn>();
        made->session = plugin_->open(request, *theme, nullptr);
        SignIn* const raw = made.get();
        connect(raw->session.get(), &ui::LoginSession::captured, this, [raw](const Captured& response) { raw->captured = response; });
        connect(raw->session.get(), &ui::LoginSession::failed, this, [raw](const Error& error) { raw->errors.push_back(error); });
        connect(raw->session.get(), &ui::LoginSession::personNeeded, this, [raw] { raw->personNeeded = true; });
        raw->session->start();
        return made;
    }

    [[nodiscard]] Result<saml::VerifiedAssertion> verify(const Captured& response, const QString& provider,
                                                         const QString& metadataKey = QStringLiteral("METADATA_FILE")) const {
        QFile file(peer(provider).value(metadataKey));
        if (!file.open(QIODevice::ReadOnly)) return fail(VerifyError::Internal, "the peer's metadata is not there");
        const auto entity = saml::parseMetadata(file.readAll().toStdString(), now());
        if (!entity) return fail(entity.error());
        return saml::AssertionVerifier().verify(*response, {entity->entityId, entity->signingKeys}, now(), nullptr);
    }

private Q_SLOTS:
    void initTestCase() {
        simplesamlphp_ = std::make_unique<PeerProcess>(QStringLiteral("simplesamlphp.sh"));
        keycloak_ = std::make_unique<PeerProcess>(QStringLiteral("keycloak.sh"));
        QTRY_VERIFY_WITH_TIMEOUT(simplesamlphp_->ready() || simplesamlphp_->ended(), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(keycloak_->ready() || keycloak_->ended(), 300'000);
        QVERIFY(!simplesamlphp_->ended() && !keycloak_->ended());

        QPluginLoader loader(QStringLiteral(GW_LOGIN_PLUGIN));
        loader.setLoadHints(QLibrary::PreventUnloadHint);
        plugin_ = qobject_cast<ui::LoginPlugin*>(loader.instance());
        QVERIFY2(plugin_ != nullptr, qPrintable(loader.errorString()));
    }

    void signsIn_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("user");
        for (const char* provider : {"simplesamlphp", "keycloak"})
            for (const char* user : {"developer", "admin"})
                QTest::addRow("%s as %s", provider, user) << QString::fromLatin1(provider) << QString::fromLatin1(user);
    }
    void signsIn() {
        QFETCH(QString, provider);
        QFETCH(QString, user);
        const auto signIn = open(provider);
        QCOMPARE(signInAt(signIn->view(), user, user + QStringLiteral("-pass")), QString());
        QTRY_VERIFY_WITH_TIMEOUT(signIn->captured != nullptr, 30'000);
        QVERIFY(signIn->errors.empty());
        QCOMPARE(signIn->captured->acs, std::string("https://signin.aws.amazon.com/saml"));

        const auto verified = verify(signIn->captured, provider);
        QVERIFY2(verified.has_value(), verified ? "" : verified.error().chain().c_str());
        const aws::Claims claims = aws::readClaims(*verified);
        const Person expected = person(user.toStdString());
        QCOMPARE(claims.roleSessionName, expected.email);

        // What the chooser lists is what its search finds for no words at all.
        std::vector<items::RoleEntry> entries;
        for (const aws::RolePair& pair : claims.roles) {
            items::RoleEntry entry;
            entry.pair = pair;
            entry.label = pair.role.name();
            entries.push_back(std::move(entry));
        }
        items::RoleSearch search;
        search.setEntries(std::move(entries));
        std::set<std::string> shown;
        for (const items::RoleHit& hit : search.find("")) shown.insert(search.entries()[hit.entry].pair.role.value());
        QCOMPARE(shown, std::set<std::string>(expected.roles.begin(), expected.roles.end()));
    }

    void aWrongPasswordLeavesThePersonAtTheProvidersPage_data() {
        QTest::addColumn<QString>("provider");
        QTest::newRow("simplesamlphp") << QStringLiteral("simplesamlphp");
        QTest::newRow("keycloak") << QStringLiteral("keycloak");
    }
    void aWrongPasswordLeavesThePersonAtTheProvidersPage() {
        QFETCH(QString, provider);
        const auto signIn = open(provider);
        QWebEngineView* view = signIn->view();
        QVERIFY(view != nullptr);
        // Only pages that loaded count: the wrong password brings a second one.
        QSignalSpy loaded(view->page(), &QWebEnginePage::loadFinished);
        QCOMPARE(signInAt(view, QStringLiteral("developer"), QStringLiteral("no-such-pass")), QString());
        const auto pagesBefore = loaded.size();
        QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > pagesBefore, 30'000);
        QVERIFY(signIn->captured == nullptr);
        QVERIFY(signIn->errors.empty());
        // Keycloak comes back with the cursor in the password field, SimpleSAMLphp in the name.
        view->page()->runJavaScript(QStringLiteral("document.getElementsByName('username')[0].focus()"));
        QCOMPARE(signInAt(view, QStringLiteral("developer"), QStringLiteral("developer-pass")), QString());
        QTRY_VERIFY_WITH_TIMEOUT(signIn->captured != nullptr, 30'000);
        QVERIFY(verify(signIn->captured, provider).has_value());
    }

    void anEncryptedAssertionIsCapturedAndNamed() {
        const auto signIn = open(QStringLiteral("keycloak"), QStringLiteral("ENCRYPTED_LOGIN_URL"));
        QCOMPARE(signInAt(signIn->view(), QStringLiteral("developer"), QStringLiteral("developer-pass")), QString());
        QTRY_VERIFY_WITH_TIMEOUT(signIn->captured != nullptr, 30'000);
        const auto verified = verify(signIn->captured, QStringLiteral("keycloak"), QStringLiteral("ENCRYPTED_METADATA_FILE"));
        QVERIFY(!verified.has_value());
        QCOMPARE(verified.error().code().id(), Code(VerifyError::EncryptedAssertion).id());
    }

    void aRenewalNeedsNobodyWhileTheProviderRemembers_data() { aWrongPasswordLeavesThePersonAtTheProvidersPage_data(); }
    void aRenewalNeedsNobodyWhileTheProviderRemembers() {
        QFETCH(QString, provider);
        {
            const auto signIn = open(provider);
            QCOMPARE(signInAt(signIn->view(), QStringLiteral("developer"), QStringLiteral("developer-pass")), QString());
            QTRY_VERIFY_WITH_TIMEOUT(signIn->captured != nullptr, 30'000);
        }
        const auto renewal = open(provider, QStringLiteral("LOGIN_URL"), true);
        QVERIFY(renewal->session->window() == nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(renewal->captured != nullptr, 30'000);
        QVERIFY(!renewal->personNeeded);
        QVERIFY(verify(renewal->captured, provider).has_value());
    }

    void aRenewalThatNeedsAPersonSaysSoWithoutAWindow() {
        plugin_->forget({});
        const auto renewal = open(QStringLiteral("keycloak"), QStringLiteral("LOGIN_URL"), true);
        QTRY_VERIFY_WITH_TIMEOUT(renewal->personNeeded, 30'000);
        QVERIFY(renewal->captured == nullptr);
        for (const QWidget* window : QApplication::topLevelWidgets()) QVERIFY(!window->isVisible());
    }

    void cleanupTestCase() {
        keycloak_.reset();
        simplesamlphp_.reset();
    }
};

int main(int argc, char** argv) {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    ui::Theme theme(application);
    WebTest test;
    test.theme = &theme;
    // From inside the event loop, so that the engine hears of the end as it does in the program.
    int status = 1;
    QTimer::singleShot(0, &application, [&] {
        status = QTest::qExec(&test, argc, argv);
        QCoreApplication::quit();
    });
    QApplication::exec();
    return status;
}

#include "web_test.moc"
