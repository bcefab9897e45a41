// Issuer, destination, audience, subject confirmation, times, answers and replay, on responses whose signature holds.
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;
using test::ResponseBuilder;
using test::Sign;

struct Rule {
    const char* name;
    std::function<void(ResponseBuilder&)> change;
    std::optional<VerifyError> error; // nothing: accepted
};

class Rules : public testing::TestWithParam<Rule> {};

TEST_P(Rules, HoldForEverySignedPart) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        ResponseBuilder builder(testNow);
        const TrustedProvider trust = builder.trust();
        builder.sign = sign;
        GetParam().change(builder);
        const auto verdict = verifyText(builder.xml(), AlgorithmPolicy::Default, trust);
        if (GetParam().error)
            EXPECT_TRUE(failsWith(verdict, *GetParam().error));
        else
            EXPECT_TRUE(holds(verdict));
    }
}

const std::string acs = "https://signin.aws.amazon.com/saml";

INSTANTIATE_TEST_SUITE_P(
    Issuer, Rules,
    testing::Values(
        Rule{"Other", [](auto& b) { b.issuer = "https://evil.example"; }, VerifyError::WrongIssuer},
        Rule{"OtherInBoth",
             [](auto& b) {
                 b.issuer = "https://evil.example";
                 b.responseIssuer = b.issuer;
             },
             VerifyError::WrongIssuer},
        Rule{"OtherInResponse", [](auto& b) { b.responseIssuer = "https://evil.example"; }, VerifyError::WrongIssuer},
        Rule{"Prefix",
             [](auto& b) {
                 b.issuer = b.issuer.substr(0, 10);
                 b.responseIssuer = b.issuer;
             },
             VerifyError::WrongIssuer},
        Rule{"Longer",
             [](auto& b) {
                 b.issuer += "/";
                 b.responseIssuer = b.issuer;
             },
             VerifyError::WrongIssuer},
        Rule{"OtherCase",
             [](auto& b) {
                 b.issuer = "HTTPS://idp.example/metadata";
                 b.responseIssuer = b.issuer;
             },
             VerifyError::WrongIssuer},
        Rule{"Space",
             [](auto& b) {
                 b.issuer += " ";
                 b.responseIssuer = b.issuer;
             },
             VerifyError::WrongIssuer},
        Rule{"Empty",
             [](auto& b) {
                 b.issuer = "";
                 b.responseIssuer.reset();
             },
             VerifyError::WrongIssuer},
        Rule{"PersonFormat", [](auto& b) { b.issuerFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"; },
             VerifyError::WrongIssuer},
        Rule{"EntityFormat", [](auto& b) { b.issuerFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"; }, std::nullopt},
        Rule{"NoneInResponse", [](auto& b) { b.responseIssuer.reset(); }, std::nullopt}),
    [](const auto& one) { return std::string(one.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Endpoints, Rules,
    testing::Values(
        Rule{"OtherDestination", [](auto& b) { b.destination = "https://evil.example/saml"; }, VerifyError::WrongDestination},
        Rule{"LongerDestination", [](auto& b) { b.destination = acs + "/x"; }, VerifyError::WrongDestination},
        Rule{"EmptyDestination", [](auto& b) { b.destination = ""; }, VerifyError::WrongDestination},
        Rule{"NoDestination", [](auto& b) { b.destination.reset(); }, std::nullopt},
        Rule{"RegionalDestination", [](auto& b) { b.destination = "https://eu-west-1.signin.aws.amazon.com/saml"; },
             std::nullopt},
        Rule{"OtherRecipient", [](auto& b) { b.recipient = "https://evil.example/saml"; }, VerifyError::WrongRecipient},
        Rule{"ContainsUs", [](auto& b) { b.recipient = "https://evil.example/?" + acs; }, VerifyError::WrongRecipient},
        Rule{"StartsLikeUs", [](auto& b) { b.recipient = "https://signin.aws.amazon.com.evil.example/saml"; },
             VerifyError::WrongRecipient},
        Rule{"PlainHttp", [](auto& b) { b.recipient = "http://signin.aws.amazon.com/saml"; }, VerifyError::WrongRecipient},
        Rule{"EmptyRecipient", [](auto& b) { b.recipient = ""; }, VerifyError::WrongRecipient},
        Rule{"NoRecipient", [](auto& b) { b.recipient.reset(); }, VerifyError::WrongRecipient},
        Rule{"ChinaRecipient", [](auto& b) { b.recipient = "https://signin.amazonaws.cn/saml"; }, std::nullopt},
        Rule{"NoSubject", [](auto& b) { b.subject = false; }, VerifyError::NoSubjectConfirmation},
        Rule{"NotBearer", [](auto& b) { b.confirmationMethod = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"; },
             VerifyError::NoSubjectConfirmation}),
    [](const auto& one) { return std::string(one.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Audience, Rules,
    testing::Values(
        Rule{"Other", [](auto& b) { b.audienceRestrictions = {{"https://other.example"}}; }, VerifyError::WrongAudience},
        Rule{"None", [](auto& b) { b.audienceRestrictions = {}; }, VerifyError::WrongAudience},
        Rule{"EmptyRestriction", [](auto& b) { b.audienceRestrictions = {{}}; }, VerifyError::WrongAudience},
        Rule{"Longer", [](auto& b) { b.audienceRestrictions = {{"urn:amazon:webservices:x"}}; }, VerifyError::WrongAudience},
        Rule{"OtherCase", [](auto& b) { b.audienceRestrictions = {{"URN:amazon:webservices"}}; }, VerifyError::WrongAudience},
        Rule{"OneOfSeveral",
             [](auto& b) {
                 b.audienceRestrictions = {{"x", "urn:amazon:webservices"}};
             },
             std::nullopt},
        Rule{"EveryRestrictionCounts",
             [](auto& b) {
                 b.audienceRestrictions = {{"urn:amazon:webservices"}, {"x"}};
             },
             VerifyError::WrongAudience},
        Rule{"SignInUrl", [](auto& b) { b.audienceRestrictions = {{acs}}; }, std::nullopt},
        Rule{"GovCloud", [](auto& b) { b.audienceRestrictions = {{"urn:amazon:webservices:govcloud"}}; }, std::nullopt},
        Rule{"China", [](auto& b) { b.audienceRestrictions = {{"urn:amazon:webservices:cn-north-1"}}; }, std::nullopt}),
    [](const auto& one) { return std::string(one.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Times, Rules,
    testing::Values(Rule{"NoConfirmationLimit", [](auto& b) { b.confirmationNotOnOrAfter.reset(); }, VerifyError::MissingTime},
                    Rule{"NoConditionsLimit",
                         [](auto& b) {
                             b.notOnOrAfter.reset();
                             b.notBefore.reset();
                         },
                         std::nullopt},
                    Rule{"ConfirmationOver", [](auto& b) { b.confirmationNotOnOrAfter = testNow - 180s; }, VerifyError::Expired},
                    Rule{"ConfirmationWithinSkew", [](auto& b) { b.confirmationNotOnOrAfter = testNow - 179s; }, std::nullopt},
                    Rule{"ConditionsOver", [](auto& b) { b.notOnOrAfter = testNow - 180s; }, VerifyError::Expired},
                    Rule{"ConditionsWithinSkew", [](auto& b) { b.notOnOrAfter = testNow - 179s; }, std::nullopt},
                    Rule{"ConditionsNotYet", [](auto& b) { b.notBefore = testNow + 181s; }, VerifyError::NotYetValid},
                    Rule{"ConditionsSoon", [](auto& b) { b.notBefore = testNow + 180s; }, std::nullopt},
                    Rule{"ConfirmationNotYet", [](auto& b) { b.confirmationNotBefore = testNow + 181s; },
                         VerifyError::NotYetValid},
                    Rule{"ConfirmationSoon", [](auto& b) { b.confirmationNotBefore = testNow + 180s; }, std::nullopt},
                    Rule{"AssertionOfTheFuture", [](auto& b) { b.assertionInstant = testNow + 181s; }, VerifyError::NotYetValid},
                    Rule{"AssertionOfTheNearFuture", [](auto& b) { b.assertionInstant = testNow + 180s; }, std::nullopt},
                    Rule{"ResponseOfTheFuture", [](auto& b) { b.responseInstant = testNow + 181s; }, VerifyError::NotYetValid},
                    Rule{"SessionOver", [](auto& b) { b.sessionNotOnOrAfter = testNow - 180s; }, VerifyError::SessionOver},
                    Rule{"SessionWithinSkew", [](auto& b) { b.sessionNotOnOrAfter = testNow - 179s; }, std::nullopt},
                    Rule{"NoSessionLimit", [](auto& b) { b.sessionNotOnOrAfter.reset(); }, std::nullopt},
                    Rule{"NoAuthnStatement", [](auto& b) { b.authnStatement = false; }, VerifyError::NoAuthnStatement}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(TimeFacts, SayWhichLimitAndByHowMuch) {
    ResponseBuilder builder(testNow);
    builder.notOnOrAfter = testNow - 10min;
    const auto verdict = verifyBuilt(builder);
    ASSERT_TRUE(failsWith(verdict, VerifyError::Expired));
    EXPECT_EQ(verdict.error().fact("where"), "Conditions/@NotOnOrAfter");
    EXPECT_EQ(verdict.error().fact("instant"), (testNow - 10min).toRfc3339());
    EXPECT_EQ(verdict.error().fact("now"), testNow.toRfc3339());
    EXPECT_EQ(verdict.error().fact("skew_seconds"), "180");
    EXPECT_EQ(verdict.error().fact("offset"), "600");
}

TEST(TimeFacts, AClockThatIsWrongIsSeenOnBothSides) {
    const ResponseBuilder builder(testNow);
    const AssertionVerifier verifier;
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), testNow + 9min, nullptr), VerifyError::Expired));
    EXPECT_TRUE(
        failsWith(verifier.verify(builder.captured(), builder.trust(), testNow - 5min, nullptr), VerifyError::NotYetValid));
}

TEST(Times, MalformedOnesAreRefused) {
    ResponseBuilder builder(testNow);
    const std::string text = builder.unsignedXml();
    for (const auto& [from, to] : {std::pair("NotBefore=\"2026", "NotBefore=\"soon 2026"),
                                   std::pair("SessionNotOnOrAfter=\"2026", "SessionNotOnOrAfter=\"x2026"),
                                   std::pair("AuthnInstant=\"2026", "AuthnInstant=\"-2026")}) {
        const auto signedText = signEnveloped(replaced(text, from, to), "_assert1", test::providerKey());
        ASSERT_TRUE(signedText);
        EXPECT_TRUE(failsWith(verifyText(*signedText), VerifyError::BadStructure)) << to;
    }
}

TEST(Times, LimitsAreTheEarliest) {
    ResponseBuilder builder(testNow);
    builder.notOnOrAfter = testNow + 1h;
    builder.confirmationNotOnOrAfter = testNow + 2min;
    auto verdict = verifyBuilt(builder);
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->notOnOrAfter(), testNow + 2min);
    EXPECT_EQ(verdict->exchangeDeadline(), testNow + 2min);
    builder.confirmationNotOnOrAfter = testNow + 30min;
    builder.assertionInstant = testNow - 2min;
    verdict = verifyBuilt(builder);
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->notOnOrAfter(), testNow + 30min);
    EXPECT_EQ(verdict->exchangeDeadline(), testNow + 3min) << "five minutes from IssueInstant, whatever the limits say";
    builder.notOnOrAfter = testNow + 1min;
    verdict = verifyBuilt(builder);
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->notOnOrAfter(), testNow + 1min) << "of Conditions";
}

TEST(Conditions, UnknownOnesAreRefusedAndKnownOnesPass) {
    const std::string text = ResponseBuilder(testNow).unsignedXml();
    const auto with = [&](const std::string& condition) {
        return verifyText(*signEnveloped(replaced(text, "</saml:Conditions>", condition + "</saml:Conditions>"), "_assert1",
                                         test::providerKey()));
    };
    EXPECT_TRUE(holds(with("<saml:OneTimeUse/>")));
    EXPECT_TRUE(holds(with("<saml:ProxyRestriction Count=\"0\"/>")));
    EXPECT_TRUE(failsWith(with("<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x\"/>"),
                          VerifyError::UnknownCondition));
    EXPECT_TRUE(failsWith(with("<x xmlns=\"u:x\"/>"), VerifyError::UnknownCondition));
}

TEST(SubjectConfirmation, AnyBearerOneThatHoldsIsEnough) {
    const std::string text = ResponseBuilder(testNow).unsignedXml();
    const std::string bad =
        "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData "
        "Recipient=\"https://other.example\"/></saml:SubjectConfirmation>";
    const auto verdict = verifyText(*signEnveloped(
        replaced(text, "<saml:SubjectConfirmation ", bad + "<saml:SubjectConfirmation "), "_assert1", test::providerKey()));
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->recipient(), acs);
    EXPECT_TRUE(warnsOf(verdict, "several-subject-confirmations"));
}

Result<VerifiedAssertion> answering(const ResponseBuilder& builder, std::optional<std::string> request) {
    CapturedResponse captured = builder.captured();
    captured.requestId = std::move(request);
    return AssertionVerifier().verify(captured, builder.trust(), testNow, nullptr);
}

TEST(InResponseTo, MustAnswerTheRequestThatWasSent) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        ResponseBuilder builder(testNow);
        builder.sign = sign;
        EXPECT_TRUE(failsWith(answering(builder, "_req1"), VerifyError::WrongInResponseTo)) << "unsolicited";
        builder.inResponseTo = "_req1";
        EXPECT_TRUE(failsWith(answering(builder, "_req1"), VerifyError::WrongInResponseTo)) << "only the response answers";
        builder.confirmationInResponseTo = "_req2";
        EXPECT_TRUE(failsWith(answering(builder, "_req1"), VerifyError::WrongInResponseTo));
        builder.confirmationInResponseTo = "_req1";
        EXPECT_TRUE(holds(answering(builder, "_req1")));
        EXPECT_TRUE(failsWith(answering(builder, "_req"), VerifyError::WrongInResponseTo));
        EXPECT_TRUE(warnsOf(answering(builder, std::nullopt), "unexpected-in-response-to"));
    }
}

TEST(Replay, IsRefusedOnlyAfterAcceptance) {
    ReplayCache cache;
    const ResponseBuilder builder(testNow);
    const AssertionVerifier verifier;
    const auto bad = replaced(builder.xml(), "role/Admin", "role/Root!");
    EXPECT_FALSE(verifier.verify(test::capture(bad, testNow), builder.trust(), testNow, &cache));
    EXPECT_EQ(cache.size(), 0U) << "a forgery must not use up the real one";
    EXPECT_TRUE(holds(verifier.verify(builder.captured(), builder.trust(), testNow, &cache)));
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), testNow + 1min, &cache), VerifyError::Replayed));
    ResponseBuilder other(testNow);
    other.responseId = "_resp2";
    EXPECT_TRUE(failsWith(verifier.verify(other.captured(), builder.trust(), testNow, &cache), VerifyError::Replayed))
        << "the same assertion in another response";
    other.assertionId = "_assert2";
    EXPECT_TRUE(holds(verifier.verify(other.captured(), builder.trust(), testNow, &cache)));
    // Within the skew after its end it would still be accepted, so it must still be remembered.
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), testNow + 7min, &cache), VerifyError::Replayed));
}

