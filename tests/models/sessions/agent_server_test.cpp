#include "models/sessions/agent/agent_server.h"

#include "models/sessions/agent/agent_connection.h"
#include "models/sessions/agent/protocol.h"
#include "tests/models/sessions/agent_fixture.h"

#include <QSignalSpy>
#include <QTest>

#include <cstring>
#include <future>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace gw;
using namespace gw::sessions;
using namespace std::chrono_literals;

namespace {

class FakeDelegate final : public AgentDelegate {
public:
    std::vector<std::string> operations;
    std::vector<std::size_t> responseSizes;
    std::vector<Done> waiting;
    bool later = false;
    std::string answer = "done\n";

    void handle(const std::string& operation, const Json& request, const Consumer&, Done done) override {
        operations.push_back(operation);
        responseSizes.push_back(request.contains("response") ? request["response"].get_ref<const std::string&>().size() : 0);
        if (later)
            waiting.push_back(std::move(done));
        else
            done({0, Secret(std::string_view(answer))});
    }
    std::string explain(const Error& error) const override { return "explained " + error.code().id(); }
};

struct Fixture : test::AgentFixture<FakeDelegate> {
    SessionId add(const std::string& profile = "dev") {
        return book.add(test::session(test::pair("Admin"), profile, clock.now(), 1h), test::credentials(clock.now() + 1h)).value();
    }
    std::future<agent::Answer> askLater(std::string line, int timeout = 20) {
        return std::async(std::launch::async, [path = path, line = std::move(line), timeout] { return agent::ask(path, line, timeout); });
    }
    agent::Answer ask(std::string line) {
        auto answer = askLater(std::move(line));
        while (answer.wait_for(0s) != std::future_status::ready) QTest::qWait(1);
        return answer.get();
    }
    qsizetype connections() const { return server->findChildren<AgentConnection*>().size(); }
};

// A client that can do everything wrong.
class RawClient {
public:
    explicit RawClient(const std::string& path) : fd_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        connected = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        fcntl(fd_, F_SETFL, O_NONBLOCK);
    }
    ~RawClient() { close(fd_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    ssize_t put(std::string_view bytes) const { return send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    // Reads what there is; true once the other side has closed.
    bool closed() {
        char buffer[4096];
        for (;;) {
            const ssize_t got = recv(fd_, buffer, sizeof buffer, 0);
            if (got == 0 || (got < 0 && errno != EAGAIN)) return true;
            if (got < 0) return false;
            heard.append(buffer, static_cast<std::size_t>(got));
        }
    }
    bool connected = false;
    std::string heard;

private:
    int fd_;
};

} // namespace

class AgentServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servesCredentials() {
        Fixture f;
        const SessionId id = f.add();
        QSignalSpy served(f.server.get(), &AgentServer::served);
        const agent::Answer answer = f.ask("{\"v\":1,\"op\":\"credential-process\",\"profile\":\"dev\"}");
        QCOMPARE(answer.exitCode, 0);
        const auto document = parseJson(answer.payload);
        QVERIFY(document.has_value());
        QCOMPARE((*document)["Version"].get<int>(), 1);
        QCOMPARE((*document)["SecretAccessKey"].get<std::string>(), std::string("secret/of+"));
        QVERIFY(answer.payload.ends_with("}\n"));
        QCOMPARE(served.count(), 1);
        QCOMPARE(f.book.consumers(id).size(), std::size_t{1});
        QCOMPARE(f.book.consumers(id)[0].pid, static_cast<int>(getpid()));
        QTRY_COMPARE(f.connections(), qsizetype{0});
    }

    void servesEnvironment() {
        Fixture f;
        const SessionId id = f.add();
        const agent::Answer byProfile = f.ask("{\"v\":1,\"op\":\"env\",\"profile\":\"dev\",\"shell\":\"fish\"}");
        QCOMPARE(byProfile.exitCode, 0);
        QVERIFY(byProfile.payload.find("set -gx AWS_SESSION_TOKEN 'token=='\n") != std::string::npos);
        const agent::Answer byId = f.ask("{\"v\":1,\"op\":\"env\",\"session\":\"" + id.value() + "\",\"shell\":\"bash\"}");
        QVERIFY(byId.payload.find("export AWS_REGION='eu-west-1'\n") != std::string::npos);
    }

    void listsAndEnds() {
        Fixture f;
        const SessionId id = f.add();
        f.add("other");
        f.ask("{\"v\":1,\"op\":\"credential-process\",\"profile\":\"dev\"}");
        auto list = parseJson(f.ask("{\"v\":1,\"op\":\"sessions\",\"format\":\"json\"}").payload);
        QCOMPARE((*list)["sessions"].size(), std::size_t{2});
        const Json& first = (*list)["sessions"][0];
        QCOMPARE(first["state"].get<std::string>(), std::string("live"));
        QCOMPARE(first["seconds_left"].get<int>(), 3600);
        QCOMPARE(first["consumers"].size(), std::size_t{1});
        QVERIFY(list->dump().find("secret/of") == std::string::npos);
        auto ended = parseJson(f.ask("{\"v\":1,\"op\":\"end\",\"session\":\"" + id.value() + "\"}").payload);
        QCOMPARE((*ended)["ended"][0]["state"].get<std::string>(), std::string("ended"));
        QVERIFY(f.book.find(id)->end == EndReason::EndedByPerson);
        QCOMPARE(f.ask("{\"v\":1,\"op\":\"end\",\"session\":\"" + id.value() + "\"}").exitCode, 1);
        ended = parseJson(f.ask("{\"v\":1,\"op\":\"end\",\"all\":true}").payload);
        QCOMPARE((*ended)["ended"].size(), std::size_t{1});
        ended = parseJson(f.ask("{\"v\":1,\"op\":\"end\",\"all\":true}").payload);
        QVERIFY((*ended)["ended"].empty());
    }

    void refusals_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* request, int exitCode, const char* text) {
            QTest::newRow(name) << QByteArray(request) << exitCode << QByteArray(text);
        };
        row("no such profile", "{\"v\":1,\"op\":\"credential-process\",\"profile\":\"nope\"}", 1, "explained session.no_such_profile");
        row("no such session", "{\"v\":1,\"op\":\"env\",\"session\":\"0123456789ab\",\"shell\":\"bash\"}", 1, "explained session.no_such_session");
        row("expired", "{\"v\":1,\"op\":\"credential-process\",\"profile\":\"old\"}", 1, "explained session.expired");
        row("ended", "{\"v\":1,\"op\":\"env\",\"profile\":\"gone\",\"shell\":\"zsh\"}", 1, "explained session.ended");
        row("no profile", "{\"v\":1,\"op\":\"credential-process\"}", 2, "explained agent.bad_request");
        row("profile is a number", "{\"v\":1,\"op\":\"credential-process\",\"profile\":7}", 2, "explained agent.bad_request");
        row("no shell", "{\"v\":1,\"op\":\"env\",\"profile\":\"old\"}", 2, "explained agent.bad_request");
        row("other shell", "{\"v\":1,\"op\":\"env\",\"profile\":\"old\",\"shell\":\"tcsh\"}", 2, "explained agent.bad_request");
        row("session and profile", "{\"v\":1,\"op\":\"env\",\"profile\":\"old\",\"session\":\"0123456789ab\",\"shell\":\"bash\"}", 2, "explained agent.bad_request");
        row("end what", "{\"v\":1,\"op\":\"end\"}", 2, "explained agent.bad_request");
        row("unknown operation", "{\"v\":1,\"op\":\"format-disk\"}", 2, "explained agent.unknown_operation");
        row("no operation", "{\"v\":1}", 2, "explained agent.unknown_operation");
        row("no version", "{\"op\":\"sessions\"}", 2, "explained agent.bad_request");
        row("other version", "{\"v\":2,\"op\":\"sessions\"}", 2, "explained agent.bad_request");
        row("version as text", "{\"v\":\"1\",\"op\":\"sessions\"}", 2, "explained agent.bad_request");
        row("not JSON", "GET / HTTP/1.1", 2, "explained agent.bad_request");
        row("a list", "[1]", 2, "explained agent.bad_request");
        row("empty", "", 2, "explained agent.bad_request");
        row("twice the same key", "{\"v\":1,\"op\":\"sessions\",\"op\":\"end\"}", 2, "explained agent.bad_request");
        row("not UTF-8", "{\"v\":1,\"op\":\"sessions\xff\"}", 2, "explained agent.bad_request");
        row("deep", "{\"v\":1,\"op\":\"sessions\",\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}", 2, "explained agent.bad_request");
    }
    void refusals() {
        QFETCH(QByteArray, request);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, text);
        Fixture f;
        (void)f.book.add(test::session(test::pair("Old"), "old", f.clock.now() - 2h, 1h), test::credentials(f.clock.now() - 1h));
        f.book.end(f.add("gone"));
        const agent::Answer answer = f.ask(request.toStdString());
        QCOMPARE(answer.exitCode, exitCode);
        QCOMPARE(QByteArray::fromStdString(answer.payload), text);
    }

    void handsOverToTheDelegate() {
        Fixture f;
        for (const std::string operation : {"show", "login", "roles", "use"})
            QCOMPARE(f.ask("{\"v\":1,\"op\":\"" + operation + "\"}").payload, std::string("done\n"));
        QCOMPARE(f.delegate.operations, (std::vector<std::string>{"show", "login", "roles", "use"}));
    }

    void aPersonMayTakeTheirTime() {
        Fixture f;
        f.server->setPatience(50ms);
        f.delegate.later = true;
        auto answer = f.askLater("{\"v\":1,\"op\":\"login\",\"provider\":\"x\"}");
        QTRY_COMPARE(f.delegate.waiting.size(), std::size_t{1});
        // Several times the patience passes before the person is done.
        QTest::qWait(300);
        f.delegate.waiting[0]({1, Secret(std::string_view("gave up"))});
        while (answer.wait_for(0s) != std::future_status::ready) QTest::qWait(1);
        const agent::Answer got = answer.get();
        QCOMPARE(got.exitCode, 1);
        QCOMPARE(got.payload, std::string("gave up"));
        // Once is enough.
        f.delegate.waiting[0]({0, Secret(std::string_view("again"))});
    }

    void anAnswerMayComeTooLate() {
        Fixture f;
        f.delegate.later = true;
        {
            RawClient client(f.path);
            client.put("{\"v\":1,\"op\":\"login\",\"provider\":\"x\"}\n");
            QTRY_COMPARE(f.delegate.waiting.size(), std::size_t{1});
        }
        QTRY_COMPARE(f.connections(), qsizetype{0});
        f.delegate.waiting[0]({0, Secret(std::string_view("too late"))});
        RawClient other(f.path);
        other.put("{\"v\":1,\"op\":\"use\"}\n");
        QTRY_COMPARE(f.delegate.waiting.size(), std::size_t{2});
        f.server.reset();
        f.delegate.waiting[1]({0, Secret(std::string_view("nobody"))});
        QTRY_VERIFY(other.closed());
    }

    void requestsInPieces() {
        Fixture f;
        f.add();
        RawClient client(f.path);
        const std::string request = "{\"v\":1,\"op\":\"sessions\"}\n";
        for (const char c : request) {
            client.put({&c, 1});
            QTest::qWait(1);
        }
        QTRY_VERIFY(client.closed());
        QVERIFY(client.heard.starts_with("ok "));
    }

    void halfRequestsAreForgotten() {
        Fixture f;
        {
            RawClient client(f.path);
            client.put("{\"v\":1,\"op\":");
            QTRY_COMPARE(f.connections(), qsizetype{1});
        }
        QTRY_COMPARE(f.connections(), qsizetype{0});
    }

    void idleClientsAreCutOff() {
        Fixture f;
        f.server->setPatience(50ms);
        RawClient silent(f.path);
        RawClient half(f.path);
        half.put("{");
        QTRY_VERIFY(silent.closed());
        QTRY_VERIFY(half.closed());
        QCOMPARE(silent.heard, std::string());
        QTRY_COMPARE(f.connections(), qsizetype{0});
    }

    void tooLong_data() {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("taken");
        const QByteArray login = "{\"v\":1,\"op\":\"login\",\"provider\":\"x\",\"response\":\"";
        QTest::newRow("64 KiB") << QByteArray("{\"v\":1,\"op\":\"sessions\",\"x\":\"") << 65536 << true;
        QTest::newRow("a byte more") << QByteArray("{\"v\":1,\"op\":\"sessions\",\"x\":\"") << 65537 << false;
        QTest::newRow("without end") << QByteArray("") << 300'000 << false;
        QTest::newRow("pasted, 1 MiB") << login << (1 << 20) << true;
        QTest::newRow("pasted, 2 MiB") << login << (2 << 20) << true;
        QTest::newRow("pasted, a byte more") << login << (2 << 20) + 1 << false;
        QTest::newRow("login in another order") << QByteArray("{\"op\":\"login\",\"v\":1,\"response\":\"") << (1 << 20) << false;
    }
    void tooLong() {
        QFETCH(QByteArray, start);
        QFETCH(int, size);
        QFETCH(bool, taken);
        Fixture f;
        std::string line = start.toStdString();
        line += std::string(static_cast<std::size_t>(size) - line.size() - 2, 'A') + "\"}";
        const agent::Answer answer = f.ask(line);
        QCOMPARE(answer.exitCode, taken ? 0 : 2);
        if (!f.delegate.responseSizes.empty()) QVERIFY(f.delegate.responseSizes[0] > 1'000'000);
        QTRY_COMPARE(f.connections(), qsizetype{0});
    }

    void longAnswersArriveWhole() {
        Fixture f;
        f.delegate.answer = std::string(3'000'000, 'x') + "\n";
        QCOMPARE(f.ask("{\"v\":1,\"op\":\"roles\"}").payload, f.delegate.answer);
    }

    void whoDoesNotReadIsCutOff() {
        Fixture f;
        f.server->setPatience(50ms);
        f.delegate.answer = std::string(3'000'000, 'x');
        RawClient client(f.path);
        client.put("{\"v\":1,\"op\":\"roles\"}\n");
        QTRY_COMPARE(f.delegate.operations.size(), std::size_t{1});
        QTRY_COMPARE(f.connections(), qsizetype{0});
    }

    void twoHundredAtOnce() {
        Fixture f;
        const SessionId id = f.add();
        std::vector<std::future<agent::Answer>> answers;
        for (int i = 0; i < 200; ++i) answers.push_back(f.askLater("{\"v\":1,\"op\":\"credential-process\",\"profile\":\"dev\"}", 60));
        for (auto& answer : answers) {
            while (answer.wait_for(0s) != std::future_status::ready) QTest::qWait(1);
            const agent::Answer got = answer.get();
            QCOMPARE(got.exitCode, 0);
            QVERIFY(parseJson(got.payload).has_value());
        }
        QCOMPARE(f.book.consumers(id).size(), std::size_t{50});
    }

    void moreThanCanBeServedAreTurnedAway() {
        Fixture f;
        f.add();
        std::vector<std::unique_ptr<RawClient>> idle;
        for (std::size_t i = 0; i < AgentServer::maxConnections; ++i) {
            idle.push_back(std::make_unique<RawClient>(f.path));
            QVERIFY(idle.back()->connected);
            if (i % 32 == 0) QTest::qWait(1);
        }
        QTRY_COMPARE(f.connections(), static_cast<qsizetype>(AgentServer::maxConnections));
        QCOMPARE(f.ask("{\"v\":1,\"op\":\"sessions\"}").exitCode, 1);
        idle.clear();
        QTRY_COMPARE(f.connections(), qsizetype{0});
        QCOMPARE(f.ask("{\"v\":1,\"op\":\"sessions\"}").exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(AgentServerTest)
#include "agent_server_test.moc"
