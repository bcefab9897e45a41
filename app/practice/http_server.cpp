#include "app/practice/http_server.h"

#include "app/practice/http_connection.h"

#include <QHostAddress>

#include <utility>

namespace gw::practice {

HttpServer::HttpServer(Now now, HttpLimits limits, QObject* parent) : HttpServer(std::move(now), limits, Timeouts{}, parent) {}

HttpServer::HttpServer(Now now, HttpLimits limits, Timeouts timeouts, QObject* parent)
    : QObject(parent), server_(this), now_(std::move(now)), limits_(limits), timeouts_(timeouts) {
    connect(&server_, &QTcpServer::newConnection, this, &HttpServer::acceptPending);
}

HttpServer::~HttpServer() {
    // Connections count themselves out in this object, so they go while it is whole.
    for (HttpConnection* connection : findChildren<HttpConnection*>(QString(), Qt::FindDirectChildrenOnly)) delete connection;
}

Status HttpServer::listen() {
    if (!server_.listen(QHostAddress(QHostAddress::LocalHost), 0))
        return fail(Error(PracticeError::CannotListen, "no loopback port").with("reason", server_.errorString().toStdString()));
    authority_ = "127.0.0.1:" + std::to_string(server_.serverPort());
    return {};
}

void HttpServer::acceptPending() {
    while (QTcpSocket* socket = server_.nextPendingConnection()) {
        if (connections_ >= limits_.connections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new HttpConnection(socket, *this);
    }
}

HttpResponse HttpServer::respond(const HttpRequest& request) const {
    if (request.header("host") != authority_)
        return {421, {{"Content-Type", "text/plain; charset=utf-8"}}, "This server answers to its own address only.\n", {}};
    return handler_ ? handler_(request) : HttpResponse{503, {}, {}, {}};
}

} // namespace gw::practice
