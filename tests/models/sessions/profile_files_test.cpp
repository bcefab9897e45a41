#include "models/sessions/outputs/outputs.h"
#include "models/store/files.h"
#include "saml/base/clock.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;

ProfileEntry entry(const std::string& name) {
    return {ProfileName(name), "/usr/bin/gatewarden-credentials --profile " + name, "eu-west-1", "", SessionId("0123456789ab")};
}

class ProfileFilesTest : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gatewarden-aws-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
        files_ = {folder_ / ".aws" / "config", folder_ / ".aws" / "credentials"};
    }
    void TearDown() override {
        std::error_code ignored;
        fs::permissions(folder_ / ".aws", fs::perms::owner_all, ignored);
        fs::remove_all(folder_);
    }
    void write(const fs::path& path, std::string_view content) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
    }
    static std::string read(const fs::path& path) { return store::readFile(path).value_or(""); }
    Status add(const std::string& name) {
        auto preview = previewProfile(files_, entry(name));
        if (!preview) return fail(std::move(preview).error());
        return addProfile(files_, *preview);
    }
    static mode_t mode(const fs::path& path) {
        struct stat facts {};
        EXPECT_EQ(stat(path.c_str(), &facts), 0) << path;
        return facts.st_mode & 07777U;
    }

    fs::path folder_;
    SharedFiles files_;
};

TEST_F(ProfileFilesTest, MakesWhatIsNotThere) {
    ASSERT_TRUE(add("dev").has_value());
    EXPECT_NE(read(files_.config).find("[profile dev]"), std::string::npos);
    EXPECT_EQ(mode(files_.config), 0600U);
    EXPECT_EQ(mode(files_.config.parent_path()), 0700U);
    EXPECT_FALSE(fs::exists(files_.credentials));
}

TEST_F(ProfileFilesTest, KeepsOneBackupADay) {
    write(files_.config, "[default]\nregion = a\n");
    ASSERT_TRUE(add("dev").has_value());
    ASSERT_TRUE(add("other").has_value());
    const fs::path backup = files_.config.string() + ".gatewarden-" + SystemClock().now().toRfc3339().substr(0, 10);
    EXPECT_EQ(read(backup), "[default]\nregion = a\n");
    EXPECT_EQ(mode(backup), 0600U);
}

TEST_F(ProfileFilesTest, KeepsAWeekOfBackups) {
    write(files_.config, "[default]\n");
    for (int day = 10; day < 30; ++day) write(files_.config.string() + ".gatewarden-2020-01-" + std::to_string(day), "old");
    write(files_.config.string() + ".gatewarden-notes", "mine");
    ASSERT_TRUE(add("dev").has_value());
    int backups = 0;
    for (const auto& file : fs::directory_iterator(files_.config.parent_path()))
        if (file.path().filename().string().starts_with("config.gatewarden-20")) ++backups;
    EXPECT_EQ(backups, 7);
    EXPECT_TRUE(fs::exists(files_.config.string() + ".gatewarden-2020-01-29"));
    EXPECT_TRUE(fs::exists(files_.config.string() + ".gatewarden-notes"));
}

TEST_F(ProfileFilesTest, WritesOnlyWhatWasPreviewed) {
    write(files_.config, "[default]\n");
    const auto preview = previewProfile(files_, entry("dev"));
    write(files_.config, "[default]\nregion = changed\n");
    const Status status = addProfile(files_, *preview);
    ASSERT_FALSE(status.has_value());
    EXPECT_TRUE(status.error().code().is(store::FileError::ChangedMeanwhile));
    EXPECT_EQ(read(files_.config), "[default]\nregion = changed\n");
    fs::remove(files_.config);
    EXPECT_TRUE(addProfile(files_, *preview).error().code().is(store::FileError::ChangedMeanwhile));
    EXPECT_FALSE(fs::exists(files_.config));
}

TEST_F(ProfileFilesTest, FollowsLinks) {
    write(folder_ / "dotfiles" / "config", "[default]\n");
    fs::create_directories(files_.config.parent_path());
    fs::create_symlink(folder_ / "dotfiles" / "config", files_.config);
    ASSERT_TRUE(add("dev").has_value());
    EXPECT_TRUE(fs::is_symlink(files_.config));
    EXPECT_NE(read(folder_ / "dotfiles" / "config").find("[profile dev]"), std::string::npos);
}

TEST_F(ProfileFilesTest, RefusesWhileStaticKeysWin) {
    write(files_.credentials, "# c\n[dev]\naws_access_key_id = AKIA\naws_secret_access_key = x\n");
    auto preview = previewProfile(files_, entry("dev"));
    EXPECT_EQ(preview->warnings, std::vector<std::string>{"shadowed_by_static_keys"});
    const Status status = addProfile(files_, *preview);
    ASSERT_FALSE(status.has_value());
    EXPECT_TRUE(status.error().code().is(ProfileError::ShadowedByStaticKeys));
    EXPECT_EQ(status.error().fact("line"), "3");
    ASSERT_TRUE(removeStaticKeys(files_, ProfileName("dev")).has_value());
    EXPECT_EQ(read(files_.credentials), "# c\n[dev]\n");
    EXPECT_TRUE(addProfile(files_, *preview).has_value());
}

