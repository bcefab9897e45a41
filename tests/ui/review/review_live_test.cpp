// "Read from AWS…": chosen and looked at before anything is called, then read from the practice AWS into the review.
#include "tests/support/ui_application.h"
#include "tests/ui/review/live_fixture.h"
#include "tests/ui/review/review_fixture.h"

#include "models/cloud/read/plan.h"
#include "ui/review/live/live_page.h"

#include <QCheckBox>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTabBar>
#include <QTreeWidget>

using namespace gw;
using test::LiveFixture;
using test::ReviewScreen;

namespace {

const char* const prod = "arn:aws:iam::111122223333:role/payments-readonly";
const char* const stage = "arn:aws:iam::222233334444:role/payments-readonly";

} // namespace

class ReviewLiveTest : public QObject {
    Q_OBJECT

    static bool waitForEnd(ReviewScreen& screen) {
        return QTest::qWaitFor([&] { return !screen.page->live()->busy() && !screen.page->busy(); }, 60'000);
    }

private Q_SLOTS:
    void callsNothingBeforeItIsTold() {
        LiveFixture aws({prod, stage});
        QVERIFY(aws.works());
        ReviewScreen screen(false, {}, &aws.source());
        screen.click("review.empty.aws");
        QVERIFY(screen.part(QStringLiteral("review.live.form"))->isVisible());
        QVERIFY(screen.part<QCheckBox>(QStringLiteral("review.live.session.1"))->hasFocus());
        QVERIFY(screen.part<QCheckBox>(QStringLiteral("review.live.session.2"))->isChecked());
        QCOMPARE(screen.words("review.live.regions"), QStringLiteral("eu-west-1"));
        QCOMPARE(screen.words("review.live.age.1"), QStringLiteral("never read"));
        screen.click("review.live.policy.copy");
        const QJsonObject policy = QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
        QCOMPARE(policy[QStringLiteral("Version")].toString(), QStringLiteral("2012-10-17"));
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(cloud::readPolicy()).trimmed());
        QCOMPARE(aws.http.sent, std::size_t{0});
        QTest::keyClick(screen.part(QStringLiteral("review.live.form")), Qt::Key_Escape);
        QVERIFY(!screen.part(QStringLiteral("review.live.form"))->isVisible());
        QVERIFY(screen.part(QStringLiteral("review.empty.aws"))->isVisible());
    }

