// The filter's language, what it keeps, and what it offers: by cases, and against a scan that remembers nothing.
#include "models/items/table/arrangement.h"
#include "models/items/table/completion.h"
#include "models/items/table/export.h"
#include "models/items/table/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <random>

using namespace gw;
using namespace gw::items;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const UtcTime now = *UtcTime::parse("2026-11-23T14:00:00Z");
constexpr std::int64_t day = 86'400;

enum : std::size_t { Group, Role, Env, Finding, Rule, Used, Longest, People, Can };

std::vector<Column> columns() {
    std::vector<Column> all(9);
    all[Group] = {.id = "group", .searched = true, .aliases = {"who"}};
    all[Role] = {.id = "role", .searched = true};
    all[Env] = {.id = "env", .kind = ColumnKind::Choice, .choices = {"dev", "stage", "prod"}};
    all[Finding] = {.id = "finding", .kind = ColumnKind::Choice, .many = true, .choices = {"low", "medium", "high", "critical", "error"}};
    all[Rule] = {.id = "rule", .many = true};
    all[Used] = {.id = "last-used", .kind = ColumnKind::Time, .ageWords = {{"stale", 90 * day}}};
    all[Longest] = {.id = "longest", .kind = ColumnKind::Duration};
    all[People] = {.id = "people", .kind = ColumnKind::Number};
    all[Can] = {.id = "can", .kind = ColumnKind::Outside};
    return all;
}

struct Row {
    const char* group;
    const char* role;
    int env = -1;
    std::vector<int> findings{};
    std::vector<const char*> rules{};
    std::int64_t daysAgo = -2; // -1 never, -2 unknown
    std::int64_t longest = unknownValue, people = unknownValue;
};

Table make(const std::vector<Row>& rows) {
    Table table(columns());
    for (const Row& row : rows) {
        table.addRow();
        table.addText(Group, row.group);
        table.addText(Role, row.role);
        if (row.env >= 0) table.addChoice(Env, static_cast<std::size_t>(row.env));
        for (const int each : row.findings) table.addChoice(Finding, static_cast<std::size_t>(each));
        for (const char* each : row.rules) table.addText(Rule, each);
        table.setValue(Used, row.daysAgo == -2 ? unknownValue : row.daysAgo == -1 ? neverValue : now.unixSeconds() - row.daysAgo * day);
        table.setValue(Longest, row.longest);
        table.setValue(People, row.people);
    }
    table.finish();
    return table;
}

const std::vector<Row>& sample() {
    static const std::vector<Row> rows{
        {"Platform-Admins", "payments-admin", 2, {3, 2}, {"perm-admin", "trust-saml-no-audience"}, 0, 3600, 6},
        {"Support-Tier2", "ledger-support", 2, {2}, {"trust-saml-no-audience"}, 1, 3600, 118},
        {"Fleet-SRE", "fleet-operator", 2, {}, {}, 200, 7200, 23},
        {"Data-Science", "telemetry-export", 1, {4}, {"sess-idp-exceeds-role"}, -1, 14400, 9},
        {"Café Crew", "robot console", 0, {0}, {"trust-near-quota"}, -2, unknownValue, unknownValue},
        {"", "orphan", -1, {}, {}, 91, 43200, 0},
    };
    return rows;
}

std::vector<std::size_t> kept(const Table& table, const std::string& text, Matcher::Outside outside = {}) {
    const auto filter = parseFilter(text, table.columns(), now);
    EXPECT_TRUE(filter) << text << ": " << (filter ? std::string() : filter.error().chain());
    std::vector<std::size_t> rows;
    if (!filter) return rows;
    Matcher matcher(table, std::move(outside));
    matcher.match(*filter).forEach([&rows](std::size_t row) { rows.push_back(row); });
    return rows;
}

struct Case {
    const char* text;
    std::vector<std::size_t> rows;
};

class FilterKeeps : public testing::TestWithParam<Case> {};

