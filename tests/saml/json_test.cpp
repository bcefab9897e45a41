#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <string>

namespace gw {
namespace {

struct BadJson {
    std::string text;
    JsonError error;
};

class ParseJsonRefuses : public testing::TestWithParam<BadJson> {};

TEST_P(ParseJsonRefuses, WithTheRightError) {
    const auto document = parseJson(GetParam().text);
    ASSERT_FALSE(document) << GetParam().text;
    EXPECT_TRUE(document.error().code().is(GetParam().error)) << document.error().chain();
}

INSTANTIATE_TEST_SUITE_P(Inputs, ParseJsonRefuses,
                         testing::Values(BadJson{"", JsonError::Malformed}, BadJson{"{", JsonError::Malformed},
                                         BadJson{"{}x", JsonError::Malformed}, BadJson{"[1,]", JsonError::Malformed},
                                         BadJson{"'a'", JsonError::Malformed}, BadJson{"\"\xFF\"", JsonError::Malformed},
                                         BadJson{"// c\n1", JsonError::Malformed},
                                         BadJson{R"({"a":1,"a":2})", JsonError::DuplicateKey},
                                         BadJson{R"({"x":{"a":1,"\u0061":2}})", JsonError::DuplicateKey},
                                         BadJson{std::string(65, '[') + std::string(65, ']'), JsonError::TooDeep},
                                         BadJson{std::string(1'000'000, '['), JsonError::TooDeep}));

TEST(ParseJson, KeepsTheOrderOfKeys) {
    const auto document = parseJson(R"({"z":1,"a":{"y":[true,null,"ä"],"b":2}})");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->dump(), R"({"z":1,"a":{"y":[true,null,"ä"],"b":2}})");
}

TEST(ParseJson, TakesTheDeepestAllowed) {
    EXPECT_TRUE(parseJson(std::string(64, '[') + std::string(64, ']')));
    EXPECT_TRUE(parseJson(std::string(3, '[') + std::string(3, ']'), 3));
    EXPECT_FALSE(parseJson(std::string(4, '[') + std::string(4, ']'), 3));
}

TEST(ParseJson, AllowsOneKeyInTwoObjects) {
    EXPECT_TRUE(parseJson(R"([{"a":1},{"a":2}])"));
}

} // namespace
} // namespace gw
