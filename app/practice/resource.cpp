#include "app/practice/resource.h"

#include <QByteArray>
#include <QFile>
#include <QString>

// The macro declares a function, which must not be in a namespace. Without it a static library's resources are dropped.
static void registerResources() {
    Q_INIT_RESOURCE(practice);
}

namespace gw::practice {

std::string resource(std::string_view name) {
    static const bool registered = [] {
        registerResources();
        return true;
    }();
    Q_UNUSED(registered)
    QFile file(QStringLiteral(":/practice/") + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().toStdString();
}

} // namespace gw::practice
