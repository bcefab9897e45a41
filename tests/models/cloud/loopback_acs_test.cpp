// The listener of the system browser's sign-in, spoken to by plain sockets: what it takes and what changes nothing.
#include "models/cloud/loopback_acs.h"
#include "tests/support/fake_clock.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

const QByteArray samlForm = "SAMLResponse=PHg%2BPC94Pg%3D%3D&RelayState=https%3A%2F%2Fconsole.aws.amazon.com%2F+x";

QByteArray request(const QByteArray& start, const QByteArray& host, const QByteArray& body, const QList<QByteArray>& lines = {}) {
    QByteArray bytes = start + "\r\nHost: " + host + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                       QByteArray::number(body.size()) + "\r\n";
    for (const QByteArray& line : lines) bytes += line + "\r\n";
    return bytes + "\r\n" + body;
}

} // namespace

Q_DECLARE_METATYPE(std::shared_ptr<gw::saml::CapturedResponse>)

class LoopbackAcsTest : public QObject {
    Q_OBJECT

    FakeClock clock_;
    std::unique_ptr<LoopbackAcs> acs_;
    quint16 port_ = 0;
    std::shared_ptr<saml::CapturedResponse> captured_;
    std::optional<Error> failed_;

    void open(LoopbackAcsSettings settings = {}) {
        settings.title = "Gatewarden <&>";
        settings.doneText = "You may close this tab.";
        settings.refusedText = "Not what was expected.";
        acs_ = std::make_unique<LoopbackAcs>(settings, clock_);
        connect(acs_.get(), &LoopbackAcs::captured, this, [this](std::shared_ptr<saml::CapturedResponse> response) { captured_ = std::move(response); });
        connect(acs_.get(), &LoopbackAcs::failed, this, [this](const Error& error) { failed_ = error; });
        const auto url = acs_->listen();
        QVERIFY(url);
        port_ = static_cast<quint16>(QUrl(QString::fromStdString(*url)).port());
    }
    [[nodiscard]] QByteArray host() const { return "127.0.0.1:" + QByteArray::number(port_); }
    // Everything the listener says until it closes.
    QByteArray exchange(const QByteArray& bytes, int pieces = 1) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port_);
        QByteArray answer;
        connect(&socket, &QTcpSocket::readyRead, this, [&] { answer += socket.readAll(); });
        if (!QTest::qWaitFor([&] { return socket.state() != QAbstractSocket::ConnectingState; }) || socket.state() != QAbstractSocket::ConnectedState)
            return "(not connected)";
        const qsizetype step = bytes.size() / pieces + 1;
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            socket.write(bytes.mid(at, step));
            socket.flush();
            QTest::qWait(pieces > 1 ? 2 : 0);
        }
        [[maybe_unused]] const bool closed = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
        return answer + socket.readAll();
    }

