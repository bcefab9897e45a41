#include "models/cloud/loopback_acs.h"

#include "models/cloud/form_post_reader.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace gw::cloud {
namespace {

constexpr int mostConnections = 8;
constexpr auto connectionPatience = std::chrono::seconds(15);
constexpr char style[] = "body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:30em;padding:0 1em;color-scheme:light dark}";

std::string escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped().toStdString();
}

QByteArray page(int status, const std::string& title, const std::string& text) {
    const QByteArray hash = QCryptographicHash::hash(QByteArray(style), QCryptographicHash::Sha256).toBase64();
    const QByteArray body = QByteArray::fromStdString("<!doctype html><html><head><meta charset=\"utf-8\"><title>" + escaped(title) +
                                                      "</title><style>" + style + "</style></head><body><h1>" + escaped(title) +
                                                      "</h1><p>" + escaped(text) + "</p></body></html>");
    return "HTTP/1.1 " + QByteArray::number(status) + (status == 200 ? " OK" : " Refused") +
           "\r\nContent-Type: text/html; charset=utf-8"
           "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nCache-Control: no-store"
           "\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-" + hash +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
           "\r\nX-Content-Type-Options: nosniff"
           "\r\nReferrer-Policy: no-referrer"
           "\r\nConnection: close\r\n\r\n" + body;
}

// One browser connection and the request that arrives on it.
class Connection : public QObject {
public:
    explicit Connection(QTcpSocket* socket) : QObject(socket) {
        setObjectName(QLatin1String("request"));
        patience.setSingleShot(true);
        patience.callOnTimeout(socket, [socket] { socket->abort(); });
        patience.start(connectionPatience);
    }
    FormPostReader reader;
    QTimer patience;
};

} // namespace

LoopbackAcs::LoopbackAcs(LoopbackAcsSettings settings, const Clock& clock, QObject* parent)
    : QObject(parent), settings_(std::move(settings)), clock_(clock) {}

LoopbackAcs::~LoopbackAcs() = default;

Result<std::string> LoopbackAcs::listen() {
    server_ = std::make_unique<QTcpServer>();
    server_->setMaxPendingConnections(mostConnections);
    connect(server_.get(), &QTcpServer::newConnection, this, &LoopbackAcs::connectionArrived);
    if (!server_->listen(QHostAddress(QHostAddress::LocalHost), settings_.port)) {
        const bool taken = server_->serverError() == QAbstractSocket::AddressInUseError;
        const std::string reason = server_->errorString().toStdString();
        server_.reset();
        return fail(Error(taken ? LoopbackError::PortInUse : LoopbackError::NotListening, reason)
                        .with("port", std::to_string(settings_.port))
                        .with("reason", reason));
    }
    settings_.port = server_->serverPort();
    deadline_.setSingleShot(true);
    deadline_.callOnTimeout(this, [this] {
        close();
        Q_EMIT failed(Error(LoopbackError::Timeout, "no response arrived").with("port", std::to_string(settings_.port)));
    });
    deadline_.start(settings_.timeout);
    return "http://127.0.0.1:" + std::to_string(settings_.port) + settings_.path;
}

void LoopbackAcs::connectionArrived() {
    while (server_) {
        QTcpSocket* socket = server_->nextPendingConnection();
        if (socket == nullptr) return;
        // Nobody's child: the answer must still go out when the server, or all of this, has ended.
        socket->setParent(nullptr);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QObject::destroyed, this, [this] { --connections_; });
        if (++connections_ > mostConnections) {
            socket->abort();
            continue;
        }
        new Connection(socket);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        if (socket->bytesAvailable() > 0) read(socket);
    }
}

void LoopbackAcs::read(QTcpSocket* socket) {
    auto* connection = static_cast<Connection*>(socket->findChild<QObject*>(QLatin1String("request"), Qt::FindDirectChildrenOnly));
    if (connection == nullptr) return;
    FormPostReader& request = connection->reader;
    if (request.state() != FormPostReader::State::Reading) {
        socket->skip(socket->bytesAvailable());
        return;
    }
    QByteArray bytes = socket->readAll();
    request.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    wipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
    if (request.state() == FormPostReader::State::Reading) return;
    if (request.state() == FormPostReader::State::Refused) return answer(socket, request.refusal(), settings_.refusedText);

    // A page of another origin reaches us by a name it made point here (DNS rebinding); a browser then says that name.
    const std::string port = ":" + std::to_string(settings_.port);
    if (request.host() != "127.0.0.1" + port && request.host() != "localhost" + port) return answer(socket, 421, settings_.refusedText);
    if (request.target().substr(0, request.target().find('?')) != settings_.path) return answer(socket, 404, settings_.refusedText);
    auto value = saml::formField(request.body(), "SAMLResponse");
    if (!value || value->empty()) return answer(socket, 400, settings_.refusedText);
    if (value->size() > saml::maxFormValue) return answer(socket, 413, settings_.refusedText);

    if (!server_) return answer(socket, 409, settings_.refusedText); // the first response was the one
    auto response = std::make_shared<saml::CapturedResponse>();
    response->base64 = Secret(std::move(*value));
    response->relayState = saml::formField(request.body(), "RelayState").value_or(std::string());
    response->acs = "http://" + request.host() + settings_.path;
    response->capturedAt = clock_.now();
    response->source = saml::CaptureSource::SystemBrowser;
    answer(socket, 200, settings_.doneText);
    close();
    Q_EMIT captured(response);
}

void LoopbackAcs::answer(QTcpSocket* socket, int status, const std::string& text) {
    socket->write(page(status, settings_.title, text));
    socket->disconnectFromHost();
}

void LoopbackAcs::close() {
    deadline_.stop();
    if (!server_) return;
    server_->close();
    // We may be inside one of its signals.
    server_.release()->deleteLater();
}

} // namespace gw::cloud
