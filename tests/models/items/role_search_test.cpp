#include "models/items/role_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gw::items {
namespace {

using sessions::Environment;

RoleEntry role(const std::string& label, const std::string& alias = "payments", Environment environment = Environment::Prod,
               const std::string& account = "111122223333", const std::string& path = "/", const std::string& name = "") {
    RoleEntry entry;
    entry.pair.role = aws::RoleArn::parse("arn:aws:iam::" + account + ":role" + path + (name.empty() ? "Role" : name)).value();
    entry.label = label;
    entry.accountAlias = alias;
    entry.environment = environment;
    return entry;
}

class Found {
public:
    explicit Found(std::vector<RoleEntry> entries) { search.setEntries(std::move(entries)); }
    std::vector<std::string> labels(std::string_view query) const {
        std::vector<std::string> labels;
        for (const RoleHit& hit : search.find(query)) labels.push_back(search.entries()[hit.entry].label);
        return labels;
    }
    // What would be underlined in the best hit's label, and in its alias behind a bar.
    std::string underlined(std::string_view query) const {
        const auto hits = search.find(query);
        if (hits.empty()) return "(nothing)";
        const RoleEntry& entry = search.entries()[hits[0].entry];
        std::string text;
        for (const Span& span : hits[0].labelSpans) text += "[" + entry.label.substr(span.begin, span.end - span.begin) + "]";
        text += "|";
        for (const Span& span : hits[0].aliasSpans) text += "[" + entry.accountAlias.substr(span.begin, span.end - span.begin) + "]";
        return text;
    }
    RoleSearch search;
};

using Labels = std::vector<std::string>;

TEST(RoleSearch, EmptyQueriesGiveAllInOrder) {
    const Found found({role("b", "y", Environment::Dev), role("B", "x", Environment::Prod), role("a", "x", Environment::Prod),
                       role("n", "a", Environment::None), role("s", "a", Environment::Stage)});
    for (const char* query : {"", "  ", "\t"}) EXPECT_EQ(found.labels(query), (Labels{"a", "B", "s", "b", "n"})) << query;
    EXPECT_TRUE(Found({}).labels("").empty());
    EXPECT_TRUE(Found({}).labels("x").empty());
}

TEST(RoleSearch, RanksByWhereItWasFound) {
    const Found found({role("xadmin"), role("Billing", "admin"), role("read-admin"), role("admin-x"), role("Admin"), role("a-d-m-i-n")});
    EXPECT_EQ(found.labels("admin"), (Labels{"Admin", "admin-x", "read-admin", "Billing", "xadmin", "a-d-m-i-n"}));
}

TEST(RoleSearch, EveryWordMustBeFound) {
    const Found found({role("ReadOnly", "payments", Environment::Prod), role("ReadOnly", "payments", Environment::Dev), role("Admin", "payments")});
    EXPECT_EQ(found.labels("read prod").size(), 1U);
    EXPECT_EQ(found.labels("prod read pay").size(), 1U);
    EXPECT_EQ(found.labels("read stage").size(), 0U);
    EXPECT_EQ(found.search.find("dev")[0].entry, 1U);
}

TEST(RoleSearch, FindsInEveryField) {
    const Found found({role("Reader", "payments", Environment::Stage, "123456789012", "/team/blue/", "ops-reader"), role("Other", "ledger")});
    for (const char* query : {"123456", "56789", "stage", "team", "blue", "ops-r", "team/blue/ops", "arn:aws:iam::123456789012:role/team", "ARN:AWS:IAM::1234", ":role/team"})
        EXPECT_EQ(found.labels(query), Labels{"Reader"}) << query;
    for (const char* query : {"tage", "arn:aws:iam::999", "xyz", "role/x"}) EXPECT_TRUE(found.labels(query).empty()) << query;
    EXPECT_EQ(found.labels("arn").size(), 2U);
}

TEST(RoleSearch, KnowsWordsInCamelCase) {
    const Found found({role("xpowery"), role("NetworkPowerUser")});
    EXPECT_EQ(found.labels("power"), (Labels{"NetworkPowerUser", "xpowery"}));
}

TEST(RoleSearch, IsFuzzyLast) {
    const Found found({role("prod-readonly"), role("pdro")});
    EXPECT_EQ(found.labels("pdro"), (Labels{"pdro", "prod-readonly"}));
    EXPECT_EQ(found.underlined("prdo"), "[pr][d][o]|");
    // The first letter starts a word; anything else would match nearly everything.
    EXPECT_TRUE(found.labels("eaon").empty());
}

TEST(RoleSearch, FoldsAccents) {
    const Found found({role("Größenwart", "Zürich"), role("Groessen", "x")});
    EXPECT_EQ(found.labels("grossen"), (Labels{"Größenwart", "Groessen"}));
    EXPECT_EQ(found.labels("GRÖSSEN zurich"), Labels{"Größenwart"});
    EXPECT_EQ(found.underlined("os"), "[öß]|");
    EXPECT_EQ(found.underlined("zür"), "|[Zür]");
    EXPECT_EQ(Found({role("Cafe\xcc\x81-x")}).underlined("cafe"), "[Cafe\xcc\x81]|");
}

TEST(RoleSearch, UnderlinesWhatMatched) {
    const Found found({role("prod-readonly", "payments-core")});
    EXPECT_EQ(found.underlined("read"), "[read]|");
    EXPECT_EQ(found.underlined("read only"), "[readonly]|");
    EXPECT_EQ(found.underlined("core prod"), "[prod]|[core]");
    EXPECT_EQ(found.underlined("1111"), "|");
    EXPECT_EQ(found.underlined("prod prod"), "[prod]|");
}

TEST(RoleSearch, OddQueriesAreNoHarm) {
    const Found found({role("Admin")});
    EXPECT_TRUE(found.labels(std::string(100'000, 'a')).empty());
    EXPECT_TRUE(found.labels(std::string("\xff\xfe\n\0", 4)).empty());
    std::string words;
    for (int i = 0; i < 1000; ++i) words += "a ";
    EXPECT_EQ(found.labels(words), Labels{"Admin"});
}

TEST(RoleSearch, SuggestsTheNearestWord) {
    const Found found({role("ReadOnly", "payments"), role("PowerUser", "ledger", Environment::Stage)});
    EXPECT_EQ(found.search.nearest("raedonly"), "ReadOnly");
    EXPECT_EQ(found.search.nearest("paymnets"), "payments");
    EXPECT_EQ(found.search.nearest("pwoer"), "Power");
    EXPECT_EQ(found.search.nearest("stgae"), "stage");
    EXPECT_EQ(found.search.nearest("ledgre raedonly"), "ledger");
    EXPECT_EQ(found.search.nearest("ledger raedonly"), "ReadOnly");
    for (const char* query : {"zzzzz", "ab", "", "ledger", "completely different"}) EXPECT_EQ(found.search.nearest(query), "") << query;
}

TEST(RoleSearch, SuggestsTheUsualSpelling) {
    const Found found({role("READONLY"), role("ReadOnly"), role("ReadOnly"), role("Zürich")});
    EXPECT_EQ(found.search.nearest("raedonly"), "ReadOnly");
    EXPECT_EQ(found.search.nearest("zurihc"), "Zürich");
}

TEST(RoleSearch, TakesOtherRolesInTheirPlace) {
    Found found({role("Admin", "ledger"), role("ReadOnly", "ledger")});
    found.search.setEntries({role("Support", "payments")});
    EXPECT_EQ(found.labels(""), Labels{"Support"});
    EXPECT_TRUE(found.labels("ledger").empty());
    EXPECT_EQ(found.search.nearest("legder"), "");
    // The suggestions point into the entries, so they must move along.
    const RoleSearch moved = std::move(found.search);
    EXPECT_EQ(moved.nearest("paymnets"), "payments");
}

TEST(RoleSearch, FavouritesAreKept) {
    Found found({role("Admin")});
    found.search.setFavourite(0, true);
    EXPECT_TRUE(found.search.entries()[0].favourite);
}

// Whatever is asked: hits are unique, best first, spans are sorted, apart, inside and on letter boundaries.
TEST(RoleSearch, HitsAreWellFormed) {
    std::mt19937 chance(11);
    static constexpr const char* parts[] = {"prod", "Dev", "Read", "Only", "-", "_", "Ä", "ß", "admin", "1", "ops", " ", "e\xcc\x81"};
    const auto word = [&chance](unsigned most) {
        std::string text;
        for (unsigned n = static_cast<unsigned>(chance() % most) + 1; n > 0; --n) text += parts[chance() % std::size(parts)];
        return text;
    };
    std::vector<RoleEntry> entries;
    for (int i = 0; i < 300; ++i)
        entries.push_back(role(word(5), word(3), static_cast<Environment>(chance() % 5), std::to_string(100'000'000'000 + chance() % 1000)));
    const Found found(entries);
    const auto continuation = [](const std::string& text, std::uint32_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80; };
    for (int i = 0; i < 400; ++i) {
        const auto hits = found.search.find(word(3) + (chance() % 2 == 0 ? " " + word(1) : ""));
        std::vector<bool> seen(entries.size());
        for (std::size_t k = 0; k < hits.size(); ++k) {
            ASSERT_LT(hits[k].entry, entries.size());
            EXPECT_FALSE(seen[hits[k].entry]);
            seen[hits[k].entry] = true;
            EXPECT_GE(k == 0 ? hits[0].score : hits[k - 1].score, hits[k].score);
            const RoleEntry& entry = entries[hits[k].entry];
            for (const auto& [spans, text] : {std::pair{&hits[k].labelSpans, &entry.label}, std::pair{&hits[k].aliasSpans, &entry.accountAlias}}) {
                std::uint32_t last = 0;
                for (const Span& span : *spans) {
                    EXPECT_LT(span.begin, span.end);
                    EXPECT_LE(span.end, text->size());
                    EXPECT_FALSE(continuation(*text, span.begin) || continuation(*text, span.end));
                    EXPECT_TRUE(last == 0 || span.begin > last);
                    last = span.end;
                }
            }
        }
    }
}

} // namespace
} // namespace gw::items
