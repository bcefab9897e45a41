// Our verifier on what real identity providers signed: every signed shape, their encryption, a key roll-over, weak algorithms.
#include "saml/aws/claims.h"
#include "saml/base/base64.h"
#include "tests/interop/captured_case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::interop {
namespace {

using saml::AlgorithmPolicy;
using saml::SignedPart;
using saml::VerifyError;

Result<saml::VerifiedAssertion> verify(const CapturedCase& one, const saml::TrustedProvider& trust, AlgorithmPolicy policy = AlgorithmPolicy::Default,
                                       UtcTime::Duration later = {}, saml::ReplayCache* replay = nullptr) {
    saml::VerifierSettings settings;
    settings.policy = policy;
    return saml::AssertionVerifier(settings).verify(one.captured(), trust, one.capturedAt + later, replay);
}

Result<saml::VerifiedAssertion> verify(const std::string& name, AlgorithmPolicy policy = AlgorithmPolicy::Default) {
    const CapturedCase& one = capturedCase(name);
    return verify(one, one.trust(), policy);
}

testing::AssertionResult refused(const Result<saml::VerifiedAssertion>& result, VerifyError error) {
    if (result) return testing::AssertionFailure() << "accepted";
    if (!result.error().code().is(error)) return testing::AssertionFailure() << result.error().chain();
    return testing::AssertionSuccess();
}

struct Accepted {
    const char* name;
    SignedPart part;
};

class AcceptedShape : public testing::TestWithParam<Accepted> {};

TEST_P(AcceptedShape, IsVerifiedUnderTheStrictPolicy) {
    const auto verified = verify(GetParam().name, AlgorithmPolicy::Strict);
    ASSERT_TRUE(verified) << verified.error().chain();
    EXPECT_EQ(verified->signature().part, GetParam().part);
    EXPECT_FALSE(verified->signature().sha1);
    const CapturedCase& one = capturedCase(GetParam().name);
    EXPECT_EQ(verified->issuer(), one.trust().entityId);
    EXPECT_EQ(verified->recipient(), one.acs);
    EXPECT_NE(std::find(verified->audiences().begin(), verified->audiences().end(), "urn:amazon:webservices"), verified->audiences().end());
}

TEST_P(AcceptedShape, GivesTheClaimsOfThePerson) {
    const CapturedCase& one = capturedCase(GetParam().name);
    if (one.user == "manyroles") return; // known to SimpleSAMLphp only, with a test of its own
    const auto verified = verify(one.name);
    ASSERT_TRUE(verified) << verified.error().chain();
    const aws::Claims claims = aws::readClaims(*verified);
    const Person expected = person(one.user);

    std::set<std::string> roles;
    for (const aws::RolePair& pair : claims.roles) {
        roles.insert(pair.role.value());
        EXPECT_EQ(pair.provider.name(), one.provider);
        EXPECT_EQ(pair.provider.account(), pair.role.account());
    }
    EXPECT_EQ(roles, std::set<std::string>(expected.roles.begin(), expected.roles.end()));
    EXPECT_TRUE(claims.malformed.empty());
    EXPECT_EQ(claims.roleSessionName, expected.email);
    EXPECT_EQ(claims.sourceIdentity, one.user);
    ASSERT_TRUE(claims.sessionDuration);
    EXPECT_EQ(claims.sessionDuration->count(), expected.sessionDuration);
    EXPECT_EQ(claims.principalTags, (std::map<std::string, std::string>(expected.tags.begin(), expected.tags.end())));
    EXPECT_EQ(std::set<std::string>(claims.transitiveTagKeys.begin(), claims.transitiveTagKeys.end()),
              std::set<std::string>(expected.transitiveTags.begin(), expected.transitiveTags.end()));
}

TEST_P(AcceptedShape, IsRefusedWithAnyOneCharacterOfItsClaimsChanged) {
    CapturedCase one = capturedCase(GetParam().name);
    auto xml = decodeBase64(one.base64, saml::maxFormValue);
    ASSERT_TRUE(xml);
    const auto at = xml->find(":role/");
    const auto place = at == std::string::npos ? xml->find("@example.com") : at;
    ASSERT_NE(place, std::string::npos);
    (*xml)[place + 2] = 'X';
    one.base64 = encodeBase64(*xml);
    EXPECT_TRUE(refused(verify(one, one.trust()), VerifyError::SignatureInvalid));
}

INSTANTIATE_TEST_SUITE_P(Peers, AcceptedShape,
                         testing::Values(Accepted{"simplesamlphp-both", SignedPart::Both}, Accepted{"simplesamlphp-both-approver", SignedPart::Both},
                                         Accepted{"simplesamlphp-both-admin", SignedPart::Both}, Accepted{"simplesamlphp-both-noroles", SignedPart::Both},
                                         Accepted{"simplesamlphp-both-manyroles", SignedPart::Both},
                                         Accepted{"simplesamlphp-response", SignedPart::Response}, Accepted{"simplesamlphp-assertion", SignedPart::Assertion},
                                         Accepted{"keycloak-both", SignedPart::Both}, Accepted{"keycloak-both-approver", SignedPart::Both},
                                         Accepted{"keycloak-both-admin", SignedPart::Both}, Accepted{"keycloak-both-noroles", SignedPart::Both},
                                         Accepted{"keycloak-response", SignedPart::Response}, Accepted{"keycloak-assertion", SignedPart::Assertion},
                                         Accepted{"keycloak-sha512", SignedPart::Both}, Accepted{"keycloak-rotated", SignedPart::Both}),
                         [](const auto& shape) {
                             std::string name = shape.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(RealProviders, HundredsOfRolesAreAllRead) {
    const auto verified = verify("simplesamlphp-both-manyroles");
    ASSERT_TRUE(verified) << verified.error().chain();
    const aws::Claims claims = aws::readClaims(*verified);
    EXPECT_EQ(claims.roles.size(), 500u);
    EXPECT_TRUE(claims.malformed.empty());
}

TEST(RealProviders, APersonWithoutRolesIsVerifiedAndSaidToHaveNone) {
    for (const char* name : {"simplesamlphp-both-noroles", "keycloak-both-noroles"}) {
        const auto verified = verify(name);
        ASSERT_TRUE(verified) << verified.error().chain();
        const aws::Claims claims = aws::readClaims(*verified);
        EXPECT_TRUE(claims.roles.empty());
        EXPECT_TRUE(std::any_of(claims.problems.begin(), claims.problems.end(),
                                [](const Error& error) { return error.code().is(aws::ClaimError::NoRoleAttribute); }));
    }
}

TEST(RealProviders, Sha1IsAWarningByDefaultAndRefusedByStrict) {
    const auto verified = verify("simplesamlphp-sha1");
    ASSERT_TRUE(verified) << verified.error().chain();
    EXPECT_TRUE(verified->signature().sha1);
    EXPECT_FALSE(verified->warnings().empty());
    EXPECT_TRUE(refused(verify("simplesamlphp-sha1", AlgorithmPolicy::Strict), VerifyError::AlgorithmNotAllowed));
}

TEST(RealProviders, EncryptedAssertionsAreSaidToBeEncrypted) {
    EXPECT_TRUE(refused(verify("simplesamlphp-encrypted"), VerifyError::EncryptedAssertion));
    EXPECT_TRUE(refused(verify("keycloak-encrypted"), VerifyError::EncryptedAssertion));
}

TEST(RealProviders, AKeyThatTheMetadataDoesNotNameIsUnknown) {
    EXPECT_TRUE(refused(verify("keycloak-rotated-unknown"), VerifyError::UnknownKey));
    const CapturedCase &keycloak = capturedCase("keycloak-both"), &simplesamlphp = capturedCase("simplesamlphp-both");
    for (const auto& [one, other] : {std::pair(&keycloak, &simplesamlphp), std::pair(&simplesamlphp, &keycloak)}) {
        const auto result = verify(*one, other->trust());
        ASSERT_TRUE(refused(result, VerifyError::UnknownKey));
        EXPECT_NE(result.error().fact("seen"), "");
        EXPECT_NE(result.error().fact("trusted"), "");
    }
}

TEST(RealProviders, TheRightKeyUnderAnotherEntityIdIsTheWrongIssuer) {
    const CapturedCase& one = capturedCase("keycloak-both");
    saml::TrustedProvider trust = one.trust();
    trust.entityId += "-other";
    EXPECT_TRUE(refused(verify(one, trust), VerifyError::WrongIssuer));
}

TEST(RealProviders, TheirOwnLimitsOfTimeAreKept) {
    using namespace std::chrono_literals;
    for (const char* name : {"simplesamlphp-both", "keycloak-both"}) {
        const CapturedCase& one = capturedCase(name);
        EXPECT_TRUE(refused(verify(one, one.trust(), AlgorithmPolicy::Default, 15min), VerifyError::Expired)) << name;
        EXPECT_TRUE(refused(verify(one, one.trust(), AlgorithmPolicy::Default, -15min), VerifyError::NotYetValid)) << name;
    }
}

TEST(RealProviders, AResponseCountsOnce) {
    saml::ReplayCache replay;
    const CapturedCase& one = capturedCase("keycloak-both");
    ASSERT_TRUE(verify(one, one.trust(), AlgorithmPolicy::Default, {}, &replay));
    EXPECT_TRUE(refused(verify(one, one.trust(), AlgorithmPolicy::Default, {}, &replay), VerifyError::Replayed));
}

TEST(RealProviders, WhatIsPastedIsTheSameAsWhatIsCaught) {
    for (const CapturedCase& one : capturedCases()) {
        const auto pasted = saml::captureFromText(one.base64, one.capturedAt);
        ASSERT_TRUE(pasted) << one.name << ": " << pasted.error().chain();
        EXPECT_EQ(pasted->base64.reveal(), one.captured().base64.reveal()) << one.name;
    }
}

} // namespace
} // namespace gw::interop
