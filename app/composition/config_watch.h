// Notices when a person or another program saves the configuration, however that is done: in place, or by renaming a new
// file over the old one. Lives on the GUI thread.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <filesystem>

namespace gw::app {

class ConfigWatch : public QObject {
    Q_OBJECT
public:
    // Neither the file nor its folder need exist yet.
    explicit ConfigWatch(const std::filesystem::path& file, QObject* parent = nullptr);

    // Looks whether there is something new to watch: after the folder may have been made.
    void follow();

Q_SIGNALS:
    // Once writing has come to rest.
    void saved();

private:
    const QString file_, folder_;
    QFileSystemWatcher watcher_;
    QTimer rest_;
};

} // namespace gw::app
