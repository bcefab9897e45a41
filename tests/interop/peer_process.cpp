#include "tests/interop/peer_process.h"

namespace gw::interop {

PeerProcess::PeerProcess(const QString& script, const QStringList& options) {
    process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process_.setStandardInputFile(QProcess::nullDevice());
    process_.start(QStringLiteral("bash"), QStringList(QStringLiteral(GW_SOURCE_DIR "/tests/peers/") + script) + options);
}

PeerProcess::~PeerProcess() {
    process_.terminate();
    if (!process_.waitForFinished(20'000)) process_.kill();
    process_.waitForFinished(5'000);
}

bool PeerProcess::ready() {
    while (process_.canReadLine()) {
        const QString line = QString::fromUtf8(process_.readLine()).trimmed();
        const auto at = line.indexOf(QLatin1Char('='));
        values_.insert(line.left(at), line.mid(at + 1));
    }
    return values_.contains(QStringLiteral("READY"));
}

} // namespace gw::interop
