#include "models/sessions/session_book.h"

#include "tests/models/sessions/fakes.h"
#include "models/sessions/outputs/outputs.h"
#include "models/sessions/session_record.h"
#include "saml/base/json.h"
#include "tests/support/fake_clock.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

#include <random>
#include <set>

using namespace gw;
using namespace gw::sessions;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(gw::sessions::TimeLeft)

namespace {

struct Fixture {
    test::FakeClock clock;
    test::CountingRandom random;
    test::FakeSecretStore secrets;
    SessionBook book{clock, random, secrets};

    Result<SessionId> add(const std::string& role, const std::string& profile, std::chrono::seconds length = 1h) {
        return book.add(test::session(test::pair(role), profile, clock.now(), length), test::credentials(clock.now() + length));
    }
};

std::set<std::string> indexOf(const test::FakeSecretStore& secrets) {
    const auto found = secrets.values.find("sessions");
    std::set<std::string> ids;
    if (found == secrets.values.end()) return ids;
    const auto list = parseJson(found->second);
    for (const Json& id : *list) ids.insert(id.get<std::string>());
    return ids;
}

// Lets the answers of the secret store arrive.
void settle() {
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

template <class T, class E>
bool failedWith(const Result<T>& result, E code) {
    return !result && result.error().code().is(code);
}

} // namespace

class SessionBookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servesWhatWasAdded() {
        Fixture f;
        QSignalSpy changed(&f.book, &SessionBook::changed);
        const auto id = f.add("Admin", "dev");
        QVERIFY(id);
        QVERIFY(isSessionId(id->value()));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(f.book.sessions().size(), std::size_t{1});
        const auto credentials = f.book.credentials(*id);
        QVERIFY(credentials);
        QVERIFY(credentials->sessionToken.equals("token=="));
        QCOMPARE(f.book.findByProfile(ProfileName("dev")), f.book.find(*id));
        QCOMPARE(f.book.findByProfile(ProfileName("other")), nullptr);
        QVERIFY(failedWith(f.book.credentials(SessionId("000000000000")), SessionError::NoSuchSession));
    }

    void suggestsAProfile() {
        Fixture f;
        const auto first = f.add("Admin", "");
        const auto second = f.book.add(test::session(test::pair("Admin", "444455556666"), "", f.clock.now(), 1h),
                                       test::credentials(f.clock.now() + 1h));
        QCOMPARE(f.book.find(*first)->profile.value(), std::string("payments-admin"));
        QCOMPARE(f.book.find(*second)->profile.value(), std::string("payments-admin-2"));
    }

    void aProfileNamesOneLiveSession() {
        Fixture f;
        const auto first = f.add("Admin", "dev");
        QVERIFY(failedWith(f.add("Reader", "dev"), SessionError::ProfileTaken));
        QVERIFY(f.book.credentials(*first).has_value());
        const auto renewed = f.add("Admin", "dev");
        QVERIFY(renewed);
        QVERIFY(f.book.find(*first)->end == EndReason::Replaced);
        QVERIFY(failedWith(f.book.credentials(*first), SessionError::Ended));
        QCOMPARE(f.book.findByProfile(ProfileName("dev"))->id.value(), renewed->value());
        f.book.end(*renewed);
        QVERIFY(f.add("Reader", "dev").has_value());
    }

    void setsProfiles() {
        Fixture f;
        const auto first = f.add("Admin", "dev");
        const auto second = f.add("Reader", "read");
        QVERIFY(failedWith(f.book.setProfile(*second, ProfileName("dev")), SessionError::ProfileTaken));
        QVERIFY(failedWith(f.book.setProfile(*second, ProfileName("a\nb")), SessionError::BadProfileName));
        QVERIFY(failedWith(f.book.setProfile(SessionId("000000000000"), ProfileName("x")), SessionError::NoSuchSession));
        QVERIFY(f.book.setProfile(*first, ProfileName("dev")).has_value());
        QVERIFY(f.book.setProfile(*second, ProfileName("reader")).has_value());
        QVERIFY(f.secrets.values["session/" + second->value()].find("\"reader\"") != std::string::npos);
    }

