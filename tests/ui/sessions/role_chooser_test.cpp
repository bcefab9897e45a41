#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/sessions/screens_fixture.h"

#include "ui/sessions/role_chooser.h"
#include "ui/sessions/role_list_view.h"
#include "ui/widgets/widgets.h"

#include <QLineEdit>

using namespace gw;
using namespace std::chrono_literals;
using test::Screens;

namespace {

const std::vector<std::string> offered{"111122223333/payments-readonly", "222233334444/payments-readonly", "777788889999/payments-developer",
                                       "444455556666/fleet-operator",    "111122223333/ledger-support",    "666677778888/partner-reader"};

ui::RoleListView* list(Screens& screens) { return screens.part<ui::RoleListView>(QStringLiteral("chooser.list")); }
QLineEdit* search(Screens& screens) { return screens.part<QLineEdit>(QStringLiteral("chooser.search")); }

QStringList lines(Screens& screens) {
    QStringList out;
    for (int i = 0; i < list(screens)->lineCount(); ++i)
        out << (list(screens)->isHeader(i) ? QStringLiteral("# ") : QString()) + list(screens)->lineText(i);
    return out;
}

} // namespace

class RoleChooserTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typesFindsAndStarts() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QTRY_VERIFY(search(screens)->hasFocus());
        QTest::keyClicks(search(screens), QStringLiteral("pay dev"));
        QCOMPARE(lines(screens), QStringList({QStringLiteral("# Matches"), QStringLiteral("payments-developer, nwr-dev-payments, dev")}));
        QTest::keyClick(search(screens), Qt::Key_Return);
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        const auto& started = screens.book.sessions().front();
        QCOMPARE(started.roleLabel, std::string("payments-developer"));
        QCOMPARE(started.accountAlias, std::string("nwr-dev-payments"));
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void startsSeveralFromOneAssertion() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        auto* field = search(screens);
        // Space chooses while nothing is being typed, and after the arrows.
        QTest::keyClick(field, Qt::Key_Space);
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Space);
        QCOMPARE(field->text(), QString());
        QCOMPARE(list(screens)->checked().size(), std::size_t{2});
        QVERIFY(screens.part<ui::Text>(QStringLiteral("chooser.count"))->text().startsWith(QStringLiteral("2 role")));
        QVERIFY(screens.part(QStringLiteral("chooser.start"))->text().startsWith(QStringLiteral("Start 2 session")));
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
        QCOMPARE(screens.login.opened, 1);
        QVERIFY(screens.book.sessions()[0].profile != screens.book.sessions()[1].profile);
    }

    void spaceInsideAQueryPartsWords() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QTest::keyClicks(search(screens), QStringLiteral("pay read"));
        QCOMPARE(search(screens)->text(), QStringLiteral("pay read"));
        QVERIFY(list(screens)->checked().empty());
    }

    void groupsFavouritesThenAccounts() {
        Screens screens;
        screens.memory.setFavourite(test::pair("ledger-support").role, true);
        QVERIFY(screens.chooser(offered));
        const auto shown = lines(screens);
        QCOMPARE(shown.value(0), QStringLiteral("# Favourites"));
        QVERIFY(shown.value(1).startsWith(QStringLiteral("ledger-support")));
        QVERIFY(shown.contains(QStringLiteral("# nwr-stage-payments")));
        QCOMPARE(shown.size(), qsizetype(offered.size() + 6));
    }

    void starsByKeyAndMouse() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        const auto first = *list(screens)->current();
        QTest::keyClick(search(screens), Qt::Key_F, Qt::AltModifier);
        QVERIFY(list(screens)->rows()[first].favourite);
        QTest::keyClick(search(screens), Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!list(screens)->rows()[first].favourite);
        const QRect row = list(screens)->lineRect(list(screens)->currentLine());
        QTest::mouseClick(list(screens)->viewport(), Qt::LeftButton, {}, QPoint(52, row.center().y()));
        QVERIFY(list(screens)->rows()[first].favourite);
        QTest::mouseClick(list(screens)->viewport(), Qt::LeftButton, {}, QPoint(24, list(screens)->lineRect(list(screens)->currentLine()).center().y()));
        QCOMPARE(list(screens)->checked().size(), std::size_t{1});
    }

    void nothingMatchesOffersTheNearest() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QTest::keyClicks(search(screens), QStringLiteral("pamyents"));
        QTRY_VERIFY(screens.part(QStringLiteral("chooser.search-nearest")));
        auto* nearest = screens.part(QStringLiteral("chooser.search-nearest"));
        QCOMPARE(nearest->text(), QStringLiteral("Search payments"));
        QVERIFY(!screens.part(QStringLiteral("chooser.start"))->isEnabled());
        QTest::mouseClick(nearest, Qt::LeftButton);
        QCOMPARE(search(screens)->text(), QStringLiteral("payments"));
        QVERIFY(list(screens) && list(screens)->lineCount() > 3);
        QTRY_VERIFY(search(screens)->hasFocus());
    }

    void refusedRoleStaysWithTheReason() {
        Screens screens;
        screens.http.refusals["fleet-operator"] = {"AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"};
        QVERIFY(screens.chooser(offered));
        for (std::uint32_t i = 0; i < 2; ++i) {
            list(screens)->setCurrent(i == 0 ? 3 : 0);
            list(screens)->toggleCurrent();
        }
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        QVERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        QCOMPARE(list(screens)->rows()[3].problem, QStringLiteral("AWS does not let this person take the role"));
        QVERIFY(list(screens)->rows()[3].checked);
        QVERIFY(!list(screens)->rows()[0].checked);
        QVERIFY(screens.part<QWidget>(QStringLiteral("chooser.details.error")));
        screens.http.refusals.clear();
        QTest::keyClick(search(screens), Qt::Key_Return);
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void deadlinePassesInPlace() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("chooser.time-left"))->text(), QStringLiteral("5:00"));
        screens.pass(130s);
        QCOMPARE(screens.part<ui::Text>(QStringLiteral("chooser.time-left"))->text(), QStringLiteral("2:50"));
        list(screens)->toggleCurrent();
        screens.pass(200s);
        auto* again = screens.part(QStringLiteral("chooser.sign-in-again"));
        QVERIFY(again);
        QVERIFY(!screens.part(QStringLiteral("chooser.start"))->isEnabled());
        // What was chosen starts by itself after the new sign-in.
        screens.offer(offered);
        QTest::keyClick(search(screens), Qt::Key_Return);
        QTRY_COMPARE(screens.login.opened, 2);
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        QVERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void durationIsBoundedByWhatWasLearnt() {
        Screens screens;
        screens.memory.noteRefused(test::pair("payments-readonly").role, 8h);
        screens.memory.noteGranted(test::pair("payments-readonly").role, 2h);
        QVERIFY(screens.chooser(offered));
        list(screens)->setCurrent(0);
        auto* duration = screens.part<ui::Segmented>(QStringLiteral("chooser.duration"));
        QTest::keyClick(search(screens), Qt::Key_D, Qt::AltModifier);
        QTRY_VERIFY(duration->hasFocus());
        QTest::keyClick(duration, Qt::Key_End);
        QCOMPARE(duration->text(duration->current()), QStringLiteral("2 h"));
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        QCOMPARE(screens.book.sessions().front().asked, std::chrono::seconds(2h));
    }

    void profileNameIsCheckedAtOnce() {
        Screens screens;
        screens.live("ledger-support", "taken", 30min);
        QVERIFY(screens.chooser(offered));
        list(screens)->setCurrent(0);
        auto* profile = screens.part<QLineEdit>(QStringLiteral("chooser.profile"));
        profile->setFocus();
        profile->selectAll();
        QTest::keyClicks(profile, QStringLiteral("has blank"));
        QVERIFY(!screens.part(QStringLiteral("chooser.start"))->isEnabled());
        profile->selectAll();
        QTest::keyClicks(profile, QStringLiteral("taken"));
        QVERIFY(!screens.part(QStringLiteral("chooser.start"))->isEnabled());
        profile->selectAll();
        QTest::keyClicks(profile, QStringLiteral("mine"));
        QVERIFY(screens.click(QStringLiteral("chooser.start")));
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 2);
        QVERIFY(screens.book.findByProfile(sessions::ProfileName("mine")));
    }

    void oneRoleGoesStraightOnWithAWayBack() {
        Screens screens;
        screens.offer({"payments-readonly"});
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        screens.capture();
        QTRY_COMPARE(static_cast<int>(screens.book.sessions().size()), 1);
        QVERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
        auto* back = screens.part(QStringLiteral("toast.sessions.started.action"));
        QVERIFY(back);
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
    }

    void escapeClearsThenLeaves() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QTest::keyClicks(search(screens), QStringLiteral("pay"));
        QTest::keyClick(search(screens), Qt::Key_Escape);
        QCOMPARE(search(screens)->text(), QString());
        QTest::keyClick(search(screens), Qt::Key_Escape);
        QTRY_VERIFY(!screens.part<QWidget>(QStringLiteral("chooser")));
        // The assertion is still good: the card leads back without another sign-in.
        QCOMPARE(screens.part(QStringLiteral("sessions.provider.northwind.go"))->text(), QStringLiteral("Choose roles"));
        QVERIFY(screens.click(QStringLiteral("sessions.provider.northwind.go")));
        QTRY_VERIFY(screens.part<QWidget>(QStringLiteral("chooser")));
        QCOMPARE(screens.login.opened, 1);
    }

    void partsHaveNames() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QCOMPARE(test::accessibilityProblems(screens.part<QWidget>(QStringLiteral("chooser"))).join(u'\n'), QString());
    }

    void rowsAreReadableToAScreenReader() {
        Screens screens;
        QVERIFY(screens.chooser(offered));
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(list(screens));
        QVERIFY(reader);
        QCOMPARE(reader->role(), QAccessible::List);
        QCOMPARE(reader->childCount(), list(screens)->lineCount());
        QAccessibleInterface* row = reader->child(list(screens)->currentLine());
        QVERIFY(row && row->text(QAccessible::Name).contains(QStringLiteral("payments")));
        QVERIFY(row->state().selected);
        list(screens)->toggleCurrent();
        QVERIFY(row->state().checked);
    }

    // One key press over 5,000 roles with layout and paint: the bench measures it, this only keeps it from falling apart.
    void manyRoles() {
        Screens screens;
        std::vector<std::string> many;
        for (int i = 0; i < 900; ++i) many.push_back(std::to_string(100000000000 + i / 10) + "/team-" + std::to_string(i) + "-reader");
        QVERIFY(screens.chooser(many));
        std::vector<double> each;
        for (const QChar letter : QStringLiteral("team 77 reader")) {
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(search(screens), letter.toLatin1());
            QTest::qWait(0);
            each.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(each.begin(), each.end());
        qInfo("one key press over 900 roles, whole page: median %.1f ms, worst %.1f ms", each[each.size() / 2], each.back());
        QVERIFY2(each[each.size() / 2] < 100, qPrintable(QString::number(each[each.size() / 2])));
        QVERIFY(list(screens)->lineCount() > 1);
    }
};

GW_UI_TEST_MAIN(RoleChooserTest)
#include "role_chooser_test.moc"
