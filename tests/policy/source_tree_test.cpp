#include "models/policy/source_tree.h"

#include <gtest/gtest.h>

#include <string>

namespace gw::policy {
namespace {

TEST(SourceTree, keepsOrderPlacesAndEscapes) {
    const auto tree = SourceTree::parse("{\n  \"b\": [1, \"x\\u00e9\\n\"],\n  \"a/~\": {\"c\": true}\n}");
    ASSERT_TRUE(tree);
    const Value list = tree->root().first();
    EXPECT_EQ(list.name(), "b");
    EXPECT_EQ(list.first().text(), "1");
    EXPECT_EQ(list.first().next().text(), "x\xC3\xA9\n");
    EXPECT_EQ(tree->positionOf(list.first().next().span().begin), (Position{2, 12}));
    const Value inner = list.next().first();
    EXPECT_EQ(tree->pointerTo(inner), "/a~1~0/c");
    EXPECT_EQ(tree->pointerTo(list.first().next()), "/b/1");
    EXPECT_EQ(tree->pointerTo(tree->root()), "");
}

TEST(SourceTree, valuesOutliveAMove) {
    auto tree = SourceTree::parse(R"({"a": "\u0041\ud83d\ude00"})");
    ASSERT_TRUE(tree);
    const auto moved = std::make_unique<SourceTree>(std::move(*tree));
    EXPECT_EQ(moved->root().first().text(), "A\xF0\x9F\x98\x80");
}

struct Refused {
    std::string text;
    SourceError error;
    std::string line, column;
};

class SourceTreeRefusals : public testing::TestWithParam<Refused> {};

TEST_P(SourceTreeRefusals, tellThePlace) {
    const auto tree = SourceTree::parse(GetParam().text);
    ASSERT_FALSE(tree);
    EXPECT_TRUE(tree.error().code().is(GetParam().error)) << tree.error().chain();
    EXPECT_EQ(tree.error().fact("line"), GetParam().line);
    EXPECT_EQ(tree.error().fact("column"), GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(
    All, SourceTreeRefusals,
    testing::Values(Refused{"", SourceError::NotJson, "1", "1"}, Refused{"{\"a\":1,}", SourceError::NotJson, "1", "8"},
                    Refused{"[1 2]", SourceError::NotJson, "1", "4"}, Refused{"\"a", SourceError::NotJson, "1", "3"},
                    Refused{"{\"a\":\n  tru}", SourceError::NotJson, "2", "3"}, Refused{"01", SourceError::NotJson, "1", "2"},
                    Refused{"1.", SourceError::NotJson, "1", "3"}, Refused{"\"\\ud800\"", SourceError::NotJson, "1", "2"},
                    Refused{"\"\\x\"", SourceError::NotJson, "1", "2"}, Refused{"\"\x01\"", SourceError::NotJson, "1", "2"},
                    Refused{"{} x", SourceError::NotJson, "1", "4"}, Refused{"\"\xC0\xAF\"", SourceError::NotUtf8, "1", "2"},
                    Refused{"\"\xED\xA0\x80\"", SourceError::NotUtf8, "1", "2"},
                    Refused{"{\"a\":1,\n\"b\":2,\"a\":3}", SourceError::DuplicateKey, "2", "7"},
                    Refused{std::string(65, '['), SourceError::TooDeep, "1", "65"}));

TEST(SourceTree, findsDuplicatesAmongManyMembersToo) {
    std::string text = "{";
    for (int i = 0; i < 40; ++i) text += "\"k" + std::to_string(i) + "\":0,";
    const auto fine = SourceTree::parse(text + "\"last\":0}");
    EXPECT_TRUE(fine);
    const auto tree = SourceTree::parse(text + "\"k7\":0}");
    ASSERT_FALSE(tree);
    EXPECT_TRUE(tree.error().code().is(SourceError::DuplicateKey));
    EXPECT_EQ(tree.error().fact("seen"), "k7");
}

} // namespace
} // namespace gw::policy
