// A metamorphic test: whatever happens to a validly signed response, if it is still accepted, its claims are those that
// were signed. Documents are changed by several random operations at once; the seed is fixed, so failures repeat.
#include "tests/saml/verify_helpers.h"
#include "tests/support/bounded_count.h"
#include "tests/support/saml_mutator.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace gw::saml {
namespace {

using test::Mutator;
using test::ResponseBuilder;
using test::Sign;

struct Original {
    std::string xml;
    VerifiedAssertion verified;
};

bool sameClaims(const VerifiedAssertion& a, const VerifiedAssertion& b) {
    return a.id() == b.id() && a.issuer() == b.issuer() && a.nameId() == b.nameId() && a.audiences() == b.audiences() &&
           a.recipient() == b.recipient() && a.issueInstant() == b.issueInstant() && a.notOnOrAfter() == b.notOnOrAfter() &&
           a.sessionNotOnOrAfter() == b.sessionNotOnOrAfter() && a.authnInstant() == b.authnInstant() &&
           a.attributes() == b.attributes();
}

Original make(Sign sign, const std::string& name, const std::string& suffix) {
    ResponseBuilder builder(testNow);
    builder.sign = sign;
    builder.nameId = name;
    builder.assertionId = "_assert" + suffix;
    builder.responseId = "_resp" + suffix;
    builder.roles = {ResponseBuilder::role("111122223333", "Role" + suffix)};
    builder.sessionDuration = "3600";
    std::string xml = builder.xml();
    auto verdict = verifyText(xml);
    EXPECT_TRUE(holds(verdict));
    return {std::move(xml), std::move(*verdict)};
}

class Mutation : public testing::TestWithParam<Sign> {};

TEST_P(Mutation, AcceptedMeansTheOriginalClaims) {
    const Original alice = make(GetParam(), "alice@example.org", "1");
    const Original bob = make(GetParam(), "bob@example.org", "2");
    Mutator mutator(static_cast<std::uint32_t>(test::boundedCount("GW_MUTATION_SEED", 20'261'124)) + static_cast<std::uint32_t>(GetParam()));
    int accepted = 0;
    std::map<std::string, int> refusals;
    const long rounds = test::boundedCount("GW_MUTATIONS", 4000);
    for (long i = 0; i < rounds; ++i) {
        // A stranger may sign whatever he likes anew.
        const std::string mutant = mutator.mutate(alice.xml, bob.xml, &test::strangerKey());
        const auto verdict = verifyText(mutant);
        if (!verdict) {
            ++refusals[verdict.error().code().id()];
            continue;
        }
        ++accepted;
        ASSERT_TRUE(sameClaims(*verdict, alice.verified) || sameClaims(*verdict, bob.verified)) << "round " << i << "\n"
                                                                                                << mutant;
    }
    // Some changes are harmless, and the refusals come from many rules: otherwise the test would show nothing.
    EXPECT_GT(accepted, 20);
    EXPECT_GE(refusals.size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Parts, Mutation, testing::Values(Sign::Assertion, Sign::Response, Sign::Both));

// Single octets changed, removed and added all over the document.
TEST(Mutation, OctetsOfASignedResponse) {
    const Original alice = make(Sign::Assertion, "alice@example.org", "1");
    std::mt19937 random(7);
    const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
    for (int i = 0; i < 4000; ++i) {
        std::string text = alice.xml;
        const std::size_t at = below(text.size());
        switch (below(3)) {
        case 0:
            text[at] = static_cast<char>(below(256));
            break;
        case 1:
            text.erase(at, 1 + below(8));
            break;
        default:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        }
        const auto verdict = verifyText(text);
        EXPECT_TRUE(!verdict || sameClaims(*verdict, alice.verified)) << text;
    }
}

} // namespace
} // namespace gw::saml
