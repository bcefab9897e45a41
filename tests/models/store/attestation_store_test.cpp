// Attestations in a real SQLite file: the latest of each counts, what was taken back does not, and a signed campaign attests too;
// a file of the schema before them; and a database on a thread of its own.
#include "models/store/attestation_store.h"
#include "models/store/campaign_store.h"
#include "models/store/database_thread.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gw;
using namespace gw::store;
namespace campaign = gw::estate::campaign;

namespace {

UtcTime at(std::int64_t seconds) {
    return UtcTime::fromUnixSeconds(1'795'521'600 + seconds);
}

campaign::Subject subject(const std::string& who, const std::string& kind = "group") {
    campaign::Subject made;
    made.kind = kind;
    made.who = who;
    made.role = "arn:aws:iam::111111111111:role/r";
    return made;
}

campaign::Attestation said(std::int64_t when, const std::string& reason, campaign::Verdict verdict = campaign::Verdict::Keep) {
    campaign::Attestation made;
    made.verdict = verdict;
    made.reason = reason;
    made.by = "ada";
    made.at = at(when);
    return made;
}

} // namespace

class AttestationStoreTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    [[nodiscard]] std::filesystem::path path(const char* name) const { return std::filesystem::path(folder_.path().toStdString()) / name; }

private Q_SLOTS:
    void theLatestCountsAndCanBeTakenBack() {
        auto database = Database::open(path("one.db"));
        QVERIFY(database);
        AttestationStore store(**database);
        QVERIFY(store.current()->empty());
        const auto first = store.add({subject("a"), subject("b")}, said(10, "tier 2 issues refunds"));
        QVERIFY(first);
        QCOMPARE(first->size(), 2U);
        const auto second = store.add({subject("a")}, said(20, "left", campaign::Verdict::Remove));
        QVERIFY(second);
        auto all = store.current();
        QCOMPARE(all->size(), 2U);
        QCOMPARE(all->at(campaign::itemId(subject("a"))).verdict, campaign::Verdict::Remove);
        QCOMPARE(all->at(campaign::itemId(subject("a"))).number, second->front());
        QVERIFY(store.withdraw(*second, "ada", at(30)));
        QVERIFY(store.withdraw(*second, "ada", at(31)).error().code().is(DatabaseError::NotFound));
        all = store.current();
        const campaign::Attestation& back = all->at(campaign::itemId(subject("a")));
        QCOMPARE(back.reason, std::string("tier 2 issues refunds"));
        QCOMPARE(back.at, at(10));
        // One of them is not there: none is taken back.
        QVERIFY(!store.withdraw({first->front(), 999}, "ada", at(32)));
        QCOMPARE(store.current()->size(), 2U);
    }

    void refusesWhatSaysNothingAndKeepsNoneOfIt() {
        auto database = Database::open(path("none.db"));
        AttestationStore store(**database);
        QVERIFY(store.add({subject("a")}, said(1, "  ")).error().code().is(campaign::CampaignError::NoReason));
        QVERIFY(store.add({subject("a")}, said(1, "x", campaign::Verdict::Change)).error().code().is(campaign::CampaignError::NoChange));
        QVERIFY(store.add({subject("a"), subject("ada", "person")}, said(1, "mine")).error().code().is(campaign::CampaignError::OwnAccess));
        QVERIFY(store.current()->empty());
    }

    void whatWasSaidStays() {
        auto database = Database::open(path("stays.db"));
        AttestationStore store(**database);
        QVERIFY(store.add({subject("a")}, said(1, "needed")));
        for (const char* each : {"UPDATE attestation SET reason = 'x'", "DELETE FROM attestation"})
            QVERIFY(!(*database)->run(QString::fromLatin1(each)));
    }

