#include "ui/login/address.h"

namespace gw::ui {

bool isLoopbackHost(const QString& host) {
    if (host == QLatin1String("localhost") || host == QLatin1String("::1")) return true;
    const auto parts = host.split(QLatin1Char('.'));
    if (parts.size() != 4 || parts.front() != QLatin1String("127")) return false;
    for (const auto& part : parts) {
        bool isNumber = false;
        if (part.toUInt(&isNumber) > 255 || !isNumber) return false;
    }
    return true;
}

AddressSafety safetyOf(const QUrl& url) {
    if (url.scheme() == QLatin1String("about") && url.path() == QLatin1String("blank")) return AddressSafety::Blank;
    if (url.host().isEmpty()) return AddressSafety::Refused;
    if (url.scheme() == QLatin1String("https")) return AddressSafety::Secure;
    if (url.scheme() == QLatin1String("http") && isLoopbackHost(url.host())) return AddressSafety::Loopback;
    return AddressSafety::Refused;
}

std::string publicPart(const QUrl& url) {
    // Of a scheme without a host, such as data: or another program's, the rest is content.
    if (url.host().isEmpty() && url.scheme() != QLatin1String("about")) return url.scheme().toStdString() + ":";
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded).toStdString();
}

QString hostAndPort(const QUrl& url) {
    const auto host = url.host(QUrl::FullyEncoded);
    const auto shown = host.contains(QLatin1Char(':')) ? QLatin1Char('[') + host + QLatin1Char(']') : host;
    return url.port() < 0 ? shown : shown + QLatin1Char(':') + QString::number(url.port());
}

QString originOf(const QUrl& url) {
    const auto fallback = url.scheme() == QLatin1String("https") ? 443 : 80;
    return url.scheme() + QLatin1String("://") + url.host(QUrl::FullyEncoded) + QLatin1Char(':') + QString::number(url.port(fallback));
}

} // namespace gw::ui
