// The rest of the catalogue, from A14: keys, encryption, the rules of the profile and what stands around a response.
#include "saml/aws/claims.h"
#include "saml/aws/endpoints.h"
#include "saml/base/base64.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/captured_response.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"
#include "tests/support/raw_signature.h"

#include <gtest/gtest.h>

#include <chrono>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;
using test::Markup;
using test::ResponseBuilder;
using test::Sign;

testing::AssertionResult refusedWith(const std::function<void(ResponseBuilder&)>& change, VerifyError expected) {
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        ResponseBuilder builder(testNow);
        const TrustedProvider trust = builder.trust();
        builder.sign = sign;
        change(builder);
        const auto verdict = failsWith(verifyText(builder.xml(), AlgorithmPolicy::Default, trust), expected);
        if (!verdict) return verdict;
    }
    return testing::AssertionSuccess();
}

TEST(Catalogue, A14_ForgedPaddings) {
    // signature_vectors_test has the paddings one by one; here: nothing of the key's length is taken for a signature.
    for (const char fill : {'\0', '\1', '\xFF'}) {
        auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
        test::RawSignature shape;
        shape.value = [fill](std::string_view) { return std::string(256, fill); };
        test::signRaw(*root->find("saml:Assertion"), shape, test::providerKey());
        EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::SignatureInvalid));
    }
}

TEST(Catalogue, A15_CiphertextsAnswerAlike) {
    // Without the key every ciphertext has one answer, whatever is wrong inside.
    ResponseBuilder builder(testNow);
    builder.encrypted = true;
    builder.sign = Sign::Response;
    const auto one = verifyText(builder.xml());
    ASSERT_FALSE(one);
    auto tree = Markup::parse(builder.unsignedXml());
    for (Markup* at : tree->elements())
        if (at->name == "xenc:CipherValue") at->children[0]->text = "BBBBBBBB";
    test::signRaw(*tree, {}, test::providerKey());
    const auto other = verifyText(tree->str());
    ASSERT_FALSE(other);
    EXPECT_EQ(one.error().code(), other.error().code());
    EXPECT_EQ(one.error().facts(), other.error().facts());
}

TEST(Catalogue, A16_EncryptedAndClearAssertionsAreCountedTogether) {
    ResponseBuilder secret(testNow);
    secret.encrypted = true;
    auto encrypted = Markup::parse(secret.unsignedXml())->find("saml:EncryptedAssertion")->take();
    for (const std::size_t at : {std::size_t{2}, std::size_t{99}}) {
        auto root = Markup::parse(goodXml(Sign::Assertion));
        root->insert(at, encrypted->clone());
        EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::SeveralAssertions));
    }
    // Encrypted by anybody, for the key is public: unsigned it is worth nothing.
    EXPECT_FALSE(verifyText(secret.unsignedXml()));
}

TEST(Catalogue, A17_Replay) {
    ReplayCache cache;
    const ResponseBuilder builder(testNow);
    const AssertionVerifier verifier;
    EXPECT_TRUE(holds(verifier.verify(builder.captured(), builder.trust(), testNow, &cache)));
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), testNow, &cache), VerifyError::Replayed));
    ReplayCache later;
    later.restore(cache.serialize(), testNow);
    EXPECT_TRUE(failsWith(verifier.verify(builder.captured(), builder.trust(), testNow, &later), VerifyError::Replayed));
}

TEST(Catalogue, A18_UnsolicitedAndForeignAnswers) {
    ResponseBuilder builder(testNow);
    builder.inResponseTo = builder.confirmationInResponseTo = "_other";
    auto captured = builder.captured();
    captured.requestId = "_mine";
    EXPECT_TRUE(failsWith(AssertionVerifier().verify(captured, builder.trust(), testNow, nullptr), VerifyError::WrongInResponseTo));
    builder.inResponseTo = builder.confirmationInResponseTo = std::nullopt;
    captured = builder.captured();
    captured.requestId = "_mine";
    EXPECT_TRUE(failsWith(AssertionVerifier().verify(captured, builder.trust(), testNow, nullptr), VerifyError::WrongInResponseTo));
}

TEST(Catalogue, A19_LooseComparisonOfUrls) {
    for (const char* url : {"https://signin.aws.amazon.com/saml.evil.example", "https://signin.aws.amazon.com/saml?x=1",
                            "https://signin.aws.amazon.com@evil.example/saml", "https://evil.example/https://signin.aws.amazon.com/saml",
                            "HTTP://signin.aws.amazon.com/saml", " https://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/SAML"}) {
        EXPECT_TRUE(refusedWith([url](auto& b) { b.destination = url; }, VerifyError::WrongDestination)) << url;
        EXPECT_TRUE(refusedWith([url](auto& b) { b.recipient = url; }, VerifyError::WrongRecipient)) << url;
    }
    for (const char* audience : {"urn:amazon:webservicesX", "xurn:amazon:webservices", "urn:amazon", " urn:amazon:webservices", ""})
        EXPECT_TRUE(refusedWith([audience](auto& b) { b.audienceRestrictions = {{audience}}; }, VerifyError::WrongAudience)) << audience;
    EXPECT_TRUE(refusedWith([](auto& b) { b.audienceRestrictions = {}; }, VerifyError::WrongAudience));
}

