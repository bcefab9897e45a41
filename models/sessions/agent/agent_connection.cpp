#include "models/sessions/agent/agent_connection.h"

#include "models/sessions/agent/protocol.h"

#include <QPointer>

#include <algorithm>
#include <array>

#include <sys/socket.h>

namespace gw::sessions {
namespace {

constexpr std::size_t chunk = 16 << 10;

// As much as the socket takes at once: what Qt buffers instead is not wiped when it was sent.
std::size_t sendNow(int descriptor, std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = send(descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n <= 0) break;
        sent += static_cast<std::size_t>(n);
    }
    return sent;
}

} // namespace

AgentConnection::AgentConnection(std::unique_ptr<QLocalSocket> socket, const Peer& peer, AgentServer& server)
    : QObject(&server), server_(server), peer_(peer), socket_(std::move(socket)) {
    ++server_.connections_;
    socket_->setReadBufferSize(chunk);
    patience_.setSingleShot(true);
    patience_.setInterval(server_.patience_);
    connect(&patience_, &QTimer::timeout, this, &QObject::deleteLater);
    connect(socket_.get(), &QLocalSocket::readyRead, this, &AgentConnection::read);
    connect(socket_.get(), &QLocalSocket::disconnected, this, &QObject::deleteLater);
    connect(socket_.get(), &QLocalSocket::bytesWritten, &patience_, qOverload<>(&QTimer::start));
    patience_.start();
    // What came before the signal was connected.
    QMetaObject::invokeMethod(this, &AgentConnection::read, Qt::QueuedConnection);
}

AgentConnection::~AgentConnection() {
    socket_->disconnect(this);
    socket_->abort();
    agent::wipe(request_);
    --server_.connections_;
}

bool AgentConnection::tooLong() const {
    if (request_.size() <= agent::maxRequestBytes) return false;
    return request_.size() > agent::maxPastedRequestBytes || !request_.starts_with(agent::longRequestStart);
}

// Grows by moving to a new buffer and wiping the old one: a request may carry a response.
void AgentConnection::append(const char* bytes, std::size_t size) {
    if (request_.size() + size > request_.capacity()) {
        std::string larger;
        larger.reserve(std::max(2 * request_.capacity(), request_.size() + size));
        larger = request_;
        agent::wipe(request_);
        request_ = std::move(larger);
    }
    request_.append(bytes, size);
}

void AgentConnection::read() {
    std::array<char, chunk> buffer;
    while (!asked_ && socket_->bytesAvailable() > 0) {
        const qint64 got = socket_->read(buffer.data(), buffer.size());
        if (got <= 0) break;
        const auto size = static_cast<std::size_t>(got);
        const auto* end = std::find(buffer.data(), buffer.data() + size, '\n');
        const bool complete = end != buffer.data() + size;
        append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
        wipe(buffer.data(), size);
        if (tooLong()) {
            asked_ = true;
            answer(server_.replyFor(Error(AgentError::BadRequest, "the request is too long").with("expected", "a shorter request")));
        } else if (complete) {
            asked_ = true;
            patience_.stop();
            process(request_);
            agent::wipe(request_);
        }
    }
    // Nothing more is wanted, and nothing more may pile up.
    if (asked_ && socket_->bytesAvailable() > 0) (void)socket_->skip(socket_->bytesAvailable());
}

void AgentConnection::process(std::string_view line) {
    const Result<Json> request = parseJson(line, 8);
    const bool understood = request && request->is_object() && request->contains("v") && (*request)["v"] == 1;
    if (!understood) return answer(server_.replyFor(Error(AgentError::BadRequest, "not a request of version 1").with("expected", "{\"v\":1,…}")));
    const Consumer consumer = consumerOf(peer_.pid, server_.book_.clock().now());
    server_.handle(*request, consumer, [guard = QPointer<AgentConnection>(this)](const AgentReply& reply) {
        if (guard) guard->answer(reply);
    });
}

void AgentConnection::answer(const AgentReply& reply) {
    if (std::exchange(answered_, true)) return;
    const std::string_view payload = reply.payload.reveal();
    std::string status = reply.exitCode == 0 ? "ok " : "error " + std::to_string(std::clamp(reply.exitCode, 1, 9)) + " ";
    status += std::to_string(payload.size()) + "\n";
    const auto descriptor = static_cast<int>(socket_->socketDescriptor());
    for (const std::string_view bytes : {std::string_view(status), payload}) {
        const std::size_t sent = socket_->bytesToWrite() == 0 ? sendNow(descriptor, bytes) : 0;
        const std::string_view rest = bytes.substr(sent);
        if (!rest.empty()) socket_->write(rest.data(), static_cast<qint64>(rest.size()));
    }
    patience_.start();
    socket_->disconnectFromServer();
}

} // namespace gw::sessions
