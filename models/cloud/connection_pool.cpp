#include "models/cloud/connection_pool.h"

#include <QSslSocket>

#include <algorithm>
#include <iterator>

namespace gw::cloud {
namespace {

constexpr std::size_t mostKept = 64;

} // namespace

ConnectionPool::ConnectionPool(std::chrono::milliseconds keptFor, QObject* parent) : QObject(parent), keptFor_(keptFor) {
    old_.setSingleShot(true);
    old_.callOnTimeout(this, &ConnectionPool::dropOld);
}

ConnectionPool::~ConnectionPool() {
    while (!idle_.empty()) drop(idle_.begin());
}

std::unique_ptr<QSslSocket> ConnectionPool::take(const QString& place) {
    // The youngest: it is the last that the other side would close.
    const auto found = std::find_if(idle_.rbegin(), idle_.rend(), [&](const Idle& each) { return each.place == place; });
    if (found == idle_.rend()) return nullptr;
    std::unique_ptr<QSslSocket> socket = std::move(found->socket);
    idle_.erase(std::next(found).base());
    socket->disconnect(this);
    return socket;
}

void ConnectionPool::keep(const QString& place, std::unique_ptr<QSslSocket> socket) {
    if (idle_.size() == mostKept) drop(idle_.begin());
    idle_.push_back({place, std::move(socket), std::chrono::steady_clock::now() + keptFor_});
    const auto mine = std::prev(idle_.end());
    // Whatever comes before anybody asks, an end or bytes, it is of no use any more.
    const auto useless = [this, mine] { drop(mine); };
    connect(mine->socket.get(), &QSslSocket::readyRead, this, useless);
    connect(mine->socket.get(), &QSslSocket::disconnected, this, useless);
    if (!old_.isActive()) old_.start(keptFor_);
}

void ConnectionPool::drop(std::list<Idle>::iterator which) {
    QSslSocket* socket = which->socket.release();
    idle_.erase(which);
    // We may be inside one of its signals.
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

void ConnectionPool::dropOld() {
    const auto now = std::chrono::steady_clock::now();
    while (!idle_.empty() && idle_.front().until <= now) drop(idle_.begin());
    if (!idle_.empty()) old_.start(std::chrono::ceil<std::chrono::milliseconds>(idle_.front().until - now));
}

} // namespace gw::cloud
