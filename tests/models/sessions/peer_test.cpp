#include "models/sessions/agent/peer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <sys/socket.h>
#include <unistd.h>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;

// A /proc of one's own.
class ConsumerTest : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gatewarden-proc-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        proc_ = name;
    }
    void TearDown() override { fs::remove_all(proc_); }

    void add(int pid, int parent, const std::string& executable, const std::string& title, const std::string& arguments = "") {
        const fs::path folder = proc_ / std::to_string(pid);
        fs::create_directories(folder);
        if (!executable.empty()) fs::create_symlink(executable, folder / "exe");
        std::ofstream(folder / "stat") << pid << " (" << title << ") S " << parent << " 1 1 0 -1";
        std::ofstream(folder / "cmdline") << arguments;
    }
    Consumer of(int pid) { return consumerOf(pid, UtcTime(), proc_); }

    fs::path proc_;
};

TEST_F(ConsumerTest, OurHelpersStandForWhoStartedThem) {
    add(10, 1, "/usr/bin/terraform", "terraform");
    add(11, 10, "/usr/bin/gatewarden-credentials", "gatewarden-cred");
    const Consumer consumer = of(11);
    EXPECT_EQ(consumer.program, "terraform");
    EXPECT_EQ(consumer.executable, "/usr/bin/terraform");
    EXPECT_EQ(consumer.pid, 10);
}

TEST_F(ConsumerTest, ScriptsKeepTheirOwnName) {
    add(10, 1, "/usr/bin/python3.11", "aws");
    add(11, 10, "/opt/bin/gatewardenctl", "gatewardenctl");
    EXPECT_EQ(of(11).program, "aws");
    EXPECT_EQ(of(11).executable, "/usr/bin/python3.11");
}

TEST_F(ConsumerTest, AShellThatRunsOneCommandStandsForItsParent) {
    add(10, 1, "/opt/idea/jbr/bin/java", "idea");
    add(11, 10, "/usr/bin/dash", "sh", std::string("sh\0-c\0gatewarden-credentials --profile x\0", 42));
    add(12, 11, "/usr/bin/gatewarden-credentials", "gatewarden-cred");
    EXPECT_EQ(of(12).program, "idea");
    EXPECT_EQ(of(12).pid, 10);
}

TEST_F(ConsumerTest, AShellOfAPersonStandsForItself) {
    add(10, 1, "/usr/bin/bash", "bash", std::string("bash\0", 5));
    add(11, 10, "/usr/bin/gatewarden-credentials", "gatewarden-cred");
    EXPECT_EQ(of(11).program, "bash");
}

TEST_F(ConsumerTest, OthersStandForThemselves) {
    add(11, 10, "/usr/bin/curl", "curl");
    EXPECT_EQ(of(11).program, "curl");
    EXPECT_EQ(of(11).pid, 11);
}

TEST_F(ConsumerTest, NamesWithBracketsAndBlanks) {
    add(10, 1, "/usr/bin/node", "a) S 1 (b");
    add(11, 10, "/usr/bin/gatewarden-credentials", "gate) warden (");
    EXPECT_EQ(of(11).program, "a) S 1 (b");
}

TEST_F(ConsumerTest, ReplacedProgramsKeepTheirPath) {
    add(11, 10, "/usr/bin/curl (deleted)", "curl");
    EXPECT_EQ(of(11).executable, "/usr/bin/curl");
}

TEST_F(ConsumerTest, WhoIsGoneOrUnreadableIsNoHarm) {
    EXPECT_EQ(of(99).program, "");
    EXPECT_EQ(of(99).pid, 99);
    add(11, 98, "/usr/bin/gatewarden-credentials", "gatewarden-cred");
    EXPECT_EQ(of(11).program, "gatewarden-credentials");
    add(12, 1, "", "kernelish");
    EXPECT_EQ(of(12).program, "kernelish");
    add(13, 13, "/usr/bin/gatewardenctl", "loop");
    EXPECT_EQ(of(13).program, "gatewardenctl");
}

TEST(Peer, ComesFromTheKernel) {
    int pair[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    const auto peer = peerOf(pair[0]);
    ASSERT_TRUE(peer.has_value());
    EXPECT_EQ(peer->pid, getpid());
    EXPECT_EQ(peer->uid, geteuid());
    close(pair[0]);
    close(pair[1]);
    EXPECT_FALSE(peerOf(-1).has_value());
}

TEST(Peer, OnlyTheSameUserIsTrusted) {
    EXPECT_TRUE(isTrusted({1, 1000}, 1000));
    EXPECT_FALSE(isTrusted({1, 1001}, 1000));
    EXPECT_FALSE(isTrusted({1, 0}, 1000));
    EXPECT_FALSE(isTrusted({1, 1000}, 0));
}

} // namespace
} // namespace gw::sessions
