// File systems that are full or read-only, made for a test in a mount namespace of its own.
#pragma once

#include <filesystem>

namespace gw::test {

// Starts this program again in a mount namespace of its own, so that nothing it mounts is seen by others or stays behind.
// An ordinary user gets a user namespace with it. Returns in the new one, or at once where there can be none.
void inOwnMountNamespace(char** argv);
[[nodiscard]] bool canMount();

// A small file system of its own over a folder, which is made; what was in the folder is copied into it.
class Mount {
public:
    explicit Mount(std::filesystem::path folder);
    ~Mount();
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;

    void setReadOnly(bool readOnly) const;
    // Takes every byte that is left, and gives them back.
    void fill() const;
    void empty() const;

private:
    std::filesystem::path folder_;
};

} // namespace gw::test
