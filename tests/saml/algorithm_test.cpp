// Which algorithms, canonicalizations and keys are accepted, under which policy, with which warnings.
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

namespace gw::saml {
namespace {

using test::ResponseBuilder;
using test::Sign;

struct Accepted {
    SignatureAlgorithm algorithm;
    std::string_view uri;
    bool strict;
};

class Algorithms : public testing::TestWithParam<Accepted> {};

TEST_P(Algorithms, AreAcceptedByPolicy) {
    static const auto ec256 = SigningKey::generateEc(256, "P-256", testNow, 10);
    static const auto ec384 = SigningKey::generateEc(384, "P-384", testNow, 10);
    static const auto ec521 = SigningKey::generateEc(521, "P-521", testNow, 10);
    const Accepted& one = GetParam();
    const SigningKey& key = one.algorithm == SignatureAlgorithm::EcdsaSha256   ? *ec256
                            : one.algorithm == SignatureAlgorithm::EcdsaSha384 ? *ec384
                            : one.algorithm == SignatureAlgorithm::EcdsaSha512 ? *ec521
                                                                               : test::providerKey();
    for (const Sign sign : {Sign::Assertion, Sign::Response, Sign::Both}) {
        ResponseBuilder builder(testNow);
        builder.sign = sign;
        builder.shape.algorithm = one.algorithm;
        const std::string xml = builder.xml(key);
        const TrustedProvider trust{builder.issuer, {key.certificate}};
        const auto lenient = verifyText(xml, AlgorithmPolicy::Default, trust);
        ASSERT_TRUE(holds(lenient));
        EXPECT_EQ(lenient->signature().algorithm, one.uri);
        EXPECT_EQ(lenient->signature().sha1, !one.strict);
        EXPECT_EQ(warnsOf(lenient, "weak-digest"), !one.strict);
        const auto strict = verifyText(xml, AlgorithmPolicy::Strict, trust);
        if (one.strict)
            EXPECT_TRUE(holds(strict));
        else
            EXPECT_TRUE(failsWith(strict, VerifyError::AlgorithmNotAllowed));
    }
}

INSTANTIATE_TEST_SUITE_P(All, Algorithms,
                         testing::Values(Accepted{SignatureAlgorithm::RsaSha1, algorithm::rsaSha1, false},
                                         Accepted{SignatureAlgorithm::RsaSha256, algorithm::rsaSha256, true},
                                         Accepted{SignatureAlgorithm::RsaSha384, algorithm::rsaSha384, true},
                                         Accepted{SignatureAlgorithm::RsaSha512, algorithm::rsaSha512, true},
                                         Accepted{SignatureAlgorithm::EcdsaSha256, algorithm::ecdsaSha256, true},
                                         Accepted{SignatureAlgorithm::EcdsaSha384, algorithm::ecdsaSha384, true},
                                         Accepted{SignatureAlgorithm::EcdsaSha512, algorithm::ecdsaSha512, true}));

TEST(Signature, WeakDigestAloneIsAlsoPolicy) {
    ResponseBuilder builder(testNow);
    builder.shape.digest = algorithm::sha1;
    EXPECT_TRUE(warnsOf(verifyBuilt(builder), "weak-digest"));
    EXPECT_TRUE(failsWith(verifyBuilt(builder, AlgorithmPolicy::Strict), VerifyError::AlgorithmNotAllowed));
}

TEST(Signature, CanonicalizationsThatBothSidesCanDoAreAccepted) {
    for (const std::string_view uri : {algorithm::exclusive, algorithm::inclusive, algorithm::inclusive11}) {
        ResponseBuilder builder(testNow);
        builder.shape.canonicalization = uri;
        builder.shape.transforms = {std::string(algorithm::enveloped), std::string(uri)};
        EXPECT_TRUE(holds(verifyBuilt(builder))) << uri;
        EXPECT_EQ(warnsOf(verifyBuilt(builder), "inclusive-c14n"), uri != algorithm::exclusive);
    }
    ResponseBuilder builder(testNow);
    builder.shape.transforms = {std::string(algorithm::enveloped), std::string(algorithm::exclusiveWithComments)};
    EXPECT_TRUE(holds(verifyBuilt(builder)));
    builder.shape.transforms = {std::string(algorithm::enveloped)};
    EXPECT_TRUE(holds(verifyBuilt(builder)));
    builder.shape.transforms.clear();
    builder.shape.canonicalization = algorithm::exclusiveWithComments;
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::AlgorithmNotAllowed));
}