private Q_SLOTS:
    void init() {
        captured_.reset();
        failed_.reset();
    }
    void cleanup() { acs_.reset(); }

    void takesTheResponse_data() {
        QTest::addColumn<int>("pieces");
        QTest::newRow("at once") << 1;
        QTest::newRow("in forty pieces") << 40;
    }
    void takesTheResponse() {
        QFETCH(int, pieces);
        open();
        const QByteArray answer = exchange(request("POST /saml/acs HTTP/1.1", host(), samlForm, {"Origin: https://id.northwind.example", "Sec-Fetch-Dest: document"}), pieces);
        QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
        QVERIFY(answer.contains("\r\nCache-Control: no-store\r\n"));
        QVERIFY(answer.contains("\r\nContent-Security-Policy: default-src 'none';"));
        QVERIFY(answer.contains("Gatewarden &lt;&amp;&gt;"));
        QVERIFY(answer.contains("You may close this tab."));
        QVERIFY(!answer.contains("PHg"));
        QVERIFY(captured_ != nullptr);
        QCOMPARE(captured_->base64.reveal(), std::string_view("PHg+PC94Pg=="));
        QCOMPARE(captured_->relayState, std::string("https://console.aws.amazon.com/ x"));
        QCOMPARE(captured_->acs, "http://127.0.0.1:" + std::to_string(port_) + "/saml/acs");
        QCOMPARE(captured_->source, saml::CaptureSource::SystemBrowser);
        QCOMPARE(captured_->capturedAt, clock_.now());

        // Once is once: nobody listens any more.
        QTcpSocket second;
        second.connectToHost(QStringLiteral("127.0.0.1"), port_);
        QTRY_COMPARE(second.error(), QAbstractSocket::ConnectionRefusedError);
    }

    void answersEvenIfTheOwnerGoesAtOnce() {
        open();
        connect(acs_.get(), &LoopbackAcs::captured, this, [this] { acs_.release()->deleteLater(); });
        const QByteArray answer = exchange(request("POST /saml/acs HTTP/1.1", host(), samlForm));
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QVERIFY(answer.endsWith("</html>"));
    }

    void localhostIsTheSameMachine() {
        open();
        const QByteArray name = "LOCALHOST:" + QByteArray::number(port_);
        QVERIFY(exchange(request("POST /saml/acs?x=1 HTTP/1.1", name, samlForm)).startsWith("HTTP/1.1 200"));
        QVERIFY(captured_ != nullptr);
        QCOMPARE(captured_->acs, "http://localhost:" + std::to_string(port_) + "/saml/acs");
    }

    void refusesAndGoesOn_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const QByteArray post = "POST /saml/acs HTTP/1.1";
        QTest::newRow("get") << request("GET /saml/acs HTTP/1.1", "HOST", "") << 405;
        QTest::newRow("icon") << QByteArray("GET /favicon.ico HTTP/1.1\r\nHost: HOST\r\n\r\n") << 405;
        QTest::newRow("preflight") << request("OPTIONS /saml/acs HTTP/1.1", "HOST", "") << 405;
        QTest::newRow("other path") << request("POST /saml/acsx HTTP/1.1", "HOST", samlForm) << 404;
        QTest::newRow("rebound name") << request(post, "evil.example:PORT", samlForm) << 421;
        QTest::newRow("loopback of another port") << request(post, "127.0.0.1:1", samlForm) << 421;
        QTest::newRow("no port") << request(post, "127.0.0.1", samlForm) << 421;
        QTest::newRow("no field") << request(post, "HOST", "RelayState=x") << 400;
        QTest::newRow("empty field") << request(post, "HOST", "SAMLResponse=") << 400;
        QTest::newRow("script") << request(post, "HOST", samlForm, {"Sec-Fetch-Dest: empty"}) << 403;
        QTest::newRow("frame") << request(post, "HOST", samlForm, {"Sec-Fetch-Dest: iframe"}) << 403;
        QTest::newRow("no host") << QByteArray("POST /saml/acs HTTP/1.1\r\nContent-Length: 0\r\n\r\n") << 400;
        QTest::newRow("two hosts") << request(post, "HOST", samlForm, {"Host: HOST"}) << 400;
        QTest::newRow("two lengths") << request(post, "HOST", samlForm, {"Content-Length: 5"}) << 400;
        QTest::newRow("chunked") << request(post, "HOST", samlForm, {"Transfer-Encoding: chunked"}) << 411;
        QTest::newRow("multipart") << QByteArray(post + "\r\nHost: HOST\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1\r\n\r\nx") << 415;
        QTest::newRow("no length") << QByteArray(post + "\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n") << 411;
        QTest::newRow("negative length") << QByteArray(post + "\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n") << 400;
        QTest::newRow("huge length") << QByteArray(post + "\r\nHost: HOST\r\nContent-Length: 99999999999\r\n\r\n") << 413;
        QTest::newRow("length beyond numbers") << QByteArray(post + "\r\nHost: HOST\r\nContent-Length: 99999999999999999999999\r\n\r\n") << 400;
        QTest::newRow("value too long") << request(post, "HOST", "SAMLResponse=" + QByteArray((1 << 20) + 1, 'A')) << 413;
        QTest::newRow("head without end") << QByteArray("POST /" + QByteArray(20'000, 'a')) << 431;
        QTest::newRow("old version") << QByteArray("POST /saml/acs HTTP/0.9\r\nHost: HOST\r\n\r\n") << 505;
        QTest::newRow("absolute target") << request("POST http://127.0.0.1/saml/acs HTTP/1.1", "HOST", samlForm) << 400;
        QTest::newRow("noise") << QByteArray("\x16\x03\x01\x02\r\n\r\n", 8) << 400;
    }
    void refusesAndGoesOn() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        open();
        bytes.replace("HOST", host()).replace("PORT", QByteArray::number(port_));
        const QByteArray answer = exchange(bytes);
        QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status)), answer.left(200).constData());
        QVERIFY(captured_ == nullptr && !failed_);
        QVERIFY(exchange(request("POST /saml/acs HTTP/1.1", host(), samlForm)).startsWith("HTTP/1.1 200"));
        QVERIFY(captured_ != nullptr);
    }

    void idleConnectionsDoNotBlock() {
        open();
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        for (int i = 0; i < 5; ++i) {
            idle.push_back(std::make_unique<QTcpSocket>());
            idle.back()->connectToHost(QStringLiteral("127.0.0.1"), port_);
            QTRY_COMPARE(idle.back()->state(), QAbstractSocket::ConnectedState);
        }
        QVERIFY(exchange(request("POST /saml/acs HTTP/1.1", host(), samlForm)).startsWith("HTTP/1.1 200"));
        QVERIFY(captured_ != nullptr);
    }

    void givesUpAfterTheTimeout() {
        LoopbackAcsSettings settings;
        settings.timeout = 50ms;
        open(settings);
        QTRY_VERIFY(failed_.has_value());
        QVERIFY(failed_->code().is(LoopbackError::Timeout));
        QCOMPARE(exchange("x"), QByteArray("(not connected)"));
    }

    void saysWhenThePortIsTaken() {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost)));
        LoopbackAcsSettings settings;
        settings.port = other.serverPort();
        LoopbackAcs acs(settings, clock_);
        const auto url = acs.listen();
        QVERIFY(!url && url.error().code().is(LoopbackError::PortInUse));
        QCOMPARE(url.error().fact("port"), std::to_string(other.serverPort()));
    }
};

QTEST_GUILESS_MAIN(LoopbackAcsTest)
#include "loopback_acs_test.moc"
