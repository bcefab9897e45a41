#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "models/store/files.h"
#include "ui/widgets/widgets.h"

#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QTabBar>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

ui::CodeBlock* block(Screens& screens, const QString& name) {
    for (auto* each : screens.window->findChildren<ui::CodeBlock*>())
        if (each->isVisible() && each->objectName() == name) return each;
    return nullptr;
}

} // namespace

class UseItTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void previewIsAddedToTheConfig() {
        Screens screens;
        screens.live("payments-readonly", "nwr-pay-prod", 30min);
        const auto& config = screens.context->paths.awsFiles.config;
        QVERIFY(store::writeFileAtomically(config, "# mine\n[default]\nregion = us-east-1\n"));
        screens.page->select(screens.page->selected());
        auto* section = block(screens, QStringLiteral("sessions.use.section"));
        QVERIFY(section);
        QVERIFY2(section->code().contains(QStringLiteral("[profile nwr-pay-prod]")), qPrintable(section->code()));
        QVERIFY(section->code().contains(QStringLiteral("credential_process = /usr/bin/gatewarden-credentials --profile nwr-pay-prod")));
        auto* state = screens.part<ui::Text>(QStringLiteral("sessions.use.config-state"));
        QVERIFY(state->text().startsWith(QStringLiteral("To be added")));
        QVERIFY(screens.click(QStringLiteral("sessions.use.add")));
        QTRY_VERIFY(state->text().startsWith(QStringLiteral("Added")));
        QVERIFY(!screens.part(QStringLiteral("sessions.use.add")));
        const auto written = store::readFile(config);
        QVERIFY(written && written->starts_with("# mine\n[default]\nregion = us-east-1\n"));
        QVERIFY(written->find("[profile nwr-pay-prod]") != std::string::npos);
    }

    void foreignSectionIsTakenOverOnlyWhenTold() {
        Screens screens;
        QVERIFY(store::writeFileAtomically(screens.context->paths.awsFiles.config, "[profile nwr-pay-prod]\nregion = us-east-1\n"));
        screens.live("payments-readonly", "nwr-pay-prod", 30min);
        auto* problem = screens.part<ui::Text>(QStringLiteral("sessions.use.problem"));
        QVERIFY(problem && problem->text().contains(QStringLiteral("exists already")));
        QVERIFY(!screens.part(QStringLiteral("sessions.use.add")));
        QVERIFY(screens.click(QStringLiteral("sessions.use.take-over")));
        QVERIFY(screens.click(QStringLiteral("sessions.use.add")));
        QTRY_VERIFY(screens.part<ui::Text>(QStringLiteral("sessions.use.config-state"))->text().startsWith(QStringLiteral("Added")));
    }

    void profileIsRenamedInPlace() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.live("fleet-operator", "fleet", 50min, 1h, "444455556666");
        screens.page->select(id);
        auto* profile = screens.part<QLineEdit>(QStringLiteral("sessions.use.profile"));
        profile->setFocus();
        profile->selectAll();
        QTest::keyClicks(profile, QStringLiteral("fleet"));
        QTest::keyClick(profile, Qt::Key_Return);
        QCOMPARE(screens.book.find(id)->profile.value(), std::string("nwr-pay-prod"));
        profile->selectAll();
        QTest::keyClicks(profile, QStringLiteral("mine"));
        QTest::keyClick(profile, Qt::Key_Return);
        QCOMPARE(screens.book.find(id)->profile.value(), std::string("mine"));
    }

    void secretsAreHiddenUntilAskedAndCopiedWhole_data() {
        QTest::addColumn<int>("shell");
        for (int i = 0; i < 5; ++i) QTest::addRow("shell %d", i) << i;
    }
    void secretsAreHiddenUntilAskedAndCopiedWhole() {
        QFETCH(int, shell);
        Screens screens;
        screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.part<QTabBar>(QStringLiteral("sessions.use.tabs"))->setCurrentIndex(1);
        auto* combo = screens.part<QComboBox>(QStringLiteral("sessions.use.shell"));
        combo->setCurrentIndex(shell);
        Q_EMIT combo->activated(shell);
        auto* environment = block(screens, QStringLiteral("sessions.use.environment"));
        QVERIFY(environment->code().contains(QStringLiteral("ASIAEXAMPLEKEY00")));
        QVERIFY2(!environment->code().contains(QStringLiteral("secret/of+")), qPrintable(environment->code()));
        QVERIFY2(!environment->code().contains(QStringLiteral("token==")), qPrintable(environment->code()));
        environment->copy();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("secret/of+")));
        QVERIFY(screens.click(QStringLiteral("sessions.use.reveal")));
        QVERIFY(environment->code().contains(QStringLiteral("secret/of+")));
        // Another session hides them again.
        const auto other = screens.live("fleet-operator", "fleet", 50min, 1h, "444455556666");
        screens.page->select(other);
        QVERIFY(!environment->code().contains(QStringLiteral("secret/of+")));
    }

    void processLineIsShown() {
        Screens screens;
        screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.part<QTabBar>(QStringLiteral("sessions.use.tabs"))->setCurrentIndex(2);
        auto* process = block(screens, QStringLiteral("sessions.use.process"));
        QVERIFY(process);
        QCOMPARE(process->code(), QStringLiteral("/usr/bin/gatewarden-credentials --profile nwr-pay-prod"));
    }

    void whoAskedIsListed() {
        Screens screens;
        const auto id = screens.live("payments-readonly", "nwr-pay-prod", 30min);
        screens.book.noteConsumer(id, {"aws", "/usr/bin/aws", 48213, screens.clock.now()});
        QStringList shown;
        for (const auto* label : screens.part<QWidget>(QStringLiteral("sessions.panel"))->findChildren<ui::Text*>())
            if (label->isVisible()) shown << label->text();
        QTRY_VERIFY(([&] {
            for (const auto* label : screens.part<QWidget>(QStringLiteral("sessions.panel"))->findChildren<ui::Text*>())
                if (label->isVisible() && label->text() == u"pid 48213") return true;
            return false;
        })());
    }
};

GW_UI_TEST_MAIN(UseItTest)
#include "use_it_test.moc"
