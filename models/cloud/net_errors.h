// What QtNetwork reports, as NetError with the facts a reader needs.
#pragma once

#include "models/cloud/http_client.h"

#include <QAbstractSocket>
#include <QList>
#include <QSslError>
#include <QString>

namespace gw::cloud {

// Where a request goes, for the facts "host" and "proxy" ("host:port", empty where there is none).
struct Route {
    std::string host;
    std::string proxy;
};

[[nodiscard]] Error netError(NetError code, const Route& route, const std::string& reason);
[[nodiscard]] Error netError(QAbstractSocket::SocketError error, const QString& reason, const Route& route);

// Additional fact "issuer": who issued the certificate that was refused. Tells an inspecting proxy from an attacker.
[[nodiscard]] Error tlsError(const QList<QSslError>& errors, const Route& route);

} // namespace gw::cloud
