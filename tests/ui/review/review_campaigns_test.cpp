// Campaigns as people do them: making one, working through it by keyboard, giving items away, signing off; two consoles on one
// store; and what is said where the store cannot be used.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/ui/review/campaign_fixture.h"

#include "models/estate/estate_parts.h"
#include "models/store/attestation_store.h"
#include "saml/base/json.h"

#include <QDateEdit>
#include <QFile>
#include <QMenu>
#include <QPlainTextEdit>

using namespace gw;
using estate::campaign::State;
using estate::campaign::Verdict;
using test::CampaignScreen;

namespace {

// Whether somebody else holds the right to write.
class Writer {
public:
    explicit Writer(const std::filesystem::path& file) : database_(std::move(*store::Database::open(file))) {}
    [[nodiscard]] bool hold() { return database_->run(QStringLiteral("BEGIN IMMEDIATE")).has_value(); }
    void leave() { (void)database_->run(QStringLiteral("ROLLBACK")); }

private:
    std::unique_ptr<store::Database> database_;
};

} // namespace

class CampaignsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noneYet() {
        CampaignScreen screen;
        QVERIFY(screen.seen("review.campaigns.empty"));
        QCOMPARE(screen.page->note(), QString());
        CampaignScreen nothing({}, "tomas", false);
        QVERIFY(nothing.seen("review.campaigns.empty"));
        QVERIFY(!nothing.seen("review.campaigns.first"));
    }

    void theFormSaysWhatItMeansAndWhatIsMissing() {
        CampaignScreen screen;
        screen.click("review.campaigns.first");
        QVERIFY(screen.part(QStringLiteral("review.campaign.make"))->isEnabled());
        screen.write("review.campaign.scope", QStringLiteral("enw:prod"));
        QVERIFY(!screen.part(QStringLiteral("review.campaign.make"))->isEnabled());
        screen.write("review.campaign.scope", QStringLiteral("group:nobody"));
        QVERIFY(!screen.part(QStringLiteral("review.campaign.make"))->isEnabled());
        screen.write("review.campaign.scope", QStringLiteral("group:fleet"));
        QVERIFY(screen.part(QStringLiteral("review.campaign.make"))->isEnabled());
        screen.write("review.campaign.reviewers", QStringLiteral(" , "));
        QVERIFY(!screen.part(QStringLiteral("review.campaign.make"))->isEnabled());
        screen.key(Qt::Key_Escape);
        QVERIFY(screen.seen("review.campaigns.empty"));
    }

    void isMadeOfWhatTheFilterGives() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:payments"), QStringLiteral("tomas, ben"));
        QCOMPARE(screen.words("review.campaign.name"), QStringLiteral("Fleet, fourth quarter"));
        const auto& record = screen.campaign().record();
        QCOMPARE(record.state, State::Open);
        QCOMPARE(record.scope, std::string("group:payments"));
        QCOMPARE(record.owner, std::string("tomas"));
        QCOMPARE(record.items.size(), 2U);
        QCOMPARE(record.items[0].reviewer, std::string("tomas"));
        QCOMPARE(record.items[1].reviewer, std::string("ben"));
        QVERIFY(!record.items[0].subject.findings.empty());
        QCOMPARE(screen.page->note(), QStringLiteral("1 due"));
        QCOMPARE(screen.page->work().table().shown().rows.size(), 2U);
        // Its first item is before whoever made it, and his time counts.
        QVERIFY(record.items[0].looked);
        QVERIFY(!screen.words("review.item.who").isEmpty());
        QVERIFY(!screen.words("review.item.reaches").isEmpty());
    }

    void theKeyboardGoesThroughAllOfIt() {
        CampaignScreen screen;
        screen.make(QStringLiteral("env:prod -group:finance"));
        const std::size_t items = screen.campaign().record().items.size();
        QVERIFY(items > 4);
        QCOMPARE(screen.page->work().table().view().current(), std::optional<std::uint32_t>(0)); // the first that is open
        screen.clock.advance(std::chrono::seconds(20));
        const std::string first = screen.page->work().table().view().current() ? screen.campaign().record().items[*screen.page->work().table().view().current()].id : "";
        screen.decide(Qt::Key_K, QStringLiteral("needed for the night shift"));
        const auto* kept = screen.campaign().find(first);
        QVERIFY(kept->decision);
        QCOMPARE(kept->decision->verdict, Verdict::Keep);
        QCOMPARE(kept->decision->reason, std::string("needed for the night shift"));
        QCOMPARE(kept->decision->seconds, 20);
        // The next is before the reviewer at once, and the keyboard with it.
        screen.decide(Qt::Key_R, QStringLiteral("contract ended"));
        screen.key(Qt::Key_C);
        QVERIFY(screen.part(QStringLiteral("review.item.change"))->hasFocus());
        QTest::keyClicks(screen.part(QStringLiteral("review.item.change")), QStringLiteral("read only"));
        screen.key(Qt::Key_Return);
        QTest::keyClicks(screen.part(QStringLiteral("review.item.reason")), QStringLiteral("nobody writes"));
        screen.key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 3U);
        QCOMPARE(screen.campaign().progress(screen.clock.now()).change, 1U);
        // J leaves one open and goes on; K is "keep" here, not "up".
        const auto before = screen.page->work().table().view().current();
        screen.key(Qt::Key_J);
        QVERIFY(screen.page->work().table().view().current() != before);
        screen.decide(Qt::Key_K, QStringLiteral("fine"));
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 4U);
        // U takes the last one back and leads to it.
        screen.key(Qt::Key_U);
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 3U);
        screen.click("review.campaign.undo");
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 2U);
        screen.page->work().enter();
        screen.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 1U);
    }

    void anEmptyReasonDecidesNothing() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:fleet"));
        screen.key(Qt::Key_K);
        QVERIFY(!screen.part(QStringLiteral("review.item.say"))->isEnabled());
        QTest::keyClick(screen.part(QStringLiteral("review.item.reason")), Qt::Key_Return, Qt::ControlModifier);
        screen.settle();
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 0U);
    }

    void anItemIsGivenAway() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:fleet"));
        screen.key(Qt::Key_D);
        QVERIFY(screen.part(QStringLiteral("review.item.to"))->hasFocus());
        QTest::keyClicks(screen.part(QStringLiteral("review.item.to")), QStringLiteral("cleo"));
        QVERIFY(!screen.part(QStringLiteral("review.item.delegate-now"))->isEnabled());
        screen.write("review.item.delegate-reason", QStringLiteral("she runs the fleet"));
        screen.click("review.item.delegate-now");
        const auto& record = screen.campaign().record();
        QCOMPARE(record.items[0].reviewer, std::string("cleo"));
        QCOMPARE(screen.page->note(), QStringLiteral("1")); // it runs, and nothing of it waits for Tomas
        QVERIFY(screen.words("review.item.other").contains(QStringLiteral("cleo")));
        screen.key(Qt::Key_K);
        QVERIFY(!screen.seen("review.item.reason"));
        // As cleo, on her console over the same store.
        CampaignScreen hers(screen.file, "cleo");
        QCOMPARE(hers.page->note(), QStringLiteral("1 due"));
        hers.page->open(QString::fromStdString(record.id));
        hers.settle();
        hers.decide(Qt::Key_K, QStringLiteral("mine, and needed"));
        QCOMPARE(hers.campaign().progress(hers.clock.now()).decided, 1U);
        QVERIFY(!hers.seen("review.campaign.sign")); // not hers to sign
    }

    void isSignedWhenAllIsDecidedAndThenStays() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:payments"));
        QVERIFY(!screen.part(QStringLiteral("review.campaign.sign"))->isEnabled());
        screen.clock.advance(std::chrono::seconds(30));
        screen.decide(Qt::Key_K, QStringLiteral("needed"));
        screen.clock.advance(std::chrono::seconds(30));
        screen.decide(Qt::Key_R, QStringLiteral("left"));
        QCOMPARE(screen.page->note(), QStringLiteral("1"));
        screen.click("review.campaign.sign");
        QVERIFY(!screen.part(QStringLiteral("review.campaign.say"))->isEnabled());
        screen.write("review.campaign.statement", QStringLiteral("all of it was looked at"));
        screen.click("review.campaign.say");
        QCOMPARE(screen.campaign().record().state, State::Signed);
        QVERIFY(screen.words("review.campaign.signed").contains(QStringLiteral("tomas")));
        QVERIFY(screen.words("review.campaign.signed").contains(QStringLiteral("all of it was looked at")));
        QVERIFY(!screen.seen("review.item.reason") && !screen.seen("review.item.delegate") && !screen.seen("review.campaign.more"));
        screen.page->work().enter();
        screen.key(Qt::Key_K);
        screen.key(Qt::Key_U);
        QCOMPARE(screen.campaign().record().state, State::Signed);
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 2U);
        QCOMPARE(screen.page->note(), QString());
        // What was kept is attested from then on.
        const auto all = screen.store.ask([](store::Database& database) { return store::AttestationStore(database).current(); }).takeResult();
        QVERIFY(all);
        QCOMPARE(all->size(), 2U);
        QCOMPARE(all->begin()->second.campaign, std::string("Fleet, fourth quarter"));
        // It is in the list, finished.
        screen.click("review.campaign.close");
        QVERIFY(screen.seen("review.campaigns.rows"));
        QVERIFY(screen.part<ui::TableView>(QStringLiteral("review.campaigns.rows"))->lineText(0).contains(QStringLiteral("Signed off")));
    }

    void theReportTellsAllOfIt() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:payments"));
        screen.decide(Qt::Key_K, QStringLiteral("<b>bold</b> & =1+1"));
        const QByteArray html = screen.page->report(ui::ReportFormat::Html);
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.contains("&lt;b&gt;bold&lt;/b&gt; &amp; =1+1"));
        QVERIFY(!html.contains("<b>bold"));
        QVERIFY(html.contains("Not signed off"));
        const auto json = parseJson(screen.page->report(ui::ReportFormat::Json).toStdString());
        QVERIFY(json);
        QCOMPARE((*json)["items"].size(), 2U);
        QCOMPARE((*json)["signed"].is_null(), true);
        QCOMPARE(screen.page->report(ui::ReportFormat::Csv).count('\n'), 3);
    }

    void tooFastIsSaid() {
        CampaignScreen screen;
        screen.make(QStringLiteral("env:prod"));
        QVERIFY(!screen.seen("review.campaign.hasty"));
        const std::size_t items = screen.campaign().record().items.size();
        QVERIFY(items >= 10);
        for (std::size_t i = 0; i < items; ++i) {
            screen.clock.advance(std::chrono::seconds(1));
            screen.decide(Qt::Key_K, QStringLiteral("ok"));
        }
        QVERIFY(screen.words("review.campaign.hasty").contains(QStringLiteral("of your decisions took under 5 s")));
        QVERIFY(screen.page->report(ui::ReportFormat::Html).contains("took under 5 s"));
    }

    void moreTimeAndTheEnd() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:fleet"));
        const UtcTime due = screen.campaign().record().due;
        screen.part<QAction>(QStringLiteral("review.campaign.extend"))->trigger();
        screen.settle();
        QVERIFY(screen.seen("review.campaign.until"));
        screen.write("review.campaign.statement", QStringLiteral("holidays"));
        screen.click("review.campaign.say");
        QVERIFY(screen.campaign().record().due > due);
        QVERIFY(!screen.seen("review.campaign.say"));
        screen.part<QAction>(QStringLiteral("review.campaign.cancel"))->trigger();
        screen.settle();
        screen.click("review.campaign.not-now");
        QCOMPARE(screen.campaign().record().state, State::Open);
        screen.part<QAction>(QStringLiteral("review.campaign.cancel"))->trigger();
        screen.settle();
        screen.write("review.campaign.statement", QStringLiteral("made by mistake"));
        screen.key(Qt::Key_Return);
        QCOMPARE(screen.campaign().record().state, State::Cancelled);
    }

    void overdueIsSaidInListBannerAndStatus() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("store.db")).toStdString();
        CampaignScreen screen(file);
        screen.make(QStringLiteral("group:fleet"));
        screen.click("review.campaign.close");
        screen.clock.advance(std::chrono::hours(24 * 17));
        screen.page->load();
        screen.settle();
        auto* rows = screen.part<ui::TableView>(QStringLiteral("review.campaigns.rows"));
        QVERIFY2(rows->lineText(0).contains(QStringLiteral("Overdue")), qPrintable(rows->lineText(0)));
        const auto* link = screen.part<QAbstractButton>(QStringLiteral("banner.link"));
        QVERIFY(link != nullptr && link->isVisibleTo(&screen.window));
        screen.click("banner.link");
        QVERIFY(screen.seen("review.campaign.name"));
        QVERIFY(!screen.part<QAbstractButton>(QStringLiteral("banner.link"))->isVisibleTo(&screen.window));
        // Once a day: asked again it stays quiet, on another console too.
        screen.page->load();
        screen.settle();
        QVERIFY(!screen.part<QAbstractButton>(QStringLiteral("banner.link"))->isVisibleTo(&screen.window));
    }

    void twoConsolesLoseNothingOfEachOther() {
        CampaignScreen one;
        one.make(QStringLiteral("group:payments"), QStringLiteral("tomas, ben"));
        CampaignScreen two(one.file, "ben");
        two.page->open(QString::fromStdString(one.campaign().record().id));
        two.settle();
        // Each decides on what it loaded before the other saved.
        two.decide(Qt::Key_R, QStringLiteral("nobody needs it"));
        one.decide(Qt::Key_K, QStringLiteral("needed"));
        QCOMPARE(one.campaign().progress(one.clock.now()).decided, 2U); // his is seen with the own
        two.page->load();
        two.settle();
        QCOMPARE(two.campaign().progress(two.clock.now()).decided, 2U);
        QVERIFY(two.campaign().record() == one.campaign().record());
    }

    // The same person on two consoles: what the other said is shown, not overwritten, and what is written here stays.
    void anItemDecidedElsewhereIsShown() {
        CampaignScreen one;
        one.make(QStringLiteral("group:contractors"));
        CampaignScreen two(one.file, "tomas");
        two.page->open(QString::fromStdString(one.campaign().record().id));
        two.settle();
        one.decide(Qt::Key_K, QStringLiteral("first"));
        two.decide(Qt::Key_R, QStringLiteral("second"));
        QCOMPARE(two.campaign().record().items[0].decision->reason, std::string("first"));
        QVERIFY(!two.words("review.item.problem").isEmpty());
        QCOMPARE(two.part<QPlainTextEdit>(QStringLiteral("review.item.reason"))->toPlainText(), QStringLiteral("second"));
        QVERIFY(two.words("review.item.decided-reason").contains(QStringLiteral("first")));
        // Now he knows, and says it anew.
        two.click("review.item.say");
        QCOMPARE(two.campaign().record().items[0].decision->reason, std::string("second"));
    }

    void aDamagedStoreIsSaidAndLeftAlone() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("store.db"));
        QFile text(path);
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(8192, 'x'));
        text.close();
        CampaignScreen screen(path.toStdString());
        QVERIFY(screen.seen("review.campaigns.failure"));
        screen.click("review.campaigns.again");
        QVERIFY(screen.seen("review.campaigns.failure"));
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.readAll(), QByteArray(8192, 'x'));
        text.close();
        QVERIFY(QFile::remove(path));
        screen.click("review.campaigns.again");
        QVERIFY(screen.seen("review.campaigns.empty"));
    }

    void aNewerStoreIsSaidAndLeftAlone() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("store.db")).toStdString();
        {
            auto database = store::Database::open(file);
            QVERIFY((*database)->run(QStringLiteral("PRAGMA user_version = 99")));
        }
        CampaignScreen screen(file);
        QVERIFY(screen.seen("review.campaigns.failure"));
        QVERIFY(store::Database::open(file).error().code().is(store::DatabaseError::TooNew));
    }

    // SQLite waits five seconds for the right to write before it says that somebody has it.
    void aLockedStoreLosesNothing() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:fleet"));
        Writer other(screen.file);
        QVERIFY(other.hold());
        screen.key(Qt::Key_K);
        QTest::keyClicks(screen.part(QStringLiteral("review.item.reason")), QStringLiteral("needed"));
        QTest::keyClick(screen.part(QStringLiteral("review.item.reason")), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(screen.page->busy()); // and the window lives on meanwhile
        QTRY_VERIFY_WITH_TIMEOUT(!screen.page->busy(), 20'000);
        QVERIFY(!screen.words("review.item.problem").isEmpty());
        QCOMPARE(screen.part<QPlainTextEdit>(QStringLiteral("review.item.reason"))->toPlainText(), QStringLiteral("needed"));
        other.leave();
        screen.click("review.item.say");
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 1U);
    }

    void whatIsNoLongerThereIsSaid() {
        CampaignScreen screen;
        screen.make(QStringLiteral("group:fleet"));
        screen.page->setReview(ui::reviewEstate(std::make_shared<const estate::Estate>(estate::EstateParts{}), nullptr, {}, nullptr, screen.clock.now(), [](double) { return true; }));
        screen.settle();
        QVERIFY(!screen.words("review.item.gone").isEmpty());
        QVERIFY(!screen.words("review.item.who").isEmpty());
        QVERIFY(!screen.words("review.item.finding.1").isEmpty());
        screen.decide(Qt::Key_R, QStringLiteral("it is gone"));
        QCOMPARE(screen.campaign().progress(screen.clock.now()).decided, 1U);
    }

    void everythingHasANameAndFits() {
        CampaignScreen screen;
        const auto check = [&] {
            for (const QSize size : {QSize(1440, 900), QSize(1100, 720), QSize(800, 560)}) {
                screen.window.resize(size);
                screen.settle();
                const QStringList problems = test::accessibilityProblems(screen.page);
                QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
                for (const auto* each : screen.page->findChildren<QAbstractButton*>())
                    if (each->isVisibleTo(&screen.window)) QVERIFY2(each->width() >= each->minimumSizeHint().width(), qPrintable(each->objectName()));
            }
        };
        check();
        screen.click("review.campaigns.first");
        check();
        screen.window.resize(1440, 900);
        screen.key(Qt::Key_Escape);
        screen.make(QStringLiteral("env:prod"));
        check();
        screen.click("review.campaign.close");
        check();
    }
};

GW_UI_TEST_MAIN(CampaignsTest)
#include "review_campaigns_test.moc"
