#include "models/store/files.h"

#include "models/store/cache_files.h"

#include "saml/base/random.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

namespace gw::store {
namespace {

namespace fs = std::filesystem;

constexpr auto longestWait = std::chrono::seconds(5);
constexpr int mostLinks = 40; // as the kernel (path_resolution(7))

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) reset(std::exchange(other.fd_, -1));
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(-1); }

    [[nodiscard]] int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    void reset(int fd) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }
    int fd_ = -1;
};

tl::unexpected<Error> failure(FileError code, const fs::path& path, std::string reason) {
    return fail(Error(code, reason).with("path", path.string()).with("reason", std::move(reason)));
}

tl::unexpected<Error> readFailure(const fs::path& path, int error) {
    const bool absent = error == ENOENT || error == ENOTDIR;
    return failure(absent ? FileError::NotFound : FileError::NotReadable, path, std::strerror(error));
}

tl::unexpected<Error> writeFailure(const fs::path& path, int error) {
    FileError code = FileError::NotWritable;
    if (error == EROFS) code = FileError::ReadOnly;
    if (error == ENOSPC || error == EDQUOT) code = FileError::DiskFull;
    if (error == EBUSY || error == ETXTBSY) code = FileError::Busy;
    return failure(code, path, std::strerror(error));
}

// The path behind all symbolic links of its last part, also where the file they lead to does not exist yet.
Result<fs::path> resolve(const fs::path& path) {
    std::error_code problem;
    fs::path current = fs::absolute(path, problem);
    if (problem) return writeFailure(path, problem.value());
    for (int hops = 0; hops < mostLinks; ++hops) {
        const fs::path next = fs::read_symlink(current, problem);
        if (problem) return current; // not a link, or nothing there
        current = next.is_absolute() ? next : current.parent_path() / next;
    }
    return writeFailure(path, ELOOP);
}

Status makeFolders(const fs::path& folder) {
    struct stat info{};
    if (::stat(folder.c_str(), &info) == 0) return S_ISDIR(info.st_mode) ? Status() : Status(writeFailure(folder, ENOTDIR));
    if (errno != ENOENT) return writeFailure(folder, errno);
    if (folder.has_relative_path() && folder.has_parent_path()) GW_CHECK(makeFolders(folder.parent_path()));
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return writeFailure(folder, errno);
    return {};
}

Status writeAll(int fd, std::string_view content, const fs::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return writeFailure(path, errno);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Status flush(int fd, const fs::path& path) {
    // Some file systems cannot flush (EINVAL); what was written is still whole.
    if (::fsync(fd) != 0 && errno != EINVAL) return writeFailure(path, errno);
    return {};
}

Result<Descriptor> openFolder(const fs::path& folder, const fs::path& path) {
    Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) return writeFailure(path, errno);
    return fd;
}

Status lock(const Descriptor& folder, const fs::path& path) {
    const auto deadline = std::chrono::steady_clock::now() + longestWait;
    auto pause = std::chrono::microseconds(200);
    while (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK) break; // network file systems that cannot lock a folder: the comparison must do
        if (std::chrono::steady_clock::now() >= deadline) return failure(FileError::Busy, path, "another writer holds the folder's lock");
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(5000));
    }
    return {};
}

