// The HTTP server by raw bytes over real sockets: addresses, limits, timeouts, keep-alive.
#include "app/practice/http_server.h"
#include "tests/practice/local_client.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <memory>

using gw::practice::HttpRequest;
using gw::practice::HttpResponse;
using gw::practice::HttpServer;
using gw::test::LocalClient;
using gw::test::LocalResponse;
using namespace std::chrono_literals;

class HttpServerTest : public QObject {
    Q_OBJECT

private:
    // The tests block on their sockets, so the server lives in a thread of its own, as it does in the program.
    QThread thread_;
    HttpServer* server_ = nullptr;
    std::string url_;

    [[nodiscard]] std::string host() const { return "Host: " + gw::test::authorityOf(url_) + "\r\n"; }
    [[nodiscard]] LocalResponse send(const std::string& bytes) const { return LocalClient::exchange(url_, bytes); }

private Q_SLOTS:
    void initTestCase() {
        server_ = new HttpServer([] { return gw::UtcTime::fromUnixSeconds(1'795'525'504); },
                                 {.requestLine = 1000, .head = 4000, .headerCount = 20, .body = 100'000, .connections = 6},
                                 {.request = 400ms, .idle = 600ms, .drain = 200ms});
        server_->moveToThread(&thread_);
        connect(&thread_, &QThread::finished, server_, &QObject::deleteLater);
        thread_.start();
        bool listening = false;
        QMetaObject::invokeMethod(
            server_,
            [&] {
                server_->setHandler([](const HttpRequest& request) {
                    HttpResponse response{
                        200, {}, request.method + ' ' + request.target + ' ' + std::to_string(request.body.size()), {}};
                    if (request.path == "/slow") response.delay = 300ms;
                    if (request.path == "/big") response.body.assign(std::size_t{30} << 20U, 'x');
                    return response;
                });
                listening = server_->listen().has_value();
            },
            Qt::BlockingQueuedConnection);
        QVERIFY(listening);
        url_ = server_->origin() + "/";
    }

    void cleanupTestCase() {
        thread_.quit();
        QVERIFY(thread_.wait(5'000));
    }

    void answersWithDateAndLength() {
        const LocalResponse response = send("GET /x HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, std::string("GET /x 0"));
        QCOMPARE(response.header("date"), std::string("Tue, 24 Nov 2026 13:05:04 GMT"));
        QCOMPARE(response.header("content-length"), std::string("8"));
        QCOMPARE(response.header("connection"), std::string("close"));
    }

    void refusesOtherHosts_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("rebound name") << QStringLiteral("evil.example");
        QTest::newRow("rebound name with the port") << QStringLiteral("evil.example:PORT");
        QTest::newRow("localhost") << QStringLiteral("localhost:PORT");
        QTest::newRow("no port") << QStringLiteral("127.0.0.1");
        QTest::newRow("other port") << QStringLiteral("127.0.0.1:1");
        QTest::newRow("suffix") << QStringLiteral("127.0.0.1:PORT.evil.example");
        QTest::newRow("user info") << QStringLiteral("127.0.0.1:PORT@evil.example");
    }
    void refusesOtherHosts() {
        QFETCH(QString, name);
        const std::string authority = gw::test::authorityOf(url_);
        name.replace(QStringLiteral("PORT"), QString::fromStdString(authority.substr(authority.find(':') + 1)));
        const LocalResponse response = send("GET / HTTP/1.1\r\nHost: " + name.toStdString() + "\r\nConnection: close\r\n\r\n");
        QCOMPARE(response.status, 421);
    }

    void refusesWhatIsTooLarge_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::newRow("target") << "GET /" + QByteArray(5'000, 'x') + " HTTP/1.1\r\n" << 414;
        QTest::newRow("headers") << "GET / HTTP/1.1\r\nX: " + QByteArray(50'000, 'x') << 431;
        QTest::newRow("announced body") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n") << 413;
        QTest::newRow("body that is being sent")
            << "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + QByteArray(900'000, 'x') << 413;
        QTest::newRow("chunks") << QByteArray(
                                       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
                                << 501;
        QTest::newRow("TLS hello") << QByteArray::fromHex("16030100a5010000a10303") + "\r\n\r\n" << 400;
    }
    void refusesWhatIsTooLarge() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const LocalResponse response = send(bytes.toStdString());
        QCOMPARE(response.status, status);
        QCOMPARE(response.header("connection"), std::string("close"));
    }

    void takesABodyUpToTheLimit() {
        const LocalResponse response = send("POST / HTTP/1.1\r\n" + host() +
                                            "Connection: close\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, std::string("POST / 100000"));
    }

    void givesUpOnASlowRequest() {
        const LocalResponse response = send("GET / HTTP/1.1\r\n");
        QCOMPARE(response.status, 408);
    }

    void trickleDoesNotProlongARequest() {
        QTcpSocket socket;
        const std::string authority = gw::test::authorityOf(url_);
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(std::stoi(authority.substr(10))));
        QVERIFY(socket.waitForConnected(2'000));
        QByteArray received;
        const QDeadlineTimer deadline(5'000);
        while (!deadline.hasExpired() && !received.startsWith("HTTP/1.1 408")) {
            socket.write("G");
            socket.waitForReadyRead(50);
            received += socket.readAll();
        }
        QVERIFY(received.startsWith("HTTP/1.1 408"));
        QVERIFY(deadline.remainingTime() > 3'000);
    }

    void closesIdleConnectionsWithoutAWord() { QCOMPARE(LocalClient::exchangeRaw(url_, ""), std::string()); }

    void servesSeveralRequestsOnOneConnection() {
        const std::string one = "GET /1 HTTP/1.1\r\n" + host() + "\r\n";
        const std::string slow = "GET /slow HTTP/1.1\r\n" + host() + "\r\n";
        const std::string last = "HEAD /3 HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n";
        const std::string all = LocalClient::exchangeRaw(url_, one + slow + last);
        const auto first = all.find("GET /1 0");
        const auto second = all.find("GET /slow 0");
        QVERIFY(first != std::string::npos);
        QVERIFY(second != std::string::npos && second > first);
        QVERIFY(all.ends_with("Connection: close\r\n\r\n"));
        QVERIFY(all.find("HEAD /3") == std::string::npos);
    }

    void survivesAClientThatLeavesWhileItWaits() {
        {
            QTcpSocket socket;
            const std::string authority = gw::test::authorityOf(url_);
            socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(std::stoi(authority.substr(10))));
            QVERIFY(socket.waitForConnected(2'000));
            socket.write(("GET /slow HTTP/1.1\r\n" + host() + "\r\n").c_str());
            QVERIFY(socket.waitForBytesWritten(2'000));
            socket.abort();
        }
        QCOMPARE(send("GET /slow HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n").status, 200);
    }

    void asksForAWithheldBody() {
        const std::string all = LocalClient::exchangeRaw(
            url_, "POST / HTTP/1.1\r\n" + host() + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n");
        QVERIFY(all.starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
    }

    void boundsTheNumberOfConnections() {
        const std::string authority = gw::test::authorityOf(url_);
        const auto port = static_cast<quint16>(std::stoi(authority.substr(10)));
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 6; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->connectToHost(QStringLiteral("127.0.0.1"), port);
            QVERIFY(sockets.back()->waitForConnected(2'000));
        }
        QCOMPARE(send("GET / HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n").status, 0);
        sockets.clear();
        QTRY_COMPARE(send("GET / HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n").status, 200);
    }

    void dropsClientsThatDoNotReadTheirAnswer() {
        const std::string authority = gw::test::authorityOf(url_);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 6; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            sockets.back()->setReadBufferSize(1);
            sockets.back()->connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(std::stoi(authority.substr(10))));
            QVERIFY(sockets.back()->waitForConnected(2'000));
            sockets.back()->write(
                ("GET /big HTTP/1.1\r\n" + host() + (i % 2 == 0 ? "Connection: close\r\n\r\n" : "\r\n")).c_str());
            QVERIFY(sockets.back()->waitForBytesWritten(2'000));
        }
        QTRY_COMPARE(send("GET / HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n").status, 200);
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "http_server_test.moc"
