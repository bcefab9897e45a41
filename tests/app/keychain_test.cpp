// A restart with a real Secret Service: what was live before is live after, in another process, to window and tools alike.
#include "tests/app/console_run.h"
#include "tests/interop/peer_process.h"

#include <QRegularExpression>
#include <QTest>

using namespace gw;
using namespace gw::test;

namespace {

class KeychainTest : public QObject {
    Q_OBJECT

private:
    [[nodiscard]] static Said ctl(QStringList arguments, const QByteArray& input = {}) {
        return run(built("gatewardenctl"), arguments << QStringLiteral("--practice"), input);
    }
    [[nodiscard]] static Said credentials(const char* profile) {
        return run(built("gatewarden-credentials"), {QStringLiteral("--profile"), QLatin1String(profile), QStringLiteral("--practice")});
    }

    std::unique_ptr<interop::PeerProcess> peer_;

private Q_SLOTS:
    // Before the first console: the keychain library keeps the first bus that it meets.
    void initTestCase() {
        peer_ = std::make_unique<interop::PeerProcess>(QStringLiteral("secret-service.sh"));
        QVERIFY(waitUntil([&] { return peer_->ready() || peer_->ended(); }, 30'000));
        QVERIFY2(!peer_->ended(), "it needs dbus-daemon, gnome-keyring and libsecret-tools");
        qputenv("DBUS_SESSION_BUS_ADDRESS", peer_->value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")).toLocal8Bit());
    }

    void sessionsSurviveARestart() {
        QString kept, role;
        {
            app::Console console(*qApp, true, GW_BINARY_DIR "/bin");
            QVERIFY(console.start().has_value());
            QVERIFY(waitUntil([&] { return console.practice() != nullptr; }));
            QVERIFY(waitUntil([] { return words(visible(QStringLiteral("status.secrets"))).contains(QLatin1String("system's keychain")); }));
            const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")},
                                responseFrom(*console.practice(), "lena.fairweather"));
            QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
            auto roles = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).globalMatch(in.output);
            role = roles.next().captured();
            QVERIFY(ctl({QStringLiteral("use"), role, QStringLiteral("--profile=kept")}).exitCode == 0);
            QVERIFY(ctl({QStringLiteral("use"), roles.next().captured(), QStringLiteral("--profile=ended")}).exitCode == 0);
            QVERIFY(ctl({QStringLiteral("end"), QStringLiteral("ended")}).exitCode == 0);
            kept = credentials("kept").output;
            QVERIFY(kept.contains(QLatin1String("SessionToken")));
            const Said list = ctl({QStringLiteral("sessions"), QStringLiteral("--format=json")});
            QVERIFY(list.output.contains(QLatin1String("\"outlives_process\":true")));
        }
        QVERIFY(credentials("kept").exitCode == 1);

        // The real program, started anew.
        QProcess console;
        console.start(built("gatewarden"), {QStringLiteral("--practice")});
        Said after;
        QVERIFY(waitUntil([&] {
            if (console.state() == QProcess::NotRunning && console.error() != QProcess::UnknownError) return true;
            after = credentials("kept");
            return after.exitCode == 0;
        }));
        QCOMPARE(after.output, kept);
        QCOMPARE(credentials("ended").exitCode, 1);
        const Said list = ctl({QStringLiteral("sessions")});
        QVERIFY2(list.output.contains(QLatin1String("kept")) && !list.output.contains(QLatin1String("ended ")), qPrintable(list.output));

        // Ended after the restart, it is gone for good.
        QVERIFY(ctl({QStringLiteral("end"), QStringLiteral("kept")}).exitCode == 0);
        console.terminate();
        QVERIFY(waitUntil([&] { return console.state() == QProcess::NotRunning; }));
        QCOMPARE(console.exitCode(), 0);
        app::Console third(*qApp, true, GW_BINARY_DIR "/bin");
        QVERIFY(third.start().has_value());
        QVERIFY(waitUntil([] { return words(visible(QStringLiteral("status.secrets"))).contains(QLatin1String("system's keychain")); }));
        QCOMPARE(credentials("kept").exitCode, 1);
        QVERIFY(third.book().sessions().empty());
    }

    void cleanupTestCase() { peer_.reset(); }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home&) { return std::make_unique<KeychainTest>(); });
}

#include "keychain_test.moc"
