// Another user of the same computer, on both ends of the socket: one who asks a live console for credentials, and one who
// sits where a console should be. The folders' modes are opened for it, so that nothing but the peer's uid stands between.
#include "models/sessions/session_book.h"
#include "tests/app/console_run.h"

#include <QRegularExpression>
#include <QTest>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace gw;
using namespace gw::test;

namespace {

namespace fs = std::filesystem;

constexpr uid_t nobody = 65534;
constexpr int patience = 5000; // milliseconds

// How a child ends.
enum Outcome { NothingCame, CannotConnect, SomethingCame, Broken };

sockaddr_un addressOf(const fs::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    return address;
}

bool becomeNobody() {
    return setgid(nobody) == 0 && setuid(nobody) == 0;
}

Outcome whatComes(int socket) {
    pollfd ready{socket, POLLIN, 0};
    char octet = 0;
    if (poll(&ready, 1, patience) <= 0) return Broken;
    return read(socket, &octet, 1) > 0 ? SomethingCame : NothingCame;
}

Outcome ask(const fs::path& path, const std::string& request) {
    const sockaddr_un address = addressOf(path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return Broken;
    if (connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return errno == EACCES ? CannotConnect : Broken;
    (void)send(socket, request.data(), request.size(), MSG_NOSIGNAL);
    return whatComes(socket);
}

// How the child ended; this program's events go on meanwhile.
int outcomeOf(pid_t child) {
    int status = 0;
    bool ended = false;
    (void)waitUntil([&] { return ended = ended || waitpid(child, &status, WNOHANG) == child; });
    return ended && WIFEXITED(status) ? WEXITSTATUS(status) : Broken;
}

// Runs `work` in a child that is the other user.
template <class Work>
int asNobody(const Work& work) {
    const pid_t child = fork();
    if (child == 0) _exit(becomeNobody() ? work() : Broken);
    return child < 0 ? Broken : outcomeOf(child);
}

class OtherUserTest : public QObject {
    Q_OBJECT

public:
    explicit OtherUserTest(const Home&) {}

private:
    std::unique_ptr<app::Console> console_;
    fs::path socket_ = fs::path(qgetenv("XDG_RUNTIME_DIR").toStdString()) / "gatewarden-practice" / "agent.sock";

    [[nodiscard]] static Said credentials() {
        return run(built("gatewarden-credentials"),
                   {QStringLiteral("--profile"), QStringLiteral("mine"), QStringLiteral("--practice")});
    }

private Q_SLOTS:
    void initTestCase() {
        if (geteuid() != 0) QSKIP("Only root can become somebody else");
        console_ = std::make_unique<app::Console>(*qApp, true, GW_BINARY_DIR "/bin");
        QVERIFY(console_->start().has_value());
        QVERIFY(waitUntil([&] { return console_->practice() != nullptr; }));
        const auto ctl = [](const QStringList& arguments, const QByteArray& input = {}) {
            return run(built("gatewardenctl"), QStringList(arguments) << QStringLiteral("--practice"), input);
        };
        const Said in = ctl({QStringLiteral("login"), QStringLiteral("practice"), QStringLiteral("--paste")},
                            responseFrom(*console_->practice(), "lena.fairweather"));
        QVERIFY2(in.exitCode == 0, qPrintable(in.errors));
        const QString role = QRegularExpression(QStringLiteral("arn:aws:iam::\\d+:role/\\S+")).match(in.output).captured();
        QVERIFY(ctl({QStringLiteral("use"), role, QStringLiteral("--profile=mine")}).exitCode == 0);
        QCOMPARE(credentials().exitCode, 0);
    }

    void cannotEvenConnect() {
        QCOMPARE(asNobody([this] { return ask(socket_, "{\"v\":1,\"op\":\"sessions\"}\n"); }), CannotConnect);
    }

    void getsNoAnswer_data() {
        QTest::addColumn<QByteArray>("request");
        for (const char* request :
             {R"({"v":1,"op":"credential-process","profile":"mine"})", R"({"v":1,"op":"env","profile":"mine"})",
              R"({"v":1,"op":"sessions"})", R"({"v":1,"op":"end","profile":"mine"})", "{}", ""})
            QTest::newRow(request) << QByteArray(request) + '\n';
    }
    void getsNoAnswer() {
        QFETCH(QByteArray, request);
        for (fs::path folder = socket_.parent_path(); folder != fs::temp_directory_path() && folder.has_relative_path();
             folder = folder.parent_path())
            chmod(folder.c_str(), 0755);
        chmod(socket_.c_str(), 0666);
        QCOMPARE(asNobody([&] { return ask(socket_, request.toStdString()); }), NothingCame);
        // The one whose console it is keeps the session.
        QCOMPARE(credentials().exitCode, 0);
        QVERIFY(console_->book().findByProfile(sessions::ProfileName("mine")) != nullptr);
    }

    void isNotTakenForAConsole_data() {
        QTest::addColumn<bool>("disguised");
        QTest::newRow("its own socket") << false;
        QTest::newRow("a socket that seems to be ours") << true;
    }
    // The program that tools call must not tell a stranger which profile is wanted, nor believe what it says.
    void isNotTakenForAConsole() {
        QFETCH(bool, disguised);
        QTemporaryDir folder;
        const fs::path place = fs::path(folder.path().toStdString()) / "gatewarden";
        fs::create_directory(place);
        chmod(folder.path().toLocal8Bit().constData(), 0755);
        chmod(place.c_str(), 0777);
        const fs::path path = place / "agent.sock";
        std::array<int, 2> done{};
        QCOMPARE(pipe2(done.data(), O_CLOEXEC), 0);
        const pid_t child = fork();
        if (child == 0) {
            const sockaddr_un address = addressOf(path);
            const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (!becomeNobody() || bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
                listen(listener, 4) != 0)
                _exit(Broken);
            std::array<pollfd, 2> ready{{{listener, POLLIN, 0}, {done[0], POLLHUP, 0}}};
            close(done[1]);
            if (poll(ready.data(), ready.size(), -1) <= 0) _exit(Broken);
            if ((ready[0].revents & POLLIN) == 0) _exit(NothingCame);
            _exit(whatComes(accept(listener, nullptr, nullptr)));
        }
        QVERIFY(waitUntil([&] { return fs::exists(path); }));
        if (disguised) QCOMPARE(chown(path.c_str(), geteuid(), getegid()), 0);

        qputenv("GATEWARDEN_SOCKET", QByteArray::fromStdString(path.string()));
        const Said said = run(built("gatewarden-credentials"), {QStringLiteral("--profile"), QStringLiteral("mine")});
        qunsetenv("GATEWARDEN_SOCKET");
        close(done[1]);
        close(done[0]);
        QVERIFY(said.exitCode != 0);
        QCOMPARE(said.output, QString());
        QVERIFY2(said.errors.contains(QStringLiteral("somebody else")), qPrintable(said.errors));
        QCOMPARE(outcomeOf(child), NothingCame);
    }

    void cleanupTestCase() { console_.reset(); }
};

} // namespace

int main(int argc, char** argv) {
    return runConsoleTest(argc, argv, [](const Home& home) { return std::make_unique<OtherUserTest>(home); });
}

#include "other_user_test.moc"
