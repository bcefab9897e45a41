#include "models/sessions/outputs/aws_config.h"
#include "models/sessions/outputs/outputs.h"

#include <gtest/gtest.h>

#include <random>

namespace gw::sessions {
namespace {

ProfileEntry entry(const std::string& name = "dev", const std::string& region = "eu-west-1") {
    return {ProfileName(name), "/usr/bin/gatewarden-credentials --profile " + name, region, "", SessionId("0123456789ab")};
}

std::string ours(const std::string& name = "dev") {
    return "[profile " + name + "]\n# managed by gatewarden 0123456789ab\ncredential_process = /usr/bin/gatewarden-credentials --profile " + name +
           "\nregion = eu-west-1\n";
}

std::string after(std::string_view config, const ProfileEntry& e = entry(), bool replace = false) {
    const auto preview = previewProfile(config, "", e, replace);
    EXPECT_TRUE(preview.has_value()) << preview.error().chain();
    return preview ? preview->after : "";
}

struct Bad {
    const char* name;
    std::string text;
    const char* line;
    const char* reason;
};

class UnreadableTest : public testing::TestWithParam<Bad> {};

TEST_P(UnreadableTest, SaysWhereAndWhy) {
    const Bad& bad = GetParam();
    for (const bool credentials : {false, true}) {
        const auto preview = previewProfile(credentials ? "" : bad.text, credentials ? bad.text : "", entry());
        ASSERT_FALSE(preview.has_value());
        EXPECT_TRUE(preview.error().code().is(ProfileError::Unreadable));
        EXPECT_EQ(preview.error().fact("line"), bad.line);
        EXPECT_EQ(preview.error().fact("reason"), bad.reason);
        EXPECT_EQ(preview.error().fact("file"), credentials ? "credentials" : "config");
    }
    EXPECT_FALSE(withoutProfile(bad.text, ProfileName("dev")).has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Traps, UnreadableTest,
    testing::Values(Bad{"Bom", "\xef\xbb\xbf[default]\nregion = x\n", "1", "byte_order_mark"}, Bad{"Latin1", "[a]\nb = c\n# f\xfcr\n", "3", "not_utf8"},
                    Bad{"Surrogate", "[a]\nb = \xed\xa0\x80\n", "2", "not_utf8"}, Bad{"Overlong", "[a]\nb = \xc0\xaf\n", "2", "not_utf8"},
                    Bad{"DuplicateSection", "[a]\nx = 1\n[b]\n[a]\n", "4", "duplicate_section"},
                    Bad{"DuplicateKey", "[a]\nx = 1\r\n# c\nX : 2\n", "4", "duplicate_key"}, Bad{"NoDelimiter", "[a]\nx = 1\ngarbage\n", "3", "not_an_assignment"},
                    Bad{"NoName", "[a]\n = 1\n", "2", "not_an_assignment"}, Bad{"Truncated", "[a]\nx = 1\n[b", "3", "not_an_assignment"},
                    Bad{"EmptyHeader", "[a]\n[]\n", "2", "not_an_assignment"}, Bad{"KeyFirst", "# c\nx = 1\n[a]\n", "2", "no_section"}),
    [](const auto& bad) { return bad.param.name; });

TEST(Readable, WhatPythonAccepts) {
    for (const char* text : {"", "\n", "# only\n", "[a]", "[a]\r\nx=1\r\n", "[a]\rx=1\r", "[a]\nx =\n", "[a]\nX = %(y)s # c\n", "[a]\nx = 1\n  more\n\n  more\n",
                             "[DEFAULT]\na=1\n[b]\n[DEFAULT]\nc=1\n", "[a] trailing ]\nx:1\n", "[a]\n[b\x5d=c]\n", "[a]\nx = \xc3\xbc\n"})
        EXPECT_TRUE(parseConfigText(text).has_value()) << text;
}

TEST(Profiles, AreFoundAsShlexReadsThem) {
    EXPECT_EQ(profileOf("default"), "default");
    EXPECT_EQ(profileOf("profile dev"), "dev");
    EXPECT_EQ(profileOf("profile \t \"my dev\" "), "my dev");
    EXPECT_EQ(profileOf("profile 'a\\b'"), "a\\b");
    EXPECT_EQ(profileOf("profile \"a\\\"b\""), "a\"b");
    EXPECT_EQ(profileOf("profile a\"b\"c"), "abc");
    for (const char* header : {"profile", "profile ", "profile a b", "profiles a", "profile \"a", "sso-session x", "dev", "Default"})
        EXPECT_FALSE(profileOf(header).has_value()) << header;
}

TEST(Preview, AddsAtTheEnd) {
    EXPECT_EQ(after(""), ours());
    EXPECT_EQ(after("[default]\nregion = x\n"), "[default]\nregion = x\n\n" + ours());
    std::string bare = "[default]\nregion = x\n\n" + ours();
    bare.pop_back();
    EXPECT_EQ(after("[default]\nregion = x"), bare);
}

TEST(Preview, KeepsTheLineBreaks) {
    EXPECT_EQ(after("[default]\r\nregion = x\r\n"), "[default]\r\nregion = x\r\n\r\n[profile dev]\r\n# managed by gatewarden 0123456789ab\r\n"
                                                   "credential_process = /usr/bin/gatewarden-credentials --profile dev\r\nregion = eu-west-1\r\n");
}

TEST(Preview, LeavesOthersAlone) {
    const auto preview = previewProfile("[profile dev]\nregion = x\n", "", entry());
    ASSERT_FALSE(preview.has_value());
    EXPECT_TRUE(preview.error().code().is(ProfileError::NotOurs));
    EXPECT_EQ(preview.error().fact("line"), "1");
    EXPECT_TRUE(previewProfile("[profile \"dev\"]\n", "", entry()).error().code().is(ProfileError::NotOurs));
    EXPECT_TRUE(previewProfile("[default]\n", "", entry("default")).error().code().is(ProfileError::NotOurs));
}

TEST(Preview, TakesOverWhenAsked) {
    EXPECT_EQ(after("[profile dev]\noutput = json\naws_access_key_id = AKIA\nAWS_SECRET_ACCESS_KEY=x\n  y\nsso_session = s\n# mine\nregion = x\ns3 =\n  a = b\n\n# about b\n[profile b]\n",
                    entry(), true),
              "[profile dev]\n# managed by gatewarden 0123456789ab\noutput = json\n# mine\nregion = eu-west-1\ns3 =\n  a = b\n"
              "credential_process = /usr/bin/gatewarden-credentials --profile dev\n\n# about b\n[profile b]\n");
}

// A section of ours keeps its marker: a renewed session has another id and the same profile.
TEST(Preview, ChangesOnlyItsKeys) {
    const std::string mine = "[profile dev]\n# managed by gatewarden ffffffffffff\noutput = json   \ncredential_process = old\n# note\nregion=eu-west-1\n\n[z]\n";
    EXPECT_EQ(after(mine), "[profile dev]\n# managed by gatewarden ffffffffffff\noutput = json   \n"
                           "credential_process = /usr/bin/gatewarden-credentials --profile dev\n# note\nregion=eu-west-1\n\n[z]\n");
    // The indent of a replaced line stays: a smaller one would swallow the lines below it.
    EXPECT_EQ(after("[profile dev]\n# managed by gatewarden x\n  credential_process = old\n  region = old\n  output = json\n"),
              "[profile dev]\n# managed by gatewarden x\n  credential_process = /usr/bin/gatewarden-credentials --profile dev\n"
              "  region = eu-west-1\n  output = json\n");
    EXPECT_EQ(after("[profile dev]\n# managed by gatewarden x\nregion = old\ncredential_process = a\nendpoint_url = b", entry("dev", "")),
              "[profile dev]\n# managed by gatewarden x\ncredential_process = /usr/bin/gatewarden-credentials --profile dev");
}

TEST(Preview, NeverSwallowsAnIndentedHeader) {
    EXPECT_EQ(after("[profile dev]\n# managed by gatewarden x\n  [z]\n"),
              "[profile dev]\n# managed by gatewarden x\n  credential_process = /usr/bin/gatewarden-credentials --profile dev\n"
              "  region = eu-west-1\n  [z]\n");
}

TEST(Remove, NeverSwallowsAnIndentedHeader) {
    EXPECT_EQ(withoutProfile("[a]\nb = c\n[profile dev]\n# managed by gatewarden x\n  region = x\n [z]\n", ProfileName("dev")).value(),
              "[a]\nb = c\n[profile dev]\n [z]\n");
}

TEST(Preview, IsIdempotent) {
    for (const char* text : {"", "[a]\nb = c", "[a]\r\nb = c\r\n", "[profile dev]\n# managed by gatewarden x\n", "# c"}) {
        const std::string once = after(text);
        EXPECT_EQ(after(once), once);
    }
}

TEST(Preview, WarnsOfWhatWinsOverIt) {
    auto preview = previewProfile("", "[dev]\naws_access_key_id = AKIA\n", entry());
    EXPECT_EQ(preview->warnings, std::vector<std::string>{"shadowed_by_static_keys"});
    EXPECT_TRUE(previewProfile("", "[devel]\naws_access_key_id = AKIA\n[dev]\nregion = x\n", entry())->warnings.empty());
    preview = previewProfile("[profile dev]\n# managed by gatewarden x\nrole_arn = y\n", "", entry());
    EXPECT_EQ(preview->warnings, std::vector<std::string>{"overridden_in_section"});
}

TEST(Preview, RefusesValuesThatBreakLines) {
    const auto refused = [](const ProfileEntry& e) {
        const auto preview = previewProfile("", "", e);
        return !preview && preview.error().code().is(ProfileError::BadValue) ? std::string(preview.error().fact("key")) : "";
    };
    ProfileEntry bad = entry();
    bad.credentialProcess = "x\n[default]";
    EXPECT_EQ(refused(bad), "credential_process");
    bad.credentialProcess = "";
    EXPECT_EQ(refused(bad), "credential_process");
    bad.credentialProcess = "/caf\xe9/gatewarden-credentials";
    EXPECT_EQ(refused(bad), "credential_process");
    bad = entry();
    bad.region = "x\r";
    EXPECT_EQ(refused(bad), "region");
    bad = entry();
    bad.endpointUrl = " http://x";
    EXPECT_EQ(refused(bad), "endpoint_url");
    bad = entry();
    bad.marker = SessionId("a\nb");
    EXPECT_EQ(refused(bad), "marker");
    EXPECT_EQ(refused(entry("a]b")), "profile");
}

TEST(Remove, TakesOnlyOurs) {
    EXPECT_EQ(withoutProfile("[a]\nb = c\n", ProfileName("dev")).value(), "[a]\nb = c\n");
    EXPECT_TRUE(withoutProfile("[profile dev]\n", ProfileName("dev")).error().code().is(ProfileError::NotOurs));
    EXPECT_EQ(withoutProfile("[a]\nb = c\n\n" + ours() + "\n# about z\n[z]\n", ProfileName("dev")).value(), "[a]\nb = c\n\n# about z\n[z]\n");
}

TEST(StaticKeys, GoWithoutTheirSection) {
    EXPECT_EQ(withoutStaticKeys("[dev]\naws_access_key_id = a\n# k\nAWS_SECRET_ACCESS_KEY = b\nregion = r\naws_security_token=t\n  u\n[x]\naws_access_key_id = c\n",
                                ProfileName("dev"))
                  .value(),
              "[dev]\n# k\nregion = r\n[x]\naws_access_key_id = c\n");
    EXPECT_EQ(withoutStaticKeys("[x]\n", ProfileName("dev")).value(), "[x]\n");
}

TEST(Names, OfBothFiles) {
    const auto names = profileNames("[default]\n[profile a]\n[sso-session s]\n[profile \"b c\"]\n", "[a]\n[d]\n[DEFAULT]\n");
    ASSERT_TRUE(names.has_value());
    EXPECT_EQ(*names, (std::vector<ProfileName>{ProfileName("default"), ProfileName("a"), ProfileName("b c"), ProfileName("d")}));
}

// Files as people write them, by chance.
class Chance {
public:
    explicit Chance(unsigned seed) : engine_(seed) {}
    unsigned below(unsigned n) { return static_cast<unsigned>(engine_() % n); }
    const char* one(std::initializer_list<const char*> choices) { return choices.begin()[below(static_cast<unsigned>(choices.size()))]; }

    std::string file() {
        std::string text;
        const std::string lineBreak = below(3) == 0 ? "\r\n" : "\n";
        const unsigned sections = below(5);
        for (unsigned i = 0; i < below(3); ++i) text += one({"# top", "", "; x", "   "}) + lineBreak;
        for (unsigned s = 0; s < sections; ++s) {
            text += one({"[profile p", "[profile \"q", "[r", "[sso-session t"}) + std::to_string(s);
            text += text.find("\"q" + std::to_string(s)) != std::string::npos ? "\"]" : "]";
            text += one({"", " ", " ; c"}) + lineBreak;
            for (unsigned k = 0; k < below(5); ++k) {
                switch (below(5)) {
                case 0: text += one({"# note", ";note", "", "\t", "  # indented"}) + lineBreak; break;
                case 1: text += "key" + std::to_string(k) + " =" + lineBreak + "    nested = 1" + lineBreak; break;
                default: text += one({"key", "Key", " key"}) + std::to_string(k) + one({"=", " = ", " : ", ":"}) + one({"v", "", "a # b", "ü"}) + lineBreak;
                }
            }
        }
        if (!text.empty() && below(3) == 0) text.resize(text.size() - lineBreak.size());
        return text;
    }

private:
    std::mt19937 engine_;
};

TEST(Preservation, AddingAndRemovingGivesTheSameBytes) {
    int readable = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        const std::string before = Chance(seed).file();
        const auto preview = previewProfile(before, "", entry());
        if (!preview) {
            EXPECT_FALSE(parseConfigText(before).has_value());
            continue;
        }
        ++readable;
        EXPECT_TRUE(preview->after.starts_with(before)) << before;
        EXPECT_NE(preview->after.find(preview->section), std::string::npos);
        const auto back = withoutProfile(preview->after, ProfileName("dev"));
        ASSERT_TRUE(back.has_value()) << preview->after;
        EXPECT_EQ(*back, before) << preview->after;
    }
    EXPECT_GT(readable, 1500);
}

TEST(Preservation, ChangingASectionTouchesNoByteOutsideIt) {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        const std::string above = Chance(seed).file();
        std::string below = Chance(seed + 100'000).file();
        for (char& c : below)
            if (c == 'p' || c == 'q' || c == 'r' || c == 't') c = static_cast<char>(c - 'a' + 'A');
        std::string text = above;
        if (!text.empty() && !text.ends_with('\n')) text += "\n";
        const std::size_t begin = text.size();
        text += "[profile dev]\n# managed by gatewarden x\noutput = json\ncredential_process = old\n";
        const std::size_t end = text.size();
        text += "[z]\n" + below;
        const auto preview = previewProfile(text, "", entry());
        if (!preview) continue;
        EXPECT_EQ(preview->after.substr(0, begin), text.substr(0, begin));
        EXPECT_TRUE(preview->after.ends_with(text.substr(end)));
        EXPECT_NE(preview->after.find("output = json\n"), std::string::npos);
    }
}

TEST(Preservation, GarbageIsRefusedOrKept) {
    std::mt19937 chance(7);
    for (int i = 0; i < 20'000; ++i) {
        static constexpr std::string_view letters = "[]=:#; \t\n\r\naprofile\"\\\xc3\xbc\xef";
        std::string text;
        for (unsigned n = static_cast<unsigned>(chance() % 40); n > 0; --n) text += letters[chance() % letters.size()];
        const auto preview = previewProfile(text, "", entry());
        if (!preview) continue;
        EXPECT_TRUE(preview->after.starts_with(text));
    }
}

} // namespace
} // namespace gw::sessions
