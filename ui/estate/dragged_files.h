// What is dragged over a screen.
#pragma once

#include <QMimeData>
#include <QStringList>
#include <QUrl>

namespace gw::ui {

// The files of this machine among it.
[[nodiscard]] inline QStringList localFiles(const QMimeData* dragged) {
    QStringList files;
    for (const QUrl& url : dragged->urls())
        if (url.isLocalFile()) files.append(url.toLocalFile());
    return files;
}

} // namespace gw::ui
