#include "models/sessions/outputs/outputs.h"

#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

namespace gw::sessions {
namespace {

constexpr UtcTime expiration = UtcTime::fromUnixSeconds(1'795'525'200);

Session session(const std::string& role = "Admin", const std::string& alias = "payments") {
    Session session;
    session.pair.role = aws::RoleArn::parse("arn:aws:iam::111122223333:role/" + role).value();
    session.accountAlias = alias;
    session.region = aws::Region("eu-west-1");
    return session;
}

cloud::Credentials credentials(std::string_view secret = "sec/ret+", std::string_view token = "tok==") {
    return {"ASIAEXAMPLEKEY00", Secret(secret), Secret(token), expiration};
}

// What a shell command prints, without going through another shell's quoting.
std::string output(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), got);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return text;
}

class ScratchTest : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "gatewarden-outputs-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::string file(const std::string& name, std::string_view content) {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }
    std::filesystem::path folder_;
};

TEST(CredentialProcess, IsTheContract) {
    const Secret json = credentialProcessJson(session(), credentials());
    EXPECT_EQ(json.reveal(), R"({"Version":1,"AccessKeyId":"ASIAEXAMPLEKEY00","SecretAccessKey":"sec/ret+","SessionToken":"tok==",)"
                             R"("Expiration":"2026-11-24T13:00:00Z","AccountId":"111122223333"})"
                             "\n")
        << UtcTime(expiration).toRfc3339();
    const auto document = parseJson(json.reveal());
    ASSERT_TRUE(document.has_value());
    EXPECT_TRUE((*document)["Version"].is_number_integer());
}

TEST(CredentialProcess, EscapesWhatever) {
    const std::string odd = "a\"b\\c\nd\x01";
    const auto document = parseJson(credentialProcessJson(session(), credentials(odd, odd)).reveal());
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ((*document)["SessionToken"].get<std::string>(), odd);
}

using EnvironmentTest = ScratchTest;

TEST_F(EnvironmentTest, BashReadsBackEveryByte) {
    for (const std::string value : {"plain", "it's", "$HOME `id` \"x\" \\ !", "''", "ünï"}) {
        const Secret text = environment(session(), credentials(value, "t'"), Shell::Bash);
        const std::string script = file("env.sh", std::string(text.reveal()) + "printf '%s|%s|%s' \"$AWS_SECRET_ACCESS_KEY\" \"$AWS_SESSION_TOKEN\" \"$AWS_CREDENTIAL_EXPIRATION\"\n");
        EXPECT_EQ(output("bash " + script), value + "|t'|2026-11-24T13:00:00Z");
        EXPECT_EQ(output("sh " + script), value + "|t'|2026-11-24T13:00:00Z");
    }
}

TEST_F(EnvironmentTest, NamesWhatToolsRead) {
    const std::string text(environment(session(), credentials(), Shell::Zsh).reveal());
    for (const char* name : {"AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=", "AWS_SESSION_TOKEN=", "AWS_REGION='eu-west-1'", "AWS_DEFAULT_REGION='eu-west-1'"})
        EXPECT_NE(text.find(std::string("export ") + name), std::string::npos) << name;
    Session nowhere = session();
    nowhere.region = {};
    EXPECT_EQ(environment(nowhere, credentials(), Shell::Zsh).reveal().find("REGION"), std::string_view::npos);
}

TEST_F(EnvironmentTest, EachShellByItsOwnRules) {
    const auto line = [](Shell shell, std::string_view value) {
        const std::string text(environment(session(), credentials(value), shell).reveal());
        const std::size_t at = text.find("AWS_SECRET_ACCESS_KEY");
        if (at == std::string::npos) return std::string();
        const std::size_t begin = text.rfind('\n', at) + 1;
        return text.substr(begin, text.find('\n', at) - begin);
    };
    EXPECT_EQ(line(Shell::Fish, "a'b\\c$d"), "set -gx AWS_SECRET_ACCESS_KEY 'a\\'b\\\\c$d'");
    EXPECT_EQ(line(Shell::PowerShell, "a'b\xe2\x80\x99$c`"), "$Env:AWS_SECRET_ACCESS_KEY = 'a''b\xe2\x80\x99\xe2\x80\x99$c`'");
    EXPECT_EQ(line(Shell::Cmd, "a/b+c=&|^<>"), "set \"AWS_SECRET_ACCESS_KEY=a/b+c=&|^<>\"\r");
    EXPECT_EQ(line(Shell::Bash, "a'b"), "export AWS_SECRET_ACCESS_KEY='a'\\''b'");
    for (const Shell shell : {Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Cmd}) EXPECT_EQ(line(shell, "a\nb"), "");
    for (const char* value : {"a%PATH%b", "a\"b", "a!b"}) EXPECT_EQ(line(Shell::Cmd, value), "");
}

