// Runs every document of tests/data/lint: what the linter must find in it, and that it finds nothing else.
//   {"name","type","account"?,"rules"?,"document" or "text","expect":[RULE or RULE@POINTER or RULE@POINTER=ACCESS_ANALYZER…]}
// In clean.jsonl: "expect" is empty, or holds what is said of access and never of form.
#include "models/policy/lint/linter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
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

// What holds of rules that ask the evaluator: a guard is one in every spelling that means the same, and none where it lets
// everybody through; and what is denied is not found.
struct Guarded {
    std::string_view rule;
    DocumentKind kind;
    std::string allow; // the statement without its condition, and without the brace at its end
    std::string key, value, other, action;
    bool always = false; // every such call has the key, so that IfExists asks as much
};

std::string documentOf(const std::string& statements) {
    return R"({"Version":"2012-10-17","Statement":)" + statements + "}";
}

std::string conditionOf(const std::string& op, const std::string& key, const std::string& value) {
    return R"("Condition":{")" + op + R"(":{")" + key + R"(":)" + value + "}}";
}

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

bool finds(const Guarded& guarded, const std::string& statements) {
    LintSettings given = settings();
    given.kind = guarded.kind;
    given.account = "111122223333";
    const Report report = lint(documentOf(statements), given);
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const Finding& each) { return each.rule->id == guarded.rule; });
}

std::vector<Guarded> guardedRules() {
    const std::string other =
        R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sts:AssumeRole")";
    const std::string service = R"({"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole")";
    const std::string saml =
        R"({"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/P"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"])";
    const std::string anyone = R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole")";
    return {
        {"trust-xaccount-no-externalid-mfa", DocumentKind::Trust, other, "sts:ExternalId", "q7-secret", "else", "sts:AssumeRole"},
        {"trust-xaccount-no-externalid-mfa", DocumentKind::Trust, other, "aws:PrincipalOrgID", "o-abc1234567", "o-else",
         "sts:AssumeRole"},
        {"trust-xaccount-no-externalid-mfa", DocumentKind::Trust, other, "aws:MultiFactorAuthPresent", "true", "false",
         "sts:AssumeRole"},
        {"trust-service-confused-deputy", DocumentKind::Trust, service, "aws:SourceAccount", "111122223333", "999988887777",
         "sts:AssumeRole"},
        {"trust-service-confused-deputy", DocumentKind::Trust, service, "aws:SourceArn",
         "arn:aws:states:eu-west-1:111122223333:stateMachine:a", "arn:aws:states:eu-west-1:999988887777:stateMachine:a",
         "sts:AssumeRole"},
        {"trust-principal-any", DocumentKind::Trust, anyone, "aws:PrincipalOrgID", "o-abc1234567", "o-else", "sts:AssumeRole"},
        {"trust-saml-no-audience", DocumentKind::Trust, saml, "SAML:aud", "https://signin.aws.amazon.com/saml",
         "https://else.example", "sts:AssumeRoleWithSAML", true},
        {"trust-saml-idp-only-gate", DocumentKind::Trust, saml, "SAML:sub", "lena", "uma", "sts:AssumeRoleWithSAML", true},
        {"trust-saml-idp-only-gate", DocumentKind::Trust, saml, "SAML:edupersonorgdn", "o=northwind", "o=else",
         "sts:AssumeRoleWithSAML"},
    };
}

class Guards : public testing::TestWithParam<Guarded> {};

