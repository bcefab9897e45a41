#include "app/practice/resource.h"

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QString>

#include <algorithm>

// The macro declares a function, which must not be in a namespace. Without it a static library's resources are dropped.
static void registerResources() {
    Q_INIT_RESOURCE(practice);
    Q_INIT_RESOURCE(estate);
}

namespace gw::practice {
namespace {

void ensureRegistered() {
    static const bool registered = [] {
        registerResources();
        return true;
    }();
    Q_UNUSED(registered)
}

} // namespace

std::string resource(std::string_view name) {
    ensureRegistered();
    QFile file(QStringLiteral(":/practice/") + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().toStdString();
}

std::vector<std::pair<std::string, std::string>> estateDumps() {
    ensureRegistered();
    const QString folder = QStringLiteral(":/practice/estate/");
    std::vector<std::pair<std::string, std::string>> dumps;
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            dumps.emplace_back(file.fileName().mid(folder.size()).toStdString(), file.readAll().toStdString());
    }
    std::sort(dumps.begin(), dumps.end());
    return dumps;
}

} // namespace gw::practice