bool isMountPoint(const fs::path& path) {
    struct statx info{};
    if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, STATX_INO, &info) != 0) return false;
    return (info.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0 && (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

// A name of its own for the moment before the rename.
std::string temporaryName(const fs::path& path) {
    return '.' + path.filename().string().substr(0, 200) + ".gw-" + SystemRandom().hex(8);
}

class TemporaryFile {
public:
    // Unnamed where the file system can: a process that dies while writing then leaves nothing behind.
    static Result<TemporaryFile> create(int folder, const fs::path& path) {
        TemporaryFile file(folder, temporaryName(path));
        file.fd_ = Descriptor(::openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
        if (file.fd_) return file;
        file.fd_ = Descriptor(::openat(folder, file.name_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file.fd_) return writeFailure(path, errno);
        file.named_ = true;
        return file;
    }
    TemporaryFile(TemporaryFile&& other) noexcept
        : folder_(other.folder_), name_(std::move(other.name_)), fd_(std::move(other.fd_)), named_(std::exchange(other.named_, false)) {}
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile() {
        if (named_) ::unlinkat(folder_, name_.c_str(), 0);
    }

    [[nodiscard]] int fd() const { return fd_.get(); }

    // 0 or the error number.
    [[nodiscard]] int renameTo(const std::string& target) {
        if (!named_) {
            const std::string self = "/proc/self/fd/" + std::to_string(fd_.get());
            if (::linkat(AT_FDCWD, self.c_str(), folder_, name_.c_str(), AT_SYMLINK_FOLLOW) != 0) return errno;
            named_ = true;
        }
        if (::renameat(folder_, name_.c_str(), folder_, target.c_str()) != 0) return errno;
        named_ = false;
        return 0;
    }

private:
    TemporaryFile(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}

    int folder_;
    std::string name_;
    Descriptor fd_;
    bool named_ = false;
};

Status overwriteInPlace(const fs::path& path, std::string_view content) {
    const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd) return writeFailure(path, errno);
    struct stat old{};
    if (::fstat(fd.get(), &old) != 0) return writeFailure(path, errno);
    // The room first: a disk that is full must not cost the old content.
    if (!content.empty()) {
        const int problem = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(content.size()));
        if (problem != 0 && problem != EOPNOTSUPP && problem != EINVAL) {
            // What could be had may have been appended as zeros.
            [[maybe_unused]] const int ignored = ::ftruncate(fd.get(), old.st_size);
            return writeFailure(path, problem);
        }
    }
    GW_CHECK(writeAll(fd.get(), content, path));
    if (::ftruncate(fd.get(), static_cast<off_t>(content.size())) != 0) return writeFailure(path, errno);
    return flush(fd.get(), path);
}

Status stillHolds(const fs::path& path, const std::optional<std::string_view>& expected) {
    if (!expected) return {};
    const auto current = readFile(path, std::max<std::size_t>(expected->size(), 1));
    const bool same = current ? *current == *expected : current.error().code().is(FileError::NotFound) && expected->empty();
    if (same) return {};
    if (!current && current.error().code().is(FileError::NotReadable)) return fail(current.error());
    return failure(FileError::ChangedMeanwhile, path, "the file does not hold what was read before");
}

enum class Flush { Yes, No };

Status replace(const fs::path& path, const std::optional<std::string_view>& expected, std::string_view content,
               Flush flushed = Flush::Yes) {
    GW_TRY(const fs::path target, resolve(path));
    if (!target.has_filename()) return writeFailure(path, EISDIR);
    GW_CHECK(makeFolders(target.parent_path()));
    GW_TRY(const Descriptor folder, openFolder(target.parent_path(), path));
    if (isMountPoint(target)) {
        GW_CHECK(lock(folder, path));
        GW_CHECK(stillHolds(target, expected));
        return overwriteInPlace(target, content);
    }

    GW_TRY(TemporaryFile file, TemporaryFile::create(folder.get(), path));
    struct stat old{};
    const bool existed = ::stat(target.c_str(), &old) == 0;
    if (existed && S_ISDIR(old.st_mode)) return writeFailure(path, EISDIR);
    if (existed && old.st_uid != ::geteuid()) {
        // Only root may; whoever may not owns the new file, as with any editor.
        [[maybe_unused]] const int ignored = ::fchown(file.fd(), old.st_uid, old.st_gid);
    }
    GW_CHECK(writeAll(file.fd(), content, path));
    if (flushed == Flush::Yes) GW_CHECK(flush(file.fd(), path));

    // What is slow is done: the lock is held for the comparison and the rename only.
    GW_CHECK(lock(folder, path));
    GW_CHECK(stillHolds(target, expected));
    const int problem = file.renameTo(target.filename().string());
    if (existed && (problem == EXDEV || problem == EBUSY)) return overwriteInPlace(target, content);
    if (problem != 0) return writeFailure(path, problem);
    ::flock(folder.get(), LOCK_UN);
    return flushed == Flush::Yes ? flush(folder.get(), path) : Status();
}

Result<Descriptor> openRegular(const fs::path& path, struct stat& info) {
    // A pipe without a writer would hold the open; it is refused below.
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd) return readFailure(path, errno);
    if (::fstat(fd.get(), &info) != 0) return readFailure(path, errno);
    if (S_ISDIR(info.st_mode)) return readFailure(path, EISDIR);
    if (!S_ISREG(info.st_mode)) return failure(FileError::NotReadable, path, "not a regular file");
    return fd;
}

Result<std::string> readAll(const Descriptor& fd, const struct stat& info, const fs::path& path, std::size_t maxBytes) {
    const auto tooLarge = [&] { return failure(FileError::TooLarge, path, "more than " + std::to_string(maxBytes) + " bytes"); };
    if (static_cast<std::uintmax_t>(info.st_size) > maxBytes) return tooLarge();

    std::string content;
    // One byte more than the size shows the end, and catches what grew after fstat.
    content.resize(std::min(static_cast<std::size_t>(info.st_size), maxBytes) + 1);
    std::size_t used = 0;
    while (true) {
        if (used == content.size()) {
            if (used > maxBytes) return tooLarge();
            content.resize(std::min(std::max<std::size_t>(content.size() * 2, 4096), maxBytes + 1));
        }
        const ssize_t got = ::read(fd.get(), content.data() + used, content.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return readFailure(path, errno);
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
    }
    if (used > maxBytes) return tooLarge();
    content.resize(used);
    return content;
}

} // namespace

Result<std::string> readFile(const fs::path& path, std::size_t maxBytes) {
    struct stat info{};
    GW_TRY(const Descriptor fd, openRegular(path, info));
    return readAll(fd, info, path, maxBytes);
}

Result<Secret> readPrivateFile(const fs::path& path, std::size_t maxBytes) {
    struct stat info{};
    GW_TRY(const Descriptor fd, openRegular(path, info));
    if ((info.st_mode & 077U) != 0 || (info.st_uid != ::geteuid() && info.st_uid != 0)) {
        char mode[8];
        std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(info.st_mode) & 07777U);
        return fail(Error(FileError::NotPrivate).with("path", path.string()).with("mode", mode));
    }
    GW_TRY(std::string content, readAll(fd, info, path, maxBytes));
    return Secret(std::move(content));
}

Status writeFileAtomically(const fs::path& path, std::string_view content) {
    return replace(path, std::nullopt, content);
}

Status writeCacheFile(const fs::path& path, std::string_view content) {
    return replace(path, std::nullopt, content, Flush::No);
}

Status flushAround(const fs::path& folder) {
    GW_TRY(const Descriptor fd, openFolder(folder, folder));
    if (::syncfs(fd.get()) != 0) return writeFailure(folder, errno);
    return {};
}

Status replaceFileIfUnchanged(const fs::path& path, std::string_view expected, std::string_view content) {
    return replace(path, expected, content);
}

} // namespace gw::store