TEST_P(FilterKeeps, TheseRows) {
    const Table table = make(sample());
    EXPECT_EQ(kept(table, GetParam().text), GetParam().rows) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Filter, FilterKeeps,
    testing::Values(
        Case{"", {0, 1, 2, 3, 4, 5}}, Case{"   ", {0, 1, 2, 3, 4, 5}}, Case{"env:prod", {0, 1, 2}}, Case{"-env:prod", {3, 4, 5}},
        Case{"ENV:Prod", {0, 1, 2}}, Case{"env:prod,dev", {0, 1, 2, 4}}, Case{"env:>dev", {0, 1, 2, 3}}, Case{"env:<=stage", {3, 4}},
        Case{"env:none", {5}}, Case{"env:any", {0, 1, 2, 3, 4}}, Case{"finding:high", {0, 1}}, Case{"finding:>=high", {0, 1, 3}},
        Case{"finding:none", {2, 5}}, Case{"-finding:any", {2, 5}}, Case{"rule:no-audience", {0, 1}}, Case{"rule:=perm-admin", {0}},
        Case{"rule:none", {2, 5}}, Case{"rule:any -rule:perm-admin", {1, 3, 4}}, Case{"rule:none,quota", {2, 4, 5}},
        Case{"last-used:>90d", {2, 3, 5}}, Case{"last-used:<7d", {0, 1}}, Case{"last-used:never", {3}}, Case{"last-used:unknown", {4}},
        Case{"last-used:stale", {2, 3, 5}}, Case{"last-used:>2026-11-22", {0}}, Case{"last-used:>=2026-11-22", {0, 1}},
        Case{"last-used:<2026-11-22", {2, 5}}, Case{"last-used:2026-11-22", {1}}, Case{"last-used:any", {0, 1, 2, 5}},
        Case{"longest:>1h", {2, 3, 5}}, Case{"longest:<=60min", {0, 1}}, Case{"longest:2h..4h", {2, 3}}, Case{"people:>10", {1, 2}},
        Case{"people:0", {5}}, Case{"people:6..23", {0, 2, 3}}, Case{"people:unknown", {4}}, Case{"people:<10", {0, 3, 5}},
        Case{"group:support", {1}}, Case{"who:support", {1}}, Case{"group:none", {5}}, Case{"group:\"none\"", {}},
        Case{"role:\"robot console\"", {4}}, Case{"cafe", {4}}, Case{"CAFÉ crew", {4}}, Case{"robot console", {4}},
        Case{"\"robot console\"", {4}}, Case{"\"console robot\"", {}}, Case{"support env:prod -group:fleet", {1}},
        Case{"-support", {0, 2, 3, 4, 5}}, Case{"tier2 support", {1}}, Case{"zzz", {}}, Case{"group:admins,sre", {0, 2}},
        Case{"can:\"execute-api:Invoke\"", {0, 1, 2, 3, 4, 5}}));

struct Wrong {
    const char* text;
    FilterError code;
    const char* at;
    const char* length;
    const char* expected = "";
};

class FilterRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(FilterRefuses, AndSaysWhere) {
    const auto filter = parseFilter(GetParam().text, columns(), now);
    ASSERT_FALSE(filter) << GetParam().text;
    EXPECT_TRUE(filter.error().code().is(GetParam().code)) << filter.error().chain();
    EXPECT_EQ(filter.error().fact("at"), GetParam().at);
    EXPECT_EQ(filter.error().fact("length"), GetParam().length);
    if (*GetParam().expected != '\0') {
        EXPECT_EQ(filter.error().fact("expected"), GetParam().expected);
    }
}

