// Draws the Sessions screen, the chooser, the assistant and Settings with sample contents, light and dark, into PNGs of
// the folder given. To be looked at, not compared.
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "ui/sessions/import_page.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/role_list_view.h"
#include "ui/settings/settings_page.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

void dress(Screens& screens) {
    screens.window->setPerson(QStringLiteral("Ines Halvorsen"), QStringLiteral("Northwind SSO"));
    screens.window->setStatus(QStringLiteral("secrets"), QStringLiteral("lock"), QStringLiteral("Credentials in the system's keychain"), false);
    screens.window->setStatus(QStringLiteral("agent"), QStringLiteral("terminal"), QStringLiteral("Agent serving 3 profiles"), true);
    screens.window->setStatus(QStringLiteral("region"), QStringLiteral("globe"), QStringLiteral("eu-west-1"), true);
    screens.window->setStatus(QStringLiteral("time"), QStringLiteral("expiry"), QStringLiteral("14:07:19 UTC, clock +0.3 s"), true);
}

void fill(Screens& screens) {
    auto second = Screens::provider();
    second.id = sessions::ProviderId("kestrel");
    second.name = "Kestrel partner SSO";
    second.loginUrl = "https://login.kestrel.example/aws";
    second.mode = sessions::SignInMode::SystemBrowser;
    (void)screens.providers.save(second);
    const auto over = screens.live("platform-deploy", "nwr-stage-platform", 20min, 1h, "222233334444");
    screens.book.end(over);
    const auto old = screens.live("security-audit", "nwr-security", 20min, 1h, "666677778888");
    screens.book.end(old);
    screens.live("ledger-support", "nwr-ledger", 248s, 1h);
    screens.live("fleet-operator", "nwr-fleet-stage", 761s, 1h, "444455556666");
    const auto chosen = screens.live("payments-readonly", "nwr-pay-prod", 3134s, 1h);
    screens.live("payments-developer", "nwr-pay-dev", 12770s, 4h, "777788889999");
    screens.book.noteConsumer(chosen, {"aws", "/usr/bin/aws", 48213, screens.clock.now() - 74s});
    screens.book.noteConsumer(chosen, {"python3", "/usr/bin/python3", 47760, screens.clock.now() - 312s});
    screens.book.noteConsumer(chosen, {"terraform", "/usr/bin/terraform", 44120, screens.clock.now() - 455s});
    screens.memory.noteSignIn(sessions::ProviderId("northwind"),
                             {test::pair("telemetry-analyst"), test::pair("network-readonly", "666677778888"), test::pair("fleet-deploy", "777788889999")});
    for (const auto& pair : screens.memory.knownRoles(sessions::ProviderId("northwind"))) screens.memory.setFavourite(pair.role, true);
    screens.page->select(chosen);
}

const std::vector<std::string> roles{
    "111122223333/payments-readonly", "222233334444/payments-readonly", "777788889999/payments-readonly",  "111122223333/payments-ledger-readonly",
    "111122223333/payroll-readonly",  "666677778888/partner-pay-reader", "222233334444/payments-read-replica", "444455556666/fleet-operator",
    "444455556666/fleet-readonly",    "777788889999/payments-developer", "777788889999/network-readonly",   "666677778888/partner-admin",
    "111122223333/ledger-support"};