    void saysWhatIsMissing() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        ReviewScreen screen(false, {}, &aws.source());
        screen.page->readAws();
        auto* go = screen.part(QStringLiteral("review.live.go"));
        QVERIFY(go->isEnabled());
        auto* regions = screen.part<QLineEdit>(QStringLiteral("review.live.regions"));
        regions->setFocus();
        regions->selectAll();
        QTest::keyClicks(regions, QStringLiteral("eu-west-1, frankfurt"));
        QVERIFY2(!go->isEnabled(), qPrintable(regions->text() + QLatin1Char('|') + screen.words("review.live.words")));
        regions->selectAll();
        QTest::keyClicks(regions, QStringLiteral("eu-west-1 us-east-1"));
        QVERIFY(go->isEnabled());
        QTest::keyClick(screen.part(QStringLiteral("review.live.session.1")), Qt::Key_Space);
        QVERIFY(!go->isEnabled());
        QCOMPARE(screen.words("review.live.words"), QStringLiteral("Choose a session to read with"));
        aws.sessions.clear();
        screen.page->live()->refreshSessions();
        QVERIFY(!screen.words("review.live.words").contains(QStringLiteral("session")));
        screen.click("review.live.start-session");
        QCOMPARE(aws.sentToSessions, 1);
        QCOMPARE(aws.http.sent, std::size_t{0});
    }

    void toastsLeaveTheButtonFree() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        ReviewScreen screen(false, {}, &aws.source());
        screen.window.showToast({QStringLiteral("early"), ui::ToastKind::Good, QStringLiteral("Session started"), QStringLiteral("payments-readonly until 15:07"), {}, {}});
        screen.page->readAws();
        screen.window.showToast({QStringLiteral("late"), ui::ToastKind::Good, QStringLiteral("Session started"), QStringLiteral("payments-readonly until 15:07"), {}, {}});
        const auto* go = screen.part(QStringLiteral("review.live.go"));
        const QRect button(go->mapTo(&screen.window, QPoint()), go->size());
        for (const char* id : {"toast.early", "toast.late"})
            QTRY_VERIFY(!screen.part(QLatin1String(id))->geometry().adjusted(20, 20, -20, -20).intersects(button));
    }

    void readsAccountsAndOpensThem() {
        LiveFixture aws({prod, stage});
        QVERIFY(aws.works());
        ReviewScreen screen(false, {}, &aws.source());
        screen.page->readAws();
        QTest::keyClick(screen.part(QStringLiteral("review.live.session.1")), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(screen.page->live()->busy());
        QVERIFY(screen.part(QStringLiteral("review.live.run"))->isVisible());
        QVERIFY(waitForEnd(screen));
        screen.settle();
        QVERIFY(screen.page->review());
        QVERIFY(!screen.part(QStringLiteral("review.live.run"))->isVisible());
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->isVisible());
        QCOMPARE(screen.shelf.name(), QStringLiteral("AWS, 2 account(s)"));
        std::set<std::string> accounts;
        for (const estate::Role& each : screen.page->review()->estate->roles()) accounts.insert(each.account);
        QCOMPARE(accounts, (std::set<std::string>{"111122223333", "222233334444"}));

        // A second time what is kept is told, and used.
        const std::size_t before = aws.http.sent;
        screen.page->readAws();
        QVERIFY(QTest::qWaitFor([&] { return screen.words("review.live.age.1") == QStringLiteral("read just now"); }));
        screen.click("review.live.go");
        QVERIFY(waitForEnd(screen));
        QVERIFY(aws.http.sent - before < before / 4);
        QVERIFY(screen.page->live()->desk().outcome()->kept > 20);
    }

    void isStoppedAndReadsOn() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        ReviewScreen screen(true, {}, &aws.source());
        const auto former = screen.page->review();
        screen.page->readAws();
        screen.part<ui::Segmented>(QStringLiteral("review.live.answers"))->setCurrent(0);
        screen.click("review.live.back"); // to look at the review meanwhile
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->isVisible());
        screen.page->readAws();
        QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        ui::LiveDesk& desk = screen.page->live()->desk();
        QVERIFY(QTest::qWaitFor([&] { return desk.progress().done > 10 || !desk.busy(); }, 60'000));
        QVERIFY(desk.busy());
        QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        QVERIFY(waitForEnd(screen));
        QCOMPARE(screen.words("review.live.heading"), QStringLiteral("AWS was read in part"));
        QTRY_VERIFY(screen.part(QStringLiteral("review.live.failure"))->isVisible()); // a turn after the end
        QCOMPARE(screen.page->review(), former); // nothing was put in its place
        screen.click("review.live.go");
        QVERIFY(waitForEnd(screen));
        screen.settle();
        QVERIFY(desk.outcome()->kept > 5);
        QVERIFY(!desk.outcome()->stopped);
        QVERIFY(screen.page->review() != former);
    }

    void goesOnWhenTheNetworkIsBack() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        ReviewScreen screen(false, {}, &aws.source());
        aws.http.offlineAfter = 30;
        screen.page->readAws();
        screen.click("review.live.go");
        QVERIFY(waitForEnd(screen));
        QTRY_VERIFY(screen.part(QStringLiteral("review.live.failure"))->isVisible()); // a turn after the end
        QVERIFY(screen.page->live()->desk().outcome()->stopped->code().is(cloud::ReadError::NetworkLost));
        QVERIFY(screen.words("review.live.words").contains(QStringLiteral("kept")));
        // What is there can be reviewed all the same.
        screen.click("review.live.other");
        QVERIFY(QTest::qWaitFor([&] { return screen.page->review() != nullptr; }, 30'000));
        screen.settle();
        aws.http.offlineAfter.reset();
        screen.page->live()->showRun();
        screen.page->live()->desk().goOn();
        QVERIFY(waitForEnd(screen));
        QVERIFY(!screen.page->live()->desk().outcome()->stopped);
    }

    void listsWhatAwsRefuses() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        aws.http.refused = {"lambda", "ecs"};
        ReviewScreen screen(false, {}, &aws.source());
        screen.page->readAws();
        screen.click("review.live.go");
        QVERIFY(waitForEnd(screen));
        QCOMPARE(screen.words("review.live.heading"), QStringLiteral("AWS was read, with gaps"));
        QVERIFY(!screen.page->review()); // a person looks at the gaps first
        QVERIFY(screen.words("review.live.gap.1").contains(QStringLiteral("eu-west-1")));
        screen.click("review.live.gaps.copy");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("lambda:ListFunctions")));
        auto* places = screen.part<QTreeWidget>(QStringLiteral("review.live.places"));
        QStringList states;
        for (int i = 0; i < places->topLevelItemCount(); ++i) states.append(places->topLevelItem(i)->text(1) + QLatin1Char(' ') + places->topLevelItem(i)->text(3));
        QVERIFY2(!states.filter(QStringLiteral("not read")).isEmpty(), qPrintable(states.join(QLatin1Char('\n'))));
        screen.click("review.live.go");
        QVERIFY(QTest::qWaitFor([&] { return screen.page->review() != nullptr; }, 30'000));
    }

    void saysThatAwsAsksToGoMoreSlowly() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        aws.http.throttled = "ecs";
        ReviewScreen screen(false, {}, &aws.source());
        screen.page->readAws();
        QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return screen.part(QStringLiteral("review.live.slow"))->isVisible(); }, 60'000));
        QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        QVERIFY(waitForEnd(screen));
        QVERIFY(!screen.part(QStringLiteral("review.live.slow"))->isVisible());
    }

    void isToldOfFromElsewhere() {
        LiveFixture aws({prod});
        QVERIFY(aws.works());
        ReviewScreen screen(true, {}, &aws.source());
        screen.page->readAws();
        QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        // The tab that is current leads back.
        auto* tabs = screen.part<QTabBar>(QStringLiteral("review.tabs"));
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
        QVERIFY(screen.part(QStringLiteral("review.mapping.rows"))->isVisible());
        const auto former = screen.page->review();
        QVERIFY(waitForEnd(screen));
        QCOMPARE(screen.page->review(), former);
        QVERIFY(screen.page->live()->desk().outcome() != nullptr);
    }

    void takesRegionsOfItsOwnPartitionOnly() {
        const std::vector<aws::Region> chosen{aws::Region("eu-west-1"), aws::Region("cn-north-1"), aws::Region("xx-new-1")};
        QCOMPARE(ui::regionsOf(aws::Partition::Aws, chosen), (std::vector<aws::Region>{aws::Region("eu-west-1"), aws::Region("xx-new-1")}));
        QCOMPARE(ui::regionsOf(aws::Partition::AwsCn, chosen), (std::vector<aws::Region>{aws::Region("cn-north-1"), aws::Region("xx-new-1")}));
    }
};

GW_UI_TEST_MAIN(ReviewLiveTest)
#include "review_live_test.moc"
