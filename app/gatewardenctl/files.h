// Whole files and standard input, for the commands that read documents.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gw::ctl {

enum class Reading { Done, Unreadable, TooLarge };

// "-" is standard input. `into` is wiped where it fails.
[[nodiscard]] Reading readFile(const std::string& path, std::size_t most, std::string& into);
// The same, with one sentence on standard error where it fails.
[[nodiscard]] bool readOrComplain(const std::string& path, std::size_t most, std::string& into);
// In place of what is there, 0600, whole or not at all.
[[nodiscard]] bool replaceFile(const std::string& path, std::string_view content);

// Holds a lock beside a file while it lives, so that two runs do not forget each other's entries.
class FileLock {
public:
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    [[nodiscard]] bool held() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

} // namespace gw::ctl
