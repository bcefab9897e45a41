#include "saml/base/base64.h"
#include "saml/dsig/certificate.h"
#include "tests/saml/verify_helpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::saml {
namespace {

const Certificate& sample() {
    return test::providerKey().certificate;
}

std::string codeOf(const Result<std::vector<Certificate>>& result) {
    return result ? std::string("read") : result.error().code().id();
}

TEST(Certificate, ReadsABundle) {
    const std::string bundle =
        "Bag Attributes\n" + test::providerKey().certificatePem() + "\n# note\n" + test::strangerKey().certificatePem();
    const auto read = Certificate::fromPem(bundle);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, (std::vector<Certificate>{sample(), test::strangerKey().certificate}));
}

TEST(Certificate, ReadsABareBodyAsMetadataCarriesIt) {
    std::string body = encodeBase64(sample().der());
    for (std::size_t i = 60; i < body.size(); i += 61) body.insert(i, 1, '\n');
    const auto read = Certificate::fromPem("  " + body + "\n");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->front().fingerprint(), sample().fingerprint());
}

TEST(Certificate, FingerprintIsSha256InLowerCase) {
    EXPECT_THAT(sample().fingerprint(), testing::MatchesRegex("[0-9a-f]{64}"));
    EXPECT_NE(sample().fingerprint(), test::strangerKey().certificate.fingerprint());
}

TEST(Certificate, RefusesWhatIsNone) {
    EXPECT_EQ(codeOf(Certificate::fromPem("")), "certificate.malformed");
    EXPECT_EQ(codeOf(Certificate::fromPem("hello!")), "certificate.not_pem");
    EXPECT_EQ(codeOf(Certificate::fromPem("AAAA")), "certificate.malformed");
    EXPECT_EQ(codeOf(Certificate::fromPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")), "certificate.not_pem");
    EXPECT_EQ(codeOf(Certificate::fromPem("-----BEGIN CERTIFICATE-----\nAAAA")), "certificate.not_pem");
    EXPECT_EQ(codeOf(Certificate::fromPem("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----")),
              "certificate.not_pem");
    EXPECT_FALSE(Certificate::fromDer(sample().der() + "x")) << "trailing octets";
    EXPECT_FALSE(Certificate::fromDer(sample().der().substr(1)));
    EXPECT_FALSE(Certificate::fromDer(std::string(70'000, '0')));
    std::string many;
    for (int i = 0; i < 65; ++i) many += test::providerKey().certificatePem();
    EXPECT_EQ(codeOf(Certificate::fromPem(many)), "certificate.too_many");
}

// Well formed but for the length of its signature, which nobody checks here.
TEST(Certificate, RefusesWhatIsLongerThanAnyIs) {
    const std::string_view der = sample().der();
    const auto number = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(der[at]) << 8U | static_cast<unsigned char>(der[at + 1]));
    };
    // SEQUENCE { SEQUENCE tbs, SEQUENCE algorithm, BIT STRING }, the first two with lengths of two octets, then of one.
    const std::size_t tbs = 4 + 4 + number(6);
    const std::size_t algorithm = tbs + 2 + static_cast<unsigned char>(der[tbs + 1]);
    const auto withSignature = [&](std::size_t octets) {
        const auto header = [](char tag, std::size_t length) {
            return std::string{tag, '\x83', static_cast<char>(length >> 16U), static_cast<char>(length >> 8U),
                               static_cast<char>(length)};
        };
        const std::string rest =
            std::string(der.substr(4, algorithm - 4)) + header('\x03', octets + 1) + std::string(octets + 1, '\0');
        return header('\x30', rest.size()) + rest;
    };
    EXPECT_TRUE(Certificate::fromDer(withSignature(60'000)));
    const auto large = Certificate::fromDer(withSignature(66'000));
    ASSERT_FALSE(large);
    EXPECT_TRUE(large.error().code().is(CertificateError::Malformed));
}

TEST(Certificate, EveryTruncationIsRefused) {
    const std::string& der = sample().der();
    for (std::size_t size = 0; size < der.size(); ++size)
        EXPECT_FALSE(Certificate::fromDer(std::string_view(der).substr(0, size)));
}

} // namespace
} // namespace gw::saml
