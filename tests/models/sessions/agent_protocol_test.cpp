#include "models/sessions/agent/protocol.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace gw::agent {
namespace {

TEST(Quoted, IsTheJsonStringOfTheText) {
    std::string all;
    for (int c = 1; c < 128; ++c) all += static_cast<char>(c);
    all += std::string("\0", 1) + "ü€😀";
    for (const std::string& text : {std::string(), std::string("plain"), all, std::string(100'000, '"')}) {
        const auto document = parseJson(agent::quoted(text));
        ASSERT_TRUE(document.has_value());
        EXPECT_EQ(document->get<std::string>(), text);
        EXPECT_EQ(agent::quoted(text).find('\n'), std::string::npos);
    }
}

class SocketPathTest : public testing::Test {
protected:
    void SetUp() override {
        for (const char* name : {"GATEWARDEN_SOCKET", "XDG_RUNTIME_DIR", "HOME"}) {
            const char* value = std::getenv(name);
            saved_.emplace_back(name, value == nullptr ? "" : value);
            unsetenv(name);
        }
    }
    void TearDown() override {
        for (const auto& [name, value] : saved_) setenv(name.c_str(), value.c_str(), 1);
    }
    std::vector<std::pair<std::string, std::string>> saved_;
};

TEST_F(SocketPathTest, TakesTheFirstAbsoluteOne) {
    EXPECT_EQ(socketPath(false), "");
    setenv("HOME", "/home/a", 1);
    EXPECT_EQ(socketPath(false), "/home/a/.local/state/gatewarden/agent.sock");
    EXPECT_EQ(socketPath(true), "/home/a/.local/state/gatewarden-practice/agent.sock");
    setenv("XDG_RUNTIME_DIR", "relative", 1);
    EXPECT_EQ(socketPath(false), "/home/a/.local/state/gatewarden/agent.sock");
    setenv("XDG_RUNTIME_DIR", "/run/user/1", 1);
    EXPECT_EQ(socketPath(true), "/run/user/1/gatewarden-practice/agent.sock");
    setenv("GATEWARDEN_SOCKET", "", 1);
    EXPECT_EQ(socketPath(false), "/run/user/1/gatewarden/agent.sock");
    setenv("GATEWARDEN_SOCKET", "/s", 1);
    EXPECT_EQ(socketPath(true), "/s");
}

// A console that answers whatever it is told to.
class AskTest : public testing::TestWithParam<std::pair<const char*, int>> {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "gatewarden-ask-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        path_ = name + "/s";
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    int listenHere() {
        const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path_.data(), path_.size());
        EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(listen(fd, 4), 0);
        return fd;
    }
    Answer askAndHear(const std::string& reply) {
        const int listener = listenHere();
        std::thread console([listener, &reply] {
            const int client = accept(listener, nullptr, nullptr);
            char buffer[256];
            while (recv(client, buffer, sizeof buffer, 0) == sizeof buffer) {}
            EXPECT_EQ(send(client, reply.data(), reply.size(), MSG_NOSIGNAL), static_cast<ssize_t>(reply.size()));
            close(client);
        });
        Answer answer = ask(path_, "{}", 5);
        console.join();
        close(listener);
        return answer;
    }

    std::filesystem::path folder_;
    std::string path_;
};

TEST_F(AskTest, SaysThatNoConsoleRuns) {
    EXPECT_EQ(ask(path_, "{}").exitCode, 1);
    EXPECT_NE(ask(path_, "{}").payload.find("not running"), std::string::npos);
    // A dead one's socket.
    close(listenHere());
    EXPECT_NE(ask(path_, "{}").payload.find("not running"), std::string::npos);
    EXPECT_EQ(ask("", "{}").exitCode, 1);
    EXPECT_EQ(ask("/" + std::string(200, 'x'), "{}").exitCode, 1);
}

TEST_F(AskTest, RefusesWhatIsNoSocket) {
    std::filesystem::create_directory(path_);
    EXPECT_NE(ask(path_, "{}").payload.find("somebody else"), std::string::npos);
}

TEST_F(AskTest, RefusesASocketOfSomebodyElse) {
    if (geteuid() != 0) GTEST_SKIP() << "needs root to give a socket away";
    const int listener = listenHere();
    ASSERT_EQ(lchown(path_.c_str(), 12345, 12345), 0);
    EXPECT_NE(ask(path_, "{}").payload.find("somebody else"), std::string::npos);
    close(listener);
}

TEST_F(AskTest, DoesNotFollowALinkToASocket) {
    const int listener = listenHere();
    const std::string link = path_ + "-link";
    std::filesystem::create_symlink(path_, link);
    EXPECT_NE(ask(link, "{}").payload.find("somebody else"), std::string::npos);
    close(listener);
}

TEST_F(AskTest, GivesUpOnAConsoleThatHangs) {
    const int listener = listenHere();
    EXPECT_NE(ask(path_, "{}", 1).payload.find("does not answer"), std::string::npos);
    close(listener);
}

TEST_F(AskTest, ReadsAnswers) {
    const Answer good = askAndHear("ok 5\nhello");
    EXPECT_EQ(good.exitCode, 0);
    EXPECT_EQ(good.payload, "hello");
}

TEST_F(AskTest, ReadsErrors) {
    const Answer bad = askAndHear("error 2 3\nbad");
    EXPECT_EQ(bad.exitCode, 2);
    EXPECT_EQ(bad.payload, "bad");
}

TEST_P(AskTest, PassesNothingOnThatItDoesNotUnderstand) {
    const Answer answer = askAndHear(GetParam().first);
    EXPECT_EQ(answer.exitCode, GetParam().second) << answer.payload;
    EXPECT_TRUE(answer.payload.starts_with("Gatewarden: ")) << answer.payload;
}

INSTANTIATE_TEST_SUITE_P(Garbled, AskTest,
                         testing::Values(std::pair{"", 1}, std::pair{"ok", 1}, std::pair{"ok 5\nhel", 1}, std::pair{"ok 2\nhello", 1},
                                         std::pair{"ok -1\n", 1}, std::pair{"ok 99999999\n", 1}, std::pair{"ok 9999999999999999999\n", 1},
                                         std::pair{"ok 1x\na", 1}, std::pair{"ok \n", 1}, std::pair{"error 0 1\na", 1},
                                         std::pair{"error x 1\na", 1}, std::pair{"error 1\na", 1}, std::pair{"fine 1\na", 1},
                                         std::pair{"HTTP/1.1 400 Bad Request and a very long line that never seems to come to its end\r\n", 1}));

TEST(Wipe, LeavesNothing) {
    std::string text = "a secret that is longer than the small buffer";
    const char* data = text.data();
    wipe(text);
    EXPECT_TRUE(text.empty());
    for (std::size_t i = 0; i < text.capacity(); ++i) EXPECT_EQ(data[i], '\0');
}

} // namespace
} // namespace gw::agent