TEST(Catalogue, A20_EveryTimeCounts) {
    EXPECT_TRUE(refusedWith([](auto& b) { b.confirmationNotOnOrAfter = testNow - 4min; }, VerifyError::Expired));
    EXPECT_TRUE(refusedWith([](auto& b) { b.confirmationNotOnOrAfter.reset(); }, VerifyError::MissingTime));
    EXPECT_TRUE(refusedWith([](auto& b) { b.confirmationNotBefore = testNow + 4min; }, VerifyError::NotYetValid));
    EXPECT_TRUE(refusedWith([](auto& b) { b.notOnOrAfter = testNow - 4min; }, VerifyError::Expired));
    EXPECT_TRUE(refusedWith([](auto& b) { b.notBefore = testNow + 4min; }, VerifyError::NotYetValid));
    EXPECT_TRUE(refusedWith([](auto& b) { b.sessionNotOnOrAfter = testNow - 4min; }, VerifyError::SessionOver));
    EXPECT_TRUE(refusedWith([](auto& b) { b.assertionInstant = testNow + 4min; }, VerifyError::NotYetValid));
    EXPECT_TRUE(refusedWith([](auto& b) { b.responseInstant = testNow + 4min; }, VerifyError::NotYetValid));
}

TEST(Catalogue, A21_IssuersAreNotMixed) {
    EXPECT_TRUE(refusedWith([](auto& b) { b.issuer = b.responseIssuer.emplace("https://other.example"); }, VerifyError::WrongIssuer));
    EXPECT_TRUE(refusedWith([](auto& b) { b.responseIssuer = "https://other.example"; }, VerifyError::WrongIssuer));
    EXPECT_TRUE(refusedWith([](auto& b) { b.issuerFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"; },
                            VerifyError::WrongIssuer));
    EXPECT_TRUE(refusedWith([](auto& b) { b.issuer = "https://idp.example/metadata "; }, VerifyError::WrongIssuer));
}

TEST(Catalogue, A22_IdsThatMeanSomethingInAPath) {
    for (const char* id : {"_a')|id('b", "_a\"", "*", "_a b", "_a:b", "", "1a", "-a", "\xC3\xA4"}) {
        auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
        root->find("saml:Assertion")->set("ID", test::escapeXml(id));
        test::signRaw(*root->find("saml:Assertion"), {}, test::providerKey());
        EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::BadStructure)) << id;
    }
}

TEST(Catalogue, A23_SizeIsCheckedBeforeAnyWork) {
    const auto verdictOf = [](std::string base64) {
        CapturedResponse captured;
        captured.base64 = Secret(std::move(base64));
        return AssertionVerifier().verify(captured, ResponseBuilder(testNow).trust(), testNow, nullptr);
    };
    const test::CpuTimer timer;
    EXPECT_TRUE(failsWith(verdictOf(std::string(maxFormValue + 1, '!')), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verdictOf(std::string(maxFormValue, 'A')), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verdictOf(std::string(maxFormValue, ' ')), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verdictOf(std::string(maxFormValue, '=')), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verdictOf(std::string(1000, ' ')), VerifyError::NotXml));
    EXPECT_TRUE(failsWith(verdictOf(std::string(1000, '=')), VerifyError::NotBase64));
    EXPECT_TRUE(failsWith(verdictOf("AAAA!"), VerifyError::NotBase64));
    EXPECT_LT(timer.elapsed(), test::bound(200ms));
}

TEST(Catalogue, A24_NeitherArtifactsNorSoap) {
    const std::string good = goodXml();
    const std::string soap = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + good + "</s:Body></s:Envelope>";
    EXPECT_TRUE(failsWith(verifyText(soap), VerifyError::NotAResponse));
    EXPECT_TRUE(failsWith(verifyText("<samlp:ArtifactResponse xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">" + good +
                                     "</samlp:ArtifactResponse>"),
                          VerifyError::NotAResponse));
    EXPECT_FALSE(captureFromText("SAMLart=AAQAAMh48%2F1oXIM%2BsDo7Dh2qMp1HM4IF5DaRNmDj6RdUmllwn9jJHyEgIi8%3D", testNow));
}

