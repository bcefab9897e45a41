// The console's side of the local socket (models/sessions/agent/protocol.h): owner-only socket file in a folder that only
// the owner can write, peer uid checked on every connection. Lives on the GUI thread and never blocks it.
#pragma once

#include "models/sessions/session_book.h"
#include "saml/base/json.h"

#include <QObject>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

class QLocalServer;
class QLocalSocket;

namespace gw::sessions {

class AgentConnection;
class SocketPlace;

// Facts: "path", "reason" (the system's words, or "folder_not_private"), "op", "key", "expected".
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
    // "show" (bring the window forward), "login", "roles", "use"; what they carry and answer stands in protocol.h. Must
    // call `done` once, now or later, on the GUI thread; it may be called after the client or the server is gone.
    virtual void handle(const std::string& operation, const Json& request, const Consumer& consumer, Done done) = 0;
    // One sentence for people from an error, without a secret; the server itself has none.
    [[nodiscard]] virtual std::string explain(const Error& error) const = 0;
};

class AgentServer : public QObject {
    Q_OBJECT
public:
    AgentServer(SessionBook& book, AgentDelegate& delegate, QObject* parent = nullptr);
    ~AgentServer() override;

    // AlreadyRunning where a living console answers on that path; a dead one's socket is taken over.
    [[nodiscard]] Status listen(const std::string& path);
    // Until this many are connected, others are turned away at once.
    static constexpr std::size_t maxConnections = 256;
    // A client that neither sends nor takes anything for so long is cut off. Waiting for a person does not count.
    void setPatience(std::chrono::milliseconds patience) { patience_ = patience; }

Q_SIGNALS:
    void served(const gw::sessions::SessionId& id, const gw::sessions::Consumer& consumer);

private:
    friend class AgentConnection;
    using Done = AgentDelegate::Done;
    void acceptAll();
    void accept(std::unique_ptr<QLocalSocket> socket);
    void handle(const Json& request, const Consumer& consumer, const Done& done);
    [[nodiscard]] Result<Secret> credentialProcess(const Json& request, const Consumer& consumer);
    [[nodiscard]] Result<Secret> environmentOf(const Json& request, const Consumer& consumer);
    [[nodiscard]] Result<Secret> listSessions(const Json& request, const Consumer& consumer);
    [[nodiscard]] Result<Secret> endSessions(const Json& request, const Consumer& consumer);
    [[nodiscard]] Result<const Session*> sessionNamed(const Json& request) const;
    [[nodiscard]] Json describeWithConsumers(const Session& session) const;
    [[nodiscard]] AgentReply replyFor(const Error& error) const;
    void serve(const SessionId& id, const Consumer& consumer);

    SessionBook& book_;
    AgentDelegate& delegate_;
    std::unique_ptr<SocketPlace> place_;
    std::unique_ptr<QLocalServer> server_;
    std::size_t connections_ = 0;
    std::chrono::milliseconds patience_{10'000};
};

} // namespace gw::sessions
