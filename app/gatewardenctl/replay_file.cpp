#include "app/gatewardenctl/replay_file.h"

#include "app/gatewardenctl/output.h"

#include <cerrno>

#include <unistd.h>

namespace gw::ctl {
namespace {

constexpr std::size_t maxFile = std::size_t{64} << 20;
// A batch may hold more than people ever sign in with.
constexpr std::size_t capacity = 200'000;

} // namespace

bool ReplayFile::open(const std::string& path, UtcTime now) {
    path_ = path;
    lock_.emplace(path);
    if (!lock_->held()) {
        complain("gatewardenctl: " + path + ".lock cannot be made");
        return false;
    }
    cache_.emplace(capacity);
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return true;
    std::string text;
    if (!readOrComplain(path, maxFile, text)) return false;
    cache_->restore(text, now);
    return true;
}

bool ReplayFile::save() const {
    if (!cache_ || replaceFile(path_, cache_->serialize())) return true;
    complain("gatewardenctl: " + path_ + " cannot be written");
    return false;
}

} // namespace gw::ctl
