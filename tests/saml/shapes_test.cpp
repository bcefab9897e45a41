// Every shape of a valid response is accepted, with the claims that were put into it. The own canonical form and the own
// signatures of the generator make this a comparison of two implementations as well.
#include "saml/aws/claims.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/bounded_count.h"
#include "tests/support/saml_shapes.h"

#include <gtest/gtest.h>

#include <map>

namespace gw::saml {
namespace {

using test::Shape;
using test::Sign;

std::string valueOf(const VerifiedAssertion& assertion, std::string_view name, std::size_t index = 0) {
    for (const Attribute& attribute : assertion.attributes())
        if (attribute.name == name && index < attribute.values.size()) return attribute.values[index];
    return {};
}

void expectClaims(const Shape& shape, const VerifiedAssertion& verified) {
    const test::ResponseBuilder& content = shape.content;
    EXPECT_EQ(verified.id(), content.assertionId);
    EXPECT_EQ(verified.issuer(), content.issuer);
    EXPECT_EQ(verified.nameId(), (NameId{content.nameId, content.nameIdFormat}));
    EXPECT_EQ(verified.recipient(), content.recipient);
    EXPECT_EQ(verified.signature().algorithm, shape.method);
    EXPECT_EQ(verified.signature().part, shape.sign == Sign::Both       ? SignedPart::Both
                                         : shape.sign == Sign::Response ? SignedPart::Response
                                                                        : SignedPart::Assertion);
    for (std::size_t i = 0; i < content.roles.size(); ++i)
        EXPECT_EQ(valueOf(verified, "https://aws.amazon.com/SAML/Attributes/Role", i), content.roles[i]);
    const aws::Claims claims = aws::readClaims(verified);
    EXPECT_EQ(claims.roles.size(), content.roles.size());
    EXPECT_EQ(claims.principalTags, content.principalTags);
    for (const Attribute& other : content.otherAttributes)
        for (std::size_t i = 0; i < other.values.size(); ++i) EXPECT_EQ(valueOf(verified, other.name, i), other.values[i]);
}

TEST(Shapes, EveryValidOneIsAcceptedWithItsClaims) {
    std::map<std::string, int> methods;
    const auto count = static_cast<std::uint32_t>(test::boundedCount("GW_SHAPES", 600));
    for (std::uint32_t seed = 1; seed <= count; ++seed) {
        const Shape shape = test::makeShape(seed, testNow);
        VerifierSettings settings;
        const auto verified = AssertionVerifier(settings).verify(shape.captured(testNow), shape.trust, testNow, nullptr);
        ASSERT_TRUE(holds(verified)) << shape.label << "\n" << shape.xml;
        expectClaims(shape, *verified);
        ASSERT_FALSE(HasFailure()) << shape.label << "\n" << shape.xml;
        ++methods[shape.method];
        settings.policy = AlgorithmPolicy::Strict;
        const auto strict = AssertionVerifier(settings).verify(shape.captured(testNow), shape.trust, testNow, nullptr);
        EXPECT_TRUE(shape.sha1 ? failsWith(strict, VerifyError::AlgorithmNotAllowed) : holds(strict)) << shape.label;
    }
    EXPECT_GE(methods.size(), 7U) << "every signature method was used";
}

TEST(Shapes, NoneIsAcceptedUnderAnotherKey) {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        const Shape shape = test::makeShape(seed, testNow);
        const TrustedProvider other{shape.content.issuer, {test::strangerKey().certificate}};
        const auto verified = AssertionVerifier().verify(shape.captured(testNow), other, testNow, nullptr);
        EXPECT_FALSE(verified) << shape.label;
        if (!verified) {
            EXPECT_TRUE(verified.error().code().is(VerifyError::UnknownKey) || verified.error().code().is(VerifyError::SignatureInvalid))
                << verified.error().chain();
        }
    }
}

} // namespace
} // namespace gw::saml
