#include "saml/dsig/signer.h"
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

namespace gw::saml {
namespace {

TEST(Signer, PutsTheSignatureRightAfterTheIssuer) {
    const std::string xml = test::ResponseBuilder(testNow).xml();
    EXPECT_NE(xml.find("</saml:Issuer><ds:Signature"), std::string::npos);
    EXPECT_NE(xml.find("<ds:X509Certificate>"), std::string::npos);
}

TEST(Signer, PutsItFirstWhereThereIsNoIssuer) {
    const auto text = signEnveloped("<a ID=\"_a\"><b/></a>", "_a", test::providerKey());
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->starts_with("<a ID=\"_a\"><ds:Signature"));
    EXPECT_TRUE(signEnveloped("<a ID=\"_a\"/>", "_a", test::providerKey()));
}

TEST(Signer, SaysWhatIsWrong) {
    const auto codeOf = [](const Result<std::string>& result) {
        return result ? std::string("signed") : result.error().code().id();
    };
    EXPECT_EQ(codeOf(signEnveloped("<a>", "_a", test::providerKey())), "sign.not_xml");
    EXPECT_EQ(codeOf(signEnveloped("<a ID=\"_a\"/>", "_b", test::providerKey())), "sign.no_such_element");
    EXPECT_EQ(codeOf(signEnveloped("<a Id=\"_a\"/>", "_a", test::providerKey())), "sign.no_such_element");
    SigningKey broken;
    broken.privateKeyPem = Secret(std::string_view("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    broken.certificate = test::providerKey().certificate;
    EXPECT_EQ(codeOf(signEnveloped("<a ID=\"_a\"/>", "_a", broken)), "sign.bad_key");
    EXPECT_EQ(codeOf(signEnveloped("<a ID=\"_a\"/>", "_a", test::providerKey(), SignatureAlgorithm::EcdsaSha256)), "sign.failed");
}

TEST(SigningKey, IsMadeInTheAskedSize) {
    const auto rsa = SigningKey::generateRsa(2048, "Käse & Söhne", testNow, 30);
    ASSERT_TRUE(rsa);
    EXPECT_EQ(rsa->certificate.keyDescription(), "RSA 2048");
    EXPECT_EQ(rsa->certificate.subject(), "CN=Käse & Söhne");
    EXPECT_EQ(rsa->certificate.notBefore(), testNow - std::chrono::hours(24));
    EXPECT_EQ(rsa->certificate.notAfter(), testNow + std::chrono::hours(24 * 30));
    EXPECT_FALSE(rsa->certificate.hasSmallExponent());
    EXPECT_TRUE(rsa->privateKeyPem.reveal().starts_with("-----BEGIN PRIVATE KEY-----"));
    const std::pair<int, const char*> curves[] = {{256, "EC P-256"}, {384, "EC P-384"}, {521, "EC P-521"}};
    for (const auto& [bits, description] : curves)
        EXPECT_EQ(SigningKey::generateEc(bits, "x", testNow, 1)->certificate.keyDescription(), description);
    EXPECT_FALSE(SigningKey::generateEc(255, "x", testNow, 1));
    EXPECT_FALSE(SigningKey::generateRsa(100, "x", testNow, 1));
    EXPECT_FALSE(SigningKey::generateRsa(100'000, "x", testNow, 1));
}

TEST(SigningKey, CertificatePemReadsBack) {
    const auto read = Certificate::fromPem(test::providerKey().certificatePem());
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1U);
    EXPECT_EQ(read->front(), test::providerKey().certificate);
}

} // namespace
} // namespace gw::saml
