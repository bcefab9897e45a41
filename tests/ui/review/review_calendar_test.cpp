// The Review screen's dates: the tab Calendar and the strip below the mapping.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/review/review_fixture.h"

#include "ui/review/calendar/calendar_tab.h"
#include "ui/review/calendar/next_dates.h"

#include <QClipboard>
#include <QTabBar>

using namespace gw;
using test::ReviewScreen;

namespace {

QString tabText(ReviewScreen& screen) {
    return screen.part<QTabBar>(QStringLiteral("review.tabs"))->tabText(ui::ReviewPage::Calendar);
}

void showCalendar(ReviewScreen& screen) {
    auto* tabs = screen.part<QTabBar>(QStringLiteral("review.tabs"));
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(ui::ReviewPage::Calendar).center());
    screen.settle();
}

} // namespace

class ReviewCalendarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsWhatIsOverdueFirst() {
        ReviewScreen screen;
        showCalendar(screen);
        auto* table = screen.part<ui::TablePage>(QStringLiteral("review.calendar.dates"));
        QVERIFY(table->isVisibleTo(&screen.window));
        const auto& dates = *screen.page->calendar().dates();
        QCOMPARE(dates.overdue, 1U);
        QCOMPARE(tabText(screen), QStringLiteral("Calendar\t%1").arg(dates.overdue + dates.soon));
        QVERIFY(table->view().lineText(0).startsWith(QStringLiteral("Overdue")));
        QCOMPARE(table->view().rowOf(1), std::optional(0U));
        QVERIFY(table->view().rowText(0).contains(QStringLiteral("overdue 9 d")));
        QVERIFY(table->view().rowText(0).contains(QStringLiteral("payments-admin")));
    }

    void aDateSaysWhatComesOfIt() {
        ReviewScreen screen;
        showCalendar(screen);
        screen.page->rows()->bar().setText(QStringLiteral("role:payments-admin"));
        screen.page->rows()->view().moveCurrent(1);
        QCOMPARE(screen.words("review.calendar.panel.title"), QStringLiteral("Attestation is due"));
        QVERIFY(screen.words("review.calendar.panel.when").contains(QStringLiteral("overdue 9 d")));
        QVERIFY(!screen.words("review.calendar.panel.consequence").isEmpty());
        QVERIFY(!screen.words("review.calendar.panel.advice").isEmpty());
        screen.click("review.calendar.panel.copy");
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("Attest the trust policy of arn:aws:iam::111122223333:role/payments-admin\t2026-11-14")));
        screen.click("review.calendar.panel.explain");
        QCOMPARE(screen.explained, QStringList{QStringLiteral("arn:aws:iam::111122223333:role/payments-admin")});
        // Enter leads into the panel, Esc back to the rows.
        auto& view = screen.page->rows()->view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(screen.part(QStringLiteral("review.calendar.panel.copy"))->hasFocus());
        QTest::keyClick(screen.part(QStringLiteral("review.calendar.panel.copy")), Qt::Key_Escape);
        QVERIFY(view.hasFocus());
    }

    void savesWhatIsShown() {
        ReviewScreen screen;
        showCalendar(screen);
        screen.page->rows()->bar().setText(QStringLiteral("kind:provider-validity"));
        const QByteArray file = screen.page->calendar().calendar();
        QCOMPARE(file.count("BEGIN:VEVENT"), 1);
        QVERIFY(file.contains("DTSTART:20270201T000000Z"));
        QVERIFY(exportBytes(screen.page->exported(), ui::ExportFormat::Csv)->contains("provider-validity"));
    }

    void theStripLeadsToTheDate() {
        ReviewScreen screen;
        auto* strip = screen.part<ui::NextDates>(QStringLiteral("review.next-dates"));
        QVERIFY(strip->isVisibleTo(&screen.window));
        QVERIFY(strip->placed() >= 3);
        QTest::mouseClick(strip, Qt::LeftButton, {}, strip->placeOf(0));
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.calendar"))->isVisibleTo(&screen.window));
        const auto chosen = screen.page->rows()->view().current();
        QVERIFY(chosen);
        QCOMPARE(QString::fromStdString(screen.page->calendar().dates()->entries[*chosen].object), QStringLiteral("arn:aws:iam::111122223333:role/fleet-operator"));
        screen.page->showTab(ui::ReviewPage::Mapping);
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_End);
        QTest::keyClick(strip, Qt::Key_Return);
        QCOMPARE(screen.page->calendar().dates()->entries[*screen.page->rows()->view().current()].kind, estate::DateKind::ProviderValidity);
    }

    void nothingHasADate() {
        ReviewScreen screen(false);
        QCOMPARE(tabText(screen), QStringLiteral("Calendar"));
        screen.shelf.set(std::make_shared<const estate::Estate>(estate::EstateParts()), QStringLiteral("nothing"));
        screen.settle();
        showCalendar(screen);
        QVERIFY(screen.part(QStringLiteral("review.calendar.empty"))->isVisibleTo(&screen.window));
        QVERIFY(!screen.part(QStringLiteral("review.next-dates"))->isVisibleTo(&screen.window));
    }

    void theActionLeadsHere() {
        ReviewScreen screen;
        screen.actions.action(QStringLiteral("review.calendar"))->trigger();
        screen.settle();
        QVERIFY(screen.part(QStringLiteral("review.calendar"))->isVisibleTo(&screen.window));
        QCOMPARE(test::accessibilityProblems(screen.page).join(QLatin1Char('\n')), QString());
    }
};

GW_UI_TEST_MAIN(ReviewCalendarTest)
#include "review_calendar_test.moc"
