// Runs every case of tests/data/policy: a request, what decides on it, the page of AWS's documentation that tells the
// answer, and the answer. One object a line:
//   {"name","page","world":"complete"|"open","case":{gw-iam-case/1},"expect":{"decision","blocked_by"?,"depends_on"?}}
#include "models/policy/case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace gw::policy {
namespace {

struct Line {
    std::string file, name, text;
};

void PrintTo(const Line& line, std::ostream* out) {
    *out << line.file << ": " << line.name;
}

std::vector<Line> allLines() {
    std::vector<Line> lines;
    for (const auto& entry : std::filesystem::directory_iterator(GW_TEST_DATA "/policy")) {
        if (entry.path().extension() != ".jsonl") continue;
        std::ifstream in(entry.path());
        for (std::string text; std::getline(in, text);) {
            const auto tree = SourceTree::parse(text);
            lines.push_back({entry.path().stem().string(), tree ? std::string(tree->root().member("name").text()) : text, text});
        }
    }
    std::sort(lines.begin(), lines.end(),
              [](const Line& a, const Line& b) { return std::tie(a.file, a.name) < std::tie(b.file, b.name); });
    return lines;
}

std::set<std::string> strings(Value list) {
    std::set<std::string> all;
    for (Value each = list.first(); each; each = each.next()) all.emplace(each.text());
    return all;
}

class PolicyCases : public testing::TestWithParam<Line> {};

TEST_P(PolicyCases, answersAsTheDocumentationSays) {
    const auto tree = SourceTree::parse(GetParam().text);
    ASSERT_TRUE(tree) << tree.error().chain();
    const Value root = tree->root();
    ASSERT_FALSE(root.member("page").text().empty()) << "a case without a source decides nothing";
    PolicyCache cache;
    Case one;
    const Status read = readCase(root.member("case"), cache, *tree, one);
    ASSERT_TRUE(read) << read.error().chain();
    const Value expect = root.member("expect");
    if (expect.member("errors")) {
        ASSERT_EQ(one.errors.size(), expect.member("errors").size());
        for (const Error& error : one.errors) {
            ASSERT_NE(error.cause(), nullptr);
            EXPECT_TRUE(strings(expect.member("errors")).contains(error.cause()->code().id())) << error.chain();
        }
    } else {
        for (const Error& error : one.errors) ADD_FAILURE() << error.chain();
    }

    const bool complete = root.member("world").text() != "open";
    const WorldRules world{complete, UtcTime::fromUnixSeconds(1'795'500'000)};
    const Answer given = answer(one.request, world, one.policies);
    EXPECT_EQ(decisionName(given.decision), expect.member("decision").text());
    if (const Value blocked = expect.member("blocked_by")) {
        std::set<std::string> layers;
        for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
            if (given.blockedBy.has(static_cast<Layer>(i))) layers.emplace(layerName(static_cast<Layer>(i)));
        EXPECT_EQ(layers, strings(blocked));
    }
    if (const Value keys = expect.member("depends_on")) {
        EXPECT_EQ(std::set<std::string>(given.dependsOn.begin(), given.dependsOn.end()), strings(keys));
    }
    if (const Value message = expect.member("message")) {
        EXPECT_EQ(awsMessage(one.request, given), message.text());
    }
    if (given.decision != Decision::Depends) return;
    // Both witnesses must do in a closed world what they are said to do.
    ASSERT_TRUE(given.witness);
    const auto with = [&](const Additions& additions) {
        Request told = one.request;
        for (const auto& each : additions) told.context.set(each.key, each.value);
        return answer(told, {true, world.now}, one.policies).decision;
    };
    EXPECT_EQ(with(given.witness->allowed), Decision::Allowed);
    EXPECT_NE(with(given.witness->denied), Decision::Allowed);
}

INSTANTIATE_TEST_SUITE_P(All, PolicyCases, testing::ValuesIn(allLines()), [](const auto& each) {
    std::string name = each.param.file + "_" + each.param.name;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return name;
});

} // namespace
} // namespace gw::policy