TEST_F(ProfileFilesTest, RemovesAgain) {
    write(files_.config, "[default]\r\nregion = a");
    ASSERT_TRUE(add("dev").has_value());
    ASSERT_TRUE(removeProfile(files_, ProfileName("dev")).has_value());
    EXPECT_EQ(read(files_.config), "[default]\r\nregion = a");
    EXPECT_TRUE(removeProfile(files_, ProfileName("dev")).has_value());
}

TEST_F(ProfileFilesTest, NamesTheFileThatIsUnreadable) {
    write(files_.credentials, "garbage");
    const auto preview = previewProfile(files_, entry("dev"));
    ASSERT_FALSE(preview.has_value());
    EXPECT_EQ(preview.error().fact("path"), files_.credentials.string());
}

TEST_F(ProfileFilesTest, SaysWhenItCannotWrite) {
    if (geteuid() == 0) files_ = {"/proc/gatewarden/config", "/proc/gatewarden/credentials"};
    else {
        write(files_.config, "[default]\n");
        fs::permissions(files_.config.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
    }
    const Status status = add("dev");
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().code().domain().name, "file");
}

// A parser of record reads all the time while fifty consoles write.
TEST_F(ProfileFilesTest, FiftyWritersAndAReader) {
    write(files_.config, "# mine\n[default]\nregion = a\n");
    const fs::path stop = folder_ / "stop";
    const std::string script = "import configparser, os, sys\n"
                               "config, stop = sys.argv[1:]\n"
                               "reads = 0\n"
                               "while True:\n"
                               "    last = os.path.exists(stop)\n"
                               "    parser = configparser.RawConfigParser()\n"
                               "    with open(config) as file: parser.read_file(file)\n"
                               "    assert parser['default']['region'] == 'a'\n"
                               "    if reads == 0: print('reading', flush=True)\n"
                               "    reads += 1\n"
                               "    if last: break\n"
                               "sys.exit(0 if reads > 1 else 2)\n";
    write(folder_ / "reader.py", script);
    const std::string command = "python3 " + (folder_ / "reader.py").string() + " " + files_.config.string() + " " + stop.string();
    FILE* reader = popen(command.c_str(), "r");
    ASSERT_NE(reader, nullptr);
    std::array<char, 16> said{};
    ASSERT_NE(std::fgets(said.data(), static_cast<int>(said.size()), reader), nullptr);
    std::atomic<int> failures = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < 50; ++i)
        writers.emplace_back([this, i, &failures] {
            for (;;) {
                const Status status = add("p" + std::to_string(i));
                if (status) return;
                const bool again = status.error().code().is(store::FileError::ChangedMeanwhile) || status.error().code().is(store::FileError::Busy);
                if (again) continue;
                ++failures;
                return;
            }
        });
    for (std::thread& writer : writers) writer.join();
    write(stop, "");
    EXPECT_EQ(pclose(reader), 0);
    EXPECT_EQ(failures, 0);
    const std::string config = read(files_.config);
    EXPECT_TRUE(config.starts_with("# mine\n[default]\nregion = a\n"));
    for (int i = 0; i < 50; ++i) EXPECT_NE(config.find("[profile p" + std::to_string(i) + "]"), std::string::npos) << i;
    EXPECT_EQ(mode(files_.config), 0600U);
}

class SharedFilesTest : public testing::Test {
protected:
    void SetUp() override { forget(); }
    void TearDown() override {
        forget();
        unsetenv("GW_PLACE");
        setenv("HOME", home_.c_str(), 1);
    }
    static void forget() {
        unsetenv("AWS_CONFIG_FILE");
        unsetenv("AWS_SHARED_CREDENTIALS_FILE");
    }
    std::string home_ = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
};

TEST_F(SharedFilesTest, AreWhereTheToolsLook) {
    setenv("HOME", "/home/a", 1);
    setenv("GW_PLACE", "/place", 1);
    EXPECT_EQ(SharedFiles::fromEnvironment().config, "/home/a/.aws/config");
    EXPECT_EQ(SharedFiles::fromEnvironment().credentials, "/home/a/.aws/credentials");
    const auto config = [](const char* value) {
        setenv("AWS_CONFIG_FILE", value, 1);
        return SharedFiles::fromEnvironment().config.string();
    };
    EXPECT_EQ(config("~/x"), "/home/a/x");
    EXPECT_EQ(config("$GW_PLACE/x"), "/place/x");
    EXPECT_EQ(config("${GW_PLACE}x"), "/placex");
    EXPECT_EQ(config("/a/$NOT_SET_AT_ALL/${NEITHER}/b"), "/a/$NOT_SET_AT_ALL/${NEITHER}/b");
    EXPECT_EQ(config("/a/$"), "/a/$");
    EXPECT_EQ(config("/a/${x"), "/a/${x");
    EXPECT_EQ(config(""), "/home/a/.aws/config");
}

} // namespace
} // namespace gw::sessions
