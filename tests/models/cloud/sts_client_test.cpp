// AssumeRoleWithSAML against a server in this process: the bytes that are sent, every error of AWS's table, repetitions.
#include "models/cloud/name_qualifier.h"
#include "models/cloud/qt_http_client.h"
#include "models/cloud/sts_client.h"
#include "saml/base/base64.h"
#include "saml/protocol/captured_response.h"
#include "tests/support/fake_clock.h"
#include "tests/support/http_server.h"

#include <QTest>

#include <memory>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

namespace {

constexpr char role[] = "arn:aws:iam::111122223333:role/payments/PaymentsReadOnly";
constexpr char provider[] = "arn:aws:iam::111122223333:saml-provider/northwind";

QByteArray success() {
    return R"(<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithSAMLResult>
    <Issuer>https://id.northwind.example/realms/staff</Issuer>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::111122223333:assumed-role/PaymentsReadOnly/alice</Arn>
      <AssumedRoleId>AROACMEXAMPLE:alice</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAEXAMPLEEXAMPLE01</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey>
      <SessionToken>AQoDYXdzEPT//////////wEXAMPLE+token==</SessionToken>
      <Expiration>2026-11-24T14:05:00Z</Expiration>
    </Credentials>
    <Audience>https://signin.aws.amazon.com/saml</Audience>
    <SubjectType>transient</SubjectType>
    <PackedPolicySize>6</PackedPolicySize>
    <NameQualifier>SbdGOnUkh1i4+EXAMPLExL/jEvs=</NameQualifier>
    <SourceIdentity>alice@northwind.example</SourceIdentity>
    <Subject>G-1234&amp;5</Subject>
  </AssumeRoleWithSAMLResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleWithSAMLResponse>)";
}

QByteArray errorXml(const QByteArray& code, const QByteArray& message) {
    return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>" + code +
           "</Code>\n    <Message>" + message + "</Message>\n  </Error>\n  <RequestId>req-1</RequestId>\n</ErrorResponse>\n";
}

const QByteArray dateLine = "Date: Tue, 24 Nov 2026 13:05:00 GMT";

} // namespace

class StsClientTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpServer> server_;
    QList<ServerReply> replies_;
    FakeClock clock_{*UtcTime::parse("2026-11-24T13:00:00Z")};
    QtHttpClient http_;
    std::unique_ptr<StsClient> sts_;

    AssumeRoleWithSamlRequest request() const {
        AssumeRoleWithSamlRequest request;
        request.role = *aws::RoleArn::parse(role);
        request.provider = *aws::SamlProviderArn::parse(provider);
        request.assertion = Secret(encodeBase64("<samlp:Response>\xff\xfe~~~>>>\xbf\xff\xff</samlp:Response>"));
        request.region = aws::Region("eu-west-1");
        request.endpoint = server_->url();
        return request;
    }
    void answerWith(QList<ServerReply> replies) { replies_ = std::move(replies); }
    Result<AssumedRole> call(AssumeRoleWithSamlRequest wanted) {
        auto future = sts_->assumeRoleWithSaml(std::move(wanted));
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000)) return fail(StsError::NoAnswer, "never finished");
        return future.takeResult();
    }
    std::string sent(const char* field, int index = 0) const {
        return saml::formField(std::string_view(server_->requests()[index].body.toStdString()), field).value_or("(absent)");
    }

