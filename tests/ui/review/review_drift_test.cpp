// The Review screen's drift: a baseline, what was gained and lost, its documents, and accepting it for a while.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"

#include "models/estate/estate_parts.h"
#include "ui/estate/code_lines.h"
#include "ui/review/drift/drift_tab.h"

#include <QClipboard>
#include <QLineEdit>
#include <QTabBar>

using namespace gw;
using estate::DriftDirection;
using test::ReviewScreen;

namespace {

// What it was before: support could also read the ledger, and two roles could less.
std::shared_ptr<const estate::Estate> earlier() {
    return test::reviewSample(1, [](estate::Role& role) {
        std::string& text = role.policies.inlinePolicies.front().text;
        if (role.name == "ledger-support") text.replace(text.find("execute-api:Invoke"), 18, "dynamodb:GetItem");
        if (role.name == "telemetry-export") text.replace(text.find("s3:GetObject"), 12, "s3:ListBucket");
    });
}

void showDrift(ReviewScreen& screen) {
    auto* tabs = screen.part<QTabBar>(QStringLiteral("review.tabs"));
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(ui::ReviewPage::Drift).center());
    screen.settle();
}

void compare(ReviewScreen& screen) {
    showDrift(screen);
    screen.page->drift().baseline().set(earlier(), QStringLiteral("October"));
    screen.settle();
}

QString tabText(ReviewScreen& screen) {
    return screen.part<QTabBar>(QStringLiteral("review.tabs"))->tabText(ui::ReviewPage::Drift);
}

void choose(ReviewScreen& screen, const QString& filter) {
    screen.page->rows()->bar().setText(filter);
    auto& view = screen.page->rows()->view();
    view.setFocus();
    view.setCurrentLine(0);
    if (!view.current()) QTest::keyClick(&view, Qt::Key_Down);
    screen.settle();
}

} // namespace

class ReviewDriftTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutABaselineItAsksForOne() {
        ReviewScreen screen;
        showDrift(screen);
        QVERIFY(screen.part(QStringLiteral("review.drift.empty"))->isVisibleTo(&screen.window));
        QVERIFY(screen.part(QStringLiteral("review.drift.empty.open"))->isVisibleTo(&screen.window));
        QCOMPARE(tabText(screen), QStringLiteral("Drift"));
        QVERIFY(screen.page->rows() == nullptr);
    }

    void aBaselineThatCannotBeReadSaysSo() {
        ReviewScreen screen;
        showDrift(screen);
        QVERIFY(screen.page->drift().take({QStringLiteral("/nowhere/at/all.json")}));
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.drift.failure"))->isVisibleTo(&screen.window));
        QVERIFY(screen.page->review()); // nothing else is lost by it
        screen.page->drift().baseline().set(earlier(), QStringLiteral("October"));
        screen.settle();
        QVERIFY(screen.page->rows() != nullptr);
    }

    void saysWhoGainedAndWhoLost() {
        ReviewScreen screen;
        compare(screen);
        const auto& report = screen.page->drift().drifted()->report;
        QCOMPARE(report.count(DriftDirection::Gained), 2U);
        QCOMPARE(report.count(DriftDirection::Lost), 2U);
        QCOMPARE(tabText(screen), QStringLiteral("Drift\t4"));
        QCOMPARE(screen.words("review.drift.against"), QStringLiteral("Against October"));
        choose(screen, QStringLiteral("role:ledger-support change:gained"));
        QCOMPARE(screen.page->rows()->shown().rows.size(), 1U);
        QCOMPARE(screen.words("review.drift.panel.title"), QStringLiteral("+118 people gain execute-api:Invoke on everything"));
        QVERIFY(screen.words("review.drift.panel.people").contains(QStringLiteral("Support-Tier2")));
        screen.page->copyRow();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("gained\tledger-support\texecute-api:Invoke on everything")));
        QVERIFY(exportBytes(screen.page->exported(), ui::ExportFormat::Csv)->contains("gained,ledger-support"));
    }

    void opensTheRequestAndTheDocuments() {
        ReviewScreen screen;
        compare(screen);
        choose(screen, QStringLiteral("role:ledger-support change:gained"));
        screen.click("review.drift.panel.explain");
        QCOMPARE(screen.asked, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/ledger-support execute-api:Invoke *")});
        screen.click("review.drift.panel.documents");
        auto* lines = screen.part<ui::CodeLines>(QStringLiteral("review.drift.panel.document.1"));
        QVERIFY(lines && lines->isVisibleTo(&screen.window));
        QVERIFY(lines->text().contains(QStringLiteral("dynamodb:GetItem")));
        QVERIFY(lines->text().contains(QStringLiteral("execute-api:Invoke")));
    }

    void acceptsOneForAWhileAndTakesItBack() {
        ReviewScreen screen;
        screen.rules = "[limits]\nstale_days = 90\n";
        compare(screen);
        choose(screen, QStringLiteral("role:ledger-support change:gained"));
        screen.click("review.drift.panel.accept");
        auto* reason = screen.part<QLineEdit>(QStringLiteral("review.drift.panel.reason"));
        QVERIFY(reason->hasFocus());
        QVERIFY(!screen.part(QStringLiteral("review.drift.panel.accept-now"))->isEnabled());
        QTest::keyClicks(reason, QStringLiteral("tier 2 issues refunds"));
        screen.click("review.drift.panel.accept-now");
        const auto settings = estate::review::Settings::parse(screen.rules.toStdString());
        QVERIFY(settings);
        QCOMPARE(settings->accepted.size(), 1U);
        QCOMPARE(settings->accepted.front().rule, std::string("drift-perm"));
        QCOMPARE(settings->accepted.front().action, std::string("execute-api:Invoke"));
        QCOMPARE(tabText(screen), QStringLiteral("Drift\t3"));
        QVERIFY(screen.words("review.drift.panel.accepted").endsWith(QStringLiteral("tier 2 issues refunds")));
        QVERIFY(screen.part(QStringLiteral("review.drift.panel.accept")) == nullptr);
        // The keyboard is back in the rows, and not in the toast that came up.
        QVERIFY(screen.page->rows()->view().hasFocus());
        auto* undo = screen.part<QAbstractButton>(QStringLiteral("toast.review.suppressed.action"));
        QVERIFY(undo);
        QTest::mouseClick(undo, Qt::LeftButton);
        screen.settle();
        QCOMPARE(screen.rules, QByteArray("[limits]\nstale_days = 90\n"));
        QCOMPARE(tabText(screen), QStringLiteral("Drift\t4"));
    }

    void whatWasAcceptedCountsAgainOnceThatIsPast() {
        ReviewScreen screen;
        screen.rules = "[[accept]]\nrule = \"drift-perm\"\nobject = \"*ledger-support\"\nreason = \"only this month\"\nuntil = 2026-10-31\n";
        screen.shelf.set(test::reviewSample(), QStringLiteral("again"));
        screen.settle();
        compare(screen);
        QCOMPARE(tabText(screen), QStringLiteral("Drift\t4"));
        choose(screen, QStringLiteral("state:ended change:gained"));
        QVERIFY(screen.words("review.drift.panel.accepted").startsWith(QStringLiteral("Was accepted until")));
        QVERIFY(screen.part(QStringLiteral("review.drift.panel.accept"))->isVisibleTo(&screen.window));
    }

    void whatIsDeclaredIsComparedWithByItself() {
        ReviewScreen screen(false);
        estate::EstateParts parts = estate::partsOf(*test::reviewSample());
        parts.declared = earlier();
        screen.shelf.set(std::make_shared<const estate::Estate>(std::move(parts)), QStringLiteral("with templates"));
        screen.settle();
        QVERIFY(screen.page->drift().drifted() != nullptr);
        QVERIFY2(tabText(screen).startsWith(QStringLiteral("Drift\t")), qPrintable(tabText(screen)));
        showDrift(screen);
        QCOMPARE(screen.words("review.drift.against"), QStringLiteral("Against what is declared"));
        // An estate without it has nothing to be compared with.
        screen.shelf.set(test::reviewSample(), QStringLiteral("without"));
        screen.settle();
        QCOMPARE(tabText(screen), QStringLiteral("Drift"));
        QVERIFY(screen.part(QStringLiteral("review.drift.empty"))->isVisibleTo(&screen.window));
    }

    void theListOfTheFilterDoesNotStayOverAnotherTab() {
        ReviewScreen screen;
        screen.type(QStringLiteral("role:pay"));
        const ui::FilterField& field = screen.page->table().bar().field();
        QVERIFY(field.listOpen());
        showDrift(screen);
        QVERIFY(!field.listOpen());
    }

    void theSameIsNoDrift() {
        ReviewScreen screen;
        showDrift(screen);
        screen.page->drift().baseline().set(test::reviewSample(), QStringLiteral("yesterday"));
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.drift.empty"))->isVisibleTo(&screen.window));
        QCOMPARE(tabText(screen), QStringLiteral("Drift\t0"));
    }

    void canBeStopped() {
        ReviewScreen screen;
        showDrift(screen);
        screen.page->drift().baseline().set(earlier(), QStringLiteral("October"));
        QVERIFY(screen.part(QStringLiteral("review.drift.cancel"))->isVisibleTo(&screen.window));
        QTest::mouseClick(screen.part(QStringLiteral("review.drift.cancel")), Qt::LeftButton);
        screen.settle();
        QVERIFY(screen.page->rows() == nullptr);
        screen.click("review.drift.empty.again");
        QVERIFY(screen.page->rows() != nullptr);
    }

    void everythingHasANameForReaders() {
        ReviewScreen screen;
        screen.actions.action(QStringLiteral("review.drift"))->trigger();
        compare(screen);
        choose(screen, QStringLiteral("change:lost"));
        QCOMPARE(test::accessibilityProblems(screen.page).join(QLatin1Char('\n')), QString());
    }
};

GW_UI_TEST_MAIN(ReviewDriftTest)
#include "review_drift_test.moc"
