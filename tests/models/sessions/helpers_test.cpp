// The two helper programs, as they are built, against a real AgentServer.
#include "tests/models/sessions/fakes.h"
#include "models/sessions/agent/agent_server.h"
#include "saml/base/json.h"
#include "tests/support/fake_clock.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <sys/stat.h>

using namespace gw;
using namespace gw::sessions;
using namespace std::chrono_literals;

namespace {

class Delegate final : public AgentDelegate {
public:
    std::vector<Json> requests;
    std::string answer;
    int exitCode = 0;
    void handle(const std::string&, const Json& request, const Consumer&, Done done) override {
        requests.push_back(request);
        done({exitCode, Secret(std::string_view(answer))});
    }
    std::string explain(const Error& error) const override { return "Gatewarden: " + error.code().id(); }
};

struct Ran {
    int exitCode = -1;
    std::string out, err;
};

struct Fixture {
    QTemporaryDir folder;
    test::FakeClock clock;
    test::CountingRandom random;
    test::FakeSecretStore secrets;
    SessionBook book{clock, random, secrets};
    Delegate delegate;
    AgentServer server{book, delegate};
    QString socket = folder.filePath(QStringLiteral("gatewarden/agent.sock"));

    Fixture() {
        if (!server.listen(socket.toStdString())) qFatal("cannot listen");
    }
    SessionId add(const std::string& profile = "dev") {
        return book.add(test::session(test::pair("Admin"), profile, clock.now(), 1h), test::credentials(clock.now() + 1h)).value();
    }
    Ran run(const char* program, const QStringList& arguments, const QByteArray& input = {}) const {
        QProcess process;
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder.path());
        process.setProcessEnvironment(environment);
        process.start(QString::fromLatin1(program), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 20'000)) process.kill();
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput().toStdString(),
                process.readAllStandardError().toStdString()};
    }
    Ran ctl(const QStringList& arguments, const QByteArray& input = {}) const { return run(GW_CTL, arguments, input); }
    Ran credentials(const QStringList& arguments) const { return run(GW_CREDENTIALS, arguments); }
};

QStringList words(const char* line) {
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

} // namespace

class HelpersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void credentialsInBothWays() {
        Fixture f;
        const SessionId id = f.add();
        const Ran tiny = f.credentials(words("--profile dev"));
        QCOMPARE(tiny.exitCode, 0);
        QCOMPARE(tiny.err, std::string());
        QCOMPARE((*parseJson(tiny.out))["SessionToken"].get<std::string>(), std::string("token=="));
        QCOMPARE(f.credentials(words("--profile=dev")).out, tiny.out);
        QCOMPARE(f.ctl(words("credential-process --profile dev")).out, tiny.out);
        // It was this test that asked, through the helpers.
        QCOMPARE(f.book.consumers(id).size(), std::size_t{3});
        for (const Consumer& consumer : f.book.consumers(id)) QCOMPARE(consumer.program, std::string("helpers_test"));
    }

    void credentialsRefusals_data() {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("says");
        QTest::newRow("no such profile") << QStringLiteral("--profile nope") << 1 << QStringLiteral("session.no_such_profile");
        QTest::newRow("practice console not running") << QStringLiteral("--profile dev --practice") << 1 << QStringLiteral("not running");
        QTest::newRow("nothing") << QString() << 2 << QStringLiteral("--help");
        QTest::newRow("no value") << QStringLiteral("--profile") << 2 << QStringLiteral("--help");
        QTest::newRow("empty value") << QStringLiteral("--profile=") << 2 << QStringLiteral("--help");
        QTest::newRow("unknown") << QStringLiteral("--profile dev --what") << 2 << QStringLiteral("--help");
        QTest::newRow("stray") << QStringLiteral("dev") << 2 << QStringLiteral("--help");
    }
    void credentialsRefusals() {
        QFETCH(QString, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, says);
        Fixture f;
        f.add();
        const Ran ran = f.credentials(arguments.isEmpty() ? QStringList() : arguments.split(QLatin1Char(' ')));
        QCOMPARE(ran.exitCode, exitCode);
        QCOMPARE(ran.out, std::string());
        QVERIFY2(ran.err.find(says.toStdString()) != std::string::npos, ran.err.c_str());
        // One sentence: AWS tools put all of it into their message.
        QCOMPARE(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
    }

    void oddProfilesReachTheConsoleUnharmed() {
        Fixture f;
        for (const QString& name : {QStringLiteral("a\"b\\c"), QStringLiteral("a\nb"), QStringLiteral("ü\t"), QString(100'000, QLatin1Char('x'))})
            QVERIFY(f.credentials({QStringLiteral("--profile"), name}).exitCode != 0);
        f.add();
        QCOMPARE(f.credentials(words("--profile dev")).exitCode, 0);
    }

    void theTinyOneIsStatic() {
        QProcess file;
        file.start(QStringLiteral("readelf"), {QStringLiteral("-d"), QStringLiteral(GW_CREDENTIALS)});
        if (!file.waitForStarted()) QSKIP("readelf is not installed");
        QVERIFY(file.waitForFinished());
#ifdef __SANITIZE_ADDRESS__
        QSKIP("sanitizers need the dynamic loader");
#endif
        QVERIFY(!file.readAllStandardOutput().contains("NEEDED"));
    }

    void sessionsAsTextAndJson() {
        Fixture f;
        QVERIFY(f.ctl(words("sessions")).out.starts_with("No sessions"));
        const SessionId id = f.add();
        const Ran text = f.ctl(words("sessions"));
        QVERIFY2(text.out.find(id.value() + "  dev      Admin  111122223333 (payments)  prod  eu-west-1  1 h 0 min left\n") != std::string::npos, text.out.c_str());
        const auto json = parseJson(f.ctl(words("sessions --format json")).out);
        QCOMPARE((*json)["sessions"][0]["id"].get<std::string>(), id.value());
    }

    void envByIdOrProfile() {
        Fixture f;
        const SessionId id = f.add();
        const Ran ran = f.ctl(words("env dev --shell bash"));
        QCOMPARE(ran.exitCode, 0);
        QVERIFY(ran.out.find("export AWS_SESSION_TOKEN='token=='\n") != std::string::npos);
        QCOMPARE(f.ctl({QStringLiteral("env"), QString::fromStdString(id.value()), QStringLiteral("--shell=bash")}).out, ran.out);
        QCOMPARE(f.ctl(words("env dev")).exitCode, 2);
        QCOMPARE(f.ctl(words("env dev --shell tcsh")).exitCode, 2);
        QCOMPARE(f.ctl(words("env nope --shell bash")).exitCode, 1);
    }

    void endsOneOrAll() {
        Fixture f;
        f.add();
        f.add("b");
        f.add("c");
        QVERIFY(f.ctl(words("end dev")).out.find("ended") != std::string::npos);
        QCOMPARE(f.ctl(words("end dev")).exitCode, 1);
        QCOMPARE((*parseJson(f.ctl(words("end --all --format json")).out))["ended"].size(), std::size_t{2});
        QVERIFY(f.ctl(words("end --all")).out.starts_with("No session"));
        QCOMPARE(f.ctl(words("end")).exitCode, 2);
        QCOMPARE(f.ctl(words("end dev --all")).exitCode, 2);
    }

    void useAndRoles() {
        Fixture f;
        f.delegate.answer = "{\"session\":{\"profile\":\"dev\",\"label\":\"Admin\",\"account\":\"111122223333\",\"state\":\"live\",\"seconds_left\":3540,"
                            "\"expiration\":\"2026-11-24T15:00:00Z\"}}\n";
        const Ran use = f.ctl(words("use Admin --profile dev --duration 90m --region eu-central-1"));
        QCOMPARE(use.out, std::string("dev: Admin in 111122223333, 59 min left, until 2026-11-24T15:00:00Z\n"));
        QCOMPARE(f.delegate.requests[0].dump(),
                 std::string("{\"v\":1,\"op\":\"use\",\"role\":\"Admin\",\"profile\":\"dev\",\"region\":\"eu-central-1\",\"duration\":5400}"));
        QCOMPARE(f.ctl(words("use Admin --format json")).out, f.delegate.answer);
        QTemporaryFile policy;
        QVERIFY(policy.open());
        policy.write("{\"Statement\": {}}\n");
        policy.close();
        QCOMPARE(f.ctl({QStringLiteral("use"), QStringLiteral("Admin"), QStringLiteral("--policy"), policy.fileName()}).exitCode, 0);
        QCOMPARE(f.delegate.requests.back()["policy"].get<std::string>(), std::string("{\"Statement\": {}}\n"));
        const std::size_t asked = f.delegate.requests.size();
        QCOMPARE(f.ctl(words("use Admin --policy /nowhere/policy.json")).exitCode, 2);
        QVERIFY(policy.open());
        policy.write(QByteArray(17 << 10, ' '));
        policy.close();
        QCOMPARE(f.ctl({QStringLiteral("use"), QStringLiteral("Admin"), QStringLiteral("--policy"), policy.fileName()}).exitCode, 2);
        QCOMPARE(f.delegate.requests.size(), asked);
        for (const char* duration : {"899", "13h", "1d", "-1", "x", "99999999999999999999"})
            QCOMPARE(f.ctl({QStringLiteral("use"), QStringLiteral("Admin"), QStringLiteral("--duration"), QString::fromLatin1(duration)}).exitCode, 2);
        f.delegate.answer = "{\"roles\":[{\"role\":\"arn:x\",\"label\":\"Admin\",\"account\":\"1\",\"favourite\":true},{\"role\":\"arn:y\",\"label\":\"a\\u001b[31mb\"}]}\n";
        const Ran roles = f.ctl(words("roles northwind"));
        QCOMPARE(f.delegate.requests.back()["provider"].get<std::string>(), std::string("northwind"));
        QVERIFY(roles.out.find("*  Admin") != std::string::npos);
        // A name from outside must not steer the terminal.
        QVERIFY(roles.out.find('\x1b') == std::string::npos);
        f.delegate.answer = "not JSON";
        QCOMPARE(f.ctl(words("roles")).exitCode, 1);
        f.delegate.exitCode = 1;
        f.delegate.answer = "Gatewarden: no";
        const Ran refused = f.ctl(words("roles"));
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.out, std::string());
        QCOMPARE(refused.err, std::string("Gatewarden: no\n"));
    }

    void pastedResponsesComeFromStandardInput() {
        Fixture f;
        f.delegate.answer = "{\"provider\":\"northwind\",\"roles\":[],\"sessions\":[]}\n";
        const QByteArray response = "PHNhbWw+\r\n\"\\<html>";
        QCOMPARE(f.ctl(words("login northwind --paste"), response).out, std::string("Signed in.\n"));
        QCOMPARE(f.delegate.requests[0]["response"].get<std::string>(), response.toStdString());
        const QByteArray large(1'400'000, 'A');
        QCOMPARE(f.ctl(words("login northwind --paste"), large).exitCode, 0);
        QCOMPARE(f.delegate.requests[1]["response"].get_ref<const std::string&>().size(), std::size_t{1'400'000});
        QCOMPARE(f.ctl(words("login northwind --paste"), QByteArray(1'700'000, 'A')).exitCode, 2);
        QCOMPARE(f.ctl(words("login northwind --paste"), QByteArray(1'200'000, '"')).exitCode, 2);
        QCOMPARE(f.ctl(words("login northwind --paste"), " \n").exitCode, 2);
        QCOMPARE(f.ctl(words("login northwind --paste --browser"), "x").exitCode, 2);
        QCOMPARE(f.ctl(words("login northwind --browser")).exitCode, 0);
        QVERIFY(f.delegate.requests.back()["browser"].get<bool>());
        QCOMPARE(f.delegate.requests.size(), std::size_t{3});
    }

    void wrongUsage_data() {
        QTest::addColumn<QString>("line");
        for (const char* line : {"fly", "use", "use a b", "sessions --what", "sessions --format xml", "sessions --format", "env", "sessions x",
                                 "credential-process", "sessions --practice=yes", "login"})
            QTest::newRow(line) << QString::fromLatin1(line);
        QTest::newRow("nothing") << QString();
    }
    void wrongUsage() {
        QFETCH(QString, line);
        Fixture f;
        const Ran ran = f.ctl(line.isEmpty() ? QStringList() : line.split(QLatin1Char(' ')));
        QCOMPARE(ran.exitCode, 2);
        QCOMPARE(ran.out, std::string());
        QVERIFY(!ran.err.empty());
    }

    void helpEverywhere() {
        Fixture f;
        for (const char* line : {"--help", "login --help", "roles --help", "use --help", "sessions --help", "end --help", "env --help",
                                 "credential-process --help", "use a b c --help", "--version"}) {
            const Ran ran = f.ctl(words(line));
            QCOMPARE(ran.exitCode, 0);
            QVERIFY(!ran.out.empty() && ran.err.empty());
        }
        QCOMPARE(f.credentials(words("--help")).exitCode, 0);
        QVERIFY(f.credentials(words("--version")).out.starts_with("gatewarden-credentials "));
    }
};

QTEST_GUILESS_MAIN(HelpersTest)
#include "helpers_test.moc"
