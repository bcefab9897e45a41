#include "models/cloud/http_transfer.h"

#include "models/cloud/proxy_resolver.h"

#include <QBuffer>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace gw::cloud {
namespace {

constexpr qint64 readAhead = 64 * 1024;

// Grows without leaving the old bytes behind in freed memory.
void appendWiping(std::string& to, std::string_view bytes) {
    if (to.size() + bytes.size() > to.capacity()) {
        std::string larger;
        larger.reserve(std::max(to.size() + bytes.size(), to.capacity() * 2));
        larger.append(to);
        wipe(to.data(), to.size());
        to = std::move(larger);
    }
    to.append(bytes);
}

// The bytes to send, wiped with the reply that owns it.
class WipingUpload : public QBuffer {
public:
    explicit WipingUpload(std::string_view bytes) : bytes_(bytes.data(), static_cast<qsizetype>(bytes.size())) {
        setBuffer(&bytes_);
        open(QIODevice::ReadOnly);
    }
    ~WipingUpload() override {
        close();
        wipe(bytes_.data(), static_cast<std::size_t>(bytes_.size()));
    }

private:
    QByteArray bytes_;
};

bool belongsToStatus(QNetworkReply::NetworkError error, int status) {
    // 201 to 299 are errors of content (status 4xx), 401 to 499 those of the server (5xx); a few statuses, 400 among
    // them, Qt calls an invalid operation.
    return error == QNetworkReply::NoError || (error > 200 && error < 300) || error > 400 ||
           (error == QNetworkReply::ProtocolInvalidOperationError && status >= 400);
}

} // namespace

HttpTransfer::HttpTransfer(QNetworkAccessManager& manager, ProxyResolver& proxies, const QSslConfiguration& tls, HttpRequest request,
                           QUrl url, QObject* parent)
    : QObject(parent), manager_(manager), proxies_(proxies), tls_(tls), request_(std::move(request)), url_(std::move(url)),
      route_{url_.host().toStdString(), {}} {}

HttpTransfer::~HttpTransfer() {
    if (!finished_) {
        finished_ = true;
        dropReply();
        promise_.addResult(fail(netError(NetError::Canceled, route_, "the client was closed")));
        promise_.finish();
    }
    wipe(responseBody_.data(), responseBody_.size());
}

void HttpTransfer::start() {
    promise_.start();
    connect(&watcher_, &QFutureWatcherBase::canceled, this,
            [this] { giveUp(netError(NetError::Canceled, route_, "canceled by the caller")); });
    watcher_.setFuture(promise_.future());
    deadline_.setSingleShot(true);
    deadline_.callOnTimeout(this, [this] {
        giveUp(netError(NetError::Timeout, route_, "no answer within " + std::to_string(request_.timeout.count()) + " ms"));
    });
    deadline_.start(request_.timeout);
    proxies_.resolve(url_, this, [this] { send(); });
}

void HttpTransfer::send() {
    if (finished_) return;
    const QNetworkProxy proxy = proxies_.proxiesFor(url_).first();
    if (proxy.type() != QNetworkProxy::NoProxy) route_.proxy = proxy.hostName().toStdString() + ':' + std::to_string(proxy.port());

    QNetworkRequest request(url_);
    request.setSslConfiguration(tls_);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("User-Agent", "Gatewarden");
    // Saying so keeps Qt from inflating what a hostile server compressed.
    request.setRawHeader("Accept-Encoding", "identity");
    for (const HttpHeader& header : request_.headers)
        request.setRawHeader(QByteArray::fromStdString(header.name), QByteArray::fromStdString(header.value));

    if (request_.method == HttpRequest::Method::Post) {
        auto upload = std::make_unique<WipingUpload>(request_.body.reveal());
        reply_ = manager_.post(request, upload.get());
        upload.release()->setParent(reply_);
    } else {
        reply_ = manager_.get(request);
    }
    reply_->setReadBufferSize(readAhead);
    connect(reply_, &QNetworkReply::metaDataChanged, this, &HttpTransfer::readMetaData);
    connect(reply_, &QNetworkReply::readyRead, this, &HttpTransfer::readBody);
    connect(reply_, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) { tlsErrors_ = errors; });
    connect(reply_, &QNetworkReply::finished, this, &HttpTransfer::replyFinished);
}

void HttpTransfer::readMetaData() {
    const QVariant length = reply_->header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid() && length.toULongLong() > request_.maxResponseBytes)
        giveUp(netError(NetError::TooLarge, route_, "the response announces " + std::to_string(length.toULongLong()) + " bytes"));
}

void HttpTransfer::readBody() {
    std::array<char, 16 * 1024> chunk;
    while (!finished_) {
        const qint64 got = reply_->read(chunk.data(), static_cast<qint64>(chunk.size()));
        if (got <= 0) break;
        if (responseBody_.size() + static_cast<std::size_t>(got) > request_.maxResponseBytes) {
            giveUp(netError(NetError::TooLarge, route_, "the response has more than " + std::to_string(request_.maxResponseBytes) + " bytes"));
            break;
        }
        appendWiping(responseBody_, {chunk.data(), static_cast<std::size_t>(got)});
    }
    wipe(chunk.data(), chunk.size());
}

void HttpTransfer::replyFinished() {
    if (finished_) return;
    readBody();
    if (finished_) return;
    const auto error = reply_->error();
    if (error == QNetworkReply::SslHandshakeFailedError && !tlsErrors_.isEmpty()) return finish(fail(tlsError(tlsErrors_, route_)));
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!belongsToStatus(error, status)) return finish(fail(netError(error, reply_->errorString(), route_)));
    if (status < 100 || status > 599) return finish(fail(netError(NetError::Malformed, route_, "the response has no HTTP status")));

    HttpResponse response;
    response.status = status;
    for (const auto& [name, value] : reply_->rawHeaderPairs())
        response.headers.push_back({name.toLower().toStdString(), value.toStdString()});
    if (const auto date = UtcTime::parseHttpDate(response.header("date"))) response.date = *date;
    response.body = Secret(std::move(responseBody_));
    finish(std::move(response));
}

void HttpTransfer::giveUp(Error error) {
    if (finished_) return;
    finish(fail(std::move(error)));
}

void HttpTransfer::finish(Result<HttpResponse> result) {
    finished_ = true;
    deadline_.stop();
    dropReply();
    promise_.addResult(std::move(result));
    promise_.finish();
    deleteLater();
}

void HttpTransfer::dropReply() {
    if (reply_ == nullptr) return;
    reply_->disconnect(this);
    if (reply_->isRunning()) reply_->abort();
    std::exchange(reply_, nullptr)->deleteLater();
}

} // namespace gw::cloud
