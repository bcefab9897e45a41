// What an examination tells: every rule that is broken, in order, with its place; what was skipped; what is odd.
#include "saml/base/base64.h"
#include "saml/protocol/authn_request.h"
#include "saml/protocol/rules.h"
#include "saml/xml/document.h"
#include "tests/saml/verify_helpers.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <algorithm>
#include <functional>
#include <set>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;
using test::ResponseBuilder;

Examination examine(const ResponseBuilder& builder, const SkippedRules& skip = {}, UtcTime now = testNow,
                    ReplayCache* replay = nullptr, const std::optional<std::string>& requestId = std::nullopt) {
    VerifierSettings settings;
    settings.skip = skip;
    CapturedResponse captured = builder.captured();
    captured.requestId = requestId;
    return AssertionVerifier(settings).examine(captured, builder.trust(), now, replay);
}

std::vector<std::string> ids(const Examination& examination, Severity severity) {
    std::vector<std::string> found;
    for (const Finding& one : examination.findings)
        if (one.severity == severity) found.emplace_back(one.rule->id);
    return found;
}

const Finding& only(const Examination& examination, const Rule& rule) {
    static const Finding none;
    const Finding* found = nullptr;
    for (const Finding& one : examination.findings)
        if (one.rule == &rule) {
            EXPECT_EQ(found, nullptr) << "twice: " << rule.id;
            found = &one;
        }
    EXPECT_NE(found, nullptr) << "not told: " << rule.id;
    return found == nullptr ? none : *found;
}

TEST(RuleTable, HasEachIdentifierOnceAndAFatalRuleForEachError) {
    std::set<std::string_view> seen;
    for (const Rule* rule : verifierRules()) {
        EXPECT_TRUE(seen.insert(rule->id).second) << rule->id;
        EXPECT_FALSE(rule->clause.empty()) << rule->id;
        EXPECT_TRUE(std::all_of(rule->id.begin(), rule->id.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        })) << rule->id;
        EXPECT_EQ(verifierRule(rule->id), rule);
    }
    for (std::size_t i = 0; i < VerifyErrorDomain.codes.size(); ++i) {
        const Rule& rule = ruleOf(static_cast<VerifyError>(i));
        EXPECT_EQ(rule.severity, Severity::Fatal);
        std::string expected(VerifyErrorDomain.codes[i]);
        std::replace(expected.begin(), expected.end(), '_', '-');
        EXPECT_EQ(rule.id, expected);
    }
    EXPECT_EQ(verifierRule("no-such-rule"), nullptr);
}

TEST(Examination, AGoodResponseHasNothingButRemarks) {
    for (const auto sign : {test::Sign::Assertion, test::Sign::Response, test::Sign::Both}) {
        ResponseBuilder builder(testNow);
        builder.sign = sign;
        const Examination examination = examine(builder);
        ASSERT_TRUE(examination.accepted.has_value());
        EXPECT_FALSE(examination.rejection.has_value());
        for (const Finding& one : examination.findings) EXPECT_EQ(one.severity, Severity::Info) << one.rule->id;
        EXPECT_EQ(examination.signedPart, sign == test::Sign::Both       ? SignedPart::Both
                                          : sign == test::Sign::Response ? SignedPart::Response
                                                                         : SignedPart::Assertion);
    }
}

TEST(Examination, TellsEveryBrokenRuleInTheOrderOfTheChecks) {
    ResponseBuilder builder(testNow);
    builder.destination = "https://evil.example/saml";
    builder.recipient = "https://evil.example/saml";
    builder.audienceRestrictions = {{"urn:other"}};
    builder.authnStatement = false;
    builder.notOnOrAfter = testNow - 1h;
    builder.confirmationNotOnOrAfter = testNow - 1h;
    TrustedProvider trust = builder.trust();
    trust.entityId = "https://another.example";
    const Examination examination = AssertionVerifier().examine(builder.captured(), trust, testNow, nullptr);
    EXPECT_FALSE(examination.accepted.has_value());
    EXPECT_EQ(examination.signedPart, SignedPart::Assertion);
    EXPECT_THAT(ids(examination, Severity::Fatal),
                testing::ElementsAre("wrong-issuer", "wrong-destination", "no-authn-statement", "wrong-audience",
                                     "wrong-recipient", "expired", "expired"));
    ASSERT_TRUE(examination.rejection.has_value());
    EXPECT_TRUE(examination.rejection->code().is(VerifyError::WrongIssuer));
    EXPECT_EQ(examination.findings.front().rule, &ruleOf(VerifyError::WrongIssuer));
}

