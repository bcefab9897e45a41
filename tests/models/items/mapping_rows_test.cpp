// What the rows of the mapping and of the findings table say.
#include "models/estate/estate_parts.h"
#include "models/items/review/finding_rows.h"
#include "models/items/review/mapping_rows.h"
#include "models/items/table/export.h"
#include "models/items/table/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gw;
using namespace gw::items;
using estate::review::Severity;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

constexpr const char* roleArn = "arn:aws:iam::111122223333:role/team/ledger-support";
constexpr const char* providerArn = "arn:aws:iam::111122223333:saml-provider/NorthwindSSO";

estate::Estate sample() {
    estate::EstateParts parts;
    estate::Account account;
    account.arn = "arn:aws:organizations::999900001111:account/o-x/111122223333";
    account.name = "nwr-prod-payments";
    account.account = "111122223333";
    parts.accounts.push_back(account);
    estate::Role role;
    role.arn = roleArn;
    role.name = "ledger-support";
    role.account = "111122223333";
    role.maxSessionSeconds = 14'400;
    role.lastUsed = "2026-11-01T10:00:00+00:00";
    role.lastUsedKnown = true;
    role.tags = {{"Team", "ledger"}};
    parts.roles.push_back(role);
    parts.usage.principals[roleArn].last = UtcTime::parse("2026-11-20T08:00:00Z").value();
    return estate::Estate(std::move(parts));
}

std::vector<estate::Mapping> mappings(const estate::Estate& estate) {
    estate::Mapping support;
    support.who = "Support-Tier2";
    support.groupId = "g-2";
    support.provider = providerArn;
    support.role = roleArn;
    support.found = estate.role(roleArn);
    support.people = 118;
    support.conditions = {"SAML:aud", "saml:sub"};
    support.environment = estate::Environment::Prod;
    support.privilege = estate::Privilege::Write;
    support.reach.routes = 2;
    estate::Mapping missing;
    missing.who = "Finance";
    missing.role = "arn:aws:iam::111122223333:role/billing-viewr";
    return {support, missing};
}

constexpr estate::review::Rule audience{"trust-saml-no-audience", Severity::High, "", ""}, missing{"map-role-missing", Severity::Error, "", ""},
    mixed{"map-group-mixed-env", Severity::Critical, "", ""}, quota{"trust-near-quota", Severity::Low, "", ""}, certificate{"idp-cert-expiring", Severity::High, "", ""};

estate::review::Finding finding(const estate::review::Rule& rule, std::string object) {
    estate::review::Finding made;
    made.rule = &rule;
    made.severity = rule.severity;
    made.object = std::move(object);
    made.place.file = "dumps/prod/iam.json";
    made.place.position.line = 12;
    return made;
}

std::vector<estate::review::Finding> findings() {
    std::vector<estate::review::Finding> all{finding(mixed, "Support-Tier2"), finding(audience, roleArn), finding(missing, "arn:aws:iam::111122223333:role/billing-viewr"),
                                             finding(quota, roleArn), finding(certificate, providerArn)};
    all[3].suppressed = estate::review::Suppressed{"split planned", UtcTime::parse("2027-01-31T00:00:00Z").value()};
    return all;
}

TEST(MappingRows, HoldWhatTheEstateAndTheReviewTell) {
    const estate::Estate estate = sample();
    const auto found = findings();
    const MappingTable made = makeMappingTable(estate, mappings(estate), found);
    const Table& table = made.table;
    ASSERT_EQ(table.rows(), 2U);
    const auto cell = [&](MappingColumn column, std::size_t row) { return cellText(table, columnOf(column), row); };
    EXPECT_EQ(cell(MappingColumn::Who, 0), "Support-Tier2");
    EXPECT_EQ(cell(MappingColumn::Kind, 0), "group");
    EXPECT_EQ(cell(MappingColumn::Provider, 0), "NorthwindSSO");
    EXPECT_EQ(cell(MappingColumn::Role, 0), "ledger-support");
    EXPECT_EQ(cell(MappingColumn::Account, 0), "nwr-prod-payments; 111122223333");
    EXPECT_EQ(cell(MappingColumn::Env, 0), "prod");
    EXPECT_EQ(cell(MappingColumn::Privilege, 0), "write");
    EXPECT_EQ(cell(MappingColumn::Routes, 0), "2");
    EXPECT_EQ(cell(MappingColumn::Condition, 0), "SAML:aud; saml:sub");
    EXPECT_EQ(cell(MappingColumn::Longest, 0), "14400");
    EXPECT_EQ(cell(MappingColumn::LastUsed, 0), "2026-11-20T08:00:00Z"); // the later of AWS's word and the trail's
    EXPECT_EQ(cell(MappingColumn::People, 0), "118");
    EXPECT_EQ(cell(MappingColumn::Owner, 0), "ledger");
    EXPECT_EQ(cell(MappingColumn::Finding, 0), "critical; high"); // not what is suppressed
    EXPECT_THAT(made.findings.of(0), ElementsAre(0, 1, 3, 4));
    // A role that does not exist.
    EXPECT_EQ(cell(MappingColumn::Role, 1), "billing-viewr");
    EXPECT_EQ(cell(MappingColumn::Account, 1), "nwr-prod-payments; 111122223333");
    EXPECT_EQ(cell(MappingColumn::Routes, 1), "");
    EXPECT_EQ(cell(MappingColumn::LastUsed, 1), "");
    EXPECT_EQ(cell(MappingColumn::Finding, 1), "error");
    EXPECT_THAT(made.findings.of(1), ElementsAre(2));
}

