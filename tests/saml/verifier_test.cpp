// From bytes to a parsed response: size, encoding, XML, structure, status, number and kind of assertions. The order is
// that of VerifyError.
#include "saml/base/base64.h"
#include "saml/protocol/parsed_response.h"
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

#include <thread>

namespace gw::saml {
namespace {

using test::ResponseBuilder;
using test::Sign;

Result<VerifiedAssertion> verifyBase64(std::string_view base64) {
    CapturedResponse captured;
    captured.base64 = Secret(base64);
    return AssertionVerifier().verify(captured, ResponseBuilder(testNow).trust(), testNow, nullptr);
}

TEST(Verifier, AcceptsEveryUsualShape) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both})
        for (const bool pretty : {false, true})
            for (const auto& [protocol, assertion] : {std::pair("samlp", "saml"), std::pair("saml2p", "saml2"),
                                                      std::pair("", "saml"), std::pair("samlp", ""), std::pair("", "")}) {
                ResponseBuilder builder(testNow);
                builder.sign = sign;
                builder.pretty = pretty;
                builder.protocolPrefix = protocol;
                builder.assertionPrefix = assertion;
                const auto verdict = verifyBuilt(builder);
                ASSERT_TRUE(holds(verdict)) << builder.xml();
                EXPECT_EQ(verdict->id(), "_assert1");
                EXPECT_EQ(verdict->issuer(), builder.issuer);
                EXPECT_EQ(verdict->nameId(), (NameId{builder.nameId, builder.nameIdFormat}));
                EXPECT_EQ(verdict->audiences(), builder.audienceRestrictions[0]);
                EXPECT_EQ(verdict->recipient(), builder.recipient);
                EXPECT_EQ(verdict->issueInstant(), testNow);
                EXPECT_EQ(verdict->notOnOrAfter(), testNow + std::chrono::minutes(5));
                EXPECT_EQ(verdict->sessionNotOnOrAfter(), testNow + std::chrono::hours(8));
                EXPECT_EQ(verdict->authnInstant(), testNow);
                ASSERT_EQ(verdict->attributes().size(), 2U);
                EXPECT_EQ(verdict->attributes()[0].values, builder.roles);
                EXPECT_EQ(verdict->warnings(), std::vector<std::string>());
            }
}

