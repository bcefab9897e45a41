#include "models/cloud/qt_http_client.h"

#include "models/cloud/connection_pool.h"
#include "models/cloud/http_transfer.h"
#include "models/cloud/loopback_host.h"
#include "models/cloud/proxy_resolver.h"
#include "models/store/ready_future.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>

namespace gw::cloud {
namespace {

bool isToken(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    });
}

bool isFieldValue(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// The URL, or why this request is not sent at all.
Result<QUrl> checkedUrl(const HttpRequest& request) {
    const auto malformed = [](const QUrl& url, const char* reason) {
        return fail(netError(NetError::Malformed, {url.host().toStdString(), {}}, reason));
    };
    const QUrl url(QString::fromStdString(request.url), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) return malformed(url, "not a URL");
    if (!url.userInfo().isEmpty()) return malformed(url, "the URL carries a user name");
    const bool https = url.scheme() == QLatin1String("https");
    if (!https && !(url.scheme() == QLatin1String("http") && isLoopbackHost(url.host().toStdString()))) return malformed(url, "not https");
    for (const HttpHeader& header : request.headers)
        if (!isToken(header.name) || !isFieldValue(header.value)) return malformed(url, "a header is not well-formed");
    return url;
}

QSslConfiguration tlsConfiguration(const std::string& additionalCaPem) {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!additionalCaPem.empty()) {
        // A list of one's own switches off the loading of the system's authorities on demand, so they are named too.
        QList<QSslCertificate> authorities = QSslConfiguration::systemCaCertificates();
        authorities += QSslCertificate::fromData(QByteArray::fromStdString(additionalCaPem));
        tls.setCaCertificates(authorities);
    }
    return tls;
}

} // namespace

// In order of construction: transfers must go before what they refer to.
struct QtHttpClient::Parts {
    explicit Parts(const QtHttpSettings& settings)
        : proxies(settings.proxy), tls(tlsConfiguration(settings.additionalCaPem)), kept(settings.keptOpen) {}
    ProxyResolver proxies;
    QSslConfiguration tls;
    ConnectionPool kept;
    QObject transfers;
};

QtHttpClient::QtHttpClient(QtHttpSettings settings) : settings_(std::move(settings)) {}

QtHttpClient::~QtHttpClient() = default;

QtHttpClient::Parts& QtHttpClient::parts() {
    if (!parts_) parts_ = std::make_unique<Parts>(settings_);
    return *parts_;
}

QFuture<Result<HttpResponse>> QtHttpClient::send(HttpRequest request) {
    auto url = checkedUrl(request);
    if (!url) return readyFuture(Result<HttpResponse>(fail(std::move(url).error())));
    Parts& with = parts();
    auto* transfer = new HttpTransfer(with.proxies, with.tls, with.kept, std::move(request), *url, &with.transfers);
    auto future = transfer->future();
    transfer->start();
    return future;
}

} // namespace gw::cloud