TEST(Replay, IsSeenWhereTimesAreSkipped) {
    ReplayCache cache;
    const ResponseBuilder builder(testNow);
    VerifierSettings settings;
    settings.skip.time = true;
    const AssertionVerifier verifier(settings);
    const UtcTime later = testNow + 24h * 365;
    EXPECT_TRUE(holds(verifier.verify(builder.captured(), builder.trust(), later, &cache)));
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), later + 1s, &cache), VerifyError::Replayed));
}

TEST(Settings, ReplaceTheDefaults) {
    ResponseBuilder builder(testNow);
    builder.recipient = builder.destination = "http://127.0.0.1:4000/acs";
    builder.audienceRestrictions = {{"urn:own"}};
    builder.notOnOrAfter = builder.confirmationNotOnOrAfter = testNow;
    VerifierSettings settings;
    settings.acceptsAcs = [](std::string_view url) { return url == "http://127.0.0.1:4000/acs"; };
    settings.audiences = {"urn:own"};
    settings.skew = 1s;
    EXPECT_TRUE(holds(AssertionVerifier(settings).verify(builder.captured(), builder.trust(), testNow, nullptr)));
    settings.skew = 0s;
    EXPECT_TRUE(failsWith(AssertionVerifier(settings).verify(builder.captured(), builder.trust(), testNow, nullptr),
                          VerifyError::Expired))
        << "the end is exclusive";
    EXPECT_FALSE(verifyBuilt(builder));
}

