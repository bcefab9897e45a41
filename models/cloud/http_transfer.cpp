#include "models/cloud/http_transfer.h"

#include "models/cloud/connection_pool.h"
#include "models/cloud/proxy_resolver.h"

#include <QSslSocket>

#include <algorithm>
#include <array>
#include <utility>

namespace gw::cloud {
namespace {

constexpr qint64 readAhead = 64 * 1024;

bool isNamed(const HttpHeader& header, std::string_view name) {
    return std::ranges::equal(header.name, name, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// Head and body in one piece, so that they leave in one.
QByteArray serialized(const HttpRequest& request, const QUrl& url, bool last) {
    const std::string_view body = request.body.reveal();
    const bool sends = request.method != HttpRequest::Method::Get;
    std::string head = std::string(methodName(request.method)) + ' ';
    std::string target = url.path(QUrl::FullyEncoded).toStdString();
    if (target.empty()) target = "/";
    if (url.hasQuery()) target += '?' + url.query(QUrl::FullyEncoded).toStdString();
    head += target + " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toStdString() + "\r\n";
    const auto given = [&](std::string_view name) {
        return std::ranges::any_of(request.headers, [&](const HttpHeader& header) { return isNamed(header, name); });
    };
    for (const HttpHeader& header : request.headers) head += header.name + ": " + header.value + "\r\n";
    if (!given("user-agent")) head += "User-Agent: Gatewarden\r\n";
    if (!given("accept")) head += "Accept: */*\r\n";
    head += "Accept-Encoding: identity\r\n";
    if (last) head += "Connection: close\r\n";
    if (sends) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    head += "\r\n";
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(head.size() + body.size()));
    bytes.append(head.data(), static_cast<qsizetype>(head.size()));
    if (sends) bytes.append(body.data(), static_cast<qsizetype>(body.size()));
    return bytes;
}

} // namespace

HttpTransfer::HttpTransfer(ProxyResolver& proxies, const QSslConfiguration& tls, ConnectionPool& kept, HttpRequest request,
                           QUrl url, QObject* parent)
    : QObject(parent), proxies_(proxies), tls_(tls), kept_(kept), request_(std::move(request)),
      url_(std::move(url)), route_{url_.host().toStdString(), {}}, reader_(request_.maxResponseBytes) {}

HttpTransfer::~HttpTransfer() {
    if (!finished_) {
        finished_ = true;
        promise_.addResult(fail(netError(NetError::Canceled, route_, "the client was closed")));
        promise_.finish();
    }
    dropSocket();
    wipe(bytes_.data(), static_cast<std::size_t>(bytes_.size()));
}

quint16 HttpTransfer::port() const {
    return static_cast<quint16>(url_.port(secure() ? 443 : 80));
}

void HttpTransfer::start() {
    promise_.start();
    connect(&watcher_, &QFutureWatcherBase::canceled, this,
            [this] { finish(fail(netError(NetError::Canceled, route_, "canceled by the caller"))); });
    watcher_.setFuture(promise_.future());
    deadline_.setSingleShot(true);
    deadline_.callOnTimeout(this, [this] {
        finish(fail(netError(NetError::Timeout, route_, "no answer within " + std::to_string(request_.timeout.count()) + " ms")));
    });
    deadline_.start(request_.timeout);
    connect(&race_, &ConnectionRace::connected, this, &HttpTransfer::connected);
    connect(&race_, &ConnectionRace::failed, this, &HttpTransfer::broken);
    proxies_.resolve(url_, this, [this] { connectToHost(); });
}

void HttpTransfer::connectToHost() {
    if (finished_) return;
    const QNetworkProxy proxy = proxies_.proxiesFor(url_).first();
    if (proxy.type() != QNetworkProxy::NoProxy) route_.proxy = proxy.hostName().toStdString() + ':' + std::to_string(proxy.port());
    place_ = url_.scheme() + QLatin1String("://") + url_.authority() + QLatin1Char(' ') + QString::fromStdString(route_.proxy);
    if (auto kept = kept_.take(place_)) {
        reused_ = true;
        attach(std::move(kept));
        return write();
    }
    race_.start(url_.host(QUrl::EncodeUnicode), port(), proxy);
}

void HttpTransfer::attach(std::unique_ptr<QSslSocket> socket) {
    socket_ = std::move(socket);
    socket_->setReadBufferSize(readAhead);
    connect(socket_.get(), &QSslSocket::readyRead, this, &HttpTransfer::read);
    connect(socket_.get(), &QSslSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) { broken(error, socket_ ? socket_->errorString() : QString()); });
    connect(socket_.get(), &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) { tlsErrors_ = errors; });
}

