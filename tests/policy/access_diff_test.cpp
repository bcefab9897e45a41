#include "models/policy/access_diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace gw::policy {
namespace {

PolicySet identity(const std::string& statements) {
    auto policy =
        CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", DocumentKind::Identity, "p");
    EXPECT_TRUE(policy) << policy.error().chain();
    PolicySet set;
    set.identity = {*policy};
    return set;
}

const Catalogue& catalogue() {
    static const std::unique_ptr<Catalogue> shipped = [] {
        std::ifstream in(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl");
        std::ostringstream text;
        text << in.rdbuf();
        return std::move(*Catalogue::read(text.str()));
    }();
    return *shipped;
}

AccessDiff diff(const PolicySet& before, const PolicySet& after) {
    return compareAccess(before, after, *Principal::parse("arn:aws:iam::111122223333:role/reader"), &catalogue());
}

bool names(const std::vector<AccessChange>& changes, const std::string& action) {
    return std::any_of(changes.begin(), changes.end(),
                       [&](const AccessChange& each) { return foldedAscii(each.request.action) == foldedAscii(action); });
}

const std::string readAll = R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"})";

TEST(AccessDiff, anotherTextForTheSameAccessIsNoChange) {
    const auto same = diff(
        identity(readAll),
        identity(R"({"Effect":"Allow","Action":["s3:getobject"],"Resource":["arn:aws:s3:::bucket/*","arn:aws:s3:::bucket/a"]})"));
    EXPECT_TRUE(same.gained.empty());
    EXPECT_TRUE(same.lost.empty());
    EXPECT_TRUE(same.exhaustive);
    EXPECT_GT(same.tried, 2U);
}

TEST(AccessDiff, aWildcardGainsTheOtherActions) {
    const auto wider =
        diff(identity(readAll), identity(R"({"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::bucket/*"})"));
    EXPECT_FALSE(wider.gained.empty());
    EXPECT_FALSE(names(wider.gained, "s3:GetObject"));
    EXPECT_TRUE(wider.lost.empty());
}

TEST(AccessDiff, aDenyOnAPartIsLostThere) {
    const auto less =
        diff(identity(readAll), identity(readAll + R"(,{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::*/secret/*"})"));
    ASSERT_FALSE(less.lost.empty());
    EXPECT_TRUE(less.gained.empty());
    // Found in the common part of two patterns that neither shows alone.
    EXPECT_EQ(less.lost[0].request.resource, "arn:aws:s3:::bucket/secret/");
}

TEST(AccessDiff, aConditionIsAChangeWithItsWitness) {
    const auto less = diff(
        identity(readAll),
        identity(
            R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}}})"));
    ASSERT_FALSE(less.lost.empty());
    const Request& witness = less.lost[0].request;
    const auto* entry = witness.context.find(Key("aws:PrincipalTag/team"));
    ASSERT_NE(entry, nullptr);
    EXPECT_TRUE(!entry->value || entry->value->values != std::vector<std::string>{"pay"});
}

TEST(CommonText, isMatchedByBothOrIsNone) {
    const Context nothing;
    const Scope scope(nothing, {}, true);
    const auto matches = [&](const std::string& pattern, const std::string& text) {
        return Pattern(pattern, {.wildcards = true, .variables = false, .foldCase = false}).matches(text, scope) == Truth::True;
    };
    const std::vector<std::string> patterns{"",    "*",   "a",   "a*",  "*a", "*a*b*", "?",     "??",
                                            "a?c", "abc", "*bc", "ab*", "b*", "*/x/*", "a/*/c", "a/x/*"};
    for (const std::string& one : patterns) {
        for (const std::string& other : patterns) {
            const auto text = commonText(one, other);
            if (text) {
                EXPECT_TRUE(matches(one, *text) && matches(other, *text)) << one << " and " << other << ": " << *text;
                continue;
            }
            // Nothing over a small alphabet fits both either.
            std::vector<std::string> words{""};
            for (std::size_t i = 0; i < words.size() && words[i].size() < 4; ++i)
                for (const char letter : std::string("abcx/")) words.push_back(words[i] + letter);
            for (const std::string& word : words)
                EXPECT_FALSE(matches(one, word) && matches(other, word)) << one << " and " << other << ": " << word;
        }
    }
}

} // namespace
} // namespace gw::policy
