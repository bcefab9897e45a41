#include "models/sessions/agent/agent_server.h"

#include "models/sessions/agent/agent_connection.h"
#include "models/sessions/agent/peer.h"
#include "models/sessions/agent/socket_place.h"

#include <QLocalServer>
#include <QLocalSocket>

#include <unistd.h>

namespace gw::sessions {

AgentServer::AgentServer(SessionBook& book, AgentDelegate& delegate, QObject* parent)
    : QObject(parent), book_(book), delegate_(delegate) {}

AgentServer::~AgentServer() {
    for (AgentConnection* connection : findChildren<AgentConnection*>(Qt::FindDirectChildrenOnly)) delete connection;
    server_.reset();
}

Status AgentServer::listen(const std::string& path) {
    GW_TRY(auto place, SocketPlace::take(path));
    auto server = std::make_unique<QLocalServer>();
    server->setMaxPendingConnections(static_cast<int>(maxConnections));
    const int listener = place->releaseListener();
    if (!server->listen(static_cast<qintptr>(listener))) {
        close(listener);
        return fail(Error(AgentError::CannotListen).with("path", path).with("reason", server->errorString().toStdString()));
    }
    connect(server.get(), &QLocalServer::newConnection, this, &AgentServer::acceptAll);
    place_ = std::move(place);
    server_ = std::move(server);
    return {};
}

void AgentServer::acceptAll() {
    while (server_->hasPendingConnections()) {
        std::unique_ptr<QLocalSocket> socket(server_->nextPendingConnection());
        // It must not go with the server: the connection owns it.
        socket->setParent(nullptr);
        accept(std::move(socket));
    }
}

void AgentServer::accept(std::unique_ptr<QLocalSocket> socket) {
    const auto peer = peerOf(static_cast<int>(socket->socketDescriptor()));
    if (!peer || !isTrusted(*peer, geteuid()) || connections_ >= maxConnections) {
        socket->abort();
        return;
    }
    new AgentConnection(std::move(socket), *peer, *this);
}

} // namespace gw::sessions
