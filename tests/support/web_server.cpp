#include "tests/support/web_server.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace gw::test {
namespace {

QByteArray textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<qsizetype>(size)};
}

// A key and a certificate for 127.0.0.1 that nobody trusts.
QSslConfiguration selfSigned() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    X509_set_pubkey(certificate.get(), key.get());
    auto* name = X509_get_subject_name(certificate.get());
    const QByteArray subject("Self-made test authority");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(subject.constData()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    auto* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    const std::unique_ptr<BIO, decltype(&BIO_free)> keyText(BIO_new(BIO_s_mem()), BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> certificateText(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_X509(certificateText.get(), certificate.get());
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(textOf(keyText.get()), QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(textOf(certificateText.get())));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

QByteArray reasonOf(int status) {
    switch (status) {
    case 200: return "OK";
    case 302: return "Found";
    case 307: return "Temporary Redirect";
    case 401: return "Unauthorized";
    case 407: return "Proxy Authentication Required";
    default: return "Answer";
    }
}

} // namespace

WebResponse page(const QByteArray& html) { return {200, html, {{"Content-Type", "text/html; charset=utf-8"}}, false}; }

WebResponse redirect(int status, const QByteArray& location) { return {status, {}, {{"Location", location}}, false}; }

WebServer::WebServer(Transport transport, QObject* parent) : QObject(parent) {
    if (transport == Transport::SelfSigned) {
        encrypt(selfSigned());
    } else {
        server_ = std::make_unique<QTcpServer>();
    }
    listen();
}

WebServer::WebServer(const QSslConfiguration& tls, QObject* parent) : QObject(parent) {
    encrypt(tls);
    listen();
}

void WebServer::encrypt(const QSslConfiguration& tls) {
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    server_ = std::move(server);
    encrypted_ = true;
}

void WebServer::listen() {
    connect(server_.get(), &QTcpServer::pendingConnectionAvailable, this, &WebServer::accept);
    server_->listen(QHostAddress::LocalHost, 0);
    port_ = server_->serverPort();
}

WebServer::~WebServer() { goAway(); }

quint16 WebServer::port() const { return port_; }

QUrl WebServer::url(const QString& pathAndQuery) const {
    const auto scheme = encrypted_ ? QStringLiteral("https") : QStringLiteral("http");
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3").arg(scheme).arg(port_).arg(pathAndQuery));
}

int WebServer::countOf(const QByteArray& path) const {
    int count = 0;
    for (const auto& request : requests_) count += request.path == path ? 1 : 0;
    return count;
}

void WebServer::goAway() {
    server_->close();
    const auto sockets = pending_.keys();
    pending_.clear();
    for (auto* socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void WebServer::accept() {
    while (auto* socket = server_->nextPendingConnection()) {
        ++connections_;
        pending_.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            pending_.remove(socket);
            socket->deleteLater();
        });
        read(socket);
    }
}

void WebServer::read(QTcpSocket* socket) {
    auto& bytes = pending_[socket];
    bytes += socket->readAll();
    // TLS spoken to a plain server: end it at once rather than wait for more.
    if (bytes.startsWith('\x16')) {
        socket->abort();
        return;
    }
    const auto end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return;
    const auto lines = bytes.left(end).split('\n');
    const auto words = lines.first().trimmed().split(' ');
    if (words.size() < 2) return;
    WebRequest request;
    request.method = words.at(0);
    const auto question = words.at(1).indexOf('?');
    request.path = question < 0 ? words.at(1) : words.at(1).left(question);
    request.query = question < 0 ? QByteArray() : words.at(1).mid(question + 1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto colon = lines.at(i).indexOf(':');
        request.headers.insert(lines.at(i).left(colon).trimmed().toLower(), lines.at(i).mid(colon + 1).trimmed());
    }
    if (bytes.size() - end - 4 < request.headers.value("content-length").toLongLong()) return;
    request.body = bytes.mid(end + 4);
    if (const auto* encrypted = qobject_cast<QSslSocket*>(socket))
        request.person = encrypted->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(QLatin1Char(','));
    bytes.clear();
    requests_.append(request);
    answer(socket, request);
}

void WebServer::answer(QTcpSocket* socket, const WebRequest& request) {
    const auto handler = handlers_.value(request.path);
    const auto response = handler ? handler(request) : WebResponse{404, "<p>nothing here", {{"Content-Type", "text/html"}}, false};
    if (response.silent) return;
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonOf(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers) bytes += name + ": " + value + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n";
    socket->write(bytes + response.body);
    socket->disconnectFromHost();
}

} // namespace gw::test
