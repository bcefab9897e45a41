// Input made to be slow or large. The bounds are of processor time and of memory, several times what is needed here, and far
// below what anything worse than linear would take.
#include "models/policy/case.h"
#include "models/policy/edits.h"
#include "tests/support/cpu_time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <malloc.h>
#include <random>
#include <sstream>
#include <string>

namespace gw::policy {
namespace {

using namespace std::chrono_literals;

const WorldRules closed{true, {}};

#if defined(__SANITIZE_ADDRESS__)
constexpr int slower = 12;
#else
constexpr int slower = 3;
#endif

// What the body may take on a slow and busy machine; `budget` is for an optimised build.
#define EXPECT_WITHIN(budget, body)                                                                                              \
    do {                                                                                                                         \
        const gw::test::CpuTimer timer;                                                                                          \
        body;                                                                                                                    \
        EXPECT_LT(timer.elapsed(), (budget)*slower) << timer.elapsed().count() / 1'000'000 << " ms";                             \
    } while (false)

std::string repeated(std::string_view what, std::size_t times) {
    std::string text;
    text.reserve(what.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += what;
    return text;
}

std::string statement(std::size_t i, const std::string& more = "") {
    const std::string number = std::to_string(i);
    return R"({"Sid":"S)" + number +
           R"(","Effect":"Allow","Action":["s3:GetObject","s3:Put*"],"Resource":"arn:aws:s3:::bucket-)" + number + "/*\"" + more +
           "}";
}

std::string document(const std::string& statements) {
    return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

std::string manyStatements(std::size_t count, const std::string& more = "") {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : ",\n") + statement(i, more);
    return document(all);
}

PolicyRef parsed(const std::string& text, DocumentKind kind = DocumentKind::Identity) {
    auto policy = CompiledPolicy::parse(text, kind, "p");
    EXPECT_TRUE(policy) << policy.error().chain();
    return policy ? *policy : nullptr;
}

Request request(const std::string& resource = "arn:aws:s3:::bucket-9999/a") {
    return {*Principal::parse("arn:aws:iam::111122223333:user/lena"), "s3:GetObject", resource, "", {}, {}};
}

Decision decision(const Request& asked, const PolicyRef& policy) {
    PolicySet set;
    set.identity = {policy};
    RequestView view(asked, closed);
    return decide(view, set).decision;
}

// An allowance for `condition` on the key "k:v".
PolicyRef onCondition(const std::string& condition) {
    return parsed(document(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{)" + condition + "}}"));
}

TEST(BadInput, aPolicyOfSixMegabytesIsReadInLinearTimeAndMemory) {
    const std::string text = manyStatements(55'000);
    ASSERT_GT(text.size(), 6'000'000U);
    const struct mallinfo2 before = mallinfo2();
    PolicyRef policy;
    EXPECT_WITHIN(300ms, policy = parsed(text));
    ASSERT_TRUE(policy);
    const struct mallinfo2 after = mallinfo2();
    EXPECT_LT(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd, 60 * text.size());
    EXPECT_WITHIN(20ms, EXPECT_EQ(decision(request(), policy), Decision::Allowed));
    EXPECT_WITHIN(20ms, EXPECT_EQ(decision(request("arn:aws:s3:::nobody/a"), policy), Decision::ImplicitlyDenied));
}

TEST(BadInput, tenThousandStatementsAreExplainedAndEdited) {
    const auto policy = parsed(manyStatements(10'000));
    PolicySet set;
    set.identity = {policy};
    const Request asked = request("arn:aws:s3:::nobody/a");
    EXPECT_WITHIN(600ms, {
        const Explanation why = explain(asked, closed, set);
        EXPECT_FALSE(smallestEdits(asked, closed, set, why).empty());
    });
}

TEST(BadInput, tenThousandStatementsUnderKeysThatNobodyToldAreAnsweredCautiously) {
    std::string all;
    for (std::size_t i = 0; i < 10'000; ++i) {
        const std::string number = std::to_string(i);
        all += (i == 0 ? "" : ",") +
               std::string(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/t)") +
               number + R"(":"v","aws:PrincipalTag/u)" + number + R"(":"v"}}})";
    }
    PolicySet set;
    set.identity = {parsed(document(all))};
    EXPECT_WITHIN(4s, EXPECT_EQ(answer(request(), WorldRules{}, set).decision, Decision::Depends));
}

TEST(BadInput, aStarAfterEveryLetterDoesNotBacktrack) {
    const std::string stars = repeated("a*", 5'000) + "b";
    const std::string letters = repeated("a", 1'000'000);
    // In actions, where the text is short whatever is asked.
    const auto actions = parsed(document(R"({"Effect":"Allow","Action":"s3:)" + stars + R"(","Resource":"*"})"));
    Request asked = request();
    asked.action = "s3:" + letters;
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(asked, actions), Decision::ImplicitlyDenied));
    asked.action += "b";
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(asked, actions), Decision::Allowed));
    const auto resources = parsed(document(R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::)" + stars + "\"}"));
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(request("arn:aws:s3:::" + letters), resources), Decision::ImplicitlyDenied));
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(request("arn:aws:s3:::" + letters + "b"), resources), Decision::Allowed));
    for (const char* op : {"StringLike", "ArnLike"}) {
        SCOPED_TRACE(op);
        const std::string arn = std::string_view(op) == "ArnLike" ? "arn:aws:s3:::" : "";
        const auto condition = onCondition("\"" + std::string(op) + R"(":{"k:v":")" + arn + stars + "\"}");
        Request told = request();
        told.context.set("k:v", arn + letters);
        EXPECT_WITHIN(100ms, EXPECT_EQ(decision(told, condition), Decision::ImplicitlyDenied));
        told.context.set("k:v", arn + letters + "b");
        EXPECT_WITHIN(100ms, EXPECT_EQ(decision(told, condition), Decision::Allowed));
    }
}