INSTANTIATE_TEST_SUITE_P(Filter, FilterRefuses,
                         testing::Values(Wrong{"a enw:prod", FilterError::UnknownField, "2", "3", "env"},
                                         Wrong{"-findings:high", FilterError::UnknownField, "1", "8", "finding"},
                                         Wrong{"used:>90d", FilterError::UnknownField, "0", "4", "last-used"},
                                         Wrong{"zzzzzz:1", FilterError::UnknownField, "0", "6"},
                                         Wrong{"env:", FilterError::NoValue, "4", "0"}, Wrong{"env:prod,", FilterError::NoValue, "9", "0"},
                                         Wrong{"role:\"\"", FilterError::NoValue, "5", "2"},
                                         Wrong{"env:prd", FilterError::UnknownValue, "4", "3", "dev, stage, prod"},
                                         Wrong{"env:prod,prd", FilterError::UnknownValue, "9", "3"},
                                         Wrong{"people:>ten", FilterError::NotANumber, "7", "4"},
                                         Wrong{"people:-1", FilterError::NotANumber, "7", "2"},
                                         Wrong{"people:99999999999999999999", FilterError::NotANumber, "7", "20"},
                                         Wrong{"last-used:90d", FilterError::NotATime, "10", "3"},
                                         Wrong{"last-used:>2026-13-01", FilterError::NotATime, "10", "11"},
                                         Wrong{"last-used:>90", FilterError::NotATime, "10", "3"},
                                         Wrong{"longest:>1m", FilterError::NotADuration, "8", "3"},
                                         Wrong{"longest:>9223372036854775807y", FilterError::NotADuration, "8", "21"},
                                         Wrong{"role:>a", FilterError::NoOrder, "5", "2"},
                                         Wrong{"role:\"open", FilterError::OpenQuote, "5", "5"},
                                         Wrong{"\"open", FilterError::OpenQuote, "0", "5"}));

TEST(Filter, HasLimits) {
    EXPECT_TRUE(parseFilter(std::string(mostFilterOctets + 1, 'a'), columns(), now).error().code().is(FilterError::TooLong));
    std::string many;
    for (std::size_t i = 0; i <= mostFilterTerms; ++i) many += "a ";
    EXPECT_TRUE(parseFilter(many, columns(), now).error().code().is(FilterError::TooLong));
}

TEST(Filter, ValuesAreSpelledSoThatTheyAreReadAgain) {
    for (const char* value : {"plain", "two words", "a,b", "quote\"d", "back\\slash", ">more", "=x", "execute-api:Invoke", "\xff\xfe"}) {
        const std::string text = "role:" + filterValue(value);
        const auto tokens = tokensOf(text);
        ASSERT_EQ(tokens.size(), 1U) << text;
        ASSERT_EQ(tokens.front().parts.size(), 1U) << text;
        EXPECT_EQ(tokens.front().parts.front().text, value) << text;
    }
}

TEST(Filter, AsksOutsideForWhatTheTableDoesNotHave) {
    const Table table = make(sample());
    RowSet rows(table.rows());
    rows.add(1);
    rows.add(4);
    std::string asked;
    const auto known = [&](std::size_t column, const std::string& value) -> const RowSet* {
        EXPECT_EQ(column, Can);
        asked = value;
        return &rows;
    };
    EXPECT_THAT(kept(table, "can:execute-api:Invoke", known), ElementsAre(1, 4));
    EXPECT_EQ(asked, "execute-api:Invoke");
    EXPECT_THAT(kept(table, "-can:\"execute-api:Invoke\" env:prod", known), ElementsAre(0, 2));

    bool ready = false;
    Matcher matcher(table, [&](std::size_t, const std::string&) { return ready ? &rows : nullptr; });
    const Filter filter = *parseFilter("can:x env:prod", table.columns(), now);
    EXPECT_EQ(matcher.match(filter).count(), 3U);
    EXPECT_TRUE(matcher.waits());
    ready = true;
    EXPECT_EQ(matcher.match(filter).count(), 1U);
    EXPECT_FALSE(matcher.waits());
}

