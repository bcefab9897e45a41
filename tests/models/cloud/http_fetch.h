// One request by a QtHttpClient of its own, waited for.
#pragma once

#include "models/cloud/qt_http_client.h"

#include <QTest>

#include <memory>
#include <string>

namespace gw::test {

inline cloud::HttpRequest get(const std::string& url) {
    cloud::HttpRequest request;
    request.url = url;
    return request;
}

inline cloud::HttpRequest post(const std::string& url, const std::string& body) {
    cloud::HttpRequest request;
    request.method = cloud::HttpRequest::Method::Post;
    request.url = url;
    request.body = Secret(std::string_view(body));
    return request;
}

class Fetcher {
public:
    // The client of the last fetch, or of makeClient.
    [[nodiscard]] cloud::QtHttpClient& client() { return *client_; }
    void makeClient(cloud::QtHttpSettings settings = {}) { client_ = std::make_unique<cloud::QtHttpClient>(std::move(settings)); }
    void dropClient() { client_.reset(); }

    [[nodiscard]] Result<cloud::HttpResponse> answerOf(QFuture<Result<cloud::HttpResponse>> future) {
        constexpr int patience = 20'000;
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience)) return fail(cloud::NetError::Timeout, "the future never finished");
        return future.takeResult();
    }
    [[nodiscard]] Result<cloud::HttpResponse> fetch(cloud::HttpRequest request, cloud::QtHttpSettings settings = {}) {
        makeClient(std::move(settings));
        return answerOf(client_->send(std::move(request)));
    }

private:
    std::unique_ptr<cloud::QtHttpClient> client_;
};

} // namespace gw::test