TEST(BadInput, questionMarksAmongLettersDoNotMultiply) {
    const std::string letters = repeated("a", 1'000'000);
    for (const std::string& piece :
         {repeated("?", 2'000) + "b", repeated("a?", 1'000) + "b", repeated("a", 1'000) + "?b?" + repeated("a", 1'000)}) {
        SCOPED_TRACE(piece.substr(0, 10));
        const auto condition = onCondition(R"("StringLike":{"k:v":"*)" + piece + "*\"}");
        Request told = request();
        told.context.set("k:v", letters);
        EXPECT_WITHIN(400ms, EXPECT_EQ(decision(told, condition), Decision::ImplicitlyDenied));
        told.context.set("k:v", letters + "b" + letters);
        EXPECT_WITHIN(400ms, EXPECT_EQ(decision(told, condition), Decision::Allowed));
    }
}

// The quick search for long parts against the plain definition.
TEST(BadInput, longPartsAreFoundWhereShortOnesWouldBe) {
    std::mt19937 random(7);
    const auto word = [&](std::size_t length, const std::vector<std::string>& letters) {
        std::string text;
        for (; length > 0; --length) text += letters[random() % letters.size()];
        return text;
    };
    const auto length = [](std::string_view text, std::size_t at) {
        return static_cast<unsigned char>(text[at]) < 0xC0U ? 1U : 2U;
    };
    int found = 0;
    for (int round = 0; round < 3'000; ++round) {
        const std::string text = word(200, {"a", "a", "a", "b", "\u00e9"});
        std::string part = word(33 + random() % 60, {"a", "a", "?", "?", "?"});
        if (random() % 4 == 0) part += "\u00e9";
        bool expected = false;
        for (std::size_t start = 0; start < text.size() && !expected; start += length(text, start)) {
            std::size_t at = start, i = 0;
            for (; i < part.size() && at < text.size(); ++i) {
                if (part[i] != '?' && part[i] != text[at]) break;
                at += part[i] == '?' ? length(text, at) : 1;
            }
            expected = i == part.size();
        }
        const Context nothing;
        const Pattern pattern("*" + part + "*", {.wildcards = true, .variables = false, .foldCase = false});
        ASSERT_EQ(pattern.matches(text, Scope(nothing, {}, true)) == Truth::True, expected) << part << " in " << text;
        found += expected ? 1 : 0;
    }
    EXPECT_GT(found, 50);
    EXPECT_LT(found, 2'900);
}

TEST(BadInput, deepJsonIsRefusedWhereItGetsTooDeep) {
    for (const char* bracket : {"[", "{\"a\":"}) {
        const std::string text = repeated(bracket, 100'000);
        EXPECT_WITHIN(50ms, {
            const auto tree = SourceTree::parse(text);
            ASSERT_FALSE(tree);
            EXPECT_TRUE(tree.error().code().is(SourceError::TooDeep)) << tree.error().chain();
            EXPECT_EQ(tree.error().fact("line"), "1");
            EXPECT_EQ(tree.error().fact("column"), std::to_string(std::string_view(bracket).size() * maxSourceDepth + 1));
        });
    }
}

TEST(BadInput, aHundredThousandValuesAreComparedOnce) {
    std::string listed;
    std::vector<std::string> values;
    for (int i = 0; i < 100'000; ++i) {
        values.push_back("v" + std::to_string(i));
        listed += (i == 0 ? "\"" : ",\"") + values.back() + "\"";
    }
    // A long list on one side alone.
    Request told = request();
    told.context.set(Key("k:v"), ContextValue::many(values));
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(told, onCondition(R"("ForAllValues:StringLike":{"k:v":"v*"})")), Decision::Allowed));
    PolicyRef policy;
    EXPECT_WITHIN(200ms, policy = onCondition(R"("ForAnyValue:StringEquals":{"k:v":[)" + listed + "]}"));
    told.context.set(Key("k:v"), ContextValue::many({"v99999"}));
    EXPECT_WITHIN(100ms, EXPECT_EQ(decision(told, policy), Decision::Allowed));
    // And on both.
    policy = onCondition(R"("ForAllValues:StringEquals":{"k:v":[)" + listed + "]}");
    told.context.set(Key("k:v"), ContextValue::many(values));
    EXPECT_WITHIN(300ms, EXPECT_EQ(decision(told, policy), Decision::Allowed));
    values.back() = "other";
    told.context.set(Key("k:v"), ContextValue::many(values));
    EXPECT_WITHIN(300ms, EXPECT_EQ(decision(told, policy), Decision::ImplicitlyDenied));
}

