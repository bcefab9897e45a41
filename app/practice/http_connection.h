// One connection of the HTTP server. It owns its socket and ends itself when the socket does.
#pragma once

#include "app/practice/http_message.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace gw::practice {

class HttpServer;

class HttpConnection final : public QObject {
    Q_OBJECT
public:
    // Takes the socket. `server` outlives it: it is the parent.
    HttpConnection(QTcpSocket* socket, HttpServer& server);
    ~HttpConnection() override;

private:
    enum class Phase { Reading, Answering, Draining };

    void readMore();
    void advance(RequestParser::State state);
    void answer(const HttpRequest& request);
    void send(const HttpResponse& response, bool keepAlive, bool headOnly);
    void refuse(int status);
    void timedOut();

    QTcpSocket* socket_;
    HttpServer& server_;
    RequestParser parser_;
    QTimer deadline_;
    Phase phase_ = Phase::Reading;
    bool requestTimed_ = false;
};

} // namespace gw::practice
