// Real connections to servers in this process: what arrives, what is refused, and what every failure is called.
#include "models/cloud/qt_http_client.h"
#include "tests/support/http_server.h"

#include <QNetworkProxy>
#include <QTest>

#include <memory>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest post(const std::string& url, const std::string& body) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = url;
    request.body = Secret(std::string_view(body));
    return request;
}

// Names are resolved and TCP is tried for no more than this.
constexpr auto patience = 20'000;

} // namespace

class QtHttpClientTest : public QObject {
    Q_OBJECT

    Result<HttpResponse> answerOf(QFuture<Result<HttpResponse>> future) {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, patience)) return fail(NetError::Timeout, "the future never finished");
        return future.takeResult();
    }
    Result<HttpResponse> fetch(HttpRequest request, QtHttpSettings settings = {}) {
        client_ = std::make_unique<QtHttpClient>(std::move(settings));
        return answerOf(client_->send(std::move(request)));
    }

    std::unique_ptr<QtHttpClient> client_;

private Q_SLOTS:
    void cleanup() {
        client_.reset();
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::DefaultProxy));
    }

    void getsWhatTheServerSends() {
        HttpServer server([](const ServerRequest&) {
            return ServerReply::http(200, "hello", {"Date: Tue, 24 Nov 2026 13:05:00 GMT", "X-Amzn-RequestId: r-1", "Set-Cookie: a=b"});
        });
        HttpRequest request = get(server.url("/path?q=1"));
        request.headers = {{"Accept", "text/plain"}};
        const auto response = fetch(std::move(request));
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->status, 200);
        QCOMPARE(response->body.reveal(), std::string_view("hello"));
        QCOMPARE(response->header("x-amzn-requestid"), std::string("r-1"));
        QVERIFY(response->date.has_value());
        QCOMPARE(response->date->toRfc3339(), std::string("2026-11-24T13:05:00Z"));
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests()[0].target, QByteArray("/path?q=1"));
        QCOMPARE(server.requests()[0].headers.value("accept"), QByteArray("text/plain"));
        QCOMPARE(server.requests()[0].headers.value("user-agent"), QByteArray("Gatewarden"));

        // The cookie of the first answer is not sent with the second request.
        QVERIFY(answerOf(client_->send(get(server.url()))));
        QVERIFY(!server.requests()[1].headers.contains("cookie"));
    }

    void postsTheBodyAsItIs() {
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, "ok"); });
        std::string body(100'000, 'x');
        body[5] = '\0';
        HttpRequest request = post(server.url(), body);
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
        const auto response = fetch(std::move(request));
        QVERIFY(response);
        QCOMPARE(server.requests()[0].method, QByteArray("POST"));
        QCOMPARE(server.requests()[0].body, QByteArray::fromStdString(body));
        QCOMPARE(server.requests()[0].headers.value("content-type"), QByteArray("application/x-www-form-urlencoded; charset=utf-8"));
    }

    void everyStatusIsAResponse_data() {
        QTest::addColumn<int>("status");
        for (const int status : {200, 301, 302, 304, 307, 400, 401, 403, 404, 409, 418, 429, 500, 501, 503, 599})
            QTest::addRow("%d", status) << status;
    }
    void everyStatusIsAResponse() {
        QFETCH(int, status);
        HttpServer server([status](const ServerRequest&) {
            return ServerReply::http(status, status == 304 ? "" : "<body/>", {"Location: http://127.0.0.1:1/elsewhere", "WWW-Authenticate: Basic realm=\"x\""});
        });
        const auto response = fetch(get(server.url()));
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->status, status);
        if (status != 304) QCOMPARE(response->body.reveal(), std::string_view("<body/>"));
        QCOMPARE(server.requests().size(), 1);
    }

    void compressedBodiesStayAsTheyAre() {
        const QByteArray gzip = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c90700a6a9f08605000000");
        HttpServer server([gzip](const ServerRequest&) { return ServerReply::http(200, gzip, {"Content-Encoding: gzip"}); });
        const auto response = fetch(get(server.url()));
        QVERIFY(response);
        QCOMPARE(server.requests()[0].headers.value("accept-encoding"), QByteArray("identity"));
        QCOMPARE(response->body.size(), static_cast<std::size_t>(gzip.size()));
    }

    void refusesBeforeSending_data() {
        QTest::addColumn<QString>("url");
        QTest::newRow("http elsewhere") << "http://example.com/";
        QTest::newRow("http to a name that looks local") << "http://127.0.0.1.example.com/";
        QTest::newRow("http to localhost as a user name") << "http://localhost@example.com/";
        QTest::newRow("user name") << "https://user:secret@127.0.0.1/";
        QTest::newRow("ftp") << "ftp://127.0.0.1/";
        QTest::newRow("file") << "file:///etc/passwd";
        QTest::newRow("no scheme") << "example.com";
        QTest::newRow("no host") << "https:///x";
        QTest::newRow("empty") << "";
        QTest::newRow("broken") << "https://[::1/";
    }
    void refusesBeforeSending() {
        QFETCH(QString, url);
        const auto response = fetch(get(url.toStdString()));
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::Malformed), response.error().chain().c_str());
        QVERIFY(response.error().chain().find("secret") == std::string::npos);
    }

    void refusesHeadersThatStartAnother() {
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, ""); });
        HttpRequest request = get(server.url());
        request.headers = {{"If-None-Match", "x\r\nX-Injected: 1"}};
        const auto response = fetch(std::move(request));
        QVERIFY(!response && response.error().code().is(NetError::Malformed));
        QCOMPARE(server.requests().size(), 0);
    }

    void stopsAtTheSizeLimit_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
        QTest::newRow("by length") << ServerReply::http(200, QByteArray(1001, 'x')).bytes;
        QTest::newRow("until closed") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n") + QByteArray(5'000'000, 'x');
        QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") + QByteArray("200\r\n" + QByteArray(512, 'x') + "\r\n").repeated(9);
    }
    void stopsAtTheSizeLimit() {
        QFETCH(QByteArray, bytes);
        HttpServer server([bytes](const ServerRequest&) { return ServerReply{bytes, false, false}; });
        HttpRequest request = get(server.url());
        request.maxResponseBytes = 1000;
        const auto response = fetch(std::move(request));
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::TooLarge), response.error().chain().c_str());
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void exactlyTheLimitIsFine() {
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, QByteArray(1000, 'x')); });
        HttpRequest request = get(server.url());
        request.maxResponseBytes = 1000;
        const auto response = fetch(std::move(request));
        QVERIFY(response);
        QCOMPARE(response->body.size(), std::size_t{1000});
    }

    void namesBrokenAnswers_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed at once") << QByteArray() << false;
        QTest::newRow("reset at once") << QByteArray() << true;
        QTest::newRow("body cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this") << false;
        QTest::newRow("chunk cut short") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nonly this") << false;
        QTest::newRow("no last chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nthis\r\n") << false;
        QTest::newRow("head cut short") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le") << false;
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << false;
        QTest::newRow("status without a number") << QByteArray("HTTP/1.1 abc OK\r\n\r\n") << false;
    }
    void namesBrokenAnswers() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, reset);
        HttpServer server([&](const ServerRequest&) { return ServerReply{bytes, true, reset}; });
        HttpRequest request = get(server.url());
        request.timeout = 10s;
        const auto response = fetch(std::move(request));
        QVERIFY2(!response, "a broken answer passed as a good one");
        const Code code = response.error().code();
        QVERIFY2(code.is(NetError::ConnectionLost) || code.is(NetError::Malformed), response.error().chain().c_str());
        QCOMPARE(response.error().fact("host"), std::string_view("127.0.0.1"));
    }

    void timesOut_data() {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("nothing comes") << QByteArray();
        QTest::newRow("the body stops") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
    }
    void timesOut() {
        QFETCH(QByteArray, start);
        HttpServer server([start](const ServerRequest&) { return ServerReply{start, false, false}; });
        HttpRequest request = get(server.url());
        request.timeout = 200ms;
        const auto response = fetch(std::move(request));
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::Timeout), response.error().chain().c_str());
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void refusedConnection() {
        std::string url;
        {
            HttpServer server([](const ServerRequest&) { return ServerReply::silence(); });
            url = server.url();
        }
        const auto response = fetch(get(url));
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::Refused), response.error().chain().c_str());
    }

    void unknownName() {
        const auto response = fetch(get("https://no-such-host.invalid/"), {{}, "direct"});
        QVERIFY(!response);
        const Code code = response.error().code();
        QVERIFY2(code.is(NetError::Dns) || code.is(NetError::Offline), response.error().chain().c_str());
        QCOMPARE(response.error().fact("host"), std::string_view("no-such-host.invalid"));
    }

    void cancelAbortsTheTransfer() {
        HttpServer server([](const ServerRequest&) { return ServerReply::silence(); });
        client_ = std::make_unique<QtHttpClient>();
        auto future = client_->send(get(server.url()));
        QTRY_COMPARE(server.requests().size(), 1);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(future.resultCount(), 0);
    }

    void closingTheClientEndsItsTransfers() {
        HttpServer server([](const ServerRequest&) { return ServerReply::silence(); });
        client_ = std::make_unique<QtHttpClient>();
        HttpRequest request = post(server.url(), "body");
        request.headers = {{"Content-Type", "text/plain"}};
        auto future = client_->send(std::move(request));
        QTRY_COMPARE(server.requests().size(), 1);
        client_.reset();
        QVERIFY(future.isFinished());
        const auto response = future.takeResult();
        QVERIFY(!response && response.error().code().is(NetError::Canceled));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void severalAtOnce() {
        HttpServer server([](const ServerRequest& request) { return ServerReply::http(200, request.target); });
        client_ = std::make_unique<QtHttpClient>();
        std::vector<QFuture<Result<HttpResponse>>> futures;
        for (int i = 0; i < 30; ++i) futures.push_back(client_->send(get(server.url("/" + std::to_string(i)))));
        for (int i = 0; i < 30; ++i) {
            const auto response = answerOf(futures[static_cast<std::size_t>(i)]);
            QVERIFY(response);
            QCOMPARE(response->body.reveal(), std::string_view("/" + std::to_string(i)));
        }
    }

    void namesAreResolvedAndEveryAddressIsTried() {
        // "localhost" is ::1 first on many machines, and nobody listens there.
        HttpServer server([](const ServerRequest& request) { return ServerReply::http(200, request.headers.value("host")); });
        const std::string host = "localhost:" + std::to_string(server.serverPort());
        const auto response = fetch(get("http://" + host + "/"));
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->body.reveal(), std::string_view(host));
    }

    void tlsIsCheckedAgainstTheName() {
        const auto authority = makeCertificate({.commonName = "Test CA", .alternativeNames = {}, .authority = true});
        const auto byName = makeCertificate({.alternativeNames = "DNS:localhost"}, &authority);
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, "safe"); }, byName);
        const QtHttpSettings settings{authority.certificatePem.toStdString(), {}};
        QVERIFY(fetch(get("https://localhost:" + std::to_string(server.serverPort()) + "/"), settings));
        const auto byAddress = fetch(get(server.url()), settings);
        QVERIFY(!byAddress && byAddress.error().code().is(NetError::Tls));
    }

    void largeBodiesOverTls() {
        const auto authority = makeCertificate({.commonName = "Test CA", .alternativeNames = {}, .authority = true});
        HttpServer server([](const ServerRequest& request) { return ServerReply::http(200, request.body + request.body); },
                          makeCertificate({}, &authority));
        const std::string body(1'000'000, 'b');
        const auto response = fetch(post(server.url(), body), {authority.certificatePem.toStdString(), {}});
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->body.reveal(), std::string_view(body + body));
    }

    void tlsWithAnAuthorityOfOnesOwn() {
        const auto authority = makeCertificate({.commonName = "Test CA", .alternativeNames = {}, .authority = true});
        const auto leaf = makeCertificate({}, &authority);
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, "safe"); }, leaf);
        const auto response = fetch(get(server.url()), {authority.certificatePem.toStdString(), {}});
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->body.reveal(), std::string_view("safe"));
    }

    void tlsRefusals_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"self-signed", "unknown authority", "wrong host", "expired", "not yet valid", "no names", "not TLS", "old TLS"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void tlsRefusals() {
        QFETCH(QString, kind);
        const auto authority = makeCertificate({.commonName = "Test CA", .alternativeNames = {}, .authority = true});
        const auto other = makeCertificate({.commonName = "Another CA", .alternativeNames = {}, .authority = true});
        CertificateWish wish;
        const CertificateAndKey* issuer = &authority;
        QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater;
        if (kind == QLatin1String("self-signed")) issuer = nullptr;
        if (kind == QLatin1String("unknown authority")) issuer = &other;
        if (kind == QLatin1String("wrong host")) wish.alternativeNames = "DNS:other.example";
        if (kind == QLatin1String("no names")) wish = {.commonName = "nobody", .alternativeNames = {}};
        if (kind == QLatin1String("expired")) wish.validFromDays = -30, wish.validToDays = -1;
        if (kind == QLatin1String("not yet valid")) wish.validFromDays = 2;
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        if (kind == QLatin1String("old TLS")) protocol = QSsl::TlsV1_1;
        QT_WARNING_POP
        const auto leaf = makeCertificate(wish, issuer);
        int served = 0;
        HttpServer server([&](const ServerRequest&) { return ++served, ServerReply::http(200, "unsafe"); },
                          kind == QLatin1String("not TLS") ? std::nullopt : std::optional(leaf), protocol);
        const std::string url = "https://127.0.0.1:" + std::to_string(server.serverPort()) + "/";
        HttpRequest request = get(url);
        request.timeout = kind == QLatin1String("not TLS") ? 500ms : 5000ms;
        const auto response = fetch(std::move(request), {authority.certificatePem.toStdString(), {}});
        QVERIFY(!response);
        if (kind == QLatin1String("not TLS")) {
            // The server sees a request it never answers, or the client sees bytes that are no handshake.
            QVERIFY(response.error().code().is(NetError::Tls) || response.error().code().is(NetError::Timeout) ||
                    response.error().code().is(NetError::ConnectionLost));
        } else {
            QVERIFY2(response.error().code().is(NetError::Tls), response.error().chain().c_str());
            QVERIFY(!response.error().fact("reason").empty());
        }
        QCOMPARE(served, 0);
        if (kind == QLatin1String("unknown authority")) QCOMPARE(response.error().fact("issuer"), std::string_view("Another CA"));
    }

    void proxyThatWantsAPassword() {
        HttpServer proxy([](const ServerRequest&) {
            return ServerReply::http(407, "", {"Proxy-Authenticate: Basic realm=\"corp\""});
        });
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
        const auto response = fetch(get("https://sts.eu-west-1.amazonaws.com/"));
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::ProxyAuthentication), response.error().chain().c_str());
        QCOMPARE(response.error().fact("proxy"), "127.0.0.1:" + std::to_string(proxy.serverPort()));
        QCOMPARE(proxy.requests()[0].method, QByteArray("CONNECT"));
    }

    void proxyThatIsNotThere() {
        quint16 port = 0;
        {
            HttpServer closed([](const ServerRequest&) { return ServerReply::silence(); });
            port = closed.serverPort();
        }
        const auto response = fetch(get("https://sts.eu-west-1.amazonaws.com/"), {{}, "http://127.0.0.1:" + std::to_string(port)});
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::ProxyUnreachable), response.error().chain().c_str());
        QCOMPARE(response.error().fact("proxy"), "127.0.0.1:" + std::to_string(port));
    }

    void proxyThatRefusesTheTunnel() {
        HttpServer proxy([](const ServerRequest&) { return ServerReply::http(403, "no"); });
        const auto response = fetch(get("https://sts.eu-west-1.amazonaws.com/"), {{}, "http://127.0.0.1:" + std::to_string(proxy.serverPort())});
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::ProxyUnreachable), response.error().chain().c_str());
        QVERIFY(!response.error().fact("reason").empty());
    }

    void systemProxyIsUsed() {
        HttpServer proxy([](const ServerRequest&) { return ServerReply::http(407, "", {"Proxy-Authenticate: Basic realm=\"corp\""}); });
        qputenv("https_proxy", QByteArray("http://127.0.0.1:") + QByteArray::number(proxy.serverPort()));
        qputenv("http_proxy", qgetenv("https_proxy"));
        const auto response = fetch(get("https://sts.eu-west-1.amazonaws.com/"));
        qunsetenv("https_proxy");
        qunsetenv("http_proxy");
        QVERIFY(!response);
        QVERIFY2(response.error().code().is(NetError::ProxyAuthentication), response.error().chain().c_str());
        QCOMPARE(proxy.requests().size(), 1);
    }

    void theOwnMachineIsReachedWithoutProxy() {
        HttpServer server([](const ServerRequest&) { return ServerReply::http(200, "direct"); });
        HttpServer proxy([](const ServerRequest&) { return ServerReply::http(502, "proxied"); });
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
        const auto response = fetch(get(server.url()));
        QVERIFY(response);
        QCOMPARE(response->body.reveal(), std::string_view("direct"));
        QCOMPARE(proxy.requests().size(), 0);
    }
};

QTEST_GUILESS_MAIN(QtHttpClientTest)
#include "test_qt_http_client.moc"
