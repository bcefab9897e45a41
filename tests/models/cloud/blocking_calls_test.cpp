// When a call is made again, and when it must not be.
#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/blocking_calls.h"
#include "tests/support/fake_clock.h"

#include <QPromise>
#include <QTest>

#include <deque>

namespace gw::cloud {
namespace {

class ScriptedHttp final : public HttpClient {
public:
    std::deque<Result<HttpResponse>> answers;
    std::vector<std::string> sent; // method and the time that it was signed for

    QFuture<Result<HttpResponse>> send(HttpRequest request) override {
        std::string date;
        for (const HttpHeader& each : request.headers)
            if (each.name == "x-amz-date") date = each.value;
        sent.push_back(std::string(methodName(request.method)) + " " + date);
        QPromise<Result<HttpResponse>> promise;
        promise.start();
        if (answers.empty()) {
            promise.addResult(fail(NetError::Refused));
        } else {
            promise.addResult(std::move(answers.front()));
            answers.pop_front();
        }
        promise.finish();
        return promise.future();
    }
};

Result<HttpResponse> response(int status, std::string_view body, std::string_view type = {}, std::optional<UtcTime> date = {}) {
    HttpResponse made;
    made.status = status;
    made.body = Secret(body);
    if (!type.empty()) made.headers.push_back({"x-amzn-errortype", std::string(type)});
    made.date = date;
    return made;
}

const AwsCall put{awsService("vpc-lattice"), "PutAuthPolicy", HttpRequest::Method::Put, "/authpolicy/svc-1", {}, {{"policy", "{}"}}};
const AwsCall get{awsService("vpc-lattice"), "GetAuthPolicy", HttpRequest::Method::Get, "/authpolicy/svc-1", {}, Json::object()};

} // namespace

class BlockingCallsTest : public QObject {
    Q_OBJECT

    struct World {
        // Looked at between calls only, while its thread has nothing to do.
        std::unique_ptr<ScriptedHttp> made = std::make_unique<ScriptedHttp>();
        ScriptedHttp& http = *made;
        test::FakeClock clock{UtcTime::parse("2026-11-30T12:00:00Z").value()};
        int asked = 0;
        CallSession session{"p", aws::Partition::Aws, "http://127.0.0.1:1", [this] {
                                ++asked;
                                return Result<Credentials>(Credentials{"AKID", Secret(std::string_view("s")), Secret(), clock.now() + std::chrono::hours(1)});
                            }};
        bool interrupted = false;
        CallSettings settings{4, 3, std::chrono::milliseconds(1), std::chrono::milliseconds(2), [this] { return interrupted; }};
        BlockingCalls calls{[this] { return std::move(made); }, clock, settings};
        Result<Json> call(const AwsCall& what, bool reads) { return calls.call(session, what, aws::Region("eu-west-1"), reads); }
    };

private Q_SLOTS:
    void throttledCallsComeAgain() {
        World world;
        for (int i = 0; i < 3; ++i) world.http.answers.push_back(response(429, R"({"message":"slow"})", "ThrottlingException"));
        world.http.answers.push_back(response(200, R"({"state":"Active"})"));
        const auto answer = world.call(put, false);
        QVERIFY(answer);
        QCOMPARE(world.http.sent.size(), std::size_t(4));
        QCOMPARE(world.asked, 1);
        for (int i = 0; i < 9; ++i) world.http.answers.push_back(response(429, R"({"message":"slow"})", "ThrottlingException"));
        const auto never = world.call(put, false);
        QVERIFY(!never && never.error().code().is(AwsError::Throttled));
        QCOMPARE(world.http.sent.size(), std::size_t(8));
    }

    // Whether a change was made that nobody answered is not known: the next look tells.
    void changesAreNotMadeTwice() {
        World world;
        auto answer = world.call(put, false);
        QVERIFY(!answer && answer.error().code().is(AwsError::NoAnswer));
        QCOMPARE(world.http.sent.size(), std::size_t(1));
        world.http.answers.push_back(response(500, "", ""));
        answer = world.call(put, false);
        QVERIFY(!answer && answer.error().code().is(AwsError::ServerError));
        QCOMPARE(world.http.sent.size(), std::size_t(2));
        answer = world.call(get, true);
        QVERIFY(!answer);
        QCOMPARE(world.http.sent.size(), std::size_t(5));
    }

    void anInterruptedWaitEnds() {
        World world;
        world.interrupted = true;
        world.http.answers.push_back(response(429, "{}", "ThrottlingException"));
        QVERIFY(!world.call(put, false));
        QCOMPARE(world.http.sent.size(), std::size_t(1));
    }

    void aWrongClockIsSetRightOnce() {
        World world;
        const UtcTime server = UtcTime::parse("2026-11-30T13:30:00Z").value();
        for (int i = 0; i < 2; ++i)
            world.http.answers.push_back(response(403, R"({"message":"Signature expired: x"})", "InvalidSignatureException", server));
        const auto answer = world.call(put, false);
        QVERIFY(!answer && answer.error().code().is(AwsError::ClockSkew));
        QCOMPARE(world.http.sent, (std::vector<std::string>{"PUT 20261130T120000Z", "PUT 20261130T133000Z"}));
    }

    void credentialsAreAskedForBeforeTheyEnd() {
        World world;
        for (int i = 0; i < 2; ++i) world.http.answers.push_back(response(200, "{}"));
        QVERIFY(world.call(get, true));
        world.clock.advance(std::chrono::minutes(59) + std::chrono::seconds(30));
        QVERIFY(world.call(get, true));
        QCOMPARE(world.asked, 2);
    }

    void whoseTheyAre() {
        World world;
        world.http.answers.push_back(response(200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account>"
                                                   "</GetCallerIdentityResult></GetCallerIdentityResponse>"));
        const auto account = world.calls.accountOf(world.session, aws::Region("eu-west-1"));
        QVERIFY(account);
        QCOMPARE(*account, std::string("111122223333"));
    }
};

} // namespace gw::cloud

QTEST_GUILESS_MAIN(gw::cloud::BlockingCallsTest)
#include "blocking_calls_test.moc"
