// One request on its way. Deletes itself when its future is finished.
#pragma once

#include "models/cloud/http_client.h"
#include "models/cloud/net_errors.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

class QNetworkAccessManager;

namespace gw::cloud {

class ProxyResolver;

class HttpTransfer : public QObject {
    Q_OBJECT
public:
    HttpTransfer(QNetworkAccessManager& manager, ProxyResolver& proxies, const QSslConfiguration& tls, HttpRequest request, QUrl url,
                 QObject* parent);
    ~HttpTransfer() override;

    [[nodiscard]] QFuture<Result<HttpResponse>> future() { return promise_.future(); }
    void start();

private:
    void send();
    void readMetaData();
    void readBody();
    void replyFinished();
    void giveUp(Error error);
    void finish(Result<HttpResponse> result);
    void dropReply();

    QNetworkAccessManager& manager_;
    ProxyResolver& proxies_;
    const QSslConfiguration& tls_;
    HttpRequest request_;
    QUrl url_;
    Route route_;
    std::string responseBody_;
    QNetworkReply* reply_ = nullptr;
    QList<QSslError> tlsErrors_;
    QTimer deadline_;
    QFutureWatcher<Result<HttpResponse>> watcher_;
    QPromise<Result<HttpResponse>> promise_;
    bool finished_ = false;
};

} // namespace gw::cloud