TEST(Provider, WithoutEntityIdBelievesTheKeyAlone) {
    ResponseBuilder builder(testNow);
    builder.issuer = "https://any.example";
    builder.responseIssuer = builder.issuer;
    EXPECT_TRUE(holds(verifyText(builder.xml(), AlgorithmPolicy::Default, {"", {test::providerKey().certificate}})));
    builder.responseIssuer = "https://other.example";
    EXPECT_TRUE(failsWith(verifyText(builder.xml(), AlgorithmPolicy::Default, {"", {test::providerKey().certificate}}),
                          VerifyError::WrongIssuer));
}

TEST(Provider, WithoutEntityIdStillWantsAnIssuer) {
    ResponseBuilder builder(testNow);
    builder.issuer.clear();
    builder.responseIssuer.reset();
    EXPECT_TRUE(failsWith(verifyText(builder.xml(), AlgorithmPolicy::Default, {"", {test::providerKey().certificate}}),
                          VerifyError::WrongIssuer));
}

TEST(Provider, AnswersForWhatOnlyAwsCanRead) {
    ResponseBuilder builder(testNow);
    builder.encrypted = true;
    builder.sign = Sign::Response;
    const auto examined = [&] {
        return AssertionVerifier().examine(builder.captured(), ResponseBuilder(testNow).trust(), testNow, nullptr);
    };
    EXPECT_TRUE(examined().unreadable.has_value());
    builder.responseIssuer = "https://other.example";
    const auto other = examined();
    EXPECT_FALSE(other.unreadable.has_value());
    ASSERT_TRUE(other.rejection.has_value());
    EXPECT_TRUE(std::ranges::any_of(other.findings, [](const Finding& one) { return one.rule->id == "wrong-issuer"; }));
}

TEST(Facts, DoNotGrowWithTheResponse) {
    ResponseBuilder builder(testNow);
    std::vector<std::string> many;
    for (int i = 0; i < 400; ++i) many.push_back("urn:example:audience:" + std::to_string(i));
    builder.audienceRestrictions = {many};
    const auto verdict = verifyBuilt(builder);
    ASSERT_TRUE(failsWith(verdict, VerifyError::WrongAudience));
    EXPECT_LT(verdict.error().fact("seen").size(), 1200U);
}

TEST(Warnings, TellWhereTheResponseWasAddressed) {
    ResponseBuilder builder(testNow);
    builder.recipient = "https://eu-west-1.signin.aws.amazon.com/saml";
    EXPECT_TRUE(warnsOf(verifyBuilt(builder), "recipient-differs-from-acs"));
    builder.nameId = "";
    EXPECT_TRUE(warnsOf(verifyBuilt(builder), "no-name-id"));
}

} // namespace
} // namespace gw::saml
