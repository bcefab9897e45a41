// HttpClient over QtNetwork's sockets: TLS 1.2 or later, certificates always verified, no redirects, no cookies, no cache, no
// decompression; the system's proxy settings. TLS is not loaded before the first request.
#pragma once

#include "models/cloud/http_client.h"

#include <chrono>
#include <memory>
#include <string>

namespace gw::cloud {

struct QtHttpSettings {
    std::string additionalCaPem;    // trusted besides the system's authorities; any number of certificates
    // "" is the system's choice, "direct" is no proxy, otherwise http://host:port or socks5://host:port.
    std::string proxy;
    // A connection is kept so long for the next request to the same host; 0: one connection per request. Where the other side
    // closes a kept one as a request goes out, that is sent once more: only for requests that may come twice.
    std::chrono::milliseconds keptOpen{0};
};

class QtHttpClient final : public HttpClient {
public:
    explicit QtHttpClient(QtHttpSettings settings = {});
    // Requests under way end with NetError::Canceled.
    ~QtHttpClient() override;

    // `request.timeout` is the time for all of it, from here to the last byte.
    [[nodiscard]] QFuture<Result<HttpResponse>> send(HttpRequest request) override;

private:
    struct Parts;
    Parts& parts();

    QtHttpSettings settings_;
    std::unique_ptr<Parts> parts_;
};

} // namespace gw::cloud
