// What the tests of the verifier share.
#pragma once

#include "tests/support/saml_response_builder.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace gw::saml {

inline const UtcTime testNow = UtcTime::fromUnixSeconds(1'795'521'600);

inline Result<VerifiedAssertion> verifyText(std::string_view xml, AlgorithmPolicy policy = AlgorithmPolicy::Default,
                                            const TrustedProvider& trust = test::ResponseBuilder(testNow).trust()) {
    VerifierSettings settings;
    settings.policy = policy;
    return AssertionVerifier(settings).verify(test::capture(xml, testNow), trust, testNow, nullptr);
}

inline Result<VerifiedAssertion> verifyBuilt(const test::ResponseBuilder& builder, AlgorithmPolicy policy = AlgorithmPolicy::Default) {
    return verifyText(builder.xml(), policy, builder.trust());
}

inline std::string goodXml(test::Sign sign = test::Sign::Assertion) {
    test::ResponseBuilder builder(testNow);
    builder.sign = sign;
    return builder.xml();
}

// The first occurrence; fails the test where there is none, so that a mutation cannot silently do nothing.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << "nothing to replace: " << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

inline testing::AssertionResult failsWith(const Result<VerifiedAssertion>& verdict, VerifyError expected) {
    if (verdict) return testing::AssertionFailure() << "accepted, expected " << Code(expected).id();
    if (verdict.error().code().is(expected)) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.error().chain() << " (" << verdict.error().fact("where") << ", " << verdict.error().fact("seen")
                                       << "), expected " << Code(expected).id();
}

inline testing::AssertionResult holds(const Result<VerifiedAssertion>& verdict) {
    if (verdict) return testing::AssertionSuccess();
    testing::AssertionResult result = testing::AssertionFailure() << verdict.error().chain();
    for (const Fact& fact : verdict.error().facts()) result << " " << fact.name << "=" << fact.value;
    return result;
}

inline bool warnsOf(const Result<VerifiedAssertion>& verdict, std::string_view rule) {
    if (!verdict) return false;
    for (const std::string& warning : verdict->warnings())
        if (warning == rule) return true;
    return false;
}

} // namespace gw::saml
