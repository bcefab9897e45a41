#include "models/cloud/loopback_host.h"

#include <QHostAddress>

namespace gw::cloud {

bool isLoopbackHost(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const QString text = QString::fromUtf8(host.data(), static_cast<qsizetype>(host.size()));
    if (text.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) return true;
    const QHostAddress address(text);
    return !address.isNull() && address.isLoopback();
}

} // namespace gw::cloud
