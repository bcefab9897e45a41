// A small HTTP server inside the test's process, on 127.0.0.1, that answers exactly the bytes a test tells it to: also
// those that no proper server would send. With TLS where it is given a certificate.
#pragma once

#include "tests/support/http_certificates.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QSsl>
#include <QTcpServer>

#include <functional>
#include <optional>
#include <string>

class QTcpSocket;

namespace gw::test {

struct ServerRequest {
    QByteArray method;
    QByteArray target;
    QMap<QByteArray, QByteArray> headers;   // names in lower case
    QByteArray body;
};

struct ServerReply {
    QByteArray bytes;           // the whole response
    bool closeAfter = true;
    bool resetAfter = false;    // the connection is cut, not closed

    // "HTTP/1.1 200 OK" with a Content-Length that is right.
    static ServerReply http(int status, const QByteArray& body, const QList<QByteArray>& headerLines = {});
    // Nothing is answered, and the connection stays open.
    static ServerReply silence() { return {{}, false, false}; }
};

class HttpServer : public QTcpServer {
    Q_OBJECT
public:
    using Handler = std::function<ServerReply(const ServerRequest&)>;

    explicit HttpServer(Handler handler, std::optional<CertificateAndKey> tls = {}, QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater);

    // "http://127.0.0.1:port" or "https://…" and the path.
    [[nodiscard]] std::string url(const std::string& path = "/") const;
    [[nodiscard]] const QList<ServerRequest>& requests() const { return requests_; }
    [[nodiscard]] int openConnections() const { return openConnections_; }
    [[nodiscard]] int connectionsMade() const { return connectionsMade_; }
    void setHandler(Handler handler) { handler_ = std::move(handler); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void read(QTcpSocket* socket);

    Handler handler_;
    std::optional<CertificateAndKey> tls_;
    QSsl::SslProtocol protocol_;
    QList<ServerRequest> requests_;
    int openConnections_ = 0;
    int connectionsMade_ = 0;
};

} // namespace gw::test