// As many values in the policy as in the request, none of them equal.
struct LongList {
    const char* op;
    std::string (*expected)(int);
    std::string (*seen)(int);
};

void PrintTo(const LongList& list, std::ostream* out) {
    *out << list.op;
}

class LongLists : public testing::TestWithParam<LongList> {};

std::chrono::nanoseconds timeOf(const LongList& list, int count) {
    std::string listed;
    std::vector<std::string> values;
    for (int i = 0; i < count; ++i) {
        listed += (i == 0 ? "\"" : ",\"") + list.expected(i) + "\"";
        values.push_back(list.seen(i));
    }
    Request told = request();
    told.context.set(Key("k:v"), ContextValue::many(std::move(values)));
    const auto policy = onCondition("\"ForAnyValue:" + std::string(list.op) + "\":{\"k:v\":[" + listed + "]}");
    auto best = std::chrono::nanoseconds::max();
    for (int round = 0; round < 3; ++round) {
        const gw::test::CpuTimer timer;
        EXPECT_EQ(decision(told, policy), Decision::ImplicitlyDenied);
        best = std::min(best, timer.elapsed());
    }
    return best;
}

TEST_P(LongLists, onBothSidesAreNotHeldEachAgainstEach) {
    // Each held against each, 22,500 million comparisons would take many seconds.
    EXPECT_LT(timeOf(GetParam(), 150'000), 400ms * slower);
}

std::string number(int i) {
    return std::to_string(i);
}

INSTANTIATE_TEST_SUITE_P(
    BadInput, LongLists,
    testing::Values(LongList{"StringEquals", [](int i) { return "e" + number(i); }, [](int i) { return "s" + number(i); }},
                    LongList{"StringEqualsIgnoreCase", [](int i) { return "E" + number(i); }, [](int i) { return "s" + number(i); }},
                    LongList{"StringLike", [](int i) { return "x" + number(i) + "y*"; }, [](int i) { return "x" + number(i); }},
                    LongList{"NumericEquals", [](int i) { return number(i); }, [](int i) { return number(i) + ".5"; }},
                    LongList{"NumericLessThan", [](int i) { return number(i); }, [](int i) { return number(i + 1'000'000); }},
                    LongList{"DateGreaterThan", [](int i) { return number(i + 2'000'000'000); }, [](int i) { return number(i + 100'000); }},
                    LongList{"IpAddress", [](int i) { return "10." + number(i / 65536) + "." + number(i / 256 % 256) + "." + number(i % 256); },
                             [](int i) { return "11." + number(i / 65536) + "." + number(i / 256 % 256) + "." + number(i % 256); }},
                    LongList{"BinaryEquals", [](int i) { return number(1'000'000 + i) + "A"; }, [](int i) { return number(2'000'000 + i) + "A"; }},
                    LongList{"ArnEquals", [](int i) { return "arn:aws:s3:::e" + number(i); }, [](int i) { return "arn:aws:s3:::s" + number(i); }},
                    LongList{"ArnLike", [](int i) { return "arn:aws:s3:::x" + number(i) + "y/*"; },
                             [](int i) { return "arn:aws:s3:::x" + number(i); }}));

std::string lineWith(const std::string& statements, const std::string& value) {
    return R"({"request":{"principal":"arn:aws:iam::111122223333:user/lena","action":"s3:GetObject","resource":"*","context":{"k:v":)" +
           value + R"(}},"identity":[{"policy":)" + document(statements) + "}]}";
}

// What cannot be answered in proportion is refused, and says what it is.
TEST(BadInput, manyPatternsAgainstALongListAreRefused) {
    std::string patterns, values;
    for (int i = 0; i < 20'000; ++i) {
        patterns += (i == 0 ? "\"*x" : ",\"*x") + number(i) + "*\"";
        values += (i == 0 ? "\"v" : ",\"v") + number(i) + "\"";
    }
    const std::string statements =
        R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringLike":{"k:v":[)" + patterns + "]}}}";
    PolicyCache cache;
    for (const bool tooMuch : {true, false}) {
        const std::string line = lineWith(statements, tooMuch ? "[" + values + "]" : "[\"v1\"]");
        EXPECT_WITHIN(500ms, {
            const auto tree = SourceTree::parse(line);
            ASSERT_TRUE(tree);
            Case one;
            const Status read = readCase(tree->root(), cache, *tree, one);
            ASSERT_EQ(read.has_value(), !tooMuch);
            if (!tooMuch) continue;
            EXPECT_TRUE(read.error().code().is(CaseError::TooMuchWork)) << read.error().chain();
            EXPECT_EQ(read.error().fact("pointer"), "/request/context/k:v");
        });
    }
}

TEST(BadInput, oneLongPatternOfQuestionMarksAgainstALongValueIsRefused) {
    const std::string line =
        lineWith(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"k:v":"*)" + repeated("?", 500'000) +
                     R"(b*"}}})",
                 "\"" + repeated("a", 1'000'000) + "\"");
    const auto tree = SourceTree::parse(line);
    ASSERT_TRUE(tree);
    PolicyCache cache;
    Case one;
    const Status read = readCase(tree->root(), cache, *tree, one);
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().code().is(CaseError::TooMuchWork)) << read.error().chain();
}