TEST(MappingRows, AreFilteredByEachColumnsOwnName) {
    const estate::Estate estate = sample();
    const auto found = findings();
    const MappingTable made = makeMappingTable(estate, mappings(estate), found);
    Matcher matcher(made.table);
    for (const auto& [text, count] : {std::pair("privilege:unknown", 1U), std::pair("privilege:>=write", 1U), std::pair("account:1111", 2U), std::pair("account:prod", 2U),
                                      std::pair("rule:audience", 1U), std::pair("rule:quota", 0U), std::pair("finding:any", 2U), std::pair("last-used:stale", 0U),
                                      std::pair("kind:group env:prod condition:sub routes:>1 people:>100 owner:ledger longest:4h", 1U), std::pair("routes:unknown", 1U)}) {
        const auto filter = parseFilter(text, made.table.columns(), *UtcTime::parse("2026-11-23T14:00:00Z"));
        ASSERT_TRUE(filter) << text;
        EXPECT_EQ(matcher.match(*filter).count(), count) << text;
    }
}

TEST(MappingRows, SayWhenTheyWereAttested) {
    const estate::Estate estate = sample();
    const auto rows = mappings(estate);
    const UtcTime now = *UtcTime::parse("2026-11-23T14:00:00Z");
    const std::int64_t attested[] = {now.unixSeconds() - 100 * std::int64_t{86'400}, neverValue};
    const MappingTable made = makeMappingTable(estate, rows, {}, attested);
    EXPECT_EQ(cellText(made.table, columnOf(MappingColumn::Attested), 0), "2026-08-15T14:00:00Z");
    EXPECT_EQ(cellText(made.table, columnOf(MappingColumn::Attested), 1), "never");
    Matcher matcher(made.table);
    for (const auto& [text, count] : {std::pair("attested:overdue", 2U), std::pair("attested:never", 1U), std::pair("attested:any", 1U), std::pair("attested:<30d", 0U)}) {
        const auto filter = parseFilter(text, made.table.columns(), now);
        ASSERT_TRUE(filter) << text;
        EXPECT_EQ(matcher.match(*filter).count(), count) << text;
    }
    // Where nobody keeps it, it is not known, which is not never.
    EXPECT_EQ(cellText(makeMappingTable(estate, rows, {}).table, columnOf(MappingColumn::Attested), 1), "");
}

TEST(FindingRows, NameObjectAndPlace) {
    const estate::Estate estate = sample();
    const Table table = makeFindingTable(estate, findings(), [](const auto& each) { return "title of " + std::string(each.rule->id); });
    ASSERT_EQ(table.rows(), 5U);
    const auto cell = [&](FindingColumn column, std::size_t row) { return cellText(table, columnOf(column), row); };
    EXPECT_EQ(cell(FindingColumn::Severity, 1), "high");
    EXPECT_EQ(cell(FindingColumn::Title, 1), "title of trust-saml-no-audience");
    EXPECT_EQ(cell(FindingColumn::Object, 1), std::string("ledger-support; ") + roleArn);
    EXPECT_EQ(cell(FindingColumn::Object, 0), "Support-Tier2");
    EXPECT_EQ(cell(FindingColumn::Account, 0), "");
    EXPECT_EQ(cell(FindingColumn::Account, 1), "nwr-prod-payments; 111122223333");
    EXPECT_EQ(cell(FindingColumn::Where, 1), "iam.json:12");
    EXPECT_EQ(cell(FindingColumn::State, 3), "suppressed");
}

TEST(Names, AreTakenFromArns) {
    EXPECT_EQ(shortName(roleArn), "ledger-support");
    EXPECT_EQ(shortName("arn:aws:lambda:eu-west-1:111122223333:function:refunds"), "refunds");
    EXPECT_EQ(shortName("staff/all"), "staff/all");
    EXPECT_EQ(accountIn(roleArn), "111122223333");
    EXPECT_THAT(std::string(accountIn("arn:aws:s3")), IsEmpty());
    EXPECT_THAT(std::string(accountIn("Support")), IsEmpty());
}

} // namespace
