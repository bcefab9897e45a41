// Editing config.toml: what is not the subject of an edit keeps every byte.
#include "models/sessions/providers/config_file.h"
#include "models/sessions/providers/toml_text.h"
#include "tests/models/providers/config_samples.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

using namespace gw;
using namespace gw::sessions;
using namespace gw::test;

namespace {

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end == std::string_view::npos ? text.size() : end + 1));
        text.remove_prefix(lines.back().size());
    }
    return lines;
}

// The lines that differ, between what both texts start and end with.
struct Difference {
    std::vector<std::string> removed, added;
};
Difference difference(std::string_view before, std::string_view after) {
    Difference result{linesOf(before), linesOf(after)};
    auto& [a, b] = result;
    while (!a.empty() && !b.empty() && a.front() == b.front()) a.erase(a.begin()), b.erase(b.begin());
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.pop_back(), b.pop_back();
    return result;
}

Provider providerOf(const std::string& text, const std::string& id) {
    const auto config = parseConfig(text);
    for (const Provider& provider : config->providers)
        if (provider.id.value() == id) return provider;
    ADD_FAILURE() << "no provider " << id;
    return {};
}

struct EditRow {
    const char* name;
    std::function<void(Provider&)> change;
    std::size_t mostRemoved, mostAdded;
};

// One line goes, one line comes; lists and tables of their own may take more.
const std::vector<EditRow>& edits() {
    static const std::vector<EditRow> rows{
        {"name", [](Provider& p) { p.name = "Other # name"; }, 1, 1},
        {"login_url", [](Provider& p) { p.loginUrl = "https://other.example/x"; }, 1, 1},
        {"entity_id", [](Provider& p) { p.entityId = "urn:x"; }, 1, 1},
        {"partition", [](Provider& p) { p.partition = aws::Partition::AwsCn; }, 1, 1},
        {"mode", [](Provider& p) { p.mode = SignInMode::SystemBrowser; }, 1, 1},
        {"request", [](Provider& p) { p.requestsSignIn = true; }, 1, 1},
        {"decryption_keys", [](Provider& p) { p.decryptionKeyFiles = {"/k/a.pem", "/k/b.pem"}; }, 1, 4},
        {"legacy_encryption", [](Provider& p) { p.legacyEncryption = true; }, 1, 1},
        {"cookies", [](Provider& p) { p.keepCookies = true; }, 1, 1},
        {"duration", [](Provider& p) { p.duration = std::chrono::minutes(45); }, 1, 1},
        {"no_duration", [](Provider& p) { p.duration.reset(); }, 1, 0},
        {"kind", [](Provider& p) { p.kind = "okta"; }, 1, 1},
        {"sts", [](Provider& p) { p.stsEndpoint = "http://localhost:5000/"; }, 1, 1},
        {"agent", [](Provider& p) { p.userAgent = "x"; }, 1, 1},
        {"acs", [](Provider& p) { p.additionalAcs = {"http://127.0.0.1:1/a"}; }, 1, 1},
        {"regions", [](Provider& p) { p.regions = {aws::Region("eu-north-1")}; }, 4, 1},
        {"no_regions", [](Provider& p) { p.regions.clear(); }, 4, 0},
        {"certificates", [](Provider& p) { p.certificatesPem = {sampleCertificate()}; }, 1, 40},
        {"metadata", [](Provider& p) { p.metadataFile.clear(), p.metadataUrl = "https://new.example/m"; }, 1, 1},
        {"account_added", [](Provider& p) { p.accountAliases[*aws::AccountId::parse("555566667777")] = "five"; }, 1, 4},
        {"account_renamed", [](Provider& p) { p.accountAliases[*aws::AccountId::parse("111122223333")] = "renamed"; }, 1, 4},
        {"account_removed", [](Provider& p) { p.accountAliases.erase(*aws::AccountId::parse("222233334444")); }, 1, 1},
        {"role_added", [](Provider& p) { p.roleAliases["arn:aws:iam::111122223333:role/New"] = "New"; }, 1, 4},
        {"rule_changed", [](Provider& p) { if (!p.environments.empty()) p.environments[0].pattern = "changed"; }, 1, 1},
        {"rule_added", [](Provider& p) { p.environments.push_back({"*new*", Environment::Stage}); }, 1, 5},
        {"rules_removed", [](Provider& p) { p.environments.clear(); }, 8, 4},
    };
    return rows;
}

