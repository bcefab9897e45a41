// Long lists come in pieces with their places; joined documents one by one; of what is broken the sound part is read.
#include "models/estate/estate_reader.h"
#include "models/estate/readers/json_pieces.h"
#include "models/estate/saved_estate.h"

#include <gtest/gtest.h>

namespace gw::estate {
namespace {

std::string role(int number, const std::string& more = {}) {
    const std::string name = "r" + std::to_string(number);
    return "{\n  \"RoleName\": \"" + name + "\",\n  \"Arn\": \"arn:aws:iam::111122223333:role/" + name + "\"" + more + "\n}";
}

std::string roles(int count) {
    std::string text = "{\"IsTruncated\": false,\n\"UserDetailList\": [],\n \"RoleDetailList\": [\n";
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ",\n") + role(i);
    return text + "\n]}\n";
}

TEST(Pieces, AreAsIfNothingHadBeenCut) {
    const std::string text = roles(50);
    EstateReader reader;
    reader.addText("whole.json", text);
    const auto whole = reader.finish();
    for (const std::size_t size : {0, 100, 1000, 100'000}) {
        std::size_t seen = 0;
        cutJson(text, {0, size}, [&](const JsonPiece& piece) {
            if (piece.envelope) {
                EXPECT_EQ(piece.text, R"({"IsTruncated": false})");
                return;
            }
            EXPECT_TRUE(policy::SourceTree::parse(piece.text)) << piece.text;
            if (piece.origin.list != "/RoleDetailList") return;
            EXPECT_EQ(piece.origin.firstIndex, seen);
            const Role& first = whole->roles()[seen];
            EXPECT_EQ(piece.origin.at, first.source.position);
            const auto tree = policy::SourceTree::parse(piece.text);
            seen += tree->root().member("RoleDetailList").size();
        });
        EXPECT_EQ(seen, 50U);
    }
}

// Large enough that it is cut and parsed on other threads.
TEST(Pieces, OfALargeFileKeepTheirPlacesAndOrder) {
    std::string text = "{\"RoleDetailList\": [";
    const std::string padding = ",\n  \"Description\": \"" + std::string(2000, 'x') + "\"";
    for (int i = 0; i < 6000; ++i) text += (i == 0 ? "\n" : ",\n") + role(i, padding);
    text += "\n], \"IsTruncated\": true, \"Marker\": \"m\"}";
    ASSERT_GT(text.size(), std::size_t{8} << 20U);
    EstateReader reader;
    std::size_t told = 0;
    reader.onProgress([&](std::size_t octets) { return told = octets, true; });
    reader.addText("get-account-authorization-details.json", text);
    const auto estate = reader.finish();
    ASSERT_EQ(estate->roles().size(), 6000U);
    for (int i = 0; i < 6000; ++i) {
        const Role& each = estate->roles()[static_cast<std::size_t>(i)];
        ASSERT_EQ(each.name, "r" + std::to_string(i));
        ASSERT_EQ(each.source.pointer, "/RoleDetailList/" + std::to_string(i));
        ASSERT_EQ(each.source.position, (policy::Position{static_cast<std::uint32_t>(2 + 5 * i), 1}));
    }
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Truncated));
    EXPECT_GT(told, text.size() / 2);
}

TEST(Pieces, OfABrokenListTheSoundElementsAreRead) {
    const std::string bad = "{\"RoleName\": \"twice\", \"RoleName\": \"twice\"}";
    EstateReader reader;
    reader.addText("a.json", "{\"RoleDetailList\": [\n" + role(0) + ",\n" + bad + ",\n" + role(2) + "]}");
    reader.addText("cut.json", "{\"RoleDetailList\": [\n" + role(3) + ",\n{\"RoleName\":");
    const auto estate = reader.finish();
    ASSERT_EQ(estate->roles().size(), 3U);
    EXPECT_EQ(estate->roles()[1].name, "r2");
    EXPECT_EQ(estate->roles()[1].source.pointer, "/RoleDetailList/2");
    EXPECT_EQ(estate->roles()[1].source.position, (policy::Position{7, 1}));
    EXPECT_EQ(estate->roles()[2].name, "r3");
    ASSERT_EQ(estate->problems().size(), 2U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Malformed));
    EXPECT_EQ(estate->problems()[0].fact("line"), "6");
    EXPECT_EQ(estate->problems()[1].fact("file"), "cut.json");
}

