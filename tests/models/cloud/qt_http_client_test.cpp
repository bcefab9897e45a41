// Real connections to servers in this process: what arrives, what is refused, and what every failure is called.
#include "tests/models/cloud/http_fetch.h"
#include "tests/support/http_server.h"

#include <QTest>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

// The server leaves the connection open.
ServerReply kept(const QByteArray& body) {
    return {"HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body, false, false};
}

} // namespace

class QtHttpClientTest : public QObject, private Fetcher {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { dropClient(); }

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
        QVERIFY(answerOf(client().send(get(server.url()))));
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
        makeClient();
        auto future = client().send(get(server.url()));
        QTRY_COMPARE(server.requests().size(), 1);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
        QTRY_COMPARE(server.openConnections(), 0);
        QCOMPARE(future.resultCount(), 0);
    }

    void closingTheClientEndsItsTransfers() {
        HttpServer server([](const ServerRequest&) { return ServerReply::silence(); });
        makeClient();
        HttpRequest request = post(server.url(), "body");
        request.headers = {{"Content-Type", "text/plain"}};
        auto future = client().send(std::move(request));
        QTRY_COMPARE(server.requests().size(), 1);
        dropClient();
        QVERIFY(future.isFinished());
        const auto response = future.takeResult();
        QVERIFY(!response && response.error().code().is(NetError::Canceled));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void severalAtOnce() {
        HttpServer server([](const ServerRequest& request) { return ServerReply::http(200, request.target); });
        makeClient();
        std::vector<QFuture<Result<HttpResponse>>> futures;
        for (int i = 0; i < 30; ++i) futures.push_back(client().send(get(server.url("/" + std::to_string(i)))));
        for (int i = 0; i < 30; ++i) {
            const auto response = answerOf(futures[static_cast<std::size_t>(i)]);
            QVERIFY(response);
            QCOMPARE(response->body.reveal(), std::string_view("/" + std::to_string(i)));
        }
    }

    void keepsConnectionsOnlyWhereItIsToldTo() {
        HttpServer server([](const ServerRequest& request) { return kept(request.target); });
        makeClient({{}, {}, 10s});
        for (const char* path : {"/1", "/2", "/3"}) {
            const auto response = answerOf(client().send(post(server.url(path), "x")));
            QVERIFY2(response, response ? "" : response.error().chain().c_str());
            QCOMPARE(response->body.reveal(), std::string_view(path));
        }
        QCOMPARE(server.connectionsMade(), 1);
        QVERIFY(!server.requests()[0].headers.contains("connection"));

        makeClient();
        QVERIFY(answerOf(client().send(get(server.url()))) && answerOf(client().send(get(server.url()))));
        QCOMPARE(server.connectionsMade(), 3);
        QCOMPARE(server.requests().last().headers.value("connection"), QByteArray("close"));
    }

    void keepsConnectionsOfTlsAndOfOneHostOnly() {
        const auto authority = makeCertificate({.commonName = "Test CA", .alternativeNames = {}, .authority = true});
        HttpServer server([](const ServerRequest& request) { return kept(request.target); }, makeCertificate({}, &authority));
        HttpServer other([](const ServerRequest& request) { return kept(request.target); });
        makeClient({authority.certificatePem.toStdString(), {}, 10s});
        for (int i = 0; i < 3; ++i) {
            const auto response = answerOf(client().send(get(server.url("/a"))));
            QVERIFY2(response, response ? "" : response.error().chain().c_str());
            QVERIFY(answerOf(client().send(get(other.url("/b")))));
        }
        QCOMPARE(server.connectionsMade(), 1);
        QCOMPARE(other.connectionsMade(), 1);
    }

    void asksAgainWhereAKeptConnectionEnded() {
        // The first connection is cut as its second request comes, unanswered.
        int asked = 0;
        HttpServer server([&](const ServerRequest& request) {
            return ++asked == 2 ? ServerReply{{}, true, true} : kept(request.target);
        });
        makeClient({{}, {}, 10s});
        QVERIFY(answerOf(client().send(get(server.url("/1")))));
        const auto response = answerOf(client().send(get(server.url("/2"))));
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(asked, 3);

        // Of a fresh connection it is an error, and of one that was cut in the middle of its answer.
        asked = 1;
        makeClient({{}, {}, 10s});
        const auto fresh = answerOf(client().send(get(server.url("/3"))));
        QVERIFY(!fresh && fresh.error().code().is(NetError::ConnectionLost));
        server.setHandler([&](const ServerRequest&) {
            return ++asked == 4 ? ServerReply{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", true, false} : kept("whole");
        });
        QVERIFY(answerOf(client().send(get(server.url("/4")))));
        const auto cut = answerOf(client().send(get(server.url("/5"))));
        QVERIFY(!cut && cut.error().code().is(NetError::ConnectionLost));
    }

    void keptConnectionsGrowOld() {
        HttpServer server([](const ServerRequest& request) { return kept(request.target); });
        makeClient({{}, {}, 50ms});
        QVERIFY(answerOf(client().send(get(server.url()))));
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void namesAreResolvedAndEveryAddressIsTried() {
        // "localhost" is ::1 first on many machines, and nobody listens there.
        HttpServer server([](const ServerRequest& request) { return ServerReply::http(200, request.headers.value("host")); });
        const std::string host = "localhost:" + std::to_string(server.serverPort());
        const auto response = fetch(get("http://" + host + "/"));
        QVERIFY2(response, response ? "" : response.error().chain().c_str());
        QCOMPARE(response->body.reveal(), std::string_view(host));
    }
};

QTEST_GUILESS_MAIN(QtHttpClientTest)
#include "qt_http_client_test.moc"
