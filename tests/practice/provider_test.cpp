// The practice provider through its pages: signing in and out, what the response holds, and every way it can be wrong.
#include "saml/aws/claims.h"
#include "saml/base/base64.h"
#include "tests/practice/practice_fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using gw::practice::Misbehaviour;
using gw::saml::VerifyError;
using gw::test::LocalClient;
using gw::test::LocalResponse;
using gw::test::PracticeFixture;
using namespace std::chrono_literals;

namespace {

Misbehaviour responding(Misbehaviour::Response how) {
    Misbehaviour out;
    out.response = how;
    return out;
}

const char* text(const std::string& value) {
    return value.c_str();
}

} // namespace

Q_DECLARE_METATYPE(gw::practice::Misbehaviour::Response)
Q_DECLARE_METATYPE(gw::saml::VerifyError)

class ProviderTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PracticeFixture> fixture_;

    [[nodiscard]] std::string url(const std::string& path) const {
        return gw::test::originOf(fixture_->provider().loginUrl) + path;
    }

private Q_SLOTS:
    void init() {
        fixture_ = PracticeFixture::start();
        QVERIFY(fixture_);
    }
    void cleanup() { fixture_.reset(); }

    void isConfiguredAsAnyOtherProvider() {
        const gw::sessions::Provider& provider = fixture_->provider();
        QCOMPARE(provider.id.value(), std::string("practice"));
        QCOMPARE(provider.name, std::string("Northwind SSO"));
        QCOMPARE(provider.kind, std::string("practice"));
        QVERIFY(provider.loginUrl.starts_with("http://127.0.0.1:"));
        QVERIFY(provider.metadataUrl.starts_with("http://127.0.0.1:"));
        QCOMPARE(provider.stsEndpoint, fixture_->practice().awsEndpoint());
        QCOMPARE(provider.defaultRegion().value(), std::string("eu-west-1"));
        const auto role = gw::aws::RoleArn::parse("arn:aws:iam::111122223333:role/payments-readonly").value();
        QCOMPARE(provider.accountAlias(role.account()), std::string("nwr-prod-payments"));
        QCOMPARE(provider.environmentOf(role), gw::sessions::Environment::Prod);
        const auto shared = gw::aws::RoleArn::parse("arn:aws:iam::666677778888:role/audit/security-audit").value();
        QCOMPARE(provider.environmentOf(shared), gw::sessions::Environment::Shared);
    }

    void keepsItsKeyForItself() {
        const auto fresh = PracticeFixture::start(PracticeFixture::Key::Fresh);
        QVERIFY(fresh);
        const QString path = QString::fromStdString(fresh->folder()) + QStringLiteral("/provider.pem");
        QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(QDir(QString::fromStdString(fresh->folder())).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void keepsItsKeyOverARestart() {
        const auto before = fixture_->trust();
        QVERIFY(before);
        gw::SystemRandom random;
        auto again = gw::practice::Practice::start(fixture_->folder(), fixture_->clock, random);
        QVERIFY(again);
        LocalClient client;
        const auto after = gw::saml::parseMetadata(client.get((*again)->provider().metadataUrl).body, fixture_->clock.now());
        QVERIFY(after);
        QVERIFY(after->signingKeys == before->signingKeys);
    }

    void makesANewKeyWhereTheFileIsDamaged() {
        const auto before = fixture_->trust();
        QFile file(QString::fromStdString(fixture_->folder()) + QStringLiteral("/provider.pem"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray content = file.readAll();
        file.seek(0);
        file.write(QByteArray(content).replace("PRIVATE KEY-----\nMII", "PRIVATE KEY-----\nXII"));
        file.close();
        gw::SystemRandom random;
        auto again = gw::practice::Practice::start(fixture_->folder(), fixture_->clock, random);
        QVERIFY(again);
        LocalClient client;
        const auto after = gw::saml::parseMetadata(client.get((*again)->provider().metadataUrl).body, fixture_->clock.now());
        QVERIFY(after);
        QVERIFY(after->signingKeys != before->signingKeys);
    }

    void saysWhyItHasNoKey() {
        QFile file(QString::fromStdString(fixture_->folder()) + QStringLiteral("/file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        gw::SystemRandom random;
        const auto started = gw::practice::Practice::start(fixture_->folder() + "/file/below", fixture_->clock, random);
        QVERIFY(!started);
        QVERIFY(started.error().code().is(gw::practice::PracticeError::CannotMakeKeys));
        QVERIFY(started.error().cause() != nullptr);
        QVERIFY(started.error().fact("path").ends_with("provider.pem"));
    }

    void showsAnAccessibleLoginPage() {
        LocalClient client;
        const LocalResponse page = client.follow(fixture_->provider().loginUrl, client.get(fixture_->provider().loginUrl));
        QCOMPARE(page.status, 200);
        QCOMPARE(page.header("content-type"), std::string("text/html; charset=utf-8"));
        for (const char* part :
             {"<html lang=\"en\">", "<label for=\"username\">", "<label for=\"password\">", "autocomplete=\"current-password\"",
              "Lena Fairweather", "Dario Venn", "Ines Halvorsen", "practice-lena", "<h1>"})
            QVERIFY2(page.body.find(part) != std::string::npos, part);
        QVERIFY(page.body.find("{{") == std::string::npos);
        QVERIFY(page.body.find("<script") == std::string::npos);
        QVERIFY(page.header("content-security-policy").starts_with("default-src 'none'"));
        QCOMPARE(page.header("cache-control"), std::string("no-store"));
        for (const char* asset : {"/style.css", "/logo.svg", "/favicon.ico"}) {
            const LocalResponse response = client.get(url(asset));
            QCOMPARE(response.status, 200);
            QVERIFY2(!response.body.empty(), asset);
        }
    }

    void fillsInOnlyNamesItKnows() {
        LocalClient client;
        QVERIFY(client.get(url("/login?user=dario.venn")).body.find("value=\"dario.venn\"") != std::string::npos);
        const std::string body = client.get(url("/login?user=%22%3E%3Cscript%3E")).body;
        QVERIFY(body.find("<script") == std::string::npos);
        QVERIFY(body.find("name=\"username\" type=\"text\" value=\"\"") != std::string::npos);
    }

    void refusesAWrongPassword_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        QTest::newRow("wrong password") << QStringLiteral("lena.fairweather") << QStringLiteral("practice-dario");
        QTest::newRow("prefix") << QStringLiteral("lena.fairweather") << QStringLiteral("practice-len");
        QTest::newRow("empty") << QStringLiteral("lena.fairweather") << QString();
        QTest::newRow("nobody") << QStringLiteral("nobody") << QStringLiteral("practice-lena");
        QTest::newRow("markup") << QStringLiteral("\"><b>x</b>") << QStringLiteral("x");
    }
    void refusesAWrongPassword() {
        QFETCH(QString, user);
        QFETCH(QString, password);
        LocalClient client;
        const LocalResponse page =
            client.post(url("/login"), {{"username", user.toStdString()}, {"password", password.toStdString()}});
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.find("role=\"alert\"") != std::string::npos);
        QVERIFY(page.body.find("aria-invalid=\"true\"") != std::string::npos);
        QVERIFY(page.body.find("<b>x</b>") == std::string::npos);
        QVERIFY(client.cookies().empty());
        QCOMPARE(client.get(fixture_->provider().loginUrl).status, 303);
    }

    void handsOverToAwsByAStrictPage() {
        LocalClient client;
        const LocalResponse page = fixture_->signIn(client, gw::test::developer);
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.find("method=\"post\" action=\"https://signin.aws.amazon.com/saml\"") != std::string::npos);
        QVERIFY(page.body.find("<noscript><button") != std::string::npos);
        const QRegularExpression nonce(
            QStringLiteral("script-src 'nonce-([A-Za-z0-9+/=]{24})'; form-action https://signin.aws.amazon.com/saml;"));
        const auto match = nonce.match(QString::fromStdString(page.header("content-security-policy")));
        QVERIFY2(match.hasMatch(), text(page.header("content-security-policy")));
        QVERIFY(page.body.find("<script nonce=\"" + match.captured(1).toStdString() + "\">") != std::string::npos);
        QCOMPARE(page.header("cache-control"), std::string("no-store"));
    }

    void responseSatisfiesTheVerifierAndCarriesTheClaims_data() {
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("roles");
        QTest::addColumn<QString>("team");
        QTest::newRow("developer") << QString::fromLatin1(gw::test::developer) << 9 << QStringLiteral("payments");
        QTest::newRow("approver") << QString::fromLatin1(gw::test::approver) << 6 << QStringLiteral("platform");
        QTest::newRow("administrator") << QString::fromLatin1(gw::test::administrator) << 16 << QStringLiteral("security");
    }
    void responseSatisfiesTheVerifierAndCarriesTheClaims() {
        QFETCH(QString, user);
        QFETCH(int, roles);
        QFETCH(QString, team);
        const auto assertion = fixture_->verify(fixture_->samlResponse(user.toStdString()));
        QVERIFY2(assertion, assertion ? "" : text(assertion.error().chain()));
        QCOMPARE(assertion->issuer(), fixture_->provider().entityId);
        QCOMPARE(assertion->signature().part, gw::saml::SignedPart::Both);
        QVERIFY(assertion->warnings().empty());
        QCOMPARE(assertion->recipient(), std::string("https://signin.aws.amazon.com/saml"));
        QVERIFY(fixture_->clock.now() - assertion->issueInstant() < 1s);
        QVERIFY(assertion->sessionNotOnOrAfter().has_value());
        const gw::aws::Claims claims = gw::aws::readClaims(*assertion);
        QCOMPARE(static_cast<int>(claims.roles.size()), roles);
        QVERIFY(claims.malformed.empty());
        QVERIFY(claims.problems.empty());
        QCOMPARE(claims.roleSessionName, user.toStdString());
        QCOMPARE(claims.sourceIdentity, user.toStdString());
        QVERIFY(claims.sessionDuration.has_value());
        QCOMPARE(claims.principalTags.at("team"), team.toStdString());
        QCOMPARE(claims.transitiveTagKeys, std::vector<std::string>{"team"});
    }

    void metadataIsWhole() {
        LocalClient client;
        const LocalResponse response = client.get(fixture_->provider().metadataUrl);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.header("content-type"), std::string("application/samlmetadata+xml"));
        const auto metadata = gw::saml::parseMetadata(response.body, fixture_->clock.now());
        QVERIFY2(metadata, metadata ? "" : text(metadata.error().chain()));
        QCOMPARE(metadata->entityId, fixture_->provider().entityId);
        QCOMPARE(metadata->signingKeys.size(), std::size_t{1});
        QCOMPARE(metadata->signingKeys.front().keyDescription(), std::string("RSA 2048"));
        QCOMPARE(metadata->singleSignOn.front().location, fixture_->provider().loginUrl);
    }

    void aRenewalNeedsNobody() {
        LocalClient client;
        QCOMPARE(fixture_->signIn(client, gw::test::developer).status, 200);
        fixture_->clock.advance(11h);
        const LocalResponse again = client.get(fixture_->provider().loginUrl);
        QCOMPARE(again.status, 200);
        const auto renewed = fixture_->verify(gw::test::inputValue(again.body, "SAMLResponse"));
        QVERIFY2(renewed, renewed ? "" : text(renewed.error().chain()));
        QVERIFY(*renewed->sessionNotOnOrAfter() - fixture_->clock.now() <= 1h);
        fixture_->clock.advance(61min);
        QCOMPARE(client.get(fixture_->provider().loginUrl).status, 303);
    }

    void cookieIsForThisServerOnly() {
        LocalClient client;
        const LocalResponse response =
            client.post(url("/login"), {{"username", gw::test::developer}, {"password", "practice-lena"}});
        QCOMPARE(response.status, 303);
        const std::string cookie = response.header("set-cookie");
        QVERIFY(cookie.find("; HttpOnly") != std::string::npos);
        QVERIFY(cookie.find("; SameSite=Lax") != std::string::npos);
        QVERIFY(cookie.find("Domain") == std::string::npos);
        QCOMPARE(client.cookies().at("nwr_session").size(), std::size_t{64});
    }

    void signingOutEndsTheSession() {
        LocalClient client;
        QCOMPARE(fixture_->signIn(client, gw::test::approver).status, 200);
        const auto kept = client.cookies();
        QVERIFY(client.get(url("/")).body.find("Dario Venn") != std::string::npos);
        QCOMPARE(client.get(url("/logout")).status, 405);
        QCOMPARE(client.post(url("/logout"), {}).status, 303);
        QVERIFY(client.cookies().empty());
        // The cookie is worth nothing to whoever kept a copy.
        QCOMPARE(client.get(fixture_->provider().loginUrl, {{"Cookie", "nwr_session=" + kept.at("nwr_session")}}).status, 303);
    }

    void refusesFormsOfOtherSites() {
        for (const char* origin : {"https://evil.example", "null", "http://127.0.0.1:1"}) {
            LocalClient client;
            QCOMPARE(
                client
                    .post(url("/login"), {{"username", gw::test::developer}, {"password", "practice-lena"}}, {{"Origin", origin}})
                    .status,
                403);
            QVERIFY(client.cookies().empty());
        }
        LocalClient client;
        QCOMPARE(
            client.post(url("/login"), {{"username", gw::test::developer}, {"password", "practice-lena"}}, {{"Origin", url("")}})
                .status,
            303);
    }

    void refusesOtherHostsAndOversizedForms() {
        QCOMPARE(
            LocalClient::exchange(url("/"), "GET /saml/aws HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").status,
            421);
        LocalClient client;
        QCOMPARE(client.post(url("/login"), {{"username", std::string(20'000, 'x')}}).status, 413);
        QCOMPARE(client.get(url("/" + std::string(20'000, 'x'))).status, 414);
        QCOMPARE(client.get(url("/nothing")).status, 404);
        QCOMPARE(client.post(url("/saml/metadata"), {}).status, 405);
    }

    void carriesRelayStateThrough() {
        LocalClient client;
        const std::string start = fixture_->provider().loginUrl + "?RelayState=a%26b%20%3C";
        LocalResponse page = client.follow(start, client.get(start));
        QCOMPARE(gw::test::inputValue(page.body, "RelayState"), std::string("a&b <"));
        page = client.follow(
            start, client.post(url("/login"),
                               {{"username", gw::test::developer}, {"password", "practice-lena"}, {"RelayState", "a&b <"}}));
        QCOMPARE(gw::test::inputValue(page.body, "RelayState"), std::string("a&b <"));
        QCOMPARE(client.get(fixture_->provider().loginUrl + "?RelayState=" + std::string(81, 'x')).status, 400);
        QCOMPARE(client.get(fixture_->provider().loginUrl + "?SAMLRequest=x").status, 400);
    }

    void everyMisbehaviourIsSeenForWhatItIs_data() {
        using How = Misbehaviour::Response;
        QTest::addColumn<How>("how");
        QTest::addColumn<VerifyError>("error");
        QTest::newRow("expired") << How::Expired << VerifyError::Expired;
        QTest::newRow("not yet valid") << How::NotYetValid << VerifyError::NotYetValid;
        QTest::newRow("wrong audience") << How::WrongAudience << VerifyError::WrongAudience;
        QTest::newRow("wrong recipient") << How::WrongRecipient << VerifyError::WrongRecipient;
        QTest::newRow("wrong signature") << How::WrongSignature << VerifyError::SignatureInvalid;
        QTest::newRow("unknown key") << How::UnknownKey << VerifyError::UnknownKey;
        QTest::newRow("two assertions") << How::TwoAssertions << VerifyError::SeveralAssertions;
        QTest::newRow("doctype") << How::Doctype << VerifyError::HasDoctype;
        QTest::newRow("truncated") << How::Truncated << VerifyError::NotXml;
        QTest::newRow("not base64") << How::NotBase64 << VerifyError::NotBase64;
        QTest::newRow("oversized") << How::Oversized << VerifyError::TooLarge;
        QTest::newRow("encrypted") << How::Encrypted << VerifyError::EncryptedAssertion;
    }
    void everyMisbehaviourIsSeenForWhatItIs() {
        QFETCH(Misbehaviour::Response, how);
        QFETCH(VerifyError, error);
        fixture_->practice().misbehave(responding(how));
        const std::string value = fixture_->samlResponse(gw::test::developer);
        QVERIFY(!value.empty());
        const auto assertion = fixture_->verify(value);
        QVERIFY(!assertion);
        QVERIFY2(assertion.error().code().is(error), text(assertion.error().chain()));
        fixture_->practice().misbehave({});
        QVERIFY(fixture_->verify(fixture_->samlResponse(gw::test::developer)));
    }

    void missingAndMalformedRolesAreReported() {
        fixture_->practice().misbehave(responding(Misbehaviour::Response::NoRoles));
        auto assertion = fixture_->verify(fixture_->samlResponse(gw::test::developer));
        QVERIFY2(assertion, assertion ? "" : text(assertion.error().chain()));
        gw::aws::Claims claims = gw::aws::readClaims(*assertion);
        QVERIFY(claims.roles.empty());
        QVERIFY(std::ranges::any_of(claims.problems,
                                    [](const gw::Error& e) { return e.code().is(gw::aws::ClaimError::NoRoleAttribute); }));

        fixture_->practice().misbehave(responding(Misbehaviour::Response::MalformedRole));
        assertion = fixture_->verify(fixture_->samlResponse(gw::test::developer));
        QVERIFY2(assertion, assertion ? "" : text(assertion.error().chain()));
        claims = gw::aws::readClaims(*assertion);
        QCOMPARE(claims.malformed.size(), std::size_t{1});
        QCOMPARE(claims.roles.size(), std::size_t{9});
    }

    void aClockThatIsOffShowsInDateAndAssertion_data() {
        QTest::addColumn<int>("offset");
        QTest::addColumn<VerifyError>("error");
        QTest::newRow("ahead") << 1200 << VerifyError::NotYetValid;
        QTest::newRow("behind") << -1200 << VerifyError::Expired;
    }
    void aClockThatIsOffShowsInDateAndAssertion() {
        QFETCH(int, offset);
        QFETCH(VerifyError, error);
        Misbehaviour how;
        how.clockOffset = std::chrono::seconds(offset);
        fixture_->practice().misbehave(how);
        LocalClient client;
        const LocalResponse page = fixture_->signIn(client, gw::test::developer);
        const auto date = gw::UtcTime::parseHttpDate(page.header("date"));
        QVERIFY(date);
        const auto seen = *date - fixture_->clock.now();
        QVERIFY(seen > std::chrono::seconds(offset - 2) && seen < std::chrono::seconds(offset + 2));
        const auto assertion = fixture_->verify(gw::test::inputValue(page.body, "SAMLResponse"));
        QVERIFY(!assertion);
        QVERIFY2(assertion.error().code().is(error), text(assertion.error().chain()));
    }

    void isSlowOnRequestAndStaysUsableMeanwhile() {
        Misbehaviour how;
        how.providerDelay = 300ms;
        fixture_->practice().misbehave(how);
        LocalClient client;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.get(url("/login")).status, 200);
        QVERIFY(timer.elapsed() >= 300);
        how.providerDelay = 60s;
        fixture_->practice().misbehave(how);
        // Somebody waits; the AWS endpoint answers, and the whole thing can still be stopped.
        QCOMPARE(
            LocalClient::exchange(url("/"), "GET /login HTTP/1.1\r\nHost: " + gw::test::authorityOf(url("/")) + "\r\n\r\n", 100ms)
                .status,
            0);
        QCOMPARE(fixture_->sts({{"Action", "Nothing"}, {"Version", "2011-06-15"}}).status, 400);
        timer.restart();
        fixture_.reset();
        QVERIFY(timer.elapsed() < 5'000);
    }
};

QTEST_GUILESS_MAIN(ProviderTest)
#include "provider_test.moc"