TEST(Catalogue, A25_PrefixListsAreBounded) {
    std::vector<std::string> prefixes;
    for (int i = 0; i < 16; ++i) prefixes.push_back("p" + std::to_string(i));
    const auto with = [](const std::vector<std::string>& list) {
        auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
        test::RawSignature shape;
        shape.inclusivePrefixes = list;
        test::signRaw(*root->find("saml:Assertion"), shape, test::providerKey());
        return verifyText(root->str());
    };
    EXPECT_TRUE(holds(with(prefixes)));
    prefixes.emplace_back("one-more");
    EXPECT_TRUE(failsWith(with(prefixes), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(failsWith(with({"a:b"}), VerifyError::BadSignatureStructure));
    EXPECT_TRUE(failsWith(with({"//*"}), VerifyError::BadSignatureStructure));
}

TEST(Catalogue, A26_RedirectQueriesAreNeverTakenForALogin) {
    // A signature of the Redirect binding is not one that a Response carries: AWS takes responses by POST only.
    const std::string unsignedXml = ResponseBuilder(testNow).unsignedXml();
    const auto captured = captureFromText("SAMLResponse=" + encodeBase64(unsignedXml) + "&SigAlg=http%3A%2F%2Fx&Signature=AAAA", testNow);
    if (captured) {
        EXPECT_FALSE(AssertionVerifier().verify(*captured, ResponseBuilder(testNow).trust(), testNow, nullptr));
    }
}

TEST(Catalogue, A27_NamesThatDisplayAsOthers) {
    for (const char* name : {"alice\xE2\x80\xAE", "\xD0\xB0lice", "al ice", "alice\xC2\xAD", "a"}) {
        ResponseBuilder builder(testNow);
        builder.roleSessionName = name;
        const auto verdict = verifyBuilt(builder);
        ASSERT_TRUE(holds(verdict));
        const auto claims = aws::readClaims(*verdict);
        ASSERT_EQ(claims.problems.size(), 1U) << name;
        EXPECT_TRUE(claims.problems[0].code().is(aws::ClaimError::BadSessionName));
        for (const char c : claims.problems[0].fact("seen")) EXPECT_TRUE(c >= 0x20 && c < 0x7F);
    }
    EXPECT_FALSE(aws::RoleArn::parse("arn:aws:iam::111122223333:role/\xD0\x90""dmin"));
}

TEST(Catalogue, A28_PoisonedMetadata) {
    const auto& own = test::providerKey().certificate;
    const std::string good = test::metadataXml("https://idp.example/metadata", {own});
    EXPECT_TRUE(parseMetadata(good, testNow));
    EXPECT_FALSE(parseMetadata(replaced(good, "use=\"signing\"", "use=\"encryption\""), testNow));
    EXPECT_FALSE(parseMetadata(replaced(good, "use=\"signing\"", "use=\"Signing\""), testNow));
    EXPECT_FALSE(parseMetadata(replaced(good, " entityID=", " validUntil=\"2020-01-01T00:00:00Z\" entityID="), testNow));
    EXPECT_FALSE(parseMetadata("<!DOCTYPE x>" + good, testNow));
    const std::string evil = replaced(good, "https://idp.example/metadata", "https://evil.example");
    const std::string both = "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">" + evil + good + "</md:EntitiesDescriptor>";
    EXPECT_FALSE(parseMetadata(both, testNow)) << "nobody is chosen by order";
    const auto chosen = parseMetadata(both, testNow, "https://idp.example/metadata");
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->entityId, "https://idp.example/metadata");
}

TEST(Catalogue, A29_LookAlikeEndpoints) {
    const aws::AcsMatcher matcher;
    for (const char* url : {"https://signin.aws.amazon.com.evil.example/saml", "https://xsignin.aws.amazon.com/saml",
                            "https://signin.aws.amazon.com:444/saml", "https://signin.aws.amazon.com/saml/../x", "https://signin-aws.amazon.com/saml",
                            "https://a.b.signin.aws.amazon.com/saml", "https://signin.aws.amazon.com%2e/saml", "https://signin.aws.amazon.com./saml",
                            "https://evil.example#signin.aws.amazon.com/saml", "https://\\signin.aws.amazon.com/saml"})
        EXPECT_FALSE(matcher.matches(url)) << url;
}

TEST(Catalogue, A30_AStolenKeyIsOutOfReachButItsUseIsBounded) {
    // Whoever holds the provider's key can sign anything; what remains is that each assertion serves once and briefly.
    ResponseBuilder builder(testNow);
    builder.notOnOrAfter = builder.confirmationNotOnOrAfter = testNow + 24h * 365;
    const auto verdict = verifyBuilt(builder);
    ASSERT_TRUE(holds(verdict));
    EXPECT_EQ(verdict->exchangeDeadline(), testNow + 5min);
    EXPECT_TRUE(warnsOf(verdict, "long-lifetime"));
}

} // namespace
} // namespace gw::saml
