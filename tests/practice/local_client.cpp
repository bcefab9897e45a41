#include "tests/practice/local_client.h"

#include "app/practice/http_message.h"

#include <QDeadlineTimer>
#include <QTcpSocket>

#include <algorithm>

namespace gw::test {

namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

std::string pathOf(const std::string& url) {
    const auto slash = url.find('/', std::string_view("http://").size());
    return slash == std::string::npos ? "/" : url.substr(slash);
}

std::string percentEncode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

LocalResponse parse(const std::string& bytes) {
    LocalResponse response;
    const auto end = bytes.find("\r\n\r\n");
    if (!bytes.starts_with("HTTP/1.1 ") || end == std::string::npos) return response;
    response.status = std::stoi(bytes.substr(9, 3));
    std::string_view head = std::string_view(bytes).substr(0, end);
    head.remove_prefix(std::min(head.find("\r\n") + 2, head.size()));
    while (!head.empty()) {
        const auto lineEnd = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, lineEnd);
        if (const auto colon = line.find(": "); colon != std::string_view::npos)
            response.headers.emplace_back(lower(std::string(line.substr(0, colon))), line.substr(colon + 2));
        head.remove_prefix(std::min(lineEnd + 2, head.size()));
    }
    response.body = bytes.substr(end + 4);
    return response;
}

} // namespace

std::string LocalResponse::header(std::string_view lowerCaseName) const {
    const auto found = std::ranges::find(headers, lowerCaseName, [](const auto& field) { return std::string_view(field.first); });
    return found == headers.end() ? std::string() : found->second;
}

std::string encodeForm(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) out += (out.empty() ? "" : "&") + percentEncode(name) + '=' + percentEncode(value);
    return out;
}

std::string authorityOf(const std::string& url) {
    const std::string rest = url.substr(std::string_view("http://").size());
    return rest.substr(0, rest.find('/'));
}

std::string originOf(const std::string& url) {
    return "http://" + authorityOf(url);
}

std::string LocalClient::exchangeRaw(const std::string& url, const std::string& bytes, std::chrono::milliseconds patience) {
    const std::string authority = authorityOf(url);
    const auto port = static_cast<quint16>(std::stoi(authority.substr(authority.find(':') + 1)));
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    if (!socket.waitForConnected(5'000)) return {};
    socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
    const QDeadlineTimer deadline(patience);
    QByteArray received;
    while (!deadline.hasExpired() && socket.state() != QAbstractSocket::UnconnectedState) {
        socket.waitForReadyRead(static_cast<int>(std::min<qint64>(deadline.remainingTime(), 200)));
        received += socket.readAll();
    }
    return (received + socket.readAll()).toStdString();
}

LocalResponse LocalClient::exchange(const std::string& url, const std::string& bytes, std::chrono::milliseconds patience) {
    return parse(exchangeRaw(url, bytes, patience));
}

LocalResponse LocalClient::send(const std::string& method, const std::string& url, const std::string& body, Fields headers) {
    std::string request = method + ' ' + pathOf(url) + " HTTP/1.1\r\nHost: " + authorityOf(url) + "\r\nConnection: close\r\n";
    if (!cookies_.empty()) {
        std::string line;
        for (const auto& [name, value] : cookies_) line += (line.empty() ? "" : "; ") + name + '=' + value;
        headers.emplace_back("Cookie", line);
    }
    if (method == "POST") headers.emplace_back("Content-Length", std::to_string(body.size()));
    for (const auto& [name, value] : headers) request += name + ": " + value + "\r\n";
    LocalResponse response = exchange(url, request + "\r\n" + body);
    for (const auto& [name, value] : response.headers) {
        if (name != "set-cookie") continue;
        const std::string pair = value.substr(0, value.find(';'));
        const auto equals = pair.find('=');
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(pair.substr(0, equals));
        else
            cookies_[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return response;
}

LocalResponse LocalClient::get(const std::string& url, const Fields& headers) {
    return send("GET", url, {}, headers);
}

LocalResponse LocalClient::post(const std::string& url, const Fields& form, const Fields& headers) {
    Fields all = headers;
    if (std::ranges::find(all, "Content-Type", &Fields::value_type::first) == all.end())
        all.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", url, encodeForm(form), all);
}

LocalResponse LocalClient::follow(const std::string& url, LocalResponse response) {
    for (int hops = 0; response.status == 303 && hops < 5; ++hops) response = get(originOf(url) + response.header("location"));
    return response;
}

std::string decodeEntities(std::string text) {
    for (const auto& [entity, character] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
        for (std::size_t found = 0; (found = text.find(entity, found)) != std::string::npos; ++found)
            text.replace(found, std::string_view(entity).size(), character);
    }
    return text;
}

std::string inputValue(const std::string& html, const std::string& name) {
    const auto at = html.find("name=\"" + name + '"');
    if (at == std::string::npos) return {};
    const auto begin = html.find("value=\"", at);
    if (begin == std::string::npos) return {};
    const auto end = html.find('"', begin + 7);
    return decodeEntities(html.substr(begin + 7, end - begin - 7));
}

} // namespace gw::test