TEST(ConfigEdits, OneFieldCostsOneStatement) {
    for (const ConfigSample& sample : configSamples())
        for (const char* id : {"northwind", "contoso"})
            for (const EditRow& row : edits()) {
                SCOPED_TRACE(std::string(sample.name) + " " + id + " " + row.name);
                const Provider before = providerOf(sample.text, id);
                Provider wanted = before;
                row.change(wanted);
                const auto edited = withProvider(sample.text, wanted);
                ASSERT_TRUE(edited) << edited.error().chain() << " " << edited.error().fact("key");
                EXPECT_EQ(providerOf(*edited, id), wanted);
                const auto [removed, added] = difference(sample.text, *edited);
                EXPECT_LE(removed.size(), row.mostRemoved + (sample.text.back() == '\n' ? 0 : 1)) << *edited;
                EXPECT_LE(added.size(), row.mostAdded + (sample.text.back() == '\n' ? 0 : 1)) << *edited;
                if (wanted == before) {
                    EXPECT_EQ(*edited, sample.text);
                }
                // The line ends of the file are kept in what is new.
                if (std::string(sample.name) == "crlf") {
                    for (const std::string& line : added) EXPECT_TRUE(line.ends_with("\r\n")) << line;
                }
            }
}

TEST(ConfigEdits, CommentsBesideAChangedValueStay) {
    const std::string text = configSamples()[0].text;
    Provider provider = providerOf(text, "northwind");
    provider.loginUrl = "https://x.example/";
    provider.accountAliases[*aws::AccountId::parse("111122223333")] = "renamed";
    const auto edited = withProvider(text, provider);
    ASSERT_TRUE(edited);
    EXPECT_NE(edited->find("login_url = \"https://x.example/\"   # literal\n"), std::string::npos) << *edited;
    EXPECT_NE(edited->find("  \"111122223333\" = \"renamed\"   # money\n"), std::string::npos) << *edited;
}

TEST(ConfigEdits, NewLinesFollowTheirTablesStyle) {
    const std::string text = configSamples()[0].text;
    Provider provider = providerOf(text, "northwind");
    provider.accountAliases[*aws::AccountId::parse("555566667777")] = "five";
    const auto inTable = withProvider(text, provider);
    ASSERT_TRUE(inTable);
    EXPECT_NE(inTable->find("  222233334444   = \"nwr-dev\"\n  \"555566667777\" = \"five\"\n"), std::string::npos) << *inTable;

    const std::string dotted = configSamples()[2].text;
    provider = providerOf(dotted, "northwind");
    provider.accountAliases[*aws::AccountId::parse("555566667777")] = "five";
    const auto asDotted = withProvider(dotted, provider);
    ASSERT_TRUE(asDotted);
    EXPECT_NE(asDotted->find("accounts.222233334444 = \"dev\"\naccounts.\"555566667777\" = \"five\"\n"), std::string::npos) << *asDotted;
}

TEST(ConfigEdits, AddingThenRemovingGivesBackTheText) {
    for (const ConfigSample& sample : configSamples()) {
        SCOPED_TRACE(sample.name);
        const auto added = withProvider(sample.text, fullProvider("brand-new"));
        ASSERT_TRUE(added) << added.error().chain();
        EXPECT_TRUE(added->starts_with(sample.text));
        EXPECT_EQ(providerOf(*added, "brand-new"), fullProvider("brand-new"));
        const auto removed = withoutProvider(*added, ProviderId("brand-new"));
        ASSERT_TRUE(removed) << removed.error().chain();
        EXPECT_TRUE(*removed == sample.text || *removed == sample.text + "\n") << *removed;
    }
    EXPECT_EQ(withoutProvider(withProvider("", fullProvider("x")).value(), ProviderId("x")).value(), "");
}

