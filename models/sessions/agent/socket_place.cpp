#include "models/sessions/agent/socket_place.h"

#include "models/sessions/agent/agent_server.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot(const std::string& path, std::string reason) {
    return fail(Error(AgentError::CannotListen).with("path", path).with("reason", std::move(reason)));
}

tl::unexpected<Error> cannot(const std::string& path) {
    return cannot(path, std::strerror(errno));
}

Status makeFolder(const fs::path& folder) {
    if (folder.has_parent_path() && folder.parent_path() != folder) {
        std::error_code ignored;
        if (!fs::exists(folder.parent_path(), ignored)) GW_CHECK(makeFolder(folder.parent_path()));
    }
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return cannot(folder.string());
    return {};
}

// Whoever may write the folder could put a socket of theirs in place of ours.
Status checkFolder(const fs::path& folder) {
    struct stat facts {};
    if (stat(folder.c_str(), &facts) != 0) return cannot(folder.string());
    const bool ours = S_ISDIR(facts.st_mode) && facts.st_uid == geteuid() && (facts.st_mode & (S_IWGRP | S_IWOTH)) == 0;
    if (!ours) return cannot(folder.string(), "folder_not_private");
    return {};
}

sockaddr_un addressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

bool answers(const sockaddr_un& address) {
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return false;
    const bool connected = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 || errno == EAGAIN;
    close(probe);
    return connected;
}

} // namespace

Result<std::unique_ptr<SocketPlace>> SocketPlace::take(const std::string& path) {
    if (path.empty() || path.front() != '/' || path.size() >= sizeof(sockaddr_un::sun_path))
        return cannot(path, std::strerror(path.empty() ? ENOENT : path.front() == '/' ? ENAMETOOLONG : EINVAL));
    const fs::path folder = fs::path(path).parent_path();
    GW_CHECK(makeFolder(folder));
    GW_CHECK(checkFolder(folder));
    std::unique_ptr<SocketPlace> place(new SocketPlace);
    place->path_ = path;
    GW_CHECK(place->lock());
    GW_CHECK(place->bind());
    return place;
}

// The kernel lets go of the lock when its console dies, so what is locked is alive and what is not locked is stale.
Status SocketPlace::lock() {
    const std::string file = path_ + ".lock";
    lock_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock_ < 0) return cannot(file);
    if (flock(lock_, LOCK_EX | LOCK_NB) == 0) return {};
    if (errno == EWOULDBLOCK) return fail(Error(AgentError::AlreadyRunning).with("path", path_));
    return cannot(file);
}

Status SocketPlace::bind() {
    const sockaddr_un address = addressOf(path_);
    struct stat facts {};
    if (lstat(path_.c_str(), &facts) == 0) {
        if (!S_ISSOCK(facts.st_mode)) return cannot(path_, std::strerror(EEXIST));
        if (answers(address)) return fail(Error(AgentError::AlreadyRunning).with("path", path_));
        if (unlink(path_.c_str()) != 0) return cannot(path_);
    }
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener_ < 0 || ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return cannot(path_);
    // Nobody can connect before listen(2), so there is no moment with a wider mode.
    if (chmod(path_.c_str(), 0600) != 0 || lstat(path_.c_str(), &facts) != 0) return cannot(path_);
    device_ = facts.st_dev;
    inode_ = facts.st_ino;
    if (listen(listener_, SOMAXCONN) != 0) return cannot(path_);
    return {};
}

int SocketPlace::releaseListener() {
    return std::exchange(listener_, -1);
}

SocketPlace::~SocketPlace() {
    struct stat facts {};
    const bool stillOurs = inode_ != 0 && lstat(path_.c_str(), &facts) == 0 && facts.st_ino == inode_ && facts.st_dev == device_;
    if (stillOurs) unlink(path_.c_str());
    if (listener_ >= 0) close(listener_);
    if (lock_ >= 0) close(lock_);
}

} // namespace gw::sessions
