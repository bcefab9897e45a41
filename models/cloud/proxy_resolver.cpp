#include "models/cloud/proxy_resolver.h"

#include "models/cloud/loopback_host.h"
#include "models/store/when_done.h"

#include <QFuture>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace gw::cloud {
namespace {

constexpr auto keptFor = std::chrono::seconds(60);

QString keyOf(const QUrl& url) {
    return url.scheme() + QLatin1String("://") + url.host() + QLatin1Char(':') + QString::number(url.port());
}

QList<QNetworkProxy> parseSetting(const std::string& setting) {
    if (setting.empty()) return {};
    const QUrl url(QString::fromStdString(setting), QUrl::StrictMode);
    const bool socks = url.scheme() == QLatin1String("socks5");
    const bool http = url.scheme() == QLatin1String("http");
    if (!(socks || http) || url.host().isEmpty()) return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return {QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                          static_cast<quint16>(url.port(socks ? 1080 : 8080)), url.userName(), url.password())};
}

} // namespace

ProxyResolver::ProxyResolver(const std::string& setting, QObject* parent) : QObject(parent), configured_(parseSetting(setting)) {}

std::optional<QList<QNetworkProxy>> ProxyResolver::fixedAnswer(const QUrl& url) const {
    if (isLoopbackHost(url.host().toStdString())) return QList<QNetworkProxy>{QNetworkProxy(QNetworkProxy::NoProxy)};
    if (!configured_.isEmpty()) return configured_;
    const QNetworkProxy application = QNetworkProxy::applicationProxy();
    if (application.type() != QNetworkProxy::NoProxy && application.type() != QNetworkProxy::DefaultProxy)
        return QList<QNetworkProxy>{application};
    return std::nullopt;
}

void ProxyResolver::resolve(const QUrl& url, QObject* context, std::function<void()> done) {
    const auto known = known_.constFind(keyOf(url));
    if (fixedAnswer(url) || (known != known_.cend() && known->until > std::chrono::steady_clock::now())) return done();

    auto promise = std::make_shared<QPromise<QList<QNetworkProxy>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, url] {
        promise->addResult(QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url)));
        promise->finish();
    });
    whenDone(promise->future(), this, [this, url, context = QPointer(context), done = std::move(done)](const QList<QNetworkProxy>& proxies) {
        known_.insert(keyOf(url), {proxies, std::chrono::steady_clock::now() + keptFor});
        if (context) done();
    });
}

QList<QNetworkProxy> ProxyResolver::proxiesFor(const QUrl& url) const {
    if (const auto fixed = fixedAnswer(url)) return *fixed;
    const auto known = known_.constFind(keyOf(url));
    if (known == known_.cend() || known->proxies.isEmpty()) return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return known->proxies;
}

} // namespace gw::cloud
