// One client of the agent: reads one request line, has it answered, sends the answer, goes.
#pragma once

#include "models/sessions/agent/agent_server.h"
#include "models/sessions/agent/peer.h"

#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace gw::sessions {

class AgentConnection : public QObject {
    Q_OBJECT
public:
    // Deletes itself when the client is gone.
    AgentConnection(std::unique_ptr<QLocalSocket> socket, const Peer& peer, AgentServer& server);
    ~AgentConnection() override;

    void answer(const AgentReply& reply);

private:
    void read();
    [[nodiscard]] bool tooLong() const;
    void append(const char* bytes, std::size_t size);
    void process(std::string_view line);

    AgentServer& server_;
    Peer peer_;
    std::unique_ptr<QLocalSocket> socket_;
    QTimer patience_;
    std::string request_;
    bool asked_ = false;
    bool answered_ = false;
};

} // namespace gw::sessions