TEST(Examination, TellsWhereInTheDocument) {
    ResponseBuilder builder(testNow);
    builder.pretty = true;
    builder.audienceRestrictions = {{"urn:other"}};
    const Examination examination = examine(builder);
    const Finding& audience = only(examination, ruleOf(VerifyError::WrongAudience));
    EXPECT_EQ(audience.where, "/Response/Assertion/Conditions/AudienceRestriction");
    EXPECT_EQ(audience.fact("seen"), "urn:other");
    EXPECT_THAT(std::string(audience.fact("expected")), testing::HasSubstr("urn:amazon:webservices"));
    const std::string text = builder.xml();
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("<saml:AudienceRestriction")), '\n');
    EXPECT_EQ(audience.line, lines + 1);
    const Examination shape =
        AssertionVerifier().examine(test::capture(replaced(text, "<saml:Conditions", "<saml:Evil/><saml:Conditions"), testNow),
                                    builder.trust(), testNow, nullptr);
    const Finding& structure = only(shape, ruleOf(VerifyError::BadStructure));
    EXPECT_EQ(structure.where, "/Response/Assertion/Evil");
    EXPECT_GT(structure.line, 1);
}

// What is read again from signed octets has its path and its line in the response.
TEST(Examination, TellsWhereInTheDocumentAlsoOfSignedContent) {
    for (const test::Sign sign : {test::Sign::Assertion, test::Sign::Response, test::Sign::Both}) {
        ResponseBuilder builder(testNow);
        builder.pretty = true;
        builder.sign = sign;
        builder.extraInAssertion = "<saml:AuthnStatement AuthnInstant=\"yesterday\"/>";
        builder.authnStatement = false;
        const std::string text = "\n\n" + builder.xml();
        const Examination examination =
            AssertionVerifier().examine(test::capture(text, testNow), builder.trust(), testNow, nullptr);
        const Finding& finding = only(examination, ruleOf(VerifyError::BadStructure));
        EXPECT_EQ(finding.where, "/Response/Assertion/AuthnStatement");
        const auto at = static_cast<std::ptrdiff_t>(text.find("<saml:AuthnStatement"));
        EXPECT_EQ(finding.line, std::count(text.begin(), text.begin() + at, '\n') + 1);
    }
}

struct Skip {
    const char* name;
    std::function<void(ResponseBuilder&)> breaks;
    const char* rule;
};

class Skipping : public testing::TestWithParam<Skip> {};

