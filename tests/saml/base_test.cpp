#include "saml/base/base64.h"
#include "saml/base/random.h"
#include "saml/base/secret.h"
#include "saml/base/strong.h"
#include "saml/base/utc_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace gw {
namespace {

TEST(Base64, RoundTripsTheVectorsOfRfc4648) {
    const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(encodeBase64(bytes), text);
        const auto decoded = decodeBase64(text, 100);
        ASSERT_TRUE(decoded) << text;
        EXPECT_EQ(*decoded, bytes);
    }
}

TEST(Base64, RoundTripsEveryByteValue) {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (std::size_t cut = 0; cut < 4; ++cut) {
        const std::string bytes = all.substr(cut);
        const auto decoded = decodeBase64(encodeBase64(bytes), 256);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(*decoded, bytes);
    }
}

struct BadBase64 {
    const char* text;
    Base64Error error;
};

class Base64Refuses : public testing::TestWithParam<BadBase64> {};

TEST_P(Base64Refuses, WithTheRightError) {
    const auto decoded = decodeBase64(GetParam().text, 100);
    ASSERT_FALSE(decoded);
    EXPECT_TRUE(decoded.error().code().is(GetParam().error)) << decoded.error().chain();
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, Base64Refuses,
    testing::Values(BadBase64{"Zm9v!", Base64Error::ForeignCharacter}, BadBase64{"Zm9-", Base64Error::ForeignCharacter},
                    BadBase64{"Zm9_", Base64Error::ForeignCharacter}, BadBase64{"Zm9v\xC3\xA4", Base64Error::ForeignCharacter},
                    BadBase64{"Zg==Zg==", Base64Error::ForeignCharacter}, BadBase64{"Zg=a", Base64Error::ForeignCharacter},
                    BadBase64{"Z", Base64Error::Truncated}, BadBase64{"Zg", Base64Error::Truncated},
                    BadBase64{"Zg=", Base64Error::Truncated}, BadBase64{"Zm9vY", Base64Error::Truncated},
                    BadBase64{"=", Base64Error::BadPadding}, BadBase64{"Z===", Base64Error::BadPadding},
                    BadBase64{"Zm9v=", Base64Error::BadPadding}, BadBase64{"Zm8==", Base64Error::BadPadding},
                    BadBase64{"Zh==", Base64Error::BadPadding}, BadBase64{"Zm9=", Base64Error::BadPadding}));

TEST(Base64, SkipsWhiteSpaceAndNothingElse) {
    const auto decoded = decodeBase64(" Zm\r\n9v\tYm Fy\n", 100);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, "foobar");
    EXPECT_FALSE(decodeBase64("Zm9v\vYmFy", 100));
    EXPECT_FALSE(decodeBase64(std::string_view("Zm9v\0YmFy", 9), 100));
}

TEST(Base64, BoundsTheDecodedSize) {
    EXPECT_TRUE(decodeBase64("Zm9vYmFy", 6));
    const auto over = decodeBase64("Zm9vYmFy", 5);
    ASSERT_FALSE(over);
    EXPECT_TRUE(over.error().code().is(Base64Error::TooLong));
    // Refused by its length alone, before any work: there is no base64 in it.
    const auto huge = decodeBase64(std::string(1'000'000, '!'), 10);
    ASSERT_FALSE(huge);
    EXPECT_TRUE(huge.error().code().is(Base64Error::TooLong));
}

TEST(UtcTime, ReadsXsDateTime) {
    const std::pair<const char*, std::int64_t> vectors[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-11-24T13:05:00Z", 1'795'525'500'000},
        {"2026-11-24T13:05:00.5Z", 1'795'525'500'500},
        {"2026-11-24T13:05:00.123456789Z", 1'795'525'500'123},
        {"2026-11-24T15:05:00+02:00", 1'795'525'500'000},
        {"2026-11-24T07:35:00-05:30", 1'795'525'500'000},
        {"2024-02-29T23:59:59Z", 1'709'251'199'000},
        {"9999-12-31T23:59:59Z", 253'402'300'799'000},
        {"9999-12-31T23:59:59+00:01", 253'402'300'739'000},
    };
    for (const auto& [text, milliseconds] : vectors) {
        const auto time = UtcTime::parse(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(time->unixMilliseconds(), milliseconds) << text;
    }
}

struct BadTime {
    const char* text;
    TimeError error;
};

class UtcTimeRefuses : public testing::TestWithParam<BadTime> {};

TEST_P(UtcTimeRefuses, WithTheRightError) {
    const auto time = UtcTime::parse(GetParam().text);
    ASSERT_FALSE(time) << GetParam().text;
    EXPECT_TRUE(time.error().code().is(GetParam().error)) << GetParam().text << " " << time.error().chain();
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, UtcTimeRefuses,
    testing::Values(
        BadTime{"", TimeError::Malformed}, BadTime{"2026-11-24", TimeError::Malformed},
        BadTime{"2026-11-24T13:05:00", TimeError::NoOffset}, BadTime{"2026-11-24 13:05:00Z", TimeError::Malformed},
        BadTime{"2026-11-24T13:05Z", TimeError::Malformed}, BadTime{"2026-11-24T24:00:00Z", TimeError::Malformed},
        BadTime{"2026-11-24T23:59:60Z", TimeError::Malformed}, BadTime{"2026-11-24T13:05:00.Z", TimeError::Malformed},
        BadTime{"2026-11-24T13:05:00Zz", TimeError::Malformed}, BadTime{" 2026-11-24T13:05:00Z", TimeError::Malformed},
        BadTime{"2026-11-24T13:05:00+15:00", TimeError::Malformed}, BadTime{"2026-11-24T13:05:00+0200", TimeError::Malformed},
        BadTime{"-026-11-24T13:05:00Z", TimeError::Malformed}, BadTime{"2026-02-30T13:05:00Z", TimeError::OutOfRange},
        BadTime{"2026-13-01T13:05:00Z", TimeError::OutOfRange}, BadTime{"2025-02-29T00:00:00Z", TimeError::OutOfRange},
        BadTime{"1969-12-31T23:59:59Z", TimeError::OutOfRange}, BadTime{"9999-12-31T23:59:59-00:01", TimeError::OutOfRange},
        BadTime{"1970-01-01T00:00:00+00:01", TimeError::OutOfRange}));

TEST(UtcTime, WritesRfc3339WithoutFraction) {
    EXPECT_EQ(UtcTime::fromUnixMilliseconds(1'795'525'500'999).toRfc3339(), "2026-11-24T13:05:00Z");
    const auto again = UtcTime::parse(UtcTime::fromUnixSeconds(951'782'400).toRfc3339());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->unixSeconds(), 951'782'400);
}