TEST(Shells, HaveNames) {
    EXPECT_EQ(parseShell("bash"), Shell::Bash);
    EXPECT_EQ(parseShell("pwsh"), Shell::PowerShell);
    EXPECT_EQ(parseShell("cmd"), Shell::Cmd);
    EXPECT_FALSE(parseShell("tcsh"));
    EXPECT_FALSE(parseShell(""));
}

// The AWS CLI and boto3 split it with shlex, the other SDKs give it to `sh -c`.
TEST(CredentialProcessLine, IsTheSameToShlexAndToAShell) {
    for (const std::string helper : {"/usr/bin/gatewarden-credentials", "/opt/My Apps/gate warden", "/a\"b\\c/x", "/ü/$x;y/'z'", "/it's",
                                     "/$(touch pwned)/`id`/$HOME", "/a!b \\$c", "/#x/~/*?[a]{b,c}&&<>|"}) {
        const std::string line = credentialProcessLine(helper, ProfileName("dev+a"), true);
        const std::string script = "import shlex,sys; print('\\n'.join(shlex.split(sys.stdin.buffer.read().decode())))";
        const auto path = std::filesystem::temp_directory_path() / "gatewarden-shlex.txt";
        const std::string words = helper + "\n--profile\ndev+a\n--practice\n";
        std::ofstream(path, std::ios::binary) << line;
        EXPECT_EQ(output("python3 -c \"" + script + "\" < " + path.string()), words) << line;
        std::ofstream(path, std::ios::binary) << "printf '%s\\n' " << line;
        EXPECT_EQ(output("sh " + path.string()), words) << line;
        std::filesystem::remove(path);
    }
    EXPECT_EQ(credentialProcessLine("/usr/bin/g", ProfileName("dev"), false), "/usr/bin/g --profile dev");
}

TEST(ProfileNames, WhatTheyMayBe) {
    for (const char* name : {"dev", "default", "a", "A1", "team/dev-1", "x.y_z@w+v=u:t", "0"}) EXPECT_TRUE(isProfileName(name)) << name;
    EXPECT_TRUE(isProfileName(std::string(64, 'a')));
    for (const char* name : {"", " ", "a b", "-a", ".a", "a]", "a\n", "a#b", "ü", "a\"", "a'"}) EXPECT_FALSE(isProfileName(name)) << name;
    EXPECT_FALSE(isProfileName(std::string(65, 'a')));
}

TEST(ProfileNames, AreSuggested) {
    EXPECT_EQ(suggestProfile(session("ReadOnly", "prod"), {}).value(), "prod-readonly");
    EXPECT_EQ(suggestProfile(session("prod-admin", "Prod"), {}).value(), "prod-admin");
    EXPECT_EQ(suggestProfile(session("Admin", ""), {}).value(), "111122223333-admin");
    EXPECT_EQ(suggestProfile(session("A+B=c.d", "Zahlungen & Co."), {}).value(), "zahlungen-co-a-b-c-d");
    EXPECT_EQ(suggestProfile(session("Admin", "ü"), {}).value(), "111122223333-admin");
}

TEST(ProfileNames, SuggestionsAreFreeAndValid) {
    std::vector<ProfileName> taken;
    for (int i = 0; i < 200; ++i) {
        const ProfileName name = suggestProfile(session(std::string(64, 'R'), std::string(63, 'a')), taken);
        EXPECT_TRUE(isProfileName(name.value())) << name.value();
        for (const ProfileName& other : taken) EXPECT_NE(name, other);
        taken.push_back(name);
    }
}

} // namespace
} // namespace gw::sessions