TEST(BadInput, variablesOfALongValueDoNotMultiply) {
    Request told = request();
    told.context.set("aws:PrincipalTag/x", repeated("a", 1'000'000));
    told.context.set("k:v", repeated("a", 100));
    for (const char* op : {"StringLike", "StringEquals", "ArnLike"}) {
        SCOPED_TRACE(op);
        const struct mallinfo2 before = mallinfo2();
        const auto policy =
            onCondition("\"" + std::string(op) + R"(":{"k:v":")" + repeated("${aws:PrincipalTag/x}", 20'000) + "\"}");
        EXPECT_WITHIN(100ms, EXPECT_EQ(decision(told, policy), Decision::ImplicitlyDenied));
        const struct mallinfo2 after = mallinfo2();
        EXPECT_LT(after.hblkhd, before.hblkhd + 100'000'000);
    }
}

TEST(BadInput, valuesToTryForKeysThatNobodyToldAreBounded) {
    std::string listed, conditions;
    for (int i = 0; i < 50'000; ++i) listed += (i == 0 ? "\"v" : ",\"v") + number(i) + "*\"";
    for (const char* key : {"a", "b", "c"})
        conditions += (conditions.empty() ? "\"k:" : ",\"k:") + std::string(key) + "\":[" + listed + "]";
    PolicySet set;
    set.identity = {onCondition("\"StringLike\":{" + conditions + "}")};
    EXPECT_WITHIN(3s, EXPECT_EQ(answer(request(), WorldRules{}, set).decision, Decision::Depends));
    // A run of stars, each of which could stand for a long text of another pattern.
    set.identity = {parsed(document(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k:a":")" +
                                    repeated("a", 60'000) + R"("}}},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"k:a":")" +
                                    repeated("b*", 20'000) + "\"}}}"))};
    EXPECT_WITHIN(1s, EXPECT_EQ(answer(request(), WorldRules{}, set).decision, Decision::Depends));
}

TEST(BadInput, aHundredThousandKeysAreFound) {
    std::string context;
    for (int i = 0; i < 100'000; ++i) context += (i == 0 ? "\"k:" : ",\"k:") + std::to_string(i) + "\":\"v\"";
    const std::string line =
        R"({"request":{"principal":"arn:aws:iam::111122223333:user/lena","action":"s3:GetObject","resource":"*","context":{)" +
        context + R"(}},"identity":[{"policy":)" +
        document(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k:99999":"v"}}})") + "}]}";
    PolicyCache cache;
    EXPECT_WITHIN(500ms, {
        const auto tree = SourceTree::parse(line);
        ASSERT_TRUE(tree);
        Case one;
        ASSERT_TRUE(readCase(tree->root(), cache, *tree, one));
        EXPECT_EQ(answer(one.request, closed, one.policies).decision, Decision::Allowed);
    });
}

TEST(BadInput, valuesOfAMillionLettersAreReadOnce) {
    const std::string digits = repeated("9", 1'000'000);
    for (const char* op : {"StringEquals", "StringEqualsIgnoreCase", "NumericLessThan", "DateLessThan", "Bool", "BinaryEquals",
                           "IpAddress", "ArnEquals"}) {
        SCOPED_TRACE(op);
        PolicyRef policy;
        EXPECT_WITHIN(100ms, policy = onCondition("\"" + std::string(op) + R"(":{"k:v":[")" + digits + R"(","1"]})"));
        Request told = request();
        told.context.set("k:v", digits);
        EXPECT_WITHIN(100ms, (void)decision(told, policy));
    }
}

TEST(BadInput, nearlyEveryElementWrongIsToldWithPlaces) {
    std::string all;
    for (int i = 0; i < 20'000; ++i) all += (i == 0 ? "" : ",\n") + std::string(R"({"Effect":"Allo","Action":"x","Resource":7})");
    const auto source = SourceTree::parse(document(all));
    ASSERT_TRUE(source);
    EXPECT_WITHIN(400ms, {
        const auto problems = Document::problems(*source, DocumentKind::Identity);
        ASSERT_GE(problems.size(), 100U);
        EXPECT_LE(problems.size(), 1'000U);
        EXPECT_EQ(problems[3].fact("pointer"), "/Statement/1/Effect");
        EXPECT_EQ(problems[3].fact("line"), "2");
    });
}

} // namespace
} // namespace gw::policy