private Q_SLOTS:
    void init() {
        replies_.clear();
        server_ = std::make_unique<HttpServer>([this](const ServerRequest&) {
            return replies_.size() > 1 ? replies_.takeFirst() : replies_.value(0, ServerReply::http(200, success(), {dateLine}));
        });
        sts_ = std::make_unique<StsClient>(http_, clock_, StsRetry{3, 20ms});
    }

    void sendsTheFormAndReadsTheCredentials() {
        auto wanted = request();
        wanted.duration = 3600s;
        wanted.sessionPolicy = R"({"Version":"2012-10-17","Statement":[]})";
        const std::string assertion(wanted.assertion.reveal());
        QVERIFY2(assertion.find('+') != std::string::npos && assertion.find('/') != std::string::npos && assertion.find('=') != std::string::npos,
                 "the assertion should hold every character that a form must escape");
        const auto answer = call(std::move(wanted));
        QVERIFY2(answer, answer ? "" : answer.error().chain().c_str());

        QCOMPARE(server_->requests()[0].method, QByteArray("POST"));
        QVERIFY(server_->requests()[0].headers.value("content-type").startsWith("application/x-www-form-urlencoded"));
        QVERIFY(!server_->requests()[0].headers.contains("authorization"));
        QCOMPARE(sent("Action"), std::string("AssumeRoleWithSAML"));
        QCOMPARE(sent("Version"), std::string("2011-06-15"));
        QCOMPARE(sent("RoleArn"), std::string(role));
        QCOMPARE(sent("PrincipalArn"), std::string(provider));
        QCOMPARE(sent("SAMLAssertion"), assertion);
        QCOMPARE(sent("DurationSeconds"), std::string("3600"));
        QCOMPARE(sent("Policy"), std::string(R"({"Version":"2012-10-17","Statement":[]})"));
        for (const char raw : {'+', '/', ' ', ':', '{', '"'}) QVERIFY(!server_->requests()[0].body.contains(raw));

        QCOMPARE(answer->credentials.accessKeyId, std::string("ASIAEXAMPLEEXAMPLE01"));
        QCOMPARE(answer->credentials.secretAccessKey.reveal(), std::string_view("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        QCOMPARE(answer->credentials.sessionToken.reveal(), std::string_view("AQoDYXdzEPT//////////wEXAMPLE+token=="));
        QCOMPARE(answer->credentials.expiration.toRfc3339(), std::string("2026-11-24T14:05:00Z"));
        QCOMPARE(answer->assumedRoleArn, std::string("arn:aws:sts::111122223333:assumed-role/PaymentsReadOnly/alice"));
        QCOMPARE(answer->assumedRoleId, std::string("AROACMEXAMPLE:alice"));
        QCOMPARE(answer->subject, std::string("G-1234&5"));
        QCOMPARE(answer->subjectType, std::string("transient"));
        QCOMPARE(answer->issuer, std::string("https://id.northwind.example/realms/staff"));
        QCOMPARE(answer->audience, std::string("https://signin.aws.amazon.com/saml"));
        QCOMPARE(answer->nameQualifier, std::string("SbdGOnUkh1i4+EXAMPLExL/jEvs="));
        QCOMPARE(answer->sourceIdentity, std::string("alice@northwind.example"));
        QCOMPARE(answer->packedPolicySize, std::optional(6));
        QCOMPARE(answer->requestId, std::string("c6104cbe-af31-11e0-8154-cbc7ccf896c7"));
        QVERIFY(answer->clockOffset.has_value());
        QCOMPARE(*answer->clockOffset, std::chrono::milliseconds(5min));
        QVERIFY(!answer->durationCapped);
    }

    void whiteSpaceInTheAssertionIsDropped() {
        auto wanted = request();
        std::string folded;
        for (const char c : std::string(wanted.assertion.reveal())) folded += std::string(1, c) + "\r\n ";
        const std::string plain(wanted.assertion.reveal());
        wanted.assertion = Secret(std::move(folded));
        QVERIFY(call(std::move(wanted)));
        QCOMPARE(sent("SAMLAssertion"), plain);
    }

    void refusesBeforeSending_data() {
        QTest::addColumn<QByteArray>("assertion");
        QTest::addColumn<int>("duration");
        QTest::addColumn<int>("policy");
        QTest::addColumn<QString>("expected");
        const QByteArray good = "PHg+PC94Pg==";
        QTest::newRow("largest assertion") << QByteArray(100'000, 'A') << 0 << 0 << QString();
        QTest::newRow("too large") << QByteArray(100'004, 'A') << 0 << 0 << QStringLiteral("sts.assertion_too_large");
        QTest::newRow("large by white space only") << QByteArray(100'000, 'A') + QByteArray(500, '\n') << 0 << 0 << QString();
        QTest::newRow("not base64") << QByteArray("<xml/>") << 0 << 0 << QStringLiteral("sts.invalid_request");
        QTest::newRow("empty") << QByteArray() << 0 << 0 << QStringLiteral("sts.invalid_request");
        QTest::newRow("shortest duration") << good << 900 << 0 << QString();
        QTest::newRow("longest duration") << good << 43'200 << 0 << QString();
        QTest::newRow("duration too short") << good << 899 << 0 << QStringLiteral("sts.invalid_request");
        QTest::newRow("duration too long") << good << 43'201 << 0 << QStringLiteral("sts.invalid_request");
        QTest::newRow("longest policy") << good << 0 << 2048 << QString();
        QTest::newRow("policy too long") << good << 0 << 2049 << QStringLiteral("sts.invalid_request");
    }
    void refusesBeforeSending() {
        QFETCH(QByteArray, assertion);
        QFETCH(int, duration);
        QFETCH(int, policy);
        QFETCH(QString, expected);
        auto wanted = request();
        wanted.assertion = Secret(assertion.toStdString());
        if (duration != 0) wanted.duration = std::chrono::seconds(duration);
        wanted.sessionPolicy = std::string(static_cast<std::size_t>(policy), ' ');
        const auto answer = call(std::move(wanted));
        QCOMPARE(answer ? QString() : QString::fromStdString(answer.error().code().id()), expected);
        QCOMPARE(server_->requests().size(), expected.isEmpty() ? 1 : 0);
        if (expected == QLatin1String("sts.assertion_too_large")) {
            QCOMPARE(answer.error().fact("maximum"), std::string_view("100000"));
            QCOMPARE(answer.error().fact("size"), std::string_view("100004"));
        }
    }

    // AWS's own words, as they are reported in the wild.
    void errors_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<int>("calls");
        const auto row = [](const char* name, int status, const char* code, const char* message, const char* expected, int calls = 1) {
            QTest::newRow(name) << status << QByteArray(code) << QByteArray(message) << QString::fromLatin1(expected) << calls;
        };
        row("expired", 400, "ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance", "sts.expired_token");
        row("signature", 400, "InvalidIdentityToken", "Response signature invalid", "sts.invalid_identity_token");
        row("issuer", 400, "InvalidIdentityToken", "Issuer not present in specified provider", "sts.invalid_identity_token");
        row("claim", 403, "IDPRejectedClaim", "The identity provider reported that authentication failed", "sts.idp_rejected_claim");
        row("denied", 403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", "sts.access_denied");
        row("policy", 400, "MalformedPolicyDocument", "Syntax errors in policy.", "sts.malformed_policy");
        row("packed", 400, "PackedPolicyTooLarge", "Packed policy consumes 120% of allotted space", "sts.packed_policy_too_large");
        row("region", 403, "RegionDisabledException", "STS is not activated in this region for account:111122223333.", "sts.region_disabled");
        row("duration, none asked for", 400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            "sts.duration_too_long");
        row("validation", 400, "ValidationError", "1 validation error detected: Value &apos;x&apos; at &apos;roleArn&apos; failed to satisfy constraint",
            "sts.invalid_request");
        row("throttled", 400, "Throttling", "Rate exceeded", "sts.throttled", 3);
        row("throttled, newer name", 429, "ThrottlingException", "Rate exceeded", "sts.throttled", 3);
        row("internal", 500, "InternalFailure", "We encountered an internal error.", "sts.server_error", 3);
        row("unavailable", 503, "ServiceUnavailable", "try again", "sts.server_error", 3);
        row("unknown 5xx", 502, "SomethingNew", "odd", "sts.server_error", 3);
        row("signature mismatch", 403, "SignatureDoesNotMatch", "The request signature we calculated does not match", "sts.other_error");
        row("unknown", 400, "BrandNewException", "what is this", "sts.other_error");
        row("unknown 429", 429, "BrandNewThrottle", "slow down", "sts.throttled", 3);
    }
    void errors() {
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, message);
        QFETCH(QString, expected);
        QFETCH(int, calls);
        answerWith({ServerReply::http(status, errorXml(code, message), {dateLine, "x-amzn-RequestId: from-header"})});
        const auto answer = call(request());
        QVERIFY(!answer);
        const Error& error = answer.error();
        QCOMPARE(QString::fromStdString(error.code().id()), expected);
        QCOMPARE(server_->requests().size(), calls);
        QCOMPARE(error.fact("code"), code.toStdString());
        QCOMPARE(error.fact("message"), QByteArray(message).replace("&apos;", "'").toStdString());
        QCOMPARE(error.fact("request_id"), std::string_view("req-1"));
        QCOMPARE(error.fact("endpoint"), server_->url());
        QCOMPARE(error.fact("status"), std::to_string(status));
        QCOMPARE(error.fact("server_time"), std::string_view("2026-11-24T13:05:00Z"));
    }

    void answersThatAreNone_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QByteArray noToken = success();
        noToken.replace("<SessionToken>AQoDYXdzEPT//////////wEXAMPLE+token==</SessionToken>", "");
        QByteArray twoLines = success();
        twoLines.replace("ASIAEXAMPLEEXAMPLE01", "ASIAEXAMPLE&#10;[evil]");
        QByteArray badTime = success();
        badTime.replace("2026-11-24T14:05:00Z", "tomorrow");
        QByteArray withDtd = "<!DOCTYPE x [<!ENTITY a \"ASIA\">]>" + success();
        QTest::newRow("captive portal") << 200 << QByteArray("<html><body>Sign in to the Wi-Fi</body></html>") << "sts.unreadable";
        QTest::newRow("redirect") << 302 << QByteArray() << "sts.unreadable";
        QTest::newRow("empty") << 200 << QByteArray() << "sts.unreadable";
        QTest::newRow("truncated") << 200 << success().left(700) << "sts.unreadable";
        QTest::newRow("no token") << 200 << noToken << "sts.unreadable";
        QTest::newRow("line end in a key") << 200 << twoLines << "sts.unreadable";
        QTest::newRow("bad time") << 200 << badTime << "sts.unreadable";
        QTest::newRow("document type") << 200 << withDtd << "sts.unreadable";
        QTest::newRow("not found") << 404 << QByteArray("nope") << "sts.unreadable";
        QTest::newRow("balancer's 503") << 503 << QByteArray("<html>503</html>") << "sts.server_error";
        QTest::newRow("another document") << 200 << QByteArray("<GetCallerIdentityResponse/>") << "sts.unreadable";
    }
    void answersThatAreNone() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        answerWith({ServerReply::http(status, body)});
        const auto answer = call(request());
        QVERIFY(!answer);
        QCOMPARE(QString::fromStdString(answer.error().code().id()), expected);
        QCOMPARE(answer.error().fact("status"), std::to_string(status));
        QVERIFY(answer.error().chain().find("wJalr") == std::string::npos);
    }

    void longMessagesAreCutAtACharacter() {
        answerWith({ServerReply::http(400, errorXml("AccessDenied", QByteArray("é").repeated(4000)))});
        const auto answer = call(request());
        QVERIFY(!answer);
        const std::string message(answer.error().fact("message"));
        QVERIFY(message.size() < 2100);
        QVERIFY(QString::fromStdString(message).indexOf(QChar::ReplacementCharacter) < 0);
        QVERIFY(message.ends_with("…"));
    }

    void durationAboveTheMaximumIsTriedWithout() {
        answerWith({ServerReply::http(400, errorXml("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")),
                    ServerReply::http(200, success())});
        auto wanted = request();
        wanted.duration = 43'200s;
        const auto answer = call(std::move(wanted));
        QVERIFY(answer);
        QVERIFY(answer->durationCapped);
        QCOMPARE(server_->requests().size(), 2);
        QCOMPARE(sent("DurationSeconds", 0), std::string("43200"));
        QCOMPARE(sent("DurationSeconds", 1), std::string("(absent)"));
        QVERIFY(!answer->clockOffset.has_value());
    }

    void durationIsTriedWithoutOnlyOnce() {
        answerWith({ServerReply::http(400, errorXml("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."))});
        auto wanted = request();
        wanted.duration = 43'200s;
        const auto answer = call(std::move(wanted));
        QVERIFY(!answer && answer.error().code().is(StsError::DurationTooLong));
        QCOMPARE(server_->requests().size(), 2);
    }

    void throttlingPasses() {
        answerWith({ServerReply::http(400, errorXml("Throttling", "Rate exceeded")), ServerReply::http(503, ""), ServerReply::http(200, success())});
        const auto answer = call(request());
        QVERIFY(answer);
        QCOMPARE(server_->requests().size(), 3);
        QCOMPARE(sent("SAMLAssertion", 2), sent("SAMLAssertion", 0));
    }

    void noAnswerCarriesTheNetworkFailure() {
        auto wanted = request();
        server_->close();
        const auto answer = call(std::move(wanted));
        QVERIFY(!answer && answer.error().code().is(StsError::NoAnswer));
        QVERIFY(answer.error().cause() != nullptr && answer.error().cause()->code().is(NetError::Refused));
    }

    void cancelDuringTheCall() {
        answerWith({ServerReply::silence()});
        auto future = sts_->assumeRoleWithSaml(request());
        QTRY_COMPARE(server_->requests().size(), 1);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
        QTRY_COMPARE(server_->openConnections(), 0);
    }

    void cancelDuringThePause() {
        sts_ = std::make_unique<StsClient>(http_, clock_, StsRetry{3, 1h});
        answerWith({ServerReply::http(503, "")});
        auto future = sts_->assumeRoleWithSaml(request());
        QTRY_COMPARE(server_->requests().size(), 1);
        QTRY_COMPARE(server_->openConnections(), 0);
        future.cancel();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(server_->requests().size(), 1);
    }

    void closingTheClientEndsItsCalls() {
        answerWith({ServerReply::silence()});
        auto future = sts_->assumeRoleWithSaml(request());
        QTRY_COMPARE(server_->requests().size(), 1);
        sts_.reset();
        QVERIFY(future.isFinished());
        QTRY_COMPARE(server_->openConnections(), 0);
    }

    // A stand-in for the network, since the regional names cannot be served here.
    void disabledRegionFallsBackToThePartitionsDefault() {
        struct Recorder : HttpClient {
            std::vector<std::string> urls;
            QFuture<Result<HttpResponse>> send(HttpRequest sentRequest) override {
                urls.push_back(sentRequest.url);
                HttpResponse response;
                response.status = urls.size() == 1 ? 403 : 200;
                response.body = Secret((urls.size() == 1 ? errorXml("RegionDisabledException", "off") : success()).toStdString());
                QPromise<Result<HttpResponse>> promise;
                promise.start();
                promise.addResult(Result<HttpResponse>(std::move(response)));
                promise.finish();
                return promise.future();
            }
        } recorder;
        sts_ = std::make_unique<StsClient>(recorder, clock_);
        auto wanted = request();
        wanted.endpoint.clear();
        wanted.region = aws::Region("af-south-1");
        QVERIFY(call(std::move(wanted)));
        QCOMPARE(recorder.urls.size(), std::size_t{2});
        QCOMPARE(recorder.urls[0], std::string("https://sts.af-south-1.amazonaws.com/"));
        QCOMPARE(recorder.urls[1], std::string("https://sts.us-east-1.amazonaws.com/"));
    }

    // Computed apart from the code: printf '%s' 'https://id.northwind.example/realms/staff111122223333/northwind' | openssl dgst -sha1 -binary | base64
    void nameQualifierOfTheDocumentation() {
        QCOMPARE(nameQualifier("https://id.northwind.example/realms/staff", *aws::SamlProviderArn::parse(provider)), std::string("b3cT03YPKiyH4E1N4tghKSG2/nM="));
    }
};

QTEST_GUILESS_MAIN(StsClientTest)
#include "sts_client_test.moc"
