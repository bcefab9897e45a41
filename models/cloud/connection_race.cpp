#include "models/cloud/connection_race.h"

#include <QHostInfo>
#include <QSslSocket>

#include <algorithm>

namespace gw::cloud {
namespace {

constexpr auto lateAfter = std::chrono::milliseconds(300);

// The families take turns, beginning with the one that the system's resolver prefers.
QList<QHostAddress> interleaved(const QList<QHostAddress>& addresses) {
    QList<QHostAddress> first, other;
    for (const QHostAddress& address : addresses) (address.protocol() == addresses.front().protocol() ? first : other) << address;
    QList<QHostAddress> result;
    for (qsizetype i = 0; i < std::max(first.size(), other.size()); ++i) {
        if (i < first.size()) result << first[i];
        if (i < other.size()) result << other[i];
    }
    return result;
}

// We may be inside one of its signals.
void dropLater(std::unique_ptr<QSslSocket> socket) {
    socket->disconnect();
    socket->abort();
    socket.release()->deleteLater();
}

} // namespace

ConnectionRace::ConnectionRace(QObject* parent) : QObject(parent) {
    late_.setSingleShot(true);
    late_.callOnTimeout(this, &ConnectionRace::tryNext);
}

ConnectionRace::~ConnectionRace() {
    if (lookup_ >= 0) QHostInfo::abortHostLookup(lookup_);
    for (auto& socket : racing_) dropLater(std::move(socket));
}

std::unique_ptr<QSslSocket> ConnectionRace::take() {
    return std::move(winner_);
}

void ConnectionRace::start(const QString& host, quint16 port, const QNetworkProxy& proxy) {
    port_ = port;
    proxy_ = proxy;
    const QHostAddress literal(host);
    if (proxy.type() != QNetworkProxy::NoProxy || !literal.isNull()) return tryOne(host);
    lookup_ = QHostInfo::lookupHost(host, this, [this](const QHostInfo& info) {
        lookup_ = -1;
        if (info.addresses().isEmpty()) {
            Q_EMIT failed(QAbstractSocket::HostNotFoundError, info.errorString());
            return;
        }
        addresses_ = interleaved(info.addresses());
        tryNext();
    });
}

void ConnectionRace::tryNext() {
    if (!addresses_.isEmpty()) tryOne(addresses_.takeFirst().toString());
}

void ConnectionRace::tryOne(const QString& host) {
    auto* socket = racing_.emplace_back(std::make_unique<QSslSocket>()).get();
    socket->setProxy(proxy_);
    connect(socket, &QSslSocket::connected, this, [this, socket] {
        late_.stop();
        const auto place = std::ranges::find(racing_, socket, [](const auto& racer) { return racer.get(); });
        winner_ = std::move(*place);
        racing_.erase(place);
        winner_->disconnect(this);
        for (auto& loser : racing_) dropLater(std::move(loser));
        racing_.clear();
        // Without it the kernel keeps the end of a request back until what went before is acknowledged.
        winner_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        Q_EMIT connected();
    });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket] { lost(socket); });
    socket->connectToHost(host, port_);
    if (!addresses_.isEmpty()) late_.start(lateAfter);
}

void ConnectionRace::lost(QSslSocket* socket) {
    const auto error = socket->error();
    const QString reason = socket->errorString();
    const auto place = std::ranges::find(racing_, socket, [](const auto& racer) { return racer.get(); });
    if (place == racing_.end()) return;
    dropLater(std::move(*place));
    racing_.erase(place);
    if (!addresses_.isEmpty()) {
        late_.stop();
        tryNext();
    } else if (racing_.empty()) {
        Q_EMIT failed(error, reason);
    }
}

} // namespace gw::cloud