ui::SettingsContext settings(Screens& screens) {
    return {.theme = ui::Theme::of(nullptr),
            .actions = screens.actions,
            .window = *screens.window,
            .providers = [&] { return screens.providers.providers(); },
            .isBuiltIn = [&](const sessions::ProviderId& id) { return screens.providers.isBuiltIn(id); },
            .editProvider = [&](const sessions::ProviderId& id) { ui::openProviderAssistant(*screens.context, id); },
            .removeProvider = [](const sessions::ProviderId&) {},
            .preferences = [&] { return screens.providers.preferences(); },
            .savePreferences = [&](const sessions::Preferences& preferences) { return screens.providers.save(preferences); },
            .problems = [] { return std::vector<Error>{Error(sessions::ConfigError::UnknownKey).with("key", "them").with("line", "3").with("nearest", "theme")}; },
            .keychainWorks = [] { return true; },
            .keychainProblem = {},
            .trayAvailable = [] { return false; },
            .configFile = "/home/ines/.config/gatewarden/config.toml",
            .dataFolder = "/home/ines/.local/share/gatewarden",
            .awsConfig = "/home/ines/.aws/config",
            .awsCredentials = "/home/ines/.aws/credentials",
            .credentialsHelper = "/usr/bin/gatewarden-credentials",
            .practiceEndpoint = {}};
}

} // namespace

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    ui::Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        const auto shoot = [&](Screens& screens, const char* name) {
            // Layouts inside layouts take a round of the event loop each.
            QTest::qWait(150);
            for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            saved = screens.window->grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        {
            Screens screens(false);
            dress(screens);
            shoot(screens, "first-run");
            ui::openProviderAssistant(*screens.context);
            QTest::keyClicks(screens.part<QLineEdit>(QStringLiteral("assistant.login")),
                             QStringLiteral("https://id.northwind.example/realms/staff/protocol/saml/clients/aws"));
            screens.part<QPlainTextEdit>(QStringLiteral("assistant.metadata"))
                ->setPlainText(QString::fromStdString(test::metadataXml("https://id.northwind.example/realms/staff", {test::providerKey().certificate})));
            shoot(screens, "assistant");
        }
        {
            Screens screens;
            dress(screens);
            fill(screens);
            QTest::qWait(50);
            QTest::mouseClick(screens.part(QStringLiteral("sessions.provider.northwind.go")), Qt::LeftButton);
            screens.offer(roles);
            screens.capture();
            saved = QTest::qWaitFor([&] { return screens.part<QWidget>(QStringLiteral("chooser")) != nullptr; }) && saved;
            screens.pass(167s);
            auto* search = screens.part<QLineEdit>(QStringLiteral("chooser.search"));
            shoot(screens, "chooser-all");
            screens.memory.setFavourite(test::pair("payments-readonly").role, true);
            QTest::keyClicks(search, QStringLiteral("pay read"));
            auto* list = screens.part<ui::RoleListView>(QStringLiteral("chooser.list"));
            list->setCurrent(3);
            list->toggleCurrent();
            list->setCurrent(1);
            list->toggleCurrent();
            shoot(screens, "chooser-search");
            search->setText(QStringLiteral("pamyents"));
            shoot(screens, "chooser-nothing");
            search->setText(QStringLiteral("pay"));
            screens.http.refusals["payments-ledger-readonly"] = {"AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"};
            QTest::keyClick(search, Qt::Key_Return);
            QTest::qWait(200);
            shoot(screens, "chooser-refused");
            screens.pass(200s);
            shoot(screens, "chooser-stale");
        }
        {
            Screens screens;
            dress(screens);
            fill(screens);
            shoot(screens, "sessions");
            screens.part<QTabBar>(QStringLiteral("sessions.use.tabs"))->setCurrentIndex(1);
            shoot(screens, "sessions-shell");
            screens.window->resize(1000, 700);
            shoot(screens, "sessions-narrow");
            screens.window->resize(1440, 900);
            QTest::mouseClick(screens.part(QStringLiteral("sessions.provider.northwind.go")), Qt::LeftButton);
            Q_EMIT screens.login.current->captured(std::make_shared<saml::CapturedResponse>(screens.builder->captured(test::strangerKey())));
            saved = QTest::qWaitFor([&] { return screens.part<QWidget>(QStringLiteral("sessions.failure")) != nullptr; }) && saved;
            shoot(screens, "sessions-failed");
            screens.coordinator->signIn(sessions::ProviderId("kestrel"), ui::SignInCoordinator::Way::SystemBrowser);
            screens.part<QPlainTextEdit>(QStringLiteral("paste.text"))->setPlainText(QString::fromStdString(screens.builder->base64()));
            shoot(screens, "paste");
            auto* settingsPage = new ui::SettingsPage(settings(screens));
            screens.window->addScreen({QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"), {}, settingsPage});
            screens.window->showScreen(QStringLiteral("settings"));
            shoot(screens, "settings");
        }
        {
            Screens screens;
            dress(screens);
            sessions::ImportFindings findings;
            sessions::ImportCandidate found;
            found.source = sessions::ImportSource::Saml2Aws;
            found.path = QDir::homePath().toStdString() + "/.saml2aws";
            found.line = 3;
            found.provider = Screens::provider();
            found.roles.push_back({test::pair("ledger-support").role, {}, "ledger", {}, 3, false});
            findings.candidates.push_back(found);
            found.source = sessions::ImportSource::Leapp;
            found.provider.name = "Kestrel partner SSO";
            found.missing = {sessions::MissingPart::LoginUrl, sessions::MissingPart::Metadata};
            findings.candidates.push_back(found);
            screens.window->pushPage(new ui::ImportPage(*screens.context, findings), QStringLiteral("Import from other tools"), {});
            shoot(screens, "import");
        }
    }
    return saved ? 0 : 1;
}
