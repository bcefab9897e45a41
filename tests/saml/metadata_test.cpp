#include "saml/metadata/entity_descriptor.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"

#include <gtest/gtest.h>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;

const Certificate& provider() {
    return test::providerKey().certificate;
}

std::string sample() {
    return test::metadataXml("https://idp.example/metadata", {provider()});
}

std::string codeOf(std::string_view xml, std::string_view entityId = {}, UtcTime now = testNow) {
    const auto entity = parseMetadata(xml, now, entityId);
    return entity ? std::string("read") : entity.error().code().id();
}

std::string aggregate(const std::string& attributes, const std::vector<std::string>& entities) {
    std::string out = "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\"" + attributes + ">";
    for (const std::string& entity : entities) out += entity;
    return out + "</md:EntitiesDescriptor>";
}

TEST(Metadata, ReadsWhatIsNeeded) {
    const auto entity =
        parseMetadata(test::metadataXml("https://idp.example/metadata", {provider(), test::strangerKey().certificate}), testNow);
    ASSERT_TRUE(entity);
    EXPECT_EQ(entity->entityId, "https://idp.example/metadata");
    EXPECT_EQ(entity->signingKeys, (std::vector<Certificate>{provider(), test::strangerKey().certificate}));
    ASSERT_EQ(entity->singleSignOn.size(), 2U);
    EXPECT_EQ(entity->singleSignOn[0].binding, Binding::HttpRedirect);
    EXPECT_EQ(entity->singleSignOn[1].binding, Binding::HttpPost);
    EXPECT_EQ(entity->singleSignOn[1].location, "https://idp.example/sso");
    EXPECT_EQ(entity->validUntil, std::nullopt);
    EXPECT_FALSE(entity->wantAuthnRequestsSigned);
}

TEST(Metadata, VerifiesWhatTheProviderSigns) {
    const test::ResponseBuilder builder(testNow);
    const auto entity = parseMetadata(sample(), testNow);
    ASSERT_TRUE(entity);
    EXPECT_TRUE(holds(verifyText(builder.xml(), AlgorithmPolicy::Strict, {entity->entityId, entity->signingKeys})));
}

TEST(Metadata, TakesTheFormsThatOccur) {
    EXPECT_EQ(codeOf("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- exported -->\n" + sample()), "read");
    EXPECT_EQ(codeOf(replaced(sample(), " use=\"signing\"", "")), "read");
    EXPECT_EQ(codeOf(replaced(sample(), "protocolSupportEnumeration=\"",
                              "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:1.1:protocol ")),
              "read");
    EXPECT_EQ(codeOf(replaced(sample(), "<md:EntityDescriptor", "<md:EntityDescriptor ID=\"1:not an NCName\"")), "read");
    // A whole PEM block in the element, as some consoles export it.
    std::string pem = sample();
    const std::size_t begin = pem.find("<ds:X509Certificate>") + 20;
    pem.replace(begin, pem.find("</ds:X509Certificate>") - begin, test::providerKey().certificatePem());
    EXPECT_EQ(codeOf(pem), "read");
    const auto wants = parseMetadata(
        replaced(sample(), "<md:IDPSSODescriptor", "<md:IDPSSODescriptor WantAuthnRequestsSigned=\"true\""), testNow);
    ASSERT_TRUE(wants);
    EXPECT_TRUE(wants->wantAuthnRequestsSigned);
}

TEST(Metadata, IgnoresEncryptionKeysAndDuplicates) {
    std::string text = test::metadataXml("x", {test::strangerKey().certificate, provider(), provider()});
    text = replaced(text, "use=\"signing\"", "use=\"encryption\"");
    const auto entity = parseMetadata(text, testNow);
    ASSERT_TRUE(entity);
    EXPECT_EQ(entity->signingKeys, std::vector<Certificate>{provider()});
    EXPECT_EQ(codeOf(replaced(sample(), "use=\"signing\"", "use=\"encryption\"")), "metadata.no_signing_key");
    EXPECT_EQ(codeOf(test::metadataXml("x", {})), "metadata.no_signing_key");
}

