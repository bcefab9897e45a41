// Runs every document of tests/data/lint: what the linter must find in it, and that it finds nothing else.
//   {"name","type","account"?,"rules"?,"document" or "text","expect":[RULE or RULE@POINTER or RULE@POINTER=ACCESS_ANALYZER…]}
// In clean.jsonl: "expect" is empty, or holds what is said of access and never of form.
#include "models/policy/lint/linter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace gw::policy::lint {
namespace {

const Catalogue& shipped() {
    static const auto catalogue = [] {
        std::ifstream in(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl", std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return Catalogue::read(text.str());
    }();
    return **catalogue;
}

struct Line {
    std::string file, name, text;
};

void PrintTo(const Line& line, std::ostream* out) {
    *out << line.file << ": " << line.name;
}

std::vector<Line> allLines() {
    std::vector<Line> lines;
    for (const auto& entry : std::filesystem::directory_iterator(GW_TEST_DATA "/lint")) {
        if (entry.path().extension() != ".jsonl") continue;
        std::ifstream in(entry.path());
        for (std::string text; std::getline(in, text);) {
            const auto tree = SourceTree::parse(text);
            lines.push_back({entry.path().stem().string(), tree ? std::string(tree->root().member("name").text()) : text, text});
        }
    }
    return lines;
}

LintSettings settings() {
    LintSettings out;
    out.catalogue = &shipped();
    out.now = UtcTime::fromUnixSeconds(1'795'500'000);
    return out;
}

class LintCases : public testing::TestWithParam<Line> {};

TEST_P(LintCases, findsWhatIsThereAndNothingElse) {
    const auto tree = SourceTree::parse(GetParam().text);
    ASSERT_TRUE(tree) << tree.error().chain();
    const Value root = tree->root();
    LintSettings given = settings();
    given.kind = kindOf(root.member("type").text());
    given.account = root.member("account").text();
    const Value document = root.member("document") ? root.member("document") : root.member("text");
    ASSERT_TRUE(document);
    const Report report = lint(std::string(document.text()), given);

    std::multiset<std::string> expected, found;
    for (Value each = root.member("expect").first(); each; each = each.next()) expected.emplace(each.text());
    for (const Finding& finding : report.findings) {
        ASSERT_FALSE(finding.places.empty());
        const Place& place = finding.places.front();
        EXPECT_LE(std::pair(place.begin.line, place.begin.column), std::pair(place.end.line, place.end.column));
        const std::string rule(finding.rule->id);
        std::string told = rule;
        for (const std::string& full : {rule + "@" + place.pointer, rule + "@" + place.pointer + "=" + std::string(finding.rule->accessAnalyzer)})
            if (expected.contains(full)) told = full;
        found.insert(told);
    }
    EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(All, LintCases, testing::ValuesIn(allLines()), [](const auto& each) {
    std::string name = each.param.file + "_" + each.param.name;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return name;
});

constexpr const char* admin = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

TEST(Lint, everyRuleHasATestOfItsOwn) {
    std::set<std::string> tested;
    for (const Line& line : allLines()) {
        const auto tree = SourceTree::parse(line.text);
        for (Value each = tree->root().member("expect").first(); each; each = each.next())
            tested.emplace(each.text().substr(0, each.text().find('@')));
    }
    for (const Rule* rule : allRules()) {
        EXPECT_TRUE(rule == &rules::suppressionExpired || tested.contains(std::string(rule->id))) << rule->id;
    }
}

TEST(Lint, tellsPlacesInCharacters) {
    const Report report = lint("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Sid\": \"é\", \"Effekt\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}]}", settings());
    const auto unknown = std::find_if(report.findings.begin(), report.findings.end(), [](const Finding& each) { return each.rule == &rules::unknownElement; });
    ASSERT_NE(unknown, report.findings.end());
    EXPECT_EQ(unknown->places.front().pointer, "/Statement/0/Effekt");
    EXPECT_EQ(unknown->places.front().begin, (Position{3, 30}));
    EXPECT_EQ(unknown->places.front().end, (Position{3, 38}));
}

TEST(Lint, saysOnceForEachStatementWhatItMeetsOften) {
    std::string actions;
    for (int i = 0; i < 300; ++i) actions += std::string(i == 0 ? "" : ",") + "\"s3:Nothing" + std::to_string(i) + "\"";
    const Report report = lint(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[)" + actions + R"(],"Resource":"*"}]})", settings());
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule->id, "action-unknown");
    EXPECT_GT(report.findings[0].places.size(), 10U);
    EXPECT_LE(report.findings[0].places.size(), 50U);
    EXPECT_LT(report.findings[0].fact("seen").size(), 1'000U);
}

TEST(Lint, severitiesAndSuppressionsAreTheOrganisations) {
    auto parsed = RuleSettings::parse(R"({"severity":{"perm-admin":"medium"},"suppressions":[
        {"rule":"perm-admin","pointer":"/Statement/0","reason":"break glass","until":"2026-12-31"}]})");
    ASSERT_TRUE(parsed) << parsed.error().chain();
    LintSettings given = settings();
    given.rules = &*parsed;
    Report report = lint(admin, given);
    const auto of = [&](std::string_view rule) {
        return std::find_if(report.findings.begin(), report.findings.end(), [&](const Finding& each) { return each.rule->id == rule; });
    };
    ASSERT_NE(of("perm-admin"), report.findings.end());
    EXPECT_EQ(of("perm-admin")->severity, Severity::Medium);
    ASSERT_TRUE(of("perm-admin")->suppressed);
    EXPECT_EQ(of("perm-admin")->suppressed->reason, "break glass");
    EXPECT_FALSE(of("perm-passrole-star")->suppressed);

    given.now = UtcTime::fromUnixSeconds(1'830'000'000);
    report = lint(admin, given);
    EXPECT_FALSE(of("perm-admin")->suppressed);
    EXPECT_NE(of("suppression-expired"), report.findings.end());

    parsed = RuleSettings::parse(R"({"severity":{"perm-admin":"off"}})");
    ASSERT_TRUE(parsed);
    given.rules = &*parsed;
    report = lint(admin, given);
    EXPECT_EQ(of("perm-admin"), report.findings.end());
}

