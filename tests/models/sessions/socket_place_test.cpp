// Where the agent listens, and who else may be there.
#include "models/sessions/agent/agent_server.h"

#include "tests/models/sessions/agent_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace gw;
using namespace gw::sessions;

namespace {

class NoDelegate final : public AgentDelegate {
public:
    void handle(const std::string&, const Json&, const Consumer&, Done done) override { done({}); }
    std::string explain(const Error& error) const override { return error.code().id(); }
};

using Fixture = test::AgentFixture<NoDelegate>;

} // namespace

class SocketPlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheOwnerCanReachIt() {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/run/gatewarden/agent.sock";
        Fixture f;
        AgentServer server(f.book, f.delegate);
        QVERIFY(server.listen(path).has_value());
        struct stat facts {};
        QCOMPARE(lstat(path.c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 07777U, 0600U);
        QCOMPARE(lstat(folder.filePath(QStringLiteral("run/gatewarden")).toStdString().c_str(), &facts), 0);
        QCOMPARE(facts.st_mode & 07777U, 0700U);
    }

    void aFolderThatOthersCanWriteIsRefused() {
        QTemporaryDir folder;
        chmod(folder.path().toStdString().c_str(), 0777);
        Fixture f;
        AgentServer server(f.book, f.delegate);
        const Status status = server.listen(folder.path().toStdString() + "/agent.sock");
        QVERIFY(!status);
        QVERIFY(status.error().code().is(AgentError::CannotListen));
        QCOMPARE(std::string(status.error().fact("reason")), std::string("folder_not_private"));
    }

    void oneConsoleAtATime() {
        Fixture f;
        AgentServer second(f.book, f.delegate);
        const Status status = second.listen(f.path);
        QVERIFY(!status && status.error().code().is(AgentError::AlreadyRunning));
        // The first one is as before.
        QVERIFY(access(f.path.c_str(), F_OK) == 0);
        f.server.reset();
        QVERIFY(access(f.path.c_str(), F_OK) != 0);
        QVERIFY(second.listen(f.path).has_value());
    }

    void aDeadConsolesSocketIsTakenOver() {
        Fixture f;
        const std::string path = f.path + "2";
        const int dead = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        QCOMPARE(bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        QCOMPARE(listen(dead, 1), 0);
        AgentServer server(f.book, f.delegate);
        // Alive without our lock: some other program listens there.
        QVERIFY(server.listen(path).error().code().is(AgentError::AlreadyRunning));
        close(dead);
        QVERIFY(server.listen(path).has_value());
    }

    void whatIsNoSocketStays() {
        Fixture f;
        const std::string path = f.path + "3";
        const int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
        QCOMPARE(write(file, "mine", 4), 4);
        close(file);
        AgentServer server(f.book, f.delegate);
        QVERIFY(server.listen(path).error().code().is(AgentError::CannotListen));
        struct stat facts {};
        QVERIFY(lstat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size == 4);
    }

    void placesThatCannotBe() {
        Fixture f;
        AgentServer server(f.book, f.delegate);
        for (const std::string& path : {std::string(), std::string("relative.sock"), "/tmp/" + std::string(200, 'x'), std::string("/proc/x/agent.sock")})
            QVERIFY(server.listen(path).error().code().is(AgentError::CannotListen));
    }
};

QTEST_GUILESS_MAIN(SocketPlaceTest)
#include "socket_place_test.moc"
