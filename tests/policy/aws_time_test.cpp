#include "models/policy/aws_time.h"

#include <gtest/gtest.h>

#include <string>

namespace gw::policy {
namespace {

struct Written {
    std::string text;
    std::string time = {}; // RFC 3339; empty: none
    int milliseconds = 0;
};

void PrintTo(const Written& written, std::ostream* out) {
    *out << '"' << written.text << '"';
}

class AwsTimes : public testing::TestWithParam<Written> {};

TEST_P(AwsTimes, areRead) {
    const auto time = timeAsAwsWritesIt(GetParam().text);
    ASSERT_EQ(time.has_value(), !GetParam().time.empty());
    if (!time) return;
    EXPECT_EQ(time->toRfc3339(), GetParam().time);
    EXPECT_EQ(time->unixMilliseconds() % 1000, GetParam().milliseconds);
}

INSTANTIATE_TEST_SUITE_P(All, AwsTimes,
                         testing::Values(Written{"2026-07-01T11:08:19Z", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01T11:08:19.250Z", "2026-07-01T11:08:19Z", 250},
                                         Written{"2026-07-01T11:08:19", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01 11:08:19", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01 11:08:19.000", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01 11:08:19.000 UTC", "2026-07-01T11:08:19Z"},
                                         Written{"2022-08-07 12:55:43+00:00", "2022-08-07T12:55:43Z"},
                                         Written{"2026-07-01T13:08:19+02:00", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01T13:08:19+0200", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01T06:08:19-05:00", "2026-07-01T11:08:19Z"},
                                         Written{"2026-07-01", "2026-07-01T00:00:00Z"},
                                         Written{"1782904099", "2026-07-01T11:08:19Z"},
                                         Written{"1782904099.0", "2026-07-01T11:08:19Z"},
                                         Written{"1782904099.2507", "2026-07-01T11:08:19Z", 250},
                                         Written{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
                                         Written{"253402300799", "9999-12-31T23:59:59Z"}, Written{""}, Written{"yesterday"},
                                         Written{"2026"}, Written{"2026-07"}, Written{"5"}, Written{"-1782904099"},
                                         Written{"1782904099."}, Written{"17829040990000"}, Written{"1782904099x"},
                                         Written{"253402300800"}, Written{"1969-12-31T23:59:59Z"}, Written{"2026-02-30"},
                                         Written{"2026-07-01T24:00:00Z"}, Written{"2026-07-01T11:08:60Z"},
                                         Written{"2026-07-01  11:08:19"}, Written{"2026-07-01 11:08:19 CET"},
                                         Written{std::string("2026-07-01T11:08:19Z\0", 21)}),
                         [](const auto& each) { return "line" + std::to_string(each.index); });

} // namespace
} // namespace gw::policy
