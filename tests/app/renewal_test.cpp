// A session in use that nears its end, through the whole console with the real web engine: while the provider's own session
// lives it is renewed unseen; where the provider would ask, the person is told and no window comes up by itself.
#include "models/sessions/session_book.h"
#include "tests/app/console_run.h"

#include <QRegularExpression>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineView>

using namespace gw;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

const sessions::ProviderId practiceId("practice");
const std::string developer = "lena.fairweather";
const sessions::ProfileName profile("renewed");

class RenewalTest : public QObject {
    Q_OBJECT

private:
    ShiftedClock clock_;
    std::unique_ptr<app::Console> console_;

    [[nodiscard]] static QWidget* window() { return visible(QStringLiteral("login.window")); }
    [[nodiscard]] static Said ctl(QStringList arguments, const QByteArray& input = {}) {
        return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
    }
    [[nodiscard]] const sessions::Session& session() { return *console_->book().findByProfile(profile); }

    // A session of an hour that a program has asked for.
    void useRole(const QString& offered) {
        const QString role = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).match(offered).captured();
        QVERIFY(!role.isEmpty());
        const Said used = ctl({QStringLiteral("use"), role, QStringLiteral("--profile=renewed"), QStringLiteral("--duration=1h")});
        QVERIFY2(used.exitCode == 0, qPrintable(used.errors));
        const Said asked = run(built("gatewarden-credentials"), {QStringLiteral("--profile=renewed"), QStringLiteral("--practice")});
        QVERIFY2(asked.exitCode == 0, qPrintable(asked.errors));
        QVERIFY(!console_->book().consumers(session().id).empty());
    }
    void signInInTheWindow() {
        console_->coordinator().signIn(practiceId);
        const auto view = [] { return window() == nullptr ? nullptr : window()->findChild<QWebEngineView*>(); };
        QVERIFY(waitUntil([&] { return view() != nullptr && view()->title().contains(QLatin1String("Northwind")) && !view()->page()->isLoading(); }));
        view()->page()->runJavaScript(QStringLiteral("document.querySelector('[name=username]').value='lena.fairweather';"
                                                     "document.querySelector('[name=password]').value='practice-lena';"
                                                     "document.querySelector('form').submit()"));
        QVERIFY(waitUntil([&] { return window() == nullptr && console_->coordinator().attempt(practiceId) != nullptr &&
                                       console_->coordinator().attempt(practiceId)->usable(); }));
    }
    void untilTheLastQuarter() {
        QVERIFY(session().expiration - clock_.now() > 46min);
        clock_.sleep(46min);
        console_->book().refresh();
    }

private Q_SLOTS:
    void initTestCase() {
        console_ = std::make_unique<app::Console>(*qApp, true, GW_BINARY_DIR "/bin", &clock_);
        const Status started = console_->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().chain().c_str());
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));
    }
    void cleanupTestCase() { console_.reset(); }

    // Nobody has signed in by the window yet, so there are no cookies.
    void toldInsteadOfAWindowWhereTheProviderAsks() {
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")}, responseFrom(*console_->practice(), developer));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        useRole(in.output);
        console_->coordinator().cancel(practiceId);
        const sessions::SessionId first = session().id;
        untilTheLastQuarter();
        bool shown = false;
        QVERIFY(waitUntil([&] {
            shown = shown || window() != nullptr;
            return visible(QStringLiteral("toast.sessions.renewal-needs-person")) != nullptr;
        }, 40'000));
        QVERIFY(!shown && window() == nullptr);
        QCOMPARE(session().id, first);
        QVERIFY(session().live(clock_.now()));
        QVERIFY(!console_->coordinator().renewing(first));
        // The window comes once the person wants it.
        click(visible(QStringLiteral("toast.sessions.renewal-needs-person.action")));
        QVERIFY(waitUntil([] { return window() != nullptr; }));
        console_->coordinator().cancel(practiceId);
        QVERIFY(waitUntil([] { return window() == nullptr; }));
    }

    void unseenWhileTheProvidersSessionLives() {
        signInInTheWindow();
        useRole(ctl({QStringLiteral("roles")}).output);
        const sessions::SessionId first = session().id;
        const UtcTime before = session().expiration;
        untilTheLastQuarter();
        bool shown = false;
        QVERIFY(waitUntil([&] {
            shown = shown || window() != nullptr;
            return session().id != first;
        }, 40'000));
        QVERIFY(!shown);
        QCOMPARE(console_->book().find(first)->end, sessions::EndReason::Replaced);
        QVERIFY(session().live(clock_.now()));
        QVERIFY(session().expiration > before + 40min);
        QVERIFY(visible(QStringLiteral("toast.sessions.renewal-needs-person")) == nullptr);
    }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home&) { return std::make_unique<RenewalTest>(); });
}

#include "renewal_test.moc"