TEST(Lint, refusesSettingsThatSayTooLittle) {
    const std::pair<const char*, RuleSettingsError> bad[] = {
        {"[]", RuleSettingsError::NotJson},
        {R"({"severities":{}})", RuleSettingsError::UnknownKey},
        {R"({"severity":{"perm-admn":"low"}})", RuleSettingsError::UnknownRule},
        {R"({"severity":{"perm-admin":"mild"}})", RuleSettingsError::BadSeverity},
        {R"({"suppressions":[{"rule":"perm-admin","until":"2027-01-01"}]})", RuleSettingsError::Missing},
        {R"({"suppressions":[{"rule":"perm-admin","reason":"x"}]})", RuleSettingsError::BadTime},
    };
    for (const auto& [text, code] : bad) {
        const auto parsed = RuleSettings::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_TRUE(parsed.error().code().is(code)) << text << ": " << parsed.error().chain();
    }
}

TEST(Lint, namesWhatOneDocumentDoesNotTell) {
    LintSettings given = settings();
    given.catalogue = nullptr;
    const Report report = lint(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},
        "Action":"sts:AssumeRoleWithSAML"}]})", given);
    EXPECT_EQ(report.kind, DocumentKind::Trust);
    std::set<std::string_view> rules;
    for (const NotChecked& each : report.notChecked) rules.insert(each.rule);
    for (const std::string_view rule : {"action-unknown", "condition-key-unknown", "trust-saml-provider-missing", "trust-saml-audience-acs-missing"})
        EXPECT_TRUE(rules.contains(rule)) << rule;
}

TEST(Lint, isBoundedWhereDocumentsAreNot) {
    std::string statements, resources;
    for (int i = 0; i < 10'000; ++i) statements += std::string(i == 0 ? "" : ",") + R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b)" + std::to_string(i) + R"(/*"})";
    for (int i = 0; i < 20'000; ++i) resources += std::string(i == 0 ? "" : ",") + "\"arn:aws:s3:::b*a*a*a*" + std::to_string(i) + "*\"";
    const Report many = lint(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", settings());
    EXPECT_FALSE(many.findings.empty());
    const Report wide = lint(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[)" + resources + "]}]}", settings());
    EXPECT_FALSE(wide.findings.empty());
}

} // namespace
} // namespace gw::policy::lint