// One matcher over key presses forth and back against a fresh one each time: what is remembered changes nothing.
TEST(Filter, RemembersWithoutChangingTheAnswer) {
    std::mt19937 random(7);
    static const char* const words[] = {"pay", "ledger", "fleet", "ops", "admin", "ment", "ments-ad"};
    std::vector<Row> rows;
    for (int i = 0; i < 700; ++i) {
        static std::deque<std::string> kept;
        const auto word = [&] { return std::string(words[random() % 7]); };
        rows.push_back({kept.emplace_back(word() + "-" + word()).c_str(), kept.emplace_back(word() + word() + std::to_string(random() % 30)).c_str(),
                        static_cast<int>(random() % 4) - 1, {static_cast<int>(random() % 5)}, {}, static_cast<std::int64_t>(random() % 400),
                        3600, static_cast<std::int64_t>(random() % 50)});
    }
    const Table table = make(rows);
    Matcher used(table);
    for (int round = 0; round < 60; ++round) {
        std::string text = std::string(random() % 2 != 0 ? "-" : "") + words[random() % 7] + " role:" + words[random() % 7] + " env:prod,dev people:>" +
                           std::to_string(random() % 50) + " " + words[random() % 7];
        for (std::size_t length = 1; length <= text.size(); ++length) {
            const auto filter = parseFilter(text.substr(0, length), table.columns(), now);
            if (!filter) continue;
            Matcher fresh(table);
            const RowSet expected = fresh.match(*filter);
            const RowSet& got = used.match(*filter);
            for (std::size_t row = 0; row < table.rows(); ++row) ASSERT_EQ(got.has(row), expected.has(row)) << text.substr(0, length) << " row " << row;
        }
    }
}

std::vector<std::string> offered(const std::string& text, const OutsideValues& outside = {}) {
    const Table table = make(sample());
    std::vector<std::string> out;
    for (const Completion& each : completeFilter(text, text.size(), table, 12, outside))
        out.push_back(text.substr(0, each.begin) + each.text + text.substr(each.end));
    return out;
}

TEST(Completion, OffersFieldsAndValues) {
    EXPECT_THAT(offered(""), testing::Contains("last-used:"));
    EXPECT_THAT(offered("env:prod "), testing::Contains("env:prod role:"));
    EXPECT_THAT(offered("l"), ElementsAre("last-used:", "longest:", "finding:low"));
    EXPECT_THAT(offered("-wh"), ElementsAre("-group:"));
    EXPECT_THAT(offered("pr"), ElementsAre("env:prod"));
    EXPECT_THAT(offered("env:"), ElementsAre("env:prod", "env:stage", "env:dev"));
    EXPECT_THAT(offered("-env:prod,s"), ElementsAre("-env:prod,stage"));
    EXPECT_THAT(offered("finding:>=h"), ElementsAre("finding:>=high"));
    EXPECT_THAT(offered("rule:trust"), ElementsAre("rule:trust-saml-no-audience", "rule:trust-near-quota"));
    EXPECT_THAT(offered("group:crew"), ElementsAre("group:\"Café Crew\""));
    EXPECT_THAT(offered("last-used:>"), ElementsAre("last-used:>90d", "last-used:>400d"));
    EXPECT_THAT(offered("last-used:st"), ElementsAre("last-used:stale"));
    EXPECT_THAT(offered("unheard:"), IsEmpty());
    EXPECT_THAT(offered("can:exe", [](std::size_t, std::string_view typed, std::size_t) { return std::vector<std::string>{std::string(typed) + "cute-api:Invoke"}; }),
                ElementsAre("can:execute-api:Invoke"));
}

TEST(Completion, CountsAndReplacesOnlyWhatIsTyped) {
    const Table table = make(sample());
    const std::string text = "env:pr,dev role:x";
    const auto found = completeFilter(text, 6, table);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(text.substr(0, found[0].begin) + found[0].text + text.substr(found[0].end), "env:prod,dev role:x");
    EXPECT_EQ(found[0].rows, 3U);
    EXPECT_FALSE(found[0].field);
}

Shown arranged(const Table& table, std::optional<std::size_t> group, std::vector<SortKey> keys, const std::string& filter = {}) {
    Matcher matcher(table);
    return Arrangement(table, group, keys).pick(matcher.match(*parseFilter(filter, table.columns(), now)));
}

