#include "saml/protocol/replay_cache.h"
#include "tests/saml/verify_helpers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;

TEST(ReplayCache, TakesEachAssertionOnce) {
    ReplayCache cache;
    EXPECT_TRUE(cache.insert("idp", "_a", testNow + 5min, testNow));
    EXPECT_FALSE(cache.insert("idp", "_a", testNow + 5min, testNow));
    EXPECT_TRUE(cache.insert("idp", "_b", testNow + 5min, testNow));
    EXPECT_TRUE(cache.insert("other", "_a", testNow + 5min, testNow));
    EXPECT_TRUE(cache.insert("id", "p_a", testNow + 5min, testNow)) << "issuer and ID are kept apart";
    EXPECT_EQ(cache.size(), 4U);
}

TEST(ReplayCache, ForgetsWhatCannotBeAcceptedAnyMore) {
    ReplayCache cache;
    EXPECT_TRUE(cache.insert("idp", "_a", testNow + 5min, testNow));
    EXPECT_FALSE(cache.insert("idp", "_a", testNow + 9min, testNow + 4min));
    EXPECT_TRUE(cache.insert("idp", "_a", testNow + 9min, testNow + 5min));
    EXPECT_EQ(cache.size(), 1U);
}

TEST(ReplayCache, DropsWhatExpiresFirstWhenFull) {
    ReplayCache cache(2);
    EXPECT_TRUE(cache.insert("idp", "_late", testNow + 9min, testNow));
    EXPECT_TRUE(cache.insert("idp", "_soon", testNow + 1min, testNow));
    EXPECT_TRUE(cache.insert("idp", "_new", testNow + 5min, testNow));
    EXPECT_EQ(cache.size(), 2U);
    EXPECT_FALSE(cache.insert("idp", "_late", testNow + 9min, testNow));
    EXPECT_FALSE(cache.insert("idp", "_new", testNow + 9min, testNow));
}

TEST(ReplayCache, TakesFarMoreThanItHolds) {
    constexpr std::size_t capacity = 20'000;
    ReplayCache cache(capacity);
    for (int i = 0; i < 60'000; ++i) EXPECT_TRUE(cache.insert("idp", "_" + std::to_string(i), testNow + 5min + 1s * i, testNow));
    EXPECT_LE(cache.size(), capacity);
    EXPECT_GE(cache.size(), capacity - capacity / 8);
    for (int i = 60'000 - static_cast<int>(capacity - capacity / 8); i < 60'000; ++i)
        EXPECT_FALSE(cache.insert("idp", "_" + std::to_string(i), testNow + 5min, testNow)) << i;
}

TEST(ReplayCache, SurvivesARestartWithoutNames) {
    ReplayCache before;
    EXPECT_TRUE(before.insert("https://idp.example", "_a", testNow + 5min, testNow));
    EXPECT_TRUE(before.insert("https://idp.example", "_b", testNow + 1min, testNow));
    const std::string text = before.serialize();
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("idp")));
    ReplayCache after;
    after.restore(text, testNow + 2min);
    EXPECT_EQ(after.size(), 1U);
    EXPECT_FALSE(after.insert("https://idp.example", "_a", testNow + 5min, testNow + 2min));
}

TEST(ReplayCache, PassesOverBadLines) {
    ReplayCache good;
    EXPECT_TRUE(good.insert("idp", "_a", testNow + 5min, testNow));
    const std::string line = good.serialize();
    const std::string hash = line.substr(0, 64);
    ReplayCache cache;
    cache.restore("\n\nx 1\n" + hash + "\n" + hash + " \n" + hash + " 12x\n" + hash + " 99999999999999999999999\n" +
                      std::string(64, 'g') + " 1795525500000\n" + line.substr(1) + std::string(10'000, 'a') + "\n",
                  testNow);
    EXPECT_EQ(cache.size(), 0U);
    cache.restore("rubbish\n" + line, testNow);
    EXPECT_EQ(cache.size(), 1U);
    ReplayCache small(1);
    small.restore(line + std::string(64, 'a') + " 9999999999999\n", testNow);
    EXPECT_EQ(small.size(), 1U);
}

} // namespace
} // namespace gw::saml
