#include "models/sessions/role_memory.h"

#include "tests/models/sessions/fakes.h"
#include "tests/support/cpu_time.h"
#include "tests/support/fake_clock.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <sys/stat.h>

using namespace gw;
using namespace gw::sessions;
using namespace std::chrono_literals;

class RoleMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        file_ = std::filesystem::path(folder_->path().toStdString()) / "data" / "roles.json";
    }

    void survivesARestart() {
        const auto admin = test::pair("Admin");
        {
            RoleMemory memory(file_, clock_);
            QVERIFY(memory.load().has_value());
            memory.setFavourite(admin.role, true);
            memory.noteUsed(admin.role);
            memory.noteGranted(admin.role, 2h);
            memory.noteRefused(admin.role, 8h);
            QCOMPARE(memory.noteSignIn(ProviderId("p"), {admin}), RoleChanges());
        }
        struct stat facts {};
        QCOMPARE(stat(file_.c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 0777U, 0600U);
        RoleMemory memory(file_, clock_);
        QVERIFY(memory.load().has_value());
        QCOMPARE(memory.lastSignIn(ProviderId("p")), clock_.now().unixSeconds());
        QVERIFY(memory.favourite(admin.role));
        QCOMPARE(memory.lastUsed(admin.role), clock_.now().unixSeconds());
        QCOMPARE(memory.cap(admin.role), std::optional<std::chrono::seconds>(2h));
        QCOMPARE(memory.knownRoles(ProviderId("p")).size(), std::size_t{1});
    }

    void learnsCaps() {
        RoleMemory memory(file_, clock_);
        const auto role = test::pair("Admin").role;
        QVERIFY(!memory.cap(role));
        memory.noteRefused(role, 8h);
        QCOMPARE(memory.cap(role), std::optional<std::chrono::seconds>(1h));
        memory.noteGranted(role, 4h);
        QCOMPARE(memory.cap(role), std::optional<std::chrono::seconds>(4h));
        // Lowered by an administrator.
        memory.noteRefused(role, 4h);
        QCOMPARE(memory.cap(role), std::optional<std::chrono::seconds>(1h));
        // And raised again.
        memory.noteGranted(role, 12h);
        QVERIFY(!memory.cap(role));
        memory.noteRefused(role, 10h);
        clock_.advance(31 * 24h);
        QVERIFY(!memory.cap(role));
    }

    void tellsGainedAndLost() {
        RoleMemory memory(file_, clock_);
        const ProviderId provider("p");
        const auto a = test::pair("A");
        const auto b = test::pair("B");
        const auto c = test::pair("C");
        QCOMPARE(memory.noteSignIn(provider, {a, b}), RoleChanges());
        const RoleChanges changes = memory.noteSignIn(provider, {b, c});
        QCOMPARE(changes.gained, std::vector<aws::RolePair>{c});
        QCOMPARE(changes.lost, std::vector<aws::RolePair>{a});
        QCOMPARE(memory.noteSignIn(provider, {c, b}), RoleChanges());
        QCOMPARE(memory.noteSignIn(ProviderId("q"), {a}), RoleChanges());
    }

    // Renewals count too: what was offered may be the same for weeks.
    void tellsTheLastSignIn() {
        RoleMemory memory(file_, clock_);
        const ProviderId provider("p");
        QCOMPARE(memory.lastSignIn(provider), 0);
        (void)memory.noteSignIn(provider, {test::pair("A")});
        clock_.advance(2h);
        memory.noteUsed(test::pair("A").role);
        QCOMPARE(memory.lastSignIn(provider), (clock_.now() - 2h).unixSeconds());
        (void)memory.noteSignIn(provider, {test::pair("A")});
        QCOMPARE(memory.lastSignIn(provider), clock_.now().unixSeconds());
        QCOMPARE(memory.lastSignIn(ProviderId("q")), 0);
    }

    void keepsTheZoomOfEachProvider() {
        {
            RoleMemory memory(file_, clock_);
            QSignalSpy changed(&memory, &RoleMemory::changed);
            memory.setZoom(ProviderId("p"), 125);
            memory.setZoom(ProviderId("q"), 67);
            memory.setZoom(ProviderId("q"), 100);
            memory.setZoom(ProviderId("q"), 100);
            QCOMPARE(changed.size(), 3);
        }
        RoleMemory memory(file_, clock_);
        QVERIFY(memory.load().has_value());
        QCOMPARE(memory.zoom(ProviderId("p")), 125);
        QCOMPARE(memory.zoom(ProviderId("q")), 100);
        // A page that nobody can read any more cannot be repaired by zooming back.
        memory.setZoom(ProviderId("p"), 1);
        QCOMPARE(memory.zoom(ProviderId("p")), 100);
    }

    // Ten times the roles take some ten times as long; pair by pair it would be a hundred times.
    void thousandsOfRolesDoNotHoldTheWindowUp() {
        const auto quickest = [this](int count) {
            auto best = std::chrono::nanoseconds::max();
            for (int run = 0; run < 3; ++run) {
                RoleMemory memory(file_, clock_);
                std::vector<aws::RolePair> roles;
                for (int i = 0; i < count; ++i) roles.push_back(test::pair("Role" + std::to_string(i)));
                (void)memory.noteSignIn(ProviderId("p"), roles);
                for (auto& role : roles) role = test::pair(role.role.name() + "x");
                const test::CpuTimer timer;
                const RoleChanges changes = memory.noteSignIn(ProviderId("p"), roles);
                best = std::min(best, timer.elapsed());
                if (changes.gained.size() != roles.size() || changes.lost.size() != roles.size())
                    return std::chrono::nanoseconds::max();
            }
            return best;
        };
        const auto few = quickest(500), many = quickest(5000);
        QVERIFY2(many < 35 * few, qPrintable(QStringLiteral("%1 ns, %2 ns").arg(few.count()).arg(many.count())));
    }

    void aBrokenFileIsReported_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("not JSON") << QByteArray("{\"roles\":");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("empty") << QByteArray("");
    }
    void aBrokenFileIsReported() {
        QFETCH(QByteArray, content);
        std::filesystem::create_directories(file_.parent_path());
        QFile file(QString::fromStdString(file_.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto role = test::pair("Admin").role;
        {
            RoleMemory memory(file_, clock_);
            QVERIFY(!memory.load());
            memory.setFavourite(role, true);
        }
        RoleMemory memory(file_, clock_);
        QVERIFY(memory.load().has_value());
        QVERIFY(memory.favourite(role));
    }

    void partsThatAreNotOursArePassedOver() {
        std::filesystem::create_directories(file_.parent_path());
        QFile file(QString::fromStdString(file_.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"v":1,"roles":{"x":{},"arn:aws:iam::111122223333:role/A":{"favourite":"yes","last_used":-4},
                       "arn:aws:iam::111122223333:role/B":7},"providers":{"p":[["a","b"],1,["arn:aws:iam::111122223333:role/A"]],"q":{}}})");
        file.close();
        RoleMemory memory(file_, clock_);
        QVERIFY(memory.load().has_value());
        QVERIFY(!memory.favourite(test::pair("A").role));
        QCOMPARE(memory.lastUsed(test::pair("A").role), 0);
        QVERIFY(memory.knownRoles(ProviderId("p")).empty());
    }

    void saysWhenItCannotBeSaved() {
        RoleMemory memory("/proc/nowhere/roles.json", clock_);
        QSignalSpy failed(&memory, &RoleMemory::saveFailed);
        memory.setFavourite(test::pair("A").role, true);
        QTRY_VERIFY(failed.count() > 0);
        QVERIFY(memory.favourite(test::pair("A").role));
    }

private:
    test::FakeClock clock_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::filesystem::path file_;
};

QTEST_GUILESS_MAIN(RoleMemoryTest)
#include "role_memory_test.moc"
