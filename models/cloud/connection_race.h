// Connects to the first of a host's addresses that answers (RFC 8305): the next one is tried when one fails, or is a
// third of a second late, so that a broken IPv6 route costs no more than that. By a proxy there is one try, since the
// proxy finds the address.
#pragma once

#include <QAbstractSocket>
#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QSslSocket;

namespace gw::cloud {

class ConnectionRace : public QObject {
    Q_OBJECT
public:
    explicit ConnectionRace(QObject* parent = nullptr);
    ~ConnectionRace() override;

    void start(const QString& host, quint16 port, const QNetworkProxy& proxy);
    // The socket that won, connected and not yet encrypted. Once, in `connected`.
    [[nodiscard]] std::unique_ptr<QSslSocket> take();

Q_SIGNALS:
    void connected();
    // The last failure, when no address is left.
    void failed(QAbstractSocket::SocketError error, const QString& reason);

private:
    void tryNext();
    void tryOne(const QString& host);
    void lost(QSslSocket* socket);

    QList<QHostAddress> addresses_;
    quint16 port_ = 0;
    QNetworkProxy proxy_;
    int lookup_ = -1;
    QTimer late_;
    std::vector<std::unique_ptr<QSslSocket>> racing_;
    std::unique_ptr<QSslSocket> winner_;
};

} // namespace gw::cloud