    void endingForgetsEverywhere() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        QVERIFY(f.secrets.values.contains("session/" + id->value()));
        f.book.end(*id);
        QVERIFY(failedWith(f.book.credentials(*id), SessionError::Ended));
        QVERIFY(!f.secrets.values.contains("session/" + id->value()));
        settle();
        QVERIFY(indexOf(f.secrets).empty());
        QSignalSpy changed(&f.book, &SessionBook::changed);
        f.book.end(*id);
        f.book.endAll();
        QCOMPARE(changed.count(), 0);
    }

    void timeLeft_data() {
        QTest::addColumn<qint64>("secondsLeft");
        QTest::addColumn<TimeLeft>("left");
        QTest::newRow("16 min") << qint64{960} << TimeLeft::Plenty;
        QTest::newRow("a second above 15 min") << qint64{901} << TimeLeft::Plenty;
        QTest::newRow("15 min") << qint64{900} << TimeLeft::Soon;
        QTest::newRow("5 min") << qint64{300} << TimeLeft::Near;
        QTest::newRow("1 min") << qint64{60} << TimeLeft::Last;
        QTest::newRow("1 s") << qint64{1} << TimeLeft::Last;
        QTest::newRow("0 s") << qint64{0} << TimeLeft::Over;
        QTest::newRow("asleep for a day") << qint64{-86'400} << TimeLeft::Over;
    }
    void timeLeft() {
        QFETCH(qint64, secondsLeft);
        QFETCH(TimeLeft, left);
        Fixture f;
        const auto id = f.add("Admin", "dev", 2h);
        QSignalSpy steps(&f.book, &SessionBook::timeLeftChanged);
        f.clock.advance(2h - std::chrono::seconds(secondsLeft));
        f.book.refresh();
        if (left == TimeLeft::Plenty) {
            QCOMPARE(steps.count(), 0);
            return;
        }
        QCOMPARE(steps.count(), 1);
        QVERIFY(steps[0][1].value<TimeLeft>() == left);
        QCOMPARE(f.book.credentials(*id).has_value(), left != TimeLeft::Over);
        f.book.refresh();
        QCOMPARE(steps.count(), 1);
    }

    void expiryIsSeenByTheClockAlone() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        f.clock.advance(1h);
        QVERIFY(failedWith(f.book.credentials(*id), SessionError::Expired));
        QVERIFY(f.add("Reader", "dev").has_value());
        f.book.refresh();
        QVERIFY(f.book.find(*id)->end == EndReason::Expired);
        QCOMPARE(f.book.find(*id)->ended, f.book.find(*id)->expiration);
        QVERIFY(!f.secrets.values.contains("session/" + id->value()));
    }

    void aClockSetBackGivesTimeBack() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        QSignalSpy steps(&f.book, &SessionBook::timeLeftChanged);
        f.clock.advance(58min);
        f.book.refresh();
        f.clock.advance(-50min);
        f.book.refresh();
        QCOMPARE(steps.count(), 2);
        QVERIFY(steps[1][1].value<TimeLeft>() == TimeLeft::Plenty);
        QVERIFY(f.book.credentials(*id).has_value());
    }

    void theTimerTicksOnlyWhileSomethingIsLive() {
        Fixture f;
        QSignalSpy ticked(&f.book, &SessionBook::ticked);
        const auto id = f.add("Admin", "dev");
        QTRY_COMPARE_WITH_TIMEOUT(ticked.count() >= 1, true, 3000);
        f.book.end(*id);
        QVERIFY(!f.book.findChild<QTimer*>()->isActive());
    }

    void yesterdaysGo() {
        Fixture f;
        // The afternoon of the person's own day.
        const QDateTime noon(QDate(2026, 11, 24), QTime(14, 0));
        f.clock.set(UtcTime::fromUnixMilliseconds(noon.toMSecsSinceEpoch()));
        const auto id = f.add("Admin", "dev");
        f.book.end(*id);
        f.clock.advance(5h);
        f.book.refresh();
        QVERIFY(f.book.find(*id) != nullptr);
        f.clock.advance(6h);
        f.book.refresh();
        QCOMPARE(f.book.find(*id), nullptr);
    }

    void consumersLatestFirst() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        for (int i = 0; i < 60; ++i) f.book.noteConsumer(*id, {"aws", "/usr/bin/aws", 1000 + i, f.clock.now()});
        const auto consumers = f.book.consumers(*id);
        QCOMPARE(consumers.size(), std::size_t{50});
        QCOMPARE(consumers.front().pid, 1059);
        f.book.noteConsumer(SessionId("000000000000"), {});
        QVERIFY(f.book.consumers(SessionId("000000000000")).empty());
    }

    void aRestartKeepsTheLive() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        const auto shorter = f.add("Reader", "read", 15min);
        settle();
        const Session before = *f.book.find(*id);
        f.clock.advance(20min);
        test::CountingRandom random;
        SessionBook next(f.clock, random, f.secrets);
        QSignalSpy restored(&next, &SessionBook::restored);
        next.restore();
        settle();
        QCOMPARE(restored.count(), 1);
        QCOMPARE(next.sessions().size(), std::size_t{1});
        QVERIFY(next.sessions()[0] == before);
        QVERIFY(next.credentials(*id)->secretAccessKey.equals("secret/of+"));
        QVERIFY(!f.secrets.values.contains("session/" + shorter->value()));
        QCOMPARE(indexOf(f.secrets), std::set<std::string>{id->value()});
    }

    void whatIsStoredIsNotTrusted_data() {
        QTest::addColumn<QByteArray>("index");
        QTest::addColumn<QByteArray>("record");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("not JSON") << QByteArray("][") << QByteArray();
        QTest::newRow("no list") << QByteArray("{\"a\":1}") << QByteArray();
        QTest::newRow("ids of another kind") << QByteArray("[1,null,\"../x\",\"AAAAAAAAAAAA\"]") << QByteArray();
        QTest::newRow("record gone") << QByteArray("[\"0123456789ab\"]") << QByteArray();
        QTest::newRow("record not JSON") << QByteArray("[\"0123456789ab\"]") << QByteArray("{");
        QTest::newRow("record of the future") << QByteArray("[\"0123456789ab\"]") << QByteArray("{\"v\":9}");
        QTest::newRow("record without its parts") << QByteArray("[\"0123456789ab\"]") << QByteArray("{\"v\":1,\"id\":\"0123456789ab\"}");
        QTest::newRow("record is a list") << QByteArray("[\"0123456789ab\"]") << QByteArray("[]");
    }
    void whatIsStoredIsNotTrusted() {
        QFETCH(QByteArray, index);
        QFETCH(QByteArray, record);
        Fixture f;
        if (!index.isEmpty()) f.secrets.values["sessions"] = index.toStdString();
        if (!record.isEmpty()) f.secrets.values["session/0123456789ab"] = record.toStdString();
        QSignalSpy restored(&f.book, &SessionBook::restored);
        f.book.restore();
        settle();
        QCOMPARE(restored.count(), 1);
        QVERIFY(f.book.sessions().empty());
        QVERIFY(!f.secrets.values.contains("session/0123456789ab"));
    }

    void saysWhenAllIsStored() {
        Fixture f;
        QSignalSpy stored(&f.book, &SessionBook::stored);
        QVERIFY(!f.book.isStoring());
        const SessionId id = *f.add("Admin", "dev");
        QVERIFY(f.book.isStoring());
        QVERIFY(stored.wait());
        QVERIFY(!f.book.isStoring());
        f.book.end(id);
        QVERIFY(f.book.isStoring());
        QVERIFY(stored.wait());
        QVERIFY(!f.book.isStoring());
        // A store that refuses has answered, too.
        f.secrets.locked = true;
        QVERIFY(f.add("Admin", "dev").has_value());
        QVERIFY(stored.wait());
        QVERIFY(!f.book.isStoring());
    }

    void aLockedStoreLosesNothing() {
        Fixture f;
        const auto id = f.add("Admin", "dev");
        settle();
        f.secrets.locked = true;
        test::CountingRandom random;
        SessionBook next(f.clock, random, f.secrets);
        QSignalSpy failed(&next, &SessionBook::secretStoreFailed);
        next.restore();
        settle();
        QVERIFY(next.sessions().empty());
        QCOMPARE(failed.count(), 1);
        f.secrets.locked = false;
        SessionBook third(f.clock, random, f.secrets);
        third.restore();
        settle();
        QCOMPARE(third.sessions().size(), std::size_t{1});
        QCOMPARE(third.sessions()[0].id.value(), id->value());
    }

    void goesOnInMemoryAndSaysSoOnce() {
        Fixture f;
        QSignalSpy failed(&f.book, &SessionBook::secretStoreFailed);
        f.secrets.locked = true;
        const auto first = f.add("Admin", "dev");
        QVERIFY(f.add("Reader", "read").has_value());
        QVERIFY(f.book.credentials(*first).has_value());
        settle();
        QCOMPARE(failed.count(), 1);
        f.secrets.locked = false;
        f.book.end(*first);
        settle();
        f.secrets.locked = true;
        QVERIFY(f.add("Other", "other").has_value());
        settle();
        QCOMPARE(failed.count(), 2);
    }

    // Whatever happens in whichever order, these hold.
    void invariantsUnderRandomOperations_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 40; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void invariantsUnderRandomOperations() {
        QFETCH(unsigned, seed);
        std::mt19937 chance(seed);
        const auto roll = [&chance](unsigned below) { return static_cast<unsigned>(chance() % below); };
        test::FakeClock clock;
        test::CountingRandom random;
        test::FakeSecretStore secrets;
        auto book = std::make_unique<SessionBook>(clock, random, secrets);
        for (int step = 0; step < 150; ++step) {
            const auto all = book->sessions();
            const SessionId any = all.empty() ? SessionId("000000000000") : all[roll(static_cast<unsigned>(all.size()))].id;
            const std::string profile = roll(4) == 0 ? "" : "p" + std::to_string(roll(4));
            switch (roll(8)) {
            case 0:
            case 1:
            case 2: {
                const std::chrono::seconds length(900 + roll(6000));
                (void)book->add(test::session(test::pair("Role" + std::to_string(roll(4))), profile, clock.now(), length),
                                test::credentials(clock.now() + length));
                break;
            }
            case 3: book->end(any); break;
            case 4: (void)book->setProfile(any, ProfileName(profile)); break;
            case 5: clock.advance(std::chrono::seconds(roll(1200))); break;
            case 6:
                if (roll(6) == 0) clock.advance(-std::chrono::seconds(roll(600)));
                book->refresh();
                break;
            default: {
                if (roll(5) != 0) break;
                book->refresh();
                std::vector<Session> live;
                for (const Session& s : book->sessions())
                    if (s.live(clock.now())) live.push_back(s);
                book = std::make_unique<SessionBook>(clock, random, secrets);
                settle();
                book->restore();
                settle();
                QCOMPARE(book->sessions().size(), live.size());
                for (const Session& s : live) QVERIFY(book->find(s.id) != nullptr && *book->find(s.id) == s);
            }
            }
            settle();
            check(*book, clock, secrets);
            if (QTest::currentTestFailed()) return;
        }
    }

