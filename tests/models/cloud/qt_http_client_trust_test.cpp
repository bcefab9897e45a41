// Real TLS and proxies in this process: whom the client believes, and by which way it goes.
#include "tests/models/cloud/http_fetch.h"
#include "tests/support/http_server.h"

#include <QNetworkProxy>
#include <QTest>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

class QtHttpClientTrustTest : public QObject, private Fetcher {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() {
        dropClient();
        QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::DefaultProxy));
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
        request.timeout = kind == QLatin1String("not TLS") ? 500ms : 15'000ms;
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

QTEST_GUILESS_MAIN(QtHttpClientTrustTest)
#include "qt_http_client_trust_test.moc"
