// The Review screen's unused roles and permissions: evidence, tighter policies with what was tried, and what nobody knows.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"

#include "ui/estate/code_lines.h"
#include "ui/review/unused/unused_tab.h"

#include <QClipboard>
#include <QTabBar>

using namespace gw;
using test::ReviewScreen;

namespace {

// One that nobody used since spring, one with two services of which it used one, one of which nothing tells.
void showUnused(ReviewScreen& screen) {
    screen.shelf.set(test::unusedSample(), QStringLiteral("Northwind Robotics"));
    screen.settle();
    auto* tabs = screen.part<QTabBar>(QStringLiteral("review.tabs"));
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(ui::ReviewPage::Unused).center());
    screen.settle();
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

class ReviewUnusedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsRolesFromPermissionsFromWhatNobodyKnows() {
        ReviewScreen screen;
        showUnused(screen);
        const auto& unused = *screen.page->unused().unused();
        QCOMPARE(unused.report.untold.size(), 1U);
        QCOMPARE(screen.part<QTabBar>(QStringLiteral("review.tabs"))->tabText(ui::ReviewPage::Unused), QStringLiteral("Unused\t%1").arg(unused.report.roles.size()));
        auto& view = screen.page->rows()->view();
        QVERIFY(view.lineText(0).startsWith(QStringLiteral("Roles that nobody uses")));
        QVERIFY(screen.words("review.unused.partial").contains(QStringLiteral("nothing tells")));
        choose(screen, QStringLiteral("state:nothing-tells"));
        QCOMPARE(screen.page->rows()->shown().rows.size(), 1U);
        QCOMPARE(screen.words("review.unused.panel.title"), QStringLiteral("robot-console"));
        QVERIFY(!screen.words("review.unused.panel.untold").isEmpty());
        QVERIFY(screen.words("review.unused.panel.evidence").isEmpty());
    }

    void aStaleRoleHasItsEvidence() {
        ReviewScreen screen;
        showUnused(screen);
        choose(screen, QStringLiteral("role:payments-hotfix"));
        QVERIFY(screen.words("review.unused.panel.since").startsWith(QStringLiteral("Last used 2 Apr 2026")));
        QVERIFY(screen.words("review.unused.panel.evidence").contains(QStringLiteral("400 days")));
        screen.click("review.unused.panel.explain");
        QCOMPARE(screen.explained, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/payments-hotfix")});
    }

    void aTighterPolicyIsShownWithItsProofAndCopied() {
        ReviewScreen screen;
        showUnused(screen);
        choose(screen, QStringLiteral("role:payments-operator"));
        QVERIFY(screen.words("review.unused.panel.services").contains(QStringLiteral("s3")));
        QVERIFY(screen.words("review.unused.panel.proof").contains(QStringLiteral("Nothing is allowed that was not")));
        auto* lines = screen.part<ui::CodeLines>(QStringLiteral("review.unused.panel.policy.1"));
        QVERIFY(lines && lines->isVisibleTo(&screen.window));
        QVERIFY(lines->text().contains(QStringLiteral("s3:PutObject"))); // what goes
        screen.click("review.unused.panel.copy.1");
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("execute-api:Invoke")));
        QVERIFY(!copied.contains(QStringLiteral("s3:PutObject")));
    }

    void everythingIsUsed() {
        ReviewScreen screen;
        screen.shelf.set(test::reviewSample(1, [](estate::Role& role) { role.lastUsed = "2026-11-22T10:00:00Z"; }), QStringLiteral("used"));
        screen.settle();
        screen.page->showTab(ui::ReviewPage::Unused);
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.unused.empty"))->isVisibleTo(&screen.window));
        QVERIFY(screen.page->rows() == nullptr);
    }

    void canBeStoppedAndGoneOnWith() {
        ReviewScreen screen;
        screen.page->showTab(ui::ReviewPage::Unused);
        const auto review = screen.page->review();
        screen.page->unused().setReview(nullptr);
        screen.page->unused().setReview(review);
        QVERIFY(screen.part(QStringLiteral("review.unused.cancel"))->isVisibleTo(&screen.window));
        QTest::mouseClick(screen.part(QStringLiteral("review.unused.cancel")), Qt::LeftButton);
        screen.settle();
        screen.click("review.unused.empty.again");
        QVERIFY(screen.page->rows() != nullptr);
        screen.page->copyRow();
        QVERIFY(!QApplication::clipboard()->text().isEmpty());
        QVERIFY(exportBytes(screen.page->exported(), ui::ExportFormat::Csv)->startsWith("role,"));
    }

    void theHeaderKnowsTheNumberBeforeAnybodyLooks() {
        ReviewScreen screen;
        screen.shelf.set(test::unusedSample(), QStringLiteral("Northwind Robotics"));
        screen.settle();
        const auto* tabs = screen.part<QTabBar>(QStringLiteral("review.tabs"));
        QVERIFY(screen.page->unused().count().value_or(0) > 0);
        QCOMPARE(tabs->tabText(ui::ReviewPage::Unused), QStringLiteral("Unused\t%1").arg(*screen.page->unused().count()));
    }

    void everythingHasANameForReaders() {
        ReviewScreen screen;
        showUnused(screen);
        screen.actions.action(QStringLiteral("review.unused"))->trigger();
        choose(screen, QStringLiteral("role:payments-operator"));
        QCOMPARE(test::accessibilityProblems(screen.page).join(QLatin1Char('\n')), QString());
    }
};

GW_UI_TEST_MAIN(ReviewUnusedTest)
#include "review_unused_test.moc"