TEST(ConfigEdits, RemovingTakesTheProviderOnly) {
    for (const ConfigSample& sample : configSamples()) {
        SCOPED_TRACE(sample.name);
        const auto removed = withoutProvider(sample.text, ProviderId("northwind"));
        ASSERT_TRUE(removed) << removed.error().chain();
        const auto config = parseConfig(*removed);
        ASSERT_EQ(config->providers.size(), 1u);
        EXPECT_EQ(config->providers[0], providerOf(sample.text, "contoso"));
        // What is left is the beginning and the end of what there was.
        EXPECT_TRUE(difference(sample.text, *removed).added.empty()) << *removed;
    }
    const auto text = configSamples()[0].text;
    const auto removed = withoutProvider(text, ProviderId("contoso")).value();
    EXPECT_NE(removed.find("# ---------- Contoso ----------"), std::string::npos);
    EXPECT_NE(removed.find("[other.tool] # of someone else\nkey = 1\n# the end, without a line end"), std::string::npos);
}

TEST(ConfigEdits, PreferencesInEveryStyle) {
    for (const ConfigSample& sample : configSamples()) {
        SCOPED_TRACE(sample.name);
        Preferences wanted = parseConfig(sample.text)->preferences;
        wanted.theme = "system";
        wanted.keepRunning = true;
        wanted.language = "pt-BR";
        const auto edited = withPreferences(sample.text, wanted);
        ASSERT_TRUE(edited) << edited.error().chain();
        EXPECT_EQ(parseConfig(*edited)->preferences, wanted);
        EXPECT_EQ(parseConfig(*edited)->providers, parseConfig(sample.text)->providers);
        EXPECT_EQ(withPreferences(*edited, wanted).value(), *edited);
    }
    Preferences light;
    light.theme = "light";
    EXPECT_EQ(withPreferences("", light).value(), "[preferences]\ntheme = \"light\"\n");
}

TEST(ConfigEdits, FormsThatCannotBeEditedAreLeftAlone) {
    const std::string inlineProviders =
        "provider = [{ id = \"a\", login_url = \"https://a.example/\", metadata_file = \"/x\" }]\n";
    ASSERT_EQ(parseConfig(inlineProviders)->providers.size(), 1u);
    for (const char* id : {"a", "b"}) {
        Provider provider = fullProvider(id);
        const auto edited = withProvider(inlineProviders, provider);
        ASSERT_FALSE(edited);
        EXPECT_TRUE(edited.error().code().is(ConfigError::WrongType));
    }
    EXPECT_FALSE(withoutProvider(inlineProviders, ProviderId("a")));
    Preferences preferences;
    preferences.theme = "dark";
    EXPECT_FALSE(withPreferences("preferences = { theme = \"light\" }\n", preferences));
}

TEST(ConfigEdits, AnUnusableProviderIsRefusedWithItsReason) {
    Provider provider = fullProvider("x");
    provider.loginUrl = "http://elsewhere.example/";
    const auto edited = withProvider("", provider);
    ASSERT_FALSE(edited);
    EXPECT_TRUE(edited.error().code().is(ConfigError::BadValue));
    EXPECT_EQ(edited.error().fact("key"), "login_url");
    provider = fullProvider("Not An Id");
    EXPECT_FALSE(withProvider("", provider));
    provider = fullProvider("x");
    provider.regions = {aws::Region("nowhere")};
    EXPECT_FALSE(withProvider("", provider));
}

TEST(ConfigEdits, ABrokenProviderCanBeRepaired) {
    const std::string text = "# mine\n[[provider]]\nid = \"a\"\nlogin_url = 5 # five?\nmetadata_file = \"/x\"\n";
    ASSERT_TRUE(parseConfig(text)->providers.empty());
    Provider wanted;
    wanted.id = ProviderId("a");
    wanted.name = "a";
    wanted.loginUrl = "https://a.example/";
    wanted.metadataFile = "/x";
    EXPECT_EQ(withProvider(text, wanted).value(), "# mine\n[[provider]]\nid = \"a\"\nlogin_url = \"https://a.example/\" # five?\nmetadata_file = \"/x\"\n");
}

