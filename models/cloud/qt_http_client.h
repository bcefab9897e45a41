// HttpClient over QtNetwork's sockets: TLS 1.2 or later, certificates always verified, no redirects, no cookies, no cache, no
// decompression, one connection per request; the system's proxy settings. TLS is not loaded before the first request.
#pragma once

#include "models/cloud/http_client.h"

#include <memory>
#include <string>

namespace gw::cloud {

struct QtHttpSettings {
    std::string additionalCaPem;    // trusted besides the system's authorities; any number of certificates
    // "" is the system's choice, "direct" is no proxy, otherwise http://host:port or socks5://host:port.
    std::string proxy;
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
