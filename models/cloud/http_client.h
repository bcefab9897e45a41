// HTTP as the rest of the program sees it. Every failure is a typed error that carries no body. Call it and consume
// its futures on the thread it lives in.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/base/utc_time.h"

#include <QFuture>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::cloud {

// Facts, where they apply: "host", "status", "reason" (the TLS or proxy problem in the library's words), "proxy".
#define GW_NET_ERRORS(X) \
    X(Offline, "offline") \
    X(Dns, "dns") \
    X(Refused, "refused") \
    X(Tls, "tls") \
    X(Timeout, "timeout") \
    X(Canceled, "canceled") \
    X(ProxyAuthentication, "proxy_authentication") \
    X(ProxyUnreachable, "proxy_unreachable") \
    X(TooLarge, "too_large") \
    X(Malformed, "malformed") \
    X(ConnectionLost, "connection_lost")
GW_ERROR_ENUM(NetError, "net", GW_NET_ERRORS);

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    enum class Method { Get, Post, Put, Patch, Delete };
    Method method = Method::Get;
    std::string url;                          // https, or http to a loopback address
    std::vector<HttpHeader> headers;
    Secret body;                              // of a Get: none
    std::chrono::milliseconds timeout{15'000};
    std::size_t maxResponseBytes = std::size_t{4} << 20;
};

// "GET", "POST", ….
[[nodiscard]] std::string_view methodName(HttpRequest::Method method);

// Any status is a response; what it means is the caller's business. Redirects are not followed.
struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;          // names in lower case
    Secret body;
    std::optional<UtcTime> date;              // the Date header
    [[nodiscard]] std::string header(std::string_view lowerCaseName) const;
};

class HttpClient {
public:
    virtual ~HttpClient() = default;
    // Canceling the future aborts the transfer.
    [[nodiscard]] virtual QFuture<Result<HttpResponse>> send(HttpRequest request) = 0;
};

} // namespace gw::cloud