TEST(Signature, PrefixListsAreBounded) {
    ResponseBuilder builder(testNow);
    builder.shape.inclusivePrefixes = "saml samlp #default xs";
    EXPECT_TRUE(holds(verifyBuilt(builder)));
    std::string many;
    for (int i = 0; i < 17; ++i) many += "p" + std::to_string(i) + " ";
    builder.shape.inclusivePrefixes = many;
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::BadSignatureStructure));
    builder.shape.inclusivePrefixes = "a|b";
    EXPECT_TRUE(failsWith(verifyBuilt(builder), VerifyError::BadSignatureStructure));
}

class RefusedAlgorithm : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {};

TEST_P(RefusedAlgorithm, IsNotAllowed) {
    const auto [from, to] = GetParam();
    const auto verdict = verifyText(replaced(goodXml(), from, to));
    ASSERT_TRUE(failsWith(verdict, VerifyError::AlgorithmNotAllowed));
    EXPECT_EQ(verdict.error().fact("seen"), to);
}

INSTANTIATE_TEST_SUITE_P(Uris, RefusedAlgorithm,
                         testing::Values(std::pair(algorithm::rsaSha256, "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
                                         std::pair(algorithm::rsaSha256, "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160"),
                                         std::pair(algorithm::rsaSha256, "http://www.w3.org/2000/09/xmldsig#dsa-sha1"),
                                         std::pair(algorithm::rsaSha256, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"),
                                         std::pair(algorithm::rsaSha256,
                                                   "http://www.w3.org/2007/05/xmldsig-more#rsa-pss"),
                                         std::pair(algorithm::rsaSha256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 "),
                                         std::pair(algorithm::sha256, "http://www.w3.org/2001/04/xmldsig-more#md5"),
                                         std::pair(algorithm::sha256, "http://www.w3.org/2001/04/xmlenc#ripemd160")));

TEST(Signature, SmallRsaKeysAreRefused) {
    struct Size {
        int bits;
        bool lenient, strict;
    };
    for (const Size size : {Size{768, false, false}, Size{1024, true, false}, Size{2048, true, true}, Size{3072, true, true}}) {
        const auto key = SigningKey::generateRsa(size.bits, "Key", testNow, 10);
        ASSERT_TRUE(key) << size.bits;
        const ResponseBuilder builder(testNow);
        const TrustedProvider trust{builder.issuer, {key->certificate}};
        const auto lenient = verifyText(builder.xml(*key), AlgorithmPolicy::Default, trust);
        EXPECT_EQ(size.lenient, lenient.has_value()) << size.bits;
        EXPECT_EQ(warnsOf(lenient, "weak-key"), size.bits == 1024) << size.bits;
        EXPECT_TRUE(size.lenient || failsWith(lenient, VerifyError::AlgorithmNotAllowed));
        EXPECT_EQ(size.strict, verifyText(builder.xml(*key), AlgorithmPolicy::Strict, trust).has_value()) << size.bits;
    }
}

TEST(Signature, ExpiredCertificatesOnlyWarn) {
    const auto key = SigningKey::generateRsa(2048, "Old", testNow - std::chrono::days(30), 10);
    ASSERT_TRUE(key);
    const ResponseBuilder builder(testNow);
    EXPECT_TRUE(warnsOf(verifyText(builder.xml(*key), AlgorithmPolicy::Strict, {builder.issuer, {key->certificate}}),
                        "certificate-expired"));
}

TEST(Signature, PartSaysWhatWasSigned) {
    EXPECT_EQ(verifyText(goodXml(Sign::Assertion))->signature().part, SignedPart::Assertion);
    EXPECT_EQ(verifyText(goodXml(Sign::Response))->signature().part, SignedPart::Response);
    EXPECT_EQ(verifyText(goodXml(Sign::Both))->signature().part, SignedPart::Both);
}

} // namespace
} // namespace gw::saml
