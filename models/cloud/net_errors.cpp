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

NetError codeOf(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::ConnectionRefusedError: return NetError::Refused;
    case QNetworkReply::HostNotFoundError: return anyInterfaceUp() ? NetError::Dns : NetError::Offline;
    case QNetworkReply::TimeoutError: return NetError::Timeout;
    case QNetworkReply::OperationCanceledError: return NetError::Canceled;
    case QNetworkReply::SslHandshakeFailedError: return NetError::Tls;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError: return NetError::Offline;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError: return NetError::ProxyUnreachable;
    case QNetworkReply::ProxyAuthenticationRequiredError: return NetError::ProxyAuthentication;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure: return NetError::Malformed;
    case QNetworkReply::UnknownNetworkError: return anyInterfaceUp() ? NetError::ConnectionLost : NetError::Offline;
    default: return NetError::ConnectionLost;
    }
}

} // namespace

Error netError(NetError code, const Route& route, const std::string& reason) {
    Error error = Error(code, reason).with("host", route.host).with("reason", reason);
    if (!route.proxy.empty()) std::move(error).with("proxy", route.proxy);
    return error;
}

Error netError(QNetworkReply::NetworkError error, const QString& reason, const Route& route) {
    // Qt 6.4 has no code for a proxy that refuses the connection or the tunnel; with a direct route it reports better.
    const bool proxyFailed = error == QNetworkReply::UnknownNetworkError && !route.proxy.empty();
    return netError(proxyFailed ? NetError::ProxyUnreachable : codeOf(error), route, reason.toStdString());
}

Error tlsError(const QList<QSslError>& errors, const Route& route) {
    QStringList reasons;
    for (const QSslError& error : errors)
        if (!reasons.contains(error.errorString())) reasons << error.errorString();
    Error result = netError(NetError::Tls, route, reasons.join(QLatin1String("; ")).toStdString());
    if (!errors.isEmpty() && !errors.first().certificate().isNull())
        std::move(result).with("issuer", errors.first().certificate().issuerDisplayName().toStdString());
    return result;
}

} // namespace gw::cloud
