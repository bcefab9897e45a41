#include "app/practice/http_connection.h"

#include "app/practice/http_server.h"

#include <utility>

namespace gw::practice {

HttpConnection::HttpConnection(QTcpSocket* socket, HttpServer& server)
    : QObject(&server), socket_(socket), server_(server), parser_(server.limits_) {
    socket_->setParent(this);
    ++server_.connections_;
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &HttpConnection::timedOut);
    connect(socket_, &QTcpSocket::readyRead, this, &HttpConnection::readMore);
    connect(socket_, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    // Bounds what an unread connection can pile up in memory; the kernel holds the rest back.
    socket_->setReadBufferSize(64 * 1024);
    deadline_.start(server_.timeouts_.idle);
    readMore();
}

HttpConnection::~HttpConnection() {
    --server_.connections_;
}

void HttpConnection::readMore() {
    if (phase_ == Phase::Draining) {
        socket_->readAll();
        return;
    }
    if (phase_ == Phase::Answering || socket_->bytesAvailable() == 0) return;
    if (!requestTimed_) {
        requestTimed_ = true;
        deadline_.start(server_.timeouts_.request);
    }
    const QByteArray bytes = socket_->readAll();
    advance(parser_.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}

void HttpConnection::advance(RequestParser::State state) {
    switch (state) {
    case RequestParser::State::NeedMore:
        if (parser_.takeExpectContinue()) socket_->write("HTTP/1.1 100 Continue\r\n\r\n");
        return;
    case RequestParser::State::Failed:
        refuse(parser_.failure());
        return;
    case RequestParser::State::Complete:
        answer(parser_.take());
        return;
    }
}

void HttpConnection::answer(const HttpRequest& request) {
    phase_ = Phase::Answering;
    deadline_.stop();
    requestTimed_ = false;
    HttpResponse response = server_.respond(request);
    const bool keepAlive = request.keepAlive();
    const bool headOnly = request.method == "HEAD";
    if (response.delay.count() <= 0) {
        send(response, keepAlive, headOnly);
        return;
    }
    const auto delay = response.delay;
    QTimer::singleShot(delay, this,
                       [this, response = std::move(response), keepAlive, headOnly] { send(response, keepAlive, headOnly); });
}

void HttpConnection::send(const HttpResponse& response, bool keepAlive, bool headOnly) {
    const std::string bytes = serialize(response, server_.now_(), keepAlive, headOnly);
    socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
    deadline_.start(server_.timeouts_.idle);
    if (!keepAlive) {
        socket_->disconnectFromHost();
        return;
    }
    phase_ = Phase::Reading;
    // Bytes of the next request may be here already; going through the event loop keeps a pipelining client from
    // growing the stack.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (phase_ == Phase::Reading && parser_.started()) advance(parser_.feed({}));
            readMore();
        },
        Qt::QueuedConnection);
}

void HttpConnection::refuse(int status) {
    HttpResponse response;
    response.status = status;
    response.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    const std::string bytes = serialize(response, server_.now_(), false, false);
    socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
    // Closing with unread bytes resets the connection and takes the answer with it.
    phase_ = Phase::Draining;
    socket_->readAll();
    deadline_.start(server_.timeouts_.drain);
}

void HttpConnection::timedOut() {
    // A client that does not read its answer would hold the connection for ever.
    if (socket_->bytesToWrite() > 0)
        socket_->abort();
    else if (phase_ == Phase::Reading && parser_.started())
        refuse(408);
    else
        socket_->disconnectFromHost();
}

} // namespace gw::practice
