// Campaigns in a real SQLite file: what was kept comes back, two who save do not overwrite each other, and the history stays.
#include "models/store/campaign_store.h"

#include <QSqlError>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <sys/stat.h>

using namespace gw;
using namespace gw::store;
namespace campaign = gw::estate::campaign;

namespace {

UtcTime at(std::int64_t seconds) {
    return UtcTime::fromUnixSeconds(1'795'521'600 + seconds);
}

campaign::Campaign drafted(std::size_t items = 5) {
    campaign::Plan plan;
    plan.id = "c1";
    plan.title = "Übersicht";
    plan.scope = "env:prod";
    plan.owner = "ada";
    plan.due = at(900'000);
    plan.reviewers = {"ben", "cleo"};
    for (std::size_t i = 0; i < items; ++i) {
        campaign::Subject subject;
        subject.kind = "group";
        subject.who = "g" + std::to_string(i);
        subject.role = "arn:aws:iam::111111111111:role/r" + std::to_string(i);
        subject.findings = {"perm-admin"};
        if (i % 2 == 0) subject.people = i;
        plan.items.push_back({subject, {}});
    }
    return std::move(*campaign::Campaign::draft(std::move(plan), at(0)));
}

} // namespace

class CampaignStoreTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

private Q_SLOTS:
    void comesBackAsItWas() {
        auto database = Database::open(path("a/one.db"));
        QVERIFY(database);
        CampaignStore store(**database);
        campaign::Campaign made = drafted();
        QCOMPARE(store.save(made, 0).value(), 1);
        QVERIFY(made.open("ada", at(1)));
        const std::string item = made.record().items[0].id;
        QVERIFY(made.look(item, "ben", at(2)));
        QVERIFY(made.decide(item, "ben", campaign::Verdict::Change, "too much", "less", at(30)));
        QVERIFY(made.look(made.record().items[1].id, "cleo", at(31)));
        QCOMPARE(store.save(made, 1).value(), 2);
        const auto kept = store.load("c1");
        QVERIFY(kept);
        QVERIFY(kept->campaign.record() == made.record());
        QCOMPARE(kept->revision, 2);
        const auto listed = store.list();
        QVERIFY(listed);
        QCOMPARE(listed->size(), 1U);
        QCOMPARE(listed->front().items, 5U);
        QCOMPARE(listed->front().decided, 1U);
    }

    void fileIsPrivateAndReopens() {
        const auto file = path("private.db");
        {
            auto database = Database::open(file);
            QVERIFY(database);
            QVERIFY(CampaignStore(**database).save(drafted(), 0));
            for (const char* suffix : {"", "-wal", "-shm"}) {
                struct stat status {};
                QCOMPARE(::stat((file.string() + suffix).c_str(), &status), 0);
                QCOMPARE(status.st_mode & 0777U, 0600U);
            }
        }
        auto again = Database::open(file);
        QVERIFY(again);
        QVERIFY(CampaignStore(**again).load("c1"));
        QVERIFY(CampaignStore(**again).load("none").error().code().is(DatabaseError::NotFound));
    }

    void whoSavesSecondIsTold() {
        auto one = Database::open(path("two.db")), other = Database::open(path("two.db"));
        QVERIFY(one && other);
        CampaignStore first(**one), second(**other);
        QVERIFY(first.save(drafted(), 0));
        QVERIFY(second.save(drafted(), 0).error().code().is(DatabaseError::ChangedMeanwhile));
        auto a = first.load("c1"), b = second.load("c1");
        QVERIFY(a->campaign.open("ada", at(1)));
        QVERIFY(b->campaign.cancel("ada", "no", at(1)));
        QVERIFY(first.save(a->campaign, a->revision));
        QVERIFY(second.save(b->campaign, b->revision).error().code().is(DatabaseError::ChangedMeanwhile));
        QCOMPARE(second.load("c1")->campaign.record().state, campaign::State::Open);
    }

    void historyAndEndedCampaignsStay() {
        auto database = Database::open(path("three.db"));
        QVERIFY(database);
        CampaignStore store(**database);
        campaign::Campaign made = drafted();
        QVERIFY(made.cancel("ada", "not now", at(1)));
        QVERIFY(store.save(made, 0));
        for (const char* each :
             {"UPDATE campaign_event SET reason = 'x'", "DELETE FROM campaign_event", "UPDATE campaign SET state = 'open'"})
            QVERIFY(!(*database)->run(QString::fromLatin1(each)));
        QVERIFY(store.load("c1")->campaign.record() == made.record());
    }

    void foreignNewerAndDamagedFilesAreRefused() {
        {
            auto database = Database::open(path("new.db"));
            QVERIFY((*database)->run(QStringLiteral("PRAGMA user_version = 99")));
        }
        QVERIFY(Database::open(path("new.db")).error().code().is(DatabaseError::TooNew));
        {
            QFile text(QString::fromStdString(path("text.db").string()));
            QVERIFY(text.open(QIODevice::WriteOnly));
            text.write(QByteArray(8192, 'x'));
        }
        QVERIFY(Database::open(path("text.db")).error().code().is(DatabaseError::Damaged));
        QFile text(QString::fromStdString(path("text.db").string()));
        QVERIFY(text.open(QIODevice::ReadOnly));
        QCOMPARE(text.readAll(), QByteArray(8192, 'x'));
        QVERIFY(Database::open("/proc/nowhere/x.db").error().code().is(DatabaseError::CannotOpen));
        auto database = Database::open(path("damaged.db"));
        CampaignStore store(**database);
        QVERIFY(store.save(drafted(), 0));
        QVERIFY((*database)->run(QStringLiteral("UPDATE campaign_item SET who = 'else' WHERE position = 0")));
        QVERIFY(store.load("c1").error().code().is(DatabaseError::Damaged));
    }

    // Two consoles over one file, each with what it loaded before the other saved.
    void stepsOfTwoConsolesAreBothKept() {
        auto one = Database::open(path("both.db")), other = Database::open(path("both.db"));
        QVERIFY(one && other);
        CampaignStore first(**one), second(**other);
        campaign::Campaign made = drafted(20);
        QVERIFY(made.open("ada", at(1)));
        QVERIFY(first.save(made, 0));
        auto a = first.load("c1"), b = second.load("c1");
        QVERIFY(a && b);
        for (std::size_t i = 0; i < 20; ++i) {
            CampaignStore& store = i % 2 == 0 ? first : second;
            CampaignStore::Kept& kept = i % 2 == 0 ? *a : *b;
            const campaign::Item& item = made.record().items[i];
            const Status done = store.change(kept, [&](campaign::Campaign& each) {
                return each.decide(item.id, item.reviewer, campaign::Verdict::Keep, "needed", "", at(10 + static_cast<std::int64_t>(i)));
            });
            QVERIFY(done);
        }
        const auto loaded = first.load("c1");
        QCOMPARE(loaded->campaign.progress(at(100)).decided, 20U);
        QVERIFY(loaded->campaign.record() == b->campaign.record());
        // What the step refuses on what the other saved is not saved.
        QVERIFY(!first.change(*a, [](campaign::Campaign& each) -> Status {
            if (each.progress(at(100)).decided == 20) return fail(DatabaseError::ChangedMeanwhile, "seen");
            return each.cancel("ada", "no", at(100));
        }));
        QCOMPARE(second.load("c1")->campaign.record().state, campaign::State::Open);
        QCOMPARE(first.list("ben")->front().waiting, 0U);
    }

    void listTellsWhatWaitsForWhom() {
        auto database = Database::open(path("waits.db"));
        CampaignStore store(**database);
        QVERIFY(store.list("ben")->empty());
        QVERIFY(store.save(drafted(5), 0));
        QCOMPARE(store.list("ben")->front().waiting, 3U);
        QCOMPARE(store.list("cleo")->front().waiting, 2U);
        QCOMPARE(store.list()->front().waiting, 0U);
        QCOMPARE(store.list()->front().items, 5U);
        QCOMPARE(store.list()->front().scope, std::string("env:prod"));
    }

    // Random steps, saved after each: the store's picture is always the campaign's.
    void agreesAfterEveryStep() {
        for (unsigned seed = 1; seed <= 5; ++seed) {
            std::mt19937 random(seed);
            auto database = Database::open(path(("r" + std::to_string(seed)).c_str()));
            CampaignStore store(**database);
            campaign::Campaign made = drafted(4);
            QVERIFY(made.open("ada", at(1)));
            std::int64_t revision = store.save(made, 0).value();
            for (int step = 2; step < 30; ++step) {
                const campaign::Item item = made.record().items[random() % 4];
                Status done;
                switch (random() % 4) {
                case 0:
                    done = made.look(item.id, item.reviewer, at(step));
                    break;
                case 1:
                    done = made.decide(item.id, item.reviewer, campaign::Verdict::Keep, "needed", "", at(step));
                    break;
                case 2:
                    done = made.delegate(item.id, "ada", "p" + std::to_string(random() % 3), "away", at(step));
                    break;
                default:
                    done = made.extend("ada", at(900'000 + step * 10), "more time", at(step));
                }
                if (!done) continue;
                revision = store.save(made, revision).value();
                QVERIFY(store.load("c1")->campaign.record() == made.record());
            }
        }
    }
};

QTEST_GUILESS_MAIN(CampaignStoreTest)
#include "campaign_store_test.moc"
