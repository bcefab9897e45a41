// The console's side of the local socket: owner-only socket file in an owner-only folder, peer uid checked on every
// connection. Serves credential_process, env, sessions, roles, login --paste, use, end. Lives on the GUI thread and
// never blocks it.
#pragma once

#include "models/sessions/session_book.h"
#include "saml/base/json.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>

class QLocalServer;

namespace gw::sessions {

#define GW_AGENT_ERRORS(X) \
    X(AlreadyRunning, "already_running") \
    X(CannotListen, "cannot_listen") \
    X(BadRequest, "bad_request") \
    X(UnknownOperation, "unknown_operation") \
    X(ForeignPeer, "foreign_peer")
GW_ERROR_ENUM(AgentError, "agent", GW_AGENT_ERRORS);

struct AgentReply {
    int exitCode = 0;
    Secret payload;
};

// What the composition adds to the operations that the book alone can answer.
class AgentDelegate {
public:
    using Done = std::function<void(AgentReply)>;
    virtual ~AgentDelegate() = default;
    // "show" (bring the window forward), "login", "roles", "use". Must call `done` once, now or later.
    virtual void handle(const std::string& operation, const Json& request, const Consumer& consumer, Done done) = 0;
    // Text for people from an error; the server itself has none.
    [[nodiscard]] virtual std::string explain(const Error& error) const = 0;
};

class AgentServer : public QObject {
    Q_OBJECT
public:
    AgentServer(SessionBook& book, AgentDelegate& delegate, QObject* parent = nullptr);
    ~AgentServer() override;

    // AlreadyRunning where a living console answers on that path; a dead one's socket is taken over.
    [[nodiscard]] Status listen(const std::string& path);

Q_SIGNALS:
    void served(const gw::sessions::SessionId& id, const gw::sessions::Consumer& consumer);

private:
    class Connection;
    SessionBook& book_;
    AgentDelegate& delegate_;
    std::unique_ptr<QLocalServer> server_;
};

} // namespace gw::sessions
