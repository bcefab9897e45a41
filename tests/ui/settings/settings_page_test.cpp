#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"

#include "ui/settings/settings_page.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QTest>

using namespace gw;

namespace {

struct Fixture {
    ui::ActionTable actions;
    ui::MainWindow window{ui::Theme::of(nullptr), actions};
    std::vector<sessions::Provider> providers;
    sessions::Preferences preferences;
    std::vector<Error> problems;
    bool keychain = true, writable = true;
    std::string endpoint;
    std::vector<std::string> edited, removed;
    int added = 0;
    ui::SettingsPage* page = nullptr;

    Fixture() {
        sessions::Provider provider;
        provider.id = sessions::ProviderId("northwind");
        provider.name = "Northwind SSO";
        provider.loginUrl = "https://sso.northwind-robotics.example/x";
        providers.push_back(provider);
        actions.add({.id = QStringLiteral("providers.add"), .text = QStringLiteral("Connect a provider"), .icon = {}, .shortcut = {}, .menu = {},
                     .keywords = {}, .run = [this] { ++added; }, .availability = {}});
        page = new ui::SettingsPage({.theme = ui::Theme::of(nullptr),
                                     .actions = actions,
                                     .window = window,
                                     .providers = [this] { return providers; },
                                     .isBuiltIn = [](const sessions::ProviderId& id) { return id.value() == "practice"; },
                                     .editProvider = [this](const sessions::ProviderId& id) { edited.push_back(id.value()); },
                                     .removeProvider = [this](const sessions::ProviderId& id) { removed.push_back(id.value()); },
                                     .preferences = [this] { return preferences; },
                                     .savePreferences = [this](const sessions::Preferences& changed) -> Status {
                                         if (!writable) return fail(sessions::ConfigError::NotWritable);
                                         preferences = changed;
                                         return {};
                                     },
                                     .problems = [this] { return problems; },
                                     .keychainWorks = [this] { return keychain; },
                                     .keychainProblem = {},
                                     .trayAvailable = [] { return true; },
                                     .configFile = "/home/ines/.config/gatewarden/config.toml",
                                     .dataFolder = "/home/ines/.local/share/gatewarden",
                                     .awsConfig = "/home/ines/.aws/config",
                                     .awsCredentials = "/home/ines/.aws/credentials",
                                     .credentialsHelper = "/usr/bin/gatewarden-credentials",
                                     .practiceEndpoint = [this] { return endpoint; }});
        window.addScreen({QStringLiteral("settings"), QStringLiteral("Settings"), QStringLiteral("settings"), {}, page});
        window.resize(1200, 900);
        window.show();
    }
    template <class T>
    T* part(const char* name) {
        return page->findChild<T*>(QLatin1String(name));
    }
};

} // namespace

class SettingsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void preferencesAreSavedAtOnce() {
        Fixture fixture;
        fixture.part<QCheckBox>("settings.renew")->click();
        QVERIFY(!fixture.preferences.renewWithoutAsking);
        auto* theme = fixture.part<ui::Segmented>("settings.theme");
        QTest::keyClick(theme, Qt::Key_End);
        QCOMPARE(fixture.preferences.theme, std::string("dark"));
    }

    void whatCannotBeSavedFallsBack() {
        Fixture fixture;
        fixture.writable = false;
        auto* renew = fixture.part<QCheckBox>("settings.renew");
        renew->click();
        QVERIFY(renew->isChecked());
        QVERIFY(fixture.window.findChild<QWidget*>(QStringLiteral("toast.settings.not-saved")));
    }

    void providersAreListedEditedAndRemoved() {
        Fixture fixture;
        QTest::mouseClick(fixture.part<QAbstractButton>("settings.provider.northwind.edit"), Qt::LeftButton);
        QTest::mouseClick(fixture.part<QAbstractButton>("settings.provider.northwind.remove"), Qt::LeftButton);
        QTest::mouseClick(fixture.part<QAbstractButton>("settings.providers.add"), Qt::LeftButton);
        QCOMPARE(fixture.edited, std::vector<std::string>{"northwind"});
        QCOMPARE(fixture.removed, std::vector<std::string>{"northwind"});
        QCOMPARE(fixture.added, 1);
        sessions::Provider practice;
        practice.id = sessions::ProviderId("practice");
        practice.name = "Practice";
        fixture.providers.push_back(practice);
        fixture.page->refresh();
        QVERIFY(fixture.part<QWidget>("settings.provider.practice"));
        QVERIFY(!fixture.part<QAbstractButton>("settings.provider.practice.edit"));
    }

    // The practice environment starts after the window.
    void thePracticeEndpointIsShownOnceItIsThere() {
        Fixture fixture;
        const auto shows = [&](const QString& words) {
            const auto labels = fixture.page->findChildren<ui::Text*>();
            return std::any_of(labels.begin(), labels.end(), [&](const ui::Text* label) { return label->accessibleName().contains(words) && !label->isHidden(); });
        };
        QVERIFY(shows(QStringLiteral("Regional STS")));
        fixture.endpoint = "http://127.0.0.1:4711";
        fixture.page->refresh();
        QVERIFY(shows(QStringLiteral("http://127.0.0.1:4711")));
        QTRY_VERIFY(!shows(QStringLiteral("Regional STS")));
    }

    void keychainAndProblemsAreSaid() {
        Fixture fixture;
        QVERIFY(fixture.part<ui::Text>("settings.keychain")->text().contains(QStringLiteral("keychain")));
        fixture.keychain = false;
        fixture.problems = {Error(sessions::ConfigError::UnknownKey).with("key", "them").with("line", "3").with("nearest", "theme")};
        fixture.page->refresh();
        QVERIFY(fixture.part<ui::Text>("settings.keychain")->text().contains(QStringLiteral("memory only")));
        bool said = false;
        QStringList shown;
        for (const auto* label : fixture.page->findChildren<ui::Text*>()) shown << label->text();
        for (const auto* label : fixture.page->findChildren<ui::Text*>()) said = said || label->text().contains(QStringLiteral("Perhaps “theme” is meant"));
        QVERIFY2(said, qPrintable(shown.join(u'\n')));
    }

    void partsHaveNames() {
        Fixture fixture;
        QCOMPARE(test::accessibilityProblems(fixture.page).join(u'\n'), QString());
    }
};

GW_UI_TEST_MAIN(SettingsPageTest)
#include "settings_page_test.moc"
