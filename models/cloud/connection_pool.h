// Connections that a request left open and well, for the next request to the same host: a handshake of TLS costs two round
// trips and more of the processor than all that is sent over it. Bounded in number and in age.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <list>
#include <memory>

class QSslSocket;

namespace gw::cloud {

class ConnectionPool : public QObject {
    Q_OBJECT
public:
    // A connection that nobody took for `keptFor` is closed; 0: none is kept at all.
    explicit ConnectionPool(std::chrono::milliseconds keptFor, QObject* parent = nullptr);
    ~ConnectionPool() override;

    [[nodiscard]] bool keeps() const { return keptFor_.count() > 0; }
    // `place` tells scheme, host, port and proxy apart. Connected, encrypted where the scheme says so; null: there is none.
    [[nodiscard]] std::unique_ptr<QSslSocket> take(const QString& place);
    // Nothing of an answer is left in it, and none of its signals are connected any more.
    void keep(const QString& place, std::unique_ptr<QSslSocket> socket);

private:
    struct Idle {
        QString place;
        std::unique_ptr<QSslSocket> socket;
        std::chrono::steady_clock::time_point until;
    };
    void drop(std::list<Idle>::iterator which);
    void dropOld();

    std::chrono::milliseconds keptFor_;
    std::list<Idle> idle_; // the oldest first
    QTimer old_;
};

} // namespace gw::cloud
