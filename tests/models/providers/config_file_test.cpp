// Reading config.toml: every problem has its place, and one mistake costs no more than it must.
#include "models/sessions/providers/config_file.h"
#include "tests/models/providers/config_samples.h"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

using namespace gw;
using namespace gw::sessions;
using namespace gw::test;

namespace {

const std::string usable = "[[provider]]\nid = \"a\"\nlogin_url = \"https://a.example/\"\nmetadata_url = \"https://a.example/m\"\n";

struct ProblemRow {
    const char* name;
    std::string text;
    const char* code;
    int line, column;
    const char* key;
    bool providerStays;
    const char* fact = "";
    const char* factValue = "";
};
void PrintTo(const ProblemRow& row, std::ostream* out) {
    *out << row.name;
}

class ConfigProblem : public testing::TestWithParam<ProblemRow> {};

TEST_P(ConfigProblem, IsNamedWithItsPlace) {
    const ProblemRow& row = GetParam();
    const auto config = parseConfig(row.text);
    ASSERT_TRUE(config) << config.error().chain();
    ASSERT_EQ(config->problems.size(), 1u);
    const Error& problem = config->problems.front();
    EXPECT_EQ(problem.code().id(), row.code);
    EXPECT_EQ(problem.fact("line"), std::to_string(row.line));
    EXPECT_EQ(problem.fact("column"), std::to_string(row.column));
    EXPECT_EQ(problem.fact("key"), row.key);
    EXPECT_EQ(config->providers.size(), row.providerStays ? 1u : 0u);
    if (*row.fact != '\0') {
        EXPECT_EQ(problem.fact(row.fact), row.factValue);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ConfigProblem,
    testing::Values(
        ProblemRow{"unknown_key", usable + "logn_url = \"x\"\n", "config.unknown_key", 5, 1, "logn_url", true, "nearest", "login_url"},
        ProblemRow{"unknown_key_far_off", usable + "banana = 1\n", "config.unknown_key", 5, 1, "banana", true, "nearest", ""},
        ProblemRow{"unknown_table", "[preference]\ntheme = \"dark\"\n" + usable, "config.unknown_key", 1, 2, "preference", true, "nearest", "preferences"},
        ProblemRow{"wrong_type_cosmetic", usable + "keep_cookies = \"yes\"\n", "config.wrong_type", 5, 16, "keep_cookies", true, "expected", "true or false"},
        ProblemRow{"wrong_type_essential", usable + "entity_id = 5\n", "config.wrong_type", 5, 13, "entity_id", false, "expected", "string"},
        ProblemRow{"float_for_integer", usable + "duration_minutes = 60.0\n", "config.wrong_type", 5, 20, "duration_minutes", true},
        ProblemRow{"duration_too_long", usable + "duration_minutes = 721\n", "config.bad_value", 5, 20, "duration_minutes", true, "value", "721"},
        ProblemRow{"duration_huge", usable + "duration_minutes = 9223372036854775807\n", "config.bad_value", 5, 20, "duration_minutes", true},
        ProblemRow{"unknown_mode", usable + "mode = \"window\"\n", "config.bad_value", 5, 8, "mode", true, "expected", "embedded, browser"},
        ProblemRow{"unknown_partition", usable + "partition = \"aws-mars\"\n", "config.bad_value", 5, 13, "partition", false, "value", "aws-mars"},
        ProblemRow{"bad_region", usable + "regions = [\"eu-west-1\", \"Dublin\"]\n", "config.bad_value", 5, 11, "regions", true},
        ProblemRow{"acs_not_https", usable + "additional_acs = [\"http://evil.example/saml\"]\n", "config.bad_value", 5, 18, "additional_acs", false},
        ProblemRow{"sts_not_https", usable + "sts_endpoint = \"http://sts.example/\"\n", "config.bad_value", 5, 16, "sts_endpoint", false},
        ProblemRow{"certificate_broken", usable + "certificates = [\"nonsense\"]\n", "config.bad_value", 5, 16, "certificates", false},
        ProblemRow{"certificate_number", usable + "certificates = [1]\n", "config.wrong_type", 5, 17, "certificates", false},
        ProblemRow{"both_metadata", usable + "metadata_file = \"/x\"\n", "config.bad_value", 5, 17, "metadata_file", false},
        ProblemRow{"account_not_an_account", usable + "[provider.accounts]\n123 = \"x\"\n", "config.bad_value", 6, 7, "123", true},
        ProblemRow{"role_not_an_arn", usable + "[provider.roles]\nAdmin = \"x\"\n", "config.bad_value", 6, 9, "Admin", true},
        ProblemRow{"alias_not_text", usable + "[provider.accounts]\n111122223333 = 1\n", "config.wrong_type", 6, 16, "111122223333", true},
        ProblemRow{"rule_without_match", usable + "[[provider.environments]]\nenvironment = \"prod\"\n", "config.missing_key", 5, 1, "match", true},
        ProblemRow{"rule_unknown", usable + "[[provider.environments]]\nmatch = \"*\"\nenvironment = \"production\"\n", "config.bad_value", 7, 15, "environment", true},
        ProblemRow{"no_login_url", "[[provider]]\nid = \"a\"\nmetadata_file = \"/x\"\n", "config.missing_key", 1, 1, "login_url", false, "provider", "a"},
        ProblemRow{"empty_login_url", "[[provider]]\nid = \"a\"\nlogin_url = \"\"\nmetadata_file = \"/x\"\n", "config.bad_value", 3, 13, "login_url", false},
        ProblemRow{"no_trust", "[[provider]]\nid = \"a\"\nlogin_url = \"https://a.example/\"\n", "config.missing_key", 1, 1, "metadata_url", false},
        ProblemRow{"no_id", "[[provider]]\nlogin_url = \"https://a.example/\"\nmetadata_file = \"/x\"\n", "config.missing_key", 1, 1, "id", false},
        ProblemRow{"bad_id", "[[provider]]\nid = \"A b\"\nlogin_url = \"https://a.example/\"\nmetadata_file = \"/x\"\n", "config.bad_value", 2, 6, "id", false, "value", "A b"},
        ProblemRow{"same_id_twice", usable + "\n" + usable, "config.duplicate_provider", 6, 1, "id", true, "value", "a"},
        ProblemRow{"provider_is_a_table", "[provider]\nid = \"a\"\n", "config.wrong_type", 1, 1, "provider", false},
        ProblemRow{"preferences_no_table", "preferences = 1\n" + usable, "config.wrong_type", 1, 15, "preferences", true},
        ProblemRow{"theme_unknown", "[preferences]\ntheme = \"pink\"\n" + usable, "config.bad_value", 2, 9, "theme", true, "value", "pink"},
        ProblemRow{"control_character", usable + "name = \"a\\u0000b\"\n", "config.bad_value", 5, 8, "name", true},
        ProblemRow{"http_elsewhere", "[[provider]]\nid = \"a\"\nlogin_url = \"http://a.example/\"\nmetadata_file = \"/x\"\n", "config.bad_value", 3, 13, "login_url", false},
        ProblemRow{"password_in_url", "[[provider]]\nid = \"a\"\nlogin_url = \"https://u:hunter2@a.example/\"\nmetadata_file = \"/x\"\n", "config.bad_value", 3, 13, "login_url", false, "value", "https://a.example/"}),
    [](const auto& row) { return std::string(row.param.name); });

struct SyntaxRow {
    const char* name;
    std::string text;
    int line;
};
void PrintTo(const SyntaxRow& row, std::ostream* out) {
    *out << row.name;
}

class ConfigSyntax : public testing::TestWithParam<SyntaxRow> {};

TEST_P(ConfigSyntax, GivesTheLine) {
    const auto config = parseConfig(GetParam().text);
    ASSERT_FALSE(config);
    EXPECT_TRUE(config.error().code().is(ConfigError::Syntax));
    EXPECT_EQ(config.error().fact("line"), std::to_string(GetParam().line)) << config.error().chain();
    EXPECT_NE(config.error().fact("column"), "");
    EXPECT_NE(config.error().fact("column"), "0");
}

INSTANTIATE_TEST_SUITE_P(Rows, ConfigSyntax,
                         testing::Values(SyntaxRow{"no_value", "a = 1\nb =\n", 2}, SyntaxRow{"unclosed_string", "a = 1\n\nb = \"x\nc = 1\n", 3},
                                         SyntaxRow{"unclosed_header", usable + "[[provider\n", 5}, SyntaxRow{"same_key_twice", "a = 1\na = 2\n", 2},
                                         SyntaxRow{"bad_utf8", "a = \"\xff\"\n", 1}, SyntaxRow{"control_character", std::string("a = 1\nb = \"\0\"\n", 12), 2},
                                         SyntaxRow{"too_deep", "a = " + std::string(5000, '['), 1},
                                         SyntaxRow{"too_large", std::string(5'000'000, '#'), 1}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Config, ReadsAFullProvider) {
    const auto text = withProvider("", fullProvider("full"));
    ASSERT_TRUE(text) << text.error().chain();
    const auto config = parseConfig(*text);
    ASSERT_TRUE(config);
    EXPECT_TRUE(config->problems.empty());
    ASSERT_EQ(config->providers.size(), 1u);
    EXPECT_EQ(config->providers[0], fullProvider("full"));
}

TEST(Config, SamplesAreUsable) {
    for (const ConfigSample& sample : configSamples()) {
        const auto config = parseConfig(sample.text);
        ASSERT_TRUE(config) << sample.name << config.error().chain();
        ASSERT_EQ(config->providers.size(), 2u) << sample.name;
        EXPECT_EQ(config->providers[0].id.value(), "northwind");
        EXPECT_EQ(config->providers[1].id.value(), "contoso");
        for (const Error& problem : config->problems) EXPECT_TRUE(problem.code().is(ConfigError::UnknownKey)) << problem.chain();
    }
}

TEST(Config, PrivateKeysStayOutOfIt) {
    for (const char* value : {"['''-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----''']", "['']", "'/k/a.pem'", "[7]"}) {
        const auto config = parseConfig(usable + "decryption_keys = " + value + "\n");
        ASSERT_TRUE(config) << value;
        EXPECT_TRUE(config->providers.empty()) << value;
        ASSERT_FALSE(config->problems.empty()) << value;
        EXPECT_EQ(config->problems[0].fact("key"), "decryption_keys");
        EXPECT_EQ(config->problems[0].chain().find("MII"), std::string::npos);
        for (const Fact& fact : config->problems[0].facts()) EXPECT_EQ(fact.value.find("MII"), std::string::npos) << fact.name;
    }
    const auto config = parseConfig(usable + "decryption_keys = ['/k/a.pem', '/k/b.pem']\nlegacy_encryption = true\n");
    ASSERT_TRUE(config && config->problems.empty() && config->providers.size() == 1);
    EXPECT_EQ(config->providers[0].decryptionKeyFiles, (std::vector<std::string>{"/k/a.pem", "/k/b.pem"}));
    EXPECT_TRUE(config->providers[0].legacyEncryption);
    const auto usual = parseConfig(usable);
    ASSERT_TRUE(usual && usual->providers.size() == 1);
    EXPECT_FALSE(usual->providers[0].legacyEncryption);
    EXPECT_TRUE(usual->providers[0].decryptionKeyFiles.empty());
}

TEST(Config, TheShippedSampleHasNoProblem) {
    std::ifstream file(GW_SOURCE_DIR "/resources/config.sample.toml", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto config = parseConfig(text);
    ASSERT_TRUE(config) << config.error().chain();
    for (const Error& problem : config->problems) ADD_FAILURE() << problem.chain() << " " << problem.fact("key");
    EXPECT_EQ(config->providers.size(), 1u);
}

TEST(Config, OneBadProviderLeavesTheOthers) {
    const auto config = parseConfig("[[provider]]\nid = \"bad\"\n\n" + usable);
    ASSERT_TRUE(config);
    ASSERT_EQ(config->providers.size(), 1u);
    EXPECT_EQ(config->providers[0].id.value(), "a");
}

class ConfigOnDisk : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "gw-config-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_;
};

TEST_F(ConfigOnDisk, StartsFromNothing) {
    const ConfigFile file(folder_ / "gatewarden" / "config.toml");
    const auto empty = file.load();
    ASSERT_TRUE(empty);
    EXPECT_TRUE(empty->providers.empty() && empty->problems.empty());
    ASSERT_TRUE(file.save(fullProvider("one")));
    ASSERT_TRUE(file.save(fullProvider("two")));
    Preferences preferences;
    preferences.theme = "light";
    ASSERT_TRUE(file.save(preferences));
    const auto config = file.load();
    ASSERT_TRUE(config);
    EXPECT_EQ(config->providers.size(), 2u);
    EXPECT_EQ(config->preferences.theme, "light");
    ASSERT_TRUE(file.remove(ProviderId("one")));
    EXPECT_EQ(file.load()->providers.size(), 1u);
    struct stat info{};
    ASSERT_EQ(::stat(file.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);

    const auto unknown = file.remove(ProviderId("three"));
    ASSERT_FALSE(unknown);
    EXPECT_TRUE(unknown.error().code().is(ConfigError::UnknownProvider));
    EXPECT_EQ(unknown.error().fact("path"), file.path().string());
}

TEST_F(ConfigOnDisk, ABrokenFileIsNeverWrittenOver) {
    const std::filesystem::path path = folder_ / "config.toml";
    std::ofstream(path) << "theme = \n";
    const ConfigFile file(path);
    const auto loaded = file.load();
    ASSERT_FALSE(loaded);
    EXPECT_TRUE(loaded.error().code().is(ConfigError::Syntax));
    EXPECT_EQ(loaded.error().fact("path"), path.string());
    const auto saved = file.save(fullProvider("one"));
    ASSERT_FALSE(saved);
    EXPECT_TRUE(saved.error().code().is(ConfigError::Syntax));
    std::ifstream after(path);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(after), {}), "theme = \n");
}

TEST_F(ConfigOnDisk, DiskProblemsAreTheCause) {
    std::filesystem::create_directory(folder_ / "config.toml");
    const ConfigFile file(folder_ / "config.toml");
    const auto loaded = file.load();
    ASSERT_FALSE(loaded);
    EXPECT_TRUE(loaded.error().code().is(ConfigError::NotReadable));
    ASSERT_NE(loaded.error().cause(), nullptr);
}

} // namespace