TEST(Arrangement, SortsByValuesAndKeepsWhatIsNotKnownLast) {
    const Table table = make(sample());
    EXPECT_THAT(arranged(table, {}, {}).rows, ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_THAT(arranged(table, {}, {{Role}}).rows, ElementsAre(2, 1, 5, 0, 4, 3));
    EXPECT_THAT(arranged(table, {}, {{Role, true}}).rows, ElementsAre(3, 4, 0, 5, 1, 2));
    EXPECT_THAT(arranged(table, {}, {{Group}}).rows, ElementsAre(4, 3, 2, 0, 1, 5));
    EXPECT_THAT(arranged(table, {}, {{Used}}).rows, ElementsAre(3, 2, 5, 1, 0, 4));
    EXPECT_THAT(arranged(table, {}, {{Used, true}}).rows, ElementsAre(0, 1, 5, 2, 3, 4));
    EXPECT_THAT(arranged(table, {}, {{People, true}}).rows, ElementsAre(1, 2, 3, 0, 5, 4));
    EXPECT_THAT(arranged(table, {}, {{Finding, true}, {People, true}}).rows, ElementsAre(3, 0, 1, 4, 2, 5));
    EXPECT_THAT(arranged(table, {}, {{Env}, {Role}}, "people:any").rows, ElementsAre(3, 2, 1, 0, 5));
}

TEST(Arrangement, WeighsChoicesInAnOrderOfTheirOwn) {
    Column shape;
    shape.id = "finding";
    shape.kind = ColumnKind::Choice;
    shape.many = true;
    shape.choices = {"low", "high", "error"};
    shape.weights = {0, 2, 1};
    EXPECT_EQ(strongest(shape, 0), std::nullopt);
    EXPECT_EQ(strongest(shape, 0b101), 2U);
    EXPECT_EQ(strongest(shape, 0b111), 1U);
    Table table({shape});
    const std::vector<std::vector<std::size_t>> rows = {{2}, {0}, {0, 1}, {}, {2, 1}};
    for (const auto& row : rows) {
        table.addRow();
        for (const std::size_t choice : row) table.addChoice(0, choice);
    }
    table.finish();
    EXPECT_THAT(arranged(table, {}, {{0, true}}).rows, ElementsAre(2, 4, 0, 1, 3));
}

TEST(Arrangement, Groups) {
    const Table table = make(sample());
    const Shown shown = arranged(table, Env, {{Role}}, "-role:fleet");
    EXPECT_THAT(shown.rows, ElementsAre(1, 0, 3, 4, 5));
    ASSERT_EQ(shown.groups.size(), 4U);
    EXPECT_EQ(shown.groups[0].begin, 0U);
    EXPECT_EQ(shown.groups[0].end, 2U);
    EXPECT_EQ(shown.groups[1].first, 3U);
    EXPECT_EQ(shown.groups[3].end, 5U);
    EXPECT_THAT(arranged(table, Env, {}, "zzz").groups, IsEmpty());
}

TEST(Export, WritesWhatProgramsRead) {
    const Table table = make({{"=SUM(A1)", "a, \"b\"", 2, {3, 2}, {"one", "two"}, 0, 3600, 6}, {"", "c", -1, {}, {}, -1}, {"-x", "d", -1, {}, {}, -2}});
    const std::vector<std::uint32_t> rows{1, 0, 2};
    const std::vector<std::size_t> all{Group, Role, Env, Finding, Rule, Used, Longest, People};
    EXPECT_EQ(toCsv(table, rows, all), "group,role,env,finding,rule,last-used,longest,people\r\n"
                                       ",c,,,,never,,\r\n"
                                       "'=SUM(A1),\"a, \"\"b\"\"\",prod,critical; high,one; two,2026-11-23T14:00:00Z,3600,6\r\n"
                                       "'-x,d,,,,,,\r\n");
    EXPECT_EQ(toJson(table, std::span(rows).first(2), all),
              "[\n{\"group\":null,\"role\":\"c\",\"env\":null,\"finding\":[],\"rule\":[],\"last-used\":\"never\",\"longest\":null,\"people\":null},\n"
              "{\"group\":\"=SUM(A1)\",\"role\":\"a, \\\"b\\\"\",\"env\":\"prod\",\"finding\":[\"critical\",\"high\"],\"rule\":[\"one\",\"two\"],"
              "\"last-used\":\"2026-11-23T14:00:00Z\",\"longest\":3600,\"people\":6}\n]\n");
    EXPECT_EQ(toJson(table, {}, all), "[\n]\n");
}

} // namespace
