#include "saml/base/blanks.h"
#include "saml/base/json_quote.h"
#include "saml/base/markup.h"
#include "saml/base/percent.h"
#include "saml/base/octet_runs.h"
#include "saml/base/utf8.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace gw {
namespace {

TEST(Markup, LeavesNothingThatEndsAnAttributeOrOpensAnElement) {
    EXPECT_EQ(escapedMarkup("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
    EXPECT_EQ(escapedMarkup(""), "");
    EXPECT_EQ(escapedMarkup("zürich\t&amp;"), "zürich\t&amp;amp;");
}

TEST(Percent, DecodesWhatIsEncodedAndKeepsWhatIsNot) {
    const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                   {"%41", "A"},
                                                                   {"%4a%4A", "JJ"},
                                                                   {"%", "%"},
                                                                   {"%4", "%4"},
                                                                   {"%4g", "%4g"},
                                                                   {"%%41", "%A"},
                                                                   {"a%2", "a%2"},
                                                                   {"%2541", "%41"},
                                                                   {"100%", "100%"},
                                                                   {"%00x", std::string_view("\0x", 2)}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(percentDecoded(text, PlusSign::Itself), expected) << text;
    EXPECT_EQ(percentDecoded("a+b%2B", PlusSign::Itself), "a+b+");
    EXPECT_EQ(percentDecoded("a+b%2B", PlusSign::Blank), "a b+");
}

TEST(Percent, RoundTripsEveryOctet) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    const std::string encoded = percentEncoded(all);
    EXPECT_EQ(percentDecoded(encoded, PlusSign::Blank), all);
    EXPECT_EQ(encoded.find_first_of(" +&=#?/"), std::string::npos);
    EXPECT_EQ(percentEncoded("Az09-._~"), "Az09-._~");
}

TEST(Utf8, WritesWhatItReads) {
    for (const std::uint32_t point : {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        std::string text;
        appendUtf8(text, point);
        EXPECT_EQ(utf8SequenceLength(text, 0), text.size()) << point;
    }
}

TEST(Utf8, KnowsIllFormedSequences) {
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC2"sv, "\xC2\x41"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xE2\x82"sv,
          "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv})
        EXPECT_EQ(utf8SequenceLength(bad, 0), 0U);
}

TEST(Blanks, AreTheFourOfXmlAndNoOther) {
    EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trimmed(" \t"), "");
    EXPECT_TRUE(isBlank(""));
    EXPECT_FALSE(isBlank("\v"));
    EXPECT_FALSE(isBlank("\xC2\xA0"));
    EXPECT_EQ(trimmed("\f x"), "\f x");
}

} // namespace
TEST(JsonQuote, WritesEveryOctetAtEveryPlaceAsItShould) {
    const auto one = [](unsigned octet) -> std::string {
        char number[8];
        if (octet == '"' || octet == '\\') return {'\\', static_cast<char>(octet)};
        if (octet == '\n') return "\\n";
        if (octet == '\r') return "\\r";
        if (octet == '\t') return "\\t";
        if (octet >= 0x20 && octet != 0x7f) return {static_cast<char>(octet)};
        std::snprintf(number, sizeof number, "\\u%04x", octet);
        return number;
    };
    for (unsigned octet = 0; octet < 256; ++octet)
        for (std::size_t place = 0; place < 19; ++place) {
            std::string text(19, 'a'), expected = "\"";
            text[place] = static_cast<char>(octet);
            if (place > 0) text[place - 1] = '\x7f';
            for (const char c : text) expected += one(static_cast<unsigned char>(c));
            std::string json;
            appendJsonQuoted(json, text);
            EXPECT_EQ(json, expected + '"') << octet << " at " << place;
        }
}

// Every octet at every place of a text of a few words, so that each of the eight places of one and its neighbours is met.
TEST(OctetRuns, StopWhereOctetByOctetWould) {
    const auto firstOf = [](std::string_view text, std::size_t at, auto stops) {
        while (at < text.size() && !stops(static_cast<unsigned char>(text[at]))) ++at;
        return at;
    };
    for (unsigned octet = 0; octet < 256; ++octet)
        for (std::size_t place = 0; place < 27; ++place) {
            std::string text(27, ' ');
            text[place] = static_cast<char>(octet);
            if (place + 1 < text.size()) text[place + 1] = static_cast<char>(octet ^ 1U);
            for (std::size_t at = 0; at <= text.size(); ++at) {
                SCOPED_TRACE(testing::Message() << "octet " << octet << " place " << place << " from " << at);
                EXPECT_EQ(asciiEnd(text, at), firstOf(text, at, [](unsigned char c) { return c >= 0x80; }));
                EXPECT_EQ(plainStringEnd(text, at), firstOf(text, at, [](unsigned char c) { return c == '"' || c == '\\' || c < 0x20; }));
                EXPECT_EQ(blanksEnd(text, at), firstOf(text, at, [](unsigned char c) { return c != ' '; }));
            }
        }
}

} // namespace gw
