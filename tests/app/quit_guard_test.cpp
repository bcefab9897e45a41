// Leaving while the secret store has not answered yet.
#include "app/composition/quit_guard.h"
#include "tests/models/sessions/fakes.h"
#include "tests/support/fake_clock.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gw;
using namespace std::chrono_literals;

namespace {

// Answers when the test says so.
class SlowSecretStore final : public store::SecretStore {
public:
    std::vector<std::shared_ptr<QPromise<Status>>> asked;

    QFuture<Status> write(std::string, Secret) override { return ask(); }
    QFuture<Status> remove(std::string) override { return ask(); }
    QFuture<Result<std::optional<Secret>>> read(std::string) override {
        return test::ready(Result<std::optional<Secret>>(std::optional<Secret>()));
    }
    bool outlivesProcess() const override { return true; }

    void answerAll() {
        for (auto& promise : std::exchange(asked, {})) {
            promise->addResult(Status());
            promise->finish();
        }
    }

private:
    QFuture<Status> ask() {
        asked.push_back(std::make_shared<QPromise<Status>>());
        asked.back()->start();
        return asked.back()->future();
    }
};

} // namespace

class QuitGuardTest : public QObject {
    Q_OBJECT

private:
    test::FakeClock clock_;
    test::CountingRandom random_;
    SlowSecretStore secrets_;
    std::unique_ptr<sessions::SessionBook> book_;

    // Quits at once, answers the store `answerAfter` later, and gives how long it took to leave.
    [[nodiscard]] std::chrono::milliseconds leave(std::chrono::milliseconds answerAfter) {
        QElapsedTimer timer;
        timer.start();
        QTimer::singleShot(0, qApp, [] { QCoreApplication::quit(); });
        QTimer answer;
        answer.setSingleShot(true);
        answer.setTimerType(Qt::PreciseTimer);
        connect(&answer, &QTimer::timeout, this, [this] {
            secrets_.answerAll();
            // What follows from the answers, such as the list of what is left, is asked then.
            QTimer::singleShot(0, this, [this] { secrets_.answerAll(); });
        });
        answer.start(answerAfter);
        QCoreApplication::exec();
        return std::chrono::milliseconds(timer.elapsed());
    }

private Q_SLOTS:
    void init() {
        secrets_.asked.clear();
        book_ = std::make_unique<sessions::SessionBook>(clock_, random_, secrets_);
    }

    void leavesAtOnceWithNothingToStore() {
        const app::QuitGuard guard(*qApp, *book_, 60s);
        QVERIFY(leave(30s) < 20s);
    }

    void waitsForTheStore() {
        const app::QuitGuard guard(*qApp, *book_, 60s);
        QVERIFY(book_->add(test::session(test::pair("Admin"), "dev", clock_.now(), 1h), test::credentials(clock_.now() + 1h)).has_value());
        QVERIFY(leave(200ms) >= 200ms);
        QVERIFY(!book_->isStoring());
    }

    void doesNotWaitForEver() {
        const app::QuitGuard guard(*qApp, *book_, 100ms);
        QVERIFY(book_->add(test::session(test::pair("Admin"), "dev", clock_.now(), 1h), test::credentials(clock_.now() + 1h)).has_value());
        const auto took = leave(30s);
        QVERIFY(took >= 50ms && took < 20s);
        QVERIFY(book_->isStoring());
    }
};

QTEST_GUILESS_MAIN(QuitGuardTest)
#include "quit_guard_test.moc"
