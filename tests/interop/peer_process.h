// A real provider of tests/peers, running as long as this object lives.
#pragma once

#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace gw::interop {

class PeerProcess {
public:
    // Does not wait: ask ready().
    explicit PeerProcess(const QString& script, const QStringList& options = {});
    ~PeerProcess();
    PeerProcess(const PeerProcess&) = delete;
    PeerProcess& operator=(const PeerProcess&) = delete;

    // True once it takes connections. Reads what the script has printed by now.
    [[nodiscard]] bool ready();
    [[nodiscard]] bool ended() const { return process_.state() == QProcess::NotRunning; }
    // What it printed, such as "LOGIN_URL".
    [[nodiscard]] QString value(const QString& key) const { return values_.value(key); }

private:
    QProcess process_;
    QMap<QString, QString> values_;
};

} // namespace gw::interop
