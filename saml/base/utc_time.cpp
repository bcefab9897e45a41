#include "saml/base/utc_time.h"

#include <array>
#include <cstdio>
#include <optional>

namespace gw {
namespace {

// Reads exactly `digits` decimal digits and moves on.
std::optional<int> number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::milliseconds> clockTime(std::string_view& text) {
    const auto hour = number(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = number(text, 2);
    if (!minute || !take(text, ':')) return std::nullopt;
    const auto second = number(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<std::chrono::sys_days> date(int year, int month, int day) {
    const std::chrono::year_month_day ymd(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                          std::chrono::day(static_cast<unsigned>(day)));
    if (year < 1970 || !ymd.ok()) return std::nullopt;
    return std::chrono::sys_days(ymd);
}

} // namespace

Result<UtcTime> UtcTime::parse(std::string_view text) {
    const auto malformed = [input = text] { return fail(TimeError::Malformed, "`" + std::string(input.substr(0, 64)) + "`"); };
    const auto year = number(text, 4);
    if (!year || !take(text, '-')) return malformed();
    const auto month = number(text, 2);
    if (!month || !take(text, '-')) return malformed();
    const auto day = number(text, 2);
    if (!day || !take(text, 'T')) return malformed();
    const auto clock = clockTime(text);
    if (!clock) return malformed();
    Duration fraction{};
    if (take(text, '.')) {
        std::size_t digits = 0;
        int milliseconds = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
            if (digits < 3) milliseconds = milliseconds * 10 + (text[digits] - '0');
            ++digits;
        }
        if (digits == 0 || digits > 32) return malformed();
        for (std::size_t i = digits; i < 3; ++i) milliseconds *= 10;
        fraction = Duration(milliseconds);
        text.remove_prefix(digits);
    }
    if (text.empty()) return fail(TimeError::NoOffset);
    Duration offset{};
    if (!take(text, 'Z')) {
        const bool west = text.front() == '-';
        if (!west && text.front() != '+') return malformed();
        text.remove_prefix(1);
        const auto hours = number(text, 2);
        if (!hours || !take(text, ':')) return malformed();
        const auto minutes = number(text, 2);
        if (!minutes || *hours > 14 || *minutes > 59 || (*hours == 14 && *minutes != 0)) return malformed();
        offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
        if (west) offset = -offset;
    }
    if (!text.empty()) return malformed();
    const auto days = date(*year, *month, *day);
    if (!days) return fail(TimeError::OutOfRange);
    const auto point = std::chrono::sys_time<Duration>(*days) + *clock + fraction - offset;
    // The offset may lead out of what RFC 3339 can write.
    constexpr std::chrono::sys_days first(std::chrono::year(1970) / 1 / 1);
    constexpr std::chrono::sys_days end = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31) + std::chrono::days(1);
    if (point < first || point >= end) return fail(TimeError::OutOfRange);
    return UtcTime(point);
}

Result<UtcTime> UtcTime::parseHttpDate(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // "Sun, 06 Nov 1994 08:49:37 GMT": the weekday carries nothing.
    const auto malformed = [input = text] { return fail(TimeError::Malformed, "`" + std::string(input.substr(0, 64)) + "`"); };
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return malformed();
    text = text.substr(5, 20);
    const auto day = number(text, 2);
    if (!day || !take(text, ' ')) return malformed();
    int month = 0;
    for (std::size_t i = 0; i < months.size(); ++i)
        if (text.substr(0, 3) == months[i]) month = static_cast<int>(i) + 1;
    text.remove_prefix(3);
    if (month == 0 || !take(text, ' ')) return malformed();
    const auto year = number(text, 4);
    if (!year || !take(text, ' ')) return malformed();
    const auto clock = clockTime(text);
    if (!clock) return malformed();
    const auto days = date(*year, month, *day);
    if (!days) return fail(TimeError::OutOfRange);
    return UtcTime(std::chrono::sys_time<Duration>(*days) + *clock);
}

std::string UtcTime::toRfc3339() const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(point_);
    const auto days = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day ymd(days);
    const std::chrono::hh_mm_ss clock(seconds - days);
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(ymd.year()),
                  static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return buffer.data();
}

} // namespace gw