void HttpTransfer::connected() {
    attach(race_.take());
    if (finished_) return dropSocket();
    if (!secure()) return write();
    connect(socket_.get(), &QSslSocket::encrypted, this, &HttpTransfer::write);
    socket_->setSslConfiguration(tls_);
    // The connection was made to an address: the certificate must be for the name.
    socket_->setPeerVerifyName(url_.host(QUrl::EncodeUnicode));
    socket_->startClientEncryption();
}

void HttpTransfer::write() {
    bytes_ = serialized(request_, url_, !kept_.keeps());
    socket_->write(bytes_);
}

void HttpTransfer::read() {
    std::array<char, 16 * 1024> chunk;
    while (!finished_ && socket_) {
        const qint64 got = socket_->read(chunk.data(), static_cast<qint64>(chunk.size()));
        if (got <= 0) break;
        reader_.feed({chunk.data(), static_cast<std::size_t>(got)});
        settle();
    }
    wipe(chunk.data(), chunk.size());
}

void HttpTransfer::broken(QAbstractSocket::SocketError error, const QString& reason) {
    if (finished_) return;
    if (socket_ && socket_->bytesAvailable() > 0) read();
    if (finished_ || retried()) return;
    if (!tlsErrors_.isEmpty()) return finish(fail(tlsError(tlsErrors_, route_)));
    // An end that the other side made may be the end of the response.
    if (error == QAbstractSocket::RemoteHostClosedError && !bytes_.isEmpty()) {
        reader_.end();
        settle();
    }
    if (!finished_) finish(fail(netError(error, reason, route_)));
}

// The other side may close an idle connection just as it is used again: that says nothing about the host.
bool HttpTransfer::retried() {
    if (!reused_ || reader_.started()) return false;
    reused_ = false;
    bytes_.clear();
    dropSocket();
    connectToHost();
    return true;
}

// Finishes where the reader came to a verdict.
void HttpTransfer::settle() {
    switch (reader_.state()) {
    case HttpReader::State::Head:
    case HttpReader::State::Body: return;
    case HttpReader::State::Complete:
        if (kept_.keeps() && reader_.connectionGoesOn() && socket_->bytesAvailable() == 0) {
            socket_->disconnect(this);
            kept_.keep(place_, std::move(socket_));
        }
        return finish(reader_.take());
    case HttpReader::State::Malformed: return finish(fail(netError(NetError::Malformed, route_, "the response is not HTTP")));
    case HttpReader::State::TooLarge:
        return finish(fail(netError(NetError::TooLarge, route_, "the response has more than " + std::to_string(request_.maxResponseBytes) + " bytes")));
    case HttpReader::State::Cut: return finish(fail(netError(NetError::ConnectionLost, route_, "the connection ended before the response did")));
    }
}

void HttpTransfer::finish(Result<HttpResponse> result) {
    if (finished_) return;
    finished_ = true;
    deadline_.stop();
    dropSocket();
    promise_.addResult(std::move(result));
    promise_.finish();
    deleteLater();
}

void HttpTransfer::dropSocket() {
    if (!socket_) return;
    // We may be inside one of its signals.
    socket_->disconnect(this);
    socket_->abort();
    socket_.release()->deleteLater();
}

} // namespace gw::cloud