TEST(Verifier, AcceptsWrappedBase64AndAByteOrderMark) {
    std::string base64 = ResponseBuilder(testNow).base64();
    for (std::size_t i = 76; i < base64.size(); i += 78) base64.insert(i, "\r\n");
    EXPECT_TRUE(holds(verifyBase64(base64)));
    EXPECT_TRUE(holds(verifyText("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + ResponseBuilder(testNow).xml())));
}

TEST(Verifier, RefusesWhatIsTooLarge) {
    EXPECT_TRUE(failsWith(verifyBase64(std::string(maxFormValue + 4, 'A')), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verifyBase64(encodeBase64(std::string(262'145, 'x'))), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verifyText(replaced(
                              ResponseBuilder(testNow).xml(), "<samlp:Status>",
                              "<samlp:Status" +
                                  [] {
                                      std::string attributes;
                                      for (int i = 0; i < 200; ++i) attributes += " a" + std::to_string(i) + "=\"\"";
                                      return attributes;
                                  }() +
                                  ">")),
                          VerifyError::TooLarge));
}

TEST(Verifier, RefusesWhatIsNotBase64) {
    const std::string good = ResponseBuilder(testNow).base64();
    EXPECT_TRUE(failsWith(verifyBase64(good.substr(0, good.size() / 2 / 4 * 4 + 1)), VerifyError::NotBase64)) << "truncated";
    EXPECT_TRUE(failsWith(verifyBase64("!" + good), VerifyError::NotBase64));
    EXPECT_TRUE(failsWith(verifyBase64("<samlp:Response/>"), VerifyError::NotBase64));
    EXPECT_TRUE(failsWith(verifyBase64(good.substr(0, 100) + "-" + good.substr(101)), VerifyError::NotBase64));
    const auto verdict = verifyBase64("AAAA!");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().fact("offset"), "4");
}

TEST(Verifier, RefusesWhatIsNotXml) {
    EXPECT_TRUE(failsWith(verifyBase64(""), VerifyError::NotXml));
    EXPECT_TRUE(failsWith(verifyText("hello"), VerifyError::NotXml));
    const std::string good = ResponseBuilder(testNow).xml();
    EXPECT_TRUE(failsWith(verifyText(good.substr(0, good.size() / 2)), VerifyError::NotXml)) << "truncated";
    EXPECT_TRUE(failsWith(verifyText(good + good), VerifyError::NotXml));
    const auto verdict = verifyText("<a>\n\n<b></a>");
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().fact("line"), "3");
}

TEST(Verifier, TellsTheReadersRefusalsApart) {
    const std::string good = ResponseBuilder(testNow).xml();
    EXPECT_TRUE(failsWith(verifyText("<?xml version='1.0' encoding='UTF-16'?>" + good), VerifyError::NotUtf8));
    EXPECT_TRUE(failsWith(verifyText("<!DOCTYPE x>" + good), VerifyError::HasDoctype));
    std::string deep;
    for (int i = 0; i < 40; ++i) deep = "<x>" + deep + "</x>";
    EXPECT_TRUE(failsWith(verifyText(replaced(good, "<samlp:Status>", deep + "<samlp:Status>")), VerifyError::TooDeep));
    EXPECT_TRUE(failsWith(verifyText(replaced(good, "<samlp:Status>", "<!-- x --><samlp:Status>")), VerifyError::ForbiddenNode));
    EXPECT_TRUE(
        failsWith(verifyText(replaced(good, "<samlp:Status>", "<samlp:Status ID=\"_assert1\">")), VerifyError::DuplicateId));
    EXPECT_TRUE(failsWith(verifyText(replaced(good, "<samlp:Status>", "<samlp:Status ID=\"1\">")), VerifyError::BadStructure));
}

TEST(Verifier, RefusesOtherDocuments) {
    const std::string good = ResponseBuilder(testNow).xml();
    const std::size_t begin = good.find("<saml:Assertion");
    const std::string assertion = good.substr(begin, good.find("</saml:Assertion>") + 17 - begin);
    EXPECT_TRUE(failsWith(verifyText(assertion), VerifyError::NotAResponse)) << "a signed assertion by itself";
    EXPECT_TRUE(failsWith(verifyText("<Response/>"), VerifyError::NotAResponse));
    EXPECT_TRUE(failsWith(verifyText("<a>" + good + "</a>"), VerifyError::NotAResponse));
    EXPECT_TRUE(failsWith(verifyText("<samlp:LogoutResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>"),
                          VerifyError::NotAResponse));
    EXPECT_TRUE(failsWith(verifyText("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:1.0:protocol\"/>"),
                          VerifyError::NotAResponse));
    const auto verdict = verifyText(test::metadataXml("x", {test::providerKey().certificate}));
    ASSERT_TRUE(failsWith(verdict, VerifyError::NotAResponse));
    EXPECT_EQ(verdict.error().fact("seen"), "EntityDescriptor");
}

struct Change {
    const char* from;
    const char* to;
};

class BadStructure : public testing::TestWithParam<Change> {};

TEST_P(BadStructure, IsRefusedBeforeAnySignature) {
    ResponseBuilder builder(testNow);
    builder.sign = Sign::Nothing;
    EXPECT_TRUE(failsWith(verifyText(replaced(builder.xml(), GetParam().from, GetParam().to)), VerifyError::BadStructure));
}

INSTANTIATE_TEST_SUITE_P(
    Changes, BadStructure,
    testing::Values(
        Change{" ID=\"_resp1\"", ""}, Change{" Version=\"2.0\"", ""}, Change{" Version=\"2.0\"", " Version=\"1.1\""},
        Change{" IssueInstant=", " Other="},
        Change{"IssueInstant=\"2026-11-24T12:00:00Z\" Dest", "IssueInstant=\"2026-11-24T12:00:00\" Dest"},
        Change{"<samlp:Status>", "<samlp:Status/><samlp:Status>"},
        Change{"<samlp:Status>", "<other xmlns=\"u:o\"/><samlp:Status>"},
        Change{"<saml:Issuer", "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/><saml:Issuer"},
        Change{"<samlp:StatusCode", "<samlp:Extensions/><samlp:StatusCode"},
        Change{"<saml:Subject>", "<saml:Subject/><saml:Subject>"},
        Change{"<saml:Conditions", "<saml:Conditions/><saml:Conditions"},
        Change{"<saml:Subject>", "<saml:Statement/><saml:Subject>"}, Change{"<saml:Subject>", "<x xmlns=\"u:o\"/><saml:Subject>"},
        Change{"<saml:Subject>", "<saml:Issuer>x</saml:Issuer><saml:Subject>"},
        Change{"<saml:Subject>", "<samlp:Response/><saml:Subject>"},
        Change{"<saml:Subject>", "<saml:Advice><saml:Assertion/></saml:Advice><saml:Subject>"},
        Change{"<samlp:Status>", "<samlp:Extensions><saml:Attribute "
                                 "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/></samlp:Extensions><samlp:Status>"},
        Change{"<samlp:Status>", "<samlp:Extensions><x xmlns=\"u:x\"><samlp:Status/></x></samlp:Extensions><samlp:Status>"},
        Change{"</samlp:Status>",
               "<samlp:StatusDetail><ds:DigestValue "
               "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">x</ds:DigestValue></samlp:StatusDetail></samlp:Status>"},
        Change{"<saml:Subject>",
               "<saml:Advice><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></saml:Advice><saml:Subject>"},
        Change{"https://idp.example/metadata</saml:Issuer><samlp:Status>", "<x xmlns=\"u:x\"/></saml:Issuer><samlp:Status>"},
        Change{"<samlp:StatusCode", "<x xmlns=\"u:x\"/><samlp:StatusCode"},
        Change{"</samlp:Status>", "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"/></samlp:Status>"},
        Change{"</samlp:StatusCode>", "<samlp:StatusCode Value=\"u:x\"/><samlp:StatusCode Value=\"u:y\"/></samlp:StatusCode>"}));

TEST(Verifier, AllowsWhatSamlAllows) {
    ResponseBuilder builder(testNow);
    builder.extraInResponse = "<samlp:Extensions><x:y xmlns:x=\"u:x\">z</x:y></samlp:Extensions>";
    builder.extraInAssertion = "";
    builder.statusMessage = "welcome";
    EXPECT_TRUE(holds(verifyBuilt(builder)));
    builder.responseIssuer.reset();
    EXPECT_TRUE(holds(verifyBuilt(builder)));
    const std::string holderOfKey = replaced(
        builder.unsignedXml(), "<saml:SubjectConfirmation ",
        "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:holder-of-key\"><saml:SubjectConfirmationData>"
        "<ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:KeyName>k</ds:KeyName></ds:KeyInfo>"
        "</saml:SubjectConfirmationData></saml:SubjectConfirmation><saml:SubjectConfirmation ");
    EXPECT_TRUE(holds(verifyText(*signEnveloped(holderOfKey, "_assert1", test::providerKey()))));
}

TEST(Verifier, NestedNamesInAttributesAreNotRoles) {
    ResponseBuilder builder(testNow);
    const std::string nested =
        replaced(builder.unsignedXml(), "</saml:AttributeStatement>",
                 "<saml:Attribute Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.10\"><saml:AttributeValue><saml:NameID>x</saml:NameID>"
                 "</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>");
    const auto verdict = verifyText(*signEnveloped(nested, "_assert1", test::providerKey()));
    ASSERT_TRUE(holds(verdict));
    EXPECT_TRUE(warnsOf(verdict, "complex-attribute-value"));
    EXPECT_TRUE(verdict->attributes().back().values.empty());
}

TEST(Verifier, ReportsTheProvidersRefusal) {
    ResponseBuilder builder(testNow);
    builder.assertions = 0;
    builder.sign = Sign::Nothing;
    builder.statusCode = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    builder.subStatusCode = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed";
    builder.statusMessage = "No \x7F"
                            "access\nfor you";
    const auto verdict = verifyBuilt(builder);
    ASSERT_TRUE(failsWith(verdict, VerifyError::StatusNotSuccess));
    EXPECT_EQ(verdict.error().fact("seen"),
              "urn:oasis:names:tc:SAML:2.0:status:Responder urn:oasis:names:tc:SAML:2.0:status:AuthnFailed");
    EXPECT_EQ(verdict.error().fact("message"), "No  access for you");
    builder.statusCode = "urn:oasis:names:tc:SAML:2.0:status:success";
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::StatusNotSuccess));
    builder.statusCode = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    builder.subStatusCode = "urn:oasis:names:tc:SAML:2.0:status:Success";
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::StatusNotSuccess)) << "only the outer code counts";
}

