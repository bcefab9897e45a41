#include "app/gatewardenctl/files.h"

#include "app/gatewardenctl/output.h"
#include "saml/base/secret.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gw::ctl {
namespace {

bool writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return fsync(descriptor) == 0;
}

} // namespace

Reading readFile(const std::string& path, std::size_t most, std::string& into) {
    const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return Reading::Unreadable;
    struct stat facts {};
    const bool known = fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
    into.clear();
    // One buffer where the size is known: one that grows leaves copies behind.
    into.resize(known ? std::min(static_cast<std::size_t>(facts.st_size), most) + 1 : std::min<std::size_t>(most + 1, 65'536));
    std::size_t size = 0;
    Reading outcome = Reading::Done;
    while (true) {
        if (size == into.size()) {
            if (size > most) {
                outcome = Reading::TooLarge;
                break;
            }
            std::string larger;
            larger.resize(std::min(most + 1, into.size() * 2));
            std::copy(into.begin(), into.end(), larger.begin());
            wipe(into.data(), into.size());
            into = std::move(larger);
        }
        const ssize_t got = read(descriptor, into.data() + size, into.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) outcome = Reading::Unreadable;
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > most) outcome = Reading::TooLarge;
    if (descriptor != STDIN_FILENO) close(descriptor);
    if (outcome != Reading::Done) wipe(into.data(), into.size());
    into.resize(outcome == Reading::Done ? size : 0);
    return outcome;
}

bool readOrComplain(const std::string& path, std::size_t most, std::string& into) {
    const Reading outcome = readFile(path, most, into);
    if (outcome == Reading::Unreadable) complain("gatewardenctl: " + path + " cannot be read");
    if (outcome == Reading::TooLarge) complain("gatewardenctl: " + path + " is too large: at most " + std::to_string(most) + " octets");
    return outcome == Reading::Done;
}

bool replaceFile(const std::string& path, std::string_view content) {
    const std::string fresh = path + ".new-" + std::to_string(getpid());
    const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return false;
    const bool written = writeAll(descriptor, content);
    const bool closed = close(descriptor) == 0;
    if (written && closed && rename(fresh.c_str(), path.c_str()) == 0) return true;
    unlink(fresh.c_str());
    return false;
}

FileLock::FileLock(const std::string& path) {
    descriptor_ = open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0) return;
    while (flock(descriptor_, LOCK_EX) != 0) {
        if (errno == EINTR) continue;
        close(descriptor_);
        descriptor_ = -1;
        return;
    }
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

} // namespace gw::ctl
