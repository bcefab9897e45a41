// HTTP/1.1 messages as the practice servers read and write them (RFC 9110, RFC 9112). Without sockets: bytes in,
// requests out. Strict: what a browser or an AWS SDK would not send is refused with the status that says why.
#pragma once

#include "saml/base/utc_time.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::practice {

struct HttpField {
    std::string name; // lower case in requests
    std::string value;
};

struct HttpRequest {
    std::string method;
    std::string target; // as received: "/path?query"
    std::string path;   // before "?", not decoded
    std::string query;  // after "?", not decoded
    int minorVersion = 1;
    std::vector<HttpField> headers;
    std::string body;

    // The first value, or "" where the header is absent.
    [[nodiscard]] std::string_view header(std::string_view lowerCaseName) const;
    [[nodiscard]] std::size_t count(std::string_view lowerCaseName) const;
    // RFC 6265 section 4.2: the first cookie of that name, or "".
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
    [[nodiscard]] bool keepAlive() const;
};

struct HttpResponse {
    int status = 200;
    std::vector<HttpField> headers; // without Date, Content-Length and Connection, which the server adds
    std::string body;
    std::chrono::milliseconds delay{0}; // the server holds the answer back this long
};

struct HttpLimits {
    std::size_t requestLine = 8 * 1024;
    std::size_t head = 16 * 1024; // request line and headers
    std::size_t headerCount = 64;
    std::size_t body = 512 * 1024;
    int connections = 64; // at the same time; more are closed at once
};

// Collects the bytes of one connection and cuts them into requests.
class RequestParser {
public:
    enum class State { NeedMore, Complete, Failed };

    explicit RequestParser(HttpLimits limits) : limits_(limits) {}

    [[nodiscard]] State feed(std::string_view bytes);
    // After Complete: the request. Bytes of the next one stay; call feed({}) to go on with them.
    [[nodiscard]] HttpRequest take();
    // After Failed: the status to answer with before closing.
    [[nodiscard]] int failure() const { return failure_; }
    // Whether anything of a request was received.
    [[nodiscard]] bool started() const { return !buffer_.empty() || headDone_; }
    // True once for each request that waits for "100 Continue" before it sends its body.
    [[nodiscard]] bool takeExpectContinue();

private:
    [[nodiscard]] State fail(int status);
    [[nodiscard]] int parseHead(std::string_view head);
    [[nodiscard]] int parseRequestLine(std::string_view line);
    [[nodiscard]] int parseField(std::string_view line);
    [[nodiscard]] int checkFields();

    HttpLimits limits_;
    std::string buffer_;
    HttpRequest request_;
    std::size_t bodySize_ = 0;
    bool headDone_ = false;
    bool expectContinue_ = false;
    int failure_ = 0;
};

// "HTTP/1.1 200 OK" to the end of the body. Without the body where the request was a HEAD.
[[nodiscard]] std::string serialize(const HttpResponse& response, UtcTime date, bool keepAlive, bool headOnly);

// RFC 9110 section 5.6.7: "Tue, 24 Nov 2026 13:05:00 GMT".
[[nodiscard]] std::string httpDate(UtcTime time);

using FormFields = std::vector<std::pair<std::string, std::string>>;
// application/x-www-form-urlencoded, from a body or a query. Nothing where an escape is broken.
[[nodiscard]] std::optional<FormFields> parseForm(std::string_view text);
// The first value of that name, or nothing.
[[nodiscard]] std::optional<std::string> formValue(const FormFields& fields, std::string_view name);

} // namespace gw::practice
