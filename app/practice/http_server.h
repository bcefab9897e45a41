// A small HTTP/1.1 server on 127.0.0.1. It lives in the thread that made it and answers one request of a connection at
// a time; the handler runs in that thread. Requests whose Host is not exactly its own address are turned away, so a
// page that rebinds its name to loopback reaches nothing.
#pragma once

#include "app/practice/http_message.h"
#include "app/practice/practice.h"

#include <QObject>
#include <QTcpServer>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace gw::practice {

class HttpServer final : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<HttpResponse(const HttpRequest&)>;
    using Now = std::function<UtcTime()>;

    struct Timeouts {
        std::chrono::milliseconds request{10'000}; // from the first byte of a request to its last
        std::chrono::milliseconds idle{15'000};    // between requests
        std::chrono::milliseconds drain{1'000};    // for what a refused client still sends
    };
    explicit HttpServer(Now now, HttpLimits limits = {}, QObject* parent = nullptr);
    HttpServer(Now now, HttpLimits limits, Timeouts timeouts, QObject* parent = nullptr);
    ~HttpServer() override;

    // On a port that the system chooses. Fact on failure: "reason".
    [[nodiscard]] Status listen();
    // Before the first request is read, that is in the same turn of the event loop as listen().
    void setHandler(Handler handler) { handler_ = std::move(handler); }

    // "127.0.0.1:PORT"
    [[nodiscard]] const std::string& authority() const { return authority_; }
    // "http://127.0.0.1:PORT"
    [[nodiscard]] std::string origin() const { return "http://" + authority_; }

private:
    friend class HttpConnection;
    void acceptPending();
    [[nodiscard]] HttpResponse respond(const HttpRequest& request) const;

    QTcpServer server_;
    Handler handler_;
    Now now_;
    HttpLimits limits_;
    Timeouts timeouts_;
    std::string authority_;
    int connections_ = 0;
};

} // namespace gw::practice
