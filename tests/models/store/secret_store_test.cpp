// Secrets in memory, in a real Secret Service on a bus of its own, in one that is locked, and where there is none.
#include "models/store/keychain_secret_store.h"
#include "models/store/memory_secret_store.h"
#include "models/store/open_secret_store.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace gw;
using namespace gw::store;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000;

template <class T>
T resultOf(QFuture<T> future) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience)) qFatal("the secret store never answered");
    return future.takeResult();
}

std::string valueOf(const Result<std::optional<Secret>>& found) {
    if (!found) return "(" + found.error().chain() + ")";
    return *found ? std::string((*found)->reveal()) : "(nothing)";
}

void useAndLeaveEmpty(SecretStore& store) {
    // Whatever bytes: a zero, no UTF-8, line ends, and none at all.
    const std::string bytes("\0\xff\xfe line\r\nend\"'\\", 16);
    QVERIFY(resultOf(store.write("session/a", Secret(std::string_view(bytes)))));
    QCOMPARE(valueOf(resultOf(store.read("session/a"))), bytes);
    QVERIFY(resultOf(store.write("session/a", Secret(std::string_view("second")))));
    QCOMPARE(valueOf(resultOf(store.read("session/a"))), std::string("second"));
    QCOMPARE(valueOf(resultOf(store.read("session/b"))), std::string("(nothing)"));

    const std::string large(200'000, 'x');
    QVERIFY(resultOf(store.write("session/large", Secret(std::string_view(large)))));
    QCOMPARE(valueOf(resultOf(store.read("session/large"))), large);

    QVERIFY(resultOf(store.remove("session/large")));
    QVERIFY(resultOf(store.remove("session/a")));
    QVERIFY(resultOf(store.remove("session/a")));
    QCOMPARE(valueOf(resultOf(store.read("session/a"))), std::string("(nothing)"));
}

} // namespace

// One bus for each program run, since the keychain library keeps the first it met.
class SecretStoreTest : public QObject {
    Q_OBJECT

    QProcess peer_;

    // Starts the keyring; false where this machine has none, which is then said.
    bool startKeyring(const QStringList& arguments) {
        for (const char* program : {"dbus-daemon", "gnome-keyring-daemon", "secret-tool", "gdbus"})
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty()) return false;
        peer_.setProcessChannelMode(QProcess::SeparateChannels);
        peer_.start(QStringLiteral(GW_SOURCE_DIR "/tests/peers/secret-service.sh"), arguments);
        QByteArray output;
        const bool ready = QTest::qWaitFor(
            [&] {
                output += peer_.readAllStandardOutput();
                return output.contains("XDG_RUNTIME_DIR=") && output.endsWith('\n');
            },
            patience);
        if (!ready) {
            qWarning("secret-service.sh said: %s %s", output.constData(), peer_.readAllStandardError().constData());
            return false;
        }
        for (const QByteArray& line : output.split('\n'))
            if (const auto mark = line.indexOf('='); mark > 0) qputenv(line.left(mark).constData(), line.mid(mark + 1));
        return true;
    }

    // This program once more, with one test only and an environment of its own.
    int runAlone(const char* test, const QByteArray& bus) {
        QProcess self;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString::fromLatin1(bus));
        environment.insert(QStringLiteral("GW_ALONE"), QStringLiteral("1"));
        self.setProcessEnvironment(environment);
        self.setProcessChannelMode(QProcess::ForwardedChannels);
        self.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(test)});
        if (!QTest::qWaitFor([&] { return self.state() == QProcess::NotRunning; }, patience)) return -1;
        return self.exitCode();
    }
    [[nodiscard]] static bool alone() { return qEnvironmentVariableIsSet("GW_ALONE"); }

private Q_SLOTS:
    void cleanup() {
        if (peer_.state() == QProcess::NotRunning) return;
        peer_.terminate();
        peer_.waitForFinished(patience);
    }

    void memory() {
        MemorySecretStore store;
        useAndLeaveEmpty(store);
        QVERIFY(!store.outlivesProcess());
    }

    void keychain() {
        if (!alone()) {
            if (!startKeyring({})) QSKIP("SKIPPED: no dbus-daemon, gnome-keyring or libsecret-tools on this machine");
            QCOMPARE(runAlone("keychain", qgetenv("DBUS_SESSION_BUS_ADDRESS")), 0);
            return;
        }
        auto opened = resultOf(openSecretStore("gatewarden-test"));
        QVERIFY2(!opened.problem, opened.problem ? opened.problem->chain().c_str() : "");
        QCOMPARE(opened.kind, OpenedSecretStore::Kind::Keychain);
        QVERIFY(opened.store->outlivesProcess());
        useAndLeaveEmpty(*opened.store);

        // Another program's eyes: our entry is there under our name, the probe is gone, and other names see nothing.
        QVERIFY(resultOf(opened.store->write("seen", Secret(std::string_view("by others")))));
        QProcess search;
        search.start(QStringLiteral("secret-tool"), {QStringLiteral("search"), QStringLiteral("--all"), QStringLiteral("server"), QStringLiteral("gatewarden-test")});
        QVERIFY(search.waitForFinished(patience));
        const QByteArray found = search.readAllStandardOutput() + search.readAllStandardError();
        QVERIFY2(found.contains("seen"), found.constData());
        QVERIFY(!found.contains("probe-"));
        KeychainSecretStore other("gatewarden-other");
        QCOMPARE(valueOf(resultOf(other.read("seen"))), std::string("(nothing)"));
        QVERIFY(resultOf(opened.store->remove("seen")));
    }

    void lockedKeychainFallsBackToMemory() {
        if (!alone()) {
            if (!startKeyring({QStringLiteral("--variant"), QStringLiteral("locked")}))
                QSKIP("SKIPPED: no dbus-daemon, gnome-keyring or libsecret-tools on this machine");
            QCOMPARE(runAlone("lockedKeychainFallsBackToMemory", qgetenv("DBUS_SESSION_BUS_ADDRESS")), 0);
            return;
        }
        auto opened = resultOf(openSecretStore("gatewarden-test", 8s));
        QCOMPARE(opened.kind, OpenedSecretStore::Kind::Memory);
        QVERIFY(opened.problem.has_value());
        QVERIFY2(opened.problem->code().is(SecretStoreError::Locked) || opened.problem->code().is(SecretStoreError::DeniedByPerson),
                 opened.problem->chain().c_str());
        QVERIFY(!opened.store->outlivesProcess());
        useAndLeaveEmpty(*opened.store);
    }

    void withoutABusThereIsMemory() {
        if (!alone()) {
            QCOMPARE(runAlone("withoutABusThereIsMemory", "unix:path=/nonexistent/bus"), 0);
            return;
        }
        auto opened = resultOf(openSecretStore("gatewarden-test"));
        QCOMPARE(opened.kind, OpenedSecretStore::Kind::Memory);
        QVERIFY(opened.problem.has_value());
        QVERIFY2(opened.problem->code().is(SecretStoreError::NoBackend) || opened.problem->code().is(SecretStoreError::Failed),
                 opened.problem->chain().c_str());
        useAndLeaveEmpty(*opened.store);
    }

    void impatienceIsRespected() {
        QElapsedTimer timer;
        timer.start();
        auto opened = resultOf(openSecretStore("gatewarden-test", 0ms));
        QVERIFY(opened.store != nullptr);
        QVERIFY(timer.elapsed() < 5000);
    }
};

QTEST_GUILESS_MAIN(SecretStoreTest)
#include "secret_store_test.moc"
