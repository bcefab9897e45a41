#include "tests/support/saml_encryption.h"
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "models/store/files.h"
#include "ui/sessions/import_page.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/template_help.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QAbstractItemModel>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

QLineEdit* field(Screens& screens, const char* name) { return screens.part<QLineEdit>(QLatin1String(name)); }

QString errorAt(Screens& screens, const char* name) {
    for (QWidget* at = screens.window->findChild<QWidget*>(QLatin1String(name)); at; at = at->parentWidget())
        if (auto* around = qobject_cast<ui::Field*>(at)) return around->error();
    return QStringLiteral("no such field");
}

QPlainTextEdit* metadata(Screens& screens) { return screens.part<QPlainTextEdit>(QStringLiteral("assistant.metadata")); }

} // namespace

class ProviderAssistantTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTemplateHasHelp() {
        QCOMPARE(sessions::providerTemplates().size(), std::size_t{12});
        for (const auto& from : sessions::providerTemplates())
            for (const auto which : {sessions::ProviderField::Name, sessions::ProviderField::LoginUrl, sessions::ProviderField::Metadata,
                                     sessions::ProviderField::EntityId, sessions::ProviderField::Region}) {
                QVERIFY2(ui::hasHelp(from.helpKey(which)), from.helpKey(which).c_str());
                QVERIFY(!ui::helpFor(from, which).isEmpty());
            }
    }

    void connectsAProvider() {
        Screens screens(false);
        screens.actions.action(QStringLiteral("providers.add"))->trigger();
        QTRY_VERIFY(field(screens, "assistant.login") && field(screens, "assistant.login")->hasFocus());
        // A pasted address says which product it is.
        QTest::keyClicks(field(screens, "assistant.login"), QStringLiteral("https://id.northwind.example/realms/staff/protocol/saml/clients/aws"));
        QVERIFY(screens.part(QStringLiteral("assistant.kind.keycloak"))->isChecked());
        field(screens, "assistant.name")->selectAll();
        QTest::keyClicks(field(screens, "assistant.name"), QStringLiteral("Northwind staff"));
        const std::string xml = test::metadataXml("https://id.northwind.example/realms/staff", {test::providerKey().certificate});
        metadata(screens)->setPlainText(QString::fromStdString(xml));
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("assistant.summary.entity"))->text(), QStringLiteral("https://id.northwind.example/realms/staff"));
        QVERIFY(screens.click(QStringLiteral("assistant.accounts.add")));
        QTest::keyClicks(field(screens, "assistant.accounts.0.first"), QStringLiteral("1111-2222-3333"));
        QTest::keyClicks(field(screens, "assistant.accounts.0.second"), QStringLiteral("payments"));
        QVERIFY(screens.click(QStringLiteral("assistant.environments.add")));
        QTest::keyClicks(field(screens, "assistant.environments.0.first"), QStringLiteral("pay*"));
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));

        const auto& saved = screens.providers.providers();
        QCOMPARE(saved.size(), std::size_t{1});
        QCOMPARE(saved[0].id.value(), std::string("northwind-staff"));
        QCOMPARE(saved[0].kind, std::string("keycloak"));
        QCOMPARE(saved[0].accountAlias(aws::AccountId::parse("111122223333").value()), std::string("payments"));
        QCOMPARE(saved[0].environments.size(), std::size_t{1});
        const auto kept = store::readFile(saved[0].metadataFile);
        QVERIFY(kept && *kept == QString::fromStdString(xml).trimmed().toStdString());
        // The new provider works at once.
        QVERIFY(screens.part(QStringLiteral("sessions.provider.northwind-staff.go")));
    }

    void wrongLoginAddressesAreSaidAtOnce_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("words");
        QTest::newRow("http") << QStringLiteral("http://sso.northwind.example/x") << QStringLiteral("cannot be used");
        QTest::newRow("aws") << QStringLiteral("https://signin.aws.amazon.com/saml") << QStringLiteral("address of AWS");
        QTest::newRow("admin") << QStringLiteral("https://northwind-admin.okta.com/admin/app") << QStringLiteral("own console");
        QTest::newRow("metadata") << QStringLiteral("https://id.northwind.example/realms/staff/protocol/saml/descriptor")
                                  << QStringLiteral("metadata address");
        QTest::newRow("placeholder") << QStringLiteral("https://id.northwind.example/realms/<realm>/protocol/saml") << QStringLiteral("cannot be used");
    }
    void wrongLoginAddressesAreSaidAtOnce() {
        QFETCH(QString, address);
        QFETCH(QString, words);
        Screens screens(false);
        ui::openProviderAssistant(*screens.context);
        QTest::keyClicks(field(screens, "assistant.login"), address);
        QTest::keyClick(field(screens, "assistant.login"), Qt::Key_Tab);
        QVERIFY2(errorAt(screens, "assistant.login").contains(words), qPrintable(errorAt(screens, "assistant.login")));
    }

    void emptyFieldsAreMarkedOnSaving() {
        Screens screens(false);
        ui::openProviderAssistant(*screens.context);
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QVERIFY(!errorAt(screens, "assistant.name").isEmpty());
        QVERIFY(!errorAt(screens, "assistant.login").isEmpty());
        QVERIFY(!errorAt(screens, "assistant.metadata").isEmpty());
        QVERIFY(screens.providers.providers().empty());
    }

    void badMetadataIsSaidBesideTheField_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("html") << QStringLiteral("<html><body>Sign in</body></html>") << QStringLiteral("metadata");
        QTest::newRow("not xml") << QStringLiteral("<EntityDescriptor") << QStringLiteral("not XML");
        QTest::newRow("missing file") << QStringLiteral("/nowhere/metadata.xml") << QStringLiteral("not there");
        QTest::newRow("http url") << QStringLiteral("http://sso.northwind.example/metadata") << QStringLiteral("cannot be used");
        QTest::newRow("certificate") << QStringLiteral("-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----") << QStringLiteral("certificate");
    }
    void badMetadataIsSaidBesideTheField() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        Screens screens(false);
        ui::openProviderAssistant(*screens.context);
        metadata(screens)->setPlainText(text);
        QVERIFY2(errorAt(screens, "assistant.metadata").contains(words), qPrintable(errorAt(screens, "assistant.metadata")));
        QVERIFY(!screens.part<QWidget>(QStringLiteral("assistant.summary")));
    }

    void severalProvidersAskForTheEntityId() {
        Screens screens(false);
        ui::openProviderAssistant(*screens.context);
        const std::string one = test::metadataXml("https://a.example", {test::providerKey().certificate});
        const std::string two = test::metadataXml("https://b.example", {test::providerKey().certificate});
        const auto body = [](const std::string& xml) { return xml.starts_with("<?xml") ? xml.substr(xml.find("?>") + 2) : xml; };
        metadata(screens)->setPlainText(QString::fromStdString("<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">" + body(one) +
                                                               body(two) + "</md:EntitiesDescriptor>"));
        auto* entity = field(screens, "assistant.entity");
        QVERIFY(entity);
        QTest::keyClicks(entity, QStringLiteral("https://b.example"));
        QTRY_COMPARE(errorAt(screens, "assistant.metadata"), QString());
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("assistant.summary.entity"))->text(), QStringLiteral("https://b.example"));
    }

    void checkLoadsTheMetadata() {
        Screens screens(false);
        ui::openProviderAssistant(*screens.context);
        screens.http.pages["https://id.northwind.example/metadata"] = test::metadataXml("https://id.northwind.example", {test::providerKey().certificate});
        metadata(screens)->setPlainText(QStringLiteral("https://id.northwind.example/metadata"));
        QVERIFY(screens.click(QStringLiteral("assistant.check")));
        auto* state = screens.part<ui::Text>(QStringLiteral("assistant.state"));
        QTRY_VERIFY2(state->text().startsWith(QStringLiteral("The provider answers and 1 key")), qPrintable(state->text()));
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("assistant.summary.entity"))->text(), QStringLiteral("https://id.northwind.example"));
        metadata(screens)->setPlainText(QStringLiteral("https://id.northwind.example/elsewhere"));
        QVERIFY(screens.click(QStringLiteral("assistant.check")));
        QTRY_VERIFY2(!errorAt(screens, "assistant.metadata").isEmpty(), qPrintable(state->text()));
    }

    void editKeepsWhatIsNotShown() {
        Screens screens;
        auto provider = Screens::provider();
        provider.roleAliases = {{"arn:aws:iam::111122223333:role/ledger-support", "Ledger"}};
        provider.userAgent = "Special/1.0";
        provider.regions = {aws::Region("eu-west-1"), aws::Region("eu-central-1")};
        QVERIFY(screens.providers.save(provider));
        const auto before = *screens.providers.find(provider.id);
        ui::openProviderAssistant(*screens.context, provider.id);
        QCOMPARE(field(screens, "assistant.name")->text(), QStringLiteral("Northwind SSO"));
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));
        const auto after = *screens.providers.find(provider.id);
        QCOMPARE(after.roleAliases, before.roleAliases);
        QCOMPARE(after.userAgent, before.userAgent);
        QVERIFY(after.regions == before.regions);
        QVERIFY(after.accountAliases == before.accountAliases);
        QVERIFY(after.environments == before.environments);
    }

    void namesRolesAndUndoesIt() {
        Screens screens;
        const sessions::ProviderId id("northwind");
        (void)screens.memory.noteSignIn(id, {test::pair("payments-readonly"), test::pair("ledger-support")});
        const sessions::Provider former = *screens.providers.find(id);
        const auto edit = [&](const QString& role, const QString& name) {
            ui::openProviderAssistant(*screens.context, id);
            QTRY_VERIFY(screens.part(QStringLiteral("assistant.roles.add")));
            QVERIFY(screens.click(QStringLiteral("assistant.roles.add")));
            QTRY_VERIFY(field(screens, "assistant.roles.0.first"));
            auto* arn = field(screens, "assistant.roles.0.first");
            QVERIFY(arn->completer() && arn->completer()->model()->rowCount() == 2);
            arn->setText(role);
            QTest::keyClicks(field(screens, "assistant.roles.0.second"), name);
            QVERIFY(screens.click(QStringLiteral("assistant.environments.add")));
            const auto rules = QString::number(former.environments.size());
            const QByteArray rule = QStringLiteral("assistant.environments.%1.first").arg(rules).toLatin1();
            QTRY_VERIFY(field(screens, rule.constData()));
            field(screens, rule.constData())->setText(QStringLiteral("ledger-*"));
            QVERIFY(screens.click(QStringLiteral("assistant.save")));
        };
        edit(QStringLiteral("payments-readonly"), QStringLiteral("Payments, read only"));
        QVERIFY(screens.part<QWidget>(QStringLiteral("assistant")));
        QVERIFY(field(screens, "assistant.roles.0.first")->property("gw.error").toBool());
        screens.window->popPage();

        const auto role = test::pair("payments-readonly").role;
        edit(QString::fromStdString(role.value()), QStringLiteral("Payments, read only"));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));
        QCOMPARE(screens.providers.find(id)->roleLabel(role), std::string("Payments, read only"));
        QCOMPARE(screens.providers.find(id)->environments.size(), former.environments.size() + 1);
        QVERIFY(screens.click(QStringLiteral("toast.providers.saved.action")));
        QVERIFY(*screens.providers.find(id) == former);
    }

    void undoLeavesLaterChangesAlone() {
        Screens screens;
        const sessions::ProviderId id("northwind");
        ui::openProviderAssistant(*screens.context, id);
        QTRY_VERIFY(field(screens, "assistant.name"));
        field(screens, "assistant.name")->setText(QStringLiteral("Renamed"));
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));
        sessions::Provider later = *screens.providers.find(id);
        later.name = "Renamed by hand";
        QVERIFY(screens.providers.save(later).has_value());
        QVERIFY(screens.click(QStringLiteral("toast.providers.saved.action")));
        QCOMPARE(screens.providers.find(id)->name, std::string("Renamed by hand"));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("toast.providers.saved")));
    }

    void decryptionKeysAreCheckedAndKept() {
        Screens screens;
        const sessions::ProviderId id("northwind");
        const QString file = screens.folder.filePath(QStringLiteral("decrypt.pem"));
        const auto write = [&](std::string_view content, QFile::Permissions mode) {
            QVERIFY(store::writeFileAtomically(file.toStdString(), content).has_value());
            QVERIFY(QFile::setPermissions(file, mode));
        };
        const auto mine = QFile::ReadOwner | QFile::WriteOwner;
        ui::openProviderAssistant(*screens.context, id);
        QTRY_VERIFY(field(screens, "assistant.keys"));
        const auto refused = [&](const QString& words) {
            QVERIFY(screens.click(QStringLiteral("assistant.save")));
            QVERIFY2(errorAt(screens, "assistant.keys").contains(words), qPrintable(errorAt(screens, "assistant.keys")));
            QVERIFY(screens.part<QWidget>(QStringLiteral("assistant")));
        };
        field(screens, "assistant.keys")->setText(file);
        refused(QStringLiteral("not there"));
        write(test::recipientKey().privateKeyPem.reveal(), mine | QFile::ReadGroup);
        refused(QStringLiteral("chmod 600"));
        write(test::providerKey().certificatePem(), mine);
        refused(QStringLiteral("private key"));
        write(test::recipientKey().privateKeyPem.reveal(), mine);
        QTRY_VERIFY(screens.part<QCheckBox>(QStringLiteral("assistant.legacy")));
        screens.part<QCheckBox>(QStringLiteral("assistant.legacy"))->setChecked(true);
        screens.part<QCheckBox>(QStringLiteral("assistant.request"))->setChecked(true);
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));
        const sessions::Provider& saved = *screens.providers.find(id);
        QCOMPARE(saved.decryptionKeyFiles, std::vector<std::string>{file.toStdString()});
        QVERIFY(saved.legacyEncryption && saved.requestsSignIn);

        ui::openProviderAssistant(*screens.context, id);
        QTRY_VERIFY(field(screens, "assistant.keys"));
        QCOMPARE(field(screens, "assistant.keys")->text(), file);
        QVERIFY(screens.part<QCheckBox>(QStringLiteral("assistant.legacy"))->isChecked());
        field(screens, "assistant.keys")->clear();
        screens.part<QCheckBox>(QStringLiteral("assistant.legacy"))->setChecked(false);
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("assistant")));
        QVERIFY(screens.providers.find(id)->decryptionKeyFiles.empty() && !screens.providers.find(id)->legacyEncryption);
    }

    void badAccountNumberIsMarked() {
        Screens screens;
        ui::openProviderAssistant(*screens.context, sessions::ProviderId("northwind"));
        auto* first = field(screens, "assistant.accounts.0.first");
        first->setText(QStringLiteral("12"));
        QVERIFY(screens.click(QStringLiteral("assistant.save")));
        QVERIFY(first->property("gw.error").toBool());
        QVERIFY(screens.part<QWidget>(QStringLiteral("assistant")));
    }

    void importTakesCompleteOnesAndAsksForTheRest() {
        Screens screens(false);
        sessions::ImportFindings findings;
        sessions::ImportCandidate whole;
        whole.source = sessions::ImportSource::Saml2Aws;
        whole.path = "/home/ines/.saml2aws";
        whole.line = 3;
        whole.provider = Screens::provider();
        whole.provider.id = sessions::ProviderId("imported");
        sessions::ImportCandidate half = whole;
        half.source = sessions::ImportSource::Leapp;
        half.provider.name = "Kestrel partner SSO";
        half.provider.loginUrl.clear();
        half.missing = {sessions::MissingPart::LoginUrl};
        findings.candidates = {whole, half};
        auto* page = new ui::ImportPage(*screens.context, findings);
        screens.window->pushPage(page, QStringLiteral("Import"), {});
        QVERIFY(!screens.part(QStringLiteral("import.take"))->isEnabled());
        screens.part<QCheckBox>(QStringLiteral("import.candidate.0"))->click();
        screens.part<QCheckBox>(QStringLiteral("import.candidate.1"))->click();
        QVERIFY(screens.part(QStringLiteral("import.take"))->text().startsWith(QStringLiteral("Import 2 provider")));
        QCOMPARE(test::accessibilityProblems(page).join(u'\n'), QString());
        QVERIFY(screens.click(QStringLiteral("import.take")));
        QTRY_VERIFY(field(screens, "assistant.name"));
        QCOMPARE(field(screens, "assistant.name")->text(), QStringLiteral("Kestrel partner SSO"));
        QCOMPARE(screens.providers.providers().size(), std::size_t{1});
    }

    void partsHaveNames() {
        Screens screens;
        ui::openProviderAssistant(*screens.context, sessions::ProviderId("northwind"));
        QCOMPARE(test::accessibilityProblems(screens.part<QWidget>(QStringLiteral("assistant"))).join(u'\n'), QString());
    }
};

GW_UI_TEST_MAIN(ProviderAssistantTest)
#include "provider_assistant_test.moc"