    void aSignedCampaignAttestsWhenItIsSigned() {
        auto database = Database::open(path("signed.db"));
        CampaignStore campaigns(**database);
        AttestationStore store(**database);
        campaign::Plan plan;
        plan.id = "c1";
        plan.title = "Quarter";
        plan.owner = "ada";
        plan.due = at(1000);
        plan.reviewers = {"ada"};
        plan.items = {{subject("a"), {}}, {subject("b"), {}}};
        campaign::Campaign made = std::move(*campaign::Campaign::draft(std::move(plan), at(0)));
        QVERIFY(made.open("ada", at(1)));
        for (const campaign::Item& each : std::vector<campaign::Item>(made.record().items))
            QVERIFY(made.decide(each.id, "ada", campaign::Verdict::Keep, "needed", "", at(50)));
        std::int64_t revision = *campaigns.save(made, 0);
        QVERIFY(store.current()->empty());
        QVERIFY(store.add({subject("b")}, said(60, "looked again")));
        QVERIFY(made.sign("ada", "all seen", at(70)));
        QVERIFY(campaigns.save(made, revision));
        const auto all = store.current();
        QCOMPARE(all->size(), 2U);
        QCOMPARE(all->at(campaign::itemId(subject("a"))).campaign, std::string("Quarter"));
        QCOMPARE(all->at(campaign::itemId(subject("b"))).reason, std::string("looked again"));
        QVERIFY(!(*database)->run(QStringLiteral("UPDATE campaign_item SET verdict = 'remove'")));
        QVERIFY(!(*database)->run(QStringLiteral("DELETE FROM campaign_item")));
    }

    // A file that the program before wrote: what it holds stays, and the new table is there.
    void anEarlierSchemaIsBroughtUpToDate() {
        const auto file = path("former.db");
        {
            auto database = Database::open(file);
            campaign::Plan plan;
            plan.id = "c1";
            plan.title = "Kept";
            plan.owner = "ada";
            plan.due = at(1000);
            plan.reviewers = {"ada"};
            plan.items = {{subject("a"), {}}};
            QVERIFY(CampaignStore(**database).save(*campaign::Campaign::draft(std::move(plan), at(0)), 0));
            for (const char* each : {"DROP TABLE attestation_withdrawn", "DROP TABLE attestation", "DROP TRIGGER campaign_item_signed_stays",
                                     "DROP TRIGGER campaign_item_signed_remains", "PRAGMA user_version = 1"})
                QVERIFY((*database)->run(QString::fromLatin1(each)));
        }
        auto database = Database::open(file);
        QVERIFY(database);
        QCOMPARE(CampaignStore(**database).load("c1")->campaign.record().title, std::string("Kept"));
        QVERIFY(AttestationStore(**database).add({subject("a")}, said(1, "needed")));
    }

    void aThreadAnswersInTurnAndTriesAgain() {
        const auto file = path("later/thread.db");
        {
            // A file where the folder should be: nothing can be opened there.
            QFile blocker(QString::fromStdString(file.parent_path().string()));
            QVERIFY(blocker.open(QIODevice::WriteOnly));
        }
        DatabaseThread thread(file);
        const auto count = [](Database& database) -> Result<std::size_t> {
            return AttestationStore(database).current().map([](const auto& all) { return all.size(); });
        };
        auto refused = thread.ask(count).takeResult();
        QVERIFY(!refused && refused.error().code().is(DatabaseError::CannotOpen));
        QVERIFY(QFile::remove(QString::fromStdString(file.parent_path().string())));
        std::vector<QFuture<Status>> asked;
        for (int i = 0; i < 20; ++i)
            asked.push_back(thread.ask([i](Database& database) -> Status {
                return AttestationStore(database).add({subject("g" + std::to_string(i))}, said(i, "needed")).map([](const auto&) {});
            }));
        auto counted = thread.ask(count);
        QCOMPARE(counted.takeResult().value(), 20U);
        for (auto& each : asked) QVERIFY(each.takeResult());
    }

    // What was asked before the end is done before the end.
    void aThreadEndsWithItsWork() {
        QFuture<Status> last;
        {
            DatabaseThread thread(path("ends.db"));
            for (int i = 0; i < 10; ++i)
                last = thread.ask([i](Database& database) -> Status {
                    return AttestationStore(database).add({subject("g" + std::to_string(i))}, said(i, "needed")).map([](const auto&) {});
                });
        }
        QVERIFY(last.isFinished());
        auto database = Database::open(path("ends.db"));
        QCOMPARE(AttestationStore(**database).current()->size(), 10U);
    }
};

QTEST_GUILESS_MAIN(AttestationStoreTest)
#include "attestation_store_test.moc"
