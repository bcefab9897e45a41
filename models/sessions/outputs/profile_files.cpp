#include "models/sessions/outputs/aws_config.h"
#include "models/sessions/outputs/outputs.h"
#include "models/store/files.h"
#include "saml/base/clock.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto lockPatience = 5s;
constexpr std::size_t keptBackups = 7;
constexpr std::string_view backupMark = ".gatewarden-";

Result<std::string> readOrEmpty(const fs::path& path) {
    auto content = store::readFile(path);
    if (!content && content.error().code().is(store::FileError::NotFound)) return std::string();
    return content;
}

// Locks a file of our own beside the target. No other tool looks at it: it only keeps our consoles apart, and the
// comparison just before the write catches everybody else.
class AdvisoryLock {
public:
    AdvisoryLock() = default;
    AdvisoryLock(AdvisoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    AdvisoryLock& operator=(AdvisoryLock&&) = delete;
    ~AdvisoryLock() {
        if (fd_ >= 0) close(fd_);
    }

    [[nodiscard]] static Result<AdvisoryLock> take(const fs::path& target) {
        std::error_code ignored;
        const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
        if (!fs::exists(folder, ignored)) {
            fs::create_directories(folder, ignored);
            fs::permissions(folder, fs::perms::owner_all, ignored);
        }
        const fs::path path = folder / ("." + target.filename().string() + ".gatewarden-lock");
        AdvisoryLock lock;
        lock.fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (lock.fd_ < 0) {
            const store::FileError code = errno == EROFS ? store::FileError::ReadOnly
                                          : errno == ENOSPC || errno == EDQUOT ? store::FileError::DiskFull
                                                                               : store::FileError::NotWritable;
            return fail(Error(code).with("path", path.string()).with("reason", std::strerror(errno)));
        }
        const auto until = std::chrono::steady_clock::now() + lockPatience;
        while (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
            if (std::chrono::steady_clock::now() > until) return fail(Error(store::FileError::Busy).with("path", path.string()));
            std::this_thread::sleep_for(5ms);
        }
        return lock;
    }

private:
    int fd_ = -1;
};

// "config.gatewarden-2026-11-24", one a day, the latest of them kept.
Status backUp(const fs::path& target, std::string_view content) {
    if (content.empty()) return {};
    const std::string prefix = target.filename().string() + std::string(backupMark);
    const fs::path today = target.parent_path() / (prefix + SystemClock().now().toRfc3339().substr(0, 10));
    std::error_code ignored;
    if (fs::exists(today, ignored)) return {};
    GW_CHECK(store::writeFileAtomically(today, content));
    std::vector<fs::path> backups;
    for (const auto& entry : fs::directory_iterator(today.parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.size() == prefix.size() + 10) backups.push_back(entry.path());
    }
    std::sort(backups.begin(), backups.end());
    for (std::size_t i = 0; i + keptBackups < backups.size(); ++i) fs::remove(backups[i], ignored);
    return {};
}

Status write(const fs::path& target, std::string_view before, std::string_view after) {
    if (before == after) return {};
    GW_CHECK(backUp(target, before));
    GW_TRY(const bool missing, readOrEmpty(target).map([&](const std::string& now) {
        std::error_code ignored;
        return now.empty() && !fs::exists(target, ignored);
    }));
    if (!missing) return store::replaceFileIfUnchanged(target, before, after);
    if (!before.empty()) return fail(Error(store::FileError::ChangedMeanwhile).with("path", target.string()));
    return store::writeFileAtomically(target, after);
}

Error withPath(Error error, const SharedFiles& files) {
    const bool credentials = error.fact("file") == "credentials";
    return std::move(error).with("path", (credentials ? files.credentials : files.config).string());
}

bool nameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// os.path.expandvars and expanduser, as botocore applies them to these paths: what is not set stays as it is written.
std::string expanded(std::string_view path) {
    std::string text;
    const char* home = std::getenv("HOME");
    if (home != nullptr && (path == "~" || path.starts_with("~/"))) {
        text = home;
        path.remove_prefix(1);
    }
    while (!path.empty()) {
        if (path.front() != '$') {
            text += path.front();
            path.remove_prefix(1);
            continue;
        }
        const bool braces = path.starts_with("${");
        const std::size_t begin = braces ? 2 : 1;
        std::size_t end = begin;
        while (end < path.size() && (braces ? path[end] != '}' : nameCharacter(path[end]))) ++end;
        const std::size_t whole = std::min(end + (braces ? 1 : 0), path.size());
        const char* value = std::getenv(std::string(path.substr(begin, end - begin)).c_str());
        if (value != nullptr)
            text += value;
        else
            text += path.substr(0, whole);
        path.remove_prefix(whole);
    }
    return text;
}

fs::path sharedFile(const char* variable, const char* name) {
    if (const char* chosen = std::getenv(variable); chosen != nullptr && chosen[0] != '\0') return expanded(chosen);
    const char* home = std::getenv("HOME");
    return fs::path(home == nullptr ? "" : home) / ".aws" / name;
}

} // namespace

SharedFiles SharedFiles::fromEnvironment() {
    return {sharedFile("AWS_CONFIG_FILE", "config"), sharedFile("AWS_SHARED_CREDENTIALS_FILE", "credentials")};
}

Result<ProfilePreview> previewProfile(const SharedFiles& files, const ProfileEntry& entry, bool replaceForeign) {
    GW_TRY(const std::string config, readOrEmpty(files.config));
    GW_TRY(std::string credentials, readOrEmpty(files.credentials));
    const Secret keys(std::move(credentials));
    auto preview = previewProfile(config, keys.reveal(), entry, replaceForeign);
    if (!preview) return fail(withPath(std::move(preview).error(), files));
    return preview;
}

Status addProfile(const SharedFiles& files, const ProfilePreview& preview) {
    GW_TRY(const AdvisoryLock lock, AdvisoryLock::take(files.config));
    GW_TRY(std::string credentials, readOrEmpty(files.credentials));
    const Secret keys(std::move(credentials));
    auto text = parseConfigText(keys.reveal());
    if (!text) return fail(withPath(std::move(text.error()).with("file", "credentials"), files));
    for (const ConfigSection& section : text->sections) {
        const ConfigKey* key = section.header == preview.profile.value() ? section.find("aws_access_key_id") : nullptr;
        if (key != nullptr)
            return fail(Error(ProfileError::ShadowedByStaticKeys)
                            .with("profile", preview.profile.value())
                            .with("line", std::to_string(key->firstLine + 1))
                            .with("path", files.credentials.string()));
    }
    return write(files.config, preview.before, preview.after);
}

Status removeProfile(const SharedFiles& files, const ProfileName& name) {
    GW_TRY(const AdvisoryLock lock, AdvisoryLock::take(files.config));
    GW_TRY(const std::string before, readOrEmpty(files.config));
    auto after = withoutProfile(before, name);
    if (!after) return fail(withPath(std::move(after).error(), files));
    return write(files.config, before, *after);
}

Status removeStaticKeys(const SharedFiles& files, const ProfileName& name) {
    GW_TRY(const AdvisoryLock lock, AdvisoryLock::take(files.credentials));
    GW_TRY(const std::string before, readOrEmpty(files.credentials));
    auto after = withoutStaticKeys(before, name);
    if (!after) return fail(withPath(std::move(after).error(), files));
    return write(files.credentials, before, *after);
}

} // namespace gw::sessions