TEST(Verifier, CountsAssertions) {
    ResponseBuilder builder(testNow);
    builder.assertions = 0;
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::NoAssertion));
    builder.sign = Sign::Response;
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::NoAssertion));
    builder.assertions = 2;
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        builder.sign = sign;
        EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::SeveralAssertions));
    }
}

TEST(Verifier, RecognisesEncryptedAssertions) {
    for (const Sign sign : {Sign::Nothing, Sign::Response}) {
        ResponseBuilder builder(testNow);
        builder.encrypted = true;
        builder.sign = sign;
        const auto verdict = verifyBuilt(builder);
        ASSERT_TRUE(failsWith(verdict, VerifyError::EncryptedAssertion));
        EXPECT_EQ(verdict.error().fact("seen"), builder.issuer);
    }
}

TEST(Verifier, LeavesTheParametersOfACiphertextAlone) {
    ResponseBuilder builder(testNow);
    builder.encrypted = true;
    builder.sign = Sign::Nothing;
    const std::string agreement =
        "<xenc:AgreementMethod Algorithm=\"x\"><xenc:OriginatorKeyInfo><ds:KeyValue/></xenc:OriginatorKeyInfo>"
        "</xenc:AgreementMethod><xenc:EncryptedKey>";
    EXPECT_TRUE(
        failsWith(verifyText(replaced(builder.xml(), "<xenc:EncryptedKey>", agreement)), VerifyError::EncryptedAssertion));
    const std::string stray = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/><xenc:CipherData>";
    EXPECT_TRUE(failsWith(verifyText(replaced(builder.xml(), "<xenc:CipherData>", stray)), VerifyError::BadStructure));
}

