#include "tests/models/sessions/sign_in_fixture.h"

#include <QPointer>
#include <QSignalSpy>

#include <algorithm>

using namespace gw;
using namespace gw::sessions;
using namespace gw::sessions::test_sign_in;
using test::stsGives;
using test::stsRefuses;

class SignInTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encryptedForAwsOffersTheRolesOfTheLastSignIn() {
        Fixture f;
        QVERIFY(f.choosing());
        f.restart();
        f.builder.encrypted = true;
        f.builder.sign = test::Sign::Response;
        QVERIFY(f.choosing());
        QVERIFY(f.signIn->assertion() == nullptr);
        QVERIFY(f.signIn->unreadable() != nullptr);
        QVERIFY(f.signIn->unreadable()->signedResponse);
        QCOMPARE(f.signIn->claims().roles.size(), std::size_t{2});
        QCOMPARE(f.signIn->deadline(), std::optional(f.clock.now() + 5min));
        Heard heard(*f.signIn);
        f.signIn->exchange({Fixture::choice("Reader", "dev"), Fixture::choice("Unknown")});
        QCOMPARE(f.http.calls.size(), std::size_t{1});
        QVERIFY2(f.body(0).find("role%2FReader") != std::string::npos, f.body(0).c_str());
        f.http.answer(0, 200, stsGives({"ASIA1", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        QVERIFY(heard.all[0][0].session.has_value());
        QVERIFY(!heard.all[0][1].session.has_value());
        const Session& session = *f.book.findByProfile(ProfileName("dev"));
        QVERIFY(!session.roleSessionName.empty());
        QVERIFY(session.assumedRoleArn.ends_with("/" + session.roleSessionName));

        f.clock.advance(5min);
        QTRY_COMPARE(f.signIn->stage(), Stage::Stale);
    }

    void encryptedForAwsIsNotOfferedTwiceNorWithoutKnownRoles() {
        Fixture f;
        f.builder.encrypted = true;
        f.builder.sign = test::Sign::Response;
        f.signIn->accept(f.builder.captured());
        QVERIFY(f.reach(Stage::Failed));
        QVERIFY(f.signIn->error()->code().is(saml::VerifyError::EncryptedAssertion));

        f.builder.encrypted = false;
        f.restart();
        QVERIFY(f.choosing());
        f.builder.encrypted = true;
        f.restart();
        QVERIFY(f.choosing());
        f.restart();
        f.signIn->accept(f.builder.captured());
        QVERIFY(f.reach(Stage::Failed));
        QVERIFY(f.signIn->error()->code().is(saml::VerifyError::Replayed));

        f.builder.destination = "https://evil.example/saml";
        f.restart();
        f.signIn->accept(f.builder.captured());
        QVERIFY(f.reach(Stage::Failed));
        QVERIFY(f.signIn->error()->code().is(saml::VerifyError::EncryptedAssertion));
    }

    void fromResponseToSession() {
        Fixture f;
        QSignalSpy stages(f.signIn.get(), &SignIn::stageChanged);
        Heard heard(*f.signIn);
        f.signIn->accept(f.builder.captured());
        QCOMPARE(f.signIn->stage(), Stage::Verifying);
        QVERIFY(f.reach(Stage::Choosing));
        QCOMPARE(f.signIn->claims().roles.size(), std::size_t{2});
        QCOMPARE(f.signIn->assertion()->nameId().value, std::string("alice@example.org"));
        f.signIn->exchange({Fixture::choice("Reader", "dev")});
        QCOMPARE(f.signIn->stage(), Stage::Exchanging);
        QCOMPARE(f.http.calls.size(), std::size_t{1});
        QVERIFY(f.http.calls[0]->request.url.starts_with("https://sts.eu-west-1.amazonaws.com/"));
        QVERIFY(f.body(0).find("DurationSeconds") == std::string::npos);
        f.http.answer(0, 200, stsGives({"ASIA1", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        const Session& session = *f.book.findByProfile(ProfileName("dev"));
        QVERIFY(*heard.all[0][0].session == session.id);
        QCOMPARE(session.accountAlias, std::string("payments"));
        QVERIFY(session.environment == Environment::Prod);
        QCOMPARE(session.region.value(), std::string("eu-west-1"));
        QCOMPARE(session.accessKeyId, std::string("ASIA1"));
        QCOMPARE(session.roleSessionName, std::string("alice@example.org"));
        QVERIFY(f.book.credentials(session.id)->sessionToken.equals("token-of-A"));
        QVERIFY(f.memory.lastUsed(session.pair.role) > 0);
        QCOMPARE(f.signIn->stage(), Stage::Choosing);
        QCOMPARE(stages.count(), 4);
    }

    void aSessionPolicyGoesAlongAndIsRemembered() {
        Fixture f;
        QVERIFY(f.choosing());
        Heard heard(*f.signIn);
        auto narrowed = Fixture::choice("Reader", "dev");
        narrowed.sessionPolicy = "{\"Statement\":[]}";
        f.signIn->exchange({narrowed, Fixture::choice("Admin", "ops")});
        QCOMPARE(f.http.calls.size(), std::size_t{2});
        QVERIFY(f.body(f.callFor("Reader")).find("&Policy=%7B%22Statement%22%3A%5B%5D%7D") != std::string::npos);
        QVERIFY(f.body(f.callFor("Admin")).find("&Policy=") == std::string::npos);
        f.http.answer(f.callFor("Reader"), 200, stsGives({"ASIA1", f.clock.now() + 1h}));
        f.http.answer(f.callFor("Admin"), 200, stsGives({"ASIA2", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        QCOMPARE(f.book.findByProfile(ProfileName("dev"))->sessionPolicy, narrowed.sessionPolicy);
        QVERIFY(f.book.findByProfile(ProfileName("ops"))->sessionPolicy.empty());
    }

    void severalAtOnceAnswerForThemselves() {
        Fixture f({"A", "B", "C"});
        QVERIFY(f.choosing());
        Heard heard(*f.signIn);
        f.signIn->exchange({Fixture::choice("A"), Fixture::choice("B"), Fixture::choice("C")});
        QCOMPARE(f.http.calls.size(), std::size_t{3});
        f.http.answer(f.callFor("C"), 200, stsGives({"ASIAC", f.clock.now() + 1h}));
        f.http.answer(f.callFor("B"), 403, stsRefuses("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"));
        QTRY_COMPARE(f.book.sessions().size(), std::size_t{1});
        QVERIFY(heard.all.empty());
        f.http.answer(f.callFor("A"), 200, stsGives({"ASIAA", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        const Outcomes& outcomes = heard.all[0];
        QCOMPARE(outcomes[0].pair, test::pair("A"));
        QVERIFY(outcomes[0].session.has_value());
        QVERIFY(outcomes[1].session.error().code().is(cloud::StsError::AccessDenied));
        QVERIFY(outcomes[2].session.has_value());
        // The same assertion serves again.
        f.signIn->exchange({Fixture::choice("B")});
        QCOMPARE(f.http.calls.size(), std::size_t{4});
        f.http.answer(3, 200, stsGives({"ASIAB", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{2});
        QCOMPARE(f.book.sessions().size(), std::size_t{3});
    }

    void manyRolesGoInTurns() {
        std::vector<std::string> names;
        for (int i = 0; i < 20; ++i) names.push_back("Role" + std::to_string(100 + i));
        Fixture f(names);
        QVERIFY(f.choosing());
        Heard heard(*f.signIn);
        std::vector<RoleChoice> choices;
        for (const std::string& name : names) choices.push_back(Fixture::choice(name));
        f.signIn->exchange(choices);
        QCOMPARE(f.http.calls.size(), std::size_t{8});
        for (std::size_t i = 0; i < names.size(); ++i) {
            QTRY_VERIFY(f.http.calls.size() > i);
            f.http.answer(i, 200, stsGives({"ASIA" + std::to_string(i), f.clock.now() + 1h}));
        }
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        QCOMPARE(f.book.sessions().size(), names.size());
    }

    void choicesThatCannotBeAreRefusedBeforeAnyCall() {
        Fixture f;
        QVERIFY(f.choosing());
        QVERIFY(f.book.add(test::session(test::pair("Other"), "taken", f.clock.now(), 1h), test::credentials(f.clock.now() + 1h)).has_value());
        Heard heard(*f.signIn);
        f.signIn->exchange({Fixture::choice("NotOffered"), Fixture::choice("Admin", "taken"), Fixture::choice("Admin", "bad name"),
                            Fixture::choice("Admin", "same"), Fixture::choice("Reader", "same")});
        QCOMPARE(f.http.calls.size(), std::size_t{1});
        f.http.answer(0, 200, stsGives({"ASIA", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        const Outcomes& outcomes = heard.all[0];
        QVERIFY(outcomes[0].session.error().code().is(aws::ClaimError::NotAPair));
        QVERIFY(outcomes[1].session.error().code().is(SessionError::ProfileTaken));
        QVERIFY(outcomes[2].session.error().code().is(SessionError::BadProfileName));
        QVERIFY(outcomes[3].session.has_value());
        QVERIFY(outcomes[4].session.error().code().is(SessionError::ProfileTaken));
    }

    void badResponsesFail_data() {
        QTest::addColumn<QString>("case_");
        QTest::addColumn<QString>("code");
        QTest::newRow("expired") << QStringLiteral("expired") << QStringLiteral("verify.expired");
        QTest::newRow("stranger") << QStringLiteral("stranger") << QStringLiteral("verify.unknown_key");
        QTest::newRow("audience") << QStringLiteral("audience") << QStringLiteral("verify.wrong_audience");
        QTest::newRow("recipient") << QStringLiteral("recipient") << QStringLiteral("verify.wrong_recipient");
        QTest::newRow("no roles") << QStringLiteral("no roles") << QStringLiteral("claim.no_role_attribute");
        QTest::newRow("malformed role") << QStringLiteral("malformed role") << QStringLiteral("claim.no_usable_role");
        QTest::newRow("garbage") << QStringLiteral("garbage") << QStringLiteral("verify.not_base64");
    }
    void badResponsesFail() {
        QFETCH(QString, case_);
        QFETCH(QString, code);
        Fixture f;
        saml::CapturedResponse captured;
        const std::string which = case_.toStdString();
        if (which == "audience") f.builder.audienceRestrictions = {{"urn:other"}};
        if (which == "recipient") f.builder.recipient = "https://evil.example/saml";
        if (which == "no roles") f.builder.roles.clear();
        if (which == "malformed role") f.builder.roles = {"not a pair"};
        captured = f.builder.captured(which == "stranger" ? test::strangerKey() : test::providerKey());
        if (which == "garbage") captured.base64 = Secret(std::string_view("%%%"));
        if (which == "expired") f.clock.advance(1h);
        f.signIn->accept(std::move(captured));
        QVERIFY(f.reach(Stage::Failed));
        QCOMPARE(QString::fromStdString(f.signIn->error()->code().id()), code);
        f.signIn->exchange({Fixture::choice("Admin")});
        f.signIn->cancel();
        QCOMPARE(f.signIn->stage(), Stage::Failed);
        QVERIFY(f.http.calls.empty());
    }

    void aResponseIsTakenOnce() {
        Fixture f;
        QVERIFY(f.choosing());
        const auto second = f.builder.captured();
        f.restart();
        f.signIn->accept(saml::CapturedResponse{second.base64.clone(), {}, second.acs, second.capturedAt, second.source, {}});
        QVERIFY(f.reach(Stage::Failed));
        QVERIFY(f.signIn->error()->code().is(saml::VerifyError::Replayed));
    }

    void additionalAcsAreAccepted() {
        Fixture f;
        f.builder.recipient = f.builder.destination = "http://127.0.0.1:35001/saml";
        f.signIn->accept(f.builder.captured());
        QVERIFY(f.reach(Stage::Failed));
        Provider own = provider();
        own.additionalAcs = {"http://127.0.0.1:35001/saml"};
        f.builder.assertionId = "_other";
        f.restart(own);
        QVERIFY(f.choosing());
    }

    void staysUsableUntilTheDeadline() {
        Fixture f;
        QVERIFY(f.choosing());
        QVERIFY(*f.signIn->deadline() <= f.clock.now() + 5min);
        QVERIFY(*f.signIn->deadline() > f.clock.now());
        Heard heard(*f.signIn);
        f.clock.set(*f.signIn->deadline());
        f.signIn->exchange({Fixture::choice("Admin")});
        QCOMPARE(heard.all.size(), std::size_t{1});
        QVERIFY(heard.all[0][0].session.error().code().is(cloud::StsError::ExpiredToken));
        QCOMPARE(f.signIn->stage(), Stage::Stale);
        QVERIFY(f.http.calls.empty());
    }

    void goesStaleByItself() {
        Fixture f;
        QVERIFY(f.choosing());
        f.clock.advance(10min);
        QVERIFY(f.reach(Stage::Stale));
    }

    void anExchangeUnderWayOutlastsTheDeadline() {
        Fixture f;
        QVERIFY(f.choosing());
        Heard heard(*f.signIn);
        f.signIn->exchange({Fixture::choice("Admin")});
        f.clock.advance(10min);
        f.http.answer(0, 200, stsGives({"ASIA", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        QVERIFY(heard.all[0][0].session.has_value());
        QCOMPARE(f.signIn->stage(), Stage::Stale);
    }

    void cancelling() {
        Fixture f;
        f.signIn->cancel();
        QCOMPARE(f.signIn->stage(), Stage::Cancelled);
        f.signIn->accept(f.builder.captured());
        QCOMPARE(f.signIn->stage(), Stage::Cancelled);

        f.restart();
        f.signIn->accept(f.builder.captured());
        f.signIn->cancel();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(f.signIn->stage(), Stage::Cancelled);

        f.restart();
        QVERIFY(f.choosing());
        f.signIn->exchange({Fixture::choice("Admin")});
        f.signIn->cancel();
        f.http.answer(0, 200, stsGives({"ASIA", f.clock.now() + 1h}));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(f.signIn->stage(), Stage::Cancelled);
        QVERIFY(f.book.sessions().empty());
    }

    void deletedInTheMiddle() {
        Fixture f;
        f.signIn->accept(f.builder.captured());
        f.signIn.reset();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        f.restart();
        QVERIFY(f.choosing());
        f.signIn->exchange({Fixture::choice("Admin")});
        f.signIn.reset();
        f.http.answer(0, 200, stsGives({"ASIA", f.clock.now() + 1h}));
        QCoreApplication::sendPostedEvents();
        QVERIFY(f.book.sessions().empty());
    }

    void capsAreLearnedAndApplied() {
        Fixture f;
        QVERIFY(f.choosing());
        Heard heard(*f.signIn);
        RoleChoice choice = Fixture::choice("Admin", "dev");
        choice.duration = 8h;
        f.signIn->exchange({choice});
        QVERIFY(f.body(0).find("DurationSeconds=28800") != std::string::npos);
        f.http.answer(0, 400, stsRefuses("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
        QTRY_COMPARE(f.http.calls.size(), std::size_t{2});
        QVERIFY(f.body(1).find("DurationSeconds") == std::string::npos);
        f.http.answer(1, 200, stsGives({"ASIA1", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{1});
        QVERIFY(f.book.findByProfile(ProfileName("dev"))->durationCapped);
        f.signIn->exchange({choice});
        QCOMPARE(f.http.calls.size(), std::size_t{3});
        QVERIFY(f.body(2).find("DurationSeconds=3600") != std::string::npos);
        f.http.answer(2, 200, stsGives({"ASIA2", f.clock.now() + 1h}));
        QTRY_COMPARE(heard.all.size(), std::size_t{2});
        QVERIFY(!f.book.findByProfile(ProfileName("dev"))->durationCapped);
        QCOMPARE(f.book.findByProfile(ProfileName("dev"))->accessKeyId, std::string("ASIA2"));
    }

    void theRolesPartitionDecidesTheRegion() {
        Fixture f;
        f.builder.roles = {"arn:aws-us-gov:iam::111122223333:role/Gov,arn:aws-us-gov:iam::111122223333:saml-provider/Practice"};
        QVERIFY(f.choosing());
        f.signIn->exchange({{f.signIn->claims().roles[0], std::nullopt, {}, {}}});
        QCOMPARE(f.http.calls.size(), std::size_t{1});
        QVERIFY(f.http.calls[0]->request.url.starts_with("https://sts.us-gov-"));
    }

    void tellsWhichRolesChanged() {
        Fixture f({"A", "B"});
        QVERIFY(f.choosing());
        QVERIFY(f.signIn->roleChanges() == RoleChanges());
        f.builder.roles = {ResponseBuilder::role(account, "B"), ResponseBuilder::role(account, "C")};
        f.builder.assertionId = "_next";
        f.restart();
        QVERIFY(f.choosing());
        QCOMPARE(f.signIn->roleChanges().gained, std::vector<aws::RolePair>{test::pair("C")});
        QCOMPARE(f.signIn->roleChanges().lost, std::vector<aws::RolePair>{test::pair("A")});
    }
};

QTEST_GUILESS_MAIN(SignInTest)
#include "sign_in_test.moc"
