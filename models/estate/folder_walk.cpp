#include "models/estate/folder_walk.h"

#include "models/estate/readers/reading.h"

#include <algorithm>
#include <set>

namespace gw::estate {
namespace {

namespace fs = std::filesystem;

class Walk {
public:
    Walk(const fs::path& folder, const ReadLimits& limits, std::vector<Error>& problems) : limits_(limits), problems_(problems) {
        std::error_code failed;
        root_ = fs::canonical(folder, failed);
    }

    void into(const fs::path& folder, std::size_t depth) {
        std::error_code failed;
        const fs::path canonical = fs::canonical(folder, failed);
        // A folder that was seen is the end of a circle of links.
        if (failed || !seen_.insert(canonical).second) return;
        if (depth > limits_.depth) return tell(EstateError::TooMany, folder);
        std::vector<fs::path> entries;
        for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
            entries.push_back(each->path());
            if (entries.size() + visited_ > maxEntries()) {
                tell(EstateError::TooMany, folder);
                break;
            }
        }
        if (failed) tell(EstateError::Unreadable, folder);
        visited_ += entries.size();
        std::sort(entries.begin(), entries.end());
        for (const fs::path& each : entries) one(each, depth);
    }

    std::vector<fs::path> files;

private:
    [[nodiscard]] std::size_t maxEntries() const { return limits_.files * 4; }

    void one(const fs::path& path, std::size_t depth) {
        std::error_code failed;
        const fs::file_status status = fs::status(path, failed);
        if (failed) return tell(EstateError::Unreadable, path);
        if (fs::is_symlink(fs::symlink_status(path, failed)) && !isInside(path)) return tell(EstateError::Outside, path);
        if (fs::is_directory(status)) return into(path, depth + 1);
        if (!fs::is_regular_file(status) || !isReadable(path.filename().string())) return;
        if (files.size() == limits_.files) {
            if (!full_) tell(EstateError::TooMany, path);
            full_ = true;
            return;
        }
        files.push_back(path);
    }

    [[nodiscard]] bool isInside(const fs::path& path) const {
        std::error_code failed;
        const fs::path target = fs::canonical(path, failed);
        if (failed) return false;
        const auto [end, rest] = std::mismatch(root_.begin(), root_.end(), target.begin(), target.end());
        return end == root_.end();
    }

    void tell(EstateError code, const fs::path& path) { problems_.push_back(Error(code).with("file", path.string())); }

    const ReadLimits& limits_;
    std::vector<Error>& problems_;
    fs::path root_;
    std::set<fs::path> seen_;
    std::size_t visited_ = 0;
    bool full_ = false;
};

} // namespace

std::vector<fs::path> filesBelow(const fs::path& folder, const ReadLimits& limits, std::vector<Error>& problems) {
    Walk walk(folder, limits, problems);
    walk.into(folder, 0);
    return std::move(walk.files);
}

} // namespace gw::estate
