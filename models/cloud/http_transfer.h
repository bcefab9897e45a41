// One request on its way over a connection of its own, or one that an earlier request left. Deletes itself when its future is
// finished.
//
// Not over QNetworkAccessManager: that hands a request's body from thread to thread in pieces after the head, and leaves
// Nagle's algorithm on, which costs a POST one more round trip (44 ms even on the own machine, measured with Qt 6.4.2).
#pragma once

#include "models/cloud/connection_race.h"
#include "models/cloud/http_client.h"
#include "models/cloud/http_reader.h"
#include "models/cloud/net_errors.h"

#include <QByteArray>
#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace gw::cloud {

class ConnectionPool;
class ProxyResolver;

class HttpTransfer : public QObject {
    Q_OBJECT
public:
    // `request` was checked, `url` is its URL.
    HttpTransfer(ProxyResolver& proxies, const QSslConfiguration& tls, ConnectionPool& kept, HttpRequest request, QUrl url,
                 QObject* parent);
    ~HttpTransfer() override;

    [[nodiscard]] QFuture<Result<HttpResponse>> future() { return promise_.future(); }
    void start();

private:
    void connectToHost();
    void connected();
    void attach(std::unique_ptr<QSslSocket> socket);
    bool retried();
    void write();
    void read();
    void broken(QAbstractSocket::SocketError error, const QString& reason);
    void settle();
    void finish(Result<HttpResponse> result);
    void dropSocket();
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] bool secure() const { return url_.scheme() == QLatin1String("https"); }

    ProxyResolver& proxies_;
    const QSslConfiguration& tls_;
    ConnectionPool& kept_;
    HttpRequest request_;
    QUrl url_;
    Route route_;
    ConnectionRace race_;
    std::unique_ptr<QSslSocket> socket_;
    QList<QSslError> tlsErrors_;
    QByteArray bytes_;      // the request as it is sent
    HttpReader reader_;
    QTimer deadline_;
    QFutureWatcher<Result<HttpResponse>> watcher_;
    QPromise<Result<HttpResponse>> promise_;
    QString place_;       // of its connection in the pool
    bool reused_ = false; // the connection was another request's before
    bool finished_ = false;
};

} // namespace gw::cloud