// An encrypted one, which anybody can make, beside a signed one (CVE-2026-2092).
TEST(Verifier, CountsEncryptedAndClearAssertionsTogether) {
    ResponseBuilder encrypted(testNow);
    encrypted.encrypted = true;
    encrypted.sign = Sign::Nothing;
    const std::string text = encrypted.xml();
    const std::size_t begin = text.find("<saml:EncryptedAssertion");
    const std::string element = text.substr(begin, text.find("</saml:EncryptedAssertion>") + 26 - begin);
    const std::string good = ResponseBuilder(testNow).xml();
    EXPECT_TRUE(
        failsWith(verifyText(replaced(good, "</samlp:Status>", "</samlp:Status>" + element)), VerifyError::SeveralAssertions));
    EXPECT_TRUE(failsWith(verifyText(replaced(good, "</samlp:Response>", element + "</samlp:Response>")),
                          VerifyError::SeveralAssertions));
}

TEST(ParsedResponse, SaysOnlyWhatIsSafeToShow) {
    ResponseBuilder builder(testNow);
    const auto plain = ParsedResponse::parse(builder.captured());
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->encrypted());
    EXPECT_EQ(plain->claimedIssuer(), builder.issuer);
    builder.encrypted = true;
    const auto encrypted = ParsedResponse::parse(builder.captured());
    ASSERT_TRUE(encrypted);
    EXPECT_TRUE(encrypted->encrypted());
    builder.encrypted = false;
    builder.responseIssuer.reset();
    builder.issuer = std::string(500, 'x') + "\n";
    const auto onlyInside = ParsedResponse::parse(builder.captured());
    ASSERT_TRUE(onlyInside);
    EXPECT_EQ(onlyInside->claimedIssuer(), std::string(200, 'x'));
}

TEST(Verifier, WarnsOfWhatStsWillNotTake) {
    ResponseBuilder builder(testNow);
    EXPECT_FALSE(warnsOf(verifyBuilt(builder), "over-sts-limit"));
    for (int i = 0; i < 700; ++i) builder.roles.push_back(ResponseBuilder::role("111122223333", "role-" + std::to_string(i)));
    ASSERT_GT(builder.base64().size(), 100'000U);
    EXPECT_TRUE(warnsOf(verifyBuilt(builder), "over-sts-limit"));
}

TEST(Verifier, WorksOnManyThreads) {
    const AssertionVerifier verifier;
    const ResponseBuilder builder(testNow);
    const std::string good = builder.xml();
    const std::string bad = replaced(good, "role/Admin", "role/Root!");
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i)
                right += verifier.verify(test::capture(good, testNow), builder.trust(), testNow, nullptr).has_value() &&
                                 !verifier.verify(test::capture(bad, testNow), builder.trust(), testNow, nullptr).has_value()
                             ? 1
                             : 0;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 200);
}

} // namespace
} // namespace gw::saml
