// Files under hostile circumstances: full disks, read-only places, links, mounts, concurrent writers, sudden death.
#include "models/store/files.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

namespace fs = std::filesystem;
using namespace gw;
using namespace gw::store;

namespace {

class Files : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "gw-files-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    static void put(const fs::path& path, std::string_view content) { std::ofstream(path, std::ios::binary) << content; }
    static std::string contentOf(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static mode_t modeOf(const fs::path& path) {
        struct stat info{};
        return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
    }
    static ino_t inodeOf(const fs::path& path) {
        struct stat info{};
        return ::stat(path.c_str(), &info) == 0 ? info.st_ino : 0;
    }
    static std::size_t entriesOf(const fs::path& folder) {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
    }

    fs::path folder_;
};

TEST_F(Files, WhatIsPrivateIsReadFromItsOwnerAlone) {
    const fs::path path = folder_ / "key.pem";
    put(path, "secret");
    for (const mode_t mode : {0600, 0400}) {
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
        const auto read = readPrivateFile(path, 100);
        ASSERT_TRUE(read) << read.error().chain();
        EXPECT_EQ(read->reveal(), "secret");
    }
    for (const mode_t mode : {0640, 0604, 0620, 0601, 0666, 0610}) {
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
        const auto read = readPrivateFile(path, 100);
        ASSERT_FALSE(read) << mode;
        EXPECT_TRUE(read.error().code().is(FileError::NotPrivate));
        EXPECT_EQ(read.error().fact("path"), path.string());
        EXPECT_EQ(std::stoul(std::string(read.error().fact("mode")), nullptr, 8), mode);
    }
    ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
    EXPECT_TRUE(readPrivateFile(path, 5).error().code().is(FileError::TooLarge));
    EXPECT_TRUE(readPrivateFile(folder_ / "gone", 5).error().code().is(FileError::NotFound));
    EXPECT_TRUE(readPrivateFile(folder_, 5).error().code().is(FileError::NotReadable));
    // A link is judged by what it leads to.
    fs::create_symlink(path, folder_ / "link");
    EXPECT_TRUE(readPrivateFile(folder_ / "link", 100).has_value());
    // Who owns it can change it at any time.
    if (::geteuid() == 0 && ::chown(path.c_str(), 1234, 1234) == 0) {
        EXPECT_TRUE(readPrivateFile(path, 100).error().code().is(FileError::NotPrivate));
    }
}

// Runs it in a process of its own; gives its exit code.
int inChild(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

// In a mount namespace of its own. 200 means that this machine does not allow it.
constexpr int notAllowed = 200;
int withOwnMounts(const std::function<int()>& work) {
    return inChild([&] {
        if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return notAllowed;
        return work();
    });
}

#define EXPECT_CODE(result, expected) \
    do { \
        ASSERT_FALSE(result); \
        EXPECT_TRUE((result).error().code().is(expected)) << (result).error().chain(); \
    } while (false)

TEST_F(Files, ReadsWhatIsThere) {
    put(folder_ / "f", std::string("a\0b", 3));
    EXPECT_EQ(readFile(folder_ / "f").value(), std::string("a\0b", 3));
    put(folder_ / "empty", "");
    EXPECT_EQ(readFile(folder_ / "empty").value(), "");
}

TEST_F(Files, ReadsFilesThatTellNoSize) {
    const auto content = readFile("/proc/self/status");
    ASSERT_TRUE(content);
    EXPECT_NE(content->find("Pid:"), std::string::npos);
}

TEST_F(Files, ReadFailuresAreToldApart) {
    EXPECT_CODE(readFile(folder_ / "absent"), FileError::NotFound);
    EXPECT_CODE(readFile(folder_), FileError::NotReadable);
    EXPECT_CODE(readFile("/dev/zero"), FileError::NotReadable);
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_CODE(readFile(folder_ / "pipe"), FileError::NotReadable); // and does not wait for a writer
    put(folder_ / "f", "12345");
    EXPECT_TRUE(readFile(folder_ / "f", 5));
    EXPECT_CODE(readFile(folder_ / "f", 4), FileError::TooLarge);
    EXPECT_CODE(readFile("/proc/self/status", 10), FileError::TooLarge);
    const auto absent = readFile(folder_ / "absent");
    EXPECT_EQ(absent.error().fact("path"), (folder_ / "absent").string());
    EXPECT_FALSE(absent.error().fact("reason").empty());
}

TEST_F(Files, WritesWithTheRightModesWhateverTheUmask) {
    for (const mode_t mask : {0u, 022u, 0777u}) {
        const mode_t before = ::umask(mask == 0777u ? 077 : mask);
        const fs::path file = folder_ / ("m" + std::to_string(mask)) / "sub" / "file";
        const auto written = writeFileAtomically(file, "secret");
        ::umask(before);
        ASSERT_TRUE(written) << written.error().chain();
        EXPECT_EQ(contentOf(file), "secret");
        EXPECT_EQ(modeOf(file), 0600u);
        EXPECT_EQ(modeOf(file.parent_path()), 0700u);
        EXPECT_EQ(entriesOf(file.parent_path()), 1u);
    }
}

TEST_F(Files, ReplacesAnOpenFileWithMode) {
    put(folder_ / "f", "old");
    ::chmod((folder_ / "f").c_str(), 0644);
    ASSERT_TRUE(writeFileAtomically(folder_ / "f", "new"));
    EXPECT_EQ(contentOf(folder_ / "f"), "new");
    EXPECT_EQ(modeOf(folder_ / "f"), 0600u);
    EXPECT_EQ(entriesOf(folder_), 1u);
}

TEST_F(Files, ARelativePathIsRelativeToTheWorkingFolder) {
    const fs::path before = fs::current_path();
    fs::current_path(folder_);
    const auto written = writeFileAtomically("f", "x");
    fs::current_path(before);
    ASSERT_TRUE(written);
    EXPECT_EQ(contentOf(folder_ / "f"), "x");
}

TEST_F(Files, LinksStayLinks) {
    fs::create_directories(folder_ / "dotfiles");
    put(folder_ / "dotfiles/config", "old");
    fs::create_symlink("dotfiles/config", folder_ / "inner");
    fs::create_symlink(folder_ / "inner", folder_ / "link");
    ASSERT_TRUE(writeFileAtomically(folder_ / "link", "new"));
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_TRUE(fs::is_symlink(folder_ / "inner"));
    EXPECT_EQ(contentOf(folder_ / "dotfiles/config"), "new");
    EXPECT_EQ(entriesOf(folder_ / "dotfiles"), 1u);
}

TEST_F(Files, ALinkToNothingMakesItsTarget) {
    fs::create_symlink("later/config", folder_ / "link");
    ASSERT_TRUE(writeFileAtomically(folder_ / "link", "x"));
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(contentOf(folder_ / "later/config"), "x");
}

TEST_F(Files, LinksInACircleFail) {
    fs::create_symlink("b", folder_ / "a");
    fs::create_symlink("a", folder_ / "b");
    EXPECT_CODE(writeFileAtomically(folder_ / "a", "x"), FileError::NotWritable);
}

TEST_F(Files, AFolderIsNoTarget) {
    fs::create_directory(folder_ / "d");
    EXPECT_CODE(writeFileAtomically(folder_ / "d", "x"), FileError::NotWritable);
    put(folder_ / "f", "x");
    EXPECT_CODE(writeFileAtomically(folder_ / "f" / "g", "x"), FileError::NotWritable);
    EXPECT_EQ(entriesOf(folder_ / "d"), 0u);
}

TEST_F(Files, ReplacesOnlyWhatWasRead) {
    const fs::path file = folder_ / "f";
    ASSERT_TRUE(replaceFileIfUnchanged(file, "", "first"));
    ASSERT_TRUE(replaceFileIfUnchanged(file, "first", "second"));
    EXPECT_CODE(replaceFileIfUnchanged(file, "first", "third"), FileError::ChangedMeanwhile);
    EXPECT_CODE(replaceFileIfUnchanged(file, "", "third"), FileError::ChangedMeanwhile);
    EXPECT_CODE(replaceFileIfUnchanged(file, "second and more", "third"), FileError::ChangedMeanwhile);
    EXPECT_EQ(contentOf(file), "second");
    fs::remove(file);
    EXPECT_CODE(replaceFileIfUnchanged(file, "second", "third"), FileError::ChangedMeanwhile);
    EXPECT_FALSE(fs::exists(file));
    EXPECT_EQ(entriesOf(folder_), 0u);
}

TEST_F(Files, AFolderThatMayNotBeWrittenIsNotAReadOnlyDisk) {
    put(folder_ / "f", "old");
    ::chmod(folder_.c_str(), 0555);
    const int code = inChild([&] {
        // Root may write everywhere.
        if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) return notAllowed;
        const auto written = writeFileAtomically(folder_ / "f", "new");
        const auto made = writeFileAtomically(folder_ / "sub" / "f", "new");
        if (written || !written.error().code().is(FileError::NotWritable)) return 1;
        return made || !made.error().code().is(FileError::NotWritable) ? 2 : 0;
    });
    ::chmod(folder_.c_str(), 0755);
    EXPECT_EQ(code, 0);
    EXPECT_EQ(contentOf(folder_ / "f"), "old");
}

TEST_F(Files, AReadOnlyDiskIsSaidSo) {
    const int code = withOwnMounts([&] {
        if (::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m") != 0) return notAllowed;
        put(folder_ / "f", "old");
        if (::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) return notAllowed;
        const auto written = writeFileAtomically(folder_ / "f", "new");
        const auto made = writeFileAtomically(folder_ / "sub" / "f", "new");
        if (written || !written.error().code().is(FileError::ReadOnly)) return 1;
        return made || !made.error().code().is(FileError::ReadOnly) ? 2 : 0;
    });
    if (code == notAllowed) GTEST_SKIP() << "SKIPPED: mounting needs root";
    EXPECT_EQ(code, 0);
}

TEST_F(Files, AFullDiskKeepsTheOldContent) {
    const int code = withOwnMounts([&] {
        if (::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=64k") != 0) return notAllowed;
        put(folder_ / "f", "old");
        const auto written = writeFileAtomically(folder_ / "f", std::string(200'000, 'x'));
        if (written) return 1;
        if (!written.error().code().is(FileError::DiskFull)) return 2;
        if (contentOf(folder_ / "f") != "old") return 3;
        if (entriesOf(folder_) != 1) return 4;
        return writeFileAtomically(folder_ / "f", "small") ? 0 : 5;
    });
    if (code == notAllowed) GTEST_SKIP() << "SKIPPED: mounting needs root";
    EXPECT_EQ(code, 0);
}

TEST_F(Files, AFileThatIsAMountIsWrittenInPlace) {
    const int code = withOwnMounts([&] {
        put(folder_ / "outside", "old content, longer");
        put(folder_ / "f", "");
        if (::mount((folder_ / "outside").c_str(), (folder_ / "f").c_str(), nullptr, MS_BIND, nullptr) != 0) return notAllowed;
        const ino_t before = inodeOf(folder_ / "f");
        if (!writeFileAtomically(folder_ / "f", "new")) return 1;
        if (contentOf(folder_ / "f") != "new" || contentOf(folder_ / "outside") != "new") return 2;
        if (inodeOf(folder_ / "f") != before) return 3;
        if (!replaceFileIfUnchanged(folder_ / "f", "new", std::string(10'000, 'y'))) return 4;
        const auto stale = replaceFileIfUnchanged(folder_ / "f", "new", "z");
        if (stale || !stale.error().code().is(FileError::ChangedMeanwhile)) return 5;
        return entriesOf(folder_) == 2 ? 0 : 6;
    });
    if (code == notAllowed) GTEST_SKIP() << "SKIPPED: mounting needs root";
    EXPECT_EQ(code, 0);
}

TEST_F(Files, AMountOnAFullDiskKeepsTheOldContent) {
    const int code = withOwnMounts([&] {
        fs::create_directory(folder_ / "small");
        if (::mount("tmpfs", (folder_ / "small").c_str(), "tmpfs", 0, "size=64k") != 0) return notAllowed;
        put(folder_ / "small/outside", "old");
        put(folder_ / "f", "");
        if (::mount((folder_ / "small/outside").c_str(), (folder_ / "f").c_str(), nullptr, MS_BIND, nullptr) != 0) return notAllowed;
        const auto written = writeFileAtomically(folder_ / "f", std::string(200'000, 'x'));
        if (written || !written.error().code().is(FileError::DiskFull)) return 1;
        return contentOf(folder_ / "f").starts_with("old") ? 0 : 2;
    });
    if (code == notAllowed) GTEST_SKIP() << "SKIPPED: mounting needs root";
    EXPECT_EQ(code, 0);
}

TEST_F(Files, ReadersNeverSeeHalfAFile) {
    const fs::path file = folder_ / "f";
    ASSERT_TRUE(writeFileAtomically(file, std::string(1000, 'a')));
    std::vector<pid_t> writers;
    for (int writer = 0; writer < 50; ++writer) {
        const pid_t child = ::fork();
        if (child == 0) {
            // Each writes one letter only, at lengths of its own.
            const char letter = static_cast<char>('A' + writer % 26);
            for (int i = 0; i < 10; ++i)
                if (!writeFileAtomically(file, std::string(static_cast<std::size_t>(1 + writer * 997), letter))) ::_exit(1);
            ::_exit(0);
        }
        writers.push_back(child);
    }
    std::atomic<bool> done = false;
    std::atomic<int> reads = 0, torn = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!done) {
                const auto content = readFile(file);
                ++reads;
                if (!content || content->empty() || content->find_first_not_of(content->front()) != std::string::npos) ++torn;
            }
        });
    int failures = 0;
    for (const pid_t child : writers) {
        int status = 0;
        ::waitpid(child, &status, 0);
        failures += status != 0;
    }
    done = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(torn, 0);
    EXPECT_GT(reads, 0);
    EXPECT_EQ(entriesOf(folder_), 1u);
}

TEST_F(Files, NoUpdateOfFiftyWritersIsLost) {
    const fs::path file = folder_ / "counter";
    ASSERT_TRUE(writeFileAtomically(file, "0"));
    std::vector<pid_t> writers;
    for (int writer = 0; writer < 50; ++writer) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (int i = 0; i < 4;) {
                const auto content = readFile(file);
                if (!content) ::_exit(1);
                const auto written = replaceFileIfUnchanged(file, *content, std::to_string(std::stoi(*content) + 1));
                if (written)
                    ++i;
                else if (!written.error().code().is(FileError::ChangedMeanwhile))
                    ::_exit(2);
            }
            ::_exit(0);
        }
        writers.push_back(child);
    }
    for (const pid_t child : writers) {
        int status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(contentOf(file), "200");
}

TEST_F(Files, DyingInTheMiddleLeavesTheOldOrTheNew) {
    const fs::path file = folder_ / "f";
    ASSERT_TRUE(writeFileAtomically(file, std::string(40'000, 'a')));
    for (int round = 0; round < 60; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (char letter = 'b';; letter = letter == 'z' ? 'b' : static_cast<char>(letter + 1))
                if (!writeFileAtomically(file, std::string(40'000, letter))) ::_exit(1);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(200 + round * 137));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        const std::string content = contentOf(file);
        ASSERT_EQ(content.size(), 40'000u) << "round " << round;
        ASSERT_EQ(content.find_first_not_of(content.front()), std::string::npos) << "round " << round;
    }
    // The lock died with its holders.
    ASSERT_TRUE(writeFileAtomically(file, "after"));
}

} // namespace
