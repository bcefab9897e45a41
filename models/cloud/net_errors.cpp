#include "models/cloud/net_errors.h"

#include <QNetworkInterface>
#include <QSslCertificate>
#include <QStringList>

namespace gw::cloud {
namespace {

bool anyInterfaceUp() {
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        const auto flags = interface.flags();
        if (!(flags & QNetworkInterface::IsRunning) || (flags & QNetworkInterface::IsLoopBack)) continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry& entry : entries)
            if (!entry.ip().isLinkLocal()) return true;
    }
    return false;
}

NetError codeOf(QAbstractSocket::SocketError error) {
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return NetError::Refused;
    case QAbstractSocket::HostNotFoundError: return anyInterfaceUp() ? NetError::Dns : NetError::Offline;
    case QAbstractSocket::SocketTimeoutError: return NetError::Timeout;
    case QAbstractSocket::NetworkError: return anyInterfaceUp() ? NetError::ConnectionLost : NetError::Offline;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError: return NetError::Tls;
    case QAbstractSocket::ProxyAuthenticationRequiredError: return NetError::ProxyAuthentication;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError: return NetError::ProxyUnreachable;
    default: return NetError::ConnectionLost;
    }
}

} // namespace

Error netError(NetError code, const Route& route, const std::string& reason) {
    Error error = Error(code, reason).with("host", route.host).with("reason", reason);
    if (!route.proxy.empty()) error.with("proxy", route.proxy);
    return error;
}

Error netError(QAbstractSocket::SocketError error, const QString& reason, const Route& route) {
    // How Qt reports a tunnel that the proxy refused.
    const bool denied = error == QAbstractSocket::SocketAccessError && !route.proxy.empty();
    return netError(denied ? NetError::ProxyUnreachable : codeOf(error), route, reason.toStdString());
}

Error tlsError(const QList<QSslError>& errors, const Route& route) {
    QStringList reasons;
    for (const QSslError& error : errors)
        if (!reasons.contains(error.errorString())) reasons << error.errorString();
    Error result = netError(NetError::Tls, route, reasons.join(QLatin1String("; ")).toStdString());
    if (!errors.isEmpty() && !errors.first().certificate().isNull())
        result.with("issuer", errors.first().certificate().issuerDisplayName().toStdString());
    return result;
}

} // namespace gw::cloud
