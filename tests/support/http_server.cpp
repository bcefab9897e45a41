#include "tests/support/http_server.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QVariant>

namespace gw::test {

ServerReply ServerReply::http(int status, const QByteArray& body, const QList<QByteArray>& headerLines) {
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Length: " + QByteArray::number(body.size()) +
                       "\r\nConnection: close\r\n";
    for (const QByteArray& line : headerLines) bytes += line + "\r\n";
    return {bytes + "\r\n" + body, true, false};
}

HttpServer::HttpServer(Handler handler, std::optional<CertificateAndKey> tls, QSsl::SslProtocol protocol)
    : handler_(std::move(handler)), tls_(std::move(tls)), protocol_(protocol) {
    listen(QHostAddress(QHostAddress::LocalHost));
}

std::string HttpServer::url(const std::string& path) const {
    return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(serverPort()) + path;
}

void HttpServer::incomingConnection(qintptr descriptor) {
    QTcpSocket* socket = nullptr;
    if (tls_) {
        auto* secure = new QSslSocket(this);
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(tls_->certificatePem));
        configuration.setPrivateKey(QSslKey(tls_->keyPem, QSsl::Ec));
        configuration.setProtocol(protocol_);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        secure->setSslConfiguration(configuration);
        secure->setSocketDescriptor(descriptor);
        secure->startServerEncryption();
        socket = secure;
    } else {
        socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
    }
    ++openConnections_;
    ++connectionsMade_;
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        --openConnections_;
        socket->deleteLater();
    });
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
}

void HttpServer::read(QTcpSocket* socket) {
    constexpr char collected[] = "collected";
    const QByteArray bytes = socket->property(collected).toByteArray() + socket->readAll();
    socket->setProperty(collected, bytes);
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    ServerRequest request;
    QList<QByteArray> lines = bytes.left(headEnd).split('\n');
    const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
    request.method = first.value(0);
    request.target = first.value(1);
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    request.body = bytes.mid(headEnd + 4);
    if (request.body.size() < request.headers.value("content-length").toLongLong()) return;
    socket->setProperty(collected, QByteArray());
    requests_.append(request);
    const ServerReply reply = handler_(request);
    socket->write(reply.bytes);
    if (reply.resetAfter) {
        socket->flush();
        socket->abort();
    } else if (reply.closeAfter) {
        socket->disconnectFromHost();
    }
}

} // namespace gw::test
