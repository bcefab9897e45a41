#include "app/composition/config_watch.h"

#include <QFileInfo>

#include <chrono>

namespace gw::app {
namespace {

// An editor truncates and writes in several steps.
constexpr std::chrono::milliseconds untilRest{200};

} // namespace

ConfigWatch::ConfigWatch(const std::filesystem::path& file, QObject* parent)
    : QObject(parent), file_(QString::fromStdString(file.string())), folder_(QString::fromStdString(file.parent_path().string())) {
    rest_.setSingleShot(true);
    rest_.setInterval(untilRest);
    connect(&rest_, &QTimer::timeout, this, &ConfigWatch::saved);
    const auto touched = [this] {
        follow();
        rest_.start();
    };
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this, touched);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, touched);
    follow();
}

// A watch ends with the file that it is on, so a file that was replaced is watched anew. Where there is no folder yet, the
// nearest one above it tells when there is.
void ConfigWatch::follow() {
    QString folder = folder_;
    while (!QFileInfo::exists(folder) && folder.contains(u'/')) folder.truncate(folder.lastIndexOf(u'/'));
    if (!watcher_.directories().contains(folder) && !folder.isEmpty()) {
        if (!watcher_.directories().isEmpty()) watcher_.removePaths(watcher_.directories());
        watcher_.addPath(folder);
    }
    if (!watcher_.files().contains(file_) && QFileInfo::exists(file_)) watcher_.addPath(file_);
}

} // namespace gw::app
