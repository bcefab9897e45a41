// A loopback web server in the test's own process, plain or with TLS by a certificate made on the spot. One request per
// connection, answered by path.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

class QSslConfiguration;
class QTcpServer;
class QTcpSocket;

namespace gw::test {

struct WebRequest {
    QByteArray method;
    QByteArray path;     // without the query
    QByteArray query;
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
    QString person; // common name of the certificate that the client showed; empty: none
};

struct WebResponse {
    int status = 200;
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    // Leaves the connection open without an answer.
    bool silent = false;
};

[[nodiscard]] WebResponse page(const QByteArray& html);
[[nodiscard]] WebResponse redirect(int status, const QByteArray& location);

class WebServer : public QObject {
    Q_OBJECT
public:
    enum class Transport { Plain, SelfSigned };
    using Handler = std::function<WebResponse(const WebRequest&)>;

    explicit WebServer(Transport transport = Transport::Plain, QObject* parent = nullptr);
    // With TLS as it is set up there.
    explicit WebServer(const QSslConfiguration& tls, QObject* parent = nullptr);
    ~WebServer() override;

    void on(const QByteArray& path, Handler handler) { handlers_[path] = std::move(handler); }
    void on(const QByteArray& path, const QByteArray& html) {
        on(path, [html](const WebRequest&) { return page(html); });
    }
    // Answers CONNECT and absolute addresses too, as a proxy sees them; the path is then the whole target.
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl url(const QString& pathAndQuery) const;
    [[nodiscard]] const QList<WebRequest>& requests() const { return requests_; }
    [[nodiscard]] int countOf(const QByteArray& path) const;
    // Every connection, whether a request came over it or not.
    [[nodiscard]] int connections() const { return connections_; }
    // Closes the listening socket and every open connection.
    void goAway();

private:
    void encrypt(const QSslConfiguration& tls);
    void listen();
    void accept();
    void read(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const WebRequest& request);

    std::unique_ptr<QTcpServer> server_;
    bool encrypted_ = false;
    quint16 port_ = 0;
    QHash<QByteArray, Handler> handlers_;
    QHash<QTcpSocket*, QByteArray> pending_;
    QList<WebRequest> requests_;
    int connections_ = 0;
};

} // namespace gw::test