TEST(ConfigEdits, AProviderInSeveralPlaces) {
    const std::string text = "[[provider]]\nid = \"a\"\nlogin_url = \"https://a.example/\"\nmetadata_file = \"/x\"\n\n[other]\nk = 1\n\n"
                             "[provider.accounts]\n111122223333 = \"one\"\n# end\n";
    Provider provider = providerOf(text, "a");
    ASSERT_EQ(provider.accountAliases.size(), 1u);
    provider.accountAliases[*aws::AccountId::parse("222233334444")] = "two";
    const auto edited = withProvider(text, provider);
    ASSERT_TRUE(edited) << edited.error().chain();
    EXPECT_EQ(difference(text, *edited).added, (std::vector<std::string>{"\"222233334444\" = \"two\"\n"}));
    EXPECT_EQ(withoutProvider(text, ProviderId("a")).value().find("111122223333"), std::string::npos);
    EXPECT_NE(withoutProvider(text, ProviderId("a")).value().find("[other]\nk = 1\n"), std::string::npos);
}

// Many edits one after another, at random, and everything that is not ours is still there, in its order.
TEST(ConfigEdits, LongHistoriesKeepWhatIsNotOurs) {
    std::mt19937 random(7);
    for (const ConfigSample& sample : configSamples()) {
        SCOPED_TRACE(sample.name);
        std::vector<std::string> foreign;
        for (const std::string& line : linesOf(sample.text))
            if (line.find("unknown_pref") != std::string::npos || line.find("x-team") != std::string::npos || line.starts_with('#') ||
                line.starts_with("key = 1") || line.starts_with("schema_hint"))
                foreign.push_back(line);
        std::string text = sample.text;
        for (int step = 0; step < 120; ++step) {
            const char* id = random() % 2 == 0 ? "northwind" : "contoso";
            Provider wanted = providerOf(text, id);
            for (int changes = 0; changes < 3; ++changes) edits()[random() % edits().size()].change(wanted);
            const auto edited = withProvider(text, wanted);
            ASSERT_TRUE(edited) << edited.error().chain() << "\n" << text;
            ASSERT_EQ(providerOf(*edited, id), wanted);
            text = *edited;
        }
        std::size_t at = 0;
        for (std::string line : foreign) {
            while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
            at = text.find(line, at);
            ASSERT_NE(at, std::string::npos) << line << "\n" << text;
        }
    }
}

// The scanner must stay within any text, also one that no parser accepts.
TEST(TomlText, AnyTextIsScannedWithinItsBounds) {
    std::mt19937 random(11);
    constexpr std::string_view alphabet = "[]{}=\"'.\\#\n\r\t ,abu0_-";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const auto size = random() % 40;
        for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
        std::size_t last = 0;
        for (const TomlStatement& statement : tomlStatements(text)) {
            ASSERT_GE(statement.begin, last);
            ASSERT_LE(statement.begin, statement.end);
            ASSERT_LE(statement.end, text.size());
            ASSERT_LE(statement.valueBegin, statement.valueEnd);
            ASSERT_LE(statement.valueEnd, text.size());
            last = statement.end;
        }
    }
}

TEST(TomlText, FindsStatementsInEveryForm) {
    const std::string text = "a = 1 # c\n'b.c'.\"d\\u00e9\" = '''x\n]''' \n[t . \"u\"]\ne = [1, { f = \"]\" }, # ]\n 2]\n\n[[ v ]]\r\ng = 1979-05-27 07:32:00\t\r\n"
                             "h = \"\"\"a\\\"\"\"\"\"\"\n";
    const auto statements = tomlStatements(text);
    ASSERT_EQ(statements.size(), 7u);
    const auto value = [&](std::size_t i) { return text.substr(statements[i].valueBegin, statements[i].valueEnd - statements[i].valueBegin); };
    EXPECT_EQ(value(0), "1");
    EXPECT_EQ(statements[1].path, (TomlPath{"b.c", "dé"}));
    EXPECT_EQ(value(1), "'''x\n]'''");
    EXPECT_EQ(statements[2].path, (TomlPath{"t", "u"}));
    EXPECT_EQ(value(3), "[1, { f = \"]\" }, # ]\n 2]");
    EXPECT_EQ(statements[4].kind, TomlStatement::Kind::ArrayHeader);
    EXPECT_EQ(value(5), "1979-05-27 07:32:00");
    EXPECT_EQ(value(6), "\"\"\"a\\\"\"\"\"\"\"");
}

} // namespace