TEST_P(Guards, areTheSameInEverySpelling) {
    const Guarded& each = GetParam();
    const std::string value = quoted(each.value), bare = each.allow + "}";
    const auto with = [&](const std::string& op, const std::string& values, const std::string& key) {
        return each.allow + "," + conditionOf(op, key, values) + "}";
    };
    EXPECT_TRUE(finds(each, "[" + bare + "]"));
    EXPECT_TRUE(finds(each, bare)) << "a statement without its list";
    std::string shouted = each.key;
    std::transform(shouted.begin(), shouted.end(), shouted.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    std::vector<std::string> ops{"StringEquals", "StringLike", "ForAnyValue:StringEquals", "stringequals",
                                 "StringEqualsIgnoreCase"};
    if (each.always) ops.emplace_back("StringEqualsIfExists");
    for (const std::string& op : ops) {
        EXPECT_FALSE(finds(each, "[" + with(op, value, each.key) + "]")) << op;
        EXPECT_FALSE(finds(each, "[" + with(op, "[" + value + "]", shouted) + "]")) << op;
        EXPECT_FALSE(finds(each, "[" + with(op, value, each.key) + "," + with(op, value, each.key) + "]")) << op << " twice";
        EXPECT_TRUE(finds(each, "[" + with(op, value, each.key) + "," + bare + "]")) << op << " in one of two statements";
    }
    std::vector<std::pair<std::string, std::string>> vacuous{{"Null", "\"false\""},
                                                             {"StringNotEquals", quoted(each.other + "-x")},
                                                             {"ForAllValues:StringNotEquals", quoted(each.other + "-x")},
                                                             {"StringNotLike", quoted(each.other + "-x*")}};
    if (!each.always) {
        vacuous.emplace_back("StringEqualsIfExists", value);
        vacuous.emplace_back("ForAllValues:StringEquals", value);
        vacuous.emplace_back("Null", "\"true\"");
    }
    if (each.rule != "trust-saml-no-audience") vacuous.emplace_back("StringLike", "\"*\"");
    for (const auto& [op, values] : vacuous)
        EXPECT_TRUE(finds(each, "[" + with(op, values, each.key) + "]")) << op << " " << values;
}

TEST_P(Guards, mayBeDenials) {
    const Guarded& each = GetParam();
    const std::string value = quoted(each.value), bare = each.allow + "}";
    for (const std::string& actions : {quoted(each.action), std::string(R"("sts:*")"), std::string(R"(["*"])")})
        for (const std::string& principal : {std::string(R"("*")"), std::string(R"({"AWS":"*"})")})
            for (const char* op : {"StringNotEquals", "StringNotEqualsIfExists", "StringNotLike"}) {
                const std::string denial = R"({"Effect":"Deny","Principal":)" + principal + R"(,"Action":)" + actions + "," +
                                           conditionOf(op, each.key, "[" + value + "]") + "}";
                EXPECT_FALSE(finds(each, "[" + bare + "," + denial + "]")) << denial;
                EXPECT_FALSE(finds(each, "[" + denial + "," + bare + "]")) << denial;
            }
    const auto deny = [&](const std::string& rest) { return R"({"Effect":"Deny","Principal":"*",)" + rest + "}"; };
    EXPECT_FALSE(finds(each, "[" + bare + "," + deny(R"("Action":"sts:*")") + "]"));
    EXPECT_FALSE(finds(each, "[" + bare + "," + deny(R"("NotAction":"s3:*")") + "]"));
    // What denies something else removes nothing.
    EXPECT_TRUE(finds(each, "[" + bare + "," + deny(R"("Action":"sts:GetFederationToken")") + "]"));
    EXPECT_TRUE(finds(each, "[" + bare + "," +
                                deny(R"("Action":"sts:*",)" + conditionOf("StringEquals", each.key, quoted(each.other))) + "]"));
    EXPECT_TRUE(finds(each, "[" + bare + "," +
                                deny(R"("Action":"sts:*",)" + conditionOf("Bool", "aws:SecureTransport", R"("false")")) + "]"));
}

INSTANTIATE_TEST_SUITE_P(All, Guards, testing::ValuesIn(guardedRules()), [](const auto& each) {
    std::string name = std::string(each.param.rule) + "_" + each.param.key;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
    return name;
});

// Of policies of principals: what is denied is not found, and splitting a grant finds as much.
TEST(Lint, deniedPermissionsAreNotFound) {
    const std::string pass = R"({"Effect":"Allow","Action":"iam:PassRole","Resource":"*"})",
                      all = R"({"Effect":"Allow","Action":"*","Resource":"*"})",
                      create = R"({"Effect":"Allow","Action":"iam:CreatePolicyVersion","Resource":"*"})";
    const auto deny = [](const std::string& rest) { return R"({"Effect":"Deny",)" + rest + "}"; };
    const struct {
        std::string_view rule;
        std::string allow, denial;
        bool found;
    } cases[] = {
        {"perm-passrole-star", pass, "", true},
        {"perm-passrole-star", pass, deny(R"("Action":"iam:PassRole","Resource":"*")"), false},
        {"perm-passrole-star", pass, deny(R"("Action":"iam:Pass*","NotResource":"arn:aws:iam::111122223333:role/app")"), false},
        {"perm-passrole-star", pass,
         deny(
             R"("Action":"iam:PassRole","Resource":"*","Condition":{"StringNotEquals":{"iam:PassedToService":"ec2.amazonaws.com"}})"),
         false},
        {"perm-passrole-star", pass, deny(R"("Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/admin")"), true},
        {"perm-admin", all, "", true},
        {"perm-admin", all, deny(R"("NotAction":"s3:*","Resource":"*")"), false},
        {"perm-admin", all, deny(R"("Action":"iam:*","Resource":"*")"), false},
        {"perm-admin", all, deny(R"("Action":"s3:DeleteBucket","Resource":"*")"), true},
        {"perm-admin", R"({"Effect":"Allow","Action":["iam:*","**"],"Resource":"*"})", "", true},
        {"perm-admin",
         R"({"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Allow","NotAction":"iam:*","Resource":"*"})", "", true},
        {"perm-admin", R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}})",
         "", true},
        {"perm-privesc", create, "", true},
        {"perm-privesc", create, deny(R"("Action":"iam:*","Resource":"*")"), false},
        {"perm-privesc", create,
         deny(R"("Action":"iam:Create*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"x"}})"), true},
    };
    for (const auto& each : cases) {
        const Guarded guarded{each.rule, DocumentKind::Identity, {}, {}, {}, {}, {}};
        EXPECT_EQ(finds(guarded, "[" + each.allow + (each.denial.empty() ? "" : "," + each.denial) + "]"), each.found)
            << each.rule << " " << each.allow << " " << each.denial;
    }
}

} // namespace
} // namespace gw::policy::lint
