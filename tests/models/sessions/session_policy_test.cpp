#include "models/sessions/signin/session_policy.h"

#include <gtest/gtest.h>

namespace gw::sessions {
namespace {

std::string refusal(std::string_view json) {
    const auto compact = compactSessionPolicy(json);
    return compact ? "taken as " + *compact : compact.error().code().id();
}

TEST(SessionPolicy, LosesItsBlanksAndNothingElse) {
    EXPECT_EQ(compactSessionPolicy(" {\n \"Version\" : \"2012-10-17\",\t\"Statement\" : [ { \"Sid\" : \"a b\" } ] }\r\n").value(),
              "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a b\"}]}");
    EXPECT_EQ(compactSessionPolicy("{\"Statement\":{}}").value(), "{\"Statement\":{}}");
}

// STS takes characters up to U+00FF only.
TEST(SessionPolicy, IsAscii) {
    EXPECT_EQ(compactSessionPolicy("{\"Statement\":{\"Sid\":\"\xe2\x82\xac\xc3\xa9\"}}").value(), "{\"Statement\":{\"Sid\":\"\\u20ac\\u00e9\"}}");
}

TEST(SessionPolicy, IsAnObjectWithAStatement) {
    for (const char* json : {"[]", "1", "\"x\"", "{}", "{\"Statement\":[]}", "{\"Statement\":\"x\"}", "{\"statement\":{}}"})
        EXPECT_EQ(refusal(json), "session_policy.not_a_policy") << json;
    for (const char* json : {"", "{", "{\"Statement\":{},}", "{\"Statement\":{}} x", "{\"Statement\":{},\"Statement\":{}}", "{\"Statement\":{\"Sid\":\"\xff\"}}"})
        EXPECT_EQ(refusal(json), "session_policy.not_json") << json;
}

TEST(SessionPolicy, KeepsToTheLimitWithoutItsBlanks) {
    const auto policyOf = [](std::size_t size) {
        const std::string begin = "{\"Statement\":{\"Sid\":\"";
        return begin + std::string(size - begin.size() - 3, 'x') + "\"}}";
    };
    EXPECT_EQ(compactSessionPolicy(std::string(9000, ' ') + policyOf(maxSessionPolicy)).value().size(), maxSessionPolicy);
    const auto longer = compactSessionPolicy(policyOf(maxSessionPolicy + 1));
    ASSERT_FALSE(longer);
    EXPECT_TRUE(longer.error().code().is(SessionPolicyError::TooLong));
    EXPECT_EQ(longer.error().fact("size"), "2049");
    EXPECT_EQ(longer.error().fact("maximum"), "2048");
}

} // namespace
} // namespace gw::sessions
