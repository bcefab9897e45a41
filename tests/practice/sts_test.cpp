// The practice STS: what it gives, and every reason for which it refuses, in AWS's codes, statuses and words.
#include "tests/practice/sts_answers.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTest>

using gw::practice::Misbehaviour;
using gw::test::elementText;
using gw::test::Keys;
using gw::test::keysOf;
using gw::test::LocalClient;
using gw::test::LocalResponse;
using gw::test::matches;
using gw::test::PracticeFixture;
using namespace std::chrono_literals;

namespace {

const std::string prodReadonly = "arn:aws:iam::111122223333:role/payments-readonly";
const std::string devDeveloper = "arn:aws:iam::777788889999:role/team/payments/payments-developer";

} // namespace

Q_DECLARE_METATYPE(gw::practice::Misbehaviour::Response)
Q_DECLARE_METATYPE(gw::practice::Misbehaviour::Sts)

class StsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PracticeFixture> fixture_;

private Q_SLOTS:
    void init() {
        fixture_ = PracticeFixture::start();
        QVERIFY(fixture_);
    }
    void cleanup() { fixture_.reset(); }

    void handsOutCredentials() {
        const LocalResponse response =
            fixture_->assumeRole(devDeveloper, fixture_->samlResponse(gw::test::developer), {{"DurationSeconds", "7200"}});
        QVERIFY2(response.status == 200, response.body.c_str());
        QCOMPARE(response.header("content-type"), std::string("text/xml"));
        const Keys keys = keysOf(response);
        QVERIFY(matches(keys.id, "ASIA[A-Z2-7]{16}"));
        QVERIFY(matches(keys.secret, "[A-Za-z0-9+/]{40}"));
        QVERIFY(keys.token.size() > 300);
        const auto life = keys.expiration - fixture_->clock.now();
        QVERIFY(life <= 7200s && life > 7198s);
        QCOMPARE(elementText(response.body, "Arn"),
                 std::string("arn:aws:sts::777788889999:assumed-role/payments-developer/lena.fairweather"));
        QVERIFY(matches(elementText(response.body, "AssumedRoleId"), "AROA[A-Z2-7]{17}:lena\\.fairweather"));
        QCOMPARE(elementText(response.body, "Issuer"), fixture_->provider().entityId);
        QCOMPARE(elementText(response.body, "Audience"), std::string("https://signin.aws.amazon.com/saml"));
        QCOMPARE(elementText(response.body, "SubjectType"), std::string("persistent"));
        QCOMPARE(elementText(response.body, "SourceIdentity"), std::string("lena.fairweather"));
        QVERIFY(!elementText(response.body, "Subject").empty());
        QVERIFY(std::stoi(elementText(response.body, "PackedPolicySize")) >= 1);
        const std::string qualified = fixture_->provider().entityId + "777788889999/NorthwindSSO";
        QCOMPARE(QByteArray::fromStdString(elementText(response.body, "NameQualifier")),
                 QCryptographicHash::hash(QByteArray::fromStdString(qualified), QCryptographicHash::Sha1).toBase64());
    }

    void takesASessionPolicy() {
        const std::string policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}}";
        const auto assertion = fixture_->samlResponse(gw::test::developer);
        const auto plain = fixture_->assumeRole(devDeveloper, assertion);
        const auto narrowed = fixture_->assumeRole(devDeveloper, assertion, {{"Policy", policy}});
        QVERIFY2(narrowed.status == 200, narrowed.body.c_str());
        QVERIFY(std::stoi(elementText(narrowed.body, "PackedPolicySize")) > std::stoi(elementText(plain.body, "PackedPolicySize")));
    }

    void refusesWhatDoesNotFitIntoTheToken() {
        // Within the limit of the request, and too much together with ten managed policies.
        std::string policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"arn:aws:s3:::";
        policy += std::string(2040 - policy.size(), 'x') + "\"}}";
        std::vector<std::pair<std::string, std::string>> more{{"Policy", policy}};
        for (int i = 1; i <= 10; ++i)
            more.emplace_back("PolicyArns.member." + std::to_string(i) + ".arn", "arn:aws:iam::777788889999:policy/" + std::string(400, 'p'));
        const auto refused = fixture_->assumeRole(devDeveloper, fixture_->samlResponse(gw::test::developer), more);
        QCOMPARE(refused.status, 400);
        QCOMPARE(elementText(refused.body, "Code"), std::string("PackedPolicyTooLarge"));
    }

    void servesSeveralRolesFromOneAssertion() {
        const std::string assertion = fixture_->samlResponse(gw::test::developer);
        const Keys first = keysOf(fixture_->assumeRole(prodReadonly, assertion));
        const Keys second = keysOf(fixture_->assumeRole("arn:aws:iam::444455556666:role/fleet-operator", assertion));
        QVERIFY(!first.id.empty() && !second.id.empty());
        QVERIFY(first.id != second.id && first.secret != second.secret && first.token != second.token);
        const auto life = first.expiration - fixture_->clock.now();
        QVERIFY(life <= 3600s && life > 3598s);
    }

    void validatesParameters_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* title, const char* name, const QString& value, const char* code, const QString& message) {
            QTest::newRow(title) << QString::fromLatin1(name) << value << QString::fromLatin1(code) << message;
        };
        const QString pattern = QStringLiteral(
            R"(Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+)");
        const QString one = QStringLiteral("1 validation error detected: ");
        row("duration too short", "DurationSeconds", QStringLiteral("899"), "ValidationError",
            one + QStringLiteral("Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater "
                                 "than or equal to 900"));
        row("duration too long", "DurationSeconds", QStringLiteral("43201"), "ValidationError",
            one + QStringLiteral("Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less "
                                 "than or equal to 43200"));
        row("duration is no number", "DurationSeconds", QStringLiteral("1h"), "MalformedInput",
            QStringLiteral("DurationSeconds is not an integer"));
        row("role too short", "RoleArn", QStringLiteral("arn:aws:iam::1"), "ValidationError",
            one + QStringLiteral("Value 'arn:aws:iam::1' at 'roleArn' failed to satisfy constraint: Member must have length "
                                 "greater than or equal to 20"));
        row("role too long", "RoleArn", QString(2049, u'x'), "ValidationError",
            one + QStringLiteral(
                      "Value '%1' at 'roleArn' failed to satisfy constraint: Member must have length less than or equal to 2048")
                      .arg(QString(2049, u'x')));
        row("role empty", "RoleArn", QString(), "ValidationError",
            QStringLiteral("2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: %1; Value '' at "
                           "'roleArn' failed to satisfy "
                           "constraint: Member must have length greater than or equal to 20")
                .arg(pattern));
        row("provider too short", "PrincipalArn", QStringLiteral("arn:aws:iam::1"), "ValidationError",
            one + QStringLiteral("Value 'arn:aws:iam::1' at 'principalArn' failed to satisfy constraint: Member must have length "
                                 "greater than or equal to 20"));
        row("assertion too short", "SAMLAssertion", QStringLiteral("abc"), "ValidationError",
            one +
                QStringLiteral(
                    "Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length greater than or equal to 4"));
        row("assertion too long", "SAMLAssertion", QString(100'001, u'A'), "ValidationError",
            one + QStringLiteral("Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than or "
                                 "equal to 100000"));
        row("policy too long", "Policy", QString(2049, u'x'), "ValidationError",
            one + QStringLiteral(
                      "Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048"));
        row("policy is no JSON", "Policy", QStringLiteral("{"), "MalformedPolicyDocument",
            QStringLiteral("Syntax errors in policy."));
        row("role and provider swapped", "RoleArn", QStringLiteral("arn:aws:iam::111122223333:saml-provider/NorthwindSSO"),
            "ValidationError", QStringLiteral("Request ARN is invalid"));
        row("role of another partition", "RoleArn", QStringLiteral("arn:aws-cn:iam::111122223333:role/payments-readonly"),
            "ValidationError", QStringLiteral("Request ARN is invalid"));
        row("provider is a role", "PrincipalArn", QStringLiteral("arn:aws:iam::111122223333:role/payments-readonly"),
            "ValidationError", QStringLiteral("Principal ARN is invalid"));
        row("provider of another account", "PrincipalArn", QStringLiteral("arn:aws:iam::222233334444:saml-provider/NorthwindSSO"),
            "ValidationError", QStringLiteral("Principal exists outside the account of the Role being assumed."));
        row("provider that is not there", "PrincipalArn", QStringLiteral("arn:aws:iam::111122223333:saml-provider/Northwind"),
            "InvalidIdentityToken", QStringLiteral("Specified provider doesn't exist"));
        row("no base64", "SAMLAssertion", QStringLiteral("!!!!"), "InvalidIdentityToken",
            QStringLiteral("Invalid base64 SAMLResponse"));
        row("no response", "SAMLAssertion", QStringLiteral("PGEvPg=="), "InvalidIdentityToken",
            QStringLiteral("Invalid base64 SAMLResponse"));
        row("above the role's maximum", "DurationSeconds", QStringLiteral("14401"), "ValidationError",
            QStringLiteral("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
    }
    void validatesParameters() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, code);
        QFETCH(QString, message);
        const std::string assertion = fixture_->samlResponse(gw::test::developer);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, assertion, {{name.toStdString(), value.toStdString()}}), 400, code,
                       message);
    }

    void saysWhatIsMissing() {
        VERIFY_REFUSED(fixture_->sts({{"Action", "AssumeRoleWithSAML"}, {"Version", "2011-06-15"}}), 400,
                       QStringLiteral("ValidationError"),
                       QStringLiteral("3 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: "
                                      "Member must not be null; Value null at "
                                      "'principalArn' failed to satisfy constraint: Member must not be null; Value null at "
                                      "'sAMLAssertion' failed to satisfy "
                                      "constraint: Member must not be null"));
        VERIFY_REFUSED(fixture_->sts({{"Version", "2011-06-15"}}), 400, QStringLiteral("MissingAction"),
                       QStringLiteral("Missing Action"));
        VERIFY_REFUSED(fixture_->sts({{"Action", "AssumeRole"}, {"Version", "2011-06-15"}}), 400, QStringLiteral("InvalidAction"),
                       QStringLiteral("Could not find operation AssumeRole for version 2011-06-15"));
        VERIFY_REFUSED(fixture_->sts({{"Action", "<\x01>"}, {"Version", "x"}}), 400, QStringLiteral("InvalidAction"),
                       QStringLiteral("Could not find operation <?> for version x"));
    }

    void refusesByTrustAndMembership_data() {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("person");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const QString denied = QStringLiteral("Not authorized to perform sts:AssumeRoleWithSAML");
        const auto row = [](const char* title, const char* role, const char* person, int status, const char* code,
                            const QString& message) {
            QTest::newRow(title) << QString::fromLatin1(role) << QString::fromLatin1(person) << status
                                 << QString::fromLatin1(code) << message;
        };
        row("pair not in the assertion", "arn:aws:iam::111122223333:role/payments-operator", gw::test::developer, 403,
            "AccessDenied", denied);
        row("role that does not exist", "arn:aws:iam::111122223333:role/payments-root", gw::test::developer, 403, "AccessDenied",
            denied);
        row("name in another case", "arn:aws:iam::111122223333:role/Payments-readonly", gw::test::developer, 403, "AccessDenied",
            denied);
        row("path left out", "arn:aws:iam::777788889999:role/payments-developer", gw::test::developer, 403, "AccessDenied",
            denied);
        row("trust without sts:TagSession", "arn:aws:iam::888899990000:role/partner-pay-reader", gw::test::developer, 403,
            "AccessDenied", denied);
        row("trust without sts:SetSourceIdentity", "arn:aws:iam::444455556666:role/telemetry-analyst", gw::test::approver, 403,
            "AccessDenied", denied);
        row("trust for another audience", "arn:aws:iam::666677778888:role/network-readonly", gw::test::administrator, 403,
            "AccessDenied", denied);
        row("account without the provider", "arn:aws:iam::333344445555:role/payroll-readonly", gw::test::administrator, 400,
            "InvalidIdentityToken", QStringLiteral("Specified provider doesn't exist"));
        row("account that does not exist", "arn:aws:iam::123456789012:role/payments-readonly", gw::test::developer, 400,
            "InvalidIdentityToken", QStringLiteral("Specified provider doesn't exist"));
    }
    void refusesByTrustAndMembership() {
        QFETCH(QString, role);
        QFETCH(QString, person);
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, message);
        VERIFY_REFUSED(fixture_->assumeRole(role.toStdString(), fixture_->samlResponse(person.toStdString())), status, code,
                       message);
    }

    void refusesWrongResponses_data() {
        using How = Misbehaviour::Response;
        QTest::addColumn<How>("how");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        const QString invalid = QStringLiteral("InvalidIdentityToken");
        const QString expired = QStringLiteral("ExpiredTokenException");
        const QString unreadable = QStringLiteral("Invalid base64 SAMLResponse");
        const QString signature = QStringLiteral("Response signature invalid");
        const QString audience = QStringLiteral("Response does not contain the required audience");
        QTest::newRow("expired") << How::Expired << 400 << expired << QStringLiteral("Response has expired");
        QTest::newRow("not yet valid") << How::NotYetValid << 400 << expired << QStringLiteral("Response is not yet valid");
        QTest::newRow("wrong audience") << How::WrongAudience << 400 << invalid << audience;
        QTest::newRow("wrong recipient") << How::WrongRecipient << 400 << invalid << audience;
        QTest::newRow("wrong signature") << How::WrongSignature << 400 << invalid << signature;
        QTest::newRow("unknown key") << How::UnknownKey << 400 << invalid << signature;
        QTest::newRow("no roles") << How::NoRoles << 403 << QStringLiteral("AccessDenied")
                                  << QStringLiteral("Not authorized to perform sts:AssumeRoleWithSAML");
        QTest::newRow("two assertions") << How::TwoAssertions << 400 << invalid << unreadable;
        QTest::newRow("doctype") << How::Doctype << 400 << invalid << unreadable;
        QTest::newRow("truncated") << How::Truncated << 400 << invalid << unreadable;
        QTest::newRow("not base64") << How::NotBase64 << 400 << invalid << unreadable;
        QTest::newRow("encrypted") << How::Encrypted << 400 << invalid << unreadable;
    }
    void refusesWrongResponses() {
        QFETCH(Misbehaviour::Response, how);
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, message);
        Misbehaviour misbehaviour;
        misbehaviour.response = how;
        fixture_->practice().misbehave(misbehaviour);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, fixture_->samlResponse(gw::test::developer)), status, code, message);
    }

    void refusesResponsesOfAnotherProvider() {
        const auto other = PracticeFixture::start(PracticeFixture::Key::Fresh);
        QVERIFY(other);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, other->samlResponse(gw::test::developer)), 400,
                       QStringLiteral("InvalidIdentityToken"), QStringLiteral("Response signature invalid"));
    }

    void holdsToTheFiveMinutes() {
        const std::string assertion = fixture_->samlResponse(gw::test::developer);
        fixture_->clock.advance(4min + 58s);
        QCOMPARE(fixture_->assumeRole(prodReadonly, assertion).status, 200);
        fixture_->clock.advance(2s);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, assertion), 400, QStringLiteral("ExpiredTokenException"),
                       QStringLiteral("Token must be redeemed within 5 minutes of issuance"));
        fixture_->clock.advance(5min);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, assertion), 400, QStringLiteral("ExpiredTokenException"),
                       QStringLiteral("Response has expired"));
    }

    void givesNoMoreThanTheProvidersSession() {
        LocalClient client;
        QCOMPARE(fixture_->signIn(client, gw::test::developer).status, 200);
        const gw::UtcTime sessionEnd = fixture_->clock.now() + 12h;
        fixture_->clock.advance(11h + 30min);
        const std::string assertion = gw::test::inputValue(client.get(fixture_->provider().loginUrl).body, "SAMLResponse");
        const Keys keys = keysOf(fixture_->assumeRole(prodReadonly, assertion, {{"DurationSeconds", "14400"}}));
        QVERIFY(!keys.id.empty());
        QVERIFY(keys.expiration <= sessionEnd && keys.expiration > sessionEnd - 2s);
    }

    void givesNoMoreThanTheSessionDurationOfTheAssertion() {
        // The role would allow twelve hours; the approver's assertions say eight.
        const Keys keys =
            keysOf(fixture_->assumeRole("arn:aws:iam::222233334444:role/payments-readonly",
                                        fixture_->samlResponse(gw::test::approver), {{"DurationSeconds", "43200"}}));
        const auto life = keys.expiration - fixture_->clock.now();
        QVERIFY(life <= 28'800s && life > 28'798s);
    }

    void misbehavesOnRequest_data() {
        using How = Misbehaviour::Sts;
        QTest::addColumn<How>("how");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("message");
        QTest::newRow("throttled") << How::Throttled << 400 << QStringLiteral("Throttling") << QStringLiteral("Rate exceeded");
        QTest::newRow("server error")
            << How::ServerError << 500 << QStringLiteral("InternalFailure")
            << QStringLiteral("The request processing has failed because of an unknown error, exception or failure.");
        QTest::newRow("access denied") << How::AccessDenied << 403 << QStringLiteral("AccessDenied")
                                       << QStringLiteral("Not authorized to perform sts:AssumeRoleWithSAML");
        QTest::newRow("region disabled")
            << How::RegionDisabled << 403 << QStringLiteral("RegionDisabledException")
            << QStringLiteral("STS is not activated in this region for account:111122223333. Your account administrator can "
                              "activate STS in this region using the IAM Console.");
    }
    void misbehavesOnRequest() {
        QFETCH(Misbehaviour::Sts, how);
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, message);
        const std::string assertion = fixture_->samlResponse(gw::test::developer);
        Misbehaviour misbehaviour;
        misbehaviour.sts = how;
        fixture_->practice().misbehave(misbehaviour);
        VERIFY_REFUSED(fixture_->assumeRole(prodReadonly, assertion), status, code, message);
        fixture_->practice().misbehave({});
        QCOMPARE(fixture_->assumeRole(prodReadonly, assertion).status, 200);
    }

    void answersGarbageAndSlowly() {
        Misbehaviour how;
        how.sts = Misbehaviour::Sts::Garbage;
        how.stsDelay = 300ms;
        fixture_->practice().misbehave(how);
        QElapsedTimer timer;
        timer.start();
        const LocalResponse response = fixture_->assumeRole(prodReadonly, "AAAA");
        QVERIFY(timer.elapsed() >= 300);
        QCOMPARE(response.status, 200);
        QVERIFY(response.body.starts_with("<html>"));
    }

    void refusesOtherHostsMethodsAndSizes() {
        const std::string endpoint = fixture_->provider().stsEndpoint + "/";
        const std::string host = "Host: " + gw::test::authorityOf(endpoint) + "\r\n";
        QCOMPARE(
            LocalClient::exchange(endpoint, "POST / HTTP/1.1\r\nHost: sts.amazonaws.com\r\nConnection: close\r\n\r\n").status,
            421);
        QCOMPARE(LocalClient::exchange(endpoint, "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n").status, 405);
        QCOMPARE(LocalClient::exchange(endpoint, "POST /x HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n").status, 404);
        QCOMPARE(LocalClient::exchange(endpoint, "POST / HTTP/1.1\r\n" + host + "Content-Length: 600000\r\n\r\n").status, 413);
        QCOMPARE(LocalClient::exchange(endpoint,
                                       "POST / HTTP/1.1\r\n" + host +
                                           "Connection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                     .status,
                 404);
    }
};

QTEST_GUILESS_MAIN(StsTest)
#include "sts_test.moc"