private:
    static void check(const SessionBook& book, const Clock& clock, const test::FakeSecretStore& secrets) {
        std::set<std::string> ids;
        std::set<std::string> liveProfiles;
        std::set<std::string> notEnded;
        const Session* previous = nullptr;
        for (const Session& s : book.sessions()) {
            QVERIFY(ids.insert(s.id.value()).second);
            QCOMPARE(book.credentials(s.id).has_value(), s.live(clock.now()));
            QVERIFY(isProfileName(s.profile.value()));
            if (s.live(clock.now())) QVERIFY(liveProfiles.insert(s.profile.value()).second);
            if (s.end == EndReason::NotEnded) notEnded.insert(s.id.value());
            if (previous != nullptr) {
                const bool before = previous->end == EndReason::NotEnded;
                const bool now = s.end == EndReason::NotEnded;
                QVERIFY(before || !now);
                if (before && now) QVERIFY(previous->expiration <= s.expiration);
                if (!before && !now) QVERIFY(previous->ended >= s.ended);
            }
            previous = &s;
        }
        QCOMPARE(indexOf(secrets), notEnded);
        QCOMPARE(secrets.values.size(), notEnded.size() + (secrets.values.contains("sessions") ? 1U : 0U));
    }
};

QTEST_GUILESS_MAIN(SessionBookTest)
#include "session_book_test.moc"