TEST_P(Skipping, TurnsThatRuleIntoAWarningAndNoOther) {
    ResponseBuilder builder(testNow);
    GetParam().breaks(builder);
    EXPECT_THAT(ids(examine(builder), Severity::Fatal), testing::Each(testing::StrEq(GetParam().rule)));
    ASSERT_FALSE(examine(builder).accepted.has_value());
    for (const char* name : {"time", "audience", "recipient", "destination", "issuer"}) {
        SkippedRules skip;
        ASSERT_TRUE(skip.add(name));
        const Examination examination = examine(builder, skip);
        const bool own = std::string_view(name) == GetParam().name;
        EXPECT_EQ(examination.accepted.has_value(), own) << name;
        EXPECT_THAT(ids(examination, own ? Severity::Warning : Severity::Fatal),
                    testing::Contains(testing::StrEq(GetParam().rule)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Skipping,
    testing::Values(Skip{"time", [](auto& b) { b.notOnOrAfter = testNow - 1h; }, "expired"},
                    Skip{"time", [](auto& b) { b.confirmationNotOnOrAfter = testNow - 1h; }, "expired"},
                    Skip{"time", [](auto& b) { b.confirmationNotOnOrAfter.reset(); }, "missing-time"},
                    Skip{"time", [](auto& b) { b.notBefore = testNow + 1h; }, "not-yet-valid"},
                    Skip{"time", [](auto& b) { b.assertionInstant = testNow + 4min; }, "not-yet-valid"},
                    Skip{"time", [](auto& b) { b.sessionNotOnOrAfter = testNow - 1h; }, "session-over"},
                    Skip{"audience", [](auto& b) { b.audienceRestrictions = {{"x"}}; }, "wrong-audience"},
                    Skip{"audience", [](auto& b) { b.audienceRestrictions.clear(); }, "wrong-audience"},
                    Skip{"recipient", [](auto& b) { b.recipient = "https://evil.example/"; }, "wrong-recipient"},
                    Skip{"recipient", [](auto& b) { b.recipient.reset(); }, "wrong-recipient"},
                    Skip{"destination", [](auto& b) { b.destination = "https://evil.example/"; }, "wrong-destination"},
                    Skip{"issuer", [](auto& b) { b.responseIssuer = "https://evil.example/"; }, "wrong-issuer"}));

TEST(Skipping, NamesNothingElse) {
    SkippedRules skip;
    for (const char* name : {"", "signature", "structure", "Time", "replay", "in-response-to"})
        EXPECT_FALSE(skip.add(name)) << name;
}

TEST(Skipping, NeverTouchesSignatureOrStructure) {
    const SkippedRules all{.time = true, .audience = true, .recipient = true, .destination = true, .issuer = true};
    ResponseBuilder builder(testNow);
    builder.sign = test::Sign::Nothing;
    EXPECT_THAT(ids(examine(builder, all), Severity::Fatal), testing::ElementsAre("not-signed"));
    builder.sign = test::Sign::Assertion;
    builder.confirmationMethod = "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches";
    EXPECT_THAT(ids(examine(builder, all), Severity::Fatal), testing::ElementsAre("no-subject-confirmation"));
    builder = ResponseBuilder(testNow);
    builder.statusCode = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    EXPECT_THAT(ids(examine(builder, all), Severity::Fatal), testing::ElementsAre("status-not-success"));
}

TEST(Skipping, AnOldResponseKeepsALimit) {
    ResponseBuilder builder(testNow);
    builder.confirmationNotOnOrAfter.reset();
    builder.notOnOrAfter.reset();
    const Examination examination = examine(builder, {.time = true}, testNow + 24h * 400);
    ASSERT_TRUE(examination.accepted.has_value());
    EXPECT_EQ(examination.accepted->notOnOrAfter(), testNow + 5min);
    EXPECT_THAT(ids(examination, Severity::Error), testing::Contains("exchange-window-over"));
}

TEST(Examination, TellsWhatIsOdd) {
    ResponseBuilder builder(testNow);
    builder.notOnOrAfter = testNow + 3h;
    builder.inResponseTo = builder.confirmationInResponseTo = "_nobody";
    builder.destination.reset();
    builder.sign = test::Sign::Response;
    const Examination examination = examine(builder, {}, testNow + 4min);
    ASSERT_TRUE(examination.accepted.has_value());
    EXPECT_THAT(ids(examination, Severity::Warning),
                testing::UnorderedElementsAre("long-lifetime", "unexpected-in-response-to", "unexpected-in-response-to",
                                              "no-destination"));
    EXPECT_TRUE(ids(examination, Severity::Error).empty());
    // Five minutes after its issue AWS does not take it any more, whatever it says itself.
    builder.confirmationNotOnOrAfter = testNow + 1h;
    EXPECT_THAT(ids(examine(builder, {}, testNow + 5min), Severity::Error), testing::ElementsAre("exchange-window-over"));
}

TEST(Examination, OneTimeUseIsToldAndTheReplayCacheKeepsIt) {
    const std::string text =
        replaced(ResponseBuilder(testNow).unsignedXml(), "</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>");
    const auto done = signEnveloped(text, "_assert1", test::providerKey());
    ASSERT_TRUE(done.has_value());
    ReplayCache replay;
    const auto trust = ResponseBuilder(testNow).trust();
    const Examination first = AssertionVerifier().examine(test::capture(*done, testNow), trust, testNow, &replay);
    ASSERT_TRUE(first.accepted.has_value());
    only(first, rules::oneTimeUse);
    ReplayCache restarted;
    restarted.restore(replay.serialize(), testNow);
    const Examination second = AssertionVerifier().examine(test::capture(*done, testNow), trust, testNow, &restarted);
    EXPECT_THAT(ids(second, Severity::Fatal), testing::ElementsAre("replayed"));
}

TEST(Examination, ARejectedAssertionIsNotRemembered) {
    ReplayCache replay;
    ResponseBuilder builder(testNow);
    builder.audienceRestrictions = {{"x"}};
    EXPECT_FALSE(examine(builder, {}, testNow, &replay).accepted.has_value());
    EXPECT_EQ(replay.size(), 0U);
}

TEST(Examination, ASignatureInAnOddPlaceIsTold) {
    ResponseBuilder builder(testNow);
    const std::string text = builder.xml();
    const std::size_t begin = text.find("<ds:Signature ");
    const std::size_t end = text.find("</ds:Signature>") + 15;
    std::string moved = text;
    moved.erase(begin, end - begin);
    moved.insert(moved.find("</saml:Assertion>"), text.substr(begin, end - begin));
    const Examination examination = AssertionVerifier().examine(test::capture(moved, testNow), builder.trust(), testNow, nullptr);
    ASSERT_TRUE(examination.accepted.has_value());
    EXPECT_EQ(only(examination, rules::signatureMisplaced).where, "/Response/Assertion/Signature");
}

// A clock that gives the same number every time.
class FixedRandom final : public Random {
public:
    void fill(std::span<std::byte> out) override { std::fill(out.begin(), out.end(), std::byte{0xAB}); }
};

std::string inflated(std::string text) {
    std::string out(65'536, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(AuthnRequest, IsThatOfAwsAndItsAnswerIsBoundToIt) {
    FixedRandom random;
    RequestOptions options;
    options.destination = "https://idp.example/sso?tenant=a&b=c";
    options.relayState = "a b+c";
    options.forceAuthn = true;
    const auto request = makeAuthnRequest(options, testNow, random);
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->id, "_abababababababababababababababab");
    const std::string start = options.destination + "&SAMLRequest=";
    ASSERT_TRUE(request->url.starts_with(start));
    EXPECT_TRUE(request->url.ends_with("&RelayState=a%20b%2Bc"));
    const auto value = formField(request->url.substr(options.destination.size() + 1), "SAMLRequest");
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(inflated(*decodeBase64(*value, 10'000)), request->xml);
    const auto document = xml::Document::parse(request->xml, xml::ReadRules::response());
    ASSERT_TRUE(document.has_value());
    const xml::Element root = document->root();
    EXPECT_EQ(root.name(), "AuthnRequest");
    EXPECT_EQ(root.attribute("ID"), request->id);
    EXPECT_EQ(root.attribute("Destination"), options.destination);
    EXPECT_EQ(root.attribute("AssertionConsumerServiceURL"), "https://signin.aws.amazon.com/saml");
    EXPECT_EQ(root.attribute("IssueInstant"), testNow.toRfc3339());
    EXPECT_EQ(root.attribute("ForceAuthn"), "true");
    EXPECT_EQ(root.firstChild().text(), "urn:amazon:webservices");

    ResponseBuilder builder(testNow);
    builder.inResponseTo = builder.confirmationInResponseTo = request->id;
    EXPECT_TRUE(examine(builder, {}, testNow, nullptr, request->id).accepted.has_value());
    EXPECT_THAT(ids(examine(builder, {}, testNow, nullptr, "_other"), Severity::Fatal),
                testing::ElementsAre("wrong-in-response-to", "wrong-in-response-to"));
    builder.confirmationInResponseTo.reset();
    EXPECT_THAT(ids(examine(builder, {}, testNow, nullptr, request->id), Severity::Fatal),
                testing::ElementsAre("wrong-in-response-to"));
}

TEST(AuthnRequest, GoesNowhereElse) {
    FixedRandom random;
    const auto code = [&](const std::string& destination) {
        RequestOptions options;
        options.destination = destination;
        const auto request = makeAuthnRequest(options, testNow, random);
        return request ? std::string("made") : request.error().code().id();
    };
    EXPECT_EQ(code("https://idp.example/sso"), "made");
    EXPECT_EQ(code("http://127.0.0.1:8080/sso"), "made");
    for (const char* bad : {"", "http://idp.example/", "https://", "https:///x", "javascript:alert(1)", "https://idp.example/#x",
                            "https://idp example/", "http://127.0.0.1.evil.example/", "file:///etc/passwd",
                            "https://idp.example/\"", "https://idp.example/<", "https://idp.example/>", "https://idp.example/\x7F"})
        EXPECT_EQ(code(bad), "request.bad_destination") << bad;
    EXPECT_EQ(code("https://idp.example/" + std::string(3000, 'a')), "request.too_long");
    RequestOptions options;
    options.destination = "https://idp.example/";
    options.relayState = std::string(81, 'x');
    EXPECT_FALSE(makeAuthnRequest(options, testNow, random).has_value());
    options.relayState.clear();
    for (std::string RequestOptions::*part : {&RequestOptions::issuer, &RequestOptions::acs}) {
        RequestOptions longer = options;
        longer.*part = "https://idp.example/" + std::string(3000, 'a');
        const auto request = makeAuthnRequest(longer, testNow, random);
        ASSERT_FALSE(request.has_value());
        EXPECT_TRUE(request.error().code().is(RequestError::TooLong));
    }
    options.issuer = "urn:x\"><evil & \xC3\xBC";
    const auto request = makeAuthnRequest(options, testNow, random);
    ASSERT_TRUE(request.has_value());
    const auto document = xml::Document::parse(request->xml, xml::ReadRules::response());
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->root().firstChild().text(), options.issuer);
}

} // namespace
} // namespace gw::saml
