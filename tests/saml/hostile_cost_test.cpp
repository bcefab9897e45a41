// What an attacker without a key can make a verification and an inspection cost, with documents of the largest size that is
// read.
#include "saml/inspect/inspection.h"
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"
#include "tests/support/hostile_inputs.h"

#include <algorithm>
#include <functional>
#include <string>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;
using test::HostileInput;

constexpr std::size_t largest = std::size_t{256} << 10U;

void expectWithinASecond(const HostileInput& input, const std::function<void()>& work) {
    ASSERT_LE(input.text.size(), largest) << input.name;
    const test::CpuTimer timer;
    work();
    EXPECT_LT(timer.elapsed(), test::bound(1s)) << input.name;
}

void inspectText(std::string_view text) {
    inspect::FoundMessage message;
    message.xml = Secret(text);
    inspect::InspectOptions options;
    options.now = testNow;
    options.trust = test::ResponseBuilder(testNow).trust();
    EXPECT_NE(inspect::inspect(std::move(message), options).verdict, inspect::Verdict::Accepted);
}

TEST(HostileCost, DocumentsAreRefusedWithinASecond) {
    // The provider's keys are made by whoever asks for them first.
    EXPECT_FALSE(verifyText("<a/>"));
    for (const HostileInput& input : test::hostileDocuments(largest))
        expectWithinASecond(input, [&] { EXPECT_FALSE(verifyText(input.text)) << input.name; });
}

TEST(HostileCost, DocumentsAreInspectedWithinASecond) {
    for (const HostileInput& input : test::hostileDocuments(largest)) expectWithinASecond(input, [&] { inspectText(input.text); });
}

TEST(HostileCost, SignaturesAreFoundNotToHoldWithinASecond) {
    const auto all = test::hostileSignedResponses(goodXml(), largest);
    ASSERT_FALSE(all.empty());
    for (const HostileInput& input : all) {
        // It goes all the way: nothing before canonicalization refuses it.
        expectWithinASecond(input, [&] { EXPECT_TRUE(failsWith(verifyText(input.text), VerifyError::SignatureInvalid)) << input.name; });
        expectWithinASecond(input, [&] { inspectText(input.text); });
    }
}

TEST(HostileCost, WhatIsPastedIsReadWithinASecond) {
    for (const HostileInput& input : test::hostileTexts(largest))
        expectWithinASecond(input, [&] {
            const auto found = inspect::findMessages(input.text);
            if (found) inspectText(found->front().xml.reveal());
            const auto captured = captureFromText(input.text, testNow);
            const auto trust = test::ResponseBuilder(testNow).trust();
            EXPECT_FALSE(captured && AssertionVerifier().verify(*captured, trust, testNow, nullptr)) << input.name;
        });
}

// libxml2 would take minutes for the inclusive form of these.
TEST(HostileCost, ManyNamespacesInScopeAreRefused) {
    const auto with = [](int levels, int leaves = 1) {
        std::string open, close;
        for (int level = 0; level < levels; ++level) {
            open += "<l";
            for (int i = 0; i < 4; ++i) open += " xmlns:n" + std::to_string(level * 4 + i) + "='u:x'";
            open += ">";
            close += "</l>";
        }
        std::string leaf;
        for (int i = 0; i < leaves; ++i) leaf += "<a/>";
        const std::string place = "</saml:AttributeStatement>";
        return replaced(goodXml(), place,
                        "<saml:Attribute Name=\"x\"><saml:AttributeValue>" + open + leaf + close + "</saml:AttributeValue></saml:Attribute>" + place);
    };
    EXPECT_TRUE(failsWith(verifyText(with(20)), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verifyText(with(10)), VerifyError::SignatureInvalid));
    EXPECT_TRUE(failsWith(verifyText(with(12, 7'000)), VerifyError::SignatureInvalid));
    EXPECT_TRUE(failsWith(verifyText(with(12, 12'000)), VerifyError::TooLarge));
}

} // namespace
} // namespace gw::saml
