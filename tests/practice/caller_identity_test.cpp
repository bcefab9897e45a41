// GetCallerIdentity: signed calls with credentials of the practice STS, good ones and every kind that is refused.
#include "app/practice/sigv4.h"
#include "models/cloud/aws/signature.h"
#include "tests/practice/sts_answers.h"

#include <QTest>

#include <algorithm>

using gw::practice::HttpRequest;
using gw::practice::SignatureClaim;
using gw::test::elementText;
using gw::test::Fields;
using gw::test::Keys;
using gw::test::keysOf;
using gw::test::LocalClient;
using gw::test::LocalResponse;
using gw::test::PracticeFixture;
using namespace std::chrono_literals;

namespace {

const std::string prodReadonly = "arn:aws:iam::111122223333:role/payments-readonly";

} // namespace

class CallerIdentityTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PracticeFixture> fixture_;

    // A call signed by `keys` at `time`, as an SDK makes it; `change` spoils it after it was signed.
    [[nodiscard]] LocalResponse signedCall(const Keys& keys, gw::UtcTime time, const Fields& change = {}) const {
        const std::string body = "Action=GetCallerIdentity&Version=2011-06-15";
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = "/";
        request.body = body;
        const std::string date = gw::cloud::basicTimestamp(time);
        request.headers = {{"host", gw::test::authorityOf(fixture_->provider().stsEndpoint)},
                           {"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
                           {"x-amz-date", date},
                           {"x-amz-security-token", keys.token}};
        const SignatureClaim claim{
            keys.id, date.substr(0, 8), "eu-west-1", "sts", {"content-type", "host", "x-amz-date", "x-amz-security-token"}, "",
            date};
        const std::string signature = gw::practice::computeSignature(request, claim, keys.secret);
        std::string bytes = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        for (const auto& field : request.headers) {
            const auto changed = std::ranges::find(change, field.name, &Fields::value_type::first);
            bytes += field.name + ": " + (changed == change.end() ? field.value : changed->second) + "\r\n";
        }
        bytes += "Authorization: AWS4-HMAC-SHA256 Credential=" + keys.id + '/' + claim.date +
                 "/eu-west-1/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=" +
                 signature + "\r\n\r\n";
        return LocalClient::exchange(fixture_->provider().stsEndpoint, bytes + body);
    }

private Q_SLOTS:
    void init() {
        fixture_ = PracticeFixture::start();
        QVERIFY(fixture_);
    }
    void cleanup() { fixture_.reset(); }

    void knowsItsCallers() {
        const Keys keys = keysOf(fixture_->assumeRole(prodReadonly, fixture_->samlResponse(gw::test::administrator)));
        const LocalResponse response = signedCall(keys, fixture_->clock.now());
        QVERIFY2(response.status == 200, response.body.c_str());
        QCOMPARE(elementText(response.body, "Arn"),
                 std::string("arn:aws:sts::111122223333:assumed-role/payments-readonly/ines.halvorsen"));
        QCOMPARE(elementText(response.body, "Account"), std::string("111122223333"));
        QVERIFY(gw::test::matches(elementText(response.body, "UserId"), "AROA[A-Z2-7]{17}:ines\\.halvorsen"));
    }

    void refusesWhatItDidNotSign() {
        const Keys keys = keysOf(fixture_->assumeRole(prodReadonly, fixture_->samlResponse(gw::test::developer)));
        const gw::UtcTime now = fixture_->clock.now();
        const QString mismatch = QStringLiteral("SignatureDoesNotMatch");
        const QString unknown = QStringLiteral("InvalidClientTokenId");
        const QString unknownText = QStringLiteral("The security token included in the request is invalid.");
        const QString mismatchText = QStringLiteral(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            "Key and signing method. Consult the service documentation for details.");
        VERIFY_REFUSED(signedCall({keys.id, keys.secret + "x", keys.token, {}}, now), 403, mismatch, mismatchText);
        VERIFY_REFUSED(signedCall(keys, now, {{"content-type", "application/x-www-form-urlencoded"}}), 403, mismatch,
                       mismatchText);
        VERIFY_REFUSED(signedCall({"ASIAAAAAAAAAAAAAAAAA", keys.secret, keys.token, {}}, now), 403, unknown, unknownText);
        VERIFY_REFUSED(signedCall({keys.id, keys.secret, keys.token + "x", {}}, now), 403, unknown, unknownText);
        VERIFY_REFUSED(signedCall({keys.id, keys.secret, "", {}}, now), 403, unknown, unknownText);
        VERIFY_REFUSED(fixture_->sts({{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}}), 403,
                       QStringLiteral("MissingAuthenticationToken"), QStringLiteral("Request is missing Authentication Token"));
        const LocalResponse old = signedCall(keys, now - 16min);
        QCOMPARE(elementText(old.body, "Code"), std::string("SignatureDoesNotMatch"));
        QVERIFY(elementText(old.body, "Message").starts_with("Signature expired: "));
        const LocalResponse early = signedCall(keys, now + 16min);
        QVERIFY(elementText(early.body, "Message").starts_with("Signature not yet current: "));
    }

    void refusesExpiredCredentials() {
        const Keys keys =
            keysOf(fixture_->assumeRole(prodReadonly, fixture_->samlResponse(gw::test::developer), {{"DurationSeconds", "900"}}));
        fixture_->clock.advance(14min + 55s);
        QCOMPARE(signedCall(keys, fixture_->clock.now()).status, 200);
        fixture_->clock.advance(5s);
        VERIFY_REFUSED(signedCall(keys, fixture_->clock.now()), 403, QStringLiteral("ExpiredToken"),
                       QStringLiteral("The security token included in the request is expired"));
    }
};

QTEST_GUILESS_MAIN(CallerIdentityTest)
#include "caller_identity_test.moc"