TEST(UtcTime, ReadsTheDateHeader) {
    const auto time = UtcTime::parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT");
    ASSERT_TRUE(time);
    EXPECT_EQ(time->unixSeconds(), 784'111'777);
    for (const char* bad : {"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
                            "Sun, 06 Nix 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", ""})
        EXPECT_FALSE(UtcTime::parseHttpDate(bad)) << bad;
}

TEST(Secret, CannotBeCopiedOrPrinted) {
    static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
    static_assert(!std::is_convertible_v<std::string, Secret>);
    SUCCEED();
}

TEST(Secret, TakesTheBytesAndWipesTheSource) {
    std::string shortText = "hunter2";
    const char* home = shortText.data();
    const Secret secret(std::move(shortText));
    EXPECT_EQ(secret.reveal(), "hunter2");
    EXPECT_TRUE(shortText.empty());
    // A short string lives inside the object, which is still there to look at.
    for (int i = 0; i < 7; ++i) EXPECT_EQ(home[i], '\0');
}

TEST(Secret, MovesAndClones) {
    Secret first(std::string_view("a rather long secret that lives on the heap"));
    const Secret copy = first.clone();
    const Secret second = std::move(first);
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(second.reveal(), copy.reveal());
    EXPECT_TRUE(second.equals(copy.reveal()));
    EXPECT_FALSE(second.equals("something else"));
    EXPECT_FALSE(second.equals(copy.reveal().substr(1)));
}

TEST(Secret, WipeOverwrites) {
    char buffer[] = "secret";
    wipe(buffer, sizeof buffer);
    EXPECT_THAT(buffer, testing::Each('\0'));
    wipe(nullptr, 0);
}

TEST(Random, GivesHexOfTheRightLengthThatDiffers) {
    SystemRandom random;
    const std::string a = random.hex(32);
    EXPECT_THAT(a, testing::MatchesRegex("[0-9a-f]{64}"));
    EXPECT_NE(a, random.hex(32));
    EXPECT_EQ(random.hex(0), "");
}

using Name = StrongString<struct NameTag>;
using Title = StrongString<struct TitleTag>;

TEST(StrongString, ComparesWithItsOwnKindOnly) {
    static_assert(!std::is_convertible_v<std::string, Name> && !std::is_constructible_v<Name, Title>);
    EXPECT_EQ(Name("a"), Name("a"));
    EXPECT_LT(Name("a"), Name("b"));
    EXPECT_TRUE(Name().empty());
    EXPECT_EQ(std::hash<Name>()(Name("a")), std::hash<Name>()(Name("a")));
}

TEST(Error, CarriesCodeFactsAndCause) {
    const Error error = Error(TimeError::Malformed, "`x`").with("where", "here").because(Error(Base64Error::Truncated));
    EXPECT_EQ(error.code().id(), "time.malformed");
    EXPECT_TRUE(error.code().is(TimeError::Malformed));
    EXPECT_FALSE(error.code().is(TimeError::NoOffset));
    EXPECT_FALSE(error.code().as<Base64Error>());
    EXPECT_EQ(error.fact("where"), "here");
    EXPECT_EQ(error.fact("nowhere"), "");
    EXPECT_EQ(error.chain(), "time.malformed: `x`: base64.truncated");
}

Result<int> half(int value) {
    if (value % 2 != 0) return fail(TimeError::OutOfRange);
    return value / 2;
}

Result<int> quarter(int value) {
    GW_TRY(const int once, half(value));
    GW_TRY(const int twice, half(once));
    return twice;
}

Status isEven(int value) {
    GW_CHECK(half(value).map([](int) {}));
    return {};
}

TEST(Result, PassesErrorsOn) {
    EXPECT_EQ(quarter(8).value_or(-1), 2);
    EXPECT_FALSE(quarter(6));
    EXPECT_TRUE(isEven(2));
    EXPECT_FALSE(isEven(3));
}

} // namespace
} // namespace gw