TEST(Pieces, SeveralAnswersInOneFileAreEachRead) {
    EstateReader reader;
    reader.addText("pages.json", "{\"Roles\":[" + role(1) + "]}\n\n{\"Roles\":[" + role(2) + "]}{\"Roles\":[" + role(3) + "]}\n");
    reader.addText("lines.jsonl", "{\"Role\":{\"RoleName\":\"a\",\"Arn\":\"arn:aws:iam::111122223333:role/a\"}}\n{\"Role\":{\"RoleName\":\"b\",\"Arn\":\"arn:aws:iam::111122223333:role/b\"}}\n");
    const auto estate = reader.finish();
    EXPECT_TRUE(estate->problems().empty()) << estate->problems()[0].chain();
    ASSERT_EQ(estate->roles().size(), 5U);
    EXPECT_EQ(estate->role("111122223333", "r2")->source.position.line, 6U);
    EXPECT_EQ(estate->role("111122223333", "b")->source.position, (policy::Position{2, 9}));
}

TEST(Pieces, NothingFurtherIsReadOnceItIsBrokenOff) {
    EstateReader reader;
    int calls = 0;
    reader.onProgress([&](std::size_t) { return ++calls < 2; });
    for (int i = 0; i < 5; ++i) reader.addText("a.json", "{\"Roles\":[" + role(i) + "]}");
    EXPECT_EQ(reader.finish(), nullptr);
    EXPECT_EQ(calls, 2);
}

// However the octets come: whoever has enough of them is not asked again, and gets nothing.
TEST(Pieces, StoppingReachesIntoEveryKindOfFile) {
    std::string roles, events, saved;
    for (int i = 0; i < 40'000; ++i) roles += (i == 0 ? "" : ",") + role(i, ",\n  \"Description\": \"" + std::string(400, 'x') + "\"");
    roles = "{\"RoleDetailList\":[" + roles + "]}";
    for (int i = 0; i < 20'000; ++i)
        events += std::string(i == 0 ? "" : ",") + R"({"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"GetObject","eventTime":"2026-07-01T12:00:00Z","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/u"}})";
    events = "{\"Records\":[" + events + "]}";
    {
        EstateReader whole;
        for (int i = 0; i < 5'000; ++i) whole.addText("r" + std::to_string(i) + ".json", "{\"Roles\":[" + role(i) + "]}");
        saved = saveEstate(*whole.finish());
    }
    for (const auto& [name, text] : {std::pair<std::string, std::string>{"details.json", roles}, {"cloudtrail.json", events}, {"saved.estate", saved}}) {
        EstateReader reader;
        int calls = 0, most = 0;
        reader.onProgress([&](std::size_t) { return ++most > 0; });
        reader.addText(name, text);
        ASSERT_NE(reader.finish(), nullptr) << name;
        ASSERT_GT(most, 12) << name << " asks seldom";
        EstateReader stopped;
        stopped.onProgress([&](std::size_t) { return ++calls < 4; });
        stopped.addText(name, text);
        stopped.addText("more.json", "{\"Roles\":[" + role(1) + "]}");
        EXPECT_EQ(stopped.finish(), nullptr) << name;
        EXPECT_EQ(calls, 4) << name;
    }
}

TEST(Pieces, AnyTextEndsAndLosesNoOctetOfTheElements) {
    for (const char* text : {"", "{", "[", "]", "}", "{\"Roles\":[", "{\"Roles\":[,]}", "{\"Roles\":[1,,2]}", "{\"Roles\":[}]", "{\"Roles\":[1] \"x\":2}", "{\"Roles\":[\"\\\"]}",
                             "{\"Roles\":[]", "{\"a\":1,\"Roles\":[1],}", "nul", "{\"Roles\":[1]}x{"}) {
        std::size_t pieces = 0;
        cutJson(text, {0, 0}, [&](const JsonPiece&) { ++pieces; });
        EXPECT_LE(pieces, 8U) << text;
    }
}

} // namespace
} // namespace gw::estate
