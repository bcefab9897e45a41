// What a map may say, and what is told of what it may not.
#include "models/mesh/intent/intent.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>


namespace gw::mesh {
namespace {

// "unknown_key 4:1 near=who" a line.
std::string told(const std::vector<Error>& problems) {
    std::string out;
    for (const Error& problem : problems) {
        out += problem.code().id() + " " + std::string(problem.fact("line")) + ":" + std::string(problem.fact("column"));
        for (const char* fact : {"seen", "near", "other"})
            if (!problem.fact(fact).empty()) out += std::string(" ") + fact + "=" + std::string(problem.fact(fact));
        out += '\n';
    }
    return out;
}

std::string problemsOf(std::string_view text) {
    const auto reading = readMap(text);
    return reading ? told(reading->problems) : reading.error().code().id();
}

struct Case {
    const char* name;
    const char* text;
    const char* told;
};
class BadMap : public testing::TestWithParam<Case> {};

TEST_P(BadMap, IsToldWithItsPlace) {
    EXPECT_EQ(problemsOf(GetParam().text), GetParam().told);
    // What is left of it is worked on all the same, so that everything is told at once.
    if (const auto reading = readMap(GetParam().text)) static_cast<void>(resolve(reading->map, nullptr, UtcTime::parse("2026-11-30T00:00:00Z").value()));
}

INSTANTIATE_TEST_SUITE_P(
    Every, BadMap,
    testing::Values(
        Case{"NoToml", "version = ", "toml.syntax"}, Case{"MergeConflict", "version = 1\n<<<<<<< HEAD\n", "toml.merge_conflict"},
        Case{"NoVersion", "", "map.no_version 1:1\n"}, Case{"NewerVersion", "version = 2\n", "map.newer_version 1:11 seen=2\n"},
        Case{"VersionOfAnotherType", "version = \"1\"\n", "map.wrong_type 1:11\n"}, Case{"VersionNull", "version = 0\n", "map.bad_value 1:11 seen=0\n"},
        Case{"UnknownHeadKey", "version = 1\ntitel = \"x\"\n", "map.unknown_key 2:1 near=title\n"},
        Case{"UnknownKind", "version = 1\n[[groop]]\nid = \"a\"\n", "map.unknown_kind 2:1 seen=[[groop]] near=[[group]]\n"},
        Case{"OneTableForAList", "version = 1\n[group]\nid = \"a\"\n", "map.unknown_kind 2:1 seen=[group] near=[[group]]\n"},
        Case{"UnknownKey", "version = 1\n[[group]]\nid = \"a\"\nnmae = \"A\"\n", "map.unknown_key 4:1 near=name\n"},
        Case{"NoId", "version = 1\n[[group]]\nname = \"A\"\n", "map.missing_key 2:1\n"},
        Case{"BadId", "version = 1\n[[group]]\nid = \"group:a\"\n", "map.bad_id 3:6 seen=group:a\n"},
        Case{"DuplicateId", "version = 1\n[[group]]\nid = \"a\"\n[[person]]\nid = \"a\"\n", "map.duplicate_id 5:6 seen=a other=2\n"},
        Case{"RoleWithoutArn", "version = 1\n[[role]]\nid = \"r\"\n", "map.missing_key 2:1\n"},
        Case{"RoleThatIsNone", "version = 1\n[[role]]\nid = \"r\"\narn = \"arn:aws:iam::1:user/x\"\n", "map.bad_value 4:7 seen=arn:aws:iam::1:user/x\n"},
        Case{"WrongType", "version = 1\n[[set]]\nid = \"s\"\nmembers = 3\n", "map.missing_key 2:1\nmap.wrong_type 4:11\n"},
        Case{"UnknownMember", "version = 1\n[[group]]\nid = \"opss\"\n[[set]]\nid = \"s\"\nmembers = [\"ops\"]\n",
             "map.unknown_reference 4:1 seen=ops near=opss\n"},
        Case{"GroupOfRoles", "version = 1\n[[group]]\nid = \"g\"\nmembers = [\"role:arn:aws:iam::111122223333:role/r\"]\n",
             "map.wrong_reference 2:1 seen=role:arn:aws:iam::111122223333:role/r\n"},
        Case{"Circle", "version = 1\n[[set]]\nid = \"a\"\nmembers = [\"b\"]\n[[set]]\nid = \"b\"\nmembers = [\"a\"]\n", "map.cycle 5:1 seen=a > b > a\n"},
        Case{"CircleOfOne", "version = 1\n[[group]]\nid = \"a\"\nmembers = [\"a\"]\n", "map.cycle 2:1 seen=a > a\n"},
        Case{"EdgeWithoutAnything", "version = 1\n[[edge]]\nid = \"E1\"\n", "map.missing_key 2:1\nmap.missing_key 2:1\n"},
        Case{"EdgeIdThatCannotTravel", "version = 1\n[[edge]]\nid = \"E-1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\n",
             "map.bad_id 3:6 seen=E-1\n"},
        Case{"GroupWithoutRole", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"group:Ops\"\nmay = \"GET\"\non = \"route:a/prod\"\n",
             "map.wrong_reference 2:1 seen=group:Ops\n"},
        Case{"ThroughNoRole", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"group:Ops\"\nthrough = \"group:Ops\"\nmay = \"GET\"\non = \"route:a/prod\"\n",
             "map.wrong_reference 2:1 seen=group:Ops\n"},
        Case{"UnknownVerb", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"read\"\non = \"route:a/prod\"\n", "map.bad_value 5:7 seen=read\n"},
        Case{"PathNotNormal", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\npaths = [\"/a/../b\"]\n",
             "map.bad_value 7:9 seen=/a/../b\n"},
        Case{"NothingToDo", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = []\non = \"route:a/prod\"\n", "map.missing_key 2:1\n"},
        Case{"NoPathOfAll", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\npaths = []\n",
             "map.bad_value 7:9 seen=[]\n"},
        Case{"NoValueOfAll", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\nwhen = { \"aws:PrincipalTag/team\" = [] }\n",
             "map.bad_value 7:36 seen=[]\n"},
        Case{"VariableInAValue", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\nwhen = { \"aws:PrincipalTag/team\" = \"${aws:username}\" }\n",
             "map.bad_value 7:36 seen=${aws:username}\n"},
        Case{"VariableInAnArn", "version = 1\n[[arn]]\nid = \"a\"\narn = \"arn:aws:s3:::b/${aws:username}/*\"\n", "map.bad_value 4:7 seen=arn:aws:s3:::b/${aws:username}/*\n"},
        Case{"VariableInPlace", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"s3:GetObject\"\non = \"arn:aws:s3:::b/${aws:username}/*\"\n",
             "map.bad_value 2:1 seen=arn:aws:s3:::b/${aws:username}/*\n"},
        Case{"NoBlockOfAddresses", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\nwhen = { source_ip = [\"10.0.0.0/8\", \"10.0.0.0/33\"] }\n",
             "map.bad_value 7:22 seen=10.0.0.0/33\n"},
        Case{"UnknownCondition", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\nwhen = { mfaa = true }\n",
             "map.unknown_key 7:17\n"},
        Case{"BadTime", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\nexpires = \"tomorrow\"\n",
             "map.bad_value 7:11 seen=tomorrow\n"},
        Case{"AcceptWithoutTarget", "version = 1\n[[edge]]\nid = \"E1\"\nwho = \"anyone\"\nmay = \"GET\"\non = \"route:a/prod\"\naccept = \"mfa\"\n",
             "map.bad_value 7:10 seen=mfa\n"}),
    [](const auto& each) { return each.param.name; });

TEST(Map, TheShopIsReadAsItIsWritten) {
    const auto reading = readMap(test::shop);
    ASSERT_TRUE(reading) << reading.error().chain();
    EXPECT_EQ(told(reading->problems), "");
    const Map& map = reading->map;
    ASSERT_EQ(map.edges().size(), 7U);
    const Edge& first = map.edges().front();
    EXPECT_EQ(first.who.size(), 2U);
    EXPECT_EQ(first.when.size(), 2U);
    EXPECT_EQ(first.when.front().kind, EdgeCondition::Kind::Mfa);
    EXPECT_EQ(first.expires->toRfc3339(), "2027-03-01T00:00:00Z");
    EXPECT_EQ(map.edge(EdgeId("E2"))->effect, Effect::Deny);
    ASSERT_NE(map.node(NodeId("ledger")), nullptr);
    EXPECT_EQ(map.members(NodeId("ledger")).size(), 2U);
    const Node* inPlace = map.node(NodeId("account:444455556666"));
    ASSERT_NE(inPlace, nullptr);
    EXPECT_FALSE(inPlace->written);
}

std::string resolved(std::string_view text) {
    const auto reading = readMap(text);
    if (!reading || !reading->isUsable()) return "unreadable";
    return told(resolve(reading->map, nullptr, UtcTime::parse("2026-11-30T00:00:00Z").value()).problems);
}

TEST(Intent, TellsWhatCannotBeMeant) {
    const std::string head = "version = 1\n[[route]]\nid = \"r\"\napi = \"a\"\naccount = \"111122223333\"\nregion = \"eu-west-1\"\n";
    const std::string reader = "who = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"GET\"\non = \"r\"\n";
    EXPECT_EQ(resolved(head + "[[edge]]\nid = \"E1\"\n" + reader), "");
    EXPECT_EQ(resolved(head + "[[edge]]\nid = \"E1\"\n" + reader + "expires = 2026-11-30\n"), "map.expired 7:1 seen=2026-11-30T00:00:00Z\n");
    EXPECT_EQ(resolved(head + "[[edge]]\nid = \"E1\"\n" + reader + "[[edge]]\nid = \"E2\"\neffect = \"deny\"\n" + reader),
              "map.conflict 7:1 other=E2\n");
    EXPECT_EQ(resolved(head + "[[edge]]\nid = \"E1\"\n" + reader + "[[edge]]\nid = \"E2\"\n" + reader), "map.repeated 12:1 other=E1\n");
    const auto by = [](const char* group) { return "who = \"group:" + std::string(group) + "\"\nthrough = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"GET\"\non = \"r\"\n"; };
    const auto both = [&](const char* one, const char* other) { return resolved(head + "[[edge]]\nid = \"E1\"\n" + by(one) + "[[edge]]\nid = \"E2\"\n" + by(other)); };
    EXPECT_EQ(both("A", "A").find("map.repeated") != std::string::npos, true);
    EXPECT_EQ(both("A", "B").find("map.repeated"), std::string::npos) << "one group is not the other";
    EXPECT_EQ(resolved("version = 1\n[[edge]]\nid = \"E1\"\nwho = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"GET\"\non = \"route:a/prod\"\n"),
              "map.unresolved 2:1 seen=route:a/prod\n");
    EXPECT_EQ(resolved(head + "[[edge]]\nid = \"E1\"\nwho = \"role:arn:aws:iam::111122223333:role/r\"\nmay = \"s3:GetObject\"\non = \"r\"\n"),
              "map.bad_value 7:1 seen=s3:GetObject\n");
}

struct PathCase {
    const char* pattern;
    const char* path;
    bool matches;
};

TEST(PathPattern, MatchesWhatItSays) {
    for (const PathCase& each :
         {PathCase{"/orders", "/orders", true}, PathCase{"/orders", "/orders/", false}, PathCase{"/orders", "/Orders", false},
          PathCase{"/orders/**", "/orders", false}, PathCase{"/orders/**", "/orders/", true}, PathCase{"/orders/**", "/orders/a/b", true},
          PathCase{"/orders/**", "/ordersx/a", false}, PathCase{"/orders/{id}", "/orders/a", true}, PathCase{"/orders/{id}", "/orders/", false},
          PathCase{"/orders/{id}", "/orders/a/b", false}, PathCase{"/orders/*/lines/**", "/orders/a/lines/b", true},
          PathCase{"/orders/*/lines/**", "/orders/a/b/lines/c", false}, PathCase{"/**", "/", true}, PathCase{"/**", "/a", true}, PathCase{"/", "/", true},
          PathCase{"/", "/a", false}, PathCase{"/{proxy+}", "/a/b", true}, PathCase{"/orders", "orders", false}, PathCase{"/orders", "", false}}) {
        const auto pattern = PathPattern::parse(each.pattern);
        ASSERT_TRUE(pattern) << each.pattern;
        EXPECT_EQ(pattern->matches(each.path), each.matches) << each.pattern << " " << each.path;
        // As IAM reads it, it never matches less.
        if (each.matches) {
            EXPECT_TRUE(pattern->globMatches(each.path)) << each.pattern << " " << each.path;
        }
    }
    for (const char* bad : {"", "orders", "/a//b", "/a/./b", "/a/../b", "/a*", "/**/a", "/a b", "/a?b", "/%zz", "/{a", "/{a}b", "/a#b"})
        EXPECT_FALSE(PathPattern::parse(bad)) << bad;
}

TEST(PathPattern, CoversWhatItMatches) {
    const std::vector<std::string> texts{"/**", "/", "/a", "/a/", "/a/**", "/a/b", "/a/{x}", "/*/b", "/a/*/c", "/a/*/**", "/a/b/c"};
    const std::vector<std::string> paths{"/", "/a", "/a/", "/a/b", "/a/b/", "/a/b/c", "/b/b", "/a/x/c", "/a//c"};
    for (const std::string& outer : texts)
        for (const std::string& inner : texts) {
            const auto one = PathPattern::parse(outer), other = PathPattern::parse(inner);
            if (!one->covers(*other)) continue;
            for (const std::string& path : paths)
                if (other->matches(path)) {
                    EXPECT_TRUE(one->matches(path)) << outer << " " << inner << " " << path;
                }
        }
}

TEST(Map, TenThousandEdgesAreReadInTime) {
    std::string text = "version = 1\n";
    for (int i = 0; i < 10'000; ++i)
        text += "\n# what it is for\n[[edge]]\nid = \"E" + std::to_string(i) + "\"\nwho = [\"group:G" + std::to_string(i % 300) +
                "\"]\nthrough = \"role:arn:aws:iam::111122223333:role/r" + std::to_string(i % 500) + "\"\nmay = [\"GET\", \"POST\"]\non = [\"route:api" +
                std::to_string(i % 100) + "/prod\"]\npaths = [\"/orders/" + std::to_string(i) + "/**\"]\nowner = \"a@example.com\"\nreason = \"r\"\n";
    const auto reading = readMap(text);
    ASSERT_TRUE(reading);
    EXPECT_EQ(told(reading->problems), "");
    EXPECT_EQ(reading->map.edges().size(), 10'000U);
}

} // namespace
} // namespace gw::mesh
