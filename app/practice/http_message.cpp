#include "app/practice/http_message.h"

#include "saml/base/ascii.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace gw::practice {

namespace {

bool isToken(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::string_view trim(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

std::optional<std::string> decodeFormText(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

std::string_view reason(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 303:
        return "See Other";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

} // namespace

std::string_view HttpRequest::header(std::string_view lowerCaseName) const {
    const auto found = std::ranges::find(headers, lowerCaseName, &HttpField::name);
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::size_t HttpRequest::count(std::string_view lowerCaseName) const {
    return static_cast<std::size_t>(std::ranges::count(headers, lowerCaseName, &HttpField::name));
}

std::string_view HttpRequest::cookie(std::string_view name) const {
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const std::string_view pair = trim(rest.substr(0, end));
        if (const auto equals = pair.find('='); equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return {};
}

bool HttpRequest::keepAlive() const {
    const std::string connection = foldedAscii(header("connection"));
    if (minorVersion == 0) return connection == "keep-alive";
    return connection.find("close") == std::string::npos;
}

RequestParser::State RequestParser::fail(int status) {
    failure_ = status;
    buffer_.clear();
    return State::Failed;
}

RequestParser::State RequestParser::feed(std::string_view bytes) {
    if (failure_ != 0) return State::Failed;
    buffer_.append(bytes);
    if (!headDone_) {
        // RFC 9112 section 2.2: empty lines before a request line are passed over.
        while (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);
        const auto end = buffer_.find("\r\n\r\n");
        const auto lineEnd = std::min(buffer_.find("\r\n"), buffer_.size());
        if (lineEnd > limits_.requestLine) return fail(414);
        if (std::min(end, buffer_.size()) > limits_.head) return fail(431);
        if (end == std::string::npos) return State::NeedMore;
        if (const int status = parseHead(std::string_view(buffer_).substr(0, end)); status != 0) return fail(status);
        buffer_.erase(0, end + 4);
        headDone_ = true;
        expectContinue_ = expectContinue_ && buffer_.size() < bodySize_;
    }
    return buffer_.size() < bodySize_ ? State::NeedMore : State::Complete;
}

HttpRequest RequestParser::take() {
    HttpRequest request = std::move(request_);
    request.body = buffer_.substr(0, bodySize_);
    buffer_.erase(0, bodySize_);
    request_ = {};
    bodySize_ = 0;
    headDone_ = false;
    expectContinue_ = false;
    return request;
}

bool RequestParser::takeExpectContinue() {
    return std::exchange(expectContinue_, false);
}

int RequestParser::parseHead(std::string_view head) {
    const auto lineEnd = head.find("\r\n");
    if (const int status = parseRequestLine(head.substr(0, lineEnd)); status != 0) return status;
    std::string_view rest = lineEnd == std::string_view::npos ? std::string_view() : head.substr(lineEnd + 2);
    while (!rest.empty()) {
        if (request_.headers.size() == limits_.headerCount) return 431;
        const auto end = rest.find("\r\n");
        if (const int status = parseField(rest.substr(0, end)); status != 0) return status;
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    }
    return checkFields();
}

int RequestParser::parseRequestLine(std::string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return 400;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!isToken(method)) return 400;
    if (!version.starts_with("HTTP/")) return 400;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return 505;
    if (!target.starts_with('/') || std::ranges::any_of(target, [](char c) { return c <= ' ' || c >= 0x7f; })) return 400;
    request_.method = method;
    request_.target = target;
    request_.minorVersion = version.back() - '0';
    const auto question = target.find('?');
    request_.path = target.substr(0, question);
    request_.query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
    return 0;
}

int RequestParser::parseField(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) return 400;
    const std::string_view value = trim(line.substr(colon + 1));
    if (std::ranges::any_of(value, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }))
        return 400;
    request_.headers.push_back({foldedAscii(line.substr(0, colon)), std::string(value)});
    return 0;
}

int RequestParser::checkFields() {
    if (request_.count("host") != 1) return 400;
    // Two ways to say how long a body is are how requests get smuggled; only the plain one is spoken here.
    if (request_.count("transfer-encoding") != 0) return request_.count("content-length") == 0 ? 501 : 400;
    if (request_.count("content-length") > 1) return 400;
    if (const std::string_view text = request_.header("content-length"); request_.count("content-length") == 1) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bodySize_);
        if (error == std::errc::result_out_of_range) return 413;
        if (error != std::errc() || end != text.data() + text.size()) return 400;
        if (bodySize_ > limits_.body) return 413;
    }
    if (request_.count("expect") != 0) {
        if (foldedAscii(request_.header("expect")) != "100-continue") return 417;
        expectContinue_ = request_.minorVersion == 1 && bodySize_ > 0;
    }
    return 0;
}

std::string serialize(const HttpResponse& response, UtcTime date, bool keepAlive, bool headOnly) {
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + ' ';
    out.append(reason(response.status)).append("\r\nDate: ").append(httpDate(date)).append("\r\n");
    for (const HttpField& field : response.headers) out.append(field.name).append(": ").append(field.value).append("\r\n");
    if (response.status != 204) out.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
    out.append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    if (!headOnly) out.append(response.body);
    return out;
}

std::string httpDate(UtcTime time) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = time.unixSeconds();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                  parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                  parts.tm_min, parts.tm_sec);
    return text.data();
}

std::optional<FormFields> parseForm(std::string_view text) {
    FormFields fields;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto name = decodeFormText(pair.substr(0, equals));
        auto value = decodeFormText(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

std::optional<std::string> formValue(const FormFields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &FormFields::value_type::first);
    if (found == fields.end()) return std::nullopt;
    return found->second;
}

} // namespace gw::practice