TEST(Metadata, RespectsValidUntil) {
    const auto until = [](UtcTime time) { return " validUntil=\"" + time.toRfc3339() + "\""; };
    const auto with = [&](std::string_view element, UtcTime time) {
        return replaced(sample(), element, std::string(element) + until(time));
    };
    EXPECT_EQ(codeOf(with("<md:EntityDescriptor", testNow)), "metadata.no_longer_valid");
    EXPECT_EQ(codeOf(with("<md:EntityDescriptor", testNow + 1s)), "read");
    EXPECT_EQ(codeOf(with("<md:IDPSSODescriptor", testNow - 1h)), "metadata.no_longer_valid");
    EXPECT_EQ(codeOf(aggregate(until(testNow - 1h), {sample()})), "metadata.no_longer_valid");
    EXPECT_EQ(codeOf(replaced(sample(), "<md:EntityDescriptor", "<md:EntityDescriptor validUntil=\"soon\"")),
              "metadata.no_longer_valid");
    const auto entity = parseMetadata(replaced(with("<md:EntityDescriptor", testNow + 2h), "<md:IDPSSODescriptor",
                                               "<md:IDPSSODescriptor" + until(testNow + 1h)),
                                      testNow);
    ASSERT_TRUE(entity);
    EXPECT_EQ(entity->validUntil, testNow + 1h);
}

TEST(Metadata, ChoosesTheProviderInAnAggregate) {
    const std::string other = test::metadataXml("https://other.example", {test::strangerKey().certificate});
    const std::string serviceOnly = "<md:EntityDescriptor entityID=\"https://sp.example\"><md:SPSSODescriptor "
                                    "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"/></md:EntityDescriptor>";
    EXPECT_EQ(codeOf(aggregate("", {serviceOnly, sample()})), "read") << "one identity provider among service providers";
    const std::string both = aggregate("", {serviceOnly, aggregate("", {sample()}), other});
    const auto several = parseMetadata(both, testNow);
    ASSERT_FALSE(several);
    EXPECT_TRUE(several.error().code().is(MetadataError::SeveralIdentityProviders));
    EXPECT_EQ(several.error().fact("seen"), "https://idp.example/metadata\nhttps://other.example");
    const auto chosen = parseMetadata(both, testNow, "https://other.example");
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->signingKeys.front(), test::strangerKey().certificate);
    EXPECT_EQ(codeOf(both, "https://sp.example"), "metadata.no_identity_provider");
    EXPECT_EQ(codeOf(both, "https://none.example"), "metadata.no_identity_provider");
}

TEST(Metadata, SaysWhatIsWrong) {
    EXPECT_EQ(codeOf(""), "metadata.not_xml");
    EXPECT_EQ(codeOf("<html><body>Sign in</body>"), "metadata.not_xml");
    EXPECT_EQ(codeOf("<html/>"), "metadata.not_metadata");
    EXPECT_EQ(codeOf(test::ResponseBuilder(testNow).xml()), "metadata.not_metadata");
    EXPECT_EQ(codeOf("<!DOCTYPE x>" + sample()), "metadata.not_xml");
    EXPECT_EQ(codeOf(std::string(10'000'001, ' ')), "metadata.too_large");
    EXPECT_EQ(codeOf(aggregate("", {})), "metadata.not_metadata");
    EXPECT_EQ(codeOf(replaced(sample(), " entityID=\"https://idp.example/metadata\"", "")), "metadata.no_entity_id");
    EXPECT_EQ(codeOf(replaced(sample(), "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol")),
              "metadata.no_identity_provider");
    EXPECT_EQ(codeOf(replaced(sample(), "<ds:X509Certificate>", "<ds:X509Certificate>AAAA")), "metadata.bad_certificate");
    EXPECT_EQ(codeOf(replaced(sample(), "<ds:X509Certificate>", "<ds:X509Certificate>!")), "metadata.bad_certificate");
    // Beside one that can be used it does no harm.
    const std::string two = test::metadataXml("x", {test::strangerKey().certificate, provider()});
    const auto partly = parseMetadata(replaced(two, "<ds:X509Certificate>", "<ds:X509Certificate>AAAA"), testNow);
    ASSERT_TRUE(partly);
    EXPECT_EQ(partly->signingKeys, std::vector<Certificate>{provider()});
    EXPECT_EQ(partly->unusableKeys, 1U);
    // Wrapped in something that is not metadata, it is not found.
    EXPECT_EQ(codeOf("<x>" + sample() + "</x>"), "metadata.not_metadata");
}

TEST(Metadata, ReadsALargeAggregateInTime) {
    std::vector<std::string> entities;
    for (int i = 0; i < 4000; ++i)
        entities.push_back(test::metadataXml("https://idp" + std::to_string(i) + ".example", {provider()}));
    const std::string text = aggregate("", entities);
    ASSERT_GT(text.size(), 5'000'000U);
    const test::CpuTimer timer;
    EXPECT_EQ(codeOf(text, "https://idp3999.example"), "read");
    EXPECT_LT(timer.elapsed(), test::bound(5s));
}

} // namespace
} // namespace gw::saml
