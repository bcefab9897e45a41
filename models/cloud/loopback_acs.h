// Sign-in by the person's own browser: a listener on 127.0.0.1 for one SAML response, at an assertion consumer service
// that an administrator registered with the provider. Whatever is not that response is refused and changes nothing; the
// listener ends with the response, the timeout or its own destruction.
#pragma once

#include "saml/base/clock.h"
#include "saml/base/result.h"
#include "saml/protocol/captured_response.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

class QTcpServer;
class QTcpSocket;

namespace gw::cloud {

// Facts: "port", "reason".
#define GW_LOOPBACK_ERRORS(X) \
    X(PortInUse, "port_in_use") \
    X(NotListening, "not_listening") \
    X(Timeout, "timeout")
GW_ERROR_ENUM(LoopbackError, "loopback", GW_LOOPBACK_ERRORS);

struct LoopbackAcsSettings {
    std::uint16_t port = 0;             // 0 takes a free one
    std::string path = "/saml/acs";     // must start with "/"
    std::chrono::milliseconds timeout = std::chrono::minutes(2);
    // What the browser shows, as plain text: the page's title, and one sentence each for success and refusal.
    std::string title;
    std::string doneText;
    std::string refusedText;
};

class LoopbackAcs : public QObject {
    Q_OBJECT
public:
    LoopbackAcs(LoopbackAcsSettings settings, const Clock& clock, QObject* parent = nullptr);
    ~LoopbackAcs() override;

    // The URL that it answers, such as "http://127.0.0.1:35001/saml/acs".
    [[nodiscard]] Result<std::string> listen();

Q_SIGNALS:
    // At most one of the two, once. `captured` is for one receiver, which may move the parts out.
    void captured(std::shared_ptr<gw::saml::CapturedResponse> response);
    void failed(const gw::Error& error);

private:
    void connectionArrived();
    void read(QTcpSocket* socket);
    void answer(QTcpSocket* socket, int status, const std::string& text);
    void close();

    LoopbackAcsSettings settings_;
    const Clock& clock_;
    std::unique_ptr<QTcpServer> server_;
    QTimer deadline_;
    int connections_ = 0;
};

} // namespace gw::cloud
