// From a signature to the octets it covers, and what is refused between the two: no other element, no text that is not one.
#include "saml/protocol/parsed_response.h"
#include "saml/protocol/signature_proof.h"
#include "saml/xml/namespaces.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_markup.h"

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;

// An Assertion that is signed, and what a verifier might hand over as its octets.
class Reread : public testing::Test {
protected:
    [[nodiscard]] Result<xml::Document> reread(std::string_view octets) const {
        GW_TRY(SignatureProfile profile, readSignatureProfile(signature()));
        return gw::saml::reread(Proof{Secret(octets), test::providerKey().certificate, std::move(profile)});
    }

    [[nodiscard]] bool refuses(std::string_view octets, VerifyError code = VerifyError::SignatureInvalid) const {
        const auto document = reread(octets);
        return !document && document.error().code().is(code);
    }

private:
    [[nodiscard]] xml::Element signature() const {
        xml::Element at = document_.root();
        while (at && !at.is(xml::ns::signature, "Signature")) at = following(at, document_.root());
        return at;
    }

    xml::Document document_ = xml::Document::parse(goodXml(), xml::ReadRules::response()).value();
};

TEST_F(Reread, TakesTheElementThatWasSigned) {
    const auto document = reread(R"(<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assert1"/>)");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().attribute("ID"), "_assert1");
}

TEST_F(Reread, RefusesEverythingElse) {
    EXPECT_TRUE(refuses(""));
    EXPECT_TRUE(refuses("_assert1"));
    EXPECT_TRUE(refuses(R"(<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assert2"/>)"));
    EXPECT_TRUE(refuses(R"(<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"/>)"));
    EXPECT_TRUE(refuses(R"(<a:Advice xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assert1"/>)"));
    EXPECT_TRUE(refuses(R"(<a:Assertion xmlns:a="urn:x" ID="_assert1"/>)"));
    EXPECT_TRUE(refuses(R"(<Assertion ID="_assert1"/>)"));
}

TEST_F(Reread, SaysWhereTheCanonicalFormIsTooLong) {
    EXPECT_TRUE(refuses(std::string(300'000, ' '), VerifyError::TooLarge));
}

// Every ">" of a text takes four octets in the canonical form, so what was received within the bound is beyond it now.
TEST(SignedOctets, AreHeldToTheSameBoundAsTheResponse) {
    auto root = Markup::parse(ResponseBuilder(testNow).unsignedXml());
    Markup* value = root->find("saml:AttributeValue");
    value->children.clear();
    value->append(Markup::raw(std::string(100'000, '>')));
    test::signRaw(*root->find("saml:Assertion"), {}, test::providerKey());
    EXPECT_TRUE(failsWith(verifyText(root->str()), VerifyError::TooLarge));
}

// Fetching the provider's keys would not help with such a response.
TEST(SignatureProfile, AForbiddenAlgorithmIsToldBeforeAMissingKey) {
    ResponseBuilder builder(testNow);
    TrustedProvider trust = builder.trust();
    trust.signingKeys.clear();
    EXPECT_TRUE(failsWith(verifyText(builder.xml(), AlgorithmPolicy::Default, trust), VerifyError::NoTrustedKey));
    const std::string xml = replaced(builder.xml(), "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                                     "http://www.w3.org/2000/09/xmldsig#hmac-sha1");
    EXPECT_TRUE(failsWith(verifyText(xml, AlgorithmPolicy::Default, trust), VerifyError::AlgorithmNotAllowed));
}

std::string responseOf(std::string_view children) {
    return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_resp1\" Version=\"2.0\" "
           "IssueInstant=\"" +
           testNow.toRfc3339() + "\">" + std::string(children) + "</samlp:Response>";
}

constexpr std::string_view status =
    R"(<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>)";

TEST(ParsedResponse, WithoutAnIssuerAndAnAssertionClaimsNoOrigin) {
    const auto parsed = ParsedResponse::parse(test::capture(responseOf(status), testNow));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->claimedIssuer(), "");
    EXPECT_FALSE(parsed->encrypted());
}

TEST(ParsedResponse, NeedsAStatus) {
    const auto parsed = ParsedResponse::parse(test::capture(responseOf(""), testNow));
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().code().is(VerifyError::BadStructure));
    EXPECT_EQ(parsed.error().fact("where"), "Status");
}

TEST(ParsedResponse, HasItsExtensionsOnce) {
    const std::string one = "<samlp:Extensions/>";
    EXPECT_TRUE(ParsedResponse::parse(test::capture(responseOf(one + std::string(status)), testNow)));
    const auto twice = ParsedResponse::parse(test::capture(responseOf(one + one + std::string(status)), testNow));
    ASSERT_FALSE(twice);
    EXPECT_TRUE(twice.error().code().is(VerifyError::BadStructure));
}

} // namespace
} // namespace gw::saml
