#include "models/policy/aws_time.h"

#include "models/policy/values.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <string>

namespace gw::policy {
namespace {

constexpr std::size_t dateOnly = 10; // "2026-07-01"
// Of seconds, from 1973 to the year 9999: fewer are a year or a count.
constexpr std::size_t fewestDigits = 9, mostDigits = 12;

// "1782896400.25", of which milliseconds are kept.
std::optional<std::int64_t> readSeconds(std::string_view text) {
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view fraction = whole.size() == text.size() ? std::string_view() : text.substr(whole.size() + 1);
    if (whole.size() < fewestDigits || whole.size() > mostDigits || (whole.size() < text.size() && fraction.empty()) ||
        !std::all_of(whole.begin(), whole.end(), isDigit) || !std::all_of(fraction.begin(), fraction.end(), isDigit))
        return std::nullopt;
    std::int64_t milliseconds = 0;
    for (const char each : whole) milliseconds = milliseconds * 10 + (each - '0');
    for (std::size_t i = 0; i < 3; ++i) milliseconds = milliseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return milliseconds;
}

std::optional<std::int64_t> readCalendar(std::string_view text) {
    if (text.size() < dateOnly || text[4] != '-') return std::nullopt;
    if (text.size() == dateOnly || text[dateOnly] != ' ') return parseDate(text);
    if (text.ends_with(" UTC")) text.remove_suffix(4);
    std::string written(text);
    written[dateOnly] = 'T';
    return parseDate(written);
}

} // namespace

std::optional<UtcTime> timeAsAwsWritesIt(std::string_view text) {
    constexpr std::int64_t year10000 = 253'402'300'800'000;
    auto milliseconds = readCalendar(text);
    if (!milliseconds) milliseconds = readSeconds(text);
    if (!milliseconds || *milliseconds < 0 || *milliseconds >= year10000) return std::nullopt;
    return UtcTime::fromUnixMilliseconds(*milliseconds);
}

} // namespace gw::policy
