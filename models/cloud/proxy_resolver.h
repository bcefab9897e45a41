// Which proxy a URL is reached by. The system's answer may come from a proxy script on the network and take seconds, so
// it is asked for on a thread of the global pool and kept for a minute.
#pragma once

#include <QHash>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace gw::cloud {

class ProxyResolver : public QObject {
    Q_OBJECT
public:
    // "" is the system's choice (an application proxy that was set goes before), "direct" is none, otherwise
    // http://host:port or socks5://host:port.
    explicit ProxyResolver(const std::string& setting, QObject* parent = nullptr);

    // Calls `done` on this thread, at once where the answer is known, and not any more after `context` is gone.
    void resolve(const QUrl& url, QObject* context, std::function<void()> done);
    // What resolve found. One entry at least.
    [[nodiscard]] QList<QNetworkProxy> proxiesFor(const QUrl& url) const;

private:
    struct Answer {
        QList<QNetworkProxy> proxies;
        std::chrono::steady_clock::time_point until;
    };
    [[nodiscard]] std::optional<QList<QNetworkProxy>> fixedAnswer(const QUrl& url) const;

    QList<QNetworkProxy> configured_;
    QHash<QString, Answer> known_;
};

} // namespace gw::cloud
