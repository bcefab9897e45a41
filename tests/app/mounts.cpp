#include "tests/app/mounts.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtGlobal>

namespace gw::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* inside = "GW_OWN_MOUNTS";
constexpr const char* options = "size=256k,mode=0700";

void copyInto(const fs::path& from, const fs::path& to) {
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

// Whether `unshare` with these arguments works on this machine.
bool works(const char* const* arguments) {
    const pid_t child = fork();
    if (child == 0) {
        execvp(arguments[0], const_cast<char* const*>(arguments));
        _exit(127);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

void inOwnMountNamespace(char** argv) {
    if (std::getenv(inside) != nullptr) return;
    const char* const flags = geteuid() == 0 ? "-m" : "-Urm";
    const std::array<const char*, 4> trial{"unshare", flags, "true", nullptr};
    if (!works(trial.data())) return;
    setenv(inside, "1", 1);
    std::array<char*, 64> arguments{};
    std::size_t count = 0;
    for (const char* const word : {"unshare", flags, "--"}) arguments[count++] = const_cast<char*>(word);
    for (char** word = argv; *word != nullptr && count + 1 < arguments.size(); ++word) arguments[count++] = *word;
    execvp("unshare", arguments.data());
    unsetenv(inside);
}

bool canMount() {
    if (std::getenv(inside) == nullptr) return false;
    std::string probe = (fs::temp_directory_path() / "gw-mount-XXXXXX").string();
    if (mkdtemp(probe.data()) == nullptr) return false;
    const bool mounted = mount("tmpfs", probe.c_str(), "tmpfs", 0, options) == 0;
    if (mounted) umount(probe.c_str());
    fs::remove(probe);
    return mounted;
}

Mount::Mount(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    std::string kept = (fs::temp_directory_path() / "gw-kept-XXXXXX").string();
    if (mkdtemp(kept.data()) == nullptr) qFatal("no temporary folder: %s", std::strerror(errno));
    copyInto(folder_, kept);
    if (mount("tmpfs", folder_.c_str(), "tmpfs", 0, options) != 0) qFatal("%s cannot be mounted: %s", folder_.c_str(), std::strerror(errno));
    copyInto(kept, folder_);
    fs::remove_all(kept);
}

Mount::~Mount() {
    umount2(folder_.c_str(), MNT_DETACH);
}

void Mount::setReadOnly(bool readOnly) const {
    const unsigned long flags = MS_REMOUNT | (readOnly ? static_cast<unsigned long>(MS_RDONLY) : 0UL);
    if (mount("tmpfs", folder_.c_str(), "tmpfs", flags, options) != 0) qFatal("%s cannot be remounted: %s", folder_.c_str(), std::strerror(errno));
}

void Mount::fill() const {
    const int file = open((folder_ / "ballast").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    std::array<char, 4096> page{};
    while (write(file, page.data(), page.size()) > 0) {
    }
    close(file);
}

void Mount::empty() const {
    fs::remove(folder_ / "ballast");
}

} // namespace gw::test
